#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
}

@test "what is said anew of an observable that stands is a change" {
	ok asset add PC-3
	ok observable add evil.example --source proxy
	ok observable add 'hxxp://evil[.]example' evil.example --status confirmed --asset 1
	says 'O2  ' 'O1  domain evil[.]example: confirmed (#5)'
	ok observable --json
	[ "$(jq -sc 'map([.observable, .status, .asset, .source])' <<<"$output")" = '[[1,"confirmed",1,"proxy"],[2,"confirmed",1,null]]' ]
	ok observable add evil.example --status confirmed --asset 1 --source proxy
	talks 'O1 is that already'
	[ "$(entries)" -eq 5 ]
}

@test "what is pasted is recognised, shown harmless and kept in one form" {
	ok observable add 203.0.113.5 'hxxps://Evil[.]example/x' 'bob(at)evil[.]example'
	says 'O1  IPv4 address 203[.]0[.]113[.]5: suspected (#2)' 'O2  URL hxxps://evil[.]example/x' 'O3  email address bob[@]evil[.]example'
	ok observable
	says 'hxxps://evil[.]example/x'
	says_not 'https://evil'
	ok observable list --raw
	says 'https://evil.example/x' 'bob@evil.example' '203.0.113.5'
	ok observables --json
	is_json observable
	[ "$(jq -rs 'map(.value) | join(" ")' <<<"$output")" = '203.0.113.5 https://evil.example/x bob@evil.example' ]
	ok log
	says 'O2 URL hxxps://evil[.]example/x: suspected'
	says_not 'https://evil'
	sound
}

@test "a list comes through a pipe, and what is known is not written twice" {
	bef_on $'# from CERT-FR\n203.0.113.5\r\n\n  evil[.]example  \n203[.]0.113.5\n' observable add - --source CERT-FR --status confirmed
	[ "$status" -eq 0 ]
	says 'O1  IPv4 address' 'O2  domain evil[.]example: confirmed'
	talks 'O1 is that already'
	[ "$(entries)" -eq 3 ]
	ok observable add EVIL.example --json
	is_json known
	[ "$(field .about)" -eq 2 ]
	[ "$(entries)" -eq 3 ]
	ok observable --json
	[ "$(jq -s 'map(.source) | unique' -c <<<"$output")" = '["CERT-FR"]' ]
	sound
}

@test "one that cannot be read keeps all of them out, and its line is named" {
	bef_on $'203.0.113.5\nnonsense\n' observable add -
	is_refused 2 "line 2: cannot tell what 'nonsense' is" '--type'
	[ "$(entries)" -eq 1 ]
	refused 2 "'evil.example' is not of type: IPv4 address" '' observable add evil.example --type ipv4
	refused 2 'unknown type of observable' 'ipv4, ipv6' observable add x --type y
	refused 2 'none was given' 'beffroi observable add VALUE' observable add
	refused 2 'which observable' 'observable set O1' observable set
	refused 2 'which observable' 'observable set O1' observable set 1
	refused 2 "'x' is not a number" '' observable set x --status benign
	refused 3 'there is no observable O7' '' observable set O7 --status benign
	refused 3 'there is no asset S4' '' observable add 203.0.113.5 --asset S4
	refused 2 'exclude each other' '' observable add 203.0.113.5 --detect --no-detect
	refused 2 'seen last before' '' observable add 203.0.113.5 --first 6:00 --last 5:00
	[ "$(entries)" -eq 1 ]
}

@test "an observable changes, and the change is an entry that can be undone" {
	ok observable add evil.example --tlp green --pap amber --first 5:00 -m 'in the proxy log'
	ok asset add PC-3
	ok observable set O1 --status confirmed --asset S1 --last 6:00 -m 'seen twice'
	says 'Observable O1: confirmed (#4)'
	ok observable --json
	[ "$(field '[.status, .tlp, .pap, .to_ids, .asset, .text, .reason] | join(" ")')" = \
		'confirmed green amber true 1 in the proxy log seen twice' ]
	ok observable set 1 --no-detect
	ok observable --json
	[ "$(field .to_ids)" = false ]
	ok undo
	ok observable --json
	[ "$(field .to_ids)" = true ]
	ok observable set 1 --status benign
	ok observable
	talks 'no observable'
	ok observable --all
	says 'benign' 'evil[.]example'
	sound
}

@test "struck and undone observables keep their number" {
	ok observable add a.example
	ok observable add b.example
	ok strike 2 --reason 'ours after all'
	ok undo 3
	ok observable add b.example
	says 'O3'
	ok observable
	says_not 'a[.]example'
	ok observable --all --json
	[ "$(jq -sc 'map([.observable, .struck // false, .undone // false])' <<<"$output")" = \
		'[[1,true,false],[2,false,true],[3,false,false]]' ]
}

@test "an erased observable is nowhere any more, and its number stays" {
	ok observable add secret.example
	ok observable add other.example
	ok strike 2 --erase --reason 'a client of ours' --yes
	ok observable --all
	says '[erased]' 'other[.]example'
	ok report -f json -o -
	says_not secret.example
	ok report stix -o -
	says_not secret.example
	ok report -f md -o -
	says_not secret
}

@test "hostile values neither move the cursor nor hide" {
	ok observable add $'facture\u202efdp.exe' --type filename
	says_not $'\u202e'
	refused 2 'one line without control' '' observable add $'a\033[31mb' --type mutex
	refused 2 'one line without control' '' observable add $'a\nb' --type mutex
	ok observable list --raw
	says_not $'\u202e'
	ok observable --json
	[ "$(field .value)" = $'facture\u202efdp.exe' ]
}

@test "observables in French" {
	export BEFFROI_LANG=fr
	ok indicateur ajouter 203.0.113.5 --etat confirmé --premier 5:00
	says 'O1  adresse IPv4 203[.]0[.]113[.]5 : confirmé (#2)'
	ok observable modifier O1 --etat bénin --motif 'notre pare-feu'
	says 'Observable O1 : bénin'
	ok observable liste --tout
	says 'bénin' 'adresse IPv4'
	refused 2 "impossible de dire ce qu'est" 'dites-le' observable ajouter x
}

@test "trying an observable writes nothing, and a closed incident takes late ones" {
	dry observable add 203.0.113.5
	ok observable add 203.0.113.5
	dry observable set 1 --status confirmed
	ok close --yes --reason over
	ok observable add late.example
	ok observable set 1 --status confirmed
	sound
}
