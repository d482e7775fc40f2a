#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# beffroi-net against a mail server that others wrote: aiosmtpd, which wants
# STARTTLS and a password.  Says one line a check; ends with 0, with 1 when a
# check failed, or with 77 and the reason when a tool is not here.
#
#     apt-get install python3-aiosmtpd openssl
#
# BEFFROI_NET names the program; build/debug/beffroi-net when it does not.
set -u
net=${BEFFROI_NET:-$(cd "$(dirname "$0")/../.." && pwd)/build/debug/beffroi-net}
[ -x "$net" ] || {
	echo "beffroi-net is not built (make MODE=debug)"
	exit 77
}
command -v openssl >/dev/null || {
	echo "openssl is not here"
	exit 77
}
# Debian's own Python first: it is the one that its packages are for.
for python in /usr/bin/python3 python3 ''; do
	[ -n "$python" ] || {
		echo "aiosmtpd is not here (apt-get install python3-aiosmtpd)"
		exit 77
	}
	"$python" -c 'import aiosmtpd.controller' 2>/dev/null && break
done

place=$(mktemp -d)
server=
# shellcheck disable=SC2317
leave() {
	[ -z "$server" ] || kill "$server" 2>/dev/null
	rm -rf "$place"
}
trap leave EXIT
trap 'exit 130' INT TERM

# certificate NAME SUBJECT_ALT_NAME: NAME.pem and NAME.key
certificate() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout "$place/$1.key" \
		-out "$place/$1.pem" -subj "/CN=$1" -addext "subjectAltName=$2" 2>/dev/null
}
certificate good IP:127.0.0.1
certificate elsewhere DNS:elsewhere.test

cat >"$place/server.py" <<'END'
import os, ssl, sys, time
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

place = sys.argv[1]

class Keeper:
    async def handle_DATA(self, server, session, envelope):
        with open(place + "/message", "wb") as file:
            file.write(envelope.original_content)
        with open(place + "/envelope", "w") as file:
            print(session.host_name, envelope.mail_from, *envelope.rcpt_tos, bool(session.ssl), bool(session.authenticated), file=file)
        return "250 kept"

def login(server, session, envelope, mechanism, data):
    good = data.login == b"beffroi" and data.password == "sésame, ouvre".encode()
    return AuthResult(success=good, handled=False)

def context(name):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(f"{place}/{name}.pem", f"{place}/{name}.key")
    return made

class Relay(Controller):
    def __init__(self, name, inside):
        self.made = context(name)
        super().__init__(Keeper(), hostname="127.0.0.1", port=0, ssl_context=self.made if inside else None)
        self.inside = inside

    def factory(self):
        if self.inside:
            return SMTP(self.handler, hostname="relay.test")
        return SMTP(self.handler, hostname="relay.test", tls_context=self.made, require_starttls=True,
                    authenticator=login, auth_required=True)

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]  # 0 was asked for
        super()._trigger_server()

ports = []
for name, inside in (("good", False), ("elsewhere", False), ("good", True)):
    relay = Relay(name, inside)
    relay.start()
    ports.append(relay.port)
with open(place + "/ports.part", "w") as file:
    print(*ports, file=file)
os.rename(place + "/ports.part", place + "/ports")
time.sleep(60)
END
"$python" "$place/server.py" "$place" >"$place/log" 2>&1 &
server=$!
tries=0
until [ -s "$place/ports" ]; do
	tries=$((tries + 1))
	if [ $tries -gt 100 ] || ! kill -0 "$server" 2>/dev/null; then
		echo "the server did not start:"
		cat "$place/log"
		exit 1
	fi
	sleep 0.1
done
read -r starttls elsewhere smtps <"$place/ports"

failed=0
message='Subject: =?UTF-8?Q?[CRISE]_une_=C3=A9preuve?=\r\nFrom: a@b.test\r\n\r\nUne ligne.\r\n.un point\r\n..deux\r\n'
password=',"user":"beffroi","password":"sésame, ouvre"'
ca=",\"ca_file\":\"$place/good.pem\""

# check WHAT URL MEMBERS WORD...: send one mail; the result must have each word
check() {
	what=$1 url=$2 members=$3
	shift 3
	rm -f "$place/message" "$place/envelope"
	printf '{"v":1,"type":"job","job":"j","url":"%s","mail_from":"beffroi@b.test","mail_to":"alice@b.test","body":"%s","total_ms":5000%s}\n' \
		"$url" "$message" "$members" >"$place/job"
	result=$("$net" <"$place/job" 2>&1)
	for word; do
		case $result in
		*"$word"*) ;;
		*)
			echo "not ok - $what: no '$word' in $result"
			failed=1
			return
			;;
		esac
	done
	case $result in
	*ouvre*)
		echo "not ok - $what: the password is in $result"
		failed=1
		;;
	*) echo "ok - $what" ;;
	esac
}

# arrived WHAT ENVELOPE: the last message is there, byte for byte
arrived() {
	printf '%b' "$message" | cmp -s - "$place/message" && [ "$(cat "$place/envelope")" = "$2" ] && echo "ok - $1" && return
	echo "not ok - $1: $(cat "$place/envelope" 2>&1)"
	failed=1
}

# refused WHAT: nothing arrived
refused() {
	[ ! -e "$place/message" ] && echo "ok - $1" && return
	echo "not ok - $1"
	failed=1
}

check "STARTTLS and a password" "smtp://127.0.0.1:$starttls/relay.b.test" "$ca$password" \
	'"class":"ok"' '"status":250' '"smtp":true' cert_expires_at
arrived "the message and its envelope are what was sent, inside TLS" \
	"relay.b.test beffroi@b.test alice@b.test True True"
check "a wrong password suspends" "smtp://127.0.0.1:$starttls" "$ca,\"user\":\"beffroi\",\"password\":\"ouvre-toi!\"" \
	'"class":"suspend"' '"status":535'
check "no password where one is wanted suspends" "smtp://127.0.0.1:$starttls" "$ca" '"class":"suspend"' '"status":530'
refused "and nothing arrived"
check "without TLS the server refuses" "smtp://127.0.0.1:$starttls" ',"insecure_http":true' \
	'"class":"suspend"' '"status":530'
check "an unknown authority is not believed" "smtp://127.0.0.1:$starttls" "$password" \
	'"class":"retry"' '"curl":60' self-signed '"uploaded":0'
check "a certificate for another host is not believed" "smtp://127.0.0.1:$elsewhere" \
	",\"ca_file\":\"$place/elsewhere.pem\"$password" '"class":"retry"' '"curl":60' 'not for this host'
refused "and nothing arrived there"
check "smtps" "smtps://127.0.0.1:$smtps/relay.b.test" "$ca" '"class":"ok"' '"status":250' cert_expires_at
# aiosmtpd notes TLS when STARTTLS began it.
arrived "the message arrived through smtps" "relay.b.test beffroi@b.test alice@b.test False False"
check "smtps, and an unknown authority" "smtps://127.0.0.1:$smtps" "" '"class":"retry"' '"curl":60'
check "smtps to a server that waits for STARTTLS" "smtps://127.0.0.1:$starttls" "$ca" '"class":"retry"'
check "STARTTLS to a server that waits for TLS" "smtp://127.0.0.1:$smtps" "$ca,\"connect_ms\":1500" '"class":"retry"'
exit $failed
