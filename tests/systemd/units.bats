#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The units that run the watch.

units=$BATS_TEST_DIRNAME/../../contrib/systemd

@test "the units are what systemd understands" {
	command -v systemd-analyze >/dev/null || skip "systemd-analyze is not here"
	mkdir -p "$BATS_TEST_TMPDIR/bin"
	sed "s|/usr/local/bin/beffroi|$BEFFROI|" "$units/beffroi-watch.service" >"$BATS_TEST_TMPDIR/beffroi-watch.service"
	cp "$units/beffroi-watch.timer" "$BATS_TEST_TMPDIR/"
	run systemd-analyze --man=no verify "$BATS_TEST_TMPDIR/beffroi-watch.timer" "$BATS_TEST_TMPDIR/beffroi-watch.service"
	[ "$status" -eq 0 ] || { echo "$output"; return 1; }
	! grep -i 'unknown\|failed to parse\|ignoring' <<<"$output"
}

@test "the watch runs in a sandbox" {
	command -v systemd-analyze >/dev/null || skip "systemd-analyze is not here"
	run systemd-analyze security --offline=true --threshold=35 "$units/beffroi-watch.service"
	[ "$status" -eq 0 ] || { echo "$output" | tail -n 3; return 1; }
}
