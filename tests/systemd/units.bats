#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The units that run the watch.

units=$BATS_TEST_DIRNAME/../../contrib/systemd

@test "the units are what systemd understands" {
	command -v systemd-analyze >/dev/null || skip "systemd-analyze is not here"
	mkdir -p "$BATS_TEST_TMPDIR/bin"
	for unit in watch.service watch-stay.service watch.timer; do
		sed "s|/usr/local/bin/beffroi|$BEFFROI|; s|^#\(Load\)|\1|" "$units/beffroi-$unit" >"$BATS_TEST_TMPDIR/beffroi-$unit"
	done
	run systemd-analyze --man=no verify "$BATS_TEST_TMPDIR/beffroi-watch.timer" \
		"$BATS_TEST_TMPDIR/beffroi-watch.service" "$BATS_TEST_TMPDIR/beffroi-watch-stay.service"
	[ "$status" -eq 0 ] || { echo "$output"; return 1; }
	! grep -i 'unknown\|failed to parse\|ignoring' <<<"$output"
}

@test "the watch runs in a sandbox" {
	command -v systemd-analyze >/dev/null || skip "systemd-analyze is not here"
	for unit in watch watch-stay; do
		run systemd-analyze security --offline=true --threshold=20 "$units/beffroi-$unit.service"
		[ "$status" -eq 0 ] || { echo "$output" | tail -n 3; return 1; }
	done
}

@test "what the units start is what the program knows" {
	grep -h ^ExecStart= "$units"/*.service | grep -o -- '--[a-z]*' | sort -u >"$BATS_TEST_TMPDIR/options"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/options")" -eq 2 ]
	while read -r option; do
		"$BEFFROI" watch -h --lang en | grep -q -- " $option" || { echo "$option"; return 1; }
	done <"$BATS_TEST_TMPDIR/options"
}
