#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Every kind's request in every format and both languages, byte for byte.  `sh tests/golden/update` writes
# the files again.

GOLDEN=$BATS_TEST_DIRNAME/golden
RENDER=$BUILD/render

setup() {
	# The machine's language has no say.
	export LC_ALL=C.UTF-8 LANG=
}

# golden NAME: what is on standard input is what the file of this name holds
golden() {
	cat >"$BATS_TEST_TMPDIR/$1"
	if [ -n "${GOLDEN_UPDATE-}" ]; then
		mkdir -p "$GOLDEN"
		cp "$BATS_TEST_TMPDIR/$1" "$GOLDEN/$1"
	else
		diff -u "$GOLDEN/$1" "$BATS_TEST_TMPDIR/$1"
	fi
}

every_format() {
	local format
	for format in $("$RENDER" list); do
		"$RENDER" "$format" "$1" >"$BATS_TEST_TMPDIR/out" || return 1
		golden "$format.$1.txt" <"$BATS_TEST_TMPDIR/out" || return 1
	done
}

@test "each format's requests are what they were, in English" {
	every_format en
}

@test "each format's requests are what they were, in French" {
	every_format fr
}

@test "no golden file shows a secret" {
	run grep -rlE 's3cr3t|whsec_' "$GOLDEN"
	[ "$status" -eq 1 ]
}

@test "no file of the folder is left over" {
	local file name
	for file in "$GOLDEN"/*; do
		name=${file##*/}
		"$RENDER" list | grep -qx "${name%%.*}" || { echo "nothing makes $file"; return 1; }
	done
}
