#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
}

@test "an asset goes from suspicion to service, and the log tells it" {
	ok asset add PC-3 SRV-1 --type server --owner karim --criticality vital -m 'first seen'
	says 'S1  server PC-3: suspected (#2)' 'S2  server SRV-1: suspected (#3)'
	local state
	for state in compromised isolated cleaned rebuilt back-in-service; do
		ok asset set S1 "$state" -m "now $state"
	done
	says 'Asset S1: back in service (#8)'
	ok asset
	says 'back in service' 'PC-3, vital -> karim (first seen)' 'suspected'
	ok assets --json
	is_json asset
	[ "$(jq -sc 'map([.name, .status, .owner, .criticality])' <<<"$output")" = \
		'[["PC-3","back-in-service","karim","vital"],["SRV-1","suspected","karim","vital"]]' ]
	ok log
	says 'S1 server PC-3: isolated (now isolated)'
	sound
}

@test "the same name is the same asset" {
	ok asset add PC-3
	ok asset add pc-3 PC-4
	talks 'S1 is that already'
	says 'S2  other PC-4'
	[ "$(entries)" -eq 3 ]
}

@test "what cannot be done with an asset is refused" {
	refused 2 'none was given' 'beffroi asset add VALUE' asset add
	refused 2 'unknown type of asset' 'workstation, server' asset add x --type y
	refused 2 'unknown state of an asset' 'compromised' asset add x --status y
	refused 2 'which asset' 'asset set S1' asset set
	refused 2 'which asset' 'asset set S1' asset set 1
	refused 3 'there is no asset S2' '' asset set 2 lost
	refused 2 'a line of text' '' asset add ' '
	refused 2 'one word too many' '' asset list x
	[ "$(entries)" -eq 1 ]
	ok asset
	talks 'no affected asset'
}

@test "assets are undone and struck like the rest" {
	ok asset add A
	ok asset set 1 lost
	ok undo
	ok asset --json
	[ "$(field .status)" = suspected ]
	ok strike 2 --reason 'another company'
	ok asset
	says_not A
	ok asset --all --json
	[ "$(field .struck)" = true ]
	dry asset add B
	dry asset set 1 lost
}

@test "assets in French" {
	export BEFFROI_LANG=fr
	ok actif ajouter PC-COMPTA-3 --type poste --etat compromis --responsable karim --criticite élevée
	says 'S1  poste de travail PC-COMPTA-3 : compromis (#2)'
	ok actif modifier S1 isolé --motif 'câble débranché'
	says 'Actif S1 : isolé (#3)'
	ok actif modifier 1 'remis en service'
	ok actifs
	says 'remis en service' 'PC-COMPTA-3, élevée -> karim'
}

@test "the full report has tables of assets and observables" {
	ok report -f md -o -
	says_not 'Affected assets' 'Observables'
	ok asset add PC-3 --type workstation --status isolated
	ok observable add 'hxxp://evil[.]example' --asset 1 --source proxy
	ok report -f md -o -
	says '### Affected assets' '| S1 | PC-3 | workstation | isolated |' '### Observables' 'hxxp\://evil\[.\]example' 'proxy'
	says_not 'http://evil' 'http\://evil'
	ok report -o - --lang fr
	says 'Actifs touchés' 'Observables' 'hxxp://evil[.]example'
	ok report -f json -o -
	[ "$(field '[.assets[0].name, .observables[0].value] | join(" ")')" = 'PC-3 http://evil.example' ]
}
