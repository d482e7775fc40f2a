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
	bef playbook check bad.json
	[ "$status" -eq 2 ]
	talks 'beffroi: bad.json: not a CACAO 2.0 playbook'
	says 'created_by: it is missing'
	echo 'not JSON' >bad.json
	bef playbook check bad.json
	[ "$status" -eq 2 ]
	[ -z "$output" ]
}

# finds FILTER TEXT: after this change of a good playbook, check says so
finds() {
	"$BEFFROI" playbook show small --json | jq ".document | $1" >changed.json
	bef playbook check changed.json
	[ "$status" -eq 0 ] || [ "$status" -eq 7 ] || [ "$status" -eq 2 ]
	[[ $output$stderr == *"$2"* ]] || { echo "$1"; told; return 1; }
	[ "$status" -eq "${3:-7}" ] || { echo "$1: $status"; told; return 1; }
}

@test "check says what is against the standard, where, and what to do" {
	mkdir -p "$BEFFROI_BASE/playbooks"
	"$BEFFROI" playbook show transfer-fraud --json | jq '.document | .playbook_extensions[].key = "small"' \
		>"$BEFFROI_BASE/playbooks/small.json"
	ok playbook check small
	says 'Against the standard: 0; to look at: 0'
	local action='(.workflow | to_entries | map(select(.value.type == "action")) | first.key)'
	local question='(.workflow | to_entries | map(select(.value.type == "if-condition")) | first.key)'
	local loop='(.workflow | to_entries | map(select(.value.type == "while-condition")) | first.key)'
	finds "$action as \$a | .workflow[\$a] |= (.on_success = .on_completion)" 'it excludes on_success'
	finds "$action as \$a | del(.workflow[\$a].on_completion, .workflow[\$a].on_success)" 'nothing comes after it' 2
	finds "$action as \$a | .workflow[\$a].agent = \"group--gone\"" 'agent: it names something that is not defined'
	finds "$action as \$a | del(.workflow[\$a].agent)" 'an action needs one'
	finds "$action as \$a | .workflow[\$a].commands = []" 'an action needs at least one'
	finds "$action as \$a | .workflow[\$a].commands = [{\"type\": \"manual\"}]" 'a command says nothing' 0
	finds "$action as \$a | .workflow[\$a].delay = 0" 'delay: it is zero' 0
	finds "$action as \$a | .workflow[\$a].timeout = -5" 'its timeout is no length of time' 2
	finds "$action as \$a | .workflow[\$a].x_own = 1" 'x_own: CACAO 2.0 has no such member' 0
	finds "$action as \$a | .workflow[\$a].external_references = [{\"name\": \"x\"}]" 'only a name' 0
	finds "$question as \$q | .workflow[\$q].condition = \"data hit?\"" 'people will be asked' 0
	finds "$question as \$q | .workflow[\$q].condition = \"__gone__:value = 1\"" 'not declared' 0
	finds "$question as \$q | del(.workflow[\$q].condition)" 'it is missing: people will be asked'
	finds "$loop as \$w | .workflow[\$w].on_false = .workflow[\$w].on_true" 'a while has none'
	finds '.markings = ["marking-tlp--gone"]' 'markings: it names something that is not defined'
	finds '.modified = "2020-01-01T00:00:00.000Z"' "modified: it comes before 'created'"
	finds '.valid_from = "2026-02-31T00:00:00.000Z"' 'valid_from: it is no instant'
	finds '.created = "2026-01-01T00:00:00Z"' 'exactly three digits' 0
	finds '.valid_from = "2026-02-03T00:00:00.000Z" | .valid_until = "2026-02-02T00:00:00.000Z"' 'does not come after'
	finds '.priority = 101' 'not between 0 and 100'
	finds 'del(.created_by)' 'created_by: it is missing'
	finds 'del(.playbook_activities)' 'playbook_activities: it is missing' 0
	finds '.lang = "fr"' 'lang: CACAO 2.0 has no such member' 0
	finds '.labels = []' 'labels: it is empty' 0
	finds '.id = "playbook--018f2f4e-0000-7000-8000-000000000000"' 'not of version 1 to 5'
	finds '.playbook_variables["__n__"] = {type: "integer", value: 5}' 'neither a text nor null'
	finds '.playbook_variables["n"] = {type: "string"}' 'no name of a variable'
	finds '.workflow["action--00000000-0000-4000-8000-000000000000"] = {type: "action", name: "Lost", commands: [{type: "manual", command: "x"}], agent: (.agent_definitions | keys[0]), on_completion: (.workflow | to_entries | map(select(.value.type == "end")) | first.key)}' 'no path leads to it' 0
	finds '.agent_definitions["soarca--00000000-0000-4000-8000-000000000000"] = {type: "soarca", name: "x"}' 'a type of agent' 0
	finds '.workflow_start = "nowhere"' 'workflow_start' 2
	"$BEFFROI" playbook show small --json | jq '.document | .priority = 101' >changed.json
	bef playbook check changed.json --json
	is_json playbook finding
	[ "$(jq -rs 'map(select(.type == "finding") | .level + .member) | join(" ")' <<<"$output")" = errorpriority ]
}

@test "public playbooks get a verdict with reasons, and never a crash" {
	local corpus=$BATS_TEST_DIRNAME/../../../shared/corpus/cacao file
	[ -d "$corpus" ] || skip "the public playbooks are not beside the project"
	for file in "$corpus"/*.json; do
		bef playbook check "$file"
		case $status in
		0 | 7) says 'It can be run' ;;
		2) [[ $stderr == *"beffroi: "*"step "* ]] || { told; return 1; } ;;
		*) told; return 1 ;;
		esac
	done
}

@test "a playbook is meant by its name in either language, quoted or not, and by a type of incident" {
	incident
	local words
	for words in 'fuite de données' 'Data leak' leak fuite-donnees; do
		ok playbook show "$words"
		says 'Data leak'
	done
	ok playbook show 'Faux ordre de virement'
	says 'Transfer fraud'
	ok run faux ordre de virement
	says 'Transfer fraud, step 1'
	ok run fraude
	says 'Transfer fraud, step 1'
	refused 3 "there is no playbook 'no such thing'" 'playbook list' run no such thing
	refused 3 'there is no playbook' 'playbook list' run '?'
}

@test "the list shows in each language the word to type" {
	ok playbook
	says 'data-leak ' 'intrusion '
	ok fiche --lang fr
	says 'fuite-donnees ' 'rancongiciel ' 'debut-commun ' 'intrusion '
	says_not 'data-leak ' 'common-start '
}
