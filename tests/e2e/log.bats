#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
}

@test "the log is read again in the order of the facts' numbers, with times, kinds and authors" {
	needs_clock
	ok note -t 6:05 seen earlier --kind call
	ok decide Cut it
	ok log
	says 'INC-2025-001   (times: Europe/Paris)' '#2    03/11 06:05  call' '(written 03/11 06:25)' '[lea]' 'D1'
	silent
}

@test "the log as JSON is one entry a line" {
	ok note x
	ok journal --json
	is_json entry
	silent
	[ "${#lines[@]}" -eq 2 ]
	ok log -f jsonl
	[ "${#lines[@]}" -eq 2 ]
}

@test "the log is searched without accents or case, from the start of words" {
	ok note Été à la plage
	ok note something else
	ok log ete
	says 'Été à la plage'
	says_not something
	ok log PLA
	says plage
	ok journal été plage --json
	is_json entry
	ok log absent --json
	[ -z "$output" ]
	# What looks like a query language is only words.
	ok log 'x" OR * NEAR('
	refused 2 'no word to look for' '' log -
}

@test "the log is filtered by time, kind and person" {
	needs_clock
	ok note early -t 5:00
	ok note later --kind call --by marc
	ok log --since 6:00 --json
	[[ $output != *early* ]]
	ok log --until 5:30 --json
	[ "$(field .number)" = 2 ]
	ok log --kind appel --json
	[ "$(field .number)" = 3 ]
	ok journal --genre Opening --json
	[ "$(field .number)" = 1 ]
	ok log --by marc --json
	[ "$(field .number)" = 3 ]
	ok journal --depuis 4h --jusque 5h30 --json
	[ "$(field .number)" = 2 ]
}

@test "a kind, a format or a time that does not exist is refused" {
	refused 2 "'rumour'" 'fact, request' log --kind rumour
	refused 2 "unknown format 'xml'" 'text, csv, csv-intl, jsonl, journal' log -f xml
	refused 2 'time not understood' '14:05' log --since noon
}

@test "struck and technical lines are hidden and counted, and shown with --all" {
	ok note wrong
	ok strike 2 -m mistake
	ok log
	says_not wrong
	talks '2 struck, undone or technical lines not shown'
	ok log --all
	says wrong STRUCK
	ok journal --tout --json
	[ "${#lines[@]}" -eq 3 ]
}

@test "the log as CSV opens in a French spreadsheet" {
	ok note 'say "hi"; twice'
	bef log -f csv
	printf '%s\n' "$output" >raw
	[ "$(head -c 3 raw | od -An -tx1 | tr -d ' ')" = efbbbf ]
	grep -q '"say ""hi""; twice"' raw
	[ "$(grep -c $'\r$' raw)" -eq 3 ]
}

@test "the signed bytes are shown for an independent check" {
	ok note x
	ok log -f journal
	is_json journal.entry
	[ "$(head -n 1 <<<"$output" | jq -rj .header | sha256sum | cut -d ' ' -f 1)" = "$(head -n 1 <<<"$output" | jq -r .id)" ]
}

@test "the log of another incident is shown when it is named" {
	ok note only here
	incident Other
	ok log
	says_not 'only here'
	ok log -i 1
	says 'only here'
	refused 3 "no incident '9'" 'beffroi list' log -i 9
}
