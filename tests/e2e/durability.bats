#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# What was acknowledged is there, whatever happens to whoever writes.
# TORTURE=long kills five hundred times, otherwise sixty.

load lib

setup() {
	fresh
	unset BEFFROI_TEST_NOW
	incident
}

teardown_more() {
	local pid
	for pid in ${CHILDREN-}; do kill "$pid" 2>/dev/null || true; done
	wait 2>/dev/null || true
}

# pause MILLISECONDS, without a process
pause() {
	local thousandths
	printf -v thousandths %04d "$1"
	read -r -t "${thousandths:0:1}.${thousandths:1}" <>"$PLACE/never" || true
}

# How long one note takes here, in milliseconds.
one_note() {
	local start=${EPOCHREALTIME/./} i
	for i in 1 2 3 4 5; do "$BEFFROI" note "warming $i" >/dev/null; done
	echo $(((${EPOCHREALTIME/./} - start) / 5000 + 1))
}

# Every text of file $1, "#N recorded … <text", stands in the journal once, under its number.
all_there() {
	local lost
	"$BEFFROI" log --all --json | jq -r 'select(.kind == "note") | "#\(.number) \(.body.text)"' | sort >"$PLACE/journal"
	[ -z "$(cut -d ' ' -f 2- "$PLACE/journal" | sort | uniq -d)" ] || { echo "twice in the journal"; return 1; }
	lost=$(sort "$1" | comm -23 - "$PLACE/journal")
	[ -z "$lost" ] || { echo "acknowledged and not there: $lost"; return 1; }
}

no_lock_is_left() {
	flock -n "$BEFFROI_BASE/beffroi.lock" true
	[ -z "$(find "$BEFFROI_BASE" -name '*-journal' -size +0)" ] || "$BEFFROI" status >/dev/null
}

# other NAME: write until told to stop, and keep what was acknowledged
other() {
	local i=0 answer
	while [ ! -e "$PLACE/stop" ]; do
		i=$((i + 1))
		answer=$("$BEFFROI" note --quiet "$1-$i" 2>>"$PLACE/other.err") || continue
		echo "${answer%% *} $1-$i" >>"$PLACE/told-$1"
	done
}

@test "a writer killed again and again while four others write loses nothing that was told" {
	local kills=60 round most pid name told=0
	[ "${TORTURE-}" != long ] || kills=500
	mkfifo "$PLACE/never"
	: >"$PLACE/told"
	most=$(($(one_note) * 5))
	for name in one two three four; do
		other "$name" 3>&- &
		CHILDREN+=" $!"
	done
	RANDOM=42
	for ((round = 1; round <= kills; round++)); do
		rm -f "$PLACE/answer" # it may die before it makes its own
		"$BEFFROI" note "victim-$round" >"$PLACE/answer" 2>/dev/null 3>&- &
		pid=$!
		pause $((RANDOM % most))
		kill -KILL "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
		! grep -qs '^#' "$PLACE/answer" || echo "$(cut -d ' ' -f 1 "$PLACE/answer") victim-$round" >>"$PLACE/told"
	done
	: >"$PLACE/stop"
	# shellcheck disable=SC2086
	wait $CHILDREN
	told=$(wc -l <"$PLACE/told")
	echo "killed $kills times, $told had been told" >&3
	cat "$PLACE"/told-* >>"$PLACE/told"
	all_there "$PLACE/told"
	[ ! -s "$PLACE/other.err" ] || { cat "$PLACE/other.err"; return 1; }
	sound
	no_lock_is_left
	ok note afterwards
	[ "$told" -lt "$kills" ]
}

@test "an opening killed at any moment leaves a journal that can be opened, or none" {
	local round pid most
	mkfifo "$PLACE/never"
	most=$(($(one_note) * 2))
	for ((round = 1; round <= 15; round++)); do
		export BEFFROI_BASE=$PLACE/base-$round XDG_STATE_HOME=$PLACE/state-$round
		rm -f "$PLACE/answer"
		"$BEFFROI" open "victim" >"$PLACE/answer" 2>/dev/null 3>&- &
		pid=$!
		pause $((RANDOM % most))
		kill -KILL "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
		! grep -qs opened "$PLACE/answer" || [ "$("$BEFFROI" list --json | wc -l)" -eq 1 ] || { cat "$PLACE/answer"; "$BEFFROI" list; return 1; }
		ok open next
		ok note x
		sound
	done
}

@test "an attachment killed at any moment leaves nothing that verify minds" {
	local round pid most
	mkfifo "$PLACE/never"
	most=$(($(one_note) * 3))
	head -c 20000000 /dev/urandom >big
	for ((round = 1; round <= 10; round++)); do
		"$BEFFROI" attach big >/dev/null 2>&1 3>&- &
		pid=$!
		pause $((RANDOM % most))
		kill -KILL "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
		sound
	done
	ok attach big
	sound
}

@test "ten first openings at once are ten incidents in one journal" {
	local i
	export BEFFROI_BASE=$PLACE/new XDG_STATE_HOME=$PLACE/new-state
	CHILDREN=
	for i in 1 2 3 4 5 6 7 8 9 10; do
		"$BEFFROI" open "number $i" >"$PLACE/open-$i" 2>&1 3>&- &
		CHILDREN+=" $!"
	done
	for i in $CHILDREN; do wait "$i"; done
	[ "$(cat "$PLACE"/open-* | grep -o 'INC-[0-9]*-[0-9]*' | sort -u | wc -l)" -eq 10 ]
	sound
}

@test "SIGINT at any moment ends with 130 or a whole answer, and nothing half-written" {
	local round pid code most before after ended=0
	mkfifo "$PLACE/never"
	most=$(($(one_note) * 2))
	for ((round = 1; round <= 20; round++)); do
		before=$(entries)
		rm -f "$PLACE/answer" "$PLACE/err"
		"$BEFFROI" note "interrupted-$round" >"$PLACE/answer" 2>"$PLACE/err" 3>&- &
		pid=$!
		pause $((RANDOM % most))
		kill -INT "$pid" 2>/dev/null || true
		code=0
		wait "$pid" || code=$?
		after=$(entries)
		case $code in
		0)
			[ -s "$PLACE/answer" ]
			[ "$after" -eq $((before + 1)) ]
			;;
		130)
			ended=$((ended + 1))
			[ "$after" -le $((before + 1)) ]
			# Before our handler is there, the signal's own end: nothing said.
			[ ! -s "$PLACE/err" ] || [ "$(wc -l <"$PLACE/err")" -eq 1 ]
			;;
		*) echo "status $code"; return 1 ;;
		esac
	done
	sound
	ok note afterwards
}

@test "SIGINT while waiting for another writer ends the wait" {
	local pid code=0
	flock "$BEFFROI_BASE/beffroi.lock" sleep 20 3>&- &
	CHILDREN=$!
	until ! flock -n "$BEFFROI_BASE/beffroi.lock" true; do sleep 0.02; done
	echo 'typed while waiting' | "$BEFFROI" note - >"$PLACE/answer" 2>"$PLACE/err" 3>&- &
	pid=$!
	until grep -rqs 'typed while waiting' "$XDG_STATE_HOME"; do sleep 0.02; done
	sleep 0.1
	SECONDS=0
	kill -INT "$pid"
	wait "$pid" || code=$?
	[ "$code" -eq 130 ]
	[ "$SECONDS" -lt 5 ]
	[ ! -s "$PLACE/answer" ]
	grep -q '^interrupted\|^beffroi: interrupted' "$PLACE/err"
	pkill -P "$CHILDREN" 2>/dev/null || true
	kill "$CHILDREN" 2>/dev/null || true
	wait "$CHILDREN" 2>/dev/null || true
	[ "$(entries)" -eq 1 ]
	ok note afterwards
	talks 'typed while waiting'
}

@test "SIGINT in a long attachment leaves nothing behind" {
	local pid code=0
	truncate -s 4G huge
	"$BEFFROI" attach huge >/dev/null 2>"$PLACE/err" 3>&- &
	pid=$!
	until [ -n "$(find "$BEFFROI_BASE/evidence" -name '.new*' -size +1000)" ]; do sleep 0.02; done
	kill -INT "$pid"
	wait "$pid" || code=$?
	[ "$code" -eq 130 ]
	[ -z "$(ls -A "$BEFFROI_BASE/evidence")" ]
	grep -q 'was not attached' "$PLACE/err"
	[ "$(entries)" -eq 1 ]
	sound
}

@test "who finds the journal busy too long is told who writes, and keeps the text" {
	mkdir -p "$XDG_CONFIG_HOME/beffroi"
	echo 'wait = 1' >"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	flock "$BEFFROI_BASE/beffroi.lock" sleep 20 3>&- &
	CHILDREN=$!
	until ! flock -n "$BEFFROI_BASE/beffroi.lock" true; do sleep 0.02; done
	bef_on 'first busy text' note -
	is_refused 8 'somebody else is writing' 'nothing is lost'
	bef_on 'second busy text' note -
	[ "$status" -eq 8 ]
	ok status
	ok log
	pkill -P "$CHILDREN" 2>/dev/null || true
	kill "$CHILDREN" 2>/dev/null || true
	wait "$CHILDREN" 2>/dev/null || true
	ok note afterwards
	talks 'first busy text' 'second busy text'
	[ "$(entries)" -eq 2 ]
}

@test "writers that wait for each other are all served" {
	local i
	CHILDREN=
	for i in $(seq 16); do
		"$BEFFROI" note "together-$i" >"$PLACE/told-$i" 2>&1 3>&- &
		CHILDREN+=" $!"
	done
	for i in $CHILDREN; do wait "$i"; done
	[ "$(entries)" -eq 17 ]
	for i in $(seq 16); do echo "$(cut -d ' ' -f 1 "$PLACE/told-$i") together-$i"; done >"$PLACE/told"
	all_there "$PLACE/told"
	sound
}
