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

@test "what is said anew of an asset that stands is a change, not lost" {
	ok asset add ERP --type service --rto 4h -m 'the books'
	ok asset add erp --status down --owner karim
	says 'S1  erp: out of service (#3)'
	ok asset add ERP --status down --rto 4h -m 'the books'
	talks 'S1 is that already'
	[ "$(entries)" -eq 3 ]
	ok asset --json
	[ "$(field '[.name, .asset_type, .status, .owner, .rto_s] | join(" ")')" = 'ERP service down karim 14400' ]
	ok asset add ERP -m 'the disk is full' --json
	[ "$(field '[.kind, .about] | join(" ")')" = 'asset.changed 1' ]
	ok undo 3
	ok asset --json
	[ "$(field .status)" = suspected ]
	[ "$(field .owner)" = null ]
	sound
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

@test "a service goes down, runs badly and comes back: status, closing and documents tell how long and against what" {
	needs_clock
	at 2025-11-03T10:00:00Z
	ok asset add ERP --type service --status down --rto 4h --rpo 1h -t 6:00
	says 'S1  service ERP: out of service'
	ok asset add Mail --type service --status degraded -t 8:00
	ok status
	says 'S1 ERP: out of service for 5 h 00; BEYOND what is admissible (RTO) by 1 h 00' 'S2 Mail: degraded'
	[ "$(s=0; "$BEFFROI" status --check || s=$?; echo $s)" -eq 7 ]
	ok status --json
	[ "$(field '[.services.down, .services.degraded, .services.late] | join(" ")')" = '1 1 1' ]
	refused 4 '2 points are still open' 'close --despite' close
	talks 'S1 ERP: out of service   -> beffroi asset set S1 back-in-service' 'S2 Mail: degraded'
	ok asset set S1 back-in-service --data-until 4:30 -t 10:30
	ok asset set 2 back-in-service
	ok report -f md -o -
	says '### Services down and restored' '| S1 | ERP | back in service |' '4 h 30 (at most 4 h 00): EXCEEDED' '1 h 30 (at most 1 h 00): EXCEEDED' '| 3 h 00 |'
	ok report -o full.html
	grep -q '<title>Services down and restored</title>' full.html
	local kind
	for kind in sitrep board handover insurer lessons; do
		ok report "$kind" -f md -o -
		says '### Services down and restored' '4 h 30 (at most 4 h 00): EXCEEDED'
	done
	ok report -f json -o -
	[ "$(field '.services[0] | [.name, .longest_s, .rto_s, .rto_missed, .lost_s, .rpo_missed] | join(" ")')" = 'ERP 16200 14400 true 5400 true' ]
	sound
}

@test "what is told of an earlier time changes the past, not the present" {
	needs_clock
	at 2025-11-03T10:00:00Z
	ok asset add ERP --type service --status back-in-service -t 10:00
	ok asset set S1 down -t 9:00
	ok asset --json
	[ "$(jq -sr '.[0].status' <<<"$output")" = back-in-service ]
	ok report -f json -o -
	[ "$(field '.services[0] | [.status, .longest_s] | join(" ")')" = 'back-in-service 3600' ]
}

@test "an objective is a length of time" {
	refused 2 "not a length of time: 'soon'" '4h' asset add x --rto soon
	refused 2 "not a length of time: '0h'" 4h asset add x --rto 0h
	refused 2 "not a length of time: '-1h'" 4h asset add x --rpo=-1h
	refused 2 'has not happened yet' 'a fact is past' asset add x --data-until +2h
	ok asset add x --rto 1h30 --rpo 0h
	ok asset --json
	[ "$(jq -sc '.[0] | [.rto_s, .rpo_s]' <<<"$output")" = '[5400,0]' ]
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
