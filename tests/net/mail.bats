#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Mail from outside: each reply of an SMTP server, each silence, and what arrives.

bats_require_minimum_version 1.5.0
load lib

setup() {
	: "${BEFFROI_NET:?}" "${BUILD:?}"
	KEPT=$BATS_TEST_TMPDIR/kept
	mkdir "$KEPT"
}

teardown() {
	[ ! -s "$BATS_TEST_TMPDIR/pid" ] || kill "$(cat "$BATS_TEST_TMPDIR/pid")" 2>/dev/null || true
}

# relay MODE [TLS_PORT]: an SMTP server; sets PORT
relay() {
	[ ! -s "$BATS_TEST_TMPDIR/pid" ] || kill "$(cat "$BATS_TEST_TMPDIR/pid")" || true
	rm -f "$KEPT"/* "$BATS_TEST_TMPDIR/port"
	"$BUILD/smtp" "$KEPT" "$1" 20 ${2+"$2"} >"$BATS_TEST_TMPDIR/port" 3>&- &
	echo $! >"$BATS_TEST_TMPDIR/pid"
	wait_for "$BATS_TEST_TMPDIR/port"
	PORT=$(cat "$BATS_TEST_TMPDIR/port")
}

MESSAGE='Subject: =?UTF-8?Q?[CRISE]_INC?=\r\nFrom: a@relay.test\r\n\r\nLigne une\r\n.point\r\n'
WHO=',"mail_from":"beffroi@relay.test","mail_to":"alice+crise@example.test"'
PLAIN=',"insecure_http":true'
USER=',"user":"bob","password":"s3cret-pw"'

# mail URL [MORE MEMBERS]: send one
mail() {
	printf '{"v":1,"type":"job","job":"j1","url":"%s","body":"%s","connect_ms":2000,"total_ms":2500%s}\n' \
		"$1" "$MESSAGE" "$WHO${2-}" >"$BATS_TEST_TMPDIR/in"
	run_one
}

# said: what the client said, once it has left
said() {
	for _ in $(seq 100); do
		[ "$(find "$KEPT" -name '*.smtp' | wc -l)" -eq 0 ] || break
		sleep 0.05
	done
	cat "$KEPT"/*.smtp
}

@test "a message arrives byte for byte, once, with its size announced and its dots doubled" {
	relay ok
	mail "smtp://127.0.0.1:$PORT/beffroi.relay.test" "$PLAIN"
	class ok
	says '"curl":0' '"status":250' '"smtp":true' '"uploaded":75' 'queued as 42'
	attempts 1
	printf 'EHLO beffroi.relay.test\r\nMAIL FROM:<beffroi@relay.test> SIZE=75\r\nRCPT TO:<alice+crise@example.test>\r\nDATA\r\n' \
		>"$BATS_TEST_TMPDIR/expected"
	printf '%b' "${MESSAGE/.point/..point}.\\r\\nQUIT\\r\\n" >>"$BATS_TEST_TMPDIR/expected"
	said | cmp - "$BATS_TEST_TMPDIR/expected"
}

@test "without a name in the URL, the sender's domain is said, not this machine's name" {
	relay ok
	mail "smtp://127.0.0.1:$PORT" "$PLAIN"
	class ok
	said | head -n 1 | grep -q '^EHLO relay.test'
}

@test "each reply and each silence has its class" {
	while read -r mode expected code status_code words; do
		relay "$mode"
		SECONDS=0
		mail "smtp://127.0.0.1:$PORT" "$PLAIN" || { echo "$mode"; false; }
		class "$expected" || { echo "$mode"; false; }
		says "\"curl\":$code," "\"status\":$status_code," '"smtp":true' "$words" || { echo "$mode"; false; }
		attempts 1
		[ "$SECONDS" -le 3 ]
		case $expected in ambiguous) says 'may have arrived' ;; *) says_not 'may have arrived' ;; esac
	done <<-'END'
		banner-421 retry 8 421 answered 421: not now
		banner-554 suspend 8 554 takes no mail from here
		mail-530 suspend 55 530 answered 530
		mail-552 permanent 55 552 too large
		rcpt-452 retry 55 452 mailbox full
		rcpt-550 permanent 55 550 550-5.1.1 no such user  550 5.1.1 here
		rcpt-silent retry 28 250 no complete answer in time
		rcpt-drop retry 56 250 broke before an answer
		data-451 retry 55 451 not now
		dot-451 retry 8 451 greylisted
		dot-421 retry 8 421 shutting down
		dot-554 permanent 8 554 the message was refused
		dot-250-odd ambiguous 8 251 not understood
		dot-silent ambiguous 28 354 no complete answer in time
		dot-drop ambiguous 56 354 broke before an answer
		dot-reset ambiguous 56 354 broke before an answer
		quit-silent ok 0 250 queued as 42
		quit-drop ok 0 250 queued as 42
		mute retry 28 0 in time
		hangup retry 56 0 broke
		drip retry 28 0 in time
		endless retry 56 220 broke
		ehlo-550 ok 0 250 queued as 42
	END
}

@test "authentication: what is accepted, refused, missing, silent" {
	while read -r mode expected code status_code; do
		relay "$mode"
		mail "smtp://127.0.0.1:$PORT" "$PLAIN$USER" || { echo "$mode"; false; }
		class "$expected" || { echo "$mode"; false; }
		says "\"curl\":$code," "\"status\":$status_code,"
		says_not s3cret
		attempts 1
	done <<-'END'
		ok ok 0 250
		auth-535 suspend 67 535
		auth-454 retry 67 454
		auth-ntlm suspend 67 250
		auth-silent retry 28 334
	END
	relay ok
	mail "smtp://127.0.0.1:$PORT" "$PLAIN$USER"
	said | sed -n 2,3p | tr -d '\r' | cmp - <(printf 'AUTH PLAIN\n%s\n' "$(printf '\0bob\0s3cret-pw' | base64)")
}

@test "a server that repeats our password does not repeat it to us" {
	relay auth-repeat
	mail "smtp://127.0.0.1:$PORT" "$PLAIN$USER"
	class suspend
	says '"status":535' 'not good: ****'
	says_not "$(printf '\0bob\0s3cret-pw' | base64)"
	says_not czNjcmV0LXB3
}

@test "a recipient's address cannot carry a command" {
	while IFS= read -r address; do
		WHO=",\"mail_from\":\"$address\",\"mail_to\":\"c@d.test\""
		mail "smtps://127.0.0.1:1"
		class self
		says "'mail_from'" 'e-mail address'
		WHO=",\"mail_from\":\"a@b.test\",\"mail_to\":\"$address\""
		mail "smtps://127.0.0.1:1"
		class self
		says "'mail_to'" 'e-mail address'
	done <<-'END'
		a@b.test>\r\nRSET
		a@b.test\r
		a@b.test\nDATA
		a@b.test\u007f
		<a@b.test>
		a@b.test> SIZE=1
		a b@c.test
		a@b@c.test
		a@
		@b.test
		ab.test
		é@b.test
		a@é.test
		\"a b\"@c.test
		a@b.test,c
		a@[127.0.0.1]
	END
}

@test "a message with a lone line end is refused: servers disagree on where it ends" {
	for text in 'a\nb' 'a\rb' 'a\r\n.\n\r\nMAIL' 'a\n.\r\nMAIL' '\n' 'a\r'; do
		printf '{"v":1,"type":"job","job":"j1","url":"smtps://127.0.0.1:1","body":"%s"%s}\n' "$text" "$WHO" \
			>"$BATS_TEST_TMPDIR/in"
		run_one
		class self
		says "'body'" 'CR LF'
	done
}

@test "without encryption mail goes to loopback only, and only when told" {
	relay ok
	mail "smtp://127.0.0.1:$PORT"
	class suspend
	says '"curl":64' 'does not offer encryption'
	run ! grep -Eq 'AUTH|MAIL|RCPT' <(said)
	# The flag does not make a relay elsewhere a plain one.
	mail "smtp://192.0.2.1:9/x" "$PLAIN"
	class retry
	# Nor does a name that happens to be this machine.
	POOR=1
	relay ok
	mail "smtp://relay.near.test:$PORT" "$PLAIN"
	class suspend
	says '"curl":64'
	for member in ca_file pin; do
		mail "smtp://127.0.0.1:$PORT" "$PLAIN,\"$member\":\"sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\""
		class self
		says 'need encryption'
	done
}

@test "STARTTLS refused, or answered with more than it should, is no way into the clear" {
	while read -r mode expected code; do
		relay "$mode"
		mail "smtp://127.0.0.1:$PORT" "$USER"
		class "$expected"
		says "\"curl\":$code,"
		run ! grep -Eq 'AUTH|MAIL|s3cret' <(said)
	done <<-'END'
		starttls-454 retry 64
		starttls-502 suspend 64
		starttls-inject retry 8
	END
}

# tls_relay - | =: something that speaks TLS for the script of MODE; sets TLS_PORT
tls_relay() {
	rm -f "$BATS_TEST_TMPDIR/pipe"
	mkfifo "$BATS_TEST_TMPDIR/pipe"
	TLS_PORT=$(free_port)
	(cd "$BATS_TEST_TMPDIR" && timeout 10 openssl s_server -quiet -accept "127.0.0.1:$TLS_PORT" -naccept 1 \
		-key key.pem -cert cert.pem <pipe | "$BUILD/smtp" "$KEPT" "$1" "$2" >pipe) >/dev/null 2>&1 3>&- &
	listening "$TLS_PORT"
}

@test "smtps: the whole conversation is inside TLS" {
	make_certificate IP:127.0.0.1
	tls_relay ok -
	mail "smtps://127.0.0.1:$TLS_PORT" "$USER,\"ca_file\":\"$BATS_TEST_TMPDIR/cert.pem\""
	class ok
	says '"status":250' cert_expires_at
	said | grep -q '^..point'
	tls_relay ok -
	mail "smtps://127.0.0.1:$TLS_PORT" "$USER"
	class retry
	says '"curl":60' 'self-signed' '"uploaded":0'
	tls_relay dot-silent -
	mail "smtps://127.0.0.1:$TLS_PORT" ",\"ca_file\":\"$BATS_TEST_TMPDIR/cert.pem\""
	class ambiguous
	says '"status":354'
}

@test "STARTTLS: believed authorities, host names and pins hold as for https" {
	local ca=",\"ca_file\":\"$BATS_TEST_TMPDIR/cert.pem\"" other=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
	while IFS='|' read -r names more expected code words; do
		make_certificate "$names"
		tls_relay ok =
		relay starttls "$TLS_PORT"
		mail "smtp://127.0.0.1:$PORT" "$USER$more"
		class "$expected" || { echo "$names $more"; false; }
		says "\"curl\":$code," "$words"
		[ "$expected" = ok ] || says '"uploaded":0'
	done <<-END
		IP:127.0.0.1|$ca|ok|0|cert_expires_at
		IP:127.0.0.1||retry|60|self-signed
		DNS:other.test|$ca|retry|60|not for this host
		IP:127.0.0.1|$ca,"pin":"sha256//$other"|suspend|90|not the pinned one
	END
}
