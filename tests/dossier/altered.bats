#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Copies of a dossier with one thing changed: both checks refuse them and name the
# same place.

bats_require_minimum_version 1.5.0
load lib

setup_file() { make_dossier; }
setup() { whole; }

@test "the dossier is sound, for both, and as it was unpacked" {
	sound
	[[ $output == sound:* ]]
	unpack
	run sh "$D/verify.sh"
	[ "$status" -eq 0 ]
	(cd "$D" && sha256sum --quiet -c SHA256SUMS)
	run --separate-stderr b verify --json "$T"
	jq -e '.sound and .evidence == 3 and .erased == 1 and .left_out == 0' <<<"$output"
	run b verify --all-signatures "$T"
	[ "$status" -eq 0 ]
	run bash -c '"$BEFFROI" verify - <"$1"' _ "$T"
	[ "$status" -eq 0 ]
}

@test "one byte of what each member holds" {
	for name in LISEZMOI.txt README.txt verify.sh journal/verify.sh documents/full.html documents/case.json SHA256SUMS \
		evidence/index.txt "$(playbook)" "$(evidence)"; do
		whole
		in_member "$name" 40
		refused "$name"
	done
	whole
	in_member manifest.json 100
	refused manifest.json
	whole
	in_member manifest.sig 10
	refused manifest.json
	[ "$copies" -eq 12 ]
}

@test "the journals, with the line" {
	unpack
	before() { sed "$1" "$D/journal/$2.ndjson" | wc -c; }
	in_member journal/journal.ndjson $(($(before '2,$d' journal) + $(sed -n 2p "$D/journal/journal.ndjson" | grep -bo premier | cut -d : -f 1)))
	refused "journal/journal.ndjson line 2"
	whole
	in_member journal/journal.ndjson $(($(before '3,$d' journal) + $(sed -n 3p "$D/journal/journal.ndjson" | grep -bo '"id":"' | cut -d : -f 1) + 9))
	refused "journal/journal.ndjson line 3"
	whole
	in_member journal/journal.ndjson $(($(before '$d' journal) + $(tail -n 1 "$D/journal/journal.ndjson" | grep -bo '"signature":"' | cut -d : -f 1) + 16))
	refused "journal/journal.ndjson line *"
	whole
	in_member journal/organisation.ndjson $(($(before '$d' organisation) + 250))
	refused "journal/organisation.ndjson line *"
	whole
	in_member journal/journal.ndjson $(($(before '4,$d' journal) - 1))
	refused "journal/journal.ndjson line 3"
}

@test "each field of a header, the padding, the end" {
	name=journal/organisation.ndjson
	for at in 104 110 120 130 140 150 157 200 257 263 265 300 330 338 350 480 511; do
		whole
		in_header $name $at
		refused "$name"
	done
	for at in 0 156; do
		whole
		in_header $name $at
		refused '*'
	done
	whole
	in_member evidence/index.txt 511
	[[ $(tar tvf "$WHOLE" | awk '/index.txt/ { print $3 }') -lt 511 ]]
	refused evidence/index.txt
	size=$(wc -c <"$T")
	whole
	flip $((size - 1))
	refused ''
	whole
	flip $((size - 1000))
	refused '*'
}

@test "cut off, and added to" {
	size=$(wc -c <"$WHOLE")
	for len in 0 1 511 512 700 $((size / 2)) $((size - 1025)) $((size - 1024)) $((size - 512)) $((size - 1)); do
		head -c "$len" "$WHOLE" >"$T"
		refused '*'
	done
	for more in 1 512 10240; do
		{ cat "$WHOLE" && head -c $more /dev/zero; } >"$T"
		refused ''
	done
	cat "$WHOLE" "$WHOLE" >"$T"
	refused ''
}

@test "a member removed, added, moved, doubled" {
	unpack
	grep -v documents/case.json "$D.order" >"$D.new" && mv "$D.new" "$D.order"
	pack "$D"
	refused documents/case.json
	whole && unpack
	echo hello >"$D/documents/more.html"
	sed -i 's|^SHA256SUMS$|documents/more.html\n&|' "$D.order"
	pack "$D"
	refused documents/more.html
	whole && unpack
	{ sed -n 2p "$D.order"; sed -n 1p "$D.order"; sed 1,2d "$D.order"; } >"$D.new" && mv "$D.new" "$D.order"
	pack "$D"
	refused README.txt
	whole && unpack
	sed -i 's|^SHA256SUMS$|README.txt\n&|' "$D.order"
	pack "$D"
	refused README.txt
	whole && unpack
	grep -v manifest.sig "$D.order" >"$D.new" && mv "$D.new" "$D.order"
	pack "$D"
	refused manifest.sig
}

@test "any byte at all: four hundred of them" {
	size=$(wc -c <"$T")
	for ((at = 3; at < size; at += size / 400)); do
		flip $at
		status=0
		b verify "$T" >said 2>&1 || status=$?
		[ "$status" -eq 5 ] || { echo "byte $at: $status: $(cat said)"; return 1; }
		cp "$WHOLE" "$T"
	done
}

# ---- sealed again by somebody who has another key ----

@test "a dossier sealed again as it was is sound, and says that its post wrote nothing of it" {
	unpack
	reseal
	sound
	run b verify "$T"
	[[ $output == *"wrote 0 of its entries"* ]]
}

@test "sealed again with a journal that was changed, shortened, or is another's" {
	unpack
	sed -i '2s/premier/Premier/' "$D/journal/journal.ndjson"
	reseal
	refused "journal/journal.ndjson line 2"
	whole && unpack
	sed -i '4d' "$D/journal/journal.ndjson"
	reseal '.entries -= 1'
	refused "journal/journal.ndjson line 4"
	whole && unpack
	sed -i '$d' "$D/journal/journal.ndjson"
	reseal
	refused "journal/journal.ndjson line *"
	reseal ".entries -= 1 | .heads = [\"$(tail -n 1 "$D/journal/journal.ndjson" | jq -r .id)\"]"
	refused "journal/organisation.ndjson line *"
	whole && unpack
	jq -c 'if .number == 2 then del(.body, .salt) else . end' "$D/journal/journal.ndjson" >"$D.j" && mv "$D.j" "$D/journal/journal.ndjson"
	reseal
	refused "journal/journal.ndjson line 2"
	reseal ".left_out = {entries: [{id: \"$(sed -n 3p "$D/journal/journal.ndjson" | jq -r .id)\", number: 3}], parts: [], reason: \"x\"}"
	refused "journal/journal.ndjson line 2"
	reseal ".left_out = {entries: [{id: \"$(sed -n 2p "$D/journal/journal.ndjson" | jq -r .id)\", number: 3}], parts: [], reason: \"x\"}"
	refused manifest.json
}

@test "sealed again with evidence or a playbook that nobody spoke of, or without what was" {
	unpack
	printf x >>"$D/$(evidence)"
	reseal
	refused "$(evidence)"
	whole && unpack
	hex=$(printf other | sha256sum | cut -c 1-64)
	printf other >"$D/evidence/$hex"
	sed -i "s|^SHA256SUMS\$|evidence/$hex\n&|" "$D.order"
	reseal
	refused "evidence/$hex"
	whole && unpack
	printf other >"$D/playbooks/${hex:0:16}.json"
	sed -i "s|^SHA256SUMS\$|playbooks/${hex:0:16}.json\n&|" "$D.order"
	reseal
	refused "playbooks/${hex:0:16}.json"
	whole && unpack
	sed -i "\\|$(evidence)|d" "$D.order"
	reseal
	refused "journal/journal.ndjson line *"
	whole && unpack
	sed -i "\\|journal/organisation|d" "$D.order"
	reseal
	refused journal/organisation.ndjson
}

@test "sealed again with a manifest of another form" {
	unpack
	for change in '.v = 2' '.extra = 1' '.members[0].name = "../x"' '.created_at = -1' '.incident.ref = "INC-2026-002"' \
		'.members[0].size += 1' '.members += [.members[0]]' '.heads = []' '.entries = 1.5' '.post = "x"'; do
		whole && unpack
		reseal "$change"
		refused '*'
	done
	whole && unpack
	reseal
	printf '\n' >>"$D/manifest.json"
	pack "$D"
	refused manifest.json
}
