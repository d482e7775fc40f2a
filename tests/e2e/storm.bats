#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Many alerts through a receiver that fails three times in ten, several people
# at once, some of them killed.  TORTURE=long: a thousand alerts, fifty kills;
# otherwise a hundred and twenty.

load lib

setup() {
	fresh
	needs_clock
}

teardown_more() {
	local pid
	for pid in ${CHILDREN-}; do kill "$pid" 2>/dev/null || true; done
	wait 2>/dev/null || true
}

# person NAME ALERTS: raise them one after the other, in every incident in turn
person() {
	local i level
	for ((i = 1; i <= $2; i++)); do
		level=urgent
		[ $((i % 7)) -ne 0 ] || level=critical
		at "$(cat "$PLACE/now")"
		rm -f "$PLACE/said-$1"
		"$BEFFROI" alert -i $((i % INCIDENTS + 1)) --level $level "$1-$i" >"$PLACE/said-$1" 2>>"$PLACE/errors" &
		echo $! >"$PLACE/pid-$1"
		wait $! 2>/dev/null || true
		# What was told must arrive, whatever became of whoever told it.
		! grep -qs 'recorded (#' "$PLACE/said-$1" || echo "$1-$i" >>"$PLACE/told"
	done
	rm -f "$PLACE/pid-$1"
	: >"$PLACE/over-$1"
}

# strike: kill somebody at work, at some moment; a tool that is just over is none
strike() {
	local victims=("$PLACE"/pid-*)
	sleep "0.$((RANDOM % 3))$((RANDOM % 10))"
	! kill -9 "$(cat "${victims[RANDOM % ${#victims[@]}]}" 2>/dev/null)" 2>/dev/null || KILLS=$((KILLS + 1))
}

# on SECONDS: the clock of all of them
on() {
	later "$1 seconds"
	echo "$BEFFROI_TEST_NOW" >"$PLACE/now.new"
	mv "$PLACE/now.new" "$PLACE/now"
}

# bodies: "ID REF LEVEL TEXT" of each request that came whole
bodies() {
	find "$PLACE/kept" -name '*.req' | sort | xargs awk '
		FNR == 1 { if (NR > 1) print id "\t" last; id = "" }
		tolower($1) == "webhook-id:" { id = $2; sub(/\r/, "", id) }
		{ last = $0 }
		END { print id "\t" last }' | grep -a '}$' |
		jq -Rr 'split("\t") | .[0] as $id | .[1] | fromjson | .data | "\($id) \(.incident.ref) \(.level) \(.seq) \(.text | split(" ") | last)"' | sort -u
}

@test "each alert arrives, in its order, though the receiver fails three times in ten and people are killed" {
	local alerts=120 kills=8 name pid round
	INCIDENTS=5 KILLS=0
	if [ "${TORTURE-}" = long ]; then alerts=1000 kills=50 INCIDENTS=20; fi
	for ((round = 1; round <= INCIDENTS; round++)); do incident "Incident $round"; done
	HOOK_LIFE=900 hook moody/30 'rate = 60000' 'kinds = message'
	RANDOM=42
	on 0
	: >"$PLACE/told"
	for name in anne bruno chloe david; do
		person $name $((alerts / 4)) 3>&- &
		CHILDREN+=" $!"
	done
	while [ "$(find "$PLACE" -name 'over-*' | wc -l)" -lt 4 ]; do
		if [ "$KILLS" -lt "$kills" ]; then strike; else sleep 0.2; fi
		on 20
	done
	# shellcheck disable=SC2086
	wait $CHILDREN
	[ "$KILLS" -ge $((kills / 2)) ] || { echo "only $KILLS kills"; false; }
	echo "raised in $SECONDS s, $KILLS kills"
	[ "$(wc -l <"$PLACE/told")" -ge $((alerts - alerts / 10 - kills)) ]

	# What is left leaves by itself, for two timers that meet, and one of them is killed at times.
	for ((round = 1; round < 100; round++)); do
		on 400
		"$BEFFROI" watch >/dev/null 2>&1 3>&- &
		pid=$!
		bef watch
		[ $((round % 5)) -ne 0 ] || kill -9 $pid 2>/dev/null || true
		wait $pid || true
		[ -n "$("$BEFFROI" alert queue --json 2>/dev/null)" ] || break
	done
	echo "$(cat "$PLACE/kept/connections" | wc -c) connections, $round rounds, $(grep -c ' ok$' "$PLACE/kept/moods") arrivals"

	# Nothing is left, and nothing ended otherwise than by arriving.
	ok alert queue --json
	[ -z "$output" ]
	[ "$(sqlite3 "$BEFFROI_BASE/beffroi.db" "SELECT DISTINCT state FROM outbox")" = accepted ]
	sound
	# However many attempts there were, the last ones are shown.
	ok alert log --json
	[ "$(tail -n 1 <<<"$output" | jq -r '.started_at' | cut -c 1-19)" = "$(sqlite3 "$BEFFROI_BASE/beffroi.db" \
		"SELECT strftime('%Y-%m-%dT%H:%M:%S', max(started_at) / 1000, 'unixepoch') FROM attempt")" ]
	# Each message has one id, and that id arrived.
	bodies >"$PLACE/bodies"
	[ -z "$(cut -d ' ' -f 1 "$PLACE/bodies" | uniq -d)" ]
	[ -z "$(cut -d ' ' -f 5- "$PLACE/bodies" | sort | uniq -d)" ]
	sqlite3 "$BEFFROI_BASE/beffroi.db" 'SELECT message FROM outbox' | sort >"$PLACE/ids"
	awk '$2 == "ok" && !seen[$1]++ { print $1 }' "$PLACE/kept/moods" >"$PLACE/arrived"
	diff "$PLACE/ids" <(sort "$PLACE/arrived")
	# What was told has arrived.
	[ -z "$(sort "$PLACE/told" | comm -23 - <(cut -d ' ' -f 5- "$PLACE/bodies" | sort))" ]
	# Of one incident, what is equally grave came first in the order in which it was raised.
	awk 'NR == FNR { ref[$1] = $2 " " $3; seq[$1] = $4; next }
		seq[$1] < last[ref[$1]] { print "after #" last[ref[$1]] " of " ref[$1] ": #" seq[$1]; bad = 1 }
		{ last[ref[$1]] = seq[$1]; n++ }
		END { if (bad || n < 80) exit 1 }' "$PLACE/bodies" "$PLACE/arrived"
}
