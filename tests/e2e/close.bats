#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
}

@test "an incident with nothing open is closed, and opened again with a reason" {
	ok close --reason 'all well'
	says 'closed' '(#2)'
	talks 'beffroi report'
	ok status
	says lasted
	refused 4 'is closed' '--reopen' decide x
	ok clore --rouvrir --motif 'new signs'
	says 'open again'
	ok decide x
	sound
}

@test "what is still open is listed and stops the closing" {
	ok action Restore payroll
	ok run
	bef close
	[ "$status" -eq 4 ]
	[ -z "$output" ]
	talks 'action A1: Restore payroll' 'beffroi action 1 done' 'step 1 of' '2 points are still open' \
		'beffroi close --despite'
	ok close --despite --reason 'followed elsewhere'
	ok log --json
	[ "$(jq -r 'select(.kind == "incident.closed") | .body.despite | length' <<<"$output")" = 2 ]
}

@test "closing despite, or opening again, needs a reason" {
	refused 2 'say why' '--reason' close --despite
	refused 2 'say why' '--reason' close --reopen
	refused 4 'is not closed' '' close --reopen --reason x
	ok fermer
	refused 4 'is closed' '--reopen' cloturer
}

@test "a measure that is in force is lifted, or kept for a reason: both are offered" {
	ok run
	ok step 1 done
	ok step 2 done
	ok run --stop 'another plan'
	bef close
	[ "$status" -eq 4 ]
	talks 'measure in force: step 2' 'lifted: beffroi step 2 lift   stays: beffroi step 2 keep REASON'
	ok open Another
	ok use 1
	bef clore --lang fr
	talks 'levée : beffroi etape 2 lever   reste : beffroi etape 2 maintenir MOTIF'
}

@test "a closing as JSON is an entry" {
	ok close --json
	is_json done
	silent
	[ "$(field .kind)" = incident.closed ]
}

@test "trying to close writes nothing" {
	dry close
}

@test "a decision that is to be seen again is an open point until another replaces it" {
	needs_clock
	incident
	ok decide 'Cut it' --review +2h
	bef close
	[ "$status" -eq 4 ]
	talks 'decision D1 to review Mon 3 Nov 08:25: Cut it' 'beffroi decide ... --supersedes 1' '1 point is still open'
	ok decide 'Join again' --supersedes D1
	ok close
}
