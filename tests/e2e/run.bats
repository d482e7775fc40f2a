#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

# The guided run in a pipe; guided.bats has the terminal.

setup() {
	fresh
	incident
}

@test "run starts the playbook made for the type of incident and leaves at the end of input" {
	ok run
	says 'Ransomware, step 1/' 'Done when'
	talks 'Playbook started' 'Paused at step 1'
	ok suivre
	says 'step 1/'
	[ "$(entries)" -eq 2 ]
}

@test "run named in French starts the same one" {
	ok suivre rançongiciel
	ok step
	says 'to do'
}

@test "answers on standard input move the run on" {
	bef_on $'d\nx\nno access\ns\nnothing seen\nq\n' run
	[ "$status" -eq 0 ]
	says 'step 1 done' 'step 2 failed' 'step 3 skipped'
	talks 'Paused at step 4'
	ok step 3 --json
	[ "$(field .status)" = skipped ]
}

@test "a run without a playbook for the type says to name one" {
	incident Other copyright
	refused 3 "no playbook is made for 'copyright'" 'beffroi playbook' run
	refused 3 "there is no playbook 'nonsense'" 'beffroi playbook list' run nonsense
	[ "$(entries)" -eq 1 ]
}

@test "a run is stopped with a reason, once" {
	ok run
	ok run --stop 'false alarm'
	says 'Playbook stopped'
	refused 4 'not going on' '' suivre --arreter encore
	refused 4 'was stopped' '' step 1 done
}

@test "trying to run writes nothing" {
	dry run
	[ "$(entries)" -eq 1 ]
}

@test "a closed incident starts no run, in either language" {
	ok close
	refused 4 'is closed' 'beffroi close --reopen' run ransomware
	bef run ransomware --lang fr
	[ "$status" -eq 4 ]
	[ -z "$output" ]
}

@test "a sentence typed where a key was wanted can still be kept" {
	bef_on $'the bank does not answer\nn\n\nzz\nn\n\nq\n' run
	[ "$status" -eq 0 ] || { told; return 1; }
	talks 'To keep it as a note'
	says 'step 1 noted'
	ok log
	says 'the bank does not answer'
	[ "$(entries)" -eq 3 ]
}

@test "a playbook that is named is the one followed" {
	playbook other 1 '{"action--a": {"type": "action", "name": "Elsewhere", "timeout": 60000, "on_completion": "end"}}'
	ok run
	ok run other
	says 'other, step 1/1'
	ok run ransomware
	says 'Ransomware, step 1/'
	ok run
	says 'other, step 1/1'
}

@test "a question is given up with <, explained with ?, and left with q; nothing of it is recorded" {
	local before
	ok run
	before=$(entries)
	bef_on $'s\n<\nx\n?\n\na\n<\nn\n?\n<\ns\nq\n' run
	[ "$status" -eq 0 ] || { told; return 1; }
	says 'Why is it skipped? [cancel] > <' 'To whom? [cancel] > <'
	talks 'Nothing recorded' '< goes back' 'Paused at step 1'
	[ "$(entries)" -eq "$before" ]
	bef_on $'d\ns\nwhy so\n\nlea\n<\nq\n' run
	talks 'a second person must agree'
	[ "$(entries)" -eq $((before + 1)) ]
	bef_on $'s\nwhy so\n\nlea\nanne\nq\n' run
	[ "$(entries)" -eq $((before + 2)) ]
	ok log --all
	says 'why so' 'agreed by anne'
}

@test "what does not fit a card is refused before anything is asked" {
	playbook ask 1 '{"if-condition--q": {"type": "if-condition", "on_true": "switch-condition--s", "on_completion": "action--z",
		"step_extensions": {"extension-definition--b3b953f9-2b49-4e61-8481-d8984d0c5044": {"en": {"name": "Q", "text": "Look", "question": "Is it?"}}}},
		"switch-condition--s": {"type": "switch-condition", "switch": "__w__:value", "cases": {"mail": "action--m"}, "on_completion": "end"},
		"action--m": {"type": "action", "on_completion": "end"}, "action--z": {"type": "action", "on_completion": "end"}}'
	bef_on $'x\np\nje sais pas\nJe ne sais pas\ny\nd\nx\nmail\nyes\nc\nstart\nq\n' run ask
	[ "$status" -eq 0 ] || { told; return 1; }
	says_not 'What went wrong' 'Why is it skipped' 'Which case'
	talks 'Step 1 is a question' 'Not knowing counts as yes: type yes' 'Step 2 is a choice: c, then the case' \
		'Step 3 is not a question: d when it is done' 'Step 3 does not open another playbook'
	[ "$(entries)" -eq 4 ]
	[ -z "$(find "$XDG_STATE_HOME" -path '*/drafts/*' -type f)" ]
}

@test "a stray sentence is forgotten once another key works" {
	bef_on $'f f f\nf\nn\n\nq\n' run
	[ "$status" -eq 0 ] || { told; return 1; }
	says 'Note [cancel] >'
	[ "$(entries)" -eq 3 ]
}

@test "a text cut for want of room is cut between characters, and shows it" {
	bef_on $'éééééééééééééééééééééééééééééééééééééééééééééééééééééé a\nn\n<\nq\n' run
	talks "'ééééééééééééééééééééééééééééééééééééé...' is no key"
	says 'Note [ééé'
}

@test "the end names each playbook that is over, and what comes next" {
	playbook inner 2 '{"action--i": {"type": "action", "on_completion": "end"}}'
	playbook outer 1 '{"playbook-action--p": {"type": "playbook-action",
		"playbook_id": "playbook--00000000-0000-4000-8000-000000000002", "on_completion": "end"}}'
	bef_on $'start\nd\n' run outer
	[ "$status" -eq 0 ] || { told; return 1; }
	talks 'Playbook finished: inner, 1 of 1' 'Playbook finished: outer, 1 of 1' 'beffroi close'
	ok status
	says 'inner, 1 of 1' 'outer, 1 of 1'
	ok close
	ok run
	talks 'INC-2025-001 is closed'
	[[ $stderr != *'beffroi close'* ]]
	ok note late
	talks 'INC-2025-001 is closed'
}

@test "a step that cannot be done now says what it waits for, or why not" {
	bef_on $'22\nd\n1\n3\n99\nq\n' run
	talks 'Step 22 cannot be done now. It waits for: 1 ' 'Step 1 cannot be done now: done' 'has no step 99'
	ok step 2 done
	bef_on $'3\nq\n' run
	talks 'Step 3 cannot be done now: it is on a way that was not taken'
}

@test "what a step opens comes next, unless something else is late or due before it and within the hour" {
	needs_clock
	local wide='{"parallel--p": {"type": "parallel", "next_steps": ["action--a", "if-condition--q"], "on_completion": "end"},
		"action--a": {"type": "action", "name": "This evening", "timeout": 14400000, "on_completion": "end"},
		"if-condition--q": {"type": "if-condition", "name": "Is it", "on_true": "action--b", "on_completion": "while-condition--w"},
		"action--b": {"type": "action", "name": "So do this", "timeout": 86400000, "on_completion": "end"},
		"while-condition--w": {"type": "while-condition", "name": "Again", "on_true": "action--c", "on_completion": "end"},
		"action--c": {"type": "action", "name": "Once more", "on_completion": "end"}}'
	playbook wide 1 "$wide"
	bef_on $'2\nn\nstill here\nyes\nd\nyes\nd\nyes\nd\nno\nq\n' run wide
	[ "$status" -eq 0 ] || { told; return 1; }
	[ "$(grep -o '^step [0-9]* > ' <<<"$output" | tr -dc '0-9\n' | xargs)" = '1 2 2 3 4 5 4 5 4 1' ] || { told; return 1; }
	later 210 minutes
	ok run --stop 'from the start'
	playbook wide 1 "${wide//14400000/1800000}"
	bef_on $'2\nyes\nq\n' run wide
	[ "$(grep -o '^step [0-9]* > ' <<<"$output" | tr -dc '0-9\n' | xargs)" = '1 2 1' ] || { told; return 1; }
}
