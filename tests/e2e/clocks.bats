#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# When what failed leaves again: what the receiver asked for, and clocks that jump.

load lib
load faults

setup() {
	fresh
	needs_clock
	incident
	mkdir -p "$PLACE/kept" "$XDG_CONFIG_HOME/beffroi"
	"$HOOK" "$PLACE/kept" 120 >"$PLACE/port" 3>&- &
	echo $! >"$PLACE/hook.pid"
	until [ -s "$PLACE/port" ]; do sleep 0.02; done
}

# past SECONDS NAME=REQUESTS...: so long after the alert a look is taken; so many requests came since the start
past() {
	local each
	at "$(date -u -d "2025-11-03T05:25:00Z + $1 seconds" +%Y-%m-%dT%H:%M:%SZ)"
	bef watch
	[ "$status" -eq 6 ]
	for each in "${@:2}"; do
		[ "$(wire "${each%=*}")" -ge "${each#*=}" ] || { echo "after $1 s, $each: $(wire "${each%=*}")"; return 1; }
		[ "${each#*=}" -ne 1 ] || [ "$(wire "${each%=*}")" -eq 1 ] || { echo "after $1 s, $each: too soon"; return 1; }
	done
}

@test "Retry-After in every form: what makes sense is obeyed, for the whole destination, an hour at most" {
	local name form
	# The webhook's clock says Sun, 06 Nov 1994 08:49:37 GMT: a date counts from there.
	while read -r name form; do
		fault "$name" "http://127.0.0.1:$(port)/retry-after/$form/x-$name"
	done <<-'END'
		seconds 120
		padded %20120%20
		date Sun,%2006%20Nov%201994%2008:51:37%20GMT
		zero 0
		negative -120
		fraction 120.5
		words soon
		mixed 120%20seconds
		bygone Sun,%2006%20Nov%201994%2008:47:37%20GMT
		nodate Sun,%2041%20Nov%201994%2008:51:37%20GMT
		huge 99999999999999999999
		day 86400
		later Mon,%2006%20Nov%202034%2008:51:37%20GMT
	END
	bef alert hello
	[ "$status" -eq 6 ]
	for name in seconds padded date; do [[ $(line $name) =~ 'too many requests; next attempt 06:27' ]]; done
	for name in huge day later; do [[ $(line $name) =~ 'next attempt 07:'[23] ]] || { line $name; false; }; done
	past 3 seconds=1 padded=1 date=1 huge=1 day=1 later=1 zero=2 negative=2 fraction=2 words=2 mixed=2 bygone=2 nodate=2
	# Not even what is new and critical passes.
	bef alert --level critical --to seconds 'the same again'
	[ "$status" -eq 6 ]
	[[ $(line seconds) == *'NOT ARRIVED: it is left alone for a while; next attempt 06:27' ]] || { line seconds; false; }
	past 119 seconds=1 padded=1 date=1 huge=1
	past 145 seconds=2 padded=2 date=2 huge=1 day=1 later=1
	past 3599 huge=1 day=1 later=1
	past 4325 huge=2 day=2 later=2
	sound
}

@test "a person who insists is not held back by what the receiver asked for" {
	fault seconds "http://127.0.0.1:$(port)/retry-after/120/x-seconds"
	bef alert hello
	bef alert send
	[ "$status" -eq 6 ]
	[ "$(wire seconds)" -eq 2 ]
}

@test "an alert behind one that waits says when that one is due, and does not ask again and again meanwhile" {
	fault one "http://127.0.0.1:$(port)/status/503/x-one"
	bef alert --level info hello
	SECONDS=0
	bef alert --level info again
	[ "$status" -eq 6 ]
	[ "$SECONDS" -le 2 ]
	says 'one ' 'NOT ARRIVED: an earlier alert still waits there; next attempt 06:25'
	[ "$(wire one)" -eq 1 ]
}

# mended NAME: its receiver answers as it should from now on
mended() {
	sed -i "s,^url = .*/x-$1\$,url = http://127.0.0.1:$(port)/ok/x-$1," "$XDG_CONFIG_HOME/beffroi/beffroi.conf"
}

@test "a clock that is set back holds nothing up: what failed, what was asked for, what is left alone" {
	local name round
	for name in failed alone; do fault $name "http://127.0.0.1:$(port)/status/503/x-$name"; done
	fault paused "http://127.0.0.1:$(port)/retry-after/120/x-paused"
	# Five failures in one look, of five incidents: it is left alone.
	sed -i '/^.destination.alone/a quiet = 05:00-06:30' "$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	for round in 1 2 3 4 5; do
		[ $round = 1 ] || incident
		ok alert --to alone "number $round"
	done
	at 2025-11-03T05:31:00Z
	bef alert --to failed --to paused hello
	[ "$(wire failed)$(wire paused)$(wire alone)" = 115 ]
	for name in failed paused alone; do mended $name; done
	ok alert queue
	at 2025-11-03T04:31:00Z
	bef watch
	[ "$(wire failed)$(wire paused)$(wire alone)" = 215 ]
	later 145 seconds
	ok watch
	[ "$(wire failed)$(wire paused)" = 22 ]
	[ "$(wire alone)" = 10 ]
	ok alert queue --json
	[ -z "$output" ]
	sound
}

@test "what was never tried leaves although the clock was set back, but for what quiet hours hold" {
	local bin=$PLACE/bin
	mkdir "$bin"
	cp "$BEFFROI" "$bin/beffroi"
	printf '#!/bin/sh\nkill -9 $PPID\n' >"$bin/beffroi-net"
	chmod +x "$bin/beffroi-net"
	fault one "http://127.0.0.1:$(port)/ok/x-one"
	fault two "http://127.0.0.1:$(port)/ok/x-two"
	fault night "http://127.0.0.1:$(port)/ok/x-night" 'quiet = 22:00-08:00'
	run "$bin/beffroi" alert hello
	[ "$status" -eq 137 ]
	at 2025-11-03T04:25:00Z
	ok watch
	[ "$(wire one)$(wire two)$(wire night)" = 110 ]
	at 2025-11-03T07:00:01Z
	ok watch
	[ "$(wire one)$(wire two)$(wire night)" = 111 ]
}

@test "a clock that jumps a day ahead: what still has a meaning leaves, the rest is said to have expired" {
	fault one "http://127.0.0.1:$(port)/status/503/x-one" 'kinds = message, correction'
	bef alert 'the first'
	bef alert --corrects 1 'not the first'
	[ "$status" -eq 6 ]
	mended one
	later 25 hours
	bef watch
	says 'one ' 'accepted ('
	[ "$(of one state)" = $'expired\naccepted' ]
	[ "$(kept)" -eq 2 ]
	ok log -k alert
	says 'NOT delivered to one after 1 attempt'
	ok alert queue --json
	[ -z "$output" ]
	# And back again: nothing is sent twice.
	at 2025-11-03T05:26:00Z
	ok watch
	[ "$(kept)" -eq 2 ]
	ok alert again
	[ "$(kept)" -eq 3 ]
	sound
}
