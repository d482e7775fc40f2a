#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# beffroi-net from outside.  BEFFROI_NET and HOOK name the two programs; each
# job has a small total_ms, so nothing here can hang.

bats_require_minimum_version 1.5.0

setup_file() {
	: "${BEFFROI_NET:?}" "${HOOK:?}"
	export KEPT="$BATS_FILE_TMPDIR/kept"
	mkdir "$KEPT"
	"$HOOK" "$KEPT" 60 >"$BATS_FILE_TMPDIR/port" 3>&- &
	echo $! >"$BATS_FILE_TMPDIR/pid"
	for _ in $(seq 50); do [ -s "$BATS_FILE_TMPDIR/port" ] && break; sleep 0.1; done
	PORT=$(cat "$BATS_FILE_TMPDIR/port")
	export PORT BASE="http://127.0.0.1:$PORT"
}

teardown_file() {
	kill "$(cat "$BATS_FILE_TMPDIR/pid")" || true
}

setup() {
	rm -f "$KEPT"/*
}

# job URL [MORE MEMBERS]: one job line
job() {
	printf '{"v":1,"type":"job","job":"j1","url":"%s","body":"{\\"a\\":\\"é\\"}","connect_ms":1000,"total_ms":1500%s}\n' \
		"$1" "${2-,\"allow_http\":true}"
}

# post URL [MORE MEMBERS]: send one job; exactly one well-formed result must come back
post() {
	job "$@" >"$BATS_TEST_TMPDIR/in"
	run --separate-stderr "$BEFFROI_NET" <"$BATS_TEST_TMPDIR/in"
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	[ "${#lines[@]}" -eq 1 ]
	[[ $output == '{"v":1,"type":"result","job":"j1","class":"'* ]]
	[[ $output == *'}' ]]
	printf %s "$output" | iconv -f utf-8 -t utf-8 >/dev/null
	[ "$(printf %s "$output" | tr -d -c '\000-\037\177' | wc -c)" -eq 0 ]
}

# says WORDS…: each is in the output
says() {
	local word
	for word; do
		[[ $output == *"$word"* ]] || { echo "no '$word' in: $output"; return 1; }
	done
}

says_not() {
	[[ $output != *"$1"* ]] || { echo "'$1' in: $output"; return 1; }
}

class() {
	says "\"class\":\"$1\""
}

kept() {
	find "$KEPT" -name '*.req' | wc -l
}

# input LINE…: run on these lines and nothing else
input() {
	printf '%s\n' "$@" >"$BATS_TEST_TMPDIR/in"
	run --separate-stderr "$BEFFROI_NET" <"$BATS_TEST_TMPDIR/in"
}

# ---- what is sent ----

@test "a message arrives byte for byte, once" {
	post "$BASE/ok/a%2Fb/../c?sig=x%2B&d" ',"allow_http":true,"headers":["Content-Type: application/json","X-Key: été 1"]'
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

@test "the environment's proxies are not obeyed" {
	export http_proxy=http://127.0.0.1:1 ALL_PROXY=http://127.0.0.1:1
	post "$BASE/ok"
	class ok
}

@test "a body above 1 MiB less its envelope passes without waiting for 100-continue" {
	{
		printf '{"v":1,"type":"job","job":"big","url":"%s/ok","allow_http":true,"total_ms":3000,"body":"' "$BASE"
		head -c 1048000 /dev/zero | tr '\0' x
		printf '"}\n'
	} >"$BATS_TEST_TMPDIR/in"
	run --separate-stderr "$BEFFROI_NET" <"$BATS_TEST_TMPDIR/in"
	[ "$status" -eq 0 ]
	class ok
	says '"uploaded":1048000'
}

@test "many jobs are done in order, one result each" {
	for i in $(seq 40); do
		printf '{"v":1,"type":"job","job":"n%d","url":"%s/ok","allow_http":true,"body":"x","total_ms":2000}\n' "$i" "$BASE"
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
		post "$BASE/status/$code"
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

# ---- hostile or broken receivers ----

@test "silence after the request is ambiguous, and bounded" {
	SECONDS=0
	post "$BASE/slow"
	class ambiguous
	says '"curl":28' '"status":0' 'may have arrived'
	[ "$SECONDS" -le 3 ]
}

@test "a connection closed or reset after the request is ambiguous" {
	for mode in close reset hints-only; do
		post "$BASE/$mode"
		class ambiguous
		says '"status":0'
	done
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
	post "$BASE/echo/T0KEN-T0KEN?sig=SIGSIGSIG" ',"allow_http":true,"headers":["Authorization: Bearer abcdefghijklmnop"]'
	class suspend
	says 'POST /echo/'
	says_not T0KEN
	says_not SIGSIG
	says_not abcdefgh
}

@test "an answer is there for adapters to read" {
	post "$BASE/text/ok"
	says '"answer":"ok"'
}

# ---- before anything is sent ----

@test "nobody listening is a retry" {
	post "http://127.0.0.1:1/x"
	class retry
	says '"curl":7' '"uploaded":0'
}

@test "a name that does not resolve is a retry" {
	post "https://nowhere.invalid/x"
	class retry
	says nowhere.invalid
}

@test "TLS spoken to a plain server is a retry" {
	post "https://127.0.0.1:$PORT/ok"
	class retry
	says '"curl":35'
	[ "$(kept)" -eq 0 ]
}

@test "metadata, link-local, multicast and unspecified addresses are our own refusal" {
	for host in 169.254.169.254 0.0.0.0 224.0.0.1 255.255.255.255 100.100.100.200 2852039166 0xa9.254.43518 \
		'[::ffff:169.254.169.254]' '[64:ff9b::a9fe:a9fe]' '[2002:a9fe:a9fe::1]' '[::]' '[fe80::1]' '[fd00:ec2::254]'; do
		post "https://$host/"
		class self
		says 'not sent to' '"uploaded":0'
	done
}

@test "plain http never leaves for a public address" {
	post "http://192.0.2.1/"
	class self
	says 'public, and http is for private'
}

@test "http needs permission" {
	post "$BASE/ok" ''
	class self
	[ "$(kept)" -eq 0 ]
}

@test "odd URLs are refused and not shown" {
	for url in "127.0.0.1:$PORT/ok" "http:/127.0.0.1:$PORT/ok" "http:///127.0.0.1:$PORT/ok" \
		"http://u:p@127.0.0.1:$PORT/ok" "http://h\\\\@127.0.0.1:$PORT/ok" "$BASE/ok#f" "$BASE/o k" "$BASE/ok\\r\\nX: y" \
		"http://127.0.0.1:0/ok" "http://127.0.0.1:99999/ok" "ftp://127.0.0.1/ok" "file:///etc/passwd" \
		"https://café.example/ok" "http://%31%32%37.0.0.1:$PORT/ok" ""; do
		post "$url"
		class self
		says_not "$PORT"
	done
	[ "$(kept)" -eq 0 ]
}

@test "headers that could break out are refused" {
	for header in 'X: a\r\nY: b' 'X: a\tb' 'X: \u007f' 'X' 'X:' 'Content-Length: 3' 'Host: evil' 'X y: z'; do
		post "$BASE/ok" ",\"allow_http\":true,\"headers\":[\"$header\"]"
		class self
	done
	many=$(printf '"X: y",%.0s' $(seq 33))
	post "$BASE/ok" ",\"allow_http\":true,\"headers\":[${many%,}]"
	class self
	[ "$(kept)" -eq 0 ]
}

@test "a flawed job is answered, and the next one still done" {
	input '{"v":1,"type":"job","job":"a","url":"https://h/"}' \
		'{"v":1,"type":"job","job":"b","url":"https://h/","body":"x","pin":"sha256//"}' \
		'{"v":1,"type":"job","job":"c","url":"https://h/","body":"x","total_ms":0}' \
		'{"v":1,"type":"job","job":"d","url":"https://h/","body":""}' \
		"$(job "$BASE/ok")"
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 5 ]
	for i in 0 1 2 3; do [[ ${lines[i]} == *'"class":"self"'* ]]; done
	[[ ${lines[1]} == *"'pin': is unknown"* ]]
	[[ ${lines[4]} == *'"class":"ok"'* ]]
}

# ---- input and output ----

@test "no input is no work" {
	run "$BEFFROI_NET" </dev/null
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "the last line needs no newline" {
	printf %s "$(job "$BASE/ok")" >"$BATS_TEST_TMPDIR/in"
	run "$BEFFROI_NET" <"$BATS_TEST_TMPDIR/in"
	[ "$status" -eq 0 ]
	class ok
}

@test "unusable input stops with one line and status 2" {
	for line in '' 'hello s3cret' '[]' '{}' '{"v":2,"type":"job","job":"a"}' '{"v":1,"type":"x","job":"a"}' \
		'{"v":1,"type":"job"}' '{"v":1,"type":"job","job":""}' '{"v":1,"type":"job","job":7}' \
		'{"v":1,"v":1,"type":"job","job":"a"}' '{"v":1,"type":"job","job":"a"' $'{"v":1,"type":"job","job":"\xff"}'; do
		input "$line" "$(job "$BASE/ok")"
		[ "$status" -eq 2 ]
		[ -z "$output" ]
		[ "${#stderr_lines[@]}" -eq 1 ]
		[[ $stderr == 'beffroi-net: line 1: '* ]]
		[[ $stderr != *s3cret* ]]
	done
	[ "$(kept)" -eq 0 ]
}

@test "a line above 1 MiB stops with status 2, without being read to its end" {
	run timeout 5 "$BEFFROI_NET" < <(tr '\0' x </dev/zero)
	[ "$status" -eq 2 ]
	says 'longer than 1 MiB'
}

@test "an argument is a usage error" {
	run "$BEFFROI_NET" --help </dev/null
	[ "$status" -eq 2 ]
}

@test "without anybody to read results, nothing is sent" {
	run bash -c '"$0" <"$1" >&-' "$BEFFROI_NET" <(job "$BASE/ok")
	[ "$status" -eq 2 ]
	job "$BASE/ok" >"$BATS_TEST_TMPDIR/in"
	run bash -c '{ sleep 0.5; "$0" <"$1"; echo $? >"$2"; } | true' "$BEFFROI_NET" "$BATS_TEST_TMPDIR/in" "$BATS_TEST_TMPDIR/rc"
	[ "$(cat "$BATS_TEST_TMPDIR/rc")" -eq 7 ]
	[ "$(kept)" -eq 0 ]
}

# ---- TLS ----

make_certificate() {
	command -v openssl >/dev/null || skip "no openssl"
	(cd "$BATS_TEST_TMPDIR" && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
		-keyout key.pem -out cert.pem -subj /CN=localhost -addext "subjectAltName=$1") 2>/dev/null
}

# tls_server [OPTIONS]: one connection, answered 204; sets TLS_PORT
tls_server() {
	TLS_PORT=$((20000 + RANDOM % 10000))
	(cd "$BATS_TEST_TMPDIR" && { sleep 1; printf 'HTTP/1.1 204 No Content\r\n\r\n'; sleep 2; } |
		timeout 8 openssl s_server -quiet -accept 127.0.0.1:$TLS_PORT -naccept 1 -key key.pem -cert cert.pem "$@") \
		>/dev/null 2>&1 3>&- &
	sleep 0.6
}

@test "an unknown authority is refused, and accepted once named" {
	make_certificate IP:127.0.0.1
	tls_server
	post "https://127.0.0.1:$TLS_PORT/x"
	class retry
	says '"curl":60' '"uploaded":0' 'certificate is self-signed'
	tls_server
	post "https://127.0.0.1:$TLS_PORT/x" ",\"ca_file\":\"$BATS_TEST_TMPDIR/cert.pem\""
	class ok
	says '"status":204'
}

@test "a certificate for another host is refused" {
	make_certificate DNS:other.example
	tls_server
	post "https://127.0.0.1:$TLS_PORT/x" ",\"ca_file\":\"$BATS_TEST_TMPDIR/cert.pem\""
	class retry
	says '"curl":60' 'not for this host'
}

@test "a server that demands a client certificate suspends" {
	make_certificate IP:127.0.0.1
	tls_server -Verify 1 -tls1_3
	post "https://127.0.0.1:$TLS_PORT/x" ",\"ca_file\":\"$BATS_TEST_TMPDIR/cert.pem\""
	class suspend
}

@test "TLS 1.1 is not agreed to" {
	make_certificate IP:127.0.0.1
	tls_server -tls1_1 -cipher ALL:@SECLEVEL=0
	post "https://127.0.0.1:$TLS_PORT/x" ",\"ca_file\":\"$BATS_TEST_TMPDIR/cert.pem\""
	class retry
	says '"curl":35'
}

@test "a CA file that is not there is our own fault" {
	post "https://127.0.0.1:$PORT/x" ',"ca_file":"/nonexistent.pem"'
	class self
	says '"curl":77'
}
