#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
}

@test "an alert leaves, and its delivery is an entry" {
	hook
	ok alert Do not switch any computer on --level critical
	says 'Alert 1 recorded (#2)' cell 'accepted ('
	talks 'Will leave for' 'cell'
	[ "$(kept)" -eq 1 ]
	ok log -k alert
	says '#2' '#3'
	ok alert queue
	talks 'Nothing is waiting'
	sound
}

@test "what arrives is signed, dated, and says which incident" {
	hook
	ok alerter 'Ne rallumez rien' --niveau critique --vers cell --json
	is_json done delivery
	[ "$(jq -r 'select(.type == "delivery") | .state' <<<"$output")" = accepted ]
	request=$(echo "$PLACE"/kept/*.req)
	signature_is_good "$request"
	request_body "$request" | jq -e '.type == "incident.alert" and .data.level == "critical" and
		(.data.incident.ref | startswith("INC-")) and .data.text == "Ne rallumez rien" and (.data.head | length > 10)'
	[ "$(header "$request" Idempotency-Key)" = "$(header "$request" webhook-id)" ]
	not grep -qa "${SECRET#whsec_}" "$request"
}

@test "an alert that does not arrive waits, says so, and leaves later under the same id" {
	needs_clock
	hook flaky/1
	bef alert hello
	[ "$status" -eq 6 ]
	says 'Alert 1 recorded' 'NOT ARRIVED'
	talks 'not arrived: 1 waiting' 'beffroi alert send'
	ok alert queue
	says cell waiting '1 attempt'
	ok alert queue --json
	is_json queued
	ok status
	says '1 not arrived'
	bef status --check
	[ "$status" -eq 7 ]
	later 10 minutes
	ok alert send
	says accepted
	[ "$(kept)" -eq 2 ]
	[ "$(header "$PLACE/kept/000001.req" webhook-id)" = "$(header "$PLACE/kept/000002.req" webhook-id)" ]
	signature_is_good "$PLACE/kept/000002.req"
	ok alert queue
	talks 'Nothing is waiting'
	ok alerter file --tout
	says accepted
}

@test "an alert that is refused for good is given up, and the journal says so" {
	hook status/413
	bef alert hello
	[ "$status" -eq 6 ]
	says 'GIVEN UP'
	talks '1 given up'
	ok log -k alert --json
	[ "$(jq -r .kind <<<"$output" | tail -n 1)" = alert.failed ]
}

@test "a correction names the alert that was wrong" {
	hook
	ok alert First
	ok alert Second --corrects 1
	request_body "$PLACE/kept/000002.req" | jq -e '.data.corrects == "1"'
	refused 2 "--corrects: 'the' is not a number" '' alert x --corrects the first
	refused 3 'there is no alert 9' '' alert x --corrects 9
}

@test "without a destination, or with one that is not there, nothing is recorded" {
	refused 3 'no destination is configured' 'beffroi alert add' alert x
	hook
	refused 3 "no destination 'nobody'" 'there are: cell' alert x --to nobody
	refused 2 "'loud'" 'info, urgent, critical' alert x --level loud
	[ "$(entries)" -eq 1 ]
	[ "$(kept)" -eq 0 ]
}

@test "an exercise reaches only what is named for exercises, and is stamped" {
	hook
	destination cardboard "http://127.0.0.1:$(cat "$PLACE/port")/ok" 'drills = only'
	ok open Exercise --drill
	says cardboard
	says_not cell
	request_body "$PLACE/kept/000001.req" | jq -e '.data.is_exercise and .data.mark == "[DRILL]"'
	refused 4 "'cell' is not named for exercises" 'drills = yes' alert x --to cell
	ok alert x
	[ "$(kept)" -eq 2 ]
	ok use 1
	ok alert real
	says cell
	says_not cardboard
}

@test "without a destination for exercises, an exercise alerts nobody" {
	hook
	ok open Exercise --drill
	[ "$(kept)" -eq 0 ]
	refused 4 'no destination is named for exercises' 'drills = yes' alert x
	[ "$(kept)" -eq 0 ]
}

@test "a test goes to each destination and leaves no entry" {
	hook
	destination deaf "http://127.0.0.1:1/"
	bef alert test
	[ "$status" -eq 6 ]
	says cell accepted deaf
	ok alert test cell
	ok alerter tester cell --json
	is_json delivery
	refused 3 "no destination 'nobody'" 'there are: cell, deaf' alert test nobody
	[ "$(entries)" -eq 1 ]
	request_body "$PLACE/kept/000001.req" | jq -e '.type == "test.ping" and .data.is_test'
}

@test "trying an alert sends and writes nothing" {
	hook
	dry alert hello
	dry alert test
	dry alert send
	[ "$(kept)" -eq 0 ]
}

@test "a red incident's words stay at home" {
	hook
	ok qualify --tlp red
	ok alert the secret thing
	request_body "$PLACE/kept/000001.req" >sent
	not grep -q 'secret thing' sent
	not grep -q 'Encrypted files' sent
}
