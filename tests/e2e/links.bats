#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

@test "the main program links no more than eight shared objects" {
	! is_asan || skip "the sanitisers bring their own"
	ldd "$BEFFROI" | tee objects
	[ "$(grep -c '\.so' objects)" -le 8 ]
	not grep -q 'curl\|ssl\|crypto\.so' objects
}

@test "the release program has no clock that can be set" {
	local release=$BATS_TEST_DIRNAME/../../build/release/beffroi
	[ -x "$release" ] || skip "there is no release build"
	BEFFROI_TEST_NOW=2001-01-01T00:00:00Z "$release" open x --json >/dev/null
	[[ $("$release" status --json | jq -r .opened_at) != 2001-* ]]
	not grep -q testing <("$release" --version)
	not grep -qa BEFFROI_TEST_NOW "$release"
}

@test "the release program carries its playbooks and its French" {
	local release=$BATS_TEST_DIRNAME/../../build/release/beffroi
	[ -x "$release" ] || skip "there is no release build"
	cp "$release" alone
	env -i HOME="$PLACE" ./alone fiche --langue fr | grep -q Rançongiciel
	not grep -qa "$(cd "$BATS_TEST_DIRNAME/../.." && pwd)" "$release"
}
