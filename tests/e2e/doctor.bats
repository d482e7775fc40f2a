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
	hook
	chmod 644 "$PLACE/secret"
	bef doctor
	[ "$status" -eq 7 ]
	says 'others may read'
	bef open x
	[ "$status" -eq 6 ]
	bef alert test
	[ "$status" -eq 6 ]
	says 'others may read'
	bef alert hello
	[ "$status" -eq 6 ]
	[ "$(kept)" -eq 0 ]
	chmod 600 "$PLACE/secret"
	ok alert retry
	says accepted
	echo short >"$PLACE/secret"
	bef alert test
	[ "$status" -eq 6 ]
	says 'signing secret'
}
