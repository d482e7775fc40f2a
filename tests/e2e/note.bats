#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
}

@test "a note is recorded under a number" {
	needs_clock
	ok note VPN is down
	[ "$output" = '#2 recorded 06:25' ]
	silent
	[ "$(entries)" -eq 2 ]
	sound
}

@test "when it happened and when it was written are kept apart" {
	needs_clock
	ok note -t 6:05 seen earlier
	says '#2 recorded 06:25, happened Mon 3 Nov 06:05'
	ok log --json
	[ "$(jq -r 'select(.number == 2) | .happened_at + " " + .recorded_at' <<<"$output")" = \
		'2025-11-03T05:05:00Z 2025-11-03T05:25:00Z' ]
}

@test "a note as JSON says its kind, number and id" {
	ok note x --json
	is_json done
	silent
	[ "$(field '.kind + (.number | tostring)')" = note2 ]
}

@test "every kind of note is accepted in both languages" {
	local pair
	for pair in fact:fait request:demande call:appel communication:com cost:coût hypothesis:hypothèse \
		nothing-to-report:ras; do
		ok note x --kind "${pair%%:*}" --json
		ok noter x --genre "${pair##*:}" --json
		ok log --json
		[ "$(jq -r .body.sort <<<"$output" | tail -n 2 | sort -u)" = "${pair%%:*}" ]
	done
}

@test "a cost has an amount, in French or English figures" {
	ok note Expert --amount 1200,50
	ok noter Expert --montant '1 200.5' --json
	ok log --json
	[ "$(jq -r .body.amount_cents <<<"$output" | tail -n 2 | sort -u)" = 120050 ]
	refused 2 "'abc' is not an amount" '' note x --amount abc
}

@test "the text comes from standard input with - or without words" {
	bef_on 'from a pipe' note -
	[ "$status" -eq 0 ]
	bef_on 'from a pipe' note
	[ "$status" -eq 0 ]
	ok log pipe
	[ "$(grep -c 'from a pipe' <<<"$output")" -eq 2 ]
}

@test "what nobody said is refused and not recorded" {
	refused 2 'the text is empty' 'beffroi note "..."' note '   '
	refused 2 'the text is empty' 'beffroi note' note
	refused 2 "unknown kind of note: 'rumour'" 'fact, request' note x --kind rumour
	refused 2 "time not understood: '25:00'" '14h05' note x -t 25:00
	refused 2 "there is no option '--hour'" '-h' note x --hour 3
	[ "$(entries)" -eq 1 ]
}

@test "a note without an incident says how to open one" {
	export BEFFROI_BASE=$PLACE/elsewhere
	refused 3 'there is no journal' 'beffroi open' note x
	[ ! -e "$BEFFROI_BASE" ]
}

@test "a note in an incident that is not there is refused" {
	refused 3 'INC-2025-099' 'beffroi list' note x -i INC-2025-099
	[ "$(entries)" -eq 1 ]
}

@test "a note goes to the incident named, and only there" {
	incident Second phishing
	ok note -i 1 to the first
	[ "$(entries -i 1)" -eq 2 ]
	[ "$(entries -i 2)" -eq 1 ]
}

@test "who said it and who wrote it are two people" {
	ok note x --by 'M. Petit' --role scribe
	ok log --json
	[ "$(jq -r 'select(.number == 2) | .author + "/" + .role + "/" + .body.by' <<<"$output")" = 'lea/scribe/M. Petit' ]
}

@test "trying a note writes nothing" {
	dry note hello
	says '(nothing written) #2'
	[ "$(entries)" -eq 1 ]
}

@test "a text that could not be recorded is kept, mentioned by the next note, and dropped once recorded" {
	local draft
	export BEFFROI_BASE=$PLACE/elsewhere
	bef_on 'the only copy of this' note -
	[ "$status" -eq 3 ]
	incident
	ok note other
	talks 'the only copy of this'
	draft=$(find "$XDG_STATE_HOME" -path '*/drafts/*' -type f)
	[ "$(cat "$draft")" = 'the only copy of this' ]
	run --separate-stderr "$BEFFROI" note - <"$draft"
	[ "$status" -eq 0 ]
	[ ! -e "$draft" ]
	ok note third
	silent
}

@test "a closed incident takes a late fact" {
	ok close
	ok note late
}

@test "the scribe's lines are entries of their kind, and a blank line in a pipe loses nothing" {
	incident
	bef_on $'first\n\n-10m ? a hypothesis\na: call the insurer @marc\na: write to crise@example.fr\n€ 1200,50 disks\nd: cut the VPN' \
		note --continuous --kind call --by paul
	[ "$status" -eq 0 ] || { told; return 1; }
	[[ $stderr == *'6 lines'* ]] || { told; return 1; }
	ok log --json
	[ "$(jq -rs '[.[1:][].body | [.sort // "-", .text // .choice, .by // .owner // "-", .amount_cents // "-"] | join("/")] | join(" ; ")' <<<"$output")" = \
		'call/first/paul/- ; hypothesis/a hypothesis/paul/- ; -/call the insurer/marc/- ; -/write to crise@example.fr/-/- ; cost/disks/paul/120050 ; -/cut the VPN/paul/-' ] ||
		{ jq -c .body <<<"$output"; return 1; }
	[ "$(jq -s '.[2].happened_at < .[1].happened_at' <<<"$output")" = true ]
	refused 2 'line by line' 'leave out' note --continuous these words
}

@test "a sentence given for a time is quoted with its cut shown, and an hour alone is asked for" {
	incident
	refused 2 "time not understood: 'on a viré quarante-huit mille euros au mauvais compte ban...'" '20 min ago' \
		note x -t 'on a viré quarante-huit mille euros au mauvais compte bancaire'
	refused 2 "'ce matin': at what time?" 'this morning 8:00' note x -t 'ce matin'
	ok note x -t 'il y a environ 20 minutes'
}
