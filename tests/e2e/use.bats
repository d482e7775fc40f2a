#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident One
	incident Two
}

@test "the current incident is chosen by number, reference or year and number" {
	local word
	for word in 1 001 2025-001 INC-2025-001 inc-2025-001; do
		[ "$word" = 1 ] || needs_clock
		ok use 2
		ok choisir "$word"
		says 'Current incident: INC-' '-001 (One)'
		ok status --json
		[ "$(field .title)" = One ]
	done
}

@test "the choice as JSON names the incident" {
	ok use 1 --json
	is_json current
	[[ $(field .incident) == *-001 ]]
}

@test "the choice is the account's: another one's is its own" {
	ok use 1
	XDG_STATE_HOME=$PLACE/other refused 3 'several incidents' 'beffroi use' status
	ok status --json
	[ "$(field .title)" = One ]
}

@test "what is not there cannot be chosen" {
	refused 3 "no incident '9'" 'beffroi list' use 9
	refused 3 "no incident 'nonsense'" 'beffroi list' use nonsense
	refused 2 'which incident' 'beffroi list' use
	ok status --json
	[ "$(field .title)" = Two ]
}

@test "trying to choose changes nothing" {
	dry use 1
	ok status --json
	[ "$(field .title)" = Two ]
}
