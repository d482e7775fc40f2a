#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
	printf 'evidence\n' >note.txt
}

@test "a file is copied read-only under its digest" {
	local digest
	digest=$(sha256sum <note.txt | cut -d ' ' -f 1)
	ok attach note.txt --where PC-3 --how 'by hand' --reason 'the note' --by marc
	says 'Item 1  note.txt  9 B' "${digest:0:8}...${digest: -8}" 'copied, read-only'
	cmp note.txt "$BEFFROI_BASE/evidence/$digest"
	[ "$(stat -c %a "$BEFFROI_BASE/evidence/$digest")" = 400 ]
	[ "$(ls -A "$BEFFROI_BASE/evidence")" = "$digest" ]
	ok verify
	says '1 evidence file'
}

@test "a reference keeps the digest and leaves the file" {
	ok joindre note.txt --référence --json
	is_json done
	[ -z "$(ls -A "$BEFFROI_BASE/evidence")" ]
	ok log --json
	[ "$(jq -r 'select(.kind == "evidence.collected") | .body.sha256' <<<"$output")" = "$(sha256sum <note.txt | cut -d ' ' -f 1)" ]
}

@test "several files are several items" {
	echo two >two.txt
	ok attach note.txt two.txt
	says 'Item 1' 'Item 2'
}

@test "a handover is an entry" {
	ok attach note.txt
	ok attach --handover 'Gendarmerie, M. Petit' --item 1 --where Lyon
	says 'Item 1 handed over to Gendarmerie, M. Petit'
	ok joindre --remise Expert --pièce 1
	ok report -f json -o -
	[ "$(field '.evidence[0].held_by + (.evidence[0].handovers | tostring)')" = Expert2 ]
}

@test "what is not a file, or not there, is refused" {
	refused 2 'which file' 'beffroi attach FILE' attach
	refused 3 "there is no file 'absent'" '' attach absent
	mkdir folder
	refused 4 "'folder' is not a file" '' attach folder
	mkfifo pipe
	refused 4 "'pipe' is not a file" '' attach pipe
	refused 2 'which item' '--item 1' attach --handover x
	refused 2 "--item: 'first' is not a number" '' attach --handover x --item first
	refused 3 'there is no item 4' '' attach --handover x --item 4
	[ "$(entries)" -eq 1 ]
	[ -z "$(ls -A "$BEFFROI_BASE/evidence")" ]
}

@test "an evidence file that was changed or lost is found out" {
	ok attach note.txt
	chmod u+w "$BEFFROI_BASE"/evidence/*
	echo more >>"$(echo "$BEFFROI_BASE"/evidence/*)"
	bef verify
	[ "$status" -eq 5 ]
	talks 'BROKEN at' '#2'
	rm "$BEFFROI_BASE"/evidence/*
	bef verify
	[ "$status" -eq 5 ]
	ok verify --no-evidence
	ok vérifier --sans-pièces
}

@test "trying to attach copies and writes nothing" {
	dry attach note.txt
	[ -z "$(ls -A "$BEFFROI_BASE/evidence")" ]
}

@test "a file whose name is not text is attached under a name that is" {
	printf x >"$(printf 'caf\351\033[31m.txt')"
	ok attach "$(printf 'caf\351\033[31m.txt')"
	[[ $output != *$'\033'* ]]
	ok log
	[[ $output != *$'\033'* ]]
	sound
}
