# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash disable=SC2034
#
# Makes journals by hand, with openssl and jq alone: what a second program would
# have to do, and what somebody who wants to cheat can.

LOG=0198c0de-0000-7000-8000-000000000001
ORG=0198c0de-0000-7000-8000-0000000000ff
unhex() { sed 's/../\\x&/g' | { read -r x; printf '%b' "$x"; }; }
sha() { sha256sum | cut -c 1-64; }

# post NAME: draw a pair of keys
post() {
	openssl genpkey -algorithm ed25519 -out "$BATS_FILE_TMPDIR/$1.pem"
	openssl pkey -in "$BATS_FILE_TMPDIR/$1.pem" -pubout -outform DER | tail -c 32 | od -An -v -tx1 | tr -d ' \n' \
		>"$BATS_FILE_TMPDIR/$1.pub"
}

# sign NAME ID: the signature in hexadecimal
sign() {
	printf %s "$2" | unhex >"$BATS_FILE_TMPDIR/id.bin"
	openssl pkeyutl -sign -rawin -inkey "$BATS_FILE_TMPDIR/$1.pem" -in "$BATS_FILE_TMPDIR/id.bin" |
		od -An -v -tx1 | tr -d ' \n'
}

# line NAME HEADER BODY SALT: an exported line, signed by post NAME
line() {
	local id log
	id=$(printf %s "$2" | sha)
	log=${2#*'"log":"'}
	log=${log%%'"'*}
	jq -cn --arg log "$log" --arg id "$id" --arg header "$2" --arg body "$3" --arg salt "$4" --arg sig "$(sign "$1" "$id")" \
		'{v: 1, type: "journal.entry", log: $log, number: 1, id: $id, header: $header, body: $body, salt: $salt, signature: $sig}'
}

# header NAME LOG KIND BODY SALT AT [PARENT...]
header() {
	local pub digest uid name=$1 log=$2 kind=$3 body=$4 salt=$5 at=$6
	shift 6
	pub=$(cat "$BATS_FILE_TMPDIR/$name.pub")
	digest=$({ printf %s "$salt" | unhex; printf %s "$body"; } | sha)
	uid=0198c0de-$(openssl rand -hex 2)-7000-8000-$(openssl rand -hex 6)
	jq -cSn --arg author "$name" --arg body "$digest" --arg kind "$kind" --arg log "$log" --arg post "$pub" \
		--argjson at "$at" --arg uid "$uid" '{author: $author, body: $body, kind: $kind, log: $log, offset: 3600,
		parents: ($ARGS.positional | sort), post: $post, recorded_at: $at, uid: $uid, v: 1, zone: "Europe/Paris"}' \
		--args "$@"
}

# add NAME LOG KIND BODY AT [PARENT...]: append an entry to $J; its id is in $ID
add() {
	local h salt name=$1 log=$2 kind=$3 body=$4 at=$5
	shift 5
	salt=$(openssl rand -hex 16)
	h=$(header "$name" "$log" "$kind" "$body" "$salt" "$at" "$@")
	line "$name" "$h" "$body" "$salt" >>"$J"
	ID=$(printf %s "$h" | sha)
}

# edit N FILTER: change line N of $J with jq
edit() {
	awk -v n="$1" 'NR == n' "$J" | jq -c "$2" >"$J.line"
	awk -v n="$1" -v with="$J.line" 'NR == n { getline < with } { print }' "$J" >"$J.new"
	mv "$J.new" "$J"
}

# order A B C...: keep these lines of $J, in this order
order() {
	awk -v order="$*" '{ l[NR] = $0 } END { n = split(order, o, " "); for (i = 1; i <= n; i++) print l[o[i]] }' "$J" >"$J.new"
	mv "$J.new" "$J"
}
