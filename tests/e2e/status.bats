#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

@test "the status of an incident is on one screen" {
	needs_clock
	incident
	ok status
	says 'INC-2025-001  Encrypted files' '2 minor' ransomware TLP:AMBER Detection '0 to do, 0 late' '1 entry, head' Paris
	talks 'beffroi note'
	[ "${#lines[@]}" -lt 12 ]
}

@test "the status as JSON has stable keys" {
	incident
	ok status --json
	is_json status
	silent
	[ "$(field 'has("incident") and has("opened_at") and has("head") and (.actions | has("late"))')" = true ]
}

@test "status --check tells by its exit status that something is late" {
	needs_clock
	incident
	ok status --check
	[ -z "$output" ]
	ok action x --before +1h
	later 2 hours
	bef etat --controle
	[ "$status" -eq 7 ]
	[ -z "$output$stderr" ] || { told; return 1; }
	ok action 1 done
	ok status --check
}

@test "without an incident the status says how to open one" {
	refused 3 'there is no journal' 'beffroi open' status
	refused 3 "n'y a pas" 'beffroi ouvrir' etat --lang fr
}

@test "with several incidents open and none chosen the status says to choose" {
	incident One
	incident Two
	rm -r "$XDG_STATE_HOME"/beffroi/stores
	refused 3 'several incidents are open' 'beffroi list' status
	ok status -i 1
	says -001
}

@test "the program alone shows the status of the current incident, or the first gestures" {
	ok
	says 'beffroi open' 'beffroi note' '--drill'
	incident
	ok
	says '-001  Encrypted files'
}

@test "a drill is called one in the status" {
	ok open Exercise --drill
	ok status
	says '[DRILL]'
}

@test "the status is the same under both names and synonyms" {
	incident
	ok status
	local english=$output word
	for word in etat état ETAT statut STATUS; do
		ok "$word"
		[ "$output" = "$english" ]
	done
}
