#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Each allocation of a rendering fails once: it comes out as always, or says in one line that it failed.
# jansson's own are the business of tests/unit/test_format.c, for its parser (2.14) writes beyond its buffer
# when that could not grow.

RENDER=$BUILD/render

setup() {
	FAIL=${FAIL_ALLOC_SO:-$BUILD/fail_alloc.so}
	[ "$MODE" != asan ] || skip "the sanitisers have an allocator of their own"
	[ -f "$FAIL" ] || skip "fail_alloc.so is not built"
	cd "$BATS_TEST_TMPDIR" || return 1
}

# failing N WORDS: render with the Nth allocation failing
failing() {
	local n=$1
	shift
	status=0
	LD_PRELOAD=$FAIL FAIL_ALLOC=$n FAIL_ALLOC_IN=render FAIL_ALLOC_SPARE=jansson "$RENDER" "$@" >out 2>err || status=$?
}

every_allocation() {
	local n total
	"$RENDER" "$@" >good
	LD_PRELOAD=$FAIL FAIL_ALLOC=0 FAIL_ALLOC_IN=render FAIL_ALLOC_SPARE=jansson FAIL_ALLOC_COUNT=$PWD/count "$RENDER" "$@" >/dev/null
	total=$(cat count)
	[ "$total" -gt 20 ]
	for n in $(seq "$total"); do
		failing "$n" "$@"
		case $status in
		0) cmp good out || { echo "$* differs, allocation $n"; return 1; } ;;
		1) [ "$(wc -l <err)" -eq 1 ] || { echo "$*, allocation $n:"; cat err; return 1; } ;;
		*) echo "$*: $status, allocation $n"; cat err; return 1 ;;
		esac
	done
}

@test "a rendering that gets no memory says so and sends nothing else" {
	local format
	# libcrypto (3.0), loaded for OVH's SHA-1, does not outlive a failed allocation of its own.
	for format in $("$RENDER" list | grep -vx ovh_sms); do
		every_allocation "$format" fr message drill=1
	done
}
