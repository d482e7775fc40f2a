#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Check a sealed dossier of beffroi without beffroi: POSIX sh, jq, awk and
# sha256sum; signatures with openssl 3 where there is one.  README.md, beside it in
# the sources, says what is checked and what cannot be.
#
#     sh verify.sh [--all] FILE.tar     the archive, byte for byte
#     sh verify.sh [--all] [FOLDER]     what was unpacked (by default, here)
#
# Exit status: 0 sound, 5 broken (the first broken place is named), 2 wrong
# usage or a missing tool.
set -eu
LC_ALL=C
export LC_ALL

die() {
	printf 'verify: %s\n' "$1" >&2
	exit 2
}

# broken PLACE WHAT
broken() {
	printf 'BROKEN%s: %s\n' "${1:+ in $1}" "$2"
	exit 5
}

usage() {
	echo "usage: sh verify.sh [--all] [FILE.tar | FOLDER]"
	echo "  --all  check every signature, not only those that cover the rest"
}

all='' what=''
while [ $# -gt 0 ]; do
	case $1 in
	--all) all=--all ;;
	-h | --help) usage && exit 0 ;;
	-*) usage >&2 && exit 2 ;;
	*)
		[ -z "$what" ] || die "one dossier at a time"
		what=$1
		;;
	esac
	shift
done
here=$(dirname "$0")
what=${what:-$here}
[ -r "$what" ] || die "cannot read '$what'"
for tool in jq awk sha256sum cmp dd od; do
	command -v "$tool" >/dev/null || die "$tool is needed, and is not here"
done
journal_check=$here/journal/verify.sh
[ -r "$journal_check" ] || journal_check=$here/verify.sh
grep -q 'usage: sh verify.sh .*--partial' "$journal_check" 2>/dev/null ||
	die "the check of journals, journal/verify.sh (in the sources: verify.sh), is not beside this script"

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
dd if=/dev/zero of="$tmp/zeroes" bs=512 count=2 2>/dev/null

# 1. The archive.  Each header is read, then written again from its name, size and
#    date as a dossier has it, and compared: what is not a plain file, or has a path
#    that leaves the folder, is refused without a list of what is dangerous.  tar is
#    not used: nothing is unpacked before it was looked at.
cat >"$tmp/header.awk" <<'AWK'
# NAME SIZE MTIME: the header as text for printf %b.
function octal(n, digits,   out) {
	out = ""
	while (digits-- > 0) {
		out = (n % 8) out
		n = int(n / 8)
	}
	return out
}
function add(text,   i) {
	for (i = 1; i <= length(text); i++)
		sum += index(ascii, substr(text, i, 1)) + 31
	out = out text
	used += length(text)
}
function nul(n) {
	used += n
	while (n-- > 0)
		out = out "\\0000"
}
function size_field(n,   i, bytes) {
	if (n < 8589934592) {
		add(octal(n, 11))
		nul(1)
		return
	}
	sum += 128
	bytes = ""
	for (i = 0; i < 11; i++) {
		bytes = sprintf("\\0%03o", n % 256) bytes
		sum += n % 256
		n = int(n / 256)
	}
	out = out "\\0200" bytes
	used += 12
}
{
	ascii = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
	out = ""
	used = sum = 0
	add($1)
	nul(100 - used)
	add("0000644"); nul(1)
	add("0000000"); nul(1)
	add("0000000"); nul(1)
	size_field($2)
	add(octal($3, 11)); nul(1)
	start = out
	out = ""
	add("        0")
	nul(100)
	add("ustar"); nul(1); add("00")
	nul(512 - used)
	checksum = octal(sum, 6)
	print start checksum "\\0000 " substr(out, 9)
}
AWK

# field HEADER OFFSET LENGTH: those bytes, without the NULs.
field() { tail -c "+$(($2 + 1))" "$1" | head -c "$3" | tr -d '\0'; }

# What od says of the bytes of a header: how many they are, whether all are zero, size and date (octal, or
# from 8 GiB on binary after a byte 128; -1 if neither) and the name, with ? for what no name of ours has.
cat >"$tmp/fields.awk" <<'AWK'
function number(at,   i, n) {
	n = 0
	if (byte[at] == 128) {
		for (i = at + 4; i < at + 12; i++)
			n = n * 256 + byte[i]
		return sprintf("%.0f", n)
	}
	seen = 0
	for (i = at; i < at + 11; i++)
		if (byte[i] >= 48 && byte[i] <= 55) {
			n = n * 8 + byte[i] - 48
			seen = 1
		} else if (byte[i] != 0)
			return -1
	return seen ? sprintf("%.0f", n) : -1
}
function name(   i, out) {
	out = ""
	for (i = 0; i < 100; i++)
		if (byte[i] != 0)
			out = out (byte[i] > 32 && byte[i] < 127 ? substr(ascii, byte[i] - 32, 1) : "?")
	gsub(/[^A-Za-z0-9._\/-]/, "?", out)
	return out
}
{
	for (i = 1; i <= NF; i++) {
		byte[count++] = $i + 0
		zeroes += $i == 0
	}
}
END {
	ascii = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
	print count + 0, count == zeroes, number(124), number(136), name()
}
AWK

block() { dd if="$what" of="$tmp/$3" bs=512 skip="$1" count="$2" 2>/dev/null; }

bytes_of() { echo $(($(wc -c <"$1"))); }

# Why a header is not ours, in the words that help most.
why_not() {
	case $(field "$tmp/header" 156 1) in
	0) ;;
	1 | 2) echo "it is a link" && return ;;
	3 | 4 | 6) echo "it is a device or a pipe" && return ;;
	5) echo "it is a folder of its own" && return ;;
	S) echo "it is a sparse file" && return ;;
	*) echo "it is not a plain file" && return ;;
	esac
	case $1 in
	/* | *..*) echo "its path leaves the dossier" ;;
	*) echo "its header is not written as a dossier's are" ;;
	esac
}

carve() {
	at=0 folder='' first_date=''
	mkdir "$tmp/files"
	: >"$tmp/list"
	while :; do
		block "$at" 1 header
		read -r count zero size date name <<-END
			$(od -An -v -tu1 "$tmp/header" | awk -f "$tmp/fields.awk")
		END
		[ "$count" -eq 512 ] || broken '' "the archive is cut off (the member that starts at byte $((at * 512)))"
		if [ "$zero" -eq 1 ]; then
			dd if="$what" of="$tmp/end" bs=512 skip="$at" count=3 2>/dev/null
			cmp -s "$tmp/end" "$tmp/zeroes" || broken '' "the archive does not end as it must (byte $((at * 512)))"
			return
		fi
		place=$name
		[ -z "$folder" ] || place=${name#"$folder"/}
		case $name in
		/* | *..* | *[!A-Za-z0-9._/-]* | .* | -* | */.* | */-* | *//* | */ | '') broken "$place" "$(why_not "$name")" ;;
		esac
		# Numbers beyond any disk, and beyond those of the shell.
		case "$size $date" in *?????????????????*' '* | *' '*?????????????????*) broken "$place" "$(why_not "$name")" ;; esac
		case "$size $date" in *-1*) broken "$place" "$(why_not "$name")" ;; esac
		printf %b "$(printf '%s %s %s\n' "$name" "$size" "$date" | awk -f "$tmp/header.awk")" | cmp -s - "$tmp/header" ||
			broken "$place" "$(why_not "$name")"
		[ -n "$folder" ] || folder=${name%%/*} first_date=$date
		[ "$date" = "$first_date" ] || broken "$place" "$(why_not "$name")"
		case $name in
		"$folder"/*) place=${name#"$folder"/} ;;
		*) broken "$place" "it is not in the folder of the dossier" ;;
		esac
		[ ! -e "$tmp/files/$place" ] || broken "$place" "it is in the archive twice"
		case $place in
		*/*) [ -d "$tmp/files/${place%/*}" ] || mkdir -p "$tmp/files/${place%/*}" ;;
		esac
		blocks=$(((size + 511) / 512))
		if [ $(((at + 1 + blocks) * 512)) -gt "$whole" ]; then
			broken "$place" "the archive is cut off"
		fi
		dd if="$what" bs=512 skip=$((at + 1)) count="$blocks" 2>/dev/null | head -c "$size" >"$tmp/files/$place"
		if [ $((size % 512)) -gt 0 ]; then
			block $((at + blocks)) 1 last
			odd=$(od -An -v -tu1 -j $((size % 512)) "$tmp/last" | tr -d ' 0\n')
			[ -z "$odd" ] || broken "$place" "the bytes after it are not zeroes"
		fi
		printf '%s %s\n' "$place" "$size" >>"$tmp/list"
		at=$((at + 1 + blocks))
	done
}

if [ -d "$what" ]; then
	files=$what
	odd=$(find "$files" ! -type f ! -type d | sed -n 1p)
	[ -z "$odd" ] || broken "${odd#"$files"/}" "it is not a plain file"
	(cd "$files" && find . -type f) | sed 's|^\./||' | sort >"$tmp/list"
else
	files=$tmp/files
	whole=$(bytes_of "$what")
	carve
fi
cd "$files"

# 2. The manifest, and the seal on it.
for needed in manifest.json manifest.sig SHA256SUMS journal/journal.ndjson; do
	[ -f "$needed" ] || broken "$needed" "it is missing"
done
cat >"$tmp/form.jq" <<'JQ'
	def hex($n): type == "string" and test("\\A[0-9a-f]{" + ($n | tostring) + "}\\z");
	def uuid: type == "string" and test("\\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\z");
	def count: type == "number" and . >= 0 and . == floor;
	def path: type == "string" and test("\\A[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*\\z") and length < 101;
	if .v == 1 and .type == "beffroi.dossier" and (.created_at | count) and (.entries | count)
	and (keys - ["organisation"]) == ["created_at", "entries", "heads", "incident", "lang", "left_out", "members",
		"post", "tool", "type", "v"]
	and (.incident | keys == ["ref", "uuid"] and (.ref | type == "string") and (.uuid | uuid))
	and (.organisation == null or (.organisation | uuid)) and (.post | hex(64)) and (.heads | all(.[]; hex(64)))
	and (.left_out | keys == ["entries", "parts", "reason"]
		and all(.entries[]; keys == ["id", "number"] and (.id | hex(64)) and (.number | count)))
	and all(.members[]; keys == ["name", "sha256", "size"] and (.name | path) and (.sha256 | hex(64)) and (.size | count))
	and (.members | length) <= 100000
	# All that is asked of it later, at once: a word, then what it is.
	then "ref \(.incident.ref)", "date \(.created_at / 1000 | floor)", "post \(.post)",
		"organisation \(.organisation // "")", "parts \(.left_out.parts | length)",
		(.left_out.entries[] | "left_out \(.id)"), (.members[] | "member \(.name) \(.size) \(.sha256)")
	else false end
JQ
if ! jq -e -r -f "$tmp/form.jq" manifest.json >"$tmp/manifest" 2>/dev/null || ! jq -S -c -j . manifest.json 2>/dev/null | cmp -s - manifest.json; then
	broken manifest.json "it is not a manifest in canonical form"
fi
fact() { sed -n "s/^$1 //p" "$tmp/manifest"; }
octal() { sed 's/../\\0x&/g' | awk '{
	n = split($0, part, "\\\\0x")
	for (i = 2; i <= n; i++)
		printf "\\0%03o", 16 * (index("0123456789abcdef", substr(part[i], 1, 1)) - 1) + index("0123456789abcdef", substr(part[i], 2, 1)) - 1
}'; }
seal="the seal NOT checked (openssl 3 is not here)"
if openssl pkeyutl -help 2>&1 | grep -q rawin; then
	printf %b "$(sha256sum <manifest.json | cut -c 1-64 | octal)" >"$tmp/digest"
	printf %b "$(printf '302a300506032b6570032100%s\n' "$(fact post)" | octal)" >"$tmp/key"
	openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey "$tmp/key" -sigfile manifest.sig -in "$tmp/digest" \
		>/dev/null 2>&1 || broken manifest.json "the signature in manifest.sig is not that of the post over it"
	seal="the seal is good"
fi
if [ ! -d "$what" ]; then
	seals="$(fact ref)-dossier $(fact date)"
	[ "$seals" = "$folder $first_date" ] || broken manifest.json "it is the manifest of another archive"
fi

# check_journal NAME OPTION...: broken at its first broken line; else says nothing.
check_journal() {
	name=$1
	shift
	sh "$journal_check" ${all:+"$all"} "$@" "$name" >"$tmp/said" 2>/dev/null && return
	[ $? -eq 5 ] || die "the check of journals failed"
	line=$(sed -n 's/^BROKEN at line \([0-9]*\) .*/\1/p' "$tmp/said")
	broken "$name${line:+ line $line}" "$(sed 's/^BROKEN[^:]*: //' "$tmp/said")"
}
case $journal_check in /*) ;; *) journal_check=$OLDPWD/$journal_check ;; esac
fact left_out >"$tmp/left_out"
check_incident() { check_journal journal/journal.ndjson --left-out "$tmp/left_out"; }
check_organisation() { check_journal journal/organisation.ndjson --partial; }

# 3. The files: those of the manifest, in its order, and no other.
fact member | cut -d ' ' -f 1,2 >"$tmp/listed"
cp "$tmp/listed" "$tmp/expected"
for name in manifest.json manifest.sig manifest.tsr; do
	[ ! -f $name ] || printf '%s %s\n' "$name" "$(bytes_of $name)" >>"$tmp/expected"
done
fact member | awk '{ print $3 "  " $1 }' >"$tmp/digests"
twice=$(cut -d ' ' -f 1 "$tmp/listed" | sort | uniq -d | sed -n 1p)
[ -z "$twice" ] || broken "$twice" "it is in the archive twice"
while read -r name size; do
	[ -f "$name" ] || broken "$name" "it is missing"
done <"$tmp/listed"
if [ -d "$what" ]; then
	cut -d ' ' -f 1 "$tmp/expected" | sort >"$tmp/names"
	extra=$(awk 'NR == FNR { known[$0] = 1; next } !($0 in known)' "$tmp/names" "$tmp/list" | sed -n 1p)
else
	extra=$(awk 'NR == FNR { name[FNR] = $1; next } $1 != name[FNR] { print $1; exit }' "$tmp/expected" "$tmp/list")
fi
[ -z "$extra" ] || broken "$extra" "the manifest does not have it, or not in this place"
if ! sha256sum -c "$tmp/digests" >"$tmp/sums" 2>/dev/null; then
	bad=$(sed -n '/: OK$/!s/: FAILED.*//p' "$tmp/sums" | sed -n 1p)
	case $bad in
	journal/journal.ndjson) check_incident ;;
	journal/organisation.ndjson) check_organisation ;;
	esac
	broken "$bad" "it does not match its digest in the manifest"
fi
while read -r name size; do
	[ "$(bytes_of "$name")" = "$size" ] || broken "$name" "it does not have the size that the manifest says"
done <"$tmp/listed"
grep -v '  SHA256SUMS$' "$tmp/digests" | cmp -s - SHA256SUMS || broken SHA256SUMS "it does not say what the manifest says"

# 4. The journals, with themselves and with the manifest.
check_incident
said=$(cat "$tmp/said")
end=$(jq -n -r --slurpfile m manifest.json '
	[inputs] as $lines
	| [$lines[] | .header | fromjson] as $h
	| ([$lines[].id] - [$h[].parents[]]) as $heads
	| ($heads - $m[0].heads) as $other
	| if ($other | length) > 0 then
		"journal/journal.ndjson line \([$lines[].id] | index($other[0]) + 1)\tit ends the journal, and the manifest names another end"
	  elif ($heads | length) != ($m[0].heads | length) or ($lines | length) != $m[0].entries or $h[0].log != $m[0].incident.uuid then
		"journal/journal.ndjson\tit is not the journal that the manifest describes: its end was cut off, or it is another'\''s"
	  else
		first($m[0].left_out.entries[] | select($lines[.number - 1].id != .id)
			| "manifest.json\tentry #\(.number), which it says is left out, is not in the journal") // empty
	  end' journal/journal.ndjson)
[ -z "$end" ] || broken "${end%%	*}" "${end#*	}"
if [ -n "$(fact organisation)" ]; then
	[ -f journal/organisation.ndjson ] || broken journal/organisation.ndjson "the manifest says otherwise of whether it is there"
	check_organisation
	jq -r .id journal/journal.ndjson >"$tmp/ids"
	line=$(jq -n -r --slurpfile m manifest.json --rawfile ids "$tmp/ids" '
		($ids | split("\n") | map({key: ., value: true}) | from_entries) as $known
		| foreach inputs as $e (0; . + 1; . as $line
			| if ($e.header | fromjson | .log) != $m[0].organisation then -1
			  elif $e.body then ($e.body | fromjson)
				| select(.incident == $m[0].incident.uuid)
				| select(([.opened // empty] + [.heads // [] | .[]]) | any(.[]; $known[.] | not)) | $line
			  else empty end)' journal/organisation.ndjson | sed -n 1p)
	[ "$line" != -1 ] || broken journal/organisation.ndjson "it is not the journal that the manifest names"
	[ -z "$line" ] || broken "journal/organisation.ndjson line $line" \
		"it saw an entry of this incident that the journal does not have: its end was cut off"
elif [ -f journal/organisation.ndjson ]; then
	broken journal/organisation.ndjson "the manifest says otherwise of whether it is there"
fi

# 5. The files that the journal speaks of.
jq -n -r 'foreach inputs as $e (0; . + 1; . as $line | select($e.body)
	| ($e.header | fromjson | .kind) as $kind | $e.body | fromjson
	| if $kind == "evidence.collected" and .copied == true and .sha256 then "evidence/ \(.sha256) \($line)"
	  elif .document and .sha256 then "playbooks/ \(.sha256) \($line)" else empty end)' journal/journal.ndjson >"$tmp/claims"
# files FOLDER DIGITS: the name of each is its digest, and an entry speaks of it.
files() {
	awk -v folder="$1" -v digits="$2" '
		FILENAME == ARGV[1] { if ($1 == folder) claimed[$2] = 1; next }
		index($2, folder) == 1 && $2 != "evidence/index.txt" {
			if (substr($2, length(folder) + 1, digits) != substr($1, 1, digits)) { print $2 "\tits name is not its digest: it was changed"; exit }
			if (!($1 in claimed)) { print $2 "\tno entry of the journal speaks of it"; exit }
		}' "$tmp/claims" "$tmp/digests"
}
for folder in 'evidence/ 64' 'playbooks/ 16'; do
	wrong=$(files "${folder% *}" "${folder#* }")
	[ -z "$wrong" ] || broken "${wrong%%	*}" "${wrong#*	}"
done
if [ "$(fact parts)" -eq 0 ]; then
	line=$(awk 'FILENAME == ARGV[1] { there[$2] = 1; next }
		$1 == "evidence/" && !(("evidence/" $2) in there) { print $3; exit }' "$tmp/digests" "$tmp/claims")
	[ -z "$line" ] || broken "journal/journal.ndjson line $line" "the file that it collected is not in evidence/"
fi

printf 'sound: %s, files %s, evidence %s, left out %s; %s; journal: %s\n' "$(fact ref)" \
	"$(wc -l <"$tmp/listed" | tr -d ' ')" "$(grep -c '  evidence/[0-9a-f]*$' "$tmp/digests" || true)" \
	"$(wc -l <"$tmp/left_out" | tr -d ' ')" "$seal" "${said#sound: }"
if [ -f manifest.tsr ]; then
	echo "note: a time stamp is there; with the certificate of its authority in CA.pem, from the dossier's folder:" >&2
	echo "  openssl ts -verify -data manifest.json -in manifest.tsr -CAfile CA.pem" >&2
fi
