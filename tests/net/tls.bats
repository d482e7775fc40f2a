#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# TLS from outside: who is believed, and what it takes to be believed.

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
	# Until when it is good, for those who forget to renew.
	ends=$(openssl x509 -in "$BATS_TEST_TMPDIR/cert.pem" -noout -enddate)
	says "\"cert_expires_at\":$(date -d "${ends#*=}" +%s)"
	post "$BASE/ok"
	says_not cert_expires_at
}

@test "a certificate for another host is refused" {
	make_certificate DNS:other.example
	tls_server
	post "https://127.0.0.1:$TLS_PORT/x" ",\"ca_file\":\"$BATS_TEST_TMPDIR/cert.pem\""
	class retry
	says '"curl":60' 'not for this host'
}

@test "another authority's signature is not the one that was named" {
	make_certificate IP:127.0.0.1
	cp "$BATS_TEST_TMPDIR/cert.pem" "$BATS_TEST_TMPDIR/other.pem"
	make_signed IP:127.0.0.1
	tls_server
	post "https://127.0.0.1:$TLS_PORT/x" ",\"ca_file\":\"$BATS_TEST_TMPDIR/other.pem\""
	class retry
	says '"curl":60' '"uploaded":0' 'from an unknown authority'
	tls_server
	post "https://127.0.0.1:$TLS_PORT/x" ",\"ca_file\":\"$BATS_TEST_TMPDIR/ca.pem\""
	class ok
}

@test "an expired certificate is refused" {
	make_expired IP:127.0.0.1
	tls_server
	post "https://127.0.0.1:$TLS_PORT/x" ",\"ca_file\":\"$BATS_TEST_TMPDIR/cert.pem\""
	class retry
	says '"curl":60' '"uploaded":0' expired
}

@test "a server that demands a client certificate suspends, and is content with ours" {
	make_certificate IP:127.0.0.1
	local ca=",\"ca_file\":\"$BATS_TEST_TMPDIR/cert.pem\""
	# Before TLS 1.3 the refusal has no name of its own, but comes before anything is sent.
	while read -r version expected words; do
		tls_server -Verify 1 -verify_return_error "$version"
		post "https://127.0.0.1:$TLS_PORT/x" "$ca"
		class "$expected"
		says "$words"
		tls_server -Verify 1 -verify_return_error -CAfile cert.pem "$version"
		chmod 600 "$BATS_TEST_TMPDIR/key.pem"
		post "https://127.0.0.1:$TLS_PORT/x" \
			"$ca,\"cert_file\":\"$BATS_TEST_TMPDIR/cert.pem\",\"key_file\":\"$BATS_TEST_TMPDIR/key.pem\""
		class ok
	done <<-'END'
		-tls1_3 suspend demands a client certificate
		-tls1_2 retry TLS could not be agreed
	END
}

@test "a client key that others can read, or that is locked, is not used" {
	make_certificate IP:127.0.0.1
	local ours=",\"cert_file\":\"$BATS_TEST_TMPDIR/cert.pem\",\"key_file\":\"$BATS_TEST_TMPDIR/key.pem\""
	for mode in 640 604 660; do
		chmod $mode "$BATS_TEST_TMPDIR/key.pem"
		post "https://127.0.0.1:$PORT/x" "$ours"
		class self
		says 'open to others'
	done
	attempts 0
	openssl pkey -in "$BATS_TEST_TMPDIR/key.pem" -aes128 -passout pass:locked -out "$BATS_TEST_TMPDIR/locked.pem"
	(umask 077 && cat "$BATS_TEST_TMPDIR/locked.pem" >"$BATS_TEST_TMPDIR/key2.pem")
	post "https://127.0.0.1:$PORT/x" "${ours/key.pem/key2.pem}"
	class self
	says '"curl":58'
}

# pin_of FILE: of a certificate
pin_of() {
	openssl x509 -in "$BATS_TEST_TMPDIR/$1" -pubkey -noout | openssl pkey -pubin -outform der |
		openssl dgst -sha256 -binary | openssl base64
}

@test "a pin that does not match suspends, one of two that does is enough" {
	make_certificate IP:127.0.0.1
	local ca=",\"ca_file\":\"$BATS_TEST_TMPDIR/cert.pem\"" other=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
	tls_server
	post "https://127.0.0.1:$TLS_PORT/x" "$ca,\"pin\":\"sha256//$other\""
	class suspend
	says '"curl":90' '"uploaded":0'
	tls_server
	post "https://127.0.0.1:$TLS_PORT/x" "$ca,\"pin\":\"sha256//$other;sha256//$(pin_of cert.pem)\""
	class ok
}

@test "a server that never answers the greeting of TLS is a retry" {
	"$BUILD/smtp" "$KEPT" mute 10 >"$BATS_TEST_TMPDIR/port" 3>&- &
	wait_for "$BATS_TEST_TMPDIR/port"
	SECONDS=0
	post "https://127.0.0.1:$(cat "$BATS_TEST_TMPDIR/port")/x"
	class retry
	says '"curl":28' '"uploaded":0'
	attempts 1
	[ "$SECONDS" -le 3 ]
	kill $!
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
