#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

@test "the incidents are listed with a star on the current one" {
	needs_clock
	incident One
	later 2 hours
	incident Two phishing
	ok list
	says '  INC-2025-001' '* INC-2025-002' One Two Detection '2 h 00'
	silent
}

@test "the list as JSON is one incident a line" {
	incident One
	incident Two
	ok liste --json
	is_json incident
	[ "$(jq -r 'select(.current) | .title' <<<"$output")" = Two ]
}

@test "a closed incident is listed only with --all" {
	incident One
	ok close
	ok list
	[ -z "$output" ]
	talks 'No incident is open' 'beffroi list --all'
	ok liste --tous
	says One closed
	ok list --json
	[ -z "$output" ]
}

@test "what is late in an incident is said in the list" {
	needs_clock
	incident One
	ok action x --before +1h
	later 2 hours
	ok list
	says LATE
}

@test "without a journal there is no list" {
	refused 3 'there is no journal' 'beffroi open' list
	refused 2 "'x' is a word too many" 'beffroi help list' list x
}
