#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# The papers of a small incident and the register over three, word for word, as
# tests/e2e/golden.bats does it.  `sh tests/golden/update` writes the files again.

load ../e2e/lib

GOLDEN=$BATS_TEST_DIRNAME/../golden/papers

# One command, a minute after the one before.
step() {
	later 1 minute
	"$BEFFROI" "$@" >/dev/null 2>said </dev/null || { echo "$*"; cat said; return 1; }
}

answers() {
	step deadline answer controller=yes cyber-insurance=yes processor=no org-name='Menuiserie Exemple SARL' org-siren='123 456 789'
	step deadline answer org-address '12 rue du Port, 29200 Brest'
	step deadline answer org-representative 'Anne Exemple, gérante'
	step deadline answer org-contact 'Karim Exemple, 06 00 00 00 00'
	step deadline answer org-insurer 'Assurances Exemple'
	step deadline answer personal-data=yes risk=yes attack=yes high-risk=no -m 'fichiers de paie chiffrés' --by anne
	step deadline answer data-unintelligible=unknown risk-removed=no
	step deadline answer cnil-nature $'état civil, RIB\n=1+1 | <b>paie</b>'
	step deadline answer cnil-people-kinds salariés
	step deadline answer cnil-harm 'fraude au RIB'
	step deadline answer hit-systems 'SRV-FIC, partage paie'
	step deadline answer delay-reasons 'week-end'
}

setup() {
	fresh
	needs_clock
	printf 'pay us\n' >ransom.txt
	step open 'Fichiers <chiffrés> | =1+1' --at 6:12 --type ransomware --severity 3 --reported-by Marc --summary $'Deux\nlignes'
	answers
	step deadline instant aware.rgpd 6:20 -m 'la note nomme la paie' --by anne
	step note 'Extension .locked' --by Marc --at 6:20
	step note 'une idée' --kind hypothesis
	step decide 'Couper Internet' --question 'Que faire ?' --reason 'arrêter la propagation' --by anne
	step action 'Restaurer la paie' --for karim --before 13:00
	step action 'Changer les mots de passe' --for lea
	step action 2 done --reason '42 comptes'
	step attach ransom.txt --where PC-3 --reason 'la note'
	step attach --handover 'Gendarmerie, M. Petit' --item 1
	step note expert --amount 1200,50
	step phase containment
	step deadline complaint sent --reference 'PV 12' --channel gendarmerie
	step deadline people not-applicable -m 'risque non élevé' --by anne
	later 1 minute
}

# golden NAME: what is on standard input is what the file of this name holds
golden() {
	sed 's/(beffroi [0-9][0-9.]*)/(beffroi VERSION)/' | normal >"$BATS_TEST_TMPDIR/$1"
	if [ -n "${GOLDEN_UPDATE-}" ]; then
		mkdir -p "$GOLDEN"
		cp "$BATS_TEST_TMPDIR/$1" "$GOLDEN/$1"
	else
		diff -u "$GOLDEN/$1" "$BATS_TEST_TMPDIR/$1"
	fi
}

forms() {
	"$BEFFROI" report "$1" -o - --lang en | golden "$1.en.html"
	"$BEFFROI" report "$1" -o - --lang fr | golden "$1.fr.html"
	"$BEFFROI" report "$1" -f md -o - --lang en | golden "$1.en.md"
	"$BEFFROI" report "$1" -f md -o - --lang fr | golden "$1.fr.md"
	"$BEFFROI" report "$1" -f json -o - --lang en | jq . | golden "$1.en.json"
	"$BEFFROI" report "$1" -f json -o - --lang fr | jq . | golden "$1.fr.json"
}

@test "the notification to the CNIL is what it was" {
	forms cnil
}

@test "the message to people is what it was" {
	forms art34
}

@test "the complaint is what it was" {
	forms complaint
}

@test "the declaration to the insurer is what it was" {
	forms claim
}

@test "the register is what it was" {
	step open '@Sans données' --type outage
	step deadline answer personal-data=no
	step close --reason fini --despite
	step open Exercice --drill
	later 1 minute
	forms register
	"$BEFFROI" report register -f csv -o - --lang en | golden register.en.csv
	"$BEFFROI" report register -f csv -o - --lang fr | golden register.fr.csv
}

@test "the report over a period is what it was" {
	step open '@Sans données' --type outage --at 6:00
	step note avocat --amount 300
	step close --reason fini --despite
	step open Exercice --drill
	later 1 minute
	forms period
	"$BEFFROI" report period -f csv -o - --lang fr | golden period.fr.csv
	"$BEFFROI" report period -f csv-intl -o - --lang en | golden period.en.csv
}

@test "no file of the folder is left over" {
	local file name
	for file in "$GOLDEN"/*; do
		name=${file##*/}
		grep -qE "forms ${name%%.*}\$|golden $name\$" "$BATS_TEST_FILENAME" || { echo "nothing makes $file"; return 1; }
	done
}
