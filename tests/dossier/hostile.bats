#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Archives made to harm whoever opens them: refused, nothing written anywhere.

bats_require_minimum_version 1.5.0
load lib

setup_file() { make_dossier; }

setup() {
	whole
	unpack
	OUT=$BATS_TEST_TMPDIR/out
	mkdir "$OUT"
	cd "$BATS_TEST_TMPDIR" || return
	NAME=INC-2026-001-dossier
}

# made: what GNU tar makes of $NAME, in $T
made() { tar --format="${FORMAT-ustar}" -P -cf "$T" "$@" 2>/dev/null; }

no_trace() {
	refused "$@"
	[ -z "$(ls -A "$OUT")" ]
	[ ! -e "$BATS_TEST_TMPDIR/evil" ]
	[ ! -e /tmp/beffroi-evil ]
}

@test "links, in the archive and out of it" {
	ln -s /etc/passwd "$NAME/evidence/x"
	made $NAME/evidence/x
	no_trace '*'
	[[ $output == *'it is a link'* ]]
	rm $NAME/evidence/x
	ln $NAME/README.txt $NAME/hard
	made $NAME/README.txt $NAME/hard
	no_trace '*'
	ln -s ../.. "$NAME/up"
	made $NAME/up
	no_trace '*'
	[[ $output == *'it is a link'* ]]
}

@test "folders, pipes and devices" {
	made $NAME
	no_trace '*'
	[[ $output == *'folder'* ]]
	mkfifo $NAME/pipe
	made $NAME/pipe
	no_trace '*'
	[[ $output == *'device or a pipe'* ]]
}

@test "paths that climb out, absolute ones, odd ones" {
	awk=$BATS_TEST_TMPDIR/header.awk
	sed -n '/^cat >.*header.awk/,/^AWK$/p' "$CHECK" | sed '1d;$d' >"$awk"
	for path in "$NAME/../evil" "../evil" "/tmp/beffroi-evil" "$NAME//evil" "$NAME/./evil" "$NAME/.evil" "$NAME/-evil" \
		"$NAME/evil/" "evil" "-x" "$NAME/a;b" "$NAME/a:b" 'C:\evil' "other/evil" "$NAME/a*"; do
		{
			head -c $((512 * $(block LISEZMOI.txt))) "$WHOLE"
			printf %b "$(printf '%s\t5\t1\n' "$path" | awk -F '\t' -f "$awk")"
			printf 'evil\n' | cat - /dev/zero | head -c 512
			head -c 1024 /dev/zero
		} >"$T"
		no_trace '*'
	done
}

@test "the same file twice, by name" {
	made $NAME/README.txt $NAME/LISEZMOI.txt
	made --append $NAME/README.txt || true
	no_trace '*'
}

@test "other ways to write an archive: GNU, pax, sparse, compressed" {
	for FORMAT in gnu pax v7 ustar; do
		made $NAME/README.txt
		no_trace '*'
	done
	truncate -s 10M $NAME/hole
	FORMAT=gnu made --sparse $NAME/hole
	no_trace '*'
	gzip -c "$WHOLE" >"$T"
	no_trace '*'
	head -c 5000 /dev/urandom >"$T"
	no_trace '*'
	printf 'hello\n' >"$T"
	no_trace '*'
}

@test "sizes that lie: beyond the end, huge, negative" {
	awk=$BATS_TEST_TMPDIR/header.awk
	sed -n '/^cat >.*header.awk/,/^AWK$/p' "$CHECK" | sed '1d;$d' >"$awk"
	for size in 100000 8589934591 8589934592 9007199254740992 9223372036854775808 \
		18446744073709549568; do
		{
			printf %b "$(printf '%s\t%s\t1\n' "$NAME/evidence/x" $size | awk -F '\t' -f "$awk")"
			head -c 2048 /dev/zero
		} >"$T"
		/usr/bin/env bash -c '[ "$MODE" = asan ] || ulimit -v 400000; "$BEFFROI" verify "$1"' _ "$T" >"$OUT.said" 2>&1 || [ $? -eq 5 ]
		# Of the last two the header itself is refused, before its folder is known.
		if [ ${#size} -gt 16 ]; then no_trace "$NAME/evidence/x"; else no_trace evidence/x; fi
	done
	whole
	printf '\377\377\377\377\377\377\377\377\377\377\377\377' |
		dd of="$T" bs=1 seek=$(($(block README.txt) * 512 + 124)) conv=notrunc status=none
	no_trace README.txt
}

@test "a member of nine gigabytes is one header and its bytes, and tar reads it" {
	awk=$BATS_TEST_TMPDIR/header.awk
	sed -n '/^cat >.*header.awk/,/^AWK$/p' "$CHECK" | sed '1d;$d' >"$awk"
	printf %b "$(printf '%s\t%s\t1\n' "$NAME/evidence/x" 9663676416 | awk -F '\t' -f "$awk")" >"$T"
	truncate -s $((512 + 9663676416 + 1024)) "$T" || skip "no room for a sparse file"
	[[ $(tar tvf "$T") == *' 9663676416 '* ]]
	rm "$T"
}

@test "a journal line that never ends does not fill the memory" {
	{ printf '{"v":1,"x":"' && head -c 60000000 /dev/zero | tr '\0' x; } >"$D/journal/journal.ndjson"
	reseal
	[ "$MODE" != asan ] || skip "AddressSanitizer takes more memory than that"
	run bash -c 'ulimit -v 300000; "$BEFFROI" verify "$1"' _ "$T"
	[ "$status" -eq 5 ]
	[[ $output == *'journal/journal.ndjson'* ]]
}

@test "no file, a folder, an empty file, a file that may not be read" {
	run b verify "$BATS_TEST_TMPDIR/nothing.tar"
	[ "$status" -eq 3 ]
	run b verify "$BATS_TEST_TMPDIR"
	[ "$status" -eq 1 ]
	: >"$T"
	refused ''
	run env -i HOME=/nonexistent "$BEFFROI" verify "$WHOLE"
	[ "$status" -eq 0 ]
}
