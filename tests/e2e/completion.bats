#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

# complete LINE: what is offered for it
complete() {
	COMP_LINE=$1 COMP_POINT=${#1} bef completion
	[ "$status" -eq 0 ]
	silent
}

@test "the line for each shell is printed" {
	ok completion bash
	says "complete -C 'beffroi completion' beffroi"
	ok completion zsh
	says bashcompinit
	ok completion fish
	says 'complete -c beffroi'
}

@test "commands, options and values are offered" {
	complete 'beffroi st'
	says status step strike
	says_not open
	complete 'beffroi note --k'
	[ "$output" = --kind ]
	complete 'beffroi noter --a'
	says --at --amount --ascii
	complete 'beffroi run r'
	[ "$output" = ransomware ]
	complete 'beffroi phase '
	says detection containment
	complete 'beffroi help no'
	[ "$output" = note ]
	complete 'beffroi help alert'
	says alert alerts
	complete 'beffroi alert '
	says queue send test list show log retry drop ack add
	incident
	complete 'beffroi use '
	says -001
}

@test "names are offered in the language of the interface" {
	export BEFFROI_LANG=fr
	complete 'beffroi no'
	[ "$output" = noter ]
	complete 'beffroi note --g'
	[ "$output" = --genre ]
}

@test "an unknown context offers nothing and succeeds" {
	complete 'beffroi nonsense '
	[ -z "$output" ]
	complete ''
	complete 'beffroi note hello wor'
	[ -z "$output" ]
	complete "$(printf 'beffroi note %2000s x' '')"
	[ -z "$output" ]
}

@test "completion makes nothing" {
	complete 'beffroi use '
	[ ! -e "$BEFFROI_BASE" ]
	[ ! -e "$XDG_STATE_HOME" ]
}
