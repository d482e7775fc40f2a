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

# rows: the file of what the queue and the attempts say, "queue|log DESTINATION MEMBER VALUE" with tabs; they are
# asked again only when the journal was written since, or the clock moved
rows() {
	local file=$PLACE/rows.${BEFFROI_TEST_NOW-}
	local members='.destination as $name | to_entries[] | [$what, $name, .key, (.value | tostring)] | @tsv'
	[ "$file" -nt "$BEFFROI_BASE/beffroi.db" ] || {
		"$BEFFROI" alert queue --all --json | jq -r --arg what queue "$members"
		"$BEFFROI" alert log --json | jq -r --arg what log "$members"
	} >"$file"
	echo "$file"
}

# of NAME MEMBER: of its row in the queue
of() {
	awk -F '\t' -v name="$1" -v member="$2" '$1 == "queue" && $2 == name && $3 == member { print $4 }' "$(rows)"
}

# tried NAME MEMBER: of its last attempt
tried() {
	awk -F '\t' -v name="$1" -v member="$2" '$1 == "log" && $2 == name && $3 == member { last = $4 } END { print last }' \
		"$(rows)"
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
