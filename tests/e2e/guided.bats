#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# What is asked and answered: on a terminal (a private tmux), and in a pipe.

load lib

SMALL=$BATS_TEST_DIRNAME/../cases/small.json

# --- open ---

@test "opening asks five questions, takes what is proposed and goes back" {
	needs_clock
	terminal
	start_in_terminal open
	await 'What is happening, in a few words? >'
	type_line ''
	await 'a few words are needed'
	type_line 'Files lost'
	await 'When was the first sign?'
	type_line '25:00'
	await 'time not understood'
	type_line '<'
	await '[Files lost] >'
	type_line ''
	type_line '6:12'
	await 'What does it look like?'
	[[ $(screen) == *'yesterday 18:30) [now] > 6:12'*'Mon 3 Nov 06:12 (13 min ago)'*'What does'* ]]
	type_line nonsense
	await "unknown incident type: 'nonsense'"
	type_line hameçonnage
	await 'How serious'
	type_line '<'
	await '[hameçonnage] >'
	type_line ''
	type_line ''
	await 'Who gave the sign?'
	type_line Marc
	ends
	[ "$status" -eq 0 ]
	[[ $(screen) == *'INC-2025-001 opened'*'noticed Mon 3 Nov 06:12'* ]]
	[ "$(screen | grep -c '^Mon 3 Nov 06:12')" -eq 1 ]
	ok report -f json -o -
	[ "$(field '[.title, .incident_type, .severity, .reporter] | join("/")')" = 'Files lost/phishing/2/Marc' ]
	sound
}

@test "who does not know what a question means is told, and doubt is taken for what it is" {
	export BEFFROI_LANG=fr LC_ALL=C.UTF-8
	terminal 100
	start_in_terminal ouvrir
	await 'quelques mots ? >'
	type_line '?'
	await "Ce sera le titre de l'incident"
	type_line 'Faux virement'
	await 'il y a 20 min'
	type_line 'je ne sais pas'
	await 'Une heure approximative suffit'
	type_line 'ce matin'
	await 'à quelle heure ?'
	type_line 'ce matin vers 6h10'
	await 'fuite, fraude'
	type_line 'fraude au président'
	await 'Quelle gravité'
	type_line '?'
	await "2 : un poste ou un compte"
	type_line 'je ne sais pas'
	type_line '3 ?'
	await "Qui l'a signalé"
	type_line 'je ne sais pas'
	ends
	[ "$status" -eq 0 ] || { screen; return 1; }
	ok report -f json -o -
	[ "$(field '[.title, .incident_type, .severity, .reporter // "-"] | join("/")')" = 'Faux virement/wire-fraud/3/-' ]
}

@test "Ctrl-C at any question leaves with 130 and nothing made" {
	local question
	terminal
	for question in 0 1 2 3 4; do
		start_in_terminal open
		await 'Five questions'
		[ "$question" = 0 ] || type_line x
		for _ in $(seq 2 "$question"); do type_line ''; done
		sleep 0.1
		key C-c
		ends
		[ "$status" -eq 130 ]
	done
	[ ! -e "$BEFFROI_BASE" ]
}

@test "somebody who understands nothing is not asked for ever" {
	terminal
	start_in_terminal open
	await 'Five questions'
	for _ in $(seq 60); do key Enter; done
	ends
	[ "$status" -eq 2 ]
	[ ! -e "$BEFFROI_BASE" ]
}

@test "the questions are asked in French" {
	export BEFFROI_LANG=fr
	terminal
	start_in_terminal ouvrir
	await '?'
	type_line 'Fichiers chiffrés'
	type_line 'il y a 10 min'
	type_line rançongiciel
	type_line 3
	type_line ''
	ends
	[ "$status" -eq 0 ]
	ok status --json
	[ "$(field '.title + .incident_type + .severity')" = 'Fichiers chiffrésransomware3' ]
}

# --- note ---

@test "a note is asked for without quotes, on a terminal" {
	incident
	terminal
	start_in_terminal note
	await 'fact >'
	type_line "it's \"here\" \$HOME \`x\` & é"
	ends
	[ "$status" -eq 0 ]
	ok log --json
	[ "$(jq -r 'select(.kind == "note") | .body.text' <<<"$output")" = "it's \"here\" \$HOME \`x\` & é" ]
	start_in_terminal note
	await 'fact > '
	sleep 0.1
	key C-c
	ends
	[ "$status" -eq 130 ]
	start_in_terminal note
	await 'fact > '
	key C-d
	ends
	[ "$status" -eq 3 ]
	[ "$(entries)" -eq 2 ]
}

@test "an exercise says so in every prompt" {
	ok open Exercise --drill
	ok run "$SMALL"
	terminal
	start_in_terminal run
	await '[DRILL] step 1 >'
	type_line q
	ends
}

@test "the scribe's lines become notes, decisions, actions, costs and hypotheses" {
	needs_clock
	incident
	bef_on $'plain words\n6:05 seen then\n-10m seen before\nd: cut it\na: restore payroll @karim\na: no owner\n? by mail\n€ 1200,50 an expert\n+10m too early\n€ dear\nd:\n\nafter a blank line' note -c
	[ "$status" -eq 2 ]
	talks 'some lines were not recorded' 'not happened yet'
	says '#2 recorded 06:25' '#3 recorded 06:25, happened Mon 3 Nov 06:05' '#5 decision D1' '#6 action A1'
	ok log --json
	[ "$(jq -r 'select(.number > 1) | [.kind, .body.sort, .body.text // .body.choice, .body.owner, .body.amount_cents, .happened_at[11:16]] | map(. // "-" | tostring) | join("|")' <<<"$output")" = \
"note|fact|plain words|-|-|05:25
note|fact|seen then|-|-|05:05
note|fact|seen before|-|-|05:15
decision.taken|-|cut it|-|-|05:25
action.planned|-|restore payroll|karim|-|05:25
action.planned|-|no owner|-|-|05:25
note|hypothesis|by mail|-|-|05:25
note|cost|an expert|-|120050|05:25
note|cost|dear|-|-|05:25
note|fact|after a blank line|-|-|05:25" ] || { jq -r 'select(.number > 1) | [.kind, .body.sort, .body.text // .body.choice, .body.owner, .body.amount_cents, .happened_at[11:16]] | map(. // "-" | tostring) | join("|")' <<<"$output"; return 1; }
	sound
}

@test "the scribe writes on a terminal until an empty line, or Ctrl-C" {
	needs_clock
	incident
	terminal
	start_in_terminal 'noter --continu'
	await '06:25 >'
	type_line 'first é'
	await '#2 recorded'
	type_line 'a: second @lea'
	await '#3 action A1'
	type_line ''
	ends
	[ "$status" -eq 0 ]
	[[ $(screen) == *'2 lines. To read again'* ]]
	start_in_terminal 'note -c'
	type_line 'third'
	await '#4 recorded'
	key C-c
	ends
	[ "$status" -eq 130 ]
	[ "$(entries)" -eq 4 ]
	sound
}

@test "the scribe's refused lines are each kept" {
	needs_clock
	incident
	bef_on $'+10m one too early\n+11m two too early\nfine\n' note -c
	[ "$status" -eq 2 ]
	[ "$(entries)" -eq 2 ]
	grep -rq 'one too early' "$XDG_STATE_HOME"
	grep -rq 'two too early' "$XDG_STATE_HOME"
	not grep -rq fine "$XDG_STATE_HOME"
}

# --- the editor ---

# editor SCRIPT: what it does to the file "$1"
editor() {
	printf '#!/bin/sh\n%s\n' "$1" >"$PLACE/editor"
	chmod +x "$PLACE/editor"
	export BEFFROI_EDITOR="$PLACE/editor"
}

@test "a text is written in the editor, without the template's lines" {
	incident
	# shellcheck disable=SC2016
	editor 'grep -q "^# Write above" "$1" || exit 9; printf "one\n\ntwo # kept\n# dropped\n\n" >"$1"'
	terminal
	in_terminal 'note -e'
	[ "$status" -eq 0 ] || { screen; return 1; }
	ok log --json
	[ "$(jq -r 'select(.kind == "note") | .body.text' <<<"$output")" = $'one\n\ntwo # kept' ]
	[ -z "$(find "$XDG_STATE_HOME" -path '*/drafts/*' -type f)" ]
}

@test "the words given start the text in the editor, which may have arguments" {
	incident
	# shellcheck disable=SC2016
	editor '[ "$1" = --wait ] || exit 9; sed -i "1s/$/ and more/" "$2"'
	export VISUAL=false EDITOR=false BEFFROI_EDITOR="$PLACE/editor --wait"
	terminal
	in_terminal 'decide -e Cut it'
	[ "$status" -eq 0 ]
	ok log -k decision
	says 'Cut it and more'
}

@test "an empty text records nothing, a failing editor keeps the text" {
	incident
	# shellcheck disable=SC2016
	editor ': >"$1"'
	terminal
	in_terminal 'note -e'
	[ "$status" -eq 3 ]
	[[ $(screen) == *'the text is empty'* ]]
	# shellcheck disable=SC2016
	editor 'echo precious >"$1"; exit 3'
	in_terminal 'note -e'
	[ "$status" -eq 1 ]
	[[ $(screen) == *'did not end well'*'your text is kept in'* ]]
	grep -rq precious "$XDG_STATE_HOME"
	in_terminal 'note next'
	[[ $(screen) == *precious* ]]
	[ "$(entries)" -eq 2 ]
}

@test "Ctrl-C in the editor is the editor's" {
	incident
	# shellcheck disable=SC2016
	editor 'trap "echo interrupted-editor >\"$1\"; exit 0" INT; echo ready-editor; while :; do sleep 0.05; done'
	terminal
	start_in_terminal 'note -e'
	await ready-editor
	key C-c
	ends
	[ "$status" -eq 0 ] || { screen; return 1; }
	ok log
	says interrupted-editor
}

# --- yes and no ---

@test "yes and no are understood in both languages, Enter is no, nonsense is asked once more" {
	local answer
	incident
	terminal
	for answer in y yes o oui OUI Y; do
		ok note x
		start_in_terminal undo
		await 'Undo it? [y/N]'
		type_line "$answer"
		ends
		[ "$status" -eq 0 ]
		[[ $(screen) == *' undoes '* ]]
	done
	ok note x
	local before
	before=$(entries)
	for answer in '' n non NO; do
		start_in_terminal undo
		await 'Undo it?'
		type_line "$answer"
		ends
		[ "$status" -eq 0 ]
	done
	start_in_terminal undo
	await 'Undo it?'
	type_line perhaps
	await '(yes or no)'
	type_line perhaps
	ends
	[ "$status" -eq 2 ]
	start_in_terminal undo
	await 'Undo it?'
	sleep 0.2
	key C-c
	ends
	[ "$status" -eq 130 ]
	[ "$(entries)" -eq "$before" ]
}

@test "Enter never sends an alert, and never erases" {
	incident
	ok note x
	hook
	terminal
	start_in_terminal 'alert hello'
	await 'Send it? [y/N]'
	type_line ''
	ends
	[ "$status" -eq 0 ]
	[ "$(kept)" -eq 0 ]
	start_in_terminal 'strike 2 --erase -m x'
	await 'Type 2 to confirm'
	type_line ''
	ends
	[ "$status" -eq 2 ]
	start_in_terminal 'strike 2 --erase -m x'
	await 'Type 2 to confirm'
	type_line 3
	ends
	[ "$status" -eq 2 ]
	[ "$(entries)" -eq 2 ]
	start_in_terminal 'strike 2 --erase -m x'
	await 'Type 2 to confirm'
	type_line 2
	ends
	[ "$status" -eq 0 ]
	start_in_terminal 'alert hello'
	await 'Send it?'
	type_line oui
	ends
	[ "$status" -eq 0 ]
	[ "$(kept)" -eq 1 ]
}

# --- run ---

@test "every key of the run does what its card says" {
	incident
	ok run "$SMALL"
	terminal
	start_in_terminal run
	await 'step 1 >'
	[[ $(screen) == *'[d]one'*'[q]uit'* ]]
	type_line '?'
	await 'never means done'
	type_line v
	await 'With'
	type_line '<'
	await 'Nothing was done before'
	type_line n
	await 'Note [cancel] >'
	type_line 'a note of step one'
	await '#3'
	type_line a
	await 'To whom? [cancel] >'
	type_line karim
	await 'step 1 assigned'
	type_line ''
	await 'Assigned to'
	type_line zzz
	await "'zzz' is no key"
	type_line 7
	await 'Step 7 cannot be done now'
	type_line ''
	type_line d
	await 'step 2 >'
	type_line '<'
	await 'To go back on it: beffroi undo'
	type_line s
	await 'Why is it skipped?'
	type_line 'no reason'
	await 'Who else agrees?'
	type_line lea
	await 'a second person must agree'
	type_line '<'
	await 'Nothing recorded'
	type_line x
	await 'What went wrong?'
	type_line 'locked door'
	await 'another way: step 3'
	await 'step 3 >'
	type_line f
	await 'step 4 >'
	await "Are people's data hit?"
	type_line d
	await 'is a question'
	type_line oui
	await 'step 5 >'
	type_line d
	await "the receipt's number [cancel] >"
	type_line ''
	await 'Nothing recorded'
	type_line d
	await "the receipt's number [cancel] >"
	type_line 'CNIL 42'
	await 'At the same time: 8 Tell'
	type_line 8
	await 'step 8 >'
	type_line d
	await 'step 7 >'
	type_line q
	ends
	[ "$status" -eq 0 ]
	[[ $(screen) == *'Paused at step 7'* ]]
	start_in_terminal run
	await 'step 7 >'
	type_line p
	await 'Why is it skipped?'
	type_line ''
	await 'Nothing recorded'
	type_line d
	await 'step 9 >'
	type_line d
	ends
	[ "$status" -eq 0 ]
	[[ $(screen) == *'Playbook finished'* ]]
	[ "$("$BEFFROI" step --json | jq -r .status | tr '\n' ' ')" = 'done failed done done done off done done done ' ] ||
		{ "$BEFFROI" step --json; return 1; }
	sound
	ok close
}

@test "the same run in a pipe leaves a transcript that can be read" {
	incident
	bef_on $'d\ns\nwhy\nanne\nno\nd\nd\nd\nd\n' run "$SMALL"
	[ "$status" -eq 0 ]
	says 'step 1 > d' 'Why is it skipped? [cancel] > why' 'step 4 > no' 'answered no'
	talks 'Playbook finished'
	[ "$("$BEFFROI" step --json | jq -r .status | tr '\n' ' ')" = 'done skipped off done off done done done done ' ] ||
		{ "$BEFFROI" step --json; return 1; }
	sound
}

@test "Ctrl-C in the run leaves with 130, and what was answered is kept" {
	incident
	ok run "$SMALL"
	terminal
	start_in_terminal run
	await 'step 1 >'
	type_line d
	await 'step 2 >'
	type_line x
	await 'What went wrong?'
	sleep 0.1
	key C-c
	ends
	[ "$status" -eq 130 ]
	[[ $(screen) == *'Paused at step 2'* ]]
	[ "$(entries)" -eq 3 ]
	ok run
	says 'step 2/9'
}

@test "two terminals on the same run do not step on each other" {
	incident
	ok run "$SMALL"
	terminal
	start_in_terminal run
	await 'step 1 >'
	BEFFROI_AUTHOR=marc ok step 1 done
	type_line d
	await 'step 1 is already settled'
	await 'step 2 >'
	BEFFROI_AUTHOR=marc ok step 2 fail -m 'no'
	type_line ''
	await 'step 3 >'
	type_line d
	await 'step 4 >'
	BEFFROI_AUTHOR=marc ok run --stop 'false alarm'
	type_line yes
	await 'was stopped'
	type_line n
	await 'Note [cancel]'
	type_line '<'
	await 'Nothing recorded'
	type_line q
	ends
	[ "$("$BEFFROI" log --all --json | jq -r 'select(.kind == "step.marked") | .author' | tr '\n' ' ')" = 'marc marc lea ' ]
	sound
}

@test "a reason typed while somebody else settled the step can be kept as a note, and nags nobody" {
	incident
	ok run "$SMALL"
	terminal
	start_in_terminal run
	await 'step 1 >'
	type_line x
	await 'What went wrong?'
	BEFFROI_AUTHOR=marc ok step 1 done
	type_line 'the lamp is broken'
	await 'step 1 is already settled'
	await 'To keep it as a note'
	await 'step 2 >'
	grep -rq 'lamp' "$XDG_STATE_HOME"
	type_line n
	await 'Note [the lamp is broken] >'
	type_line ''
	await 'step 2 noted'
	type_line q
	ends
	[ -z "$(find "$XDG_STATE_HOME" -path '*/drafts/*' -type f)" ]
	ok log
	says 'the lamp is broken'
}

@test "on a narrow terminal lines break where French does, keep their indent, and the role is not lost" {
	local lines text
	export BEFFROI_LANG=fr LC_ALL=C.UTF-8
	incident
	text='Voici : une phrase longue ; elle a des signes : partout ? oui ! et « des mots » aussi : « un » ; « deux » ? trois ! quatre : cinq ; six ? sept ! huit : neuf ; dix'
	playbook a-playbook-with-a-long-name-of-its-own 1 '{"action--a": {"type": "action", "step_extensions": {
		"extension-definition--b3b953f9-2b49-4e61-8481-d8984d0c5044": {"roles": ["technical"], "phase": "containment",
		"fr": {"name": "'"$text"'", "text": "'"$text"'", "proof": "'"$text"'"}}}, "on_success": "action--b",
		"on_failure": "action--c"}, "action--b": {"type": "action", "on_completion": "action--c"}, "action--c": {"type": "action", "on_completion": "end"}}'
	terminal 60 80
	start_in_terminal 'suivre a-playbook-with-a-long-name-of-its-own'
	await 'étape 1 >'
	[[ $(screen) == *'   référent technique'* ]]
	type_line f
	await '  > '
	type_line ''
	await enregistr
	type_line 3
	await 'Elle attend'
	type_line q
	ends
	lines=$(screen)
	not grep -E '^ *[:;?!»]( |$)' <<<"$lines"
	not grep -E '«$' <<<"$lines"
	not grep -E '^(elle|partout|aussi|trois|sept)' <<<"$lines"
	grep -q '^  > *$' <<<"$lines"
}
