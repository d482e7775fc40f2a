#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Whatever dies while an alert is on its way, the alert arrives; what may then
# arrive twice carries the same id and says so.

load lib
load faults

setup() {
	fresh
	needs_clock
	incident
	mkdir -p "$PLACE/kept" "$PLACE/bin" "$XDG_CONFIG_HOME/beffroi"
	"$HOOK" "$PLACE/kept" 120 >"$PLACE/port" 3>&- &
	echo $! >"$PLACE/hook.pid"
	until [ -s "$PLACE/port" ]; do sleep 0.02; done
	# The program finds its network program beside itself: here stands what a test wants there.
	cp "$BEFFROI" "$PLACE/bin/beffroi"
}

# courier LINE...: a network program that does this, in a shell
courier() {
	printf '%s\n' '#!/bin/bash' "real=$BEFFROI_NET" "$@" >"$PLACE/bin/beffroi-net"
	chmod +x "$PLACE/bin/beffroi-net"
}

with_courier() {
	run --separate-stderr "$PLACE/bin/beffroi" "$@" </dev/null
}

mode() {
	sed -i "s,^url = .*/x-one\$,url = http://127.0.0.1:$(port)/$1/x-one," "$XDG_CONFIG_HOME/beffroi/beffroi.conf"
}

# came_once_more N: after the lease has run out the message left again, and this time arrived: N requests in all,
# of one id, and the journal tells what is known
came_once_more() {
	later 91 seconds
	ok watch
	[ "$(of one state)" = accepted ]
	[ "$(wire one)" -eq "$1" ] || { echo "$(wire one) requests"; return 1; }
	[ "$(for each in "$PLACE"/kept/*.req; do header "$each" webhook-id; done | sort -u | wc -l)" -eq 1 ]
	[ "$(of one attempts)" -eq 2 ]
	ok alert log --json
	[ "$(jq -r 'select(.n == 1) | "\(.n) \(.class) \(.detail)"' <<<"$output")" = '1 ambiguous cut short: it may have arrived' ]
	request_body "$(find "$PLACE/kept" -name '*.req' | sort | tail -n 1)" | jq -e '.data.text | test("sent again, perhaps a repeat")'
	ok log -k alert --json
	[ "$(jq -r 'select(.kind == "alert.delivered").kind' <<<"$output" | wc -l)" -eq 1 ]
	sound
}

# dies WORDS...: killed at that point; what is known then
dies() {
	with_courier alert hello
	[ "$status" -eq 137 ] || { told; return 1; }
	[ "$(of one state)" = ready ]
	[ "$(of one attempts)" -eq 1 ]
	ok alert log
	says 'attempt 1: under way, or cut short'
}

@test "killed before anything has left" {
	fault one "http://127.0.0.1:$(port)/ok/x-one"
	courier 'kill -9 $PPID'
	dies
	came_once_more 1
}

@test "killed between the order and the sending" {
	fault one "http://127.0.0.1:$(port)/ok/x-one"
	courier 'read -r job' 'kill -9 $PPID'
	dies
	came_once_more 1
}

@test "killed after the sending, before the result is known" {
	fault one "http://127.0.0.1:$(port)/ok/x-one"
	courier 'read -r job' 'printf "%s\n" "$job" | $real >/dev/null' 'kill -9 $PPID'
	dies
	came_once_more 2
}

@test "killed after the result is known, before it is written down" {
	fault one "http://127.0.0.1:$(port)/ok/x-one"
	# It stands still in the middle of its answer, and is read no further.
	courier 'read -r job' 'result=$(printf "%s\n" "$job" | $real)' 'printf %s "${result:0:40}"' 'sleep 0.2; kill -9 $PPID'
	dies
	came_once_more 2
}

@test "killed while the receiver hangs: nobody else sends it for 90 seconds, then it leaves again" {
	local pid i
	fault one "http://127.0.0.1:$(port)/slow/x-one"
	"$BEFFROI" alert hello >"$PLACE/said" 2>&1 3>&- &
	pid=$!
	for ((i = 0; i < 100; i++)); do
		[ "$(wire one)" -eq 0 ] || break
		sleep 0.05
	done
	kill -9 $pid
	wait $pid || true
	grep -q 'Alert 1 recorded' "$PLACE/said"
	mode ok
	later 60 seconds
	bef watch
	[ "$status" -eq 6 ]
	says 'one ' 'NOT ARRIVED: another command is sending to it; next attempt 06:26'
	[ "$(wire one)" -eq 1 ]
	later -60 seconds
	came_once_more 2
}

@test "a lease that a clock set back made endless is no lease" {
	fault one "http://127.0.0.1:$(port)/ok/x-one"
	courier 'kill -9 $PPID'
	dies
	later -1 hour -91 seconds
	came_once_more 1
}

@test "what cannot be rendered a second time in doubt says so in the service's own words" {
	fault one "http://127.0.0.1:$(port)/text/ok/x-one" 'format = slack'
	courier 'read -r job' 'printf "%s\n" "$job" | $real >/dev/null' 'kill -9 $PPID'
	dies
	later 91 seconds
	ok watch
	[ "$(kept)" -eq 2 ]
	not grep -q 'perhaps a repeat' "$PLACE/kept/000001.req"
	grep -q 'sent again, perhaps a repeat' "$PLACE/kept/000002.req"
}

@test "a network program that is killed on its way leaves the message in doubt, and is started anew" {
	local pid net i
	fault one "http://127.0.0.1:$(port)/slow/x-one"
	"$BEFFROI" alert hello >"$PLACE/said" 2>&1 3>&- &
	pid=$!
	for ((i = 0; i < 100; i++)); do
		[ "$(wire one)" -eq 0 ] || break
		sleep 0.05
	done
	net=$(cat "/proc/$pid/task/$pid/children")
	# shellcheck disable=SC2086
	kill -9 $net
	wait $pid || true
	grep -q 'NOT ARRIVED: the network program gave no answer' "$PLACE/said"
	[ "$(tried one class)" = ambiguous ]
	mode ok
	ok alert send
	[ "$(of one state)" = accepted ]
	[ "$(wire one)" -eq 2 ]
	request_body "$PLACE/kept/000002.req" | jq -e '.data.text | test("sent again, perhaps a repeat")'
}

@test "a network program that makes no sense is survived: the message is in doubt, the next one has a new one" {
	local name lines n=0
	fault one "http://127.0.0.1:$(port)/ok/x-one"
	while read -r name lines; do
		n=$((n + 1))
		courier "$lines"
		with_courier alert "$name"
		[ "$status" -eq 6 ] || { echo "$name"; told; false; }
		says 'one ' 'NOT ARRIVED: the network program gave no answer'
		# One that is gone before it is spoken to has surely sent nothing.
		case $name-$(tried one class) in
		*-ambiguous | leaves-retry | faults-retry) ;;
		*) echo "$name: $(tried one class)" && false ;;
		esac
		with_courier alert drop "$n" -m "$name"
		later 10 minutes
	done <<-'END'
		leaves exit 0
		faults kill -SEGV $$
		garbage read -r job; echo 'this is no JSON'
		binary read -r job; head -c 1000 /dev/urandom; echo
		another read -r job; echo '[]'
		half read -r job; printf '{"v":1,"type":"res'
		endless read -r job; yes | tr -d '\n'
		silent sleep 60 3>&-
	END
	courier 'exec "$real"'
	with_courier alert hello
	[ "$status" -eq 0 ]
	sound
}

@test "one dead network program costs one message an attempt, not the next one" {
	fault one "http://127.0.0.1:$(port)/ok/x-one" 'quiet = 05:00-06:30'
	incident
	ok alert -i 1 first
	ok alert -i 2 second
	# The first that is started dies, the others do not.
	courier "mkdir $PLACE/started 2>/dev/null && { read -r job; exit 1; }" 'exec "$real"'
	at 2025-11-03T05:31:00Z
	with_courier watch
	[ "$(of one state)" = $'ready\naccepted' ]
	[ "$(wire one)" -eq 1 ]
}

@test "without the network program an alert waits, and says what is missing" {
	fault one "http://127.0.0.1:$(port)/ok/x-one"
	courier
	printf 'not a program' >"$PLACE/bin/beffroi-net"
	with_courier alert hello
	[ "$status" -eq 6 ]
	says 'Alert 1 recorded' 'NOT ARRIVED: the network program'
	ok alert send
	[ "$(of one state)" = accepted ]
}

# survives CALL N: killed at the Nth call of that name, and what comes of it; KILLED=no: there are not so many
survives() {
	rm -rf "$BEFFROI_BASE" "$PLACE"/kept/*.req
	cp -r "$PLACE/virgin" "$BEFFROI_BASE"
	at 2025-11-03T05:25:00Z
	KILLED=yes
	ASAN_OPTIONS=detect_leaks=0 strace -qq -o /dev/null -e "trace=$1" -e "inject=$1:signal=SIGKILL:when=$2" \
		"$BEFFROI" alert hello >"$PLACE/said" 2>/dev/null </dev/null 3>&- && KILLED=no
	later 91 seconds
	ok watch
	[ -z "$("$BEFFROI" alert queue --json)" ]
	ok log -k alert --json
	if grep -q 'Alert 1 recorded' "$PLACE/said"; then
		TOLD=$((TOLD + 1))
		[ "$(jq -r .kind <<<"$output" | tr '\n' ' ')" = 'alert.raised alert.delivered ' ]
	fi
	[ "$(kept)" -ge "$(jq -r 'select(.kind == "alert.raised").kind' <<<"$output" | wc -l)" ]
	[ "$(kept)" -eq 0 ] || [ "$(for each in "$PLACE"/kept/*.req; do header "$each" webhook-id; done | sort -u | wc -l)" -eq 1 ]
	[ "$(kept)" -le 2 ]
	sound
}

@test "killed at every system call that matters, what was told is there and arrives" {
	local calls='fsync fdatasync unlink sendto recvfrom vfork clone3 poll wait4' call n points=0
	[ "${TORTURE-}" != long ] || calls+=' pwrite64 openat close'
	command -v strace >/dev/null || skip "no strace"
	strace -o /dev/null true 2>/dev/null || skip "strace may not trace here"
	fault one "http://127.0.0.1:$(port)/ok/x-one"
	cp -r "$BEFFROI_BASE" "$PLACE/virgin"
	TOLD=0
	for call in $calls; do
		for ((n = 1; n < 300; n++)); do
			survives "$call" $n
			[ $KILLED = yes ] || break
			points=$((points + 1))
		done
	done
	echo "$points points, told at $TOLD"
	[ "$points" -gt 15 ]
	[ "$TOLD" -gt 3 ]
}
