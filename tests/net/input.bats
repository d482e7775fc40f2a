#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Jobs and results: lines that are refused, and how the program ends.

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

# ---- before anything is sent ----

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
		post "$BASE/ok" ",\"headers\":[\"$header\"]"
		class self
	done
	many=$(printf '"X: y",%.0s' $(seq 33))
	post "$BASE/ok" ",\"headers\":[${many%,}]"
	class self
	[ "$(kept)" -eq 0 ]
}

@test "a flawed job is answered, and the next one still done" {
	input '{"v":1,"type":"job","job":"a","url":"https://h/"}' \
		'{"v":1,"type":"job","job":"b","url":"https://h/","body":"x","weird":"x"}' \
		'{"v":1,"type":"job","job":"c","url":"https://h/","body":"x","total_ms":0}' \
		'{"v":1,"type":"job","job":"d","url":"https://h/","body":""}' \
		"$(job "$BASE/ok")"
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 5 ]
	for i in 0 1 2 3; do [[ ${lines[i]} == *'"class":"self"'* ]]; done
	[[ ${lines[1]} == *"'weird': is unknown"* ]]
	[[ ${lines[4]} == *'"class":"ok"'* ]]
}

@test "members that do not go together are refused" {
	local m=',"mail_from":"a@b.test","mail_to":"c@d.test"'
	while IFS='|' read -r url more words; do
		post "$url" "$more"
		class self
		says "$words"
	done <<-END
		https://h.test/|,"method":"DELETE"|none of POST, PUT, GET
		https://h.test/|,"method":"GET"|is not for GET
		https://h.test/|,"method":""|is empty
		https://h.test/|$m|is for mail only
		https://h.test/|,"user":"u"|is for mail only
		https://h.test/|,"password":"p"|is for mail only
		https://h.test/|,"allow_http":true|is unknown
		https://h.test/|,"insecure_http":"yes"|neither true nor false
		https://h.test/|,"public_only":1|neither true nor false
		https://h.test/|,"cert_file":"/c.pem"|goes with 'key_file'
		https://h.test/|,"key_file":"/nonexistent.pem"|cannot be read
		https://h.test/|,"pin":"/etc/pin.pem"|is not sha256//
		https://h.test/|,"pin":"sha256//short="|is not sha256//
		https://h.test/|,"pin":""|is empty
		http://127.0.0.1:$PORT/ok|,"pin":"sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="|need encryption
		http://127.0.0.1:$PORT/ok|,"ca_file":"/c.pem"|need encryption
		smtps://h.test||'mail_from': is missing
		smtps://h.test|,"mail_from":"a@b.test"|'mail_to': is missing
		smtps://h.test|$m,"method":"PUT"|is not for mail
		smtps://h.test|$m,"headers":[]|is not for mail
		smtps://h.test|$m,"user":"u"|goes with 'password'
		smtps://h.test|$m,"password":"p"|goes with 'password'
		smtps://h.test?x|$m|has a query
		smtps://h.test/a/b|$m|is not a host name
		smtps://h.test/a%0d%0aMAIL|$m|is not a host name
	END
	attempts 0
}

@test "hostile lines end in a refusal, never in a crash" {
	local base='{"v":1,"type":"job","job":"j","url":"https://h.test/","body":"x"'
	{
		for value in null true 0 -1 1e999 99999999999999999999 '""' '"\u0000"' '"\ud800"' '[]' '[[[[]]]]' '{}' '{"a":{}}' \
			'["a",null]' '"%s%n%s"' '"'"$(printf 'A%.0s' $(seq 9000))"'"'; do
			for name in url method headers body mail_from mail_to user password pin cert_file key_file ca_file proxy \
				public_only insecure_http connect_ms total_ms job type v __proto__ '' 'é\u001b[31m'; do
				printf '{"v":1,"type":"job","job":"j","x-%s":1,"%s":%s}\n' "$name" "$name" "$value"
				printf '%s,"total_ms":1,"%s":%s}\n' "$base" "$name" "$value"
			done
		done
		printf '%s' "$base" | head -c 40
		printf '\n'
		printf '[%.0s' $(seq 5000)
		printf '\n\377\376\000\n'
	} >"$BATS_TEST_TMPDIR/hostile"
	# An unusable line ends the program: each has its own.
	while IFS= read -r line; do
		printf '%s\n' "$line" >"$BATS_TEST_TMPDIR/in"
		rc=0
		"$BEFFROI_NET" <"$BATS_TEST_TMPDIR/in" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || rc=$?
		case $rc in
		0)
			mapfile -t said <"$BATS_TEST_TMPDIR/out"
			[[ ${said[0]-} == '{"v":1,"type":"result",'*'}' ]]
			;;
		2)
			mapfile said <"$BATS_TEST_TMPDIR/err"
			[ ! -s "$BATS_TEST_TMPDIR/out" ] && [ "${#said[@]}" -eq 1 ] && [[ ${said[0]} == *$'\n' ]]
			;;
		*) false ;;
		esac || {
			echo "status $rc for: ${line:0:300}"
			cat "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/err"
			return 1
		}
	done <"$BATS_TEST_TMPDIR/hostile"
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
