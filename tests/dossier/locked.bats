#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Locked dossiers, with the age program on the other side.

bats_require_minimum_version 1.5.0
load lib

setup_file() { make_dossier; }

setup() {
	whole
	command -v age >/dev/null || skip "age is not here"
	L=$BATS_TEST_TMPDIR/l.tar.age
	cd "$BATS_TEST_TMPDIR" || return
	for k in a b c; do
		age-keygen -o $k.key 2>/dev/null
	done
	printf 'une phrase assez longue\n' >phrase
	chmod 600 phrase
}

public() { age-keygen -y "$1.key"; }

@test "for recipients: each of them opens it, with age or with us; another does not" {
	b -q report dossier --recipient "$(public a)" --recipient "$(public b)" -o "$L"
	for k in a b; do
		age -d -i $k.key "$L" >plain.tar
		sound plain.tar
		run b verify "$L" --key $k.key
		[ "$status" -eq 0 ]
	done
	run b verify "$L" --key c.key
	[ "$status" -eq 4 ]
	run b verify "$L"
	[ "$status" -eq 4 ]
	[[ $output == *--key* ]]
	[ "$(b -q --json report dossier --recipient "$(public a)" | jq -r .file)" = INC-2026-001-dossier.tar.age ]
}

@test "what age locked, for sizes about a piece's, and armour" {
	for size in 0 1 65535 65536 65537 131072 200000; do
		head -c $size /dev/urandom >x
		age -r "$(public a)" x >x.age
		run b verify x.age --key a.key
		[ "$status" -eq 5 ] # opened, and no dossier
		[[ $output != *encrypted* ]]
	done
	age -r "$(public c)" -r "$(public a)" "$WHOLE" >l.age
	run b verify l.age --key a.key
	[ "$status" -eq 0 ]
	age -d -i a.key l.age | cmp - "$WHOLE"
}

@test "by a passphrase" {
	b -q report dossier --passphrase-file phrase -o "$L"
	run b verify "$L" --passphrase-file phrase
	[ "$status" -eq 0 ]
	printf 'une autre phrase\n' >other
	chmod 600 other
	run b verify "$L" --passphrase-file other
	[ "$status" -eq 4 ]
	run b verify "$L"
	[ "$status" -eq 2 ]
	chmod 644 phrase
	run b verify "$L" --passphrase-file phrase
	[ "$status" -eq 4 ]
	# age reads passphrases from a terminal only.
	command -v script >/dev/null || skip "script is not here to give age a terminal"
	(sleep 2; echo 'une phrase assez longue') | script -qec "age -d -o plain.tar '$L'" /dev/null >/dev/null
	sound plain.tar
}

@test "a locked dossier with one byte changed, or cut off, is refused" {
	b -q report dossier --recipient "$(public a)" -o "$L"
	size=$(wc -c <"$L")
	for at in 10 30 60 100 140 190 220 300 66000 $((size - 1)); do
		T=$BATS_TEST_TMPDIR/x.age
		cp "$L" "$T"
		flip "$at"
		run b verify "$T" --key a.key
		[ "$status" -eq 5 ] || { [ "$status" -eq 4 ] && [ "$at" -lt 220 ]; }
	done
	for len in 20 100 200 300 66000 $((size - 1)) $((size - 70000)); do
		head -c "$len" "$L" >x.age
		run b verify x.age --key a.key
		[ "$status" -eq 5 ]
	done
	{ cat "$L" && printf x; } >x.age
	run b verify x.age --key a.key
	[ "$status" -eq 5 ]
}

@test "wrong recipients, keys and words" {
	r=$(public a)
	other=q
	[ "${r: -1}" != q ] || other=p
	for words in "--recipient ${r}x" "--recipient ${r%?}$other" "--recipient $(tr a-z A-Z <<<"$r")" "--recipient age1" "--recipient x" \
		"--recipient $r --passphrase-file phrase" "--passphrase" "--passphrase-file nothing"; do
		# shellcheck disable=SC2086
		run b -q report dossier $words -o "$L"
		[ "$status" -ne 0 ] || { echo "$words: $output"; false; }
		[ ! -e "$L" ]
	done
	run b verify "$WHOLE" --key phrase
	[ "$status" -eq 2 ]
}
