#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

@test "help lists every command in one language" {
	local name
	ok help
	silent
	while IFS='|' read -r en fr; do
		grep -q "^  $en " <<<"$output" || { echo "no $en"; return 1; }
		"$BEFFROI" aide --langue fr | grep -q "^  $fr " || { echo "no $fr"; return 1; }
	done < <(names)
}

# English|French of every command
names() {
	cat "$BATS_TEST_DIRNAME"/../../cmd/*.c |
		sed -n 's/^[ 	]*\.en = "\([a-z]\{1,\}\)", \.fr = "\([a-z]\{1,\}\)",\{0,1\}.*/\1|\2/p' | sort -u
}

@test "every command has a page of its own under both names, with examples" {
	local en fr
	while IFS='|' read -r en fr; do
		ok help "$en"
		says "beffroi $en" '--json'
		local page=$output
		ok "$fr" -h
		[ "$output" = "$page" ]
		ok aide "$fr" --langue fr
		says "beffroi $fr" --essai
	done < <(names)
	[ "$(names | wc -l)" -ge 24 ]
}

@test "help works whatever else is wrong" {
	ok note --help --severity
	says 'beffroi note'
}

@test "the topics are there in both languages" {
	local pair
	for pair in first-steps:premiers-pas times:heures codes:codes variables:variables formats:formats; do
		ok help "${pair%%:*}"
		[ "${#lines[@]}" -gt 3 ]
		ok aide "${pair##*:}" --langue fr
		[ "${#lines[@]}" -gt 3 ]
	done
	ok help formats
	says incident.opened decision.taken webhook-signature
}

@test "the man page is made in both languages" {
	ok help man
	[[ $output == *'.TH BEFFROI'* ]]
	ok aide man --langue fr
	says NOM
}

@test "what is not there is said, with what is near" {
	refused 3 "no topic 'nonsense'" 'beffroi help' help nonsense
	refused 2 "there is no command 'opne'" 'did you mean: open?' opne
	refused 2 "pas de commande" 'ouvrir' ovrir --lang fr
	refused 2 "there is no option '--severty'" '--severity' open x --severty 3
	refused 2 "there is no option '--js'" '-h' note x --js
	refused 2 "option --severity wants a value" '' open x --severity
	refused 2 "option --json takes no value" '' status --json=yes
	refused 2 '--lang is fr or en' '' status --lang de
	refused 2 '--color is always, never or auto' '' status --color blue
}

@test "options stand anywhere and -- ends them" {
	incident
	ok --json note hello
	is_json done
	ok -j note hello
	ok note -- --json
	ok log --json
	[ "$(jq -r '.body.text' <<<"$output" | tail -n 1)" = --json ]
	ok note -t -10m -10m is a word here
}

@test "options before the command are read as anywhere else" {
	incident One
	incident Two
	for before in '-i 1' '-qi 1' '-i1' '--incident 1' '--incident=1' '-q --lang en -i 1'; do
		ok $before status --json
		[ "$(field .title)" = One ] || { echo "$before"; return 1; }
	done
	ok -- status
	refused 2 "no command '1'" 'beffroi help' -q 1
}

@test "the version is told" {
	ok --version
	says 'beffroi '
	ok -V
}
