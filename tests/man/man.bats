#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The man pages are printed from the tables of commands: they must be those of this program.

bats_require_minimum_version 1.5.0

@test "the English man page is the one the program prints" {
	"$BEFFROI" help man --lang en | diff - "$BATS_TEST_DIRNAME/../../contrib/man/beffroi.1"
}

@test "the French man page is the one the program prints" {
	"$BEFFROI" help man --lang fr | diff - "$BATS_TEST_DIRNAME/../../contrib/man/beffroi.fr.1"
}

@test "man reads both without a warning" {
	command -v man >/dev/null || skip "man is not installed"
	for page in beffroi.1 beffroi.fr.1; do
		run --separate-stderr env MANROFFSEQ='' LC_ALL=C.UTF-8 man --warnings -l "$BATS_TEST_DIRNAME/../../contrib/man/$page"
		[ "$status" -eq 0 ]
		[ -z "$stderr" ] || { echo "$stderr"; false; }
	done
}
