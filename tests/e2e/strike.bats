#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
	"$BEFFROI" note correcthorse battery >/dev/null
}

@test "a struck entry is hidden, kept and signed" {
	ok strike 2 --reason 'another incident'
	says '#3 strikes #2'
	ok log
	says_not correcthorse
	ok log --all
	says correcthorse
	sound
}

@test "an erased text is in none of our files, and the journal still verifies" {
	ok log correcthorse
	says correcthorse
	refused 2 'cannot be undone' '--yes' strike 2 --erase --reason 'password typed'
	ok barrer 2 --effacer --motif 'mot de passe' --oui
	says 'erased the text of #2'
	not grep -raq correcthorse "$BEFFROI_BASE" "$XDG_STATE_HOME"
	ok log --all
	says_not correcthorse
	ok verify
	says '1 texts erased'
	refused 4 'already erased' '' strike 2 --erase -m again --yes
}

@test "an erasure takes the corrections of the text and what was left of it in drafts" {
	ok amend 2 correcthorse staple
	echo 'correcthorse staple' | BEFFROI_BASE=$PLACE/elsewhere "$BEFFROI" note - 2>/dev/null || true
	ok note unrelated
	echo 'correcthorse battery' | BEFFROI_BASE=$PLACE/elsewhere "$BEFFROI" note - 2>/dev/null || true
	ok strike 2 --erase -m password --yes
	not grep -raq correcthorse "$BEFFROI_BASE"
	sound
}

@test "a strike as JSON is an entry" {
	ok strike 2 -m x --json
	is_json done
	[ "$(field .kind)" = entry.struck ]
}

@test "a strike without a reason, a number or an entry is refused" {
	refused 2 'say why #2 is struck' '--reason' strike 2
	refused 2 'which entry' 'beffroi log' strike -m x
	refused 3 'there is no entry #9' 'beffroi log' strike 9 -m x
	ok phase containment
	refused 4 'not a text that can be struck' 'beffroi undo 3' strike 3 -m x
}

@test "trying to strike or erase writes nothing" {
	dry strike 2 -m x
	dry strike 2 --erase -m x
	ok log
	says correcthorse
}
