#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
}

@test "a decision is numbered, with who took it and when to look at it again" {
	needs_clock
	ok decide Cut the Internet --reason 'still spreading' --review +2h --by anne
	says 'Decision D1 taken at 06:25 by anne (#2). Review: Mon 3 Nov 08:25'
	silent
	ok status
	says '1 taken, 0 to review now'
	later 3 hours
	ok status
	says '1 taken, 1 to review now'
	sound
}

@test "everything about a decision is in the record, under its French names too" {
	ok décider Couper --question 'Que faire ?' --écarte Attendre --ecarte Prier --motif propagation --réversible
	ok decide Reconnect --supersedes D1
	ok report -f json -o -
	[ "$(field '.journal[1].body | [.choice, .question, (.options | join("+")), .reason, (.reversible | tostring)] | join("/")')" = \
		'Couper/Que faire ?/Attendre+Prier/propagation/true' ]
	ok report -f md -o -
	says superseded
}

@test "a decision as JSON says its number in the register" {
	ok decide x --json
	is_json done
	[ "$(field '.kind + (.about | tostring)')" = decision.taken1 ]
}

@test "a decision that nobody said, or that replaces nothing, is refused" {
	refused 2 'the text is empty' 'beffroi decide' decide
	refused 2 "--supersedes: 'two' is not a number" '' decide x --supersedes two
	refused 3 'there is no decision 7' '' decide x --supersedes 7
	refused 2 'time not understood' '14:05' decide x --review soon
	ok close
	refused 4 'is closed' '--reopen' decide x
	[ "$(entries)" -eq 2 ]
}

@test "trying a decision writes nothing" {
	dry decide x
}

@test "whoever is asked for the decision is asked for the reason too, which may be left out" {
	terminal
	start_in_terminal decide
	await 'decision >'
	type_line 'Cut it'
	await 'Why? [left out] >'
	type_line 'still spreading'
	ends
	[ "$status" -eq 0 ] || { screen; return 1; }
	start_in_terminal decide
	type_line 'Wait'
	await 'Why?'
	type_line ''
	ends
	start_in_terminal decide
	type_line 'Never'
	await 'Why?'
	type_line '<'
	ends
	[ "$status" -eq 0 ]
	in_terminal 'decide Reconnect -m quiet'
	ok log --json -k decision
	[ "$(jq -r '[.body.choice, .body.reason // "-"] | join("/")' <<<"$output" | xargs)" = 'Cut it/still spreading Wait/- Reconnect/quiet' ]
	[ -z "$(find "$XDG_STATE_HOME" -path '*/drafts/*' -type f)" ]
}
