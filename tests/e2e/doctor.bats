#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

@test "a house in order has nothing to mend" {
	incident
	ok doctor
	says 'readable by you alone' 'chain whole' 'can be run'
	talks 'Nothing was changed'
	ok docteur --json
	is_json finding
	silent
}

@test "the doctor of an empty place looks and makes nothing" {
	ok doctor
	says 'none yet'
	[ -z "$(fingerprint)" ]
	[ ! -e "$BEFFROI_BASE" ]
	[ ! -e "$XDG_STATE_HOME" ]
}

@test "what is to be mended is said, with exit status 7" {
	incident
	chmod 755 "$BEFFROI_BASE"
	bef doctor
	[ "$status" -eq 7 ]
	says WARN 'others may read'
	[[ $stderr != *beffroi:* ]]
	destination half ''
	bef doctor
	[ "$status" -eq 7 ]
	says 'half'
}

@test "the caches are computed again and nothing is lost" {
	incident
	ok note été
	ok log ete --json
	local before=$output
	ok status --json
	before+=$output
	ok docteur --reconstruire
	says '2 journals'
	ok log ete --json
	local after=$output
	ok status --json
	[ "$before" = "$after$output" ]
	ok doctor --rebuild --json
	is_json rebuilt
	sound
}

@test "trying to rebuild changes nothing" {
	incident
	dry doctor --rebuild
}

@test "a configuration with a fault is refused with its line and a near word" {
	mkdir -p "$XDG_CONFIG_HOME/beffroi"
	echo 'zoen = Europe/Paris' >"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	refused 2 "line 1: unknown key 'zoen'" "did you mean 'zone'" doctor
	printf '# ok\nzone = Europe/Atlantis\n' >"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	refused 2 "unknown time zone 'Europe/Atlantis'" '' doctor
	echo '[team.lea]' >"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	refused 2 'unknown section' '' doctor
	echo 'langue = fr' >"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	ok help
	says 'noter'
	ok doctor
}

@test "a secret that others may read is not used" {
	destination cell https://example.test/hook
	chmod 644 "$PLACE/secret"
	bef doctor
	[ "$status" -eq 7 ]
	says 'cell: secret_file: others may read the file'
	bef alert test
	[ "$status" -eq 6 ]
	says 'FAILED' 'others may read the file'
	chmod 600 "$PLACE/secret"
	echo short >"$PLACE/secret"
	bef doctor
	[ "$status" -eq 7 ]
	says 'destination cell: the signing secret is not a usable one'
}

@test "a destination that does not answer, or has long been silent, is said" {
	needs_clock
	hook ok
	incident
	bef doctor
	says 'destination cell (try it' 'nobody to phone when they reach nobody'
	later 31 days
	bef doctor
	says 'destination cell: nothing arrived for 30 days; beffroi alert test cell'
	sed -i 's,/ok,/status/401,' "$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	bef alert hello
	[ "$status" -eq 6 ]
	bef doctor
	[ "$status" -eq 7 ]
	says 'destination cell does not answer: 127.0.0.1 answered 401'
}
