#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The READMEs show what the program says, but for what chance draws (digests, heads, sizes).

plain() {
	sed -E 's/[0-9A-F]{4}(-[0-9A-F]{4}){4}/HEAD/g; s/[0-9a-f]{12,}/DIGEST/g; s/[0-9a-f]{8}\.\.\.[0-9a-f]{8}/DIGEST/g
		s/[0-9]+([.,][0-9]+)? (kB|ko|GB|Go)/SIZE/g
		s/[0-9]+ ms/MS/g; s/\([0-9]+[.,][0-9] s\)/(MS)/g'
}

play() {
	"$BEFFROI" --version | grep -q 'clock\|horloge' || skip "its clock cannot be set: not a test build"
	bash "$BATS_TEST_DIRNAME/play.bash" "$BATS_TEST_DIRNAME/../../$1" | plain >"$BATS_TEST_TMPDIR/now"
	plain <"$BATS_TEST_DIRNAME/../../$1" | diff - "$BATS_TEST_TMPDIR/now" || {
		echo "to bring it up to date, with a test build: bash tests/readme/play.bash $1 >new; mv new $1"
		return 1
	}
	grep -q '^\$ beffroi' "$BATS_TEST_TMPDIR/now"
}

@test "README.md" {
	play README.md
}

@test "README.fr.md" {
	play README.fr.md
}
