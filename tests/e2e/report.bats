#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
	"$BEFFROI" note a fact >/dev/null
}

@test "the report is one HTML file beside us, named and with its digest" {
	needs_clock
	ok report
	says 'report-INC-2025-001-full.html' sha256
	[ "$(sha256sum <report-INC-2025-001-full.html | cut -c 1-8)" = "$(sed -n 's/.*sha256 \(.\{8\}\).*/\1/p' <<<"$output")" ]
	talks 'to complete'
	ok rapport --langue fr
	says 'rapport-INC-2025-001-complet.html'
	[ "$(find . -type f | wc -l)" -eq 2 ]
	sound
}

@test "the report says as JSON where it is" {
	ok report -o r.html --json
	is_json report
	silent
	[ "$(field .file)" = r.html ]
	[ "$(field .sha256)" = "$(sha256sum <r.html | cut -d ' ' -f 1)" ]
	[ "$(field .size)" = "$(wc -c <r.html)" ]
}

@test "the report goes to standard output with -o -, in three forms" {
	ok report -o -
	[[ $output == '<!DOCTYPE html>'* ]]
	ok report full -f md --output -
	[[ $output == '# '* ]]
	ok rapport complet --format json --sortie -
	is_json case
	[ "$(field .entries)" -eq 2 ]
	[ -z "$(ls)" ]
}

@test "a report never replaces a file unless told to" {
	echo precious >r.html
	refused 4 "'r.html' is already there" '--overwrite' report -o r.html
	[ "$(cat r.html)" = precious ]
	ok rapport -o r.html --écraser
	grep -q '<html' r.html
}

@test "a report or a format that does not exist is refused" {
	refused 2 "there is no report 'nonsense'" 'beffroi report --list' report nonsense
	refused 2 "'docx'" 'html, md, pdf, json' report -f docx
	refused 3 "no incident 'INC-2025-077'" 'beffroi list' report -i INC-2025-077
	[ -z "$(ls)" ]
}

@test "a report that cannot be written fails and leaves nothing" {
	refused 1 'nowhere' '' report -o nowhere/r.html
	[ -z "$(ls)" ]
}

@test "trying a report writes nothing" {
	dry report
	[ -z "$(ls)" ]
}

@test "a report leaves a checkpoint in the organisation's journal, not in the incident's" {
	local before
	before=$("$BEFFROI" verify --json | jq .entries)
	ok report -o r.html
	[ "$(entries)" -eq 2 ]
	[ "$("$BEFFROI" verify --json | jq .entries)" -eq $((before + 1)) ]
}

@test "an exercise's report says so in its name and on its face" {
	ok open Exercise --drill
	ok report
	ls DRILL-report-*-002-full.html
	grep -q 'DRILL - DRILL - DRILL' DRILL-*.html
}

# Two playbooks whose steps stand in every way that there is.
every_state() {
	playbook inner 2 '{"action--i": {"type": "action", "on_completion": "end"}}'
	playbook states 1 '{"parallel--p": {"type": "parallel", "on_completion": "action--off", "next_steps": ["action--ready",
		"action--done", "action--skipped", "action--failed", "action--blocked", "playbook-action--waiting"]},
		"action--ready": {"type": "action", "on_completion": "end"}, "action--done": {"type": "action", "on_completion": "end"},
		"action--skipped": {"type": "action", "on_completion": "end"}, "action--blocked": {"type": "action", "on_success": "end"},
		"action--failed": {"type": "action", "on_success": "end", "on_failure": "action--other"},
		"action--other": {"type": "action", "on_completion": "end"}, "action--off": {"type": "action", "on_completion": "end"},
		"playbook-action--waiting": {"type": "playbook-action", "playbook_id": "playbook--00000000-0000-4000-8000-000000000002",
		"on_completion": "end"}}'
	ok run states
	ok step "$(number done)" done
	ok step "$(number skipped)" skip why
	ok step "$(number failed)" fail why
	ok step "$(number blocked)" fail why
	ok step "$(number waiting)" start
	ok step --json --run 1
	[ "$(field .status | sort -u | xargs)" = 'blocked done failed off ready skipped waiting' ] || { told; return 1; }
}

# The number of the step whose name ends with this.
number() {
	"$BEFFROI" step --json --run 1 | jq "select(.name | endswith(\"--$1\")).step"
}

@test "every report can be made in every format while steps stand in every state" {
	local format lang
	every_state
	for format in html md json; do
		for lang in en fr; do
			ok report -f "$format" -o - --lang "$lang"
			says blocked
		done
	done
	ok report -f md -o -
	says 'not reached' 'to do' 'opened' 'FAILED'
}

@test "the report has each turn of a loop, what was answered, and who opened a playbook when" {
	needs_clock
	playbook inner 2 '{"action--i": {"type": "action", "name": "Inside", "on_completion": "end"}}'
	playbook loop 1 '{"while-condition--w": {"type": "while-condition", "name": "More?", "on_true": "action--b",
		"on_completion": "switch-condition--s"}, "action--b": {"type": "action", "name": "Clean", "on_success": "end"},
		"switch-condition--s": {"type": "switch-condition", "name": "How?", "switch": "__w__:value",
		"cases": {"mail": "action--m"}, "on_completion": "playbook-action--p"}, "action--m": {"type": "action", "on_completion": "end"},
		"playbook-action--p": {"type": "playbook-action", "name": "Open it",
		"playbook_id": "playbook--00000000-0000-4000-8000-000000000002", "on_completion": "end"}}'
	ok run loop
	ok step 1 yes
	ok step 2 done
	ok step 1 yes
	ok step 2 fail 'no key'
	ok report -f md -o -
	says '| 2, turn 1 | Clean | done | Mon 3 Nov 2025, 06:25 | lea |  |' '| 2, turn 2 | Clean | FAILED | Mon 3 Nov 2025, 06:25 | lea | no key |'
	ok step 2 skip 'no key'
	ok step 1 no
	ok step 3 case mail
	ok step 4 done
	BEFFROI_AUTHOR=karim ok step 5 start
	ok report -f md -o -
	says '| 1, turn 1 | More? | answered yes |' '| 1, turn 3 | More? | answered no |' '| 2, turn 1 | Clean | done |' \
		'| 2, turn 2 | Clean | skipped |' '| 3 | How? | answered: mail |' '| 5 | Open it | opened | Mon 3 Nov 2025, 06:25 | karim | inner |'
	says_not 'turn 4'
}

@test "the report says what became of measures, when decisions are to be seen again, and what a duration counts from" {
	needs_clock
	playbook cut 1 '{"parallel--p": {"type": "parallel", "next_steps": ["action--a", "action--b", "action--c"], "on_completion": "end"},
		"action--a": {"type": "action"}, "action--b": {"type": "action"}, "action--c": {"type": "action"}}'
	jq '.workflow |= with_entries(if .value.type == "action" then .value += {on_completion: "end", step_extensions:
		{"extension-definition--b3b953f9-2b49-4e61-8481-d8984d0c5044": {en: {name: ("Cut " + .key[-1:]), undo: "Join"}}}} else . end)' \
		"$BEFFROI_BASE/playbooks/cut.json" >t && mv t "$BEFFROI_BASE/playbooks/cut.json"
	ok qualify --detected 5:25
	ok run cut
	ok decide 'Cut it' --review +2h
	for n in 1 2 3; do ok step $n done; done
	ok step 1 lift 'back at 9'
	ok step 2 keep --reason 'for good'
	ok report -f md -o -
	says '| cut, 1 Cut a | Mon 3 Nov 2025, 06:25 | lea | measure lifted | Mon 3 Nov 2025, 06:25 | lea | back at 9 |' \
		'| cut, 2 Cut b | Mon 3 Nov 2025, 06:25 | lea | measure kept for good |' '| cut, 3 Cut c | Mon 3 Nov 2025, 06:25 | lea | in force |  |  |  |' \
		'| To review |' '| Mon 3 Nov 2025, 08:25 |' '| Duration since the first sign | 1 h 00 |' '| Duration since the opening | 0 s |'
}

@test "Markdown can be read as it is: a mark is escaped only where it would mean something" {
	ok note 'a - b, INC-1 + 2 = 3 > 2 # not! done'
	ok note -- '- a list'
	ok note '![p](q)'
	ok report -f md -o -
	says 'a - b, INC-1 + 2 = 3 > 2 # not! done' '| \- a list |' '!\[p' 'INC-2025-001'
}
