#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# What reaches paper: read back with programs of others, each skipped where it is not.
# shellcheck disable=SC1112 # quotation marks as they are printed

load ../e2e/lib

setup() {
	fresh
	PDF=${BEFFROI%/*}/beffroi-pdf
	[ -x "$PDF" ] || skip "beffroi-pdf was not built: libhpdf-dev or libfribidi-dev is not installed"
}

needs() {
	command -v "$1" >/dev/null || skip "$1 is not here"
}

# The text of a PDF as it stands on the page.
text_of() {
	needs pdftotext
	pdftotext -layout "$@" - 2>/dev/null
}

# sheet [MEMBERS]: the first line of a document
sheet() {
	jq -nc "{type: \"begin\", title: \"T\", subtitle: \"S\", tlp: \"TLP:AMBER\", footer: \"F\", drill: \"\"} + {${1-}}"
}

@test "every letter of French reaches the page" {
	incident 'Les œuvres de l’été : « çà » — 12 000 € … n° 4'
	ok note 'ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ àâäçéèêëîïôöùûüÿœæ'
	ok report -f pdf -o r.pdf
	text_of r.pdf >r.txt
	grep -qF 'ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ àâäçéèêëîïôöùûüÿœæ' r.txt
	grep -qF 'Les œuvres de l’été : « çà »' r.txt
	grep -qF 'TLP:AMBER' r.txt
}

@test "other scripts survive, joined and turned, and are read back as they were written" {
	needs pdftotext
	incident 'שלום עולם, שרת SRV-01'
	ok note 'русский ελληνικά → ✓'
	ok note 'المستندات لا تفتح, SRV-02'
	ok report -f pdf -o r.pdf
	# Nothing to warn of, and of directions nothing but what the reader itself adds.
	pdftotext -layout r.pdf - 2>said | sed 's/\xe2\x80[\xaa-\xae\x8e\x8f]//g' >r.txt
	[ ! -s said ] || { cat said; false; }
	for words in 'русский ελληνικά → ✓' 'שלום עולם' 'المستندات لا تفتح'; do
		grep -qF "$words" r.txt || { echo "$words"; false; }
	done
}

@test "the title, the language and every font are told to the reader's program, without a warning" {
	needs pdffonts
	incident 'Été'
	for lang in fr en; do
		ok report -f pdf --lang $lang -o $lang.pdf
		grep -qaF "/Lang ($lang)" $lang.pdf
		grep -qaF '/DisplayDocTitle true' $lang.pdf
		pdffonts $lang.pdf >fonts 2>said
		pdfinfo $lang.pdf >info 2>>said
		[ ! -s said ] || { cat said; false; }
		[ "$(awk 'NR > 2 && $(NF - 4) $(NF - 3) $(NF - 2) == "yesyesyes"' fonts | wc -l)" -eq 2 ]
		grep -qE '^Title: .*Été' info
	done
}

@test "a refusal of memory is an error, never a crash nor half a document" {
	FAIL=${FAIL_ALLOC_SO:-${BEFFROI%/*}/fail_alloc.so}
	! is_asan || skip "the sanitisers have an allocator of their own"
	[ -f "$FAIL" ] || skip "fail_alloc.so is not built"
	{
		sheet
		jq -nc '{type: "heading", level: 2, text: "Été"}, {type: "paragraph", text: "un deux"},
			{type: "table", caption: "", columns: ["a", "b"]}, {type: "row", cells: ["1", "2"]}, {type: "table_end"}, {type: "end"}'
	} >lines
	for n in 1 2 30 200 2000 7000 13000 $(seq 13300 37 14300); do
		status=0
		LD_PRELOAD=$FAIL FAIL_ALLOC=$n FAIL_ALLOC_IN=beffroi-pdf FAIL_ALLOC_SPARE=jansson "$PDF" <lines >out 2>err || status=$?
		[ "$status" -eq 0 ] || [ "$status" -eq 2 ] || [ "$status" -eq 7 ] || { echo "allocation $n: status $status"; false; }
		[ "$status" -eq 0 ] || { [ ! -s out ] && [ "$(wc -l <err)" -eq 1 ]; } || { echo "allocation $n"; cat err; false; }
	done
}

@test "a table of 300 rows has its head on every page and loses no row" {
	needs pdfinfo
	incident
	for ((i = 1; i <= 300; i++)); do echo "row number $i is here"; done >lines
	"$BEFFROI" note --continuous <lines >/dev/null 2>&1
	ok report -f pdf -o r.pdf
	text_of r.pdf >r.txt
	for i in 1 2 99 150 299 300; do grep -qE "row number $i is here" r.txt; done
	# Among the established facts, and in the log.
	[ "$(grep -c 'row number' r.txt)" -eq 600 ]
	pages=$(pdfinfo r.pdf 2>/dev/null | sed -n 's/^Pages: *//p')
	[ "$pages" -gt 5 ]
	[ "$(grep -cE "^ *No\. +Happened|^ *No\. +When +What|^ *No\. .*Text" r.txt)" -ge $((pages - 3)) ]
	grep -qE " 1 ?/ ?$pages$" r.txt
	grep -qE " $pages ?/ ?$pages$" r.txt
}

@test "long words are cut, a text longer than a page goes on, nothing is lost" {
	incident
	ok note "$(printf 'x%.0s' $(seq 3000))"
	ok note "$(printf 'sentence %d. ' $(seq 2500))"
	ok report -f pdf -o r.pdf
	text_of r.pdf >r.txt
	[ "$(tr -cd x <r.txt | wc -c)" -ge 3000 ]
	grep -qE 'sentence 1\.' r.txt
	grep -qE '2500\.' r.txt
}

@test "an exercise says so on every page" {
	needs pdfinfo
	ok open Drill --drill
	for ((i = 1; i <= 80; i++)); do echo "line $i"; done | "$BEFFROI" note --continuous >/dev/null 2>&1
	ok report -f pdf -o r.pdf
	pages=$(pdfinfo r.pdf 2>/dev/null | sed -n 's/^Pages: *//p')
	[ "$pages" -gt 1 ]
	[ "$(text_of r.pdf | grep -c 'DRILL - DRILL - DRILL')" -eq "$pages" ]
}

@test "the same case gives the same bytes, sound to another reader, with bookmarks" {
	needs_clock
	incident 'Été'
	ok report -f pdf -o a.pdf
	ok report -f pdf -o b.pdf
	cmp a.pdf b.pdf
	grep -qa /Outlines a.pdf
	needs qpdf
	qpdf --check a.pdf >said 2>&1 || { cat said; false; }
}

@test "papers, the register and the period become PDFs too, in both languages" {
	incident
	for words in 'report cnil' 'report register' 'report period' 'rapport complet --langue fr' 'rapport registre --langue fr'; do
		# shellcheck disable=SC2086
		ok $words -f pdf -o one.pdf --overwrite
		[ "$(head -c 5 one.pdf)" = %PDF- ]
	done
	ok report period -f pdf
	says report-period.pdf
	"$BEFFROI" report -f pdf -o - >out 2>/dev/null
	[ "$(head -c 5 out)" = %PDF- ]
}

@test "without a font of the system, what every reader has says nearly the same" {
	{
		sheet 'plain: true'
		jq -nc '{type: "paragraph", text: "L’œuvre → 12 000 € ✓ שלום"}'
		echo '{"type":"end"}'
	} | "$PDF" >p.pdf
	[ "$(wc -c <p.pdf)" -lt 5000 ]
	text_of p.pdf | grep -qF 'L’œuvre -> 12 000 € x ????'
}

@test "hostile lines are refused, none crashes" {
	for line in '' '{' '[]' '{"type":"row","cells":["x"]}' '{"type":"table_end"}' '{"type":"nonsense"}' '{"type":"begin"}' '{"type":"table","columns":[]}' \
		"{\"type\":\"table\",\"columns\":$(jq -nc '[range(17) | tostring]')}"; do
		run --separate-stderr sh -c "{ printf '%s\n' '$(sheet)' '$line'; echo '{\"type\":\"end\"}'; } | '$PDF'"
		[ "$status" -eq 2 ] || { echo "$line"; told; false; }
		[ -z "$output" ]
	done
	run --separate-stderr sh -c "'$PDF' </dev/null"
	[ "$status" -eq 2 ]
	run --separate-stderr "$PDF" an-argument
	[ "$status" -eq 2 ]
	# Cells that are missing or are no text, levels that do not exist.
	{
		sheet
		echo '{"type":"heading","level":99,"text":"h"}'
		echo '{"type":"heading","level":-1,"text":""}'
		echo '{"type":"table","caption":"","columns":["a","b"]}'
		echo '{"type":"row","cells":[1]}'
		echo '{"type":"row"}'
		echo '{"type":"table_end"}'
		echo '{"type":"field"}'
		echo '{"type":"end"}'
	} | "$PDF" >odd.pdf || true
	[ ! -s odd.pdf ] || [ "$(head -c 5 odd.pdf)" = %PDF- ]
}

@test "where beffroi-pdf is not, the refusal says what to install" {
	incident
	mkdir bin
	cp "$BEFFROI" bin/beffroi
	BEFFROI=$PWD/bin/beffroi
	[ ! -x /usr/local/libexec/beffroi/beffroi-pdf ] || skip "it is installed"
	refused 1 'beffroi-pdf, is not installed' 'libhpdf-dev and libfribidi-dev' report -f pdf
	[ -z "$(ls ./*.pdf 2>/dev/null)" ]
}

@test "the accessible PDF is tagged, or one line says how to print" {
	needs pdfinfo
	incident 'Été'
	if command -v weasyprint >/dev/null || command -v chromium >/dev/null; then
		ok report --pdf-accessible -o t.pdf
		pdfinfo t.pdf 2>/dev/null | grep -qE '^Tagged: +yes'
		text_of t.pdf | grep -qF Été
		# The title is white: its band must be there, dark (WeasyPrint 57 knows no variable in a shorthand).
		pdftoppm -r 20 -f 1 -l 1 -singlefile t.pdf t
		[ "$(LC_ALL=C grep -aoP '\x12\x30\x4f' t.ppm | wc -l)" -gt 1000 ]
	fi
	run --separate-stderr env PATH=/nowhere "$BEFFROI" report --pdf-accessible -o u.pdf
	is_refused 1 'neither weasyprint nor chromium' 'Ctrl-P'
}

@test "a spreadsheet opens the CSV with the right columns, numbers and no formula" {
	command -v soffice >/dev/null || skip "LibreOffice is not here"
	incident
	ok note '=1+1'
	ok note 'a;b,c "d"'
	ok note expert --amount 1200,50
	"$BEFFROI" log --all -f csv --lang fr >fr.csv
	"$BEFFROI" log --all -f csv-intl >intl.csv
	# Token 9: 1036 is French (semicolons, decimal comma), 1033 English; both UTF-8.
	soffice --headless -env:UserInstallation="file://$PLACE/office" --infilter='CSV:59,34,76,1,,1036,false,true' \
		--convert-to fods --outdir fr fr.csv >/dev/null 2>&1
	soffice --headless -env:UserInstallation="file://$PLACE/office" --infilter='CSV:44,34,76,1,,1033,false,true' \
		--convert-to fods --outdir intl intl.csv >/dev/null 2>&1
	for sheet in fr/fr.fods intl/intl.fods; do
		[ -s "$sheet" ]
		not grep -q 'table:formula' "$sheet"
		grep -q 'office:value="1200.5"' "$sheet"
		grep -qF "'=1+1" "$sheet" || grep -qF '&apos;=1+1' "$sheet"
		grep -qF 'a;b,c' "$sheet"
	done
}

@test "pictures are drawn: bars, marks and their words; odd ones are left out" {
	incident 'Été'
	ok report period -f pdf -o p.pdf
	text_of p.pdf >p.txt
	[ "$(grep -c ransomware p.txt)" -ge 2 ] # in the plot, in its table
	for svg in '' '<svg' '<svg viewBox="0 0 0 0">' '<svg viewBox="0 0 900 1e9"><rect x="1"/>' '<svg viewBox="0 0 900 50"><rect x="nan" width="-5e300"/><path d="M1 l h z"/><path d="l6"/><text x="1">no end' \
		'<svg viewBox="0 0 900 50"><path d="z"/><line/><circle r="x"/><text x="3" y="4">&lt;ok&gt;</text></svg>'; do
		{
			sheet
			jq -nc --arg svg "$svg" '{type: "figure", svg: $svg}'
			echo '{"type":"end"}'
		} | "$PDF" >odd.pdf
		[ "$(head -c 5 odd.pdf)" = %PDF- ]
	done
	text_of odd.pdf | grep -qF '<ok>'
}
