#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# One incident from the first sign to the report, typed in English and in
# French: the same record but for the language.

load lib

setup() {
	fresh
	needs_clock
	hook
	printf 'pay us\n' >ransom.txt
}

# Each word to the program, one minute after the one before.
type_words() {
	later 1 minute
	bef "$@"
	[ "$status" -eq 0 ] || { echo "$*"; told; return 1; }
}

type_lines() {
	local lines=$1
	shift
	later 1 minute
	bef_on "$lines" "$@"
	[ "$status" -eq 0 ] || { echo "$*"; told; return 1; }
}

session_en() {
	local n
	type_words open Encrypted files in accounting --at 6:12 --type ransomware --severity 2 --tlp amber --reported-by Marc
	type_words note 'Extension .locked on the share' --kind fact
	type_words note 'Marc called the help desk' --kind call --by Marc --at 6:20
	type_lines $'d\nx\nno access to the room\nd\ns\ncut by the provider already\nn\nswitch unplugged by Karim\na\nkarim\nq\n' run ransomware
	type_words step 5 done
	type_words step 7 done --by anne
	type_words phase containment --reason spreading
	type_words decide 'Cut the Internet' --question 'What now?' --rejected Wait --reason spreading --review +2h --by anne --reversible
	type_words action 'Restore payroll' --for karim --before 13:00 --priority 1
	type_words action 'Call the insurer' --for anne --before +4h
	type_words action 'Write to customers' --for claire --after A2
	type_words step 8 done
	type_words step 9 done
	type_words attach ransom.txt --where PC-3 --how 'by hand' --reason 'the note'
	type_words alert 'Do not switch any computer on' --level critical --to cell
	type_words phase crisis --reason 'production stopped' --by anne
	for n in 1 2 3 4 5 6 7 8 9 10 11 12 13; do
		type_words note "Line $n of the night"
	done
	type_words note 'An expert' --amount 1200,50
	type_words note 'They came by mail' --kind hypothesis
	type_words note 'Nothing since' --kind nothing-to-report
	type_lines $'-10m The gendarmerie called\nd: Reconnect tomorrow\n' note --continuous
	type_words amend 5 'Marc called the help desk at once' --reason precision
	type_words strike 34 --reason 'another incident'
	type_words action 1 done --reason restored
	type_words action 2 done
	type_words action 3 dropped --reason 'not needed'
	type_words qualify --severity 3 --reason 'backups hit' --aware 6:40
	type_words phase winding-down
	type_words phase lessons
	type_words close --despite --reason 'followed elsewhere'
	type_words report full -o report.html
	type_words report full -f md -o report.md
}

session_fr() {
	local n
	type_words ouvrir Encrypted files in accounting --heure 6h12 --type rançongiciel --gravité 2 --tlp ambre --signalé-par Marc
	type_words noter 'Extension .locked on the share' --genre fait
	type_words noter 'Marc called the help desk' --genre appel --par Marc --heure 6h20
	type_lines $'f\nx\nno access to the room\nf\np\ncut by the provider already\nn\nswitch unplugged by Karim\na\nkarim\nq\n' suivre rançongiciel
	type_words étape 5 fait
	type_words etape 7 faite --par anne
	type_words phase endiguement --motif spreading
	type_words décider 'Cut the Internet' --question 'What now?' --écarte Wait --motif spreading --revoir +2h --par anne --réversible
	type_words action 'Restore payroll' --pour karim --avant 13h --prio 1
	type_words action 'Call the insurer' --pour anne --avant 'dans 4 h'
	type_words action 'Write to customers' --pour claire --après A2
	type_words étape 8 f
	type_words étape 9 fait
	type_words joindre ransom.txt --lieu PC-3 --comment 'by hand' --motif 'the note'
	type_words alerter 'Do not switch any computer on' --niveau critique --vers cell
	type_words phase crise --motif 'production stopped' --par anne
	for n in 1 2 3 4 5 6 7 8 9 10 11 12 13; do
		type_words noter "Line $n of the night"
	done
	type_words noter 'An expert' --montant '1 200,50'
	type_words noter 'They came by mail' --genre hypothèse
	type_words noter 'Nothing since' --genre RAS
	type_lines $'-10m The gendarmerie called\nd: Reconnect tomorrow\n' noter --continu
	type_words corriger 5 'Marc called the help desk at once' --motif precision
	type_words barrer 34 --motif 'another incident'
	type_words action 1 fait --motif restored
	type_words action 2 faite
	type_words action 3 abandon --motif 'not needed'
	type_words qualifier --gravité 3 --motif 'backups hit' --connaissance 6h40
	type_words phase sortie
	type_words phase retex
	type_words clore --malgré --motif 'followed elsewhere'
	type_words rapport complet -o rapport.html
	type_words rapport complet -f md -o rapport.md
}

# The whole case without what a language or chance decides.
case_of() {
	"$BEFFROI" report -f json -o - | jq -S 'del(.runs[].steps[].name) | (.journal[].body.despite | values) |= length' | normal
}

@test "the session in French and the session in English leave the same record" {
	local start=$BEFFROI_TEST_NOW
	session_en
	sound
	case_of >en.json
	export BEFFROI_BASE=$PLACE/base-fr XDG_STATE_HOME=$PLACE/state-fr BEFFROI_LANG=fr
	at "$start"
	session_fr
	case_of >fr.json
	bef verify --all-signatures
	[ "$status" -eq 0 ]
	diff en.json fr.json
	[ "$(jq '[.journal[] | select(.kind == "note")] | length' en.json)" -ge 20 ]
	[ "$(jq -c '[(.decisions, .actions, .evidence, .alerts | length)]' en.json)" = '[2,3,1,6]' ]
	[ "$(jq -c '[.runs[0].steps[:9][].status]' en.json)" = '["done","failed","done","skipped","done","off","done","done","done"]' ]
	[ "$(jq -r '.state + .severity' en.json)" = closed3 ]

	# Both left the bell's sound, signed.
	[ "$(kept)" -eq 12 ]
	signature_is_good "$PLACE/kept/000001.req"
	signature_is_good "$PLACE/kept/000002.req"

	# The reports say the same things in two languages, and the text that was typed in both.
	grep -q '<html lang="en">' report.html
	grep -q '<html lang="fr">' rapport.html
	grep -q 'Line 13 of the night' report.html rapport.html
	grep -q '<svg' report.html
	grep -q 'Line 13 of the night' rapport.md
	[ "$(grep -c '^| D' report.md)" = "$(grep -c '^| D' rapport.md)" ]
	not grep -qE '(src|href)=|<script|url\([^#]' report.html rapport.html
}

@test "the record read by another language's reader is the same" {
	session_en
	"$BEFFROI" log --all --json >en.json
	BEFFROI_LANG=fr "$BEFFROI" journal --tout --json >fr.json
	cmp en.json fr.json
	"$BEFFROI" log --all -f journal >en.json
	BEFFROI_LANG=fr "$BEFFROI" journal --tout -f journal >fr.json
	cmp en.json fr.json
}

@test "the session is checked without the program" {
	local script=$BATS_TEST_DIRNAME/../../contrib/verify/verify.sh
	[ -f "$script" ] || skip "the independent check is not here"
	session_en
	"$BEFFROI" log --all -f journal >journal.jsonl
	run sh "$script" journal.jsonl
	[ "$status" -eq 0 ]
	[[ $output == sound* ]]
}
