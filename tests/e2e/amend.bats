#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
	"$BEFFROI" note M. Petit >/dev/null
}

@test "a correction shows the new text and keeps the old one" {
	ok amend 2 Mme Petit --reason 'wrong name'
	says '#3 corrects #2'
	ok log
	says 'Mme Petit' '(corrected by #3)'
	ok log -f journal
	[[ $(jq -r 'select(.number == 2) | .body' <<<"$output") == *'M. Petit'* ]]
	sound
}

@test "a new time alone is a correction" {
	needs_clock
	ok corriger 2 --heure 6:00
	ok log --json
	[ "$(jq -r 'select(.number == 2) | .happened_at' <<<"$output")" = 2025-11-03T05:00:00Z ]
}

@test "a correction as JSON is an entry" {
	ok amend '#2' x --json
	is_json done
	[ "$(field .kind)" = entry.amended ]
}

@test "what has no number, no text or is not there cannot be corrected" {
	refused 2 'which entry' 'beffroi log' amend
	refused 2 'which entry' 'beffroi log' amend word text
	refused 3 'there is no entry #99' 'beffroi log --all' amend 99 x
	refused 2 'the text is empty' 'beffroi amend' amend 2
	ok phase containment
	ok undo
	refused 4 'has no text to correct' '' amend 4 x
	[ "$(entries)" -eq 4 ]
}

@test "trying a correction writes nothing" {
	dry amend 2 x
}
