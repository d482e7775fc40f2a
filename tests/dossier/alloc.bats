#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Each allocation fails once (a hundred of them, drawn with a fixed seed): a dossier is whole or not there,
# and no sound one is called broken.

bats_require_minimum_version 1.5.0
load lib

setup_file() { make_dossier; }

setup() {
	whole
	[ "$MODE" != asan ] || skip "the sanitisers have an allocator of their own"
	[ -f "${FAIL_ALLOC_SO:-}" ] || skip "fail_alloc.so is not built"
	cd "$BATS_TEST_TMPDIR" || return
}

# failing N WORDS
failing() {
	status=0
	LD_PRELOAD=$FAIL_ALLOC_SO FAIL_ALLOC=$1 FAIL_ALLOC_IN=beffroi FAIL_ALLOC_COUNT=$PWD/count b "${@:2}" >out 2>err || status=$?
}

chosen() {
	failing 0 "$@"
	[ "$status" -eq 0 ]
	awk -v total="$(cat count)" 'BEGIN { srand(7); for (i = 0; i < 100; i++) print int(total * i / 100) + 1 + int(rand() * total / 100) }'
}

@test "a sound dossier is never called broken for want of memory" {
	chosen verify "$T" >numbers
	mkdir each
	LD_PRELOAD=$FAIL_ALLOC_SO FAIL_ALLOC=$(paste -sd , numbers) FAIL_ALLOC_EACH=each FAIL_ALLOC_IN=beffroi b verify "$T" >ends
	[ "$(wc -l <ends)" -eq 100 ]
	while read -r n status; do
		[ "$status" -le 1 ] || { echo "allocation $n: status $status"; cat "each/$n.err"; return 1; }
	done <ends
}

@test "a dossier is whole or not there" {
	for n in $(chosen -q report dossier -o x.tar --overwrite); do
		rm -f x.tar
		failing "$n" -q report dossier -o x.tar
		[ "$status" -le 1 ] || { echo "allocation $n: status $status"; cat err; return 1; }
		[ "$status" -eq 0 ] || [ ! -e x.tar ] || { echo "allocation $n: left there"; return 1; }
		[ ! -e x.tar ] || b -q verify x.tar
		[ -z "$(find . -name 'x.tar.new*')" ]
	done
}
