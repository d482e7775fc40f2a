#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Time stamps (RFC 3161) of an authority made with openssl.

bats_require_minimum_version 1.5.0
load lib

setup_file() {
	make_dossier
	tsa=$BATS_FILE_TMPDIR/tsa
	mkdir "$tsa"
	cd "$tsa" || return
	cat >tsa.cnf <<-'END'
		[tsa]
		default_tsa = it
		[it]
		serial = serial
		signer_cert = cert.pem
		signer_key = key.pem
		signer_digest = sha256
		digests = sha256
		default_policy = 1.2.3.4.1
		ordering = yes
		ess_cert_id_chain = no
	END
	echo 01 >serial
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Tests -keyout key.pem -out cert.pem \
		-addext extendedKeyUsage=critical,timeStamping 2>/dev/null
}

setup() {
	command -v python3 >/dev/null || skip "python3 is not here"
	whole
	tsa=$BATS_FILE_TMPDIR/tsa
	S=$BATS_TEST_TMPDIR/s.tar
}

# authority [MODE]: start it, and name it in the configuration
authority() {
	rm -f "$tsa/port"
	python3 "$BATS_TEST_DIRNAME/tsa.py" "$tsa" "${1:-good}" 3>&- &
	server=$!
	for _ in $(seq 100); do
		[ -e "$tsa/port" ] && break
		sleep 0.1
	done
	mkdir -p "$BATS_FILE_TMPDIR/beffroi"
	printf '[timestamp]\nurl = http://127.0.0.1:%s/tsr\nca_file = %s\n' "$(cat "$tsa/port")" "$tsa/cert.pem" \
		>"$BATS_FILE_TMPDIR/beffroi/beffroi.conf"
}

teardown() {
	[ -z "${server:-}" ] || kill "$server" 2>/dev/null || true
	rm -f "$BATS_FILE_TMPDIR/beffroi/beffroi.conf"
}

@test "a stamp is asked for, kept, and checked with openssl" {
	authority
	b -q report dossier --timestamp -o "$S"
	run tar tf "$S"
	[ "${lines[-1]##*/}" = manifest.tsr ]
	T=$S
	sound
	run --separate-stderr b verify --json "$S"
	jq -e .time_stamp_checked <<<"$output"
	unpack
	(cd "$D" && openssl ts -verify -data manifest.json -in manifest.tsr -CAfile "$tsa/cert.pem")
	# Without the authority's certificate it is said what to type.
	rm "$BATS_FILE_TMPDIR/beffroi/beffroi.conf"
	run b verify "$S"
	[ "$status" -eq 0 ]
	[[ $output == *'openssl ts -verify'* ]]
}

@test "a stamp of something else, or changed, is refused" {
	authority
	b -q report dossier --timestamp -o "$S"
	WHOLE=$S
	T=$BATS_TEST_TMPDIR/t.tar
	cp "$S" "$T"
	in_member manifest.tsr 300
	run b verify "$T"
	[ "$status" -eq 5 ]
	[[ $output == *manifest.tsr* ]]
}

@test "an authority that answers badly: no dossier, and why" {
	while read -r mode why; do
		authority "$mode"
		run b -q report dossier --timestamp -o "$S"
		[ "$status" -eq 6 ] && [[ $output == *"$why"* ]] || { echo "$mode: $status: $output"; return 1; }
		[ ! -e "$S" ]
		kill "$server"
	done <<-'END'
		other something else
		junk no time stamp
		long no time stamp
		refuse refuses
		error 500
	END
	run b -q report dossier --timestamp -o "$S"
	[ "$status" -eq 6 ]
	rm "$BATS_FILE_TMPDIR/beffroi/beffroi.conf"
	run b -q report dossier --timestamp -o "$S"
	[ "$status" -eq 2 ]
}
