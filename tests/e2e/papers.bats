#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Papers and the register: made of what the journal holds, never more; nothing is sent.

load lib

setup() {
	fresh
	incident
}

# value FIELD: what the paper in $output says there
value() {
	jq -r --arg id "$1" '.fields[] | select(.id == $id) | .value // "absent"' <<<"$output"
}

@test "report --list names every document and paper, for people and for programs" {
	ok report --list
	says full sitrep board lessons insurer handover register cnil people complaint claim customer no-notice nis2-alert cra-final dora-initial health operator
	says notifications.cnil.fr
	ok rapport --liste --langue fr
	says complet registre personnes plainte assureur client non-notification
	ok report --list --json
	is_json document
	[ "$(jq -r 'select(.document == "complaint") | .rule' <<<"$output")" = plainte72 ]
	rm -rf "$BEFFROI_BASE"
	ok report --list
}

@test "every paper is written in every form and both languages, and counts what is to be completed" {
	local word lang missing
	for lang in en fr; do
		for word in $("$BEFFROI" report --list --json --lang $lang | jq -r 'select(.sort == "paper") | .document'); do
			ok report "$word" -f json -o - --lang $lang
			is_json paper
			missing=$(field .to_complete)
			[ "$missing" -eq "$(field '[.fields[] | select(.required and (has("value") | not))] | length')" ]
			ok report "$word" -f md -o - --lang $lang
			[ "$(grep -c '^\\\[to complete\\\] *$\|^\\\[à compléter\\\] *$' <<<"$output")" -eq "$missing" ] || { echo "$word: $missing"; return 1; }
			ok report "$word" -o - --lang $lang
			[[ $output == '<!DOCTYPE html>'*'</html>' ]]
			[ "$(grep -oE '<dd class="todo">\[(to complete|à compléter)\]</dd>' <<<"$output" | wc -l)" -eq "$missing" ]
		done
	done
}

@test "a paper is named after the incident and itself, in either language" {
	needs_clock
	ok report cnil
	says report-INC-2025-001-cnil.html sha256
	talks 'items to complete, marked [to complete]'
	ok rapport personnes --langue fr -f md
	says rapport-INC-2025-001-personnes.md
	ok report plainte -f json
	says report-INC-2025-001-complaint.json
	ok report rgpd33.complementaire
	says report-INC-2025-001-cnil-complement.html
	ok report cnil -o c.html --json
	is_json report
	[ "$(field .to_complete)" -gt 10 ]
	sound
}

@test "an exercise's paper says so in its name and on its face" {
	ok open Exercise --drill
	ok report cnil
	ls DRILL-report-*-002-cnil.html
	grep -q 'DRILL - DRILL - DRILL' DRILL-*.html
	ok report complaint -f json -o -
	[ "$(field .drill)" = true ]
	ok report register -f json -o -
	[ "$(jq -r 'select(.incident == "INC-2025-002") | .drill' <<<"$output")" = true ]
}

@test "nothing is invented: an almost empty incident gives an almost empty paper" {
	ok report cnil -f json -o -
	[ "$(value org-name)" = absent ]
	[ "$(value aware)" = absent ]
	[ "$(value data)" = absent ]
	[ "$(value told)" = absent ]
	[ "$(value end)" = ongoing ]
	[ "$(value origin)" = ransomware ]
	ok report complaint -f json -o -
	[ "$(value evidence)" = absent ]
	[ "$(value timeline)" = absent ]
	[ "$(value costs)" = absent ]
}

@test "what was answered, decided, sent and kept is in the paper, with who says so" {
	printf 'pay us\n' >ransom.txt
	ok deadline answer controller=yes personal-data=yes risk=yes attack=yes high-risk=no -m 'encrypted, not copied' --by anne
	ok deadline answer org-name 'Example SARL'
	ok deadline answer data-unintelligible=unknown
	ok deadline instant aware.rgpd -10m -m 'the note names payroll' --by anne
	ok attach ransom.txt --where PC-3
	ok note 'Extension .locked'
	ok note 'a guess' --kind hypothesis
	ok decide 'Cut the Internet' --reason spreading
	ok note expert --amount 1200,50
	ok action 'Restore payroll' --for karim
	ok deadline complaint sent --reference 'PV 12' --channel gendarmerie
	ok report cnil -f json -o -
	[ "$(field .rule)" = rgpd33.initiale ]
	[ "$(value org-name)" = 'Example SARL' ]
	[[ $(value aware) == *'decided by anne (the note names payroll)'* ]]
	[[ $(value complaint) == *'reference PV 12'*gendarmerie* ]]
	[[ $(value planned) == 'Restore payroll (karim)'* ]]
	[[ $(value told) == *'no (anne'* ]]
	ok report complaint -f json -o -
	[[ $(value evidence) == *"ransom.txt"*"$(sha256sum <ransom.txt | cut -d ' ' -f 1)"*PC-3* ]]
	[[ $(value timeline) == *'.locked'*'Cut the Internet'* ]]
	[[ $(value timeline) != *'a guess'* ]]
	[[ $(value costs) == *'Total: 1200.50 EUR' ]]
	ok report people -f json -o -
	[[ $(value high-risk) == 'no (anne'*'encrypted, not copied)' ]]
	[ "$(value exception-a)" = absent ]
	ok report no-notice -f json -o -
	[[ $(value off) == *'no (anne'* ]]
}

@test "what was struck, undone or erased is in no paper" {
	ok note 'SECRETWORD'
	ok strike "$(entries)" --erase --reason password --yes
	ok note 'MISTAKE'
	"$BEFFROI" strike "$("$BEFFROI" log --json | jq -s '[.[] | select(.body.text == "MISTAKE")][0].number')" --reason wrong >/dev/null
	ok deadline answer cnil-nature 'UNDONEWORD'
	ok undo
	local word
	for word in $("$BEFFROI" report --list --json | jq -r 'select(.sort == "paper" or .sort == "register") | .document'); do
		ok report "$word" -o - -f json
		says_not SECRETWORD MISTAKE UNDONEWORD
	done
	for word in sitrep board lessons insurer; do
		ok report "$word" -o - -f md
		says_not SECRETWORD MISTAKE UNDONEWORD
	done
}

@test "a late notification brings its reasons" {
	ok deadline answer delay-reasons 'weekend'
	ok report cnil -f json -o -
	[ "$(value delay)" = weekend ]
	needs_clock
	ok deadline answer controller=yes personal-data=yes risk=yes
	ok deadline instant aware.rgpd -10m -m seen
	later 5 days
	ok deadline cnil sent --late-because 'the supplier told us late' --reference 2025-99
	ok report cnil-complement -f json -o -
	[ "$(value delay)" = 'the supplier told us late' ]
	[[ $(value first) == *'reference 2025-99'* ]]
}

@test "each paper says who files it and what to record afterwards" {
	ok report cnil -o -
	says notifications.cnil.fr 'beffroi sends it to nobody' 'beffroi deadline rgpd33.initiale sent --reference NUMBER' 'To be confirmed by a lawyer'
	ok report nis2-alert -o - --lang fr
	says 'beffroi echeance nis2.alerte fait --reference' 'À confirmer par un juriste'
}

@test "hostile text stays text, in each form" {
	ok open $'<script>alert(1)</script> | =1+1' --type data-leak
	ok note $'fact\n2025-01-01 00:00:00 +01:00: forged line'
	ok deadline answer cnil-description '<img src=x onerror=alert(1)>'
	ok deadline answer cnil-nature '=HYPERLINK("http://x")'
	ok deadline answer cnil-people-kinds $'@SUM(1)"; "x'
	ok deadline answer cnil-harm $'| a | b |\n- [x](http://evil)'
	ok deadline answer hit-systems $'\xe2\x80\xaereversed'
	ok report cnil -o -
	says_not '<script>alert' '<img src' $'\xe2\x80\xae'
	says '&lt;img src=x onerror'
	ok report cnil -f md -o -
	says_not '<img' '[x](http://evil)'
	ok report complaint -f json -o -
	[ "$(value timeline | wc -l)" -eq 1 ]
	ok report register -f csv -o - --lang en
	says "\"'=HYPERLINK(\"\"http" "\"'@SUM(1)\"\"; \"\"x\""
	not grep -qE '(^|[,;])"[=+@-]' <<<"$output"
	ok report register -o -
	says_not '<script>alert' '<img src'
}

@test "the register has a row an incident, open or closed, in the order they were opened" {
	ok open Second --type data-leak
	ok close --reason over --despite
	ok open Third
	ok report register -f json -o -
	is_json register
	[ "$(jq -r .incident <<<"$output" | tr '\n' ' ')" = 'INC-2025-001 INC-2025-002 INC-2025-003 ' ]
	[ "$(jq -r 'select(.incident == "INC-2025-002") | .fields.closed // "no"' <<<"$output")" != no ]
	ok report register -f csv-intl -o -
	[ "${#lines[@]}" -eq 4 ]
	[[ ${lines[0]} == '"Reference","Incident",'*$'\r' ]]
	ok rapport registre -f csv -o - --lang fr
	[[ ${lines[0]} == $'\xef\xbb\xbf"Référence";"Incident";'* ]]
	ok report register -o -
	says INC-2025-001 INC-2025-002 INC-2025-003
}

@test "the register is a file of its own, never replaced unless told to" {
	ok report register
	says breach-register.html
	refused 4 'already there' '--overwrite' report register
	ok rapport registre --langue fr -f csv
	says registre-des-violations.csv
	talks 'à compléter'
	refused 2 "'xls'" 'csv' report register -f xls
	dry report register -o other.csv -f csv
	[ ! -e other.csv ]
}

@test "nothing is owed to the register by an incident without personal data" {
	ok deadline answer personal-data=no
	ok report register -f json -o -
	[ "$(field .to_complete)" -eq 0 ]
	ok deadline answer personal-data=yes
	ok report register -f json -o -
	[ "$(field .to_complete)" -gt 3 ]
}

@test "a paper of the organisation takes the place of ours, or comes after; a bad one is named" {
	mkdir -p "$BEFFROI_BASE/papers"
	cat >"$BEFFROI_BASE/papers/insurer.json" <<-'END'
		{ "v": 1, "paper": "insurer", "word": { "en": "claim", "fr": "assureur" }, "also": [], "rule": null,
		  "name": { "en": "Our form", "fr": "Notre formulaire" }, "for": { "en": "The broker.", "fr": "Le courtier." },
		  "fields": [ { "n": 1, "id": "title", "label": { "en": "T", "fr": "T" }, "from": ["fact:none|title"], "required": true } ] }
	END
	ok report claim -f json -o -
	[ "$(field .name)" = 'Our form' ]
	[ "$(field .to_complete)" -eq 0 ]
	[ "$(value title)" = 'Encrypted files' ]
	sed -i 's/none|title/none|titles/' "$BEFFROI_BASE/papers/insurer.json"
	refused 2 "papers/insurer.json: field 'title': there is no source 'fact:none|titles'" '' report claim
	echo '{"v": 1}' >"$BEFFROI_BASE/papers/insurer.json"
	refused 2 'papers/insurer.json: not a paper' '' report cnil
	ok report -o full.html
}

@test "the full report holds the clocks, the answers and the instants" {
	ok report -f md -o -
	says 'Legal deadlines'
	ok deadline answer personal-data=yes -m 'payroll' --by anne
	ok deadline instant aware.rgpd -10m -m 'note read'
	ok deadline people not-applicable -m 'no high risk' --by anne
	ok report -f md -o -
	says 'Questions answered' payroll 'note read' 'no high risk, says anne'
}
