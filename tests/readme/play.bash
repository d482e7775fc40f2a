#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
#
#     BEFFROI=build/debug/beffroi bash tests/readme/play.bash README.md >new.md
#
# A README again, with what its commands say now: in each block marked
# "console", every line that starts with "$ " is run and its answer put under it.
# The clock of the test build goes on by a minute with each command.  A chat that says "ok" to everything
# listens meanwhile; its address is in cell.url (cellule.url).
set -u
case $1 in *.fr.md) lang=fr ;; *) lang=en ;; esac
BEFFROI=$(realpath "$BEFFROI")
page=$(realpath "$1")
dir=$(mktemp -d)
trap 'kill "${chat-}" 2>/dev/null; rm -rf "$dir"' EXIT
mkdir -p "$dir/bin" "$dir/work" "$dir/.config" "$dir/kept"
ln -s "$BEFFROI" "$dir/bin/beffroi"
ln -s "$(dirname "$page")/contrib" "$dir/work/contrib"
export PATH="$dir/bin:$PATH" HOME="$dir" BEFFROI_BASE="$dir/journal" XDG_CONFIG_HOME="$dir/.config" \
	XDG_STATE_HOME="$dir/state" XDG_DATA_HOME="$dir/data" BEFFROI_AUTHOR=lea BEFFROI_LANG=$lang TZ=Europe/Paris
unset BEFFROI_ROLE NO_COLOR CLICOLOR_FORCE FORCE_COLOR COLUMNS ACCESSIBLE
cd "$dir/work" || exit 2
printf 'All your files are encrypted.\n' >note.txt
"${HOOK:-$(dirname "$BEFFROI")/hook}" "$dir/kept" 120 >"$dir/port" 3>&- &
chat=$!
until [ -s "$dir/port" ]; do sleep 0.02; done
(umask 077 && echo "http://127.0.0.1:$(cat "$dir/port")/text/ok" | tee cell.url >cellule.url)

now=$(date -u -d 2026-11-03T05:24:00Z +%s)
playing=0
while IFS= read -r line; do
	case $playing$line in
	'0```console') playing=1 ;;
	'1```') playing=0 ;;
	'1$ '*)
		now=$((now + 60))
		BEFFROI_TEST_NOW=$(date -u -d "@$now" +%Y-%m-%dT%H:%M:%SZ)
		export BEFFROI_TEST_NOW
		printf '%s\n' "$line"
		(eval "${line#\$ }") </dev/null 2>&1 | sed "s|$dir|~|g"
		continue
		;;
	1*) continue ;;
	esac
	printf '%s\n' "$line"
done <"$page"
