# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
#
# What the tests of beffroi-net share.  BEFFROI_NET and HOOK name the two
# programs, BUILD the folder of the others; each job has a small total_ms, so
# nothing here can hang.

load port

# start_hook: the webhook, at $BASE, keeping requests in $KEPT
start_hook() {
	: "${BEFFROI_NET:?}" "${HOOK:?}"
	export KEPT="$BATS_FILE_TMPDIR/kept"
	mkdir "$KEPT"
	"$HOOK" "$KEPT" 120 >"$BATS_FILE_TMPDIR/port" 3>&- &
	echo $! >"$BATS_FILE_TMPDIR/pid"
	wait_for "$BATS_FILE_TMPDIR/port"
	PORT=$(cat "$BATS_FILE_TMPDIR/port")
	export PORT BASE="http://127.0.0.1:$PORT"
}

stop_hook() {
	kill "$(cat "$BATS_FILE_TMPDIR/pid")" || true
}

# wait_for FILE: until there is something in it
wait_for() {
	for _ in $(seq 100); do
		[ -s "$1" ] && return
		sleep 0.05
	done
	echo "nothing came in $1"
	return 1
}

# job URL [MORE MEMBERS]: one job line
job() {
	printf '{"v":1,"type":"job","job":"j1","url":"%s","body":"{\\"a\\":\\"é\\"}","connect_ms":1000,"total_ms":1500%s}\n' \
		"$1" "${2-}"
}

# ask METHOD URL [MORE MEMBERS]: a job without a body
ask() {
	printf '{"v":1,"type":"job","job":"j1","method":"%s","url":"%s","connect_ms":1000,"total_ms":1500%s}\n' \
		"$1" "$2" "${3-}" >"$BATS_TEST_TMPDIR/in"
	run_one
}

# run_one: do the one job of $BATS_TEST_TMPDIR/in; exactly one well-formed result must come back.
# POOR=1: on a poor network.
run_one() {
	run --separate-stderr ${POOR:+on_a_poor_network} "$BEFFROI_NET" <"$BATS_TEST_TMPDIR/in"
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	[ "${#lines[@]}" -eq 1 ]
	[[ $output == '{"v":1,"type":"result","job":"j1","class":"'* ]]
	[[ $output == *'}' ]]
	printf %s "$output" | iconv -f utf-8 -t utf-8 >/dev/null
	[ "$(printf %s "$output" | tr -d -c '\000-\037\177' | wc -c)" -eq 0 ]
}

# post URL [MORE MEMBERS]: send one job
post() {
	job "$@" >"$BATS_TEST_TMPDIR/in"
	run_one
}

# post_big URL [MORE MEMBERS]: with a body that no socket swallows whole
post_big() {
	{
		printf '{"v":1,"type":"job","job":"j1","url":"%s","total_ms":2000%s,"body":"' "$1" "${2-}"
		head -c 1048000 /dev/zero | tr '\0' x
		printf '"}\n'
	} >"$BATS_TEST_TMPDIR/in"
	run_one
}

# on_a_poor_network COMMAND…: see net_shim.c
on_a_poor_network() {
	LD_PRELOAD=$BUILD/net_shim.so ASAN_OPTIONS=verify_asan_link_order=0 "$@"
}

# says WORDS…: each is in the output
says() {
	local word
	for word; do
		[[ $output == *"$word"* ]] || {
			echo "no '$word' in: $output"
			return 1
		}
	done
}

says_not() {
	[[ $output != *"$1"* ]] || {
		echo "'$1' in: $output"
		return 1
	}
}

class() {
	says "\"class\":\"$1\""
}

# figure NAME: that member of the result, a number
figure() {
	local rest=${output#*"\"$1\":"}
	[ "$rest" != "$output" ] || {
		echo "no $1 in: $output"
		return 1
	}
	echo "${rest%%[,\}]*}"
}

# kept: how many requests arrived
kept() {
	find "$KEPT" -name '*.req' | wc -l
}

# attempts N: there were exactly that many connections
attempts() {
	local n=0
	[ ! -e "$KEPT/connections" ] || n=$(wc -c <"$KEPT/connections")
	[ "$n" -eq "$1" ] || {
		echo "$n connections, not $1"
		return 1
	}
}

# input LINE…: run on these lines and nothing else
input() {
	printf '%s\n' "$@" >"$BATS_TEST_TMPDIR/in"
	run --separate-stderr "$BEFFROI_NET" <"$BATS_TEST_TMPDIR/in"
}

# ---- TLS ----

need_openssl() {
	command -v openssl >/dev/null || skip "no openssl"
}

# make_certificate NAMES [OPTIONS…]: cert.pem and key.pem, signed by themselves
make_certificate() {
	need_openssl
	local names=$1
	shift
	(cd "$BATS_TEST_TMPDIR" && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
		-keyout key.pem -out cert.pem -subj /CN=localhost -addext "subjectAltName=$names" "$@") 2>/dev/null
}

# make_signed NAMES: the same, signed by ca.pem
make_signed() {
	make_certificate DNS:authority.test -addext keyUsage=keyCertSign
	(cd "$BATS_TEST_TMPDIR" && mv cert.pem ca.pem && mv key.pem ca.key &&
		openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -subj /CN=leaf -out leaf.csr &&
		printf 'subjectAltName=%s\n' "$1" >leaf.ext &&
		openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile leaf.ext \
			-out cert.pem) 2>/dev/null
}

# make_expired NAMES: the same as make_certificate, of the year 2020
make_expired() {
	need_openssl
	(cd "$BATS_TEST_TMPDIR" && : >index && echo 01 >serial && mkdir -p new &&
		printf '%s\n' '[ca]' default_ca=ours '[ours]' database=index serial=serial new_certs_dir=new policy=any \
			default_md=sha256 copy_extensions=copy '[any]' commonName=supplied >ca.conf &&
		openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -subj /CN=localhost \
			-addext "subjectAltName=$1" -out old.csr &&
		openssl ca -config ca.conf -batch -selfsign -keyfile key.pem -in old.csr -notext \
			-startdate 20200101000000Z -enddate 20200201000000Z -out cert.pem) 2>/dev/null
}

# tls_server [OPTIONS]: one connection, answered 204; sets TLS_PORT
tls_server() {
	TLS_PORT=$(free_port)
	: >"$BATS_TEST_TMPDIR/heard"
	(cd "$BATS_TEST_TMPDIR" && answer_once heard |
		timeout 8 openssl s_server -quiet -accept "127.0.0.1:$TLS_PORT" -naccept 1 -key key.pem -cert cert.pem "$@") \
		>"$BATS_TEST_TMPDIR/heard" 2>/dev/null 3>&- &
	listening "$TLS_PORT"
}
