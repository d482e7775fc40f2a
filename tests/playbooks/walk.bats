#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Every shipped playbook carried out with the real program, from other terminals and from the guided run,
# which is killed in the middle: nothing told is lost, and the record is sound.

load ../e2e/lib

# A step that can be done now, of any run: "RUN STEP TYPE STATUS"
open_step() {
	"$BEFFROI" report -f json -o - 2>/dev/null | jq -r --argjson turn "$1" '[.runs[] | select(.finished or .stopped | not) |
		.run as $run | .steps[] | select(.status == "ready" or .status == "blocked") |
		"\($run) \(.step) \(.step_type) \(.status)"] | if length == 0 then empty else .[($turn * 7919) % length] end'
}

# Answer one open step at random; false when there is none.
answer_one() {
	local run step type status turn=$1
	read -r run step type status < <(open_step "$turn") || return 1
	[ -n "$step" ] || return 1
	case $type in
	if-condition) [ $((turn % 2)) -eq 0 ] && ok step "$step" --run "$run" yes || ok step "$step" --run "$run" no ;;
	while-condition) [ $((turn % 3)) -eq 0 ] && ok step "$step" --run "$run" yes || ok step "$step" --run "$run" no ;;
	playbook-action)
		{ [ $((turn % 4)) -eq 0 ] && bef step "$step" --run "$run" start && [ "$status" -eq 0 ]; } ||
			ok step "$step" --run "$run" done ;;
	*)
		if [ "$status" = ready ] && [ $((turn % 5)) -eq 0 ]; then ok step "$step" --run "$run" fail 'no luck'
		elif [ $((turn % 7)) -eq 0 ]; then ok step "$step" --run "$run" skip 'not here' --second anne
		else ok step "$step" --run "$run" done --proof 'seen'; fi ;;
	esac
}

# The guided run, killed after one answer was told.
kill_a_run() {
	local pid
	mkfifo keys
	"$BEFFROI" run <keys >told 2>&1 &
	pid=$!
	exec 7>keys
	echo n >&7
	echo 'written before the kill' >&7
	for _ in $(seq 100); do grep -q noted told && break; sleep 0.02; done
	kill -9 "$pid"
	exec 7>&-
	wait "$pid" 2>/dev/null || true
	rm keys
	grep -q noted told || { cat told; return 1; }
	"$BEFFROI" log | grep -q 'written before the kill'
}

@test "every shipped playbook is carried out to its end, with a kill in the middle" {
	SEED=${UNIT_SEED:-1}
	local key turn killed
	for key in $("$BEFFROI" playbook list --json | jq -r 'select(.key | startswith("common") | not).key' |
		{ [ -n "${TORTURE:-}" ] && cat || shuf -n 3 --random-source=<(yes "$SEED"); }); do
		killed=0
		"$BEFFROI" open "$key" >/dev/null 2>&1
		ok run "$key"
		turn=0
		while answer_one $((turn + SEED)); do
			turn=$((turn + 1))
			[ $turn -lt 400 ] || { echo "$key does not end"; return 1; }
			if [ $turn -eq 9 ]; then kill_a_run; killed=1; fi
		done
		# An intrusion that proves to be a ransomware hands over to that playbook and is over in three answers.
		[ $killed -eq 1 ] || [ "$key:$turn" = intrusion:3 ]
		"$BEFFROI" report -f json -o - 2>/dev/null | jq -e '.runs[0].finished' >/dev/null
		sound
	done
}
