#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# The independent check, on journals made by hand and on those of the program.

bats_require_minimum_version 1.5.0
load forge

# Six entries of two posts, a merge of two heads among them.
setup_file() {
	local A B C D E
	J=$BATS_FILE_TMPDIR/journal.ndjson
	post lea
	post marc
	add lea "$LOG" incident.opened '{"title":"été \"noir\" \\ \u0001\n\u007f 𝄞 \u2028","v":1}' 1000
	A=$ID
	add lea "$LOG" note '{"text":"deux"}' 2000 "$A"
	B=$ID
	add lea "$LOG" note '{"text":"trois"}' 3000 "$B"
	C=$ID
	add marc "$LOG" note '{"text":"à part"}' 3500 "$B"
	D=$ID
	add marc "$LOG" note '{}' 4000 "$C" "$D"
	E=$ID
	add lea "$LOG" note '{"text":"fin"}' 5000 "$E"
}

setup() {
	VERIFY=$BATS_TEST_DIRNAME/../../contrib/verify/verify.sh
	J=$BATS_TEST_TMPDIR/journal.ndjson
	: >"$J"
}

# A copy of it in $J; its ids in A B C D E F.
journal() {
	cp "$BATS_FILE_TMPDIR/journal.ndjson" "$J"
	# shellcheck disable=SC2046
	set -- $(jq -r .id "$J")
	A=$1 B=$2 C=$3 D=$4 E=$5 F=$6
}

sound() {
	run --separate-stderr sh "$VERIFY" "$@" "$J"
	[ "$status" -eq 0 ] || { echo "$output"; echo "${stderr-}"; return 1; }
	[[ $output == sound:* ]]
	[ "${#lines[@]}" -eq 1 ]
}

# broken WHERE WHAT [OPTIONS]
broken() {
	local where=$1 what=$2
	shift 2
	run sh "$VERIFY" "$@" "$J"
	[ "$status" -eq 5 ] || { echo "status $status: $output"; return 1; }
	[[ $output == "BROKEN${where:+ at line $where }"*"$what"* ]] || { echo "said: $output"; return 1; }
	[ "${#lines[@]}" -eq 1 ]
}

head_of() {
	printf %s "$1" | tr a-f A-F | sed 's/\(....\)\(....\)\(....\)\(....\)\(....\).*/\1-\2-\3-\4-\5/'
}

@test "a sound journal is sound, and its head is told" {
	journal
	sound
	[[ $output == "sound: entries 6, journals 1, erased 0, head $(head_of "$F"); signatures checked: 3" ]]
	sound --all
	[[ $output == *"signatures checked: 6" ]]
	sound --head "$(head_of "$F")" --head "$C"
	run sh "$VERIFY" - <"$J"
	[ "$status" -eq 0 ]
}

@test "two journals in one file do not mix" {
	journal
	add marc "$ORG" log.created '{}' 6000
	add marc "$ORG" checkpoint '{"heads":[]}' 7000 "$ID"
	sound
	[[ $output == *"entries 8, journals 2,"* ]]
	add marc "$ORG" note '{"text":"not of this journal"}' 8000 "$F"
	broken 9 'which is not before it'
}

@test "what was written apart and not yet joined has two heads" {
	journal
	add marc "$LOG" note '{"text":"x"}' 6000 "$E"
	sound
	[[ $output == *"head $(head_of "$F"), $(head_of "$ID");"* ]]
}

@test "one byte of a body, a header, an id or a salt" {
	journal
	edit 3 '.body |= sub("trois"; "Trois")'
	broken 3 'body does not match its digest'
	edit 3 '.body |= sub("Trois"; "trois") | .header |= sub("recorded_at\":3000"; "recorded_at\":2999")'
	broken 3 'header does not match the id'
	edit 3 '.header |= sub("recorded_at\":2999"; "recorded_at\":3000") | .salt |= sub("^.."; "zz")'
	broken 3 'salt is not'
	edit 3 '.salt = "00112233445566778899aabbccddeeff"'
	broken 3 'body does not match its digest'
}

@test "an entry removed, doubled, or moved" {
	journal
	cp "$J" "$J.whole"
	order 1 3 4 5 6
	broken 2 'which is not before it'
	cp "$J.whole" "$J"
	order 2 3 4 5 6
	broken 1 'the entries before it are missing'
	cp "$J.whole" "$J"
	order 1 3 2 4 5 6
	broken 2 'which is not before it'
	cp "$J.whole" "$J"
	order 1 2 3 3 4 5 6
	broken 4 'twice'
	cp "$J.whole" "$J"
	order 1 2 4 3 5 6
	sound
}

@test "the end cut off is seen by whoever knows a head, and by nobody else" {
	journal
	order 1 2 3
	sound
	broken '' 'cut off' --head "$(head_of "$F")"
	sound --head "$(head_of "$C")"
}

@test "bodies exchanged" {
	journal
	edit 2 "$(sed -n 3p "$J" | jq -c '{body: .body, salt: .salt}' | sed 's/^/. + /')"
	broken 2 'body does not match its digest'
}

@test "an entry back-dated, with its id made anew" {
	journal
	h=$(sed -n 2p "$J" | jq -r '.header | sub("recorded_at\":2000"; "recorded_at\":1500")')
	edit 2 "$(jq -cn --arg h "$h" --arg id "$(printf %s "$h" | sha)" '{header: $h, id: $id}' | sed 's/^/. + /')"
	broken 2 'signature'
	order 1 2
	broken 2 'signature'
}

@test "an entry slipped in, signed by the wrong post" {
	journal
	post eve
	salt=00112233445566778899aabbccddeeff
	h=$(header lea "$LOG" note '{"text":"never"}' $salt 2500 "$B")
	line eve "$h" '{"text":"never"}' $salt >>"$J"
	order 1 2 3 7 4 5 6
	broken 4 'signature'
	order 1 2 3 5 6 7 4
	broken 7 'signature'
}

@test "a bad signature that others cover is seen with --all" {
	journal
	edit 2 '.signature |= (if startswith("00") then "11" else "00" end) + .[2:]'
	sound
	broken 2 'signature' --all
}

@test "an erased body is named by an entry of its journal" {
	journal
	edit 2 'del(.body, .salt)'
	broken 2 'no entry of its journal says'
	cp "$J" "$J.gone"
	add lea "$LOG" entry.erased "{\"reason\":\"x\",\"target\":\"$B\"}" 6000 "$F"
	sound
	[[ $output == *"erased 1,"* ]]
	cp "$J.gone" "$J"
	add marc "$ORG" log.created '{}' 6000
	add marc "$ORG" entry.erased "{\"reason\":\"x\",\"target\":\"$B\"}" 6000 "$ID"
	broken 2 'no entry of its journal says'
	cp "$J.gone" "$J"
	edit 2 '.salt = "00112233445566778899aabbccddeeff"'
	broken 2 'do not come together'
}

@test "an erased body that is back" {
	journal
	add lea "$LOG" entry.erased "{\"reason\":\"x\",\"target\":\"$B\"}" 6000 "$F"
	broken 2 'was erased, and is here again'
}

@test "a second beginning, a uid used twice" {
	journal
	add lea "$LOG" incident.opened '{"title":"again"}' 6000
	broken 7 'follows no entry'
	order 1 2 3 4 5 6
	uid=$(sed -n 2p "$J" | jq -r '.header | fromjson | .uid')
	salt=00112233445566778899aabbccddeeff
	h=$(header lea "$LOG" note '{}' $salt 6000 "$F" | jq -c --arg u "$uid" '.uid = $u')
	line lea "$h" '{}' $salt >>"$J"
	broken 7 'uid'
}

@test "one way to write a header" {
	journal
	cp "$J" "$J.whole"
	salt=00112233445566778899aabbccddeeff
	good=$(header lea "$LOG" note '{}' $salt 6000 "$F")
	while IFS= read -r change; do
		cp "$J.whole" "$J"
		h=$(jq -rn --arg h "$good" "\$h | $change")
		[ "$h" != "$good" ]
		line lea "$h" '{}' $salt >>"$J"
		broken 7 'canonical'
	done <<-'END'
		sub(","; ", ")
		sub("\"v\":1"; "\"v\":1.0")
		sub("\"v\":1"; "\"v\":1,\"w\":1")
		sub("\"v\":1"; "\"v\":1,\"v\":1")
		sub("\"v\":1"; "\"v\":2")
		sub("recorded_at\":6000"; "recorded_at\":6e3")
		sub("recorded_at\":6000"; "recorded_at\":06000")
		sub("\"lea\""; "\"léa\"")
		sub("\"lea\""; "\"\\u006cea\"")
		sub("\"offset\":3600,"; "")
		sub("\"kind\""; "\"happened_at\":6000,\"kind\"")
		. + " "
		. + "\n{}"
	END
	cp "$J.whole" "$J"
	h=$(jq -c --arg f "$F" --arg a "$A" '.parents = ([$f, $a] | sort | reverse)' <<<"$good")
	line lea "$h" '{}' $salt >>"$J"
	broken 7 'not sorted'
	cp "$J.whole" "$J"
	line lea "$good"$'\n' '{}' $salt >>"$J"
	broken 7 'canonical'
}

@test "bodies: control characters, not an object" {
	journal
	salt=00112233445566778899aabbccddeeff
	for body in $'{"text":"a\nb"}' $'{"text":"a\tb"}' '[1]' 'x' ''; do
		cp "$J" "$J.kept"
		h=$(header lea "$LOG" note "$body" $salt 6000 "$F")
		line lea "$h" "$body" $salt >>"$J"
		broken 7 'the body is not'
		mv "$J.kept" "$J"
	done
}

@test "lines that are no entries" {
	journal
	for bad in 'hello' '[]' '{}' '{"v":1,"type":"note"}' '' '{"v":2,"type":"journal.entry"}' $'\xff' \
		'{} {}' '{},{}' '{}] [5,{}' '{"v":1,"type":"journal.entry","id":"x"}' '{"v":1,"type":"journal.entry","id":{"a":1}}'; do
		{ head -n 3 "$J"; printf '%s\n' "$bad"; tail -n 3 "$J"; } >"$J.bad"
		run sh "$VERIFY" "$J.bad"
		[ "$status" -eq 5 ]
		[[ $output == 'BROKEN at line 4 '* ]]
	done
	: >"$J"
	broken '' 'no entry'
}

@test "the first broken line is the one that is named" {
	journal
	edit 5 '.body = "{\"x\":1}"'
	edit 4 '.body = "{\"x\":1}"'
	broken 4 'body'
	printf 'x\n' >>"$J"
	broken 4 'body'
}

@test "an entry dated before the one it follows is told, not condemned" {
	journal
	add lea "$LOG" note '{}' 1 "$F"
	sound
	[[ $stderr == *'dated before the entry they follow: 1'* ]]
}

@test "a long journal whose third line cannot be read is not taken for a short one" {
	journal
	long=$(head -c 60000 /dev/zero | tr '\0' x)
	for _ in 1 2 3 4 5; do
		add lea "$LOG" note "{\"text\":\"$long\"}" 6000 "${ID:-$F}"
	done
	awk 'NR == 3 { printf "%s\v", $0; next } { print }' "$J" >"$J.bad"
	run sh "$VERIFY" "$J.bad"
	[ "$status" -eq 5 ]
	[[ $output == 'BROKEN at line 3 '* ]]
}

@test "long texts are digested byte for byte, whatever the tools' buffers" {
	journal
	long=$(head -c 60000 /dev/zero | sed 's/\x0/é/g')
	add lea "$LOG" note "{\"text\":\"$long\"}" 6000 "$F"
	add lea "$LOG" note "{\"text\":\"x$long\"}" 6000 "$ID"
	add lea "$LOG" note "{\"text\":\"xx$long\"}" 6000 "$ID"
	sound
}

@test "without openssl it says what was not checked" {
	journal
	mkdir "$BATS_TEST_TMPDIR/bin"
	for tool in sh jq awk sha256sum mktemp rm mkdir cat find sort sed grep tr; do
		ln -s "$(command -v $tool)" "$BATS_TEST_TMPDIR/bin/$tool"
	done
	PATH=$BATS_TEST_TMPDIR/bin run sh "$VERIFY" "$J"
	[ "$status" -eq 0 ]
	[[ $output == *"signatures NOT checked"* ]]
	rm "$BATS_TEST_TMPDIR/bin/jq"
	PATH=$BATS_TEST_TMPDIR/bin run sh "$VERIFY" "$J"
	[ "$status" -eq 2 ]
	[[ $output == *"jq is needed"* ]]
}

@test "wrong usage is 2" {
	journal
	for arguments in "--head" "--head xyz" "--head 7F3A" "--nope" "$J $J" "/nonexistent"; do
		# shellcheck disable=SC2086
		run sh "$VERIFY" $arguments
		[ "$status" -eq 2 ]
	done
	run sh "$VERIFY" --help
	[ "$status" -eq 0 ]
}

@test "the page's own commands, as they are printed there" {
	journal
	cd "$BATS_TEST_TMPDIR"
	page=$BATS_TEST_DIRNAME/../../contrib/verify/README.md
	sed -n '/^\*\*One entry by hand/,/^\(---\|## \)/p' "$page" | sed -n 's/^    //p' >hand.sh
	[ "$(wc -l <hand.sh)" -ge 10 ]
	run bash -e hand.sh
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "$C" ]
	[ "${lines[1]}" = "$C  -" ]
	[ "${lines[3]}" = "${lines[2]}  -" ]
	[ "${lines[4]}" = "$B" ]
	[ "${lines[5]}" = "Signature Verified Successfully" ]
	[ "${#lines[@]}" -eq 6 ]
}

# ---- what the program writes ----

b() {
	BEFFROI_BASE=$BATS_TEST_TMPDIR/base XDG_CONFIG_HOME=$BATS_TEST_TMPDIR XDG_STATE_HOME=$BATS_TEST_TMPDIR/${1-state} \
		"$BEFFROI" "${@:2}" </dev/null
}

@test "a real journal, by two posts, with odd text and an erasure" {
	[ -x "${BEFFROI:-}" ] || skip "the program is not named by BEFFROI"
	b lea open 'Fichiers « chiffrés » \ " 𝄞 é' --type ransomware --drill
	for i in 1 2 3; do
		b lea note "fait $i : l'été"$'\n\t'"suite"
		b marc note "autre poste $i"
	done
	b lea run >"$BATS_TEST_TMPDIR/card"
	b lea log --format journal >"$J"
	sound --all
	before=$output
	[[ $before == *"journals 1, erased 0,"* ]]
	b lea strike 2 --erase --reason "test" --yes
	b lea log --format journal >"$J"
	sound
	[[ $output == *"erased 1,"* ]]
	# The head that the program shows is the one found here.
	head=$(sed 's/.*head \([0-9A-F-]*\);.*/\1/' <<<"$output")
	b lea verify --head "$head"
	b lea status | grep -q "$head"
	edit 3 '.body |= sub("autre"; "Autre")'
	broken 3 'body'
	order 1 2 4 5 6 7 8 9
	broken 3 'which is not before it'
}
