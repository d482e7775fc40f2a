# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash disable=SC2034
#
# What the tests of dossiers share: a small one, made once a file, and ways to
# change it.

CHECK=$BATS_TEST_DIRNAME/../../contrib/verify/verify-dossier.sh

# b WORDS...: the program, in a store of this file's own
b() {
	BEFFROI_TEST_NOW=${NOW-2026-03-02T10:00:00Z} BEFFROI_BASE=$BATS_FILE_TMPDIR/base XDG_CONFIG_HOME=$BATS_FILE_TMPDIR \
		XDG_STATE_HOME=$BATS_FILE_TMPDIR/state LOGNAME=lea LC_ALL=C.UTF-8 TZ=UTC "$BEFFROI" "$@" </dev/null
}

# An incident with evidence, a playbook and an erased text, and its dossier in $WHOLE.
make_dossier() {
	local dir=$BATS_FILE_TMPDIR
	WHOLE=$dir/whole.tar
	cd "$dir" || return
	printf 'ligne un\n' >a.log
	head -c 70000 /dev/zero | tr '\0' 'x' >image.bin
	: >empty
	b -q open 'Fichiers « chiffrés »' --type ransomware
	b -q note "premier fait : l'été"
	b -q note 'numéro de téléphone 06 12 34 56 78'
	b -q attach a.log image.bin empty
	b -q run ransomware
	b -q note 'à effacer'
	b -q strike 8 --erase --reason 'numéro' --yes
	b -q note 'dernier fait'
	b -q report dossier -o "$WHOLE"
}

# whole: a fresh copy in $T
whole() {
	WHOLE=$BATS_FILE_TMPDIR/whole.tar
	T=$BATS_TEST_TMPDIR/t.tar
	cp "$WHOLE" "$T"
}

# block MEMBER: where its header is, in blocks
block() {
	tar tRf "$WHOLE" | sed -n "s|^block \([0-9]*\): [^/]*/$1\$|\1|p"
}

evidence() { # the name of the longest piece
	tar tvf "$WHOLE" | awk '$6 ~ /evidence\/[0-9a-f]+$/ && $3 == 70000 { sub(/^[^\/]*\//, "", $6); print $6 }'
}

playbook() { tar tf "$WHOLE" | sed -n 's|^[^/]*/\(playbooks/.*\)|\1|p'; }

# flip OFFSET: change one byte of $T
flip() {
	local old new
	old=$(od -An -tu1 -j "$1" -N 1 "$T")
	printf -v new '\\%03o' $(((old + 1) % 256))
	# shellcheck disable=SC2059 # it is the byte itself
	printf "$new" | dd of="$T" bs=1 seek="$1" conv=notrunc status=none
}

# in_member MEMBER OFFSET: flip a byte of its content; in_header likewise
in_member() { flip $((($(block "$1") + 1) * 512 + $2)); }
in_header() { flip $(($(block "$1") * 512 + $2)); }

# refused PLACE: by both, with the same place.  "*": wherever it is, of which what is no archive has none.
refused() {
	local ours theirs
	run b verify "$T"
	[ "$status" -eq 5 ] || { echo "the program: status $status: $output"; return 1; }
	ours=$(sed -n 's/^beffroi: \(BROKEN\( in [^:]*\)\{0,1\}\): .*/\1/p' <<<"$output")
	# shellcheck disable=SC2053
	[[ $ours == "BROKEN${1:+ in }"$1 || ($1 == '*' && $output == 'beffroi: BROKEN'*) ]] || { echo "the program: $output"; return 1; }
	run sh "$CHECK" "$T"
	[ "$status" -eq 5 ] || { echo "the script: status $status: $output"; return 1; }
	theirs=$(sed -n 's/^\(BROKEN\( in [^:]*\)\{0,1\}\): .*/\1/p' <<<"$output")
	[[ $ours == "$theirs" || $1 == '*' ]] || { echo "the program: $ours; the script: $output"; return 1; }
	copies=$((${copies:-0} + 1))
}

sound() {
	run b verify "${1:-$T}"
	[ "$status" -eq 0 ] || { echo "the program: $status: $output"; return 1; }
	run sh "$CHECK" "${1:-$T}"
	[ "$status" -eq 0 ] || { echo "the script: $status: $output"; return 1; }
}

# sizes FOLDER: "SIZE NAME" of each file that is named on standard input
sizes() { (cd "$1" && xargs -d '\n' stat -c '%s %n' --); }

# pack FOLDER: an archive of it into $T, in the order of its file "order", as a dossier is written; by the
# script's own writer of headers
pack() {
	local name size header awk=$BATS_TEST_TMPDIR/header.awk date=${DATE-$(jq '.created_at / 1000 | floor' "$1/manifest.json")}
	sed -n "/^cat >.*header.awk/,/^AWK\$/p" "$CHECK" | sed '1d;$d' >"$awk"
	sizes "$1" <"$1.order" >"$1.sizes"
	while read -r size name <&3 && IFS= read -r header <&4; do
		printf %b "$header"
		cat "$1/$name"
		head -c $(((512 - size % 512) % 512)) /dev/zero
	done 3<"$1.sizes" 4< <(awk -v folder="${1##*/}" -v date="$date" '{ print folder "/" $2, $1, date }' "$1.sizes" |
		awk -f "$awk") >"$T"
	head -c 1024 /dev/zero >>"$T"
}

# unpack: $T into $D, and its order
unpack() {
	(cd "$BATS_TEST_TMPDIR" && rm -rf ./*-dossier && tar xf "$T" && tar tf "$T" | sed 's|^[^/]*/||' >INC-2026-001-dossier.order)
	D=$BATS_TEST_TMPDIR/INC-2026-001-dossier
}

# reseal [FILTER]: sums, manifest and signature anew, by another post; FILTER changes the manifest
reseal() {
	local key=$BATS_TEST_TMPDIR/forger
	openssl genpkey -algorithm ed25519 -out "$key.pem"
	post=$(openssl pkey -in "$key.pem" -pubout -outform DER | tail -c 32 | od -An -v -tx1 | tr -d ' \n')
	(
		cd "$D" || exit
		grep -v '^manifest\|^SHA256SUMS' "$D.order" | xargs sha256sum >SHA256SUMS
		grep -v '^manifest' "$D.order" >"$D.named"
		paste -d ' ' <(xargs sha256sum <"$D.named") <(sizes . <"$D.named") |
			jq -Rn '[inputs | split(" ") | {name: .[2], sha256: .[0], size: (.[3] | tonumber)}]' >"$D.members"
		jq -S -c -j --slurpfile members "$D.members" --arg post "$post" ".members = \$members[0] | .post = \$post | ${1:-.}" \
			manifest.json >manifest.new
		mv manifest.new manifest.json
		printf %b "$(sha256sum <manifest.json | cut -c 1-64 | sed 's/../\\x&/g')" >"$key.digest"
		openssl pkeyutl -sign -rawin -inkey "$key.pem" -in "$key.digest" -out manifest.sig
	)
	pack "$D"
}
