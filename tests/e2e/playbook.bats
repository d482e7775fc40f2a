#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

@test "the playbooks at hand are listed" {
	ok playbook
	says ransomware steps
	ok fiches --json
	is_json playbook
	ok fiche liste
	says ransomware
	[ ! -e "$BEFFROI_BASE" ]
}

@test "a playbook is read whole, in either language" {
	ok playbook show ransomware
	says 'Done when' mandatory
	ok fiche voir rançongiciel --langue fr
	says Rançongiciel
	ok playbook ransomware --json
	is_json playbook
	[ "$(field .document.spec_version)" = cacao-2.0 ]
	[ "$(wc -l <<<"$output")" -eq 1 ]
}

@test "a file is checked, and a local one wins over the one we carry" {
	ok playbook show ransomware --json
	jq .document <<<"$output" >ours.json
	ok playbook check ours.json
	says 'It can be run'
	mkdir -p "$BEFFROI_BASE/playbooks"
	jq '.playbook_extensions[].en.name = "Ours"' ours.json >"$BEFFROI_BASE/playbooks/ours.json"
	ok playbook
	says Ours ours.json
	ok fiche vérifier "$BEFFROI_BASE/playbooks/ours.json" --json
	is_json playbook
}

@test "a playbook that is not there or cannot be run is refused, with its first fault" {
	refused 3 "there is no playbook 'nonsense'" 'beffroi playbook list' playbook show nonsense
	refused 2 'which playbook' 'beffroi playbook list' playbook show
	refused 3 'absent.json' '' playbook check ./absent.json
	echo '{"type": "playbook"}' >bad.json
	refused 2 'bad.json: not a CACAO 2.0 playbook' '' playbook check bad.json
	echo 'not JSON' >bad.json
	bef playbook check bad.json
	[ "$status" -eq 2 ]
	[ -z "$output" ]
}
