#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Each way a receiver can fail, through the program: how many requests leave,
# what becomes of the message, and what whoever waits is told.

load lib
load faults
load ../net/port

setup() {
	: "${BUILD:?}"
	fresh
	incident
	mkdir -p "$PLACE/kept" "$XDG_CONFIG_HOME/beffroi"
	"$HOOK" "$PLACE/kept" 120 >"$PLACE/port" 3>&- &
	echo $! >"$PLACE/hook.pid"
	until [ -s "$PLACE/port" ]; do sleep 0.02; done
}

@test "answers of the second and third hundred" {
	faults <<-'END'
		s200 status/200 1 accepted ok -
		s202 status/202 1 accepted ok -
		s204 status/204 1 accepted ok -
		s299 status/299 1 accepted ok -
		s300 status/300 1 ready suspend redirects are not followed
		s301 status/301 1 ready suspend redirects are not followed
		s302 redirect 1 ready suspend a redirect to login.example.test
		s304 status/304 1 ready suspend redirects are not followed
		s307 status/307 1 ready suspend redirects are not followed
		hints hints 1 ready retry answered 503: unavailable for now
	END
}

@test "answers of the fourth hundred" {
	faults <<-'END'
		s400 status/400 2 failed permanent answered 400: the request was refused
		s401 status/401 1 ready suspend the token or signature was not accepted
		s402 status/402 1 failed permanent payment or quota
		s403 status/403 1 ready suspend access refused
		s404 status/404 1 ready suspend no such address there
		s405 status/405 1 failed permanent the request was refused
		s407 status/407 1 ready self a proxy wants credentials
		s408 status/408 1 ready retry it gave up waiting for the request
		s409 status/409 1 failed permanent conflict
		s410 status/410 1 ready suspend the address has been closed
		s413 status/413 2 failed permanent too large
		s414 status/414 2 failed permanent too large
		s415 status/415 1 failed permanent the request was refused
		s418 status/418 1 failed permanent the request was refused
		s421 status/421 1 ready retry misdirected
		s422 status/422 2 failed permanent the request was refused
		s423 status/423 1 ready retry not now
		s424 status/424 1 ready retry not now
		s425 status/425 1 ready retry not now
		s429 status/429 1 ready retry too many requests
		s431 status/431 2 failed permanent headers too large
		s451 status/451 1 failed permanent the request was refused
	END
}

@test "answers of the fifth hundred and above" {
	faults <<-'END'
		s500 status/500 1 ready ambiguous server error, the message may have passed
		s501 status/501 1 failed permanent not offered there
		s502 status/502 1 ready ambiguous the message may have passed
		s503 status/503 1 ready retry unavailable for now
		s504 status/504 1 ready ambiguous the message may have passed
		s505 status/505 1 failed permanent HTTP version refused
		s507 status/507 1 ready retry no room left there
		s520 status/520 1 ready ambiguous the message may have passed
		s530 status/530 1 ready ambiguous the message may have passed
		s599 status/599 1 ready ambiguous the message may have passed
		s600 status/600 1 ready ambiguous unknown status
		s999 status/999 1 ready ambiguous unknown status
	END
}

@test "connections that break, answers that make no sense, and those that never end" {
	SECONDS=0
	faults <<-'END'
		refused http://127.0.0.1:1/ 0 ready retry connection refused or no route
		unknown https://nowhere.invalid/hook 0 ready retry nowhere.invalid: the name does not resolve
		close close 1 ready ambiguous closed without an answer; the message may have arrived
		close-early close-early 1 ready ambiguous may have arrived
		reset reset 1 ready ambiguous may have arrived
		reset-early reset-early 1 ready ambiguous may have arrived
		refuse-early refuse-early 2 failed permanent too large
		garbage garbage 1 ready ambiguous the answer is not HTTP
		hints-only hints-only 1 ready ambiguous may have arrived
		hints-forever hints-forever 1 ready ambiguous may have arrived
		huge-head huge-head 1 accepted ok -
		slow slow 1 ready ambiguous no complete answer in time; the message may have arrived
		hang-early hang-early 1 ready ambiguous no complete answer in time
		trickle-head trickle-head 1 accepted ok -
		trickle trickle 1 accepted ok -
		huge huge 1 accepted ok -
		truncated truncated 1 accepted ok -
		binary binary 1 accepted ok -
		echo echo 1 ready suspend no such address there
		fine ok 1 accepted ok -
	END
	# They hang side by side, for as long as a command waits at all.
	[ "$SECONDS" -le 90 ]
}

# arrives_within SECONDS NAME WORDS...: it comes in that time, whatever becomes of the others
arrives_within() {
	local until=$((${EPOCHREALTIME/./} + $1 * 1000000)) name=$2 pid
	! is_asan || until=$((until + 10000000))
	"$BEFFROI" "${@:3}" >"$PLACE/said" 2>&1 3>&- &
	pid=$!
	while [ "$(wire "$name")" -eq 0 ]; do
		[ "${EPOCHREALTIME/./}" -lt "$until" ] || { echo "$name is late"; kill $pid; return 1; }
		sleep 0.05
	done
	# Well before those that hang are given up.
	kill -0 $pid
	wait $pid || true
}

@test "sixteen destinations that hang do not delay the seventeenth" {
	local n
	for ((n = 1; n <= 16; n++)); do fault "h$n" "http://127.0.0.1:$(port)/slow/x-h$n"; done
	fault last "http://127.0.0.1:$(port)/ok/x-last"
	arrives_within 3 last alert hello
	[ "$(kept)" -eq 17 ]
	[ "$(of last state)" = accepted ]
	[ "$(of h16 state)" = ready ]
	grep -q '^last .*accepted (0\.' "$PLACE/said"
}

@test "nor do programs that keep their secrets to themselves" {
	local n
	for n in 1 2 3; do
		printf '%s\n' "[destination.a$n]" 'url_command = sleep 60' 'format = slack' 'kinds = message' \
			>>"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	done
	fault last "http://127.0.0.1:$(port)/ok/x-last"
	arrives_within 3 last alert hello
	[ "$(of last state)" = accepted ]
}

# mail NAME MODE: a destination with a mail server of its own, which keeps to that script
mail() {
	mkdir -p "$PLACE/mail/$1"
	"$BUILD/smtp" "$PLACE/mail/$1" "$2" 60 >"$PLACE/mail/$1.port" 3>&- &
	echo $! >>"$PLACE/servers"
	until [ -s "$PLACE/mail/$1.port" ]; do sleep 0.02; done
	printf '%s\n' "[destination.$1]" 'format = mail' "url = smtp://127.0.0.1:$(cat "$PLACE/mail/$1.port")" \
		'from = beffroi@example.test' "to = $1@example.test" 'insecure_http = yes' 'kinds = message' "${@:3}" \
		>>"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
}

teardown_more() {
	[ ! -s "$PLACE/servers" ] || xargs kill <"$PLACE/servers" 2>/dev/null || true
}

@test "mail: each reply and each silence" {
	local name mode state class words
	(umask 077 && echo 'not this one' >"$PLACE/password")
	cat >"$PLACE/table" <<-'END'
		m-ok ok accepted ok -
		m-421 banner-421 ready retry answered 421: not now
		m-554 banner-554 ready suspend answered 554: it takes no mail from here
		m-mute mute ready retry in time
		m-gone hangup ready retry -
		m-garbage garbage ready retry -
		m-rcpt452 rcpt-452 ready retry answered 452
		m-rcpt550 rcpt-550 failed permanent answered 550
		m-drop rcpt-drop ready retry -
		m-data data-451 ready retry answered 451
		m-dot451 dot-451 ready retry answered 451
		m-dot554 dot-554 failed permanent answered 554
		m-silent dot-silent ready ambiguous the message may have arrived
		m-lost dot-drop ready ambiguous the message may have arrived
		m-reset dot-reset ready ambiguous the message may have arrived
		m-odd dot-250-odd ready ambiguous -
		m-quit quit-silent accepted ok -
		m-auth auth-535 ready suspend answered 535: it wants another user name, password or encryption
		m-530 mail-530 ready suspend answered 530: it wants another
	END
	while read -r name mode state class words; do
		case $mode in
		auth-*) mail "$name" "$mode" 'user = bob' "password_file = $PLACE/password" ;;
		*) mail "$name" "$mode" ;;
		esac
	done <"$PLACE/table"
	bef alert 'Do not switch any computer on'
	[ "$status" -eq 6 ]
	while read -r name mode state class words; do
		ended "$name" "$state" "$class" "${words#-}"
		[ "$(wc -c <"$PLACE/mail/$name/connections")" -eq 1 ] || { echo "$name: more than one connection"; false; }
	done <"$PLACE/table"
	sound
}

# certificate NAMES [OPTIONS...]: cert.pem and key.pem in the place, signed by themselves
certificate() {
	(cd "$PLACE" && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout key.pem \
		-out cert.pem -subj /CN=localhost -addext "subjectAltName=$1" "${@:2}") 2>/dev/null
}

# tls_server NAME [OPTIONS...]: with that certificate; what it was sent is $PLACE/NAME.heard, its port $PLACE/NAME.port
tls_server() {
	local port
	port=$(free_port)
	: >"$PLACE/$1.heard"
	(cd "$PLACE" && answer_once "$1.heard" |
		timeout 20 openssl s_server -quiet -accept "127.0.0.1:$port" -naccept 1 -key key.pem -cert cert.pem "${@:2}") \
		>"$PLACE/$1.heard" 2>/dev/null 3>&- &
	listening "$port"
	echo "$port" >"$PLACE/$1.port"
}

@test "TLS is verified, always: nothing leaves before it is" {
	command -v openssl >/dev/null || skip "no openssl"
	certificate IP:127.0.0.1
	tls_server self
	tls_server good
	tls_server pinned
	tls_server old -tls1_1 -cipher ALL:@SECLEVEL=0
	cp "$PLACE/cert.pem" "$PLACE/self.pem"
	certificate DNS:other.example
	tls_server other
	url() { echo "https://127.0.0.1:$(cat "$PLACE/$1.port")/x"; }
	cp "$PLACE/cert.pem" "$PLACE/other.pem"
	fault self "$(url self)"
	fault good "$(url good)" "ca_file = $PLACE/self.pem"
	fault pinned "$(url pinned)" "ca_file = $PLACE/self.pem" 'pin = sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
	fault old "$(url old)" "ca_file = $PLACE/self.pem"
	fault other "$(url other)" "ca_file = $PLACE/other.pem"
	fault plain "https://127.0.0.1:$(port)/ok"
	fault absent "https://127.0.0.1:$(port)/ok" 'ca_file = /nonexistent.pem'
	bef alert hello
	[ "$status" -eq 6 ]
	ended self ready retry 'its certificate is self-signed'
	ended good accepted ok
	ended pinned ready suspend 'its public key is not the pinned one'
	ended old ready retry 'TLS could not be agreed'
	ended other ready retry 'its certificate is not valid, or not for this host'
	ended plain ready retry 'TLS could not be agreed'
	ended absent ready self 'the CA file cannot be read'
	grep -q '"hello"' "$PLACE/good.heard"
	cat "$PLACE"/{self,pinned,old,other}.heard >"$PLACE/heard"
	[ ! -s "$PLACE/heard" ]
	[ "$(kept)" -eq 0 ]
}

@test "there is no switch that turns TLS verification off, and none that follows redirects" {
	local key
	for key in insecure verify verify_peer tls_verify ssl_verify follow redirects max_redirects; do
		fault one "http://127.0.0.1:$(port)/ok" "$key = no"
		refused 2 "$key" '' alert hello
		rm "$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	done
}

@test "a redirect is followed nowhere, least of all to metadata" {
	local other=$PLACE/other code
	mkdir "$other"
	"$HOOK" "$other" 60 >"$PLACE/other.port" 3>&- &
	echo $! >>"$PLACE/servers"
	until [ -s "$PLACE/other.port" ]; do sleep 0.02; done
	for code in 301 302 303 307 308; do
		fault "r$code" "http://127.0.0.1:$(port)/redirect-to/$code%20http:%2F%2F127.0.0.1:$(cat "$PLACE/other.port")%2Fok/x-r$code"
	done
	fault meta "http://127.0.0.1:$(port)/redirect-to/302%20http:%2F%2F169.254.169.254%2Flatest%2Fmeta-data/x-meta"
	bef alert hello
	[ "$status" -eq 6 ]
	for code in 301 302 303 307 308; do
		ended "r$code" ready suspend "answered $code, a redirect to 127.0.0.1:"
		[ "$(wire "r$code")" -eq 1 ]
	done
	ended meta ready suspend 'a redirect to 169.254.169.254: redirects are not followed'
	[ ! -e "$other/connections" ]
}
