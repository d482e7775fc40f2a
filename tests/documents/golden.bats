#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Every document of a rich incident and of an almost empty one, word for word, in
# both languages, html and md.  `sh tests/golden/update` writes the files again.

load lib

GOLDEN=$BATS_TEST_DIRNAME/../golden/documents

setup() {
	fresh
	needs_clock
}

# golden NAME: what is on standard input is what the file of this name holds
golden() {
	sed 's/(beffroi [0-9][0-9.]*)/(beffroi VERSION)/' | normal >"$BATS_TEST_TMPDIR/$1"
	if [ -n "${GOLDEN_UPDATE-}" ]; then
		mkdir -p "$GOLDEN"
		cp "$BATS_TEST_TMPDIR/$1" "$GOLDEN/$1"
	else
		diff -u "$GOLDEN/$1" "$BATS_TEST_TMPDIR/$1"
	fi
}

# forms NAME WORDS...: one document in every form
forms() {
	local name=$1 lang format
	shift
	for lang in en fr; do
		for format in html md; do
			"$BEFFROI" report "$@" -f $format -o - --lang $lang 2>/dev/null | golden "$name.$lang.$format"
		done
	done
}

@test "the documents of a rich incident are what they were" {
	local word
	rich
	for word in $DOCUMENTS; do
		forms "rich-$word" "$word"
	done
	forms rich-lessons-staff lessons --audience staff
	forms rich-full-anonymous full --anonymous
}

@test "the documents of an incident of which nothing is known are what they were" {
	local word
	bare
	for word in $DOCUMENTS; do
		forms "bare-$word" "$word"
	done
	forms bare-sitrep-public sitrep --audience public
}

@test "no file of the folder is left over" {
	local file name
	for file in "$GOLDEN"/*; do
		name=${file##*/}
		name=${name%.*.*}
		case " $DOCUMENTS " in
		*" ${name#*-} "*) ;;
		*) grep -q "forms $name " "$BATS_TEST_FILENAME" || { echo "nothing makes $file"; return 1; } ;;
		esac
	done
}
