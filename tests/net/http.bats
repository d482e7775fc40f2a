#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# HTTP from outside: what is sent, and what each kind of answer is worth.

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

# ---- what is sent ----

@test "a message arrives byte for byte, once" {
	post "$BASE/ok/a%2Fb/../c?sig=x%2B&d" ',"headers":["Content-Type: application/json","X-Key: été 1"]'
	class ok
	says '"status":204' '"curl":0' '"uploaded":10'
	[ "$(kept)" -eq 1 ]
	printf 'POST /ok/a%%2Fb/../c?sig=x%%2B&d HTTP/1.1\r\n' >"$BATS_TEST_TMPDIR/first"
	head -n 1 "$KEPT"/*.req | cmp - "$BATS_TEST_TMPDIR/first"
	[ "$(tail -c 10 "$KEPT"/*.req)" = '{"a":"é"}' ]
	grep -q '^X-Key: été 1' "$KEPT"/*.req
	[ "$(grep -ci '^content-type:' "$KEPT"/*.req)" -eq 1 ]
	run ! grep -qi '^expect:' "$KEPT"/*.req
	grep -qi '^user-agent: beffroi/' "$KEPT"/*.req
}

@test "PUT carries its body, GET has none" {
	post "$BASE/ok/!room%3Ah/T0KEN" ',"method":"PUT"'
	class ok
	attempts 1
	head -n 1 "$KEPT"/*.req | grep -q '^PUT /ok/!room%3Ah/T0KEN HTTP/1.1'
	[ "$(tail -c 10 "$KEPT"/*.req)" = '{"a":"é"}' ]
	rm "$KEPT"/*
	ask GET "$BASE/text/secret" ',"headers":["Authorization: Bearer abc"]'
	class ok
	says '"answer":"secret"' '"uploaded":0'
	attempts 1
	head -n 1 "$KEPT"/*.req | grep -q '^GET /text/secret HTTP/1.1'
	grep -q '^Authorization: Bearer abc' "$KEPT"/*.req
	run ! grep -qi '^content-' "$KEPT"/*.req
	[ "$(tail -c 4 "$KEPT"/*.req | od -An -tx1 | tr -d ' ')" = 0d0a0d0a ]
}

@test "a GET that got no answer is to be tried again: nothing was delivered twice" {
	while read -r path expected; do
		ask GET "$BASE/$path"
		class "$expected"
		says_not 'may have'
	done <<-'END'
		close retry
		reset retry
		status/502 retry
		status/404 suspend
		status/400 permanent
	END
}

@test "the environment's proxies are not obeyed" {
	export http_proxy=http://127.0.0.1:1 ALL_PROXY=http://127.0.0.1:1
	post "$BASE/ok"
	class ok
}

@test "a body above 1 MiB less its envelope passes without waiting for 100-continue" {
	post_big "$BASE/ok"
	class ok
	says '"uploaded":1048000'
}

@test "many jobs are done in order, one result each" {
	for i in $(seq 40); do
		printf '{"v":1,"type":"job","job":"n%d","url":"%s/ok","body":"x","total_ms":2000}\n' "$i" "$BASE"
	done >"$BATS_TEST_TMPDIR/in"
	run "$BEFFROI_NET" <"$BATS_TEST_TMPDIR/in"
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 40 ]
	for i in 1 17 40; do [[ ${lines[i-1]} == *"\"job\":\"n$i\",\"class\":\"ok\""* ]]; done
	[ "$(kept)" -eq 40 ]
}

@test "a result is written at once, before the next job comes" {
	mkfifo "$BATS_TEST_TMPDIR/jobs" "$BATS_TEST_TMPDIR/results"
	"$BEFFROI_NET" <"$BATS_TEST_TMPDIR/jobs" >"$BATS_TEST_TMPDIR/results" 3>&- &
	exec 8>"$BATS_TEST_TMPDIR/jobs" 9<"$BATS_TEST_TMPDIR/results"
	for _ in 1 2; do
		job "$BASE/ok" >&8
		read -r -t 5 output <&9
		class ok
	done
	exec 8>&- 9<&-
	wait $!
}

# ---- classes by status ----

@test "each status has its class" {
	while read -r code expected; do
		rm -f "$KEPT"/*
		post "$BASE/status/$code"
		attempts 1
		class "$expected"
		says "\"status\":$code" "127.0.0.1 answered $code"
	done <<-'END'
		200 ok
		202 ok
		400 permanent
		401 suspend
		402 permanent
		403 suspend
		404 suspend
		407 self
		408 retry
		409 permanent
		410 suspend
		413 permanent
		422 permanent
		423 retry
		425 retry
		429 retry
		500 ambiguous
		501 permanent
		502 ambiguous
		503 retry
		504 ambiguous
		507 retry
		522 ambiguous
		799 ambiguous
	END
}

@test "a redirect is not followed, and only its host is told" {
	post "$BASE/redirect"
	class suspend
	says '"status":302' login.example.test
	says_not SECRETSECRET
	[ "$(kept)" -eq 1 ]
}

@test "Retry-After is read from the final answer" {
	while read -r value expected; do
		post "$BASE/retry-after/$value"
		class retry
		if [ "$expected" = - ]; then says_not retry_after_s; else says "\"retry_after_s\":$expected,"; fi
	done <<-'END'
		30 30
		99999 3600
		12345678901234567890 3600
		-5 -
		0 -
		1.9 -
		Sun,%2006%20Nov%201994%2008:50:07%20GMT 30
		Sun,%2006%20Nov%201994%2008:49:07%20GMT -
	END
}

@test "Retry-After of an early hint is not the answer's" {
	post "$BASE/hints"
	class retry
	says '"status":503'
	says_not retry_after_s
}
