#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
	"$BEFFROI" action one >/dev/null
	"$BEFFROI" action 1 done >/dev/null
}

@test "the last gesture is shown, undone, and undone again" {
	ok undo
	talks '#3' 'A1'
	says '#4 undoes #3'
	ok action
	says 'to do'
	ok annuler
	says '#5 undoes #4'
	ok action --all
	says done
	sound
}

@test "a given gesture is undone, as JSON" {
	ok undo 3 --json
	is_json done
	silent
	[ "$(field .kind)" = entry.undone ]
}

@test "what cannot be undone is refused with what can be done instead" {
	refused 3 'there is no entry #77' '' undo 77
	refused 2 "'x' is not a number" '' undo x
	ok undo 3
	refused 4 '#3 is already undone' '' undo 3
	refused 4 'cannot be undone' 'beffroi strike' undo 1
}

@test "a gesture of long ago is undone only by its number" {
	needs_clock
	later 20 minutes
	refused 4 'more than 15 minutes old' 'beffroi undo 3' undo
	ok undo 3
}

@test "nobody undoes another's last gesture unknowingly" {
	BEFFROI_AUTHOR=marc refused 3 "there is nothing of 'marc' to undo" '' undo
}

@test "an alert that left is corrected, not undone" {
	hook
	ok alert hello
	bef undo 4
	[ "$status" -eq 4 ]
	talks 'what was sent cannot be undone' 'beffroi alert --corrects'
}

@test "trying to undo writes nothing" {
	dry undo
	talks '#3'
}
