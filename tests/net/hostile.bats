#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Receivers that are hostile, broken or talkative: what is believed, and what is kept.

bats_require_minimum_version 1.5.0
load lib

setup_file() {
	start_hook
}

teardown_file() {
	stop_hook
}

setup() {
	rm -f "$KEPT"/*
}

@test "silence after the request is ambiguous, and bounded" {
	SECONDS=0
	post "$BASE/slow"
	class ambiguous
	says '"curl":28' '"status":0' '"uploaded":10' 'may have arrived'
	attempts 1
	[ "$SECONDS" -le 3 ]
}

@test "a connection closed or reset after the request is ambiguous" {
	while read -r mode code; do
		rm -f "$KEPT"/*
		post "$BASE/$mode"
		class ambiguous
		says "\"curl\":$code" '"status":0' '"uploaded":10'
		attempts 1
	done <<-'END'
		close 52
		reset 56
		hints-only 52
	END
}

@test "what stopped before all of it was sent was not delivered" {
	POOR=1
	post_big "$BASE/hang-early"
	class retry
	says '"curl":28' '"status":0'
	[ "$(figure uploaded)" -lt 1048000 ]
	attempts 1
	rm "$KEPT"/*
	post_big "$BASE/reset-early"
	class retry
	says '"status":0'
	[ "$(figure uploaded)" -lt 1048000 ]
	attempts 1
}

@test "an answer to half a message: a no is a no, a yes is in doubt" {
	POOR=1
	post_big "$BASE/refuse-early"
	class permanent
	says '"status":413'
	rm "$KEPT"/*
	post_big "$BASE/agree-early"
	class ambiguous
	says '"status":200' 'before the whole message'
	attempts 1
}

@test "a receiver that accepts and closes, or says nothing from the start" {
	"$BUILD/smtp" "$KEPT" hangup 10 >"$BATS_TEST_TMPDIR/port" 3>&- &
	wait_for "$BATS_TEST_TMPDIR/port"
	post "http://127.0.0.1:$(cat "$BATS_TEST_TMPDIR/port")/T0KEN"
	[[ $output == *'"class":"ambiguous"'*'"uploaded":10'* || $output == *'"class":"retry"'*'"uploaded":0'* ]]
	says '"status":0'
	attempts 1
	kill $!
}

@test "an answer that is not HTTP is ambiguous" {
	post "$BASE/garbage"
	class ambiguous
	says '"curl":1'
}

@test "an endless answer is cut, its status stands" {
	post "$BASE/huge"
	class ok
	says '"curl":23' '"status":200'
	[ "${#output}" -lt 1200 ]
}

@test "endless headers are cut" {
	post "$BASE/huge-head"
	says '"curl":23'
	post "$BASE/hints-forever"
	class ambiguous
	says '"curl":23' '"status":0'
}

@test "trickled answers end in time" {
	SECONDS=0
	post "$BASE/trickle"
	class ok
	says '"curl":28' '"status":200'
	post "$BASE/trickle-head"
	[ "$SECONDS" -le 5 ]
}

@test "a truncated answer after a yes is a yes that says so" {
	post "$BASE/truncated"
	class ok
	says '"curl":18' 'not read' 'only this'
}

@test "a binary answer becomes one line of text" {
	post "$BASE/binary"
	class ok
	says '\"\\' 'é end'
	says_not $'\xe2\x80\xae'
}

@test "an answer that repeats our secrets does not repeat them to us" {
	post "$BASE/echo/T0KEN-T0KEN?sig=SIGSIGSIG" ',"headers":["Authorization: Bearer abcdefghijklmnop"]'
	class suspend
	says 'POST /echo/'
	says_not T0KEN
	says_not SIGSIG
	says_not abcdefgh
}

@test "an answer that repeats our message does not bring it into our records" {
	printf '{"v":1,"type":"job","job":"j1","url":"%s/echo","total_ms":1500,"body":"%s"}\n' "$BASE" \
		'{\"routing_key\":\"R0UT1NGKEY0123456789\",\"text\":\"Le serveur de paie est chiffré\"}' >"$BATS_TEST_TMPDIR/in"
	run_one
	class suspend
	says 'POST /echo' routing_key '****'
	says_not R0UT1NG
	says_not serveur
}

@test "a token in the path of a PUT, or of a Bearer, is not repeated to us" {
	post "$BASE/echo/syt_T0KENT0KEN/x" ',"method":"PUT","headers":["Authorization: Bearer syt_abcdefghijkl"]'
	class suspend
	says 'PUT /echo/'
	says_not T0KEN
	says_not abcdef
}

@test "a receiver whose clock differs is told by how much" {
	post "$BASE/date/3600"
	class ok
	skew=$(figure skew_s)
	[ "$skew" -ge 3598 ]
	[ "$skew" -le 3600 ]
	post "$BASE/date/-90"
	skew=$(figure skew_s)
	[ "$skew" -le -90 ]
	[ "$skew" -ge -92 ]
	for offset in 0 +0; do
		post "$BASE/date/$offset"
		says_not skew_s
	done
	post "$BASE/ok"
	says_not skew_s
}

@test "an answer is there for adapters to read" {
	post "$BASE/text/ok"
	says '"answer":"ok"'
}
