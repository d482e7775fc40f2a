#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# How pages look, as far as a program can tell: what stands with what, what is never cut, what is drawn.

load ../e2e/lib

setup() {
	fresh
	PDF=${BEFFROI%/*}/beffroi-pdf
	[ -x "$PDF" ] || skip "beffroi-pdf was not built: libhpdf-dev or libfribidi-dev is not installed"
	command -v pdftotext >/dev/null || skip "pdftotext is not here"
}

# document JQ: a document of these lines, as out.pdf and, page by page, as out.txt
document() {
	jq -nc "{type: \"begin\", title: \"T\", subtitle: \"S\", tlp: \"TLP:AMBER\", footer: \"F\", drill: \"\"}, ($1), {type: \"end\"}" \
		| "$PDF" >out.pdf
	pdftotext -layout out.pdf out.txt 2>said
	[ ! -s said ] || { cat said; return 1; }
}

# dark X Y WIDTH HEIGHT: how many pixels of page 1 are, at 100 a inch
dark() {
	pdftoppm -gray -r 100 -f 1 -l 1 -x "$1" -y "$2" -W "$3" -H "$4" out.pdf | tail -c "$(($3 * $4))" | od -An -v -tu1 -w1 \
		| awk '$1 < 128 { n++ } END { print n + 0 }'
}

@test "no heading, caption or head of a table is alone at the foot of a page, nor a row at the top" {
	document '[range(70)] | map(. as $i | {type: "heading", level: 2, text: "HEADING \($i)"},
		{type: "table", caption: "CAPTION \($i)", columns: ["HEAD", "b"]},
		(range(1 + $i % 5) | {type: "row", cells: ["ROW \(.)", "b"]}), {type: "table_end"},
		(range($i % 4) | {type: "paragraph", text: ("words " * 60)})) | .[]'
	[ "$(grep -c HEADING out.txt)" -eq 70 ]
	# The last line of what a page holds, before its foot.
	awk 'BEGIN { RS = "\f" } NF { n = split($0, line, "\n"); last = ""
		for (i = 1; i <= n; i++) if (line[i] ~ /[A-Za-z]/ && line[i] !~ /^ *F +[0-9]/) last = line[i]
		print last }' out.txt >last
	[ "$(wc -l <last)" -gt 8 ]
	not grep -E 'HEADING|CAPTION|HEAD' last
	# A table that goes on does so with two rows at least.
	awk 'BEGIN { RS = "\f" } NR > 1 && NF { n = split($0, line, "\n"); rows = 0; head = 0
		for (i = 1; i <= n; i++) { if (line[i] ~ /HEADING|words/) break; head += line[i] ~ /HEAD /; rows += line[i] ~ /ROW/ }
		if (head && rows == 1) print "one row alone on page " NR }' out.txt >alone
	[ ! -s alone ] || { cat alone; false; }
}

@test "a figure stays with its heading, and a line of a paragraph is not alone" {
	for lines in $(seq 38 52); do
		document "(range($lines) | {type: \"paragraph\", text: \"filler\"}), {type: \"heading\", level: 2, text: \"HEADING\"},
			{type: \"figure\", svg: \"<svg viewBox=\\\"0 0 900 200\\\"><text x=\\\"3\\\" y=\\\"100\\\">FIGURE</text></svg>\"}"
		awk 'BEGIN { RS = "\f" } /HEADING/ && !/FIGURE/ { exit 1 }' out.txt || { echo "$lines"; false; }
	done
	# Nor is a heading with the words that introduce what follows.
	for lines in $(seq 34 41); do
		document "(range($lines) | {type: \"paragraph\", text: \"filler\"}), {type: \"heading\", level: 2, text: \"HEADING\"},
			{type: \"paragraph\", text: \"INTRO\"}, {type: \"table\", caption: \"C\", columns: [\"HEAD\"]},
			{type: \"row\", cells: [\"ROW\"]}, {type: \"table_end\"}"
		awk 'BEGIN { RS = "\f" } /HEADING|INTRO/ && !/ROW/ { exit 1 }' out.txt || { echo "$lines"; false; }
	done
	for lines in 39 40 41 42; do
		document "(range($lines) | {type: \"paragraph\", text: \"filler\"}), {type: \"paragraph\", text: \"L1\\nL2\\nL3\\nL4\\nL5\"}"
		awk 'BEGIN { RS = "\f" } { n = gsub(/L[1-5]/, "") } n == 1 || n == 4 { exit 1 }' out.txt || { echo "$lines"; false; }
	done
}

@test "a table that ends at the foot of a page leaves no empty one" {
	for rows in $(seq 31 35); do
		document "{type: \"table\", caption: \"\", columns: [\"a\", \"b\"]}, (range($rows) | {type: \"row\", cells: [\"ROW\", \"b\"]}), {type: \"table_end\"}"
		awk 'BEGIN { RS = "\f" } NF && !/ROW/ { exit 1 }' out.txt || { echo "$rows"; false; }
	done
}

@test "help stands under its answer, however long the question, and on the same page" {
	document '{type: "field", label: ("QUESTION " * 12), value: "ANSWER", help: "HELP", missing: true}'
	[ "$(sed -n '/ANSWER/{n;/^ *$/n;p}' out.txt | grep -c HELP)" -eq 1 ]
	document '[range(60)] | map({type: "field", label: "q", value: ("ANSWER \(.) " * (1 + . % 7)), help: "HELP \(.)"}) | .[]'
	awk 'BEGIN { RS = "\f" } NF { a = gsub(/HELP/, ""); b = gsub(/ANSWER [0-9]+ *(ANSWER [0-9]+ *)*\n/, "") } a == 0 { exit NF > 8 }' out.txt
	for i in 0 17 59; do
		awk -v i="$i" 'BEGIN { RS = "\f" } $0 ~ "ANSWER " i " " && $0 !~ "HELP " i "\n" { exit 1 }' out.txt || { echo "$i"; false; }
	done
	# An answer longer than a page goes on over the next.
	document '{type: "field", label: "q", value: ([range(150) | "LINE \(.)"] | join("\n")), help: "HELP", missing: false}'
	[ "$(grep -c LINE out.txt)" -eq 150 ]
	grep -q HELP out.txt
}

@test "where columns are too many, words are cut but no number" {
	document '{type: "table", caption: "", columns: ["No.", "a", "b", "c", "d", "e", "EUR", "z"]},
		(range(3) | {type: "row", cells: ["\(.)", ("x" * 60), ("y" * 60), ("w" * 60), "2025-11-03 06:20", ("v" * 60), "1 200 450,50", "end"]}), {type: "table_end"}'
	[ "$(grep -c '1 200 450,50' out.txt)" -eq 3 ]
	[ "$(tr -cd y <out.txt | wc -c)" -eq 180 ]
}

@test "pictures have lines, hatches and colours; what is only defined is not drawn" {
	command -v qpdf >/dev/null || skip "qpdf is not here"
	document '{type: "figure", svg: "<svg viewBox=\"0 0 900 200\"><defs><pattern id=\"hatch\"><rect width=\"900\" height=\"200\" fill=\"#0b5cad\"/></pattern></defs><line stroke=\"#d0d7de\" x1=\"0\" y1=\"5\" x2=\"900\" y2=\"5\"/><path fill=\"none\" stroke=\"#0b5cad\" d=\"M0 10 H50 V40 H90\"/><rect fill=\"url(#hatch)\" x=\"0\" y=\"150\" width=\"60\" height=\"20\"/><circle fill=\"#9a3412\" cx=\"800\" cy=\"100\" r=\"5\"/></svg>"}'
	qpdf --qdf --object-streams=disable out.pdf - >out.qdf
	grep -aA4 '^48 719\.[0-9]* m$' out.qdf | grep -aqx S
	grep -aq '^0.816 0.843 0.871 rg' out.qdf
	grep -aq '^0.604 0.204 0.071 rg' out.qdf
	# The stripes of the bar, and no box as large as the picture.
	[ "$(grep -acE '^48(\.[0-9]+)? .* re$' out.qdf)" -ge 1 ]
	[ "$(grep -ac ' re$' out.qdf)" -gt 15 ]
	not grep -aE '^[0-9.]+ [0-9.]+ 499 11[0-9.]+ re$' out.qdf
}

@test "a letter made of parts of parts is whole on paper" {
	document '{type: "heading", level: 2, text: "ققققققققققققققققققققققققققققققققققققققققققققق"}'
	whole=$(dark 330 180 430 40)
	[ "$whole" -gt 2300 ] || { echo "$whole"; false; }
}

@test "what is written from right to left stands at the right" {
	document '{type: "paragraph", text: "שלום"}'
	[ "$(dark 700 158 70 30)" -gt 20 ]
	[ "$(dark 60 158 600 30)" -eq 0 ]
	document '{type: "paragraph", text: "shalom"}'
	[ "$(dark 700 158 70 30)" -eq 0 ]
}
