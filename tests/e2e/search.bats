#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident 'Fichiers chiffrés'
	"$BEFFROI" note 'la sauvegarde est intacte' >/dev/null
	"$BEFFROI" note 'rien à voir' >/dev/null
	"$BEFFROI" close --reason over --despite >/dev/null
	incident Autre outage
	"$BEFFROI" note 'Sauvegardé hier' >/dev/null
}

@test "search looks through all incidents, open and closed, and shows the lines" {
	ok search SAUVEGARDE
	says INC-2025-001 'la sauvegarde est intacte' INC-2025-002 'Sauvegardé hier'
	says_not 'rien à voir'
	[ "$(grep -c '^INC' <<<"$output")" -eq 2 ]
	ok chercher sauvegarde intacte
	says_not INC-2025-002
	ok search chiffres
	says 'Fichiers chiffrés'
}

@test "search answers machines with the entries, and nothing found is no failure" {
	ok search sauvegarde --json
	is_json entry
	[ "$(jq -r .incident <<<"$output" | sort | tr '\n' ' ')" = 'INC-2025-001 INC-2025-002 ' ]
	ok search zzzz
	[ -z "$output" ]
	talks 'No incident holds: zzzz'
	refused 2 'which words?' 'beffroi search' search
	refused 2 'no word' '' search '***'
}

@test "search shows a few lines of each incident, all with --all; struck ones too" {
	local i
	for i in 1 2 3 4 5 6 7; do "$BEFFROI" note "tour $i" >/dev/null; done
	ok search tour
	says 'and 2 more: beffroi log tour -i INC-2025-002'
	[ "$(grep -c ' tour ' <<<"$output")" -eq 6 ]
	"$BEFFROI" strike 4 --reason faux >/dev/null
	ok search tour --all
	says 'tour 7'
	says_not more:
}
