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

# A second playbook, of two steps, carried out beside the one we carry.
small_playbook() {
	mkdir -p "$BEFFROI_BASE/playbooks"
	"$BEFFROI" playbook show ransomware --json | jq '.document |
		.id = "playbook--11111111-2222-4333-8444-555555555555" | .name = "Small" |
		.playbook_extensions[].key = "small" | .playbook_extensions[].aliases = [] |
		.playbook_extensions[].en.name = "Small"' >"$BEFFROI_BASE/playbooks/small.json"
}

@test "of two playbooks the status shows the one that step means" {
	incident
	small_playbook
	ok run ransomware </dev/null
	ok step 1 done
	ok run small </dev/null
	ok status
	says 'run 2: Small, 0 of' 'to do     Small, 1 ' 'run 1: Ransomware, 1 of' 'Ransomware, 2 Unplug'
	ok status --json
	[ "$(field .steps.playbook)" = small ]
	ok step 1 done
	ok status --json
	[ "$(field .steps.playbook,.steps.done | xargs)" = 'small 1' ]
	ok step --json
	[ "$(head -n 1 <<<"$output" | jq .run)" -eq 2 ]
	ok step --run 1 --json
	[ "$(head -n 1 <<<"$output" | jq .run)" -eq 1 ]
	ok run --stop 'the other one is enough'
	ok status
	says '1 of'
	says_not Small
	refused 3 'no playbook run 3 in INC' 'beffroi playbook' step --run 3
}

@test "the steps of a playbook that is not going on are not late" {
	needs_clock
	incident
	ok run ransomware </dev/null
	later 3 days
	bef status --check
	[ "$status" -eq 7 ]
	ok undo 2 --yes
	ok status --check
	ok status
	says_not 'LATE' 'steps settled'
	refused 4 stopped '' step 1 done --run 1
}

# Two playbooks side by side: the second is opened last, the first has what is due first.
side_by_side() {
	playbook slow 2 '{"action--s": {"type": "action", "name": "Slow", "timeout": 7200000, "on_completion": "end"}}'
	playbook mixed 1 '{"parallel--p": {"type": "parallel", "next_steps": ["action--a", "action--b", "action--c"],
		"on_completion": "end"}, "action--a": {"type": "action", "name": "Whenever", "on_completion": "end"},
		"action--b": {"type": "action", "name": "Tomorrow", "timeout": 86400000, "on_completion": "end"},
		"action--c": {"type": "action", "name": "Quick", "timeout": 600000, "on_completion": "end"}}'
	ok run mixed
	ok run slow
}

@test "what is due first comes first, whichever its number and its playbook" {
	needs_clock
	incident
	side_by_side
	ok status
	[ "$(sed -n 's/.* \(Quick\|Slow\|Tomorrow\|Whenever\).*/\1/p' <<<"$output" | head -n 4 | xargs)" = 'Quick Slow Tomorrow Whenever' ] ||
		{ told; return 1; }
	says 'to do     mixed, 3 Quick' 'slow, 1 Slow'
	ok run
	says 'mixed, step 3/3'
	ok run mixed
	says 'mixed, step 3/3' 'At the same time: 2 Tomorrow; 1 Whenever'
	ok run slow
	says 'slow, step 1/1' 'At the same time: mixed, 3 Quick, before Mon 3 Nov 06:35'
	ok step done
	says 'slow, step 1 done'
	ok step done
	says 'step 3 done'
	says_not 'mixed,'
	later 2 days
	ok step 2
	ok status
	says 'to do     LATE 2 Tomorrow'
}

@test "once the playbooks are over the status says what is left, and to close" {
	incident
	playbook one 1 '{"action--a": {"type": "action", "on_completion": "end"}}'
	ok run one
	ok action 'Call the insurer'
	ok step 1 done
	ok status
	talks 'beffroi action'
	ok action 1 done
	ok status
	talks 'beffroi close'
	ok close
	ok status
	silent
}

@test "a new incident of a known type is told to start its playbook, another is not" {
	incident
	ok status
	talks 'beffroi run' 'start the playbook' 'beffroi note'
	ok run
	ok run --stop 'false alarm'
	ok status
	[[ $stderr != *'beffroi run'* ]]
	incident Strange '?'
	ok status
	talks 'beffroi note'
	[[ $stderr != *'beffroi run'* ]]
}

@test "what the status does not show of the open steps is counted" {
	incident
	playbook wide 1 '{"parallel--p": {"type": "parallel", "next_steps": ["action--a", "action--b", "action--c", "action--d", "action--e"],
		"on_completion": "end"}, "action--a": {"type": "action", "on_completion": "end"},
		"action--b": {"type": "action", "on_completion": "end"}, "action--c": {"type": "action", "on_completion": "end"},
		"action--d": {"type": "action", "on_completion": "end"}, "action--e": {"type": "action", "on_completion": "end"}}'
	ok run wide
	ok status
	says 'and 2 more: beffroi step'
	ok etat --lang fr
	says 'et 2 autres : beffroi etape'
	ok step 1 done
	ok step 2 done
	ok status
	says_not 'more: beffroi step'
	ok run ransomware
	ok step 1 done
	for n in 2 3; do ok step "$n" --run 1; done
	ok status
	says_not 'and 0 more'
}
