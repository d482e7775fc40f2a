# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
#
# What the tests of faults share: one alert to many destinations, each with a
# fault of its own, in one command.

# port: of the webhook
port() {
	cat "$PLACE/port"
}

# fault NAME URL [LINE...]: a destination that hears messages only, and as many as there are
fault() {
	destination "$1" "$2" 'kinds = message' 'rate = 60000' "${@:3}"
}

# wire NAME: requests that came for it
wire() {
	grep -laE "^[A-Z]+ /[^ ]*/x-$1 " "$PLACE"/kept/*.req 2>/dev/null | wc -l
}

# of NAME MEMBER: of its row in the queue
of() {
	"$BEFFROI" alert queue --all --json | jq -r --arg name "$1" "select(.destination == \$name) | .$2"
}

# tried NAME MEMBER: of its last attempt
tried() {
	"$BEFFROI" alert log --json | jq -r --arg name "$1" "select(.destination == \$name) | .$2" | tail -n 1
}

# line NAME: what the command said of it
line() {
	grep -- "^$1  *" <<<"$output" | tail -n 1
}

# ended NAME STATE CLASS WORDS: so says the queue, so say the attempts, and so was it told
ended() {
	local told=${4#-}
	[ "$(of "$1" state)" = "$2" ] || { echo "$1 is $(of "$1" state), not $2"; return 1; }
	[ "$(tried "$1" class)" = "$3" ] || { echo "$1 was $(tried "$1" class), not $3"; return 1; }
	case $2 in
	accepted) [[ $(line "$1") == *"accepted ("* ]] ;;
	failed) [[ $(line "$1") == *"GIVEN UP: "*"$told"* ]] ;;
	ready) [[ $(line "$1") == *"NOT ARRIVED: "*"$told"*"; next attempt "* ]] ;;
	esac || { echo "of $1: $(line "$1")"; return 1; }
	[ "$2" = accepted ] || [[ $(of "$1" detail) == *"$told"* ]] || { echo "$1: $(of "$1" detail)"; return 1; }
}

# faults: "NAME PATH REQUESTS STATE CLASS WORDS" a line; raise one alert and look at each.  PATH may be a URL.
faults() {
	local name path requests state class words table=$PLACE/table
	cat >"$table"
	while read -r name path requests state class words; do
		case $path in
		*://*) fault "$name" "$path" ;;
		*) fault "$name" "http://127.0.0.1:$(port)/$path/x-$name" ;;
		esac
	done <"$table"
	bef alert 'Do not switch any computer on'
	cut -d ' ' -f 4 "$table" | grep -qv accepted && [ "$status" -eq 6 ] || [ "$status" -eq 0 ]
	while read -r name path requests state class words; do
		ended "$name" "$state" "$class" "$words"
		[ "$(wire "$name")" -eq "$requests" ] || { echo "$name: $(wire "$name") requests"; return 1; }
	done <"$table"
	sound
}
