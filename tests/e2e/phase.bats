#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
}

@test "the phase moves, in both languages" {
	local pair
	for pair in qualification:triage containment:endiguement evidence:preuves eradication:éradication \
		recovery:reprise return:retour lessons:retex detection:détection; do
		ok phase "${pair%%:*}"
		ok phase "${pair##*:}" --json
		ok phase --json
		[ "$(field .phase)" = "${pair%%:*}" ]
	done
	sound
}

@test "the phase without a word shows where things are" {
	ok phase containment --reason 'it spreads'
	says 'phase: Containment'
	ok phase
	says '[Containment]' 'crisis state: no crisis'
	ok phase --json
	is_json phase
}

@test "a crisis needs a reason, and tells who decided it" {
	refused 2 'say why this is a crisis' '--reason' phase crisis
	refused 2 'say why this is a crisis' '--reason' phase crise
	ok phase crisis --reason 'production stopped' --by anne
	ok phase --json
	[ "$(field .state)" = crisis ]
	ok log -k state
	says anne
	ok phase winding-down
	ok phase alerte
}

@test "a phase that is not there, or closing, is refused" {
	refused 2 "unknown phase: 'nonsense'" 'detection qualification containment' phase nonsense
	refused 2 "unknown phase: 'legal'" 'detection qualification' phase legal
	refused 2 "n'est pas reconnu" 'endiguement' phase communication --lang fr
	refused 4 'closing has its own command' 'beffroi close' phase closed
	[ "$(entries)" -eq 1 ]
}

@test "trying a phase writes nothing" {
	dry phase containment
}
