#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
}

@test "an action is given to somebody, settled, and listed" {
	needs_clock
	ok action Restore payroll --for karim --before 13:00 --priority 1
	says 'Action A1 for karim, before Mon 3 Nov 13:00 (#2)'
	ok action Second --after A1
	says 'nobody yet'
	ok actions
	says 'A1' 'Restore payroll -> karim, before Mon 3 Nov 13:00' 'A2'
	ok action 1 done
	says 'Action A1: done (#4)'
	ok action
	says_not payroll
	ok action --all
	says payroll
	sound
}

@test "an action settles in every word of both languages" {
	local pair
	ok action x
	for pair in done:fait failed:échec dropped:abandon open:rouvrir; do
		ok action A1 "${pair%%:*}" -m why
		ok action 1 "${pair##*:}" --json
		ok action --all --json
		[ "$(field .state)" = "${pair%%:*}" ]
	done
}

@test "an action is handed on and put off" {
	needs_clock
	ok action x --pour karim --avant +1h --prio 2
	ok action 1 --for lea --before +3h
	ok action --json
	is_json action
	[ "$(field '.owner + .due_at + .priority')" = 'lea2025-11-03T08:25:00Z2' ]
	later 4 hours
	ok action
	says LATE
}

@test "an action list as JSON is empty when there is none" {
	ok action --json
	[ -z "$output" ]
	silent
	ok action
	talks 'no action'
}

@test "what cannot be done with an action is refused" {
	refused 3 'there is no action 4' '' action 4 done
	ok action x
	refused 2 'what about action A1' 'beffroi action 1 done' action 1
	refused 2 "'maybe'" 'open, done, failed, dropped' action 1 maybe
	refused 2 "'x' is not a number" '' action y --after x
	refused 3 'there is no action 9' '' action y --after 9
	refused 2 "'12'" '0, 1, 2, 3' action y --priority 12
	refused 2 'is already past' '' action y --before 2025-01-01T00:00Z
	[ "$(entries)" -eq 2 ]
}

@test "trying an action writes nothing" {
	dry action x --for karim
	ok action x
	dry action 1 done
}
