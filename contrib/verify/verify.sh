#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Check a beffroi journal without beffroi: POSIX sh, jq, awk and sha256sum;
# signatures with openssl 3 where there is one.  README.md, beside this file,
# says what is checked, what cannot be, and how to do it by hand.
#
#     beffroi log --format journal >journal.ndjson
#     sh verify.sh [--all] [--head 7F3A-09C1-...] [journal.ndjson]
#
# verify-dossier.sh calls it for the journals of a sealed dossier.
#
# Exit status: 0 sound, 5 broken (the first broken line is named), 2 wrong
# usage or a missing tool.
set -eu
LC_ALL=C
export LC_ALL

usage() {
	echo "usage: sh verify.sh [--all] [--head HEAD]... [--left-out IDS | --partial] [FILE|-]"
	echo "  --all        check every signature, not only those that cover the rest"
	echo "  --head HEAD  also check that this entry is in the file: the head printed on a"
	echo "               report, an alert or paper (7F3A-09C1-...), or a whole id"
	echo "  --left-out IDS  a file of ids, one a line: the text of these was left out, and must be"
	echo "  --partial    any text may be missing: a journal of which only some are given"
}

die() {
	printf 'verify: %s\n' "$1" >&2
	exit 2
}

all=0 heads='' file=- left_out='' partial=0
while [ $# -gt 0 ]; do
	case $1 in
	--all) all=1 ;;
	--head)
		[ $# -gt 1 ] || die "--head needs a head, such as 7F3A-09C1-55D0-A1B2-C3D4"
		shift
		digits=$(printf %s "$1" | tr 'A-F' 'a-f' | tr -d ' -')
		case $digits in
		*[!0-9a-f]* | '') die "'$1' is not a head: 20 hexadecimal digits, or the 64 of an id" ;;
		esac
		[ ${#digits} -eq 20 ] || [ ${#digits} -eq 64 ] ||
			die "'$1' has ${#digits} hexadecimal digits: a head has 20, an id 64"
		heads="$heads $digits"
		;;
	--left-out)
		[ -r "${2-}" ] || die "--left-out needs a file of ids"
		shift
		left_out=$1
		;;
	--partial) partial=1 ;;
	-h | --help) usage && exit 0 ;;
	-) file=- ;;
	-*) usage >&2 && exit 2 ;;
	*)
		[ "$file" = - ] || die "one file at a time"
		file=$1
		;;
	esac
	shift
done
[ "$file" = - ] || [ -r "$file" ] || die "cannot read '$file'"
for tool in jq awk sha256sum; do
	command -v "$tool" >/dev/null || die "$tool is needed, and is not here"
done

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
mkdir "$tmp/h" "$tmp/b"
[ "$file" = - ] || exec <"$file"

# 1. Each line on its own.  For every line of the input, one line of facts
#    (separated by tabs; the third is what is wrong with its form, or "-"), then
#    "H" and the header, "B" and the body.  Canonical form never holds a raw
#    control character, so one line holds exactly the bytes that were hashed.
#    A header that matches this expression is the one way to write what it says
#    (RFC 8785): these members, in this order, no space, no other form of number.
#    Each line is put in an array with its number; not read with jq -R, since jq
#    1.6 then breaks characters that lie across 64 KiB.
cat >"$tmp/lines.jq" <<'JQ'
def digits($n): type == "string" and test("\\A[0-9a-f]{" + ($n | tostring) + "}\\z");
def int: "(0|-?[1-9][0-9]{0,15})";
def hash: "[0-9a-f]{64}";
def uuid: "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
def word: "[a-z0-9._-]{1,32}";
def header:
	"\\A\\{\"author\":\"" + word + "\",\"body\":\"" + hash + "\"(,\"happened_at\":" + int + ")?"
	+ ",\"kind\":\"" + word + "\",\"log\":\"" + uuid + "\",\"offset\":" + int
	+ ",\"parents\":\\[(\"" + hash + "\"(,\"" + hash + "\"){0,63})?\\],\"post\":\"" + hash + "\""
	+ ",\"recorded_at\":" + int + "(,\"role\":\"" + word + "\")?,\"uid\":\"" + uuid + "\""
	+ ",\"v\":1,\"zone\":\"[A-Za-z0-9._/+-]{1,64}\"\\}\\z";
def flaw:
	if type != "object" then "the line is not a JSON object"
	elif .type != "journal.entry" then "the line is not a journal entry"
	elif .v != 1 then "the line is in a version that this script does not know"
	elif (.id | digits(64) | not) then "the id is not 64 hexadecimal digits"
	elif (.signature | digits(128) | not) then "the signature is not 128 hexadecimal digits"
	elif (.header | type != "string" or (test(header) | not)) then
		"the header is not in canonical form, with the members of version 1 and no other"
	elif has("body") != has("salt") then "body and salt do not come together"
	elif has("body") and (.salt | digits(32) | not) then "the salt is not 32 hexadecimal digits"
	elif has("body") and (.body | type != "string" or test("[\\x00-\\x1f]")) then
		"the body is not in canonical form"
	elif has("body") and (.body | (try (fromjson | type) catch "") != "object") then
		"the body is not a JSON object"
	else
		(.header | fromjson) as $h
		| if .log != $h.log then "it is given as part of another journal than its header says"
		  elif $h.parents != ($h.parents | unique) then
			"the header is not in canonical form: its parents are not sorted"
		  elif $h.happened_at == $h.recorded_at then
			"the header is not in canonical form: happened_at says nothing new"
		  else "-" end
	end;
.[0] as $line
| .[1] as $e
| (if length == 2 then $e | flaw else "the line is not one JSON object" end) as $flaw
| if $flaw != "-" then "E\t\($line)\t\($flaw)" else
	($e.header | fromjson) as $h
	| "E\t\($line)\t-\t\($e.id)\t\($h.log)\t\($h.body)\t\($e.salt // "-")\t\($e.signature)\t\($h.post)"
	  + "\t\($h.uid)\t\($h.recorded_at)\t"
	  + (if ($h.parents | length) > 0 then $h.parents | join(",") else "-" end) + "\t"
	  + (if $h.kind == "entry.erased" and $e.body then
		$e.body | fromjson | [.target, (.kept | objects | .target)]
		| map(if digits(64) then . else "-" end) | . + ["-"] | "\(.[0])\t\(.[1])"
	     else "-\t-" end),
	  "H" + $e.header,
	  (if $e.body then "B" + $e.body else empty end)
  end
JQ
#    The lines are counted before: jq leaves a long journal at the first line that it
#    cannot read, and what fed it then ends without a word.
cat >"$tmp/input"
total=$(awk 'END { print NR + 0 }' "$tmp/input")
awk '{ print "[" NR ","; print; print "]" }' "$tmp/input" 2>/dev/null |
	jq -r -f "$tmp/lines.jq" >"$tmp/lines" 2>/dev/null || true # a line it cannot read is missing below

# 2. The bytes to digest, a file each: h/LINE is the header, b/LINE the 16 bytes
#    of salt, then the body.  printf %b is the shell's own: no process per entry.
octal='function octal(hex,   out, i) {
	out = ""
	for (i = 1; i < length(hex); i += 2)
		out = out sprintf("\\0%03o", 16 * (index("0123456789abcdef", substr(hex, i, 1)) - 1) \
			+ index("0123456789abcdef", substr(hex, i + 1, 1)) - 1)
	return out
}'
awk -F '\t' "$octal"' /^E/ && $7 ~ /^[0-9a-f]/ { print $2, octal($7) }' "$tmp/lines" |
	while read -r line salt; do
		printf %b "$salt" >"$tmp/b/$line"
	done
awk -v dir="$tmp" 'BEGIN { ORS = "" }
	/^E/ { split($0, f, "\t"); line = f[2]; next }
	/^H/ { out = dir "/h/" line; print substr($0, 2) >out; close(out); next }
	{ out = dir "/b/" line; print substr($0, 2) >>out; close(out) }' "$tmp/lines"
for part in h b; do
	(cd "$tmp/$part" && find . -type f -exec sha256sum {} +) >"$tmp/$part.sum"
done

# 3. The lines together, in the order of the file.  Says "flaw LINE ID WHAT" for
#    each thing wrong, "sign LINE ID SIGNATURE POST" for each signature to
#    check, and the figures of the summary.
#
#    A signature covers all that its entry follows.  So each post's last one is
#    enough, in a line that is not broken: where an entry does not follow the
#    one before it (two posts wrote apart), the last ones so far are checked too.
cat >"$tmp/chain.awk" <<'AWK'
function flaw(line, id, what) { print "flaw", line, id ? id : "-", what }
function sign(i) { print "sign", line[i], id[i], signature[i], post[i] }
function sign_tips(l,   k, part) {
	for (k in tip) {
		split(k, part, SUBSEP)
		if (part[1] == l) {
			sign(tip[k])
			delete tip[k]
		}
	}
}
FILENAME == hsums { split($2, p, "/"); header_sum[p[2]] = $1; next }
FILENAME == bsums { split($2, p, "/"); body_sum[p[2]] = $1; next }
!/^E/ { next }
{
	split($0, f, "\t")
	if (f[2] != ++seq) {
		flaw(seq, "-", "the line is not one JSON object")
		exit
	}
	if (f[3] != "-") {
		flaw(f[2], "-", f[3])
		next
	}
	i = ++n
	line[i] = f[2]; id[i] = f[4]; l = f[5]; signature[i] = f[8]; post[i] = f[9]
	journal[i] = l; has_body[i] = f[7] != "-"
	if (!(l in count))
		logs++
	count[l]++
	if (header_sum[f[2]] != f[4]) {
		flaw(f[2], f[4], "the header does not match the id")
		next
	}
	if (has_body[i] && body_sum[f[2]] != f[6])
		flaw(f[2], f[4], "the body does not match its digest in the header")
	if (f[4] in at)
		flaw(f[2], f[4], "it is in the file twice")
	if (f[10] in uid)
		flaw(f[2], f[4], "its uid is that of line " uid[f[10]])
	uid[f[10]] = f[2]
	if (f[12] == "-" && count[l] > 1)
		flaw(f[2], f[4], "it follows no entry, yet it is not the first of its journal")
	if (f[12] != "-" && count[l] == 1)
		flaw(f[2], f[4], "the entries before it are missing")
	goes_on = 0
	parents = f[12] == "-" ? 0 : split(f[12], parent, ",")
	for (k = 1; k <= parents; k++) {
		if (!(parent[k] in at) || journal[at[parent[k]]] != l)
			flaw(f[2], f[4], "it follows entry " substr(parent[k], 1, 20) "..., which is not before it: removed, changed, inserted or moved")
		else if (recorded[parent[k]] > f[11] + 0)
			early++
		followed[parent[k]] = 1
		if (parent[k] == last[l])
			goes_on = 1
	}
	at[f[4]] = i
	recorded[f[4]] = f[11] + 0
	if (!has_body[i])
		erased++
	if (f[13] != "-")
		named[l, f[13]] = 1
	if (f[14] != "-")
		excused[l, f[14]] = 1 # named by an erasure that was erased in turn
	if (all)
		sign(i)
	else {
		if (!goes_on)
			sign_tips(l)
		tip[l, post[i]] = i
	}
	last[l] = f[4]
}
END {
	if (seq < total)
		flaw(seq + 1, "-", "the line is not a JSON object")
	for (l in count)
		sign_tips(l)
	while (left_out != "" && (getline ids <left_out) > 0)
		left[ids] = 1
	for (i = 1; i <= n; i++) {
		if (has_body[i] && (id[i] in left))
			flaw(line[i], id[i], "its text is said to be left out, and is here")
		if (!has_body[i] && !partial && !(id[i] in left) && !((journal[i], id[i]) in named) && !((journal[i], id[i]) in excused))
			flaw(line[i], id[i], "its body is gone, and no entry of its journal says that it was erased")
		if (has_body[i] && ((journal[i], id[i]) in named))
			flaw(line[i], id[i], "its body was erased, and is here again")
		if (!(id[i] in followed))
			print "head", line[i], id[i]
	}
	k = split(heads, asked, " ")
	for (i = 1; i <= k; i++) {
		found = 0
		for (x in at)
			found += index(x, asked[i]) == 1
		if (!found)
			flaw(999999999, asked[i], "no entry has this head: the end was cut off, or it is another journal's")
	}
	print "sum", n + 0, logs + 0, erased + 0, early + 0
}
AWK
awk -v all="$all" -v left_out="$left_out" -v partial="$partial" -v total="$total" -v heads="$heads" -v hsums="$tmp/h.sum" -v bsums="$tmp/b.sum" \
	-f "$tmp/chain.awk" "$tmp/h.sum" "$tmp/b.sum" "$tmp/lines" >"$tmp/found"

# 4. Signatures: Ed25519 over the 32 bytes of the id.  A public key as openssl
#    reads it is twelve fixed bytes (RFC 8410), then its 32.
checked=0
if openssl pkeyutl -help 2>&1 | grep -q rawin; then
	awk "$octal"' $1 == "sign" {
		print $2, $3, octal($3), octal($4), octal("302a300506032b6570032100" $5) }' "$tmp/found" >"$tmp/sign"
	while read -r line id message signature key; do
		printf %b "$message" >"$tmp/message"
		printf %b "$signature" >"$tmp/signature"
		printf %b "$key" >"$tmp/key"
		openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey "$tmp/key" -sigfile "$tmp/signature" \
			-in "$tmp/message" >/dev/null 2>&1 ||
			echo "flaw $line $id its signature is not that of its post" >>"$tmp/found"
		checked=$((checked + 1))
	done <"$tmp/sign"
fi

# 5. The verdict.
read -r _ entries logs erased early <<END
$(grep '^sum ' "$tmp/found")
END
first=$(grep '^flaw ' "$tmp/found" | sort -s -n -k 2,2 | sed -n 1p)
if [ -n "$first" ]; then
	printf '%s\n' "$first" | {
		read -r _ line id what
		case $line in
		999999999) printf 'BROKEN: %s: %s\n' "$id" "$what" ;;
		*) printf 'BROKEN at line %s (id %s): %s\n' "$line" "$id" "$what" ;;
		esac
	}
	exit 5
fi
if [ "$entries" -eq 0 ]; then
	echo "BROKEN: there is no entry in the file"
	exit 5
fi
ends=$(awk '$1 == "head" {
	d = toupper(substr($3, 1, 20))
	out = out sep substr(d, 1, 4) "-" substr(d, 5, 4) "-" substr(d, 9, 4) "-" substr(d, 13, 4) "-" substr(d, 17, 4)
	sep = ", "
} END { print out }' "$tmp/found")
case $checked in
0) signed="signatures NOT checked (openssl 3 is not here)" ;;
*) signed="signatures checked: $checked" ;;
esac
printf 'sound: entries %s, journals %s, erased %s, head %s; %s\n' "$entries" "$logs" "$erased" "$ends" "$signed"
[ "$early" -eq 0 ] ||
	echo "note: dated before the entry they follow: $early (clocks that differ, or a date that was chosen)" >&2
