#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Texts and evidence that are left out: the check holds, and nothing tells them.

bats_require_minimum_version 1.5.0
load lib

setup_file() { make_dossier; }
setup() { whole; }

@test "an entry's text is left out, everywhere, and its place is kept" {
	T=$BATS_TEST_TMPDIR/l.tar
	b -q report dossier --redact '3, #2' --reason "téléphone d'un tiers" -o "$T"
	sound
	[[ $output == *'left out 2'* ]]
	unpack
	run ! grep -r '06 12 34 56 78' "$D"
	run ! grep -r 'premier fait' "$D"
	grep -q 'dernier fait' "$D/documents/full.html"
	[ "$(sed -n 3p "$D/journal/journal.ndjson" | jq -r 'has("body") or has("salt")')" = false ]
	grep -q "Texte laissé de côté.*#3\|#3" "$D/LISEZMOI.txt"
	grep -q "téléphone d'un tiers" "$D/README.txt"
	jq -e '.left_out.entries | map(.number) == [3, 2]' "$D/manifest.json"
	run b verify "$T"
	[[ $output == *'#3'*"téléphone d'un tiers"* ]]
}

@test "the text of a piece of evidence that is left out takes its file with it" {
	T=$BATS_TEST_TMPDIR/l.tar
	n=$(b log --format journal | jq -r 'select(.body | fromjson | .name == "image.bin") | .number')
	b -q report dossier --redact "$n" --reason x -o "$T"
	sound
	run tar tf "$T"
	[[ $output != *"$(evidence)"* ]]
}

@test "without the evidence files, of which the digests remain" {
	T=$BATS_TEST_TMPDIR/l.tar
	b -q report dossier --without evidence --reason "trop gros" -o "$T"
	sound
	[[ $output == *'evidence 0'* ]]
	unpack
	[ "$(ls "$D/evidence")" = index.txt ]
	grep -q "$(evidence | cut -d / -f 2)" "$D/evidence/index.txt"
}

@test "what cannot be left out, or is not said why" {
	for words in '--redact 1 --reason x' '--redact 9 --reason x' '--redact 999 --reason x' '--redact x --reason x' '--redact 2' \
		'--without evidence' '--without journal --reason x'; do
		# shellcheck disable=SC2086
		run b -q report dossier $words -o "$BATS_TEST_TMPDIR/no.tar"
		[ "$status" -ne 0 ]
		[ ! -e "$BATS_TEST_TMPDIR/no.tar" ]
	done
}

@test "evidence that was changed or is gone stops the dossier, and leaves no part of it" {
	cp -a "$BATS_FILE_TMPDIR/base" "$BATS_TEST_TMPDIR/base"
	file=$BATS_TEST_TMPDIR/base/$(evidence)
	chmod u+w "$file"
	printf y | dd of="$file" bs=1 conv=notrunc status=none
	run b --base "$BATS_TEST_TMPDIR/base" report dossier -o "$BATS_TEST_TMPDIR/d.tar"
	[ "$status" -eq 5 ]
	[[ $output == *image.bin* ]]
	rm -f "$file"
	run b --base "$BATS_TEST_TMPDIR/base" report dossier -o "$BATS_TEST_TMPDIR/d.tar"
	[ "$status" -eq 5 ]
	[ -z "$(find "$BATS_TEST_TMPDIR" -name 'd.tar*')" ]
	b -q --base "$BATS_TEST_TMPDIR/base" report dossier --without evidence --reason perdue -o "$BATS_TEST_TMPDIR/d.tar"
	sound "$BATS_TEST_TMPDIR/d.tar"
}

@test "the same journal at the same instant gives the same bytes, but for what a checkpoint adds" {
	b -q -n report dossier -o "$BATS_TEST_TMPDIR/nothing.tar"
	[ ! -e "$BATS_TEST_TMPDIR/nothing.tar" ]
	cp -a "$BATS_FILE_TMPDIR/base" "$BATS_TEST_TMPDIR/base"
	chmod -R a-w "$BATS_TEST_TMPDIR/base"
	b -q -n --base "$BATS_TEST_TMPDIR/base" report dossier -o - >"$BATS_TEST_TMPDIR/1"
	b -q -n --base "$BATS_TEST_TMPDIR/base" report dossier -o - >"$BATS_TEST_TMPDIR/2"
	chmod -R u+w "$BATS_TEST_TMPDIR/base"
	tar xOf "$BATS_TEST_TMPDIR/1" --wildcards '*/journal.ndjson' >"$BATS_TEST_TMPDIR/1.j"
	tar xOf "$BATS_TEST_TMPDIR/2" --wildcards '*/journal.ndjson' >"$BATS_TEST_TMPDIR/2.j"
	cmp "$BATS_TEST_TMPDIR/1.j" "$BATS_TEST_TMPDIR/2.j"
	sound "$BATS_TEST_TMPDIR/1"
}

@test "the page's own commands, as they are printed there" {
	unpack
	for page in README.txt LISEZMOI.txt; do
		cd "$D"
		sed -n '/^3\. /,/openssl 3/s/^       \(\(sha256sum\|jq\|sh\) .*\)/\1/p' $page | sed 's/   *[a-zçé].*//' >../hand.sh
		sed -n '/bash .* openssl 3/,/manifest.sig/s/^       //p' $page >>../hand.sh
		[ "$(wc -l <../hand.sh)" -eq 11 ] || { cat ../hand.sh; return 1; }
		run bash -e ../hand.sh
		[ "$status" -eq 0 ] || { cat ../hand.sh; echo "$output"; return 1; }
		[ "${lines[-1]}" = "Signature Verified Successfully" ]
	done
}

@test "evidence may be larger than the memory there is" {
	cp -a "$BATS_FILE_TMPDIR/base" "$BATS_TEST_TMPDIR/base"
	head -c 150000000 /dev/zero >"$BATS_TEST_TMPDIR/large"
	b -q --base "$BATS_TEST_TMPDIR/base" attach "$BATS_TEST_TMPDIR/large"
	[ "$MODE" != asan ] || skip "AddressSanitizer takes more memory than that"
	ulimit -v 100000
	b -q --base "$BATS_TEST_TMPDIR/base" report dossier -o "$BATS_TEST_TMPDIR/large.tar"
	b -q verify "$BATS_TEST_TMPDIR/large.tar"
}

@test "a file that is there is kept, unless asked otherwise; names, and -o -" {
	cd "$BATS_TEST_TMPDIR"
	b -q report dossier
	[ -f INC-2026-001-dossier.tar ]
	[ "$(stat -c %a INC-2026-001-dossier.tar)" = 600 ]
	run b -q report dossier
	[ "$status" -eq 4 ]
	b -q report dossier --overwrite
	run b --json report dossier -o x.tar
	jq -e '.type == "dossier" and .file == "x.tar" and .evidence == 3' <<<"$output"
	[ "$(jq -r .sha256 <<<"$output")" = "$(sha256sum <x.tar | cut -c 1-64)" ]
	b --lang fr -q rapport dossier -o - >y.tar
	sound y.tar
}
