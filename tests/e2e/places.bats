#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Where it runs: locales, terminals and none, widths, the two Sundays on which
# clocks change, and disks that are read-only or full.

load lib

teardown_more() {
	[ ! -e "$BATS_TEST_TMPDIR/mounted" ] || umount -l "$PLACE/disk" 2>/dev/null || true
}

# --- languages ---

@test "the language is the option's, then BEFFROI_LANG, LANGUAGE, LC_ALL, LC_MESSAGES, LANG" {
	language() {
		case $(env -u LC_ALL "$@" "$BEFFROI" help | head -n 1) in
		*'main courante'* | *fiches* | *incident*cyber*) echo fr ;;
		*) echo en ;;
		esac
	}
	[ "$(language A=1)" = en ]
	[ "$(language LC_ALL=C)" = en ]
	[ "$(language LC_ALL=C.UTF-8)" = en ]
	[ "$(language LANG=fr_FR.UTF-8)" = fr ]
	[ "$(language LANG=fr)" = fr ]
	[ "$(language LANG=fr_CA@euro)" = fr ]
	[ "$(language LANG=de_DE.UTF-8)" = en ]
	[ "$(language LANG=fr_FR LC_MESSAGES=en_GB)" = en ]
	[ "$(language LC_MESSAGES=en_GB LC_ALL=fr_FR)" = fr ]
	[ "$(language LC_ALL=fr_FR LANGUAGE=en)" = en ]
	[ "$(language LC_ALL=en_GB LANGUAGE=fr:en)" = fr ]
	[ "$(language LC_ALL=C LANGUAGE=en BEFFROI_LANG=fr)" = fr ]
	[ "$(BEFFROI_LANG=fr "$BEFFROI" --lang en help)" = "$("$BEFFROI" help)" ]
	[ "$(BEFFROI_LANG=en "$BEFFROI" --langue=fr help)" = "$(LANG=fr_FR LC_ALL='' "$BEFFROI" help)" ]
	[ "$(LANG=$'\033[31m' LC_ALL='' "$BEFFROI" help)" = "$("$BEFFROI" help)" ]
}

@test "French accents come out whole in whatever locale, generated or not" {
	local locale
	for locale in LC_ALL=C LC_ALL=C.UTF-8 LC_ALL=fr_FR.UTF-8 LC_ALL=fr_FR.ISO-8859-1 LC_ALL=nonsense A=1; do
		env -u LC_ALL "$locale" "$BEFFROI" ouvrir Été à Noël --langue fr >out
		grep -q ouvert out
		env -u LC_ALL "$locale" "$BEFFROI" journal --langue fr >out
		grep -q 'Été à Noël' out
		iconv -f utf-8 -t utf-8 out >/dev/null
	done
	sound
}

@test "figures and dates do not depend on the locale" {
	incident
	for locale in C C.UTF-8 fr_FR.UTF-8 tr_TR.UTF-8; do
		LC_ALL=$locale "$BEFFROI" --lang en report -f json -o - >"$locale.json"
		LC_ALL=$locale "$BEFFROI" --lang en report -o - >"$locale.html"
		cmp C.json "$locale.json"
		cmp C.html "$locale.html"
	done
}

# --- colours and no terminal ---

@test "colours: the option, then NO_COLOR, then FORCE_COLOR, then TERM=dumb, then the terminal" {
	incident
	colours() {
		env "$@" | grep -q $'\033' && echo yes || echo no
	}
	on_terminal() {
		colours script -qec "env $*" /dev/null </dev/null
	}
	[ "$(colours "$BEFFROI" status)" = no ]
	[ "$(colours FORCE_COLOR=1 "$BEFFROI" status)" = yes ]
	[ "$(colours CLICOLOR_FORCE=1 "$BEFFROI" status)" = yes ]
	[ "$(colours FORCE_COLOR= "$BEFFROI" status)" = no ]
	[ "$(colours FORCE_COLOR=1 NO_COLOR=1 "$BEFFROI" status)" = no ]
	[ "$(colours NO_COLOR=1 "$BEFFROI" status --color always)" = yes ]
	[ "$(colours FORCE_COLOR=1 "$BEFFROI" status --couleur jamais)" = no ]
	[ "$(colours FORCE_COLOR=1 TERM=dumb "$BEFFROI" status --color auto)" = yes ]
	[ "$(on_terminal "$BEFFROI" status)" = yes ]
	[ "$(on_terminal NO_COLOR=1 "$BEFFROI" status)" = no ]
	[ "$(on_terminal NO_COLOR= "$BEFFROI" status)" = yes ]
	[ "$(on_terminal TERM=dumb "$BEFFROI" status)" = no ]
	[ "$(on_terminal TERM=dumb "$BEFFROI" status --color=always)" = yes ]
	[ "$(on_terminal "$BEFFROI" -h)" = yes ]
	[ "$(on_terminal "$BEFFROI" -h --color never)" = no ]
}

@test "with --ascii the program adds nothing outside ASCII" {
	ok open Plain words --ascii
	for words in status list log step phase help 'open -h' doctor action playbook; do
		# shellcheck disable=SC2086
		"$BEFFROI" --ascii $words >out 2>&1 || true
		! LC_ALL=C grep -naP '[\x80-\xff]' out || [ "$words" = 'open -h' ]
	done
	"$BEFFROI" --ascii run ransomware </dev/null >out 2>&1
	not grep -q '─\|→' out
}

@test "without a terminal every question fails and names what to type" {
	needs_clock
	refused 2 'the title is missing' 'beffroi open "' open
	incident
	refused 2 'cannot be undone' '--yes' strike 1 --erase -m x
	refused 2 'nobody to answer' '--yes' note x -t '2025-09-01 08:00'
	refused 2 'the text is empty' 'beffroi note "..."' note
	refused 2 'the text is empty' 'beffroi decide "..."' decide
	refused 2 'the text is empty' 'beffroi amend "..."' amend 1
	at 2025-10-26T12:00:00Z
	refused 2 'twice that night' '02:30+02:00' note x -t '2025-10-26 02:30'
	hook
	bef alert
	[ "$status" -eq 2 ]
	talks 'the text is empty'
}

@test "--no-input asks nothing on a terminal either" {
	needs_clock
	incident
	terminal
	in_terminal 'open --no-input'
	[ "$status" -eq 2 ]
	in_terminal 'note --sans-question'
	[ "$status" -eq 2 ]
	in_terminal 'note x --no-input -t "2025-09-01 08:00"'
	[ "$status" -eq 2 ]
	in_terminal 'strike 1 --erase -m x --no-input'
	[ "$status" -eq 2 ]
	in_terminal 'undo --no-input'
	[ "$status" -ne 0 ]
	[ "$(entries)" -eq 1 ]
}

# --- widths ---

# Many words of every sort to show.
much() {
	needs_clock
	local long='The quick brown fox jumps over the lazy dog and then over the whole of the accounting department'
	incident "$long"
	ok note "$long" --kind nothing-to-report --by 'Madame la directrice' -t 5:00
	ok note "$(printf 'w%.0s' $(seq 300))"
	ok action "$long" --for karim --before 13:00
	ok run
	ok step 1 note "$long"
	later 5 hours
}

# fits COLUMNS WORDS: no line is wider
fits() {
	local columns=$1 wide
	shift
	in_terminal "$* 2>/dev/null"
	[ "$status" -eq 0 ]
	wide=$(screen | sed '/^READY/d; /over-/d' | LC_ALL=C.UTF-8 grep -E ".{$((columns + 1)),}" || true)
	[ -z "$wide" ] || { echo "wider than $columns: $*"; echo "$wide"; return 1; }
}

in_columns() {
	local columns=$1 words
	much
	terminal "$columns" 200
	for words in status list 'log --all' action step 'step 3' 'help' 'help times' 'note -h' doctor playbook phase; do
		fits "$columns" "$words"
	done
}

@test "in forty columns nothing is wider than the screen, and no figure or time is cut" {
	in_columns 40
	fits 40 status
	screen >out
	grep -q 'INC-2025-001' out
	grep -q 'Detection' out
	fits 40 action
	[[ $(screen) == *'13:00'* ]]
	fits 40 log
	[[ $(screen) == *'03/11 05:00'* ]]
	fits 40 list
	[[ $(screen) == *'5 h 00'* ]]
}

@test "in eighty columns nothing is wider than the screen" {
	in_columns 80
}

@test "in two hundred columns prose stays readable" {
	in_columns 200
	fits 100 'step 3'
	fits 100 'log'
}

@test "in a pipe nothing is cut or wrapped" {
	much
	COLUMNS=40 ok log
	says "$(printf 'w%.0s' $(seq 300))" 'over the whole of the accounting department'
	[ "${#lines[@]}" -eq 7 ]
	local columns
	for columns in 0 -5 abc 99999999999 ''; do
		COLUMNS=$columns ok status
	done
}

# --- clocks ---

@test "an hour that the clocks skipped is refused with the reason" {
	needs_clock
	at 2025-03-30T08:00:00Z
	incident
	refused 2 "'2:30' does not exist: clocks go forward over it (Europe/Paris)" 'offset' note x -t 2:30
	refused 2 'does not exist' 'offset' note x -t '30/3 2h30'
	ok note x -t 1:59
	ok note x -t 3:00
	ok note x -t '2025-03-30T02:30+01:00'
	ok log --json
	[ "$(jq -r 'select(.kind == "note") | .happened_at' <<<"$output" | tr '\n' ' ')" = \
		'2025-03-30T00:59:00Z 2025-03-30T01:00:00Z 2025-03-30T01:30:00Z ' ]
	ok log
	says '30/03 03:30'
}

@test "an hour that the clocks showed twice wants its offset, or an answer" {
	needs_clock
	at 2025-10-26T08:00:00Z
	incident
	refused 2 'twice that night' '02:30+02:00' note x -t 2:30
	ok note x -t 2:30+02:00
	ok note x -t '2025-10-26 02:30+01:00'
	ok log --json
	[ "$(jq -r 'select(.kind == "note") | .happened_at' <<<"$output" | tr '\n' ' ')" = '2025-10-26T00:30:00Z 2025-10-26T01:30:00Z ' ]
	terminal
	start_in_terminal 'note x -t 2:30'
	await 'after the change'
	type_line y
	ends
	[ "$status" -eq 0 ]
	start_in_terminal 'note x -t 2:30'
	await 'after the change'
	type_line ''
	ends
	[ "$status" -eq 0 ]
	[ "$("$BEFFROI" log --json | jq -r 'select(.kind == "note") | .happened_at' | tail -n 2 | tr '\n' ' ')" = \
		'2025-10-26T01:30:00Z 2025-10-26T00:30:00Z ' ]
	sound
}

@test "an incident's times are shown in its zone, wherever they are read" {
	needs_clock
	incident
	ok note x -t 6:00
	TZ=America/New_York ok log
	says '03/11 06:00' 'Europe/Paris'
	TZ=Nonsense/Zone bef note y
	[ "$status" -lt 3 ]
	TZ='../../etc/passwd' bef status
	[ "$status" -eq 0 ]
	sound
}

# --- disks ---

# disk SIZE: a small file system, mounted on $PLACE/disk
disk() {
	[ "$(id -u)" = 0 ] || skip "mounting wants root"
	mkdir -p "$PLACE/disk"
	mount -t tmpfs -o "size=$1" none "$PLACE/disk" 2>/dev/null || skip "mounting is not allowed here"
	: >"$BATS_TEST_TMPDIR/mounted"
	export BEFFROI_BASE=$PLACE/disk/base
}

@test "a read-only journal is read, and refuses to be written in one line, keeping the text" {
	disk 20m
	incident
	ok note before
	mount -o remount,ro "$PLACE/disk"
	ok log
	says before
	ok status
	ok list
	ok report -o -
	bef_on 'kept for later' note -
	is_refused 1 "cannot write in '$BEFFROI_BASE'" 'check who owns it'
	refused 1 'cannot write' 'check who owns it' decide x
	grep -rq 'kept for later' "$XDG_STATE_HOME"
	ok report -o r.html
	talks 'no checkpoint was written'
	mount -o remount,rw "$PLACE/disk"
	ok note after
	talks 'kept for later'
	sound
}

@test "a disk that fills up loses nothing that was acknowledged, and says so in one line" {
	local n=0 shown=0 reserve=no
	disk 20m
	incident
	head -c $(($(stat -f -c '%f * %S' "$PLACE/disk") - 600000)) /dev/zero >"$PLACE/disk/filler"
	head -c 20000 /dev/zero | tr '\0' x >page
	while [ $((n += 1)) -lt 400 ]; do
		run --separate-stderr "$BEFFROI" note - <page
		[ "$status" -eq 0 ] || break
		shown=${output#\#}
		shown=${shown%% *}
		[[ $stderr != *'reserve was used'* ]] || reserve=yes
	done
	is_refused 1 'the disk is full: nothing was written' 'free some space'
	[ "$reserve" = yes ]
	[ "$("$BEFFROI" status --json | jq .entries)" -eq "$shown" ]
	sound
	[ "$(grep -c x <<<"$("$BEFFROI" log --json | jq -r 'select(.kind == "note") | .body.text[:1]')")" -eq $((shown - 1)) ]
	rm "$PLACE/disk/filler"
	ok note room again
	ok doctor --rebuild
	[ -s "$BEFFROI_BASE/ballast" ]
	sound
}

@test "an answer that nobody could read is a failure, and the entry is there" {
	incident
	local code=0
	"$BEFFROI" note told to nobody >/dev/full 2>err || code=$?
	[ "$code" -eq 1 ]
	grep -q 'could not be written (what was asked is done)' err
	[ "$(entries)" -eq 2 ]
	code=0
	"$BEFFROI" note told to nobody >&- 2>err || code=$?
	[ "$code" -eq 1 ]
	[ "$(entries)" -eq 3 ]
	code=0
	"$BEFFROI" report -o - >/dev/full 2>err || code=$?
	[ "$code" -eq 1 ]
	for words in status log list 'log -f csv' 'status --json' help verify; do
		code=0
		# shellcheck disable=SC2086
		"$BEFFROI" $words >/dev/full 2>err || code=$?
		[ "$code" -eq 1 ] || { echo "$words: $code"; return 1; }
	done
	sound
}

@test "a reader that goes away ends it quietly" {
	incident
	for n in $(seq 30); do "$BEFFROI" note "$(printf 'x%.0s' $(seq 5000))" >/dev/null; done
	"$BEFFROI" log 2>err | head -n 1 >/dev/null
	[ "$(wc -l <err)" -le 2 ]
	not grep -qi 'sanitizer' err
}

@test "closed streams do not end up in the journal" {
	incident
	"$BEFFROI" note one <&- >/dev/null 2>&1
	"$BEFFROI" note two <&- >&- 2>&- || true
	sound
	[ "$(entries)" -eq 3 ]
}

@test "a directory that cannot be the journal is refused in one line" {
	: >file
	BEFFROI_BASE=$PLACE/work/file bef open x
	[ "$status" -ne 0 ]
	[ "$(grep -c '^beffroi: ' <<<"$stderr")" -eq 1 ]
	bef open x --base "$(printf 'd%.0s' $(seq 5000))"
	[ "$status" -eq 2 ] || [ "$status" -eq 1 ]
	[ "$(grep -c '^beffroi: ' <<<"$stderr")" -eq 1 ]
	run --separate-stderr env -u HOME -u XDG_DATA_HOME -u XDG_STATE_HOME -u BEFFROI_BASE "$BEFFROI" status
	[ "$status" -eq 2 ]
	talks '--base DIR'
	ok open x --base relative/place
	[ -d relative/place ]
}

@test "a file that is no journal of ours is not touched" {
	mkdir -p "$BEFFROI_BASE"
	echo 'my letters' >"$BEFFROI_BASE/beffroi.db"
	bef open x
	[ "$status" -ne 0 ]
	[ "$(grep -c '^beffroi: ' <<<"$stderr")" -eq 1 ]
	[ "$(cat "$BEFFROI_BASE/beffroi.db")" = 'my letters' ]
	bef status
	[ "$status" -ne 0 ]
}
