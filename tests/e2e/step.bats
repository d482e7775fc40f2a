#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
	"$BEFFROI" run ransomware </dev/null >/dev/null 2>&1
}

@test "the steps are listed with what became of them" {
	ok step 1 done
	ok step 8 passer --motif 'seen already'
	ok steps
	says '  1  done' '  8  skipped' '  2  to do' '  4  -'
	silent
}

@test "the steps as JSON are one line each" {
	ok etape --json
	is_json step
	silent
	[ "${#lines[@]}" -gt 30 ]
	[ "$(head -n 1 <<<"$output" | jq -r '.step, .status' | tr '\n' ' ')" = '1 ready ' ]
	ok step 2 --json
	is_json step
	[ "$(field '.mandatory')" = true ]
}

@test "one card is shown whole" {
	ok step 1
	says 'Why' 'Sources' 'Done when'
	refused 3 'has no step 99' '' step 99
	refused 2 "--run: 'second' is not a number" '' step 1 done --run second
}

@test "every gesture is accepted in both languages" {
	local at=1 word
	for word in done fait faite d f ok; do
		ok step "$at" "$word" -m proof
		[ "$("$BEFFROI" step "$at" --json | jq -r .status)" = done ]
		ok undo
	done
	for word in skip passer p s; do
		ok step "$at" "$word" why
		ok undo
	done
	for word in fail échec x; do
		ok step "$at" "$word" why
		ok undo
	done
	for word in assign assigner a; do
		ok étape "$at" "$word" karim
		says 'assigned'
	done
	ok step 1 note saw it
	ok status
	says karim
	sound
}

@test "a step without a number is the next one" {
	ok step done
	says 'step 1 done'
	ok step done
	says 'step 2 done'
	ok step 4 done --json
	is_json done
}

@test "skipping and failing need a reason" {
	refused 2 'say why step 1 is skipped' '--reason' step 1 skip
	refused 2 'say why step 1 is failed' '--reason' step 1 fail
	refused 2 "'burn' is nothing a step can be" 'done skip fail' step 1 burn
	refused 2 'assigned to whom' '' step 1 assign
	refused 2 'step 1 is not a question' 'step 1 done' step 1 yes
}

@test "a mandatory step is skipped by two people" {
	ok step done
	refused 4 'a second person must agree' '--second' step 2 skip --reason 'no such machine'
	refused 4 'a second person must agree' '--second' step 2 skip --reason 'no such machine' --second lea
	ok step 2 skip --reason 'no such machine' --second anne
}

@test "a settled step is settled, and one that is not on the path cannot be done" {
	ok step 1 done
	ok note 'something else meanwhile'
	refused 4 'step 1 is already settled' 'beffroi undo 3' step 1 done
	refused 4 'step 20 is not on the path' 'waits for step 2: Unplug' step 20 done
}

@test "a failure takes the playbook's other way" {
	ok step done
	ok step 2 fail --reason 'cannot be reached'
	ok step 3 --json
	[ "$(field .status)" = ready ]
}

@test "a proof is asked for where one is wanted" {
	local n
	for n in 1 2 4 5 7 8 9 10; do ok step "$n" done; done
	refused 4 'step 11 wants a proof' '--proof' step 11 done
	ok step 11 fait --preuve 'item 2'
}

@test "a question is answered, in both languages" {
	local n
	for n in 1 2 4 5 7 8 9; do ok step "$n" done; done
	for n in 14 15 16; do ok step "$n" done --proof x; done
	refused 2 'step 17 is a question' 'beffroi step 17 yes' step 17 done
	ok step 17 oui
	says 'answered yes'
	ok undo
	ok step 17 no
	ok step 21 --json
	[ "$(field .status)" = ready ]
}

@test "trying a step writes nothing" {
	dry step 1 done
	says '(nothing written)'
	dry etape 1 note hello
}

@test "without a run a step says how to start one" {
	incident Other
	refused 3 'no playbook is being followed' 'beffroi run' step
	refused 3 'no playbook is being followed' 'beffroi run' step 1 done
}

@test "what containment put in place is kept in sight until it is lifted, or kept for good" {
	local n
	ok step --in-force
	talks 'No measure is in force'
	for n in 1 2 4 5; do ok step "$n" done; done
	ok step --in-force
	says 'Cut the Internet' 'Reconnect'
	ok step --in-force --json
	is_json step
	[ "$(jq -s 'length >= 3 and all(.in_force)' <<<"$output")" = true ]
	ok status
	says 'in force: beffroi step --in-force'
	ok status --json
	n=$(field .measures_in_force)
	refused 4 'nothing of step 1 is in force' 'step --in-force' step 1 lift
	refused 2 'say why the measure of step 4 stays' '--reason' step 4 keep
	ok step 4 lift 'VPN opened again at 9'
	says 'step 4 lifted'
	refused 4 'nothing of step 4 is in force' '--in-force' step 4 lift
	ok etape 5 maintenir --motif 'the copies stay offline'
	ok status --json
	[ "$(field .measures_in_force)" -eq $((n - 2)) ]
	ok undo
	ok status --json
	[ "$(field .measures_in_force)" -eq $((n - 1)) ]
	ok run --stop 'another plan'
	bef close
	[ "$status" -eq 4 ]
	says 'measure in force: step 2' 'beffroi step 2 lift' || talks 'measure in force: step 2' 'beffroi step 2 lift'
	ok step 2 lift
	sound
}

@test "the steps of one role are listed and followed, and who is waited for is said" {
	ok step --role communications
	says 'Inform staff'
	says_not 'Cut the Internet'
	talks 'can be done now by others'
	bef_on $'q\n' run --role tec
	says 'Recognise the signs'
	bef_on '' run --role com
	[ "$status" -eq 0 ] || { told; return 1; }
	talks 'Nothing to do now for: communications. Waiting for step 1'
}

@test "the phase of a step is said in words, also one that no incident goes through" {
	local n=0 cards=
	until ! "$BEFFROI" step $((n + 1)) >/dev/null 2>&1; do
		n=$((n + 1))
		cards+=$("$BEFFROI" etape $n --langue fr | head -n 1)
	done
	[[ $cards == *', Juridique '* && $cards == *', Communication '* ]] || { echo "$cards"; return 1; }
	[[ $cards != *', legal '* && $cards != *', communication '* ]]
}

@test "the answer names the step, its playbook when several go on, who it is given to, and when it was done" {
	needs_clock
	ok step 1 done -t 6:03 --by Karim
	says 'step 1 done at 06:03 by Karim (#3): Recognise the signs'
	ok step 2 done -t 'yesterday 18:30'
	says 'step 2 done on Sun 2 Nov 18:30 by lea'
	ok etape 8 a Karim --langue fr
	says 'étape 8, Dérouler le début commun : confiée à Karim à 06:25 par lea'
	ok step 8 start
	ok step 1 done
	says 'Common start, step 1 done'
	ok step 4 done --run 1
	says 'Ransomware, step 4 done'
}

@test "a decision named as the proof is one that was taken" {
	playbook proof 1 '{"action--a": {"type": "action", "step_extensions": {
		"extension-definition--b3b953f9-2b49-4e61-8481-d8984d0c5044": {"en": {"name": "Decide", "proof": "the number"}}},
		"on_completion": "end"}}'
	ok run proof
	refused 4 'there is no decision D9' 'beffroi decide' step 1 done --proof D9
	refused 4 'there is no decision D1' 'beffroi decide' step 1 done --proof d1
	ok decide 'Cut it'
	ok step 1 done --proof D1
	ok undo
	ok step 1 done --proof 'D9 as the insurer calls it'
}

@test "a playbook is opened by the word that its card uses" {
	local word
	for word in ouvrir open lancer lance l start; do
		ok step 8 "$word"
		ok run --stop again
		ok step --run 1 8 --json
		ok undo
		ok undo "$("$BEFFROI" log --json | jq -s 'map(select(.kind == "run.started")) | last.number')" --yes
	done
}

@test "a step that opens a playbook may be done without it, which is said" {
	ok step 8 done
	talks 'was not opened. To open it: beffroi undo 3, then: beffroi step 8 start'
	ok undo 3
	ok step 8 done --proof 'as on the sheet of paper'
	silent
}

@test "of several playbooks the list and the log say whose step it is; a note says its step" {
	ok step 1 note 'the lamp is broken'
	ok step 1 done
	ok log
	says 'the lamp is broken [step 1 Recognise' '  step 1 Recognise'
	says_not 'Ransomware, step 1'
	playbook other 1 '{"action--a": {"type": "action", "name": "Elsewhere", "on_completion": "end"}}'
	ok run other
	ok step 1 note 'here too'
	ok log
	says 'the lamp is broken [Ransomware, step 1 Recognise' 'here too [other, step 1 Elsewhere]' 'Ransomware, step 1 Recognise'
	ok step
	[ "${lines[0]}" = other ]
	talks 'Also followed: Ransomware (beffroi step --run 1)'
	ok step --run 1
	[ "${lines[0]}" = Ransomware ]
	ok step 1 done
	ok step
	[ "${lines[0]}" = Ransomware ]
	silent
}
