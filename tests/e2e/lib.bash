# SPDX-License-Identifier: EUPL-1.2
#
# What every file here loads: each test starts in an empty place of its own, in
# English, in Paris, on 3 November 2025 at 06:25, as lea.  BEFFROI, BEFFROI_NET
# and HOOK name the programs.  After `bef WORDS`, $status, $output and $stderr
# tell what came of it.

bats_require_minimum_version 1.5.0
: "${BEFFROI:?}" "${BEFFROI_NET:?}" "${HOOK:?}"

fresh() {
	unset LANGUAGE LC_MESSAGES LANG BEFFROI_LANG BEFFROI_ROLE NO_COLOR FORCE_COLOR CLICOLOR_FORCE COLUMNS \
		ACCESSIBLE VISUAL EDITOR BEFFROI_EDITOR TMUX COMP_LINE
	PLACE=$BATS_TEST_TMPDIR/place
	mkdir -p "$PLACE/work"
	export HOME=$PLACE/home XDG_CONFIG_HOME=$PLACE/config XDG_DATA_HOME=$PLACE/data XDG_STATE_HOME=$PLACE/state
	export BEFFROI_BASE=$PLACE/base BEFFROI_AUTHOR=lea LC_ALL=C TZ=Europe/Paris TERM=xterm
	at 2025-11-03T05:25:00Z
	cd "$PLACE/work" || return 1
}

# setup() of a file that has nothing to add.
setup() {
	fresh
}

# The clock stands at this instant until told otherwise; release builds have no such clock.
at() {
	export BEFFROI_TEST_NOW=$1
}

later() {
	at "$(date -u -d "$BEFFROI_TEST_NOW $*" +%Y-%m-%dT%H:%M:%SZ)"
}

needs_clock() {
	"$BEFFROI" --version | grep -q testing || skip "the clock of a release build cannot be set"
}

is_asan() {
	case $BEFFROI in
	*/asan/*) return 0 ;;
	esac
	grep -qa __asan_init "$BEFFROI"
}

bef() {
	run --separate-stderr "$BEFFROI" "$@" </dev/null
}

# The same with this text on standard input.
bef_on() {
	printf %s "$1" >"$PLACE/stdin"
	shift
	run --separate-stderr "$BEFFROI" "$@" <"$PLACE/stdin"
}

told() {
	echo "status $status"
	echo "stdout: $output"
	echo "stderr: ${stderr-}"
}

# It succeeds.
ok() {
	bef "$@"
	[ "$status" -eq 0 ] || { told; return 1; }
}

# Nothing was said beside the result.
silent() {
	[ -z "${stderr-}" ] || { told; return 1; }
}

# What must not be so: a bare "!" would pass unseen in the middle of a test.
not() {
	if "$@"; then
		echo "it is so: $*"
		return 1
	fi
}

# says TEXT…: the result holds each; talks TEXT…: what was said beside it does.
says() {
	local text
	for text; do
		[[ $output == *"$text"* ]] || { echo "not said: $text"; told; return 1; }
	done
}

says_not() {
	local text
	for text; do
		[[ $output != *"$text"* ]] || { echo "said: $text"; told; return 1; }
	done
}

talks() {
	local text
	for text; do
		[[ $stderr == *"$text"* ]] || { echo "not said beside: $text"; told; return 1; }
	done
}

# Refused: refused STATUS MESSAGE HINT WORDS….  One line "beffroi: MESSAGE" at the end of the talk,
# a hint below it (or none, for ''), and nothing on standard output.
refused() {
	local want=$1 message=$2 hint=$3
	shift 3
	bef "$@"
	is_refused "$want" "$message" "$hint"
}

is_refused() {
	local last
	[ "$status" -eq "$1" ] || { echo "wanted status $1"; told; return 1; }
	[ -z "$output" ] || { echo "something on standard output"; told; return 1; }
	[ "$(grep -c '^beffroi: ' <<<"$stderr")" -eq 1 ] || { echo "not one line of error"; told; return 1; }
	[[ $stderr == *"beffroi: "*"$2"* ]] || { echo "wanted: $2"; told; return 1; }
	last=${stderr_lines[-1]}
	if [ -n "$3" ]; then
		[[ $last == '  -> '*"$3"* ]] || { echo "wanted the hint: $3"; told; return 1; }
	else
		[[ $last == 'beffroi: '* ]] || { echo "wanted no hint"; told; return 1; }
	fi
}

# Each line of the result is one object with v and type first, of one of these types.
is_json() {
	local type types
	[ "${#lines[@]}" -gt 0 ] || { echo "nothing on standard output"; told; return 1; }
	# jq starts slowly: once for all of them.
	types=$(printf '%s\n' "${lines[@]}" | jq -Rr 'fromjson |
		if keys_unsorted[:2] == ["v", "type"] and .v == 1 then .type else error("v, type") end') ||
		{ echo "not such objects"; told; return 1; }
	mapfile -t types <<<"$types"
	[ "${#types[@]}" -eq "${#lines[@]}" ] || { echo "not an object each"; told; return 1; }
	for type in "${types[@]}"; do
		[[ " $* " == *" $type "* ]] || { echo "of type $type"; told; return 1; }
	done
}

# field FILTER: what jq finds in the result
field() {
	jq -r "$1" <<<"$output"
}

# Number of entries in the current incident.
entries() {
	"$BEFFROI" status --json "$@" | sed -n 's/.*"entries":\([0-9]*\).*/\1/p'
}

# Everything below the place but what the tests themselves put there, and what means nothing at rest.
fingerprint() {
	(cd "$PLACE" && find . \( -name stdin -o -name beffroi.lock -o -name beffroi.db-journal -o -path ./work \) -prune -o -type f -exec sha256sum {} + | sort)
}

# dry WORDS…: with --dry-run it succeeds, and no file changes.
dry() {
	local before
	before=$(fingerprint)
	bef --dry-run "$@"
	[ "$status" -eq 0 ] || { told; return 1; }
	[ "$before" = "$(fingerprint)" ] || { echo "files changed:"; diff <(echo "$before") <(fingerprint); return 1; }
}

# The journal is sound.
sound() {
	local verdict
	verdict=$("$BEFFROI" verify --all-signatures 2>&1) || { echo "verify: $verdict"; return 1; }
	[[ $verdict == Sound* || $verdict == Intègre* || $verdict == Sain* || $verdict == *chaîne* ]] ||
		{ echo "verify: $verdict"; return 1; }
}

# An incident to work in.
incident() {
	"$BEFFROI" open "${1:-Encrypted files}" --type "${2:-ransomware}" >/dev/null 2>&1
}

# playbook KEY NUMBER WORKFLOW [VARIABLES]: a small one among those at hand; steps are named by letters
playbook() {
	mkdir -p "$BEFFROI_BASE/playbooks"
	jq -n --arg key "$1" --arg id "playbook--00000000-0000-4000-8000-00000000000$2" --argjson steps "$3" \
		--argjson variables "${4:-{\}}" '{type: "playbook", spec_version: "cacao-2.0", id: $id, name: $key,
		modified: "2026-01-01T00:00:00.000Z", workflow_start: "start", playbook_variables: $variables,
		workflow: ({start: {type: "start", on_completion: ($steps | keys_unsorted[0])}, end: {type: "end"}} +
		($steps | with_entries(.value = {name: .key} + .value)))}' >"$BEFFROI_BASE/playbooks/$1.json"
}

# --- a webhook ---------------------------------------------------------------

# hook [PATH] [LINE...]: start one, and write the configuration of the destination "cell"
hook() {
	mkdir -p "$PLACE/kept" "$XDG_CONFIG_HOME/beffroi"
	"$HOOK" "$PLACE/kept" "${HOOK_LIFE:-120}" >"$PLACE/port" 3>&- &
	echo $! >"$PLACE/hook.pid"
	until [ -s "$PLACE/port" ]; do sleep 0.02; done
	SECRET=whsec_$(printf 'an example secret of 32 bytes...' | base64)
	destination cell "http://127.0.0.1:$(cat "$PLACE/port")/${1:-ok}" "${@:2}"
}

# destination NAME URL [LINE...]: add it to the configuration
destination() {
	mkdir -p "$XDG_CONFIG_HOME/beffroi"
	(
		umask 077
		echo "${SECRET:=whsec_$(printf 'an example secret of 32 bytes...' | base64)}" >"$PLACE/secret"
		printf '[destination.%s]\nurl = %s\nsecret_file = %s\n' "$1" "$2" "$PLACE/secret" \
			>>"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
		[ $# -eq 2 ] || printf '%s\n' "${@:3}" >>"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	)
}

kept() {
	find "$PLACE/kept" -name '*.req' | wc -l
}

# The signature that a kept request carries is that of its bytes, computed here again.
signature_is_good() {
	local request=$1 id time given key mac
	id=$(header "$request" webhook-id)
	time=$(header "$request" webhook-timestamp)
	given=$(header "$request" webhook-signature)
	key=$(printf %s "${SECRET#whsec_}" | base64 -d | od -An -tx1 | tr -d ' \n')
	mac=$({ printf '%s.%s.' "$id" "$time"; request_body "$request"; } |
		openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
	[ "$given" = "v1,$mac" ]
}

header() {
	tr -d '\r' <"$1" | sed -n "1,/^\$/s/^$2: //ip"
}

request_body() {
	LC_ALL=C sed '1,/^\r*$/d' "$1"
}

# Digests and UUIDs by the order in which they come: what is left is the same each time.
normal() {
	awk '{
		out = ""
		while (match($0, /[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]-?[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-?[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-?[0-9a-f][0-9a-f][0-9a-f][0-9a-f]-?[0-9a-f]+|[0-9A-F][0-9A-F][0-9A-F][0-9A-F](\\?-[0-9A-F][0-9A-F][0-9A-F][0-9A-F])(\\?-[0-9A-F][0-9A-F][0-9A-F][0-9A-F])(\\?-[0-9A-F][0-9A-F][0-9A-F][0-9A-F])(\\?-[0-9A-F][0-9A-F][0-9A-F][0-9A-F])/)) {
			one = substr($0, RSTART, RLENGTH)
			if (!(one in name))
				name[one] = "ID" ++count
			out = out substr($0, 1, RSTART - 1) name[one]
			$0 = substr($0, RSTART + RLENGTH)
		}
		print out $0
	}'
}

# --- a terminal --------------------------------------------------------------

# terminal [COLUMNS [ROWS]]: a shell of a private tmux server, in this environment
terminal() {
	command -v tmux >/dev/null || skip "tmux is not here"
	SOCKET=$BATS_TEST_TMPDIR/tmux
	env -u LC_ALL LC_ALL=C.UTF-8 tmux -f /dev/null -S "$SOCKET" new-session -d -x "${1:-80}" -y "${2:-50}" \
		"cd '$PLACE/work' && env LC_ALL='$LC_ALL' PS1='READY> ' bash --norc --noprofile -i" 3>&-
	await 'READY>'
}

screen() {
	tmux -S "$SOCKET" capture-pane -p -J -S -2000 ${1+"$@"}
}

# await TEXT: until it is on the screen; ten seconds at most (asan is slow)
await() {
	local i
	for ((i = 0; i < 400; i++)); do
		[[ $(screen) == *"$1"* ]] && return 0
		sleep 0.025
	done
	echo "never seen: $1"
	screen
	return 1
}

# type TEXT: its characters, then Enter
type_line() {
	tmux -S "$SOCKET" send-keys -l -- "$1"
	tmux -S "$SOCKET" send-keys Enter
}

key() {
	tmux -S "$SOCKET" send-keys "$@"
}

# in_terminal WORDS: run the program there and wait until it is over; its exit status in $status
in_terminal() {
	start_in_terminal "$1"
	ends
}

# The same without waiting, on an empty screen.
start_in_terminal() {
	MARK=$((${MARK-0} + 1))
	tmux -S "$SOCKET" send-keys -R
	tmux -S "$SOCKET" clear-history
	type_line "$BEFFROI $1; echo \"over-$MARK: \$?\""
}

ends() {
	local i
	for ((i = 0; i < 400; i++)); do
		status=$(screen | sed -n "s/^.*over-$MARK: \([0-9][0-9]*\)\$/\1/p" | tail -n 1)
		[ -z "$status" ] || return 0
		sleep 0.025
	done
	echo "it does not end"
	screen
	return 1
}

teardown() {
	[ -z "${SOCKET-}" ] || tmux -S "$SOCKET" kill-server 2>/dev/null || true
	[ ! -s "${PLACE-/}/hook.pid" ] || kill "$(cat "$PLACE/hook.pid")" 2>/dev/null || true
	! type -t teardown_more >/dev/null || teardown_more
}
