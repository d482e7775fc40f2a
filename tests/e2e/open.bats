#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

@test "opening an incident says its number, when it was noticed and what to do next" {
	needs_clock
	ok open Encrypted files -t 6:12 --type ransomware
	says 'INC-2025-001 opened at 06:25' 'noticed Mon 3 Nov 06:12 (13 min ago)' Paris
	talks 'Ransomware' 'beffroi run' 'beffroi note'
	[ "${#lines[@]}" -eq 1 ]
	sound
}

@test "an incident opened as JSON is one line that names it" {
	ok open Phish --type phishing --json
	is_json done
	silent
	[ "$(field .kind)" = incident.opened ]
	[ "$(field .number)" = 1 ]
	[[ $(field .incident) == INC-*-001 ]]
	[[ $(field .id) =~ ^[0-9a-f]{64}$ ]]
}

@test "everything that opening takes is in the record" {
	needs_clock
	ok open Leak --at 'yesterday 18:30' --aware 6:00 --type fuite --severity 3 --tlp rouge --reported-by Marc \
		--summary 'A file share' --drill
	says '[DRILL]'
	ok status --json
	[ "$(field '[.incident_type, .severity, .tlp, .drill, .detected_at, .aware_at] | map(tostring) | join(" ")')" = \
		"data-leak 3 red true 2025-11-02T17:30:00Z 2025-11-03T05:00:00Z" ]
	ok report -f json -o -
	[ "$(field '.reporter + "/" + .summary')" = 'Marc/A file share' ]
}

@test "French names open the same incident in an English locale" {
	ok ouvrir Fuite --heure -10m --type rançongiciel --gravité 4 --signale-par Léa --exercice
	says '[DRILL]'
	ok status --json
	[ "$(field .incident_type)$(field .severity)" = ransomware4 ]
}

@test "the language of what is shown is asked for, not guessed from the command's" {
	ok ouvrir Fuite --langue fr
	says ouvert
	ok open Leak --lang fr
	says ouvert
	ok ouvrir Fuite
	says opened
}

@test "opening without a title and without a terminal names what is missing" {
	refused 2 'the title is missing' 'beffroi open "' open
	[ -z "$(fingerprint)" ]
}

@test "a type, a severity or a TLP that does not exist is refused with those that do" {
	refused 2 "'rain'" 'ransomware, phishing' open X --type rain
	refused 2 "'7'" '1, 2, 3, 4' open X --severity 7
	refused 2 "'pink'" 'clear, green, amber' open X --tlp pink
	[ -z "$(fingerprint)" ]
}

@test "an opening in the future is refused" {
	needs_clock
	refused 2 'has not happened yet' 'a fact is past' open X -t 2025-11-03T08:00
	[ -z "$(fingerprint)" ]
}

@test "an opening more than thirty days ago is asked, and accepted with --yes" {
	needs_clock
	refused 2 'nobody to answer' '--yes' open X -t '2025-09-01 08:00'
	ok open X -t '2025-09-01 08:00' --yes
}

@test "trying to open writes nothing, not even the first time" {
	dry open Encrypted files --type ransomware
	says '(nothing written)' 001
	[ -z "$(fingerprint)" ]
	[ ! -e "$BEFFROI_BASE" ]
	[ ! -e "$XDG_STATE_HOME" ]
	incident
	dry open Another
	says 002
	dry open Another --json
	[ "$(field .dry_run)" = true ]
}

@test "incidents are numbered by year, and the new one becomes the current one" {
	needs_clock
	ok open One
	ok open Two
	says INC-2025-002
	at 2026-01-01T00:30:00Z
	ok open Three
	says INC-2026-001
	ok status --json
	[ "$(field .incident)" = INC-2026-001 ]
}

@test "nothing is created before the first opening" {
	local words
	for words in status log list note\ hello 'decide x' 'action x' phase 'step' run report verify playbook doctor help \
		'alert x' 'undo' close 'attach /etc/hostname' 'use 1' 'qualify -g 3' 'amend 1 x' 'strike 1 -m x' completion; do
		# shellcheck disable=SC2086
		bef $words
		[ "$status" -lt 9 ]
	done
	[ ! -e "$BEFFROI_BASE" ]
	# What was typed is kept, and nothing else.
	[ -z "$(find "$XDG_STATE_HOME" -type f ! -path '*/drafts/*')" ]
}

@test "a title that is not text is refused, and says so" {
	refused 2 'not UTF-8 text' '' open $'caf\xe9'
	refused 2 '--summary: this is not UTF-8' '' open X --summary $'\xff'
	[ -z "$(fingerprint)" ]
}

@test "the journal is for its owner alone" {
	incident
	[ -z "$(find "$BEFFROI_BASE" "$XDG_STATE_HOME" -perm /077)" ]
}

@test "an incident whose type is not known says how to go on" {
	ok open Strange --type '?'
	talks 'beffroi playbook' 'beffroi qualify --type TYPE'
	ok open Locked --type ransomware
	talks 'beffroi run'
	[[ $stderr != *qualify* ]]
}
