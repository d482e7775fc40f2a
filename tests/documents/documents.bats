#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# What the documents hold, what they leave out and for whom, and what hostile
# texts do to them.

load lib

setup() {
	fresh
	needs_clock
}

@test "every document comes out on the first run, in both languages and all forms, and counts what is missing" {
	local word lang
	ok open 'Alerte antivirus'
	for word in $DOCUMENTS; do
		for lang in en fr; do
			ok report "$word" -o - --lang $lang
			says '<!DOCTYPE html>' '</html>'
			ok report "$word" -f md -o - --lang $lang
			says '# INC-2025-001'
			ok report "$word" -f json -o - --lang $lang
			is_json case
		done
	done
	ok report lessons -f md -o l.md
	talks 'items to complete'
	[ "$(grep -c 'DRAFT: .* items to complete' l.md)" -eq 1 ]
	[ "$(grep -o '\[to complete' l.md | wc -l)" -eq "$(sed -n 's/.*DRAFT: \([0-9]*\) items.*/\1/p' l.md)" ]
}

@test "each document has its French name, and the paper for the insurer is still there" {
	local pair
	ok open 'Alerte antivirus'
	for pair in 'point Point de situation' 'direction Note à la direction' 'retex Lessons' 'assurance File' 'relève Relève'; do
		ok rapport "${pair%% *}" -f md -o - --lang fr
	done
	ok report claim -f md -o -
	says 'Declaration to the insurer'
	ok rapport assureur -f md -o - --lang fr
	says "Déclaration de sinistre"
	ok report --list
	says sitrep board lessons insurer handover claim
}

@test "facts stand apart from hypotheses, and what somebody wrote as the situation comes first" {
	rich
	ok report sitrep -f md -o -
	says 'Comptabilité et paie arrêtées' 'Situation report No. 1, written'
	[[ ${output%%Supposed*} != *'selon Zoé'* ]]
	[[ ${output#*Supposed} == *'selon Zoé'* ]]
	says "L'expert demande" 'Message interne' 'PV 12'
}

@test "intervals are between dated events, and what nobody dated is unknown" {
	rich
	ok report lessons -f md -o -
	says '| to detect: start to detection | 4 h 02 |'
	ok report board -f md -o -
	says '| to restore: detection to return to normal | 22 h 37 |' \
		'| to close: detection to closing | unknown |' '| Costs recorded so far, EUR | 4600.50 |'
	ok report full -f json -o -
	[ "$(field .metrics.intervals.detect)" -eq 14520 ]
	[ "$(field .metrics.intervals.close)" = null ]
	[ "$(field .metrics.milestones.detected)" = 2025-11-03T05:12:00Z ]
	[ "$(field '.metrics.phases | map(.phase) | join(" ")')" = 'detection containment eradication recovery return' ]
}

@test "what nobody dated is not invented: of a bare incident no interval is known" {
	bare
	ok report board -f md -o -
	says '| to contain: detection to containment reached | unknown |' '| First sign | \[to complete\] |' '| Costs recorded so far, EUR | unknown |'
	says_not '| 0 s |'
	ok report full -f json -o -
	[ "$(field '.metrics.intervals | to_entries | map(select(.value != null)) | length')" -eq 0 ]
	[ "$(field .metrics.milestones.detected)" = null ]
}

# Nobody of the rich incident is named, whatever the accents and the capitals.
no_name() {
	local name
	for name in lea léa ines inès karim claire anne marc dupont 'zo[eé]' lambert petit; do
		if grep -i -w -E "$name" "$1"; then
			echo "named: $name in $1"
			return 1
		fi
	done
}

@test "an anonymous document names nobody of the journal, in any form, and says what it searched" {
	local word format lang
	rich
	step alert 'Karim et Léa, rappelez Claire' --level info || true
	step qualify --title 'Poste de Marc Dupont chiffré' --summary 'Marc a prévenu Léa ; claire@example.org est hors service'
	step note 'voir avec @ines ; Inès rappelle'
	step amend 2 'Extension .locked, vue par KARIM.' --reason 'faute de Zoé'
	for word in $DOCUMENTS; do
		for format in html md; do
			for lang in en fr; do
				ok report "$word" --anonymous -f $format -o "$word.$lang.$format" --lang $lang
				# The playbook of the tests is called "Petite" in French.
				sed 's/Petite//g' "$word.$lang.$format" >searched
				no_name searched
			done
		done
	done
	grep -q 'technical lead' full.en.md
	grep -q 'person A' full.en.md
	grep -q 'Free text was searched for these only' full.en.md
	grep -q 'Seuls ceux-là ont été cherchés' full.fr.md
}

@test "what a reader is not shown is marked where it was, and listed at the end with its reason" {
	rich
	ok report insurer --audience insurer -f md -o i.md
	grep -q '\[withheld\\\] (hypotheses: not established' i.md
	grep -q '| hypotheses | not established: this reader could take them for facts | 2 |' i.md
	not grep -q 'Peut-être aussi' i.md
	grep -q '4600.50' i.md
	no_name i.md
	ok report full --audience public -f md -o p.md
	for word in 4600 203.0.113 auth.log ransom.txt 'Peut-être' 'propagation' 'Débrancher'; do
		not grep -q -- "$word" p.md
	done
	ok report handover --since '3/11 6:00' --audience public -f md -o h.md
	for word in 4600 1200.50 203.0.113 'Peut-être' propagation 'PV 12' 'CY-2025'; do
		not grep -q -- "$word" h.md
	done
	ok report full --audience public -f md -o p.md --overwrite
	grep -q 'NOT TO BE HANDED OVER: TLP:AMBER does not allow this reader (public)' p.md
	talks 'TLP:AMBER does not allow this reader'
	ok report full --audience authority -f md -o a.md
	grep -q 'Nothing of it was left out for this reader' a.md
	grep -q 'Peut-être aussi' a.md
}

@test "who it is for is in the name of the file" {
	bare
	ok report sitrep --audience staff --anonymous
	[ -f report-INC-2025-001-sitrep-staff-anonymous.html ]
	ok rapport point --public personnel --anonyme --lang fr
	[ -f rapport-INC-2025-001-point-personnel-anonyme.html ]
}

@test "a reader that does not exist, or a form that cannot leave anything out, is refused" {
	bare
	refused 2 "unknown audience: 'nobody'" 'board' report sitrep --audience nobody
	refused 2 'the JSON form holds everything' '' report sitrep -f json --anonymous
	refused 2 'a paper names whoever answers' '' report cnil --anonymous
	refused 2 "'register' is whole" '' report register --anonymous
	refused 2 '--since is for a handover' '' report sitrep --since 6:00
	not ls report-* rapport-*
}

@test "a handover has what was written since, the late ones told, and who holds what" {
	rich
	ok report handover --since '3/11 7:20' -f md -o -
	says '#18' 'Overdue' '| A1 | Restaurer la paie | karim |' '| crisis director | anne |' '| scribe | \[to complete\] | nobody wrote in this role |' \
		'Read back' 'Who holds which role'
	says_not '| \#4 |'
	step note 'vu hier' --at '3/11 6:30'
	ok report handover --since '4/11 0:00' -f md -o -
	says '(written later) | vu hier'
}

@test "nothing of a text becomes markup, and text from right to left, long words and long tables survive" {
	local i long
	long=$(printf 'x%.0s' {1..900})
	ok open '<script>alert(1)</script> & "ours" | *bold* مرحبا'
	ok note '<img src=x onerror=alert(1)> | a `b` [c](http://evil.example) </td></table>'
	ok note "שלום עולם $long"
	ok note $'\u202Egnol\u202C' --kind hypothesis
	ok action '<b>do</b>' --for 'a<b>c'
	for i in {1..300}; do printf 'ligne %d é à ç œ €\n' "$i"; done >lines
	"$BEFFROI" note --continuous <lines >/dev/null 2>&1
	for word in $DOCUMENTS; do
		ok report "$word" -o "$word.html"
		not grep -q '<script>\|<img\|<b>' "$word.html"
		ok report "$word" -f md -o "$word.md"
		not grep -q '<script>' "$word.md"
		not grep -q $'\u202E' "$word.html"
	done
	[ "$(grep -c 'ligne [0-9]* é à ç œ €' lessons.md)" -eq 300 ]
	grep -q 'שלום עולם' full.html
	grep -q 'مرحبا' full.html
	grep -q "$long" full.html
	tidy_all
}

# What tidy says of each page, if it is here.
tidy_all() {
	local page said
	command -v tidy >/dev/null || { echo '# tidy is not here' >&3; return 0; }
	for page in ./*.html; do
		said=$(tidy -q -e -utf8 --drop-empty-elements no "$page" 2>&1 | grep -v 'proprietary attribute "role"' || true)
		[ -z "$said" ] || { echo "$page"; echo "$said"; return 1; }
	done
}

@test "tidy finds nothing to say of any document" {
	local word
	command -v tidy >/dev/null || skip "tidy is not here"
	rich
	for word in $DOCUMENTS; do
		ok report "$word" -o "$word.html"
		ok report "$word" -o "$word.public.html" --audience public
	done
	ok open --drill 'Exercice'
	ok report full -o drill.html
	tidy_all
}

@test "each picture has a title, a description, and a table with the same numbers" {
	rich
	ok report full -o -
	[ "$(grep -c '<svg role="img" ' <<<"$output")" -eq 4 ]
	[ "$(grep -c '^<title>' <<<"$output")" -ge 4 ]
	[ "$(grep -c '<desc>' <<<"$output")" -eq 4 ]
	says '4600.50' '<td>1200.50</td>'
}
