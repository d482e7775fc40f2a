#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
}

@test "severity, type, TLP and title are changed by an entry" {
	ok qualify --severity 3 --type phishing --tlp red --title Better --reason 'seen more'
	says 'INC-2025-001 qualified; Better; incident type: phishing; severity: major incident; TLP: TLP:RED (seen more) (#2)'
	silent
	ok status --json
	[ "$(field '[.severity, .incident_type, .tlp, .title] | join(" ")')" = '3 phishing red Better' ]
	sound
}

@test "the legal instants are set" {
	needs_clock
	ok qualifier --constaté 5:00 --connaissance 6:00 --signale-par Marc --résumé 'In short'
	ok status --json
	[ "$(field '.detected_at + " " + .aware_at')" = '2025-11-03T04:00:00Z 2025-11-03T05:00:00Z' ]
}

@test "a qualification as JSON is an entry like the others" {
	ok qualify -g 4 --json
	is_json done
	[ "$(field .kind)" = incident.changed ]
}

@test "nothing to qualify, or what does not exist, is refused" {
	refused 2 'nothing to qualify' 'beffroi qualify --severity' qualify
	refused 2 'nothing to qualify' 'beffroi qualify' qualify --reason why
	refused 2 "'9'" '1, 2, 3, 4' qualify -g 9
	refused 2 'time not understood' '14:05' qualify --aware noon
	refused 2 "'x' is a word too many" 'beffroi help qualify' qualify x
	ok close
	refused 4 'is closed' '--reopen' qualify -g 3
	[ "$(entries)" -eq 2 ]
}

@test "trying to qualify writes nothing" {
	dry qualify -g 3
}
