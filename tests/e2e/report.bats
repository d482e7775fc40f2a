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
	refused 2 "there is no report 'nonsense'" 'one of: full' report nonsense
	refused 2 "'pdf'" 'html' report -f pdf
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
