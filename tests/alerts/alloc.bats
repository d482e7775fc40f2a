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

every_allocation() {
	local n status total same
	rm -rf each
	mkdir each
	"$RENDER" "$@" >good
	LD_PRELOAD=$FAIL FAIL_ALLOC=0 FAIL_ALLOC_IN=render FAIL_ALLOC_SPARE=jansson FAIL_ALLOC_COUNT=$PWD/count "$RENDER" "$@" >/dev/null
	total=$(cat count)
	[ "$total" -gt 20 ]
	LD_PRELOAD=$FAIL FAIL_ALLOC=$(seq -s , "$total") FAIL_ALLOC_EACH=each FAIL_ALLOC_IN=render FAIL_ALLOC_SPARE=jansson \
		"$RENDER" "$@" >ends
	[ "$(wc -l <ends)" -eq "$total" ]
	same=$(sha256sum <good)
	same=" $(cd each && sha256sum ./*.out | sed -n "s/^${same%% *}  //p" | tr '\n' ' ')"
	while read -r n status; do
		case $status in
		0) [[ $same == *" ./$n.out "* ]] || { echo "$* differs, allocation $n"; return 1; } ;;
		1) mapfile err <"each/$n.err" && [ "${#err[@]}" -eq 1 ] || { echo "$*, allocation $n:"; cat "each/$n.err"; return 1; } ;;
		*) echo "$*: $status, allocation $n"; cat "each/$n.err"; return 1 ;;
		esac
	done <ends
}

@test "a rendering that gets no memory says so and sends nothing else" {
	local format
	# libcrypto (3.0), loaded for OVH's SHA-1, does not outlive a failed allocation of its own.
	for format in $("$RENDER" list | grep -vx ovh_sms); do
		every_allocation "$format" fr message drill=1
	done
}
