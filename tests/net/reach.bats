#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# How far a message may go, and what stops it on the way: names, addresses, proxies.

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

@test "nobody listening is a retry" {
	post "http://127.0.0.1:1/x"
	class retry
	says '"curl":7' '"uploaded":0' 'connection refused'
}

@test "a name that does not resolve is a retry" {
	post "https://nowhere.invalid/x"
	class retry
	says '"curl":6,' '"uploaded":0' 'nowhere.invalid: the name does not resolve'
	post "https://h.test/x" ',"proxy":"http://nowhere.invalid:1"'
	class retry
	says '"curl":5,' "the proxy's name does not resolve"
}

@test "a name server that has stopped answering is not waited for beyond the job's time" {
	POOR=1
	while read -r url more; do
		SECONDS=0
		post "$url" "$more"
		class retry
		says '"curl":28' '"uploaded":0' 'in time'
		[ "$SECONDS" -le 3 ]
	done <<-'END'
		https://hooks.slow.test/x
		smtps://relay.slow.test ,"mail_from":"a@b.test","mail_to":"c@d.test"
	END
	# And the next job is not held up by the last one.
	printf '%s\n' "$(job https://hooks.slow.test/x)" "$(job "$BASE/ok")" >"$BATS_TEST_TMPDIR/in"
	SECONDS=0
	run on_a_poor_network "$BEFFROI_NET" <"$BATS_TEST_TMPDIR/in"
	[ "$SECONDS" -le 3 ]
	[[ ${lines[1]} == *'"class":"ok"'* ]]
}

@test "what a name resolves to decides, not the name" {
	POOR=1
	post "http://chat.near.test:$PORT/ok"
	class ok
	post "https://chat.near.test:$PORT/ok" ',"public_only":true'
	class self
	says 'not sent to chat.near.test: its address is loopback'
	attempts 1
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

@test "plain http goes to loopback, and no further unless the destination says so" {
	post "$BASE/ok"
	class ok
	for host in 192.0.2.1 10.255.255.1 '[2001:db8::1]'; do
		post "http://$host/"
		class self
		says "not sent to $host" 'not loopback' insecure_http '"uploaded":0'
	done
	post "http://192.0.2.1:9/" ',"insecure_http":true'
	class retry
	post "http://169.254.169.254/" ',"insecure_http":true'
	class self
	says link-local
}

@test "public_only keeps a message from inside addresses" {
	post "https://127.0.0.1:$PORT/ok" ',"public_only":true'
	class self
	says 'its address is loopback'
	post "https://10.255.255.1/ok" ',"public_only":true'
	class self
	says 'its address is private'
	post "$BASE/ok" ',"public_only":true'
	class self
	says 'public_only keeps it from loopback'
	post "$BASE/ok" ',"public_only":true,"insecure_http":true'
	class self
	says 'its address is loopback'
	attempts 0
}

@test "a proxy is used when it is named, and its refusals are ours to settle" {
	post "http://chat.example.test/hook" ",\"proxy\":\"$BASE\",\"insecure_http\":true"
	class ok
	grep -q '^POST http://chat.example.test/hook HTTP/1.1' "$KEPT"/*.req
	attempts 1
	post "https://credentials-wanted/T0KENT0KEN" ",\"proxy\":\"$BASE\""
	class self
	says 'the proxy wants credentials' '"uploaded":0' '"status":0'
	post "https://unreachable/T0KENT0KEN" ",\"proxy\":\"$BASE\""
	class retry
	says 'the proxy did not get through'
	post "https://elsewhere.test/T0KENT0KEN" ",\"proxy\":\"$BASE\""
	class self
	says 'the proxy refuses to go there'
	post "smtps://credentials-wanted" ",\"proxy\":\"$BASE\",\"mail_from\":\"a@b.test\",\"mail_to\":\"c@d.test\""
	class self
	says 'the proxy wants credentials' '"uploaded":0' '"status":0' '"smtp":true'
	run ! grep -q T0KEN "$KEPT"/*.req
	grep -q '^CONNECT elsewhere.test:443 ' "$KEPT"/*.req
	post "https://elsewhere.test/" ',"proxy":"http://127.0.0.1:1"'
	class retry
}

@test "a proxy is no way round the rules" {
	attempts 0
	post "http://127.0.0.1:$PORT/ok" ",\"proxy\":\"$BASE\""
	class self
	says 'needs insecure_http'
	post "https://169.254.169.254/" ",\"proxy\":\"$BASE\""
	class self
	post "https://h.test/" ",\"proxy\":\"$BASE\",\"public_only\":true"
	class self
	says 'cannot be checked through a proxy'
	post "https://h.test/" ',"proxy":"http://169.254.169.254:3128"'
	class self
	says "the proxy's address is link-local"
	for proxy in 127.0.0.1:1 ftp://h:1 socks4://h:1 'http://' 'http://h :1' 'http://h\\r\\nX: y'; do
		post "https://h.test/" ",\"proxy\":\"$proxy\""
		class self
	done
	attempts 0
}
