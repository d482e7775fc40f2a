#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

@test "a limit is computed without incident or journal, in both languages" {
	ok deadline compute --from 2026-10-24T10:00 --zone Europe/Paris --offset PT72H --calc eu1182
	says 'safe limit' 'Tuesday 27 October 2026, 09:00 (Europe/Paris, UTC+01:00)' \
		'extended reading' 'Tuesday 27 October 2026, 10:00' 'not guaranteed'
	[ "${#lines[@]}" -eq 2 ]
	silent
	ok échéance calculer --de '24/10/2026 10h' --fuseau Europe/Paris --délai PT72H --calcul ue1182 --langue fr
	says 'échéance prudente' 'mardi 27 octobre 2026, 09:00 (Europe/Paris, UTC+01:00)' 'lecture étendue' 'non garantie'
	[ ! -e "$BEFFROI_BASE" ]
	[ ! -e "$XDG_STATE_HOME" ]
}

@test "the answer for machines" {
	ok deadlines compute --from 2026-10-24T10:00 --zone Europe/Paris --offset PT72H --calc eu1182 --json
	is_json due
	[ "$(field '[.safe, .extended, .from, .zone, .offset, .calc, .holidays] | join(" ")')" = \
		'2026-10-27T08:00:00Z 2026-10-27T09:00:00Z 2026-10-24T08:00:00Z Europe/Paris PT72H eu1182 fr' ]
	[ "$(field '.holidays_version | startswith("fr ")')" = true ]
	[ "$(field .calc_version)" -ge 1 ]
	[ "$(field 'has("steps") or has("roll") or has("holiday_extra")')" = false ]
	ok delais calculer --de 2027-03-26T20:15 --delai PT72H --json --bavard --langue fr
	is_json due
	[ "$(field '.steps | length')" -ge 5 ]
	[ "$(field '.steps | join(" ") | contains("lundi de Pâques")')" = true ]
}

# due SAFE EXTENDED WORDS…: both instants, in UTC
due() {
	local safe=$1 extended=$2
	shift 2
	ok deadline compute "$@" --json
	[ "$(field '.safe + " " + .extended')" = "$safe $extended" ] || { told; return 1; }
}

@test "zone, calculation and holidays have defaults, and their own words" {
	due 2026-11-23T17:30:00Z 2026-11-23T18:00:00Z --from '2026-11-20 18:30' --offset PT72H
	due 2027-03-29T19:15:00Z 2027-03-31T22:00:00Z --from 2027-03-26T20:15 --offset PT72H --holidays Alsace-Moselle
	due 2027-03-29T19:15:00Z 2027-03-29T20:00:00Z --from 2027-03-26T20:15 --offset PT72H --holidays aucun
	due 2026-11-23T17:30:00Z 2026-11-23T17:30:00Z --from 2026-11-20T18:30 --offset PT72H --calc loi
	due 2026-12-25T08:00:00Z 2026-12-28T11:00:00Z --from 2026-11-25T09:00 --offset P1M --calc dora --roll
	due 2026-12-25T08:00:00Z 2026-12-25T08:00:00Z --from 2026-11-25T09:00 --offset P1M --calc dora
	due 2026-12-25T08:00:00Z 2026-12-28T11:00:00Z --de 2026-11-25T09:00 --delai P1M --calcul dora --report-midi
	due 2026-12-30T09:00:00Z 2026-12-30T23:00:00Z --from 2026-12-22T10:00 --offset P5D --calc contrat
	due 2027-01-05T09:00:00Z 2027-01-05T23:00:00Z --from 2026-12-22T10:00 --offset P5D --calc contract \
		--holiday-extra 2026-12-24,2026-12-28 --feries-locaux 2026-12-31
	[ "$(field '.holiday_extra | join(" ")')" = '2026-12-24 2026-12-28 2026-12-31' ]
	due 2026-11-21T23:50:00Z 2026-11-22T00:30:00Z --from 2026-11-18T14:20 --zone Pacific/Marquesas --offset PT72H
	mkdir -p "$XDG_CONFIG_HOME/beffroi"
	echo 'zone = Indian/Reunion' >"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	due 2027-12-20T14:30:00Z 2027-12-21T20:00:00Z --from 2027-12-17T18:30 --offset PT72H --holidays reunion
}

@test "the start is past or to come, as people or logs write it" {
	needs_clock
	due 2025-11-06T05:25:00Z 2025-11-06T06:00:00Z --from now --offset PT72H
	due 2025-11-05T17:30:00Z 2025-11-05T23:00:00Z --from 'hier 18h30' --offset P3D --calc fr_statute
	due 2025-11-03T21:00:00Z 2025-11-03T21:00:00Z --from 22:00 --offset PT0S
	due 2026-10-28T00:30:00Z 2026-10-28T01:00:00Z --from 2026-10-25T02:30+02:00 --offset PT72H
	due 2026-10-28T01:30:00Z 2026-10-28T02:00:00Z --from 2026-10-25T02:30+01:00 --offset PT72H
	due 2026-10-28T01:30:00Z 2026-10-28T02:00:00Z --from 2026-10-25T01:30:00Z --offset PT72H
}

@test "with --verbose, each step is told" {
	ok deadline compute --from 2027-01-31T09:00 --offset P1M --verbose
	says '- start: Sunday 31 January 2027, 09:00' 'no day 31' 'Sunday 28 February 2027 is not a working day' \
		'Monday 1 March 2027, 24:00'
	ok deadline compute --from 2026-11-20T18:30 --offset PT72H --calc fr_statute
	says 'nothing extends this limit'
	ok deadline compute --from 2026-11-20T18:30 --calc none
	says 'without delay'
	ok deadline compute --from 2026-11-20T18:30 --calc none --json
	[ "$(field 'has("safe") or has("extended")')" = false ]
}

@test "a time that the clocks skip or show twice is refused, with the way out" {
	refused 2 'showed that time twice that night (Europe/Paris)' '+02:00 for the first, +01:00 for the second' \
		deadline compute --from 2026-10-25T02:30 --offset PT72H
	refused 2 'deux fois' '+02:00' echeance calculer --de 2026-10-25T02:30 --delai PT72H --langue fr
	refused 2 'clocks go forward over it' 'offset' deadline compute --from 2027-03-28T02:30 --offset PT72H
}

@test "what is missing, unknown or does not go together is refused" {
	refused 3 'there is no journal' 'beffroi open' deadline
	refused 3 'there is no journal' 'beffroi open' deadline nonsense
	refused 2 'say when it starts' '--from' deadline compute --offset PT72H
	refused 2 'say how long it is' '--offset' deadline compute --from 2026-11-20T18:30
	refused 2 'dites combien de temps' '--delai' echeance calculer --de 2026-11-20T18:30 --langue fr
	refused 2 "'72h' is not a length of time" 'PT72H' deadline compute --from now --offset 72h
	refused 2 "'P1M3D' is not a length of time" 'one kind at a time' deadline compute --from now --offset P1M3D
	refused 2 "unknown calculation: 'lunar'" 'eu1182' deadline compute --from now --offset PT72H --calc lunar
	refused 2 "unknown calendar of holidays: 'de'" 'fr-alsace-moselle' deadline compute --from now --offset PT72H --holidays de
	refused 2 "does not go with the calculation 'contract'" 'working days' deadline compute --from now --offset P1M --calc contract
	refused 2 "does not go with the calculation 'none'" 'without delay' deadline compute --from now --offset P1M --calc none
	refused 2 "does not know the time zone 'Europe/Pariss'" '' deadline compute --from now --zone Europe/Pariss --offset PT72H
	refused 2 "does not know the time zone 'Mars'" '' deadline compute --from 2026-11-20T18:30 --zone Mars --offset PT72H
	refused 2 "'2026-12-32' is not a day" '2026-12-24' deadline compute --from now --offset P1D --holiday-extra 2026-12-32
	refused 2 'time not understood' '14:05' deadline compute --from soon --offset PT72H
	refused 2 "'more' is a word too many" '' deadline compute more --from now --offset PT72H
}
