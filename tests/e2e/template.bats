#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident 'Encrypted <files> | *x*'
	"$BEFFROI" action 'Restore payroll' --for karim --before +2h >/dev/null
	"$BEFFROI" note expert --amount 1200,50 >/dev/null
	mkdir -p "$BEFFROI_BASE/templates"
}

@test "a template of ours is filled and named after itself" {
	printf '# {{incident}} {{title}}\n{{#actions}}\n- {{text}}, {{owner}}, {{state_label}}, {{due_at_local}}\n{{/actions}}\n{{costs_total}}\n' >mail.md
	ok report --template mail.md
	says report-INC-2025-001-mail.md
	grep -qxF '# INC-2025-001 Encrypted &lt;files> \| \*x\*' report-INC-2025-001-mail.md
	grep -qxE -- '- Restore payroll, karim, to do, .+' report-INC-2025-001-mail.md
	grep -qx 1200.50 report-INC-2025-001-mail.md
	refused 4 'already there' '--overwrite' report --template mail.md
	ok rapport --modele mail.md -o - --langue fr
	says 'à faire' 1200,50
}

@test "what is filled in is escaped for the kind of file" {
	printf '<p>{{title}}</p>' >a.html
	printf '{{title}}' >a.txt
	printf 'a;b\n{{#journal}}{{number}};{{body.text}}\n{{/journal}}' >a.csv
	"$BEFFROI" note '=1+1' >/dev/null
	ok report --template a.html -o -
	says '<p>Encrypted &lt;files&gt; | *x*</p>'
	ok report --template a.txt -o -
	[ "$output" = 'Encrypted <files> | *x*' ]
	ok report --template a.csv -o -
	says "\"'=1+1\""
	[[ $output == $'\xef\xbb\xbf'a* ]]
}

@test "the check names each name that means nothing, with its line and the nearest" {
	printf '{{titel}}\n\n{{#actions}}{{ownr}}{{/actions}} {{xyzzy}}' >bad.txt
	bef report --template bad.txt --check
	[ "$status" -eq 2 ]
	says 'line 1: {{titel}} is not known; nearest: {{title}}' 'line 3: {{ownr}} is not known; nearest: {{owner}}' 'line 3: {{xyzzy}} is not known'
	talks "3 names of 'bad.txt' are not known" 'report --variables'
	bef report --template bad.txt
	[ "$status" -eq 2 ]
	[ -z "$output" ]
	talks 'line 1: {{titel}}'
	[ ! -e report-INC-2025-001-bad.txt ]
	run --separate-stderr "$BEFFROI" report --template bad.txt --check --json
	is_json finding
	[ "$(jq -r .near <<<"${lines[0]}")" = title ]
	printf '{{title}}' >good.txt
	ok report --template good.txt --check
	says 'every name is known'
	ok report --variables
	says actions.owner deadlines.safe
	ok report --variables --json
	is_json variable
}

@test "templates beside the journal are documents by their name" {
	printf '{{title}}' >"$BEFFROI_BASE/templates/lettre.txt"
	ok report --list
	says 'lettre              template of yours'
	ok report lettre
	says report-INC-2025-001-lettre.txt
	refused 2 "there is no report '../x'" 'beffroi report --list' report ../x
	refused 2 'does not say what it is' '.html' report --template x.docx
	refused 3 'x.md' '' report --template x.md
	refused 2 'says by its name' 'pdf-accessible' report --template "$BEFFROI_BASE/templates/lettre.txt" -f pdf
	printf '{{#title}}' >open.md
	refused 2 'line 1' 'variables' report --template open.md
	printf 'a\xff' >latin.md
	refused 2 'UTF-8' '' report --template latin.md
}
