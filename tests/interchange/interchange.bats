#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# A rich incident for the tools of others, word for word, and judged by the public schemas: OASIS's for STIX
# (beside the project), MISP's (where MISP_SCHEMA says, or beside the project).  Those are not ours and are
# skipped where they are not.  `sh tests/golden/update` writes the golden files again.

load ../e2e/lib

GOLDEN=$BATS_TEST_DIRNAME/golden
SCHEMAS=$BATS_TEST_DIRNAME/../../../shared/schemas

setup_file() {
	command -v node >/dev/null && command -v npm >/dev/null || return 0
	export AJV=$BATS_FILE_TMPDIR/ajv
	npm install --silent --no-audit --no-fund --prefix "$AJV" ajv ajv-formats ajv-draft-04 >/dev/null 2>&1 || true
}

needs_ajv() {
	[ -d "${AJV:-/nowhere}/node_modules/ajv-draft-04" ] || skip "node with ajv is not to be had here"
}

step() {
	later 1 minute
	"$BEFFROI" "$@" >/dev/null 2>said </dev/null || { echo "$*"; cat said; return 1; }
}

setup() {
	fresh
	needs_clock
	mkdir -p "$XDG_CONFIG_HOME/beffroi"
	(umask 077 && echo 'organisation = Durand SARL' >"$XDG_CONFIG_HOME/beffroi/beffroi.conf")
	step open 'Fichiers chiffrés' --at 6:12 --type ransomware --severity 3 --reported-by Marc --summary 'Tout est en .locked'
	step run "$BATS_TEST_DIRNAME/../cases/small.json"
	step step 1 done
	step step 2 fail --reason 'locked door'
	step asset add PC-COMPTA-3 --type workstation --status compromised -m 'first one hit'
	step asset add 'lea@durand.example' --type mailbox
	step asset set S1 isolated
	step asset add FS1 --type server --status lost
	step asset set S3 rebuilt
	step asset set S3 back-in-service
	step asset add 'PC de Léa' --type workstation --status lost
	step observable add 203.0.113.5 'hxxps://evil[.]example/x?a=1' 'bob(at)evil[.]example' evil.example \
		d41d8cd98f00b204e9800998ecf8427e --status confirmed --source proxy --first 6:10 --asset S1 -m "it's there"
	step observable add 2001:db8::1 00:1a:2b:3c:4d:5e 'HKLM\Software\Run' 'FR76 3000 6000 0112 3456 7890 189' \
		1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa '+33 6 12 34 56 78' CVE-2024-3400 'Mozilla/5.0 (X)' 'CORP\marc'
	step observable add "O'Neil\\x" --type mutex --status confirmed --tlp green --pap amber
	step observable add evil.exe --status confirmed --tlp clear
	step observable add 'Facture impayée' --type email-subject --status confirmed --no-detect
	step observable add PC-COMPTA-3 --type hostname
	step observable add 'something else' --type other
	step observable add red.example --tlp red --status confirmed
	step observable add ours.example --status benign
	step observable add struck.example
	step strike "$(entries)" --reason mistake
	step observable set O8 --status confirmed --detect
	step decide 'Cut the Internet' --question 'What now?' --reason spreading
	step action 'Restore payroll' --for karim --before 13:00
	step action 1 done --reason 'from last night'
	step action 'Call the insurer'
	step note disks --amount 1200,50
	step note experts --amount 19,49
	step deadline answer personal-data=yes 'cnil-loss=Confidentialité et intégrité' 'cnil-records=12 000' 'cnil-people-count=about 1200'
	step phase containment
	step note 'Extension .locked' --by Marc
	step note 'wrong line'
	step strike "$(entries)" --reason mistake
	step note 'an old word'
	step amend "$(entries)" 'the right word' --reason typo
	later 1 minute
}

golden() {
	jq . | normal >"$BATS_TEST_TMPDIR/$1"
	if [ -n "${GOLDEN_UPDATE-}" ]; then
		mkdir -p "$GOLDEN"
		cp "$BATS_TEST_TMPDIR/$1" "$GOLDEN/$1"
	else
		diff -u "$GOLDEN/$1" "$BATS_TEST_TMPDIR/$1"
	fi
}

@test "the exports are what they were, in whatever language they are asked for" {
	"$BEFFROI" report stix -o - | golden stix.json
	"$BEFFROI" report misp -o - | golden misp.json
	"$BEFFROI" report stix -o - --stix-extension none | golden stix-plain.json
	"$BEFFROI" report stix -o - --max-tlp green | golden stix-green.json
	"$BEFFROI" report misp -o - --max-tlp green | golden misp-green.json
	BEFFROI_LANG=fr "$BEFFROI" rapport stix -o - | golden stix.json
	BEFFROI_LANG=fr "$BEFFROI" rapport misp -o - | golden misp.json
}

@test "the same case is the same bytes, and an object keeps its id when the case goes on" {
	ok report stix -o one.json
	ok report stix -o two.json
	cmp one.json two.json
	ok observable set O1 --status benign
	ok observable set O2 --tlp clear
	ok report stix -o three.json
	# What is still there has its former id; what changed is newer.
	jq -es '(.[0].objects | map(select(.type == "indicator" and (.name | startswith("URL"))))[0]) as $old |
		(.[1].objects | map(select(.id == $old.id))[0]) as $new |
		$new.created == $old.created and $new.modified > $old.modified' one.json three.json
	not grep -q 203.0.113.5 three.json
	# What goes back to what it was is newer too, and a marking of the incident touches all that bears it.
	later 1 minute
	ok undo
	ok report stix -o four.json
	jq -es 'map(.objects | map(select(.type == "indicator" and (.name | startswith("URL"))))[0]) |
		.[0].modified < .[1].modified and .[1].modified < .[2].modified and .[0].object_marking_refs == .[2].object_marking_refs' \
		one.json three.json four.json
	later 1 minute
	ok qualify --tlp green
	ok report stix -o five.json
	jq -es 'map(.objects | map(select(.type == "note"))[0]) | .[0].id == .[1].id and .[0].modified < .[1].modified' four.json five.json
}

@test "the STIX bundle satisfies the official schemas, with and without the incident extension" {
	needs_ajv
	[ -f "$SCHEMAS/validate-stix.cjs" ] || skip "the STIX schemas are not beside the project"
	local options
	for options in '' '--stix-extension none' '--max-tlp green' '--max-tlp clear' '--max-tlp red'; do
		# shellcheck disable=SC2086
		ok report stix -o bundle.json --overwrite $options
		NODE_PATH=$AJV/node_modules node "$SCHEMAS/validate-stix.cjs" bundle.json
	done
}

@test "the incident extension has the members that its draft knows" {
	ok report stix -o bundle.json
	jq -e '.objects[] | select(.type == "incident") | .extensions["extension-definition--ef765651-680c-498d-9894-99799f2fa126"] |
		(keys - ["criticality", "detection_methods", "determination", "event_refs", "extension_type", "impact_refs",
		"incident_types", "investigation_status", "recoverability", "task_refs"] == []) and .determination == "confirmed" and
		.investigation_status == "open" and .criticality == 75 and (.task_refs | length) > 3 and (.impact_refs | length) == 5' bundle.json
	jq -e '[.objects[] | select(.type == "task") | .outcome] | unique == ["failed", "pending", "successful"]' bundle.json
	jq -e '[.objects[] | select(.type | IN("task", "event", "impact")) | .extensions[].extension_type // empty] | unique == ["new-sdo"]' bundle.json
	ok report stix --stix-extension none -o plain.json
	jq -e '[.objects[] | select((.type | IN("task", "event", "impact")) or (.type == "incident" and has("extensions")))] == []' plain.json
}

# impacts FILE: each with what it says
impacts() {
	jq -c '.objects[] | select(.type == "impact") | [.impact_category, .extensions[.impact_category], has("end_time"), .labels[0]]' "$1" | LC_ALL=C sort
}

@test "an impact says what the journal records, and nothing where the words could mean something else" {
	ok report stix -o bundle.json
	[ "$(impacts bundle.json)" = '["availability-ext",{"availability_impact":100},false,"lost"]
["availability-ext",{"availability_impact":100},true,"lost"]
["confidentiality-ext",{"information_type":"pii","loss_type":"suspected-loss","record_count":12000},false,null]
["economic-ext",{"variety":"uncategorized","currency":"EUR","min_amount":1219.99,"max_amount":1219.99},false,null]
["integrity-ext",{"information_type":"pii","alteration":"potential-modification","record_count":12000},false,null]' ]
	grep -q '"max_amount":1219.99}' bundle.json
	jq -e '(.objects | map({key: .id, value: .}) | from_entries) as $all | [.objects[] | select(.impact_category == "availability-ext") |
		$all[.impacted_refs[0]].name] == ["FS1", "PC de Léa"]' bundle.json
	jq -e '[.objects[] | select(.impact_category == "confidentiality-ext") | .impacted_entity_counts] == [null]' bundle.json # "about 1200"
	jq -e '.objects[] | select(.type == "impact" and has("end_time")) | .start_time < .end_time and .end_time_fidelity == "minute"' bundle.json
	ok deadline answer 'cnil-loss=Pas la confidentialité : la disponibilité' 'cnil-people-count=1 200'
	ok asset set S4 compromised
	ok report stix --overwrite -o bundle.json
	[ "$(impacts bundle.json | cut -d, -f1 | uniq -c | tr -s ' ')" = ' 2 ["availability-ext"
 1 ["economic-ext"' ]
	ok deadline answer personal-data=no
	ok report stix --overwrite -o bundle.json
	[ "$(impacts bundle.json | grep -v availability | grep -v economic)" = '["confidentiality-ext",{"information_type":"pii","loss_type":"none"},false,null]
["integrity-ext",{"information_type":"pii","alteration":"none"},false,null]' ]
}

@test "the impact of a marked incident stays with it" {
	ok report stix --max-tlp green -o green.json
	[ -z "$(impacts green.json)" ]
	not grep -qE 'economic|pii|marking-definition--55d920b0' green.json
}

@test "what was put in place is a course of action, with the techniques that it answers" {
	local n
	ok open --type ransomware 'Another one'
	ok run ransomware
	for n in $(seq 1 30); do
		"$BEFFROI" step "$n" done --proof seen >/dev/null 2>&1 </dev/null || "$BEFFROI" step "$n" yes >/dev/null 2>&1 </dev/null || true
	done
	ok report stix -o bundle.json
	jq -e '[.objects[] | select(.type == "course-of-action")] | length > 2 and all(.name != null and (.labels | index("in-force")))' bundle.json
	jq -e '(.objects | map({key: .id, value: .type}) | from_entries) as $type | [.objects[] | select(.relationship_type == "mitigates") |
		[$type[.source_ref], $type[.target_ref]]] | length > 0 and (unique == [["course-of-action", "attack-pattern"]])' bundle.json
	jq -e '.objects[] | select(.type == "attack-pattern") | .external_references[0] |
		.source_name == "mitre-attack" and (.external_id | test("^T[0-9]{4}([.][0-9]{3})?$"))' bundle.json
	needs_ajv
	[ -f "$SCHEMAS/validate-stix.cjs" ] || skip "the STIX schemas are not beside the project"
	NODE_PATH=$AJV/node_modules node "$SCHEMAS/validate-stix.cjs" bundle.json
}

@test "only what was confirmed and is fit for detection is an indicator" {
	ok report stix -o bundle.json
	[ "$(jq -r '.objects[] | select(.type == "indicator") | .pattern' bundle.json | LC_ALL=C sort)" = "[domain-name:value = 'evil.example']
[domain-name:value = 'red.example']
[email-addr:value = 'bob@evil.example']
[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']
[file:name = 'evil.exe']
[ipv4-addr:value = '203.0.113.5']
[mutex:name = 'O\\'Neil\\\\x']
[url:value = 'https://evil.example/x?a=1']
[windows-registry-key:key = 'HKEY_LOCAL_MACHINE\\\\Software\\\\Run']" ]
	ok report misp -o event.json
	[ "$(jq '[.Event.Attribute[] | select(.to_ids)] | length' event.json)" -eq 9 ]
	not grep -qE 'ours.example|struck.example|wrong line' bundle.json event.json
}

@test "what is marked above the limit is left out, and counted" {
	later 1 minute
	ok report stix --max-tlp green -o bundle.json
	talks 'left out: marked above green'
	[ "$(jq -r '.objects[] | select(.type == "indicator") | .name' bundle.json | LC_ALL=C sort | paste -sd,)" = "file name evil.exe,mutex O'Neil\\x" ]
	not grep -qE 'chiffr|Internet|payroll|PC-COMPTA|red.example|203.0.113' bundle.json
	ok report misp --max-tlp green -o event.json
	not grep -qE 'chiffr|Internet|payroll|PC-COMPTA|red.example|203.0.113' event.json
	[ "$(jq -r '.Event.Tag[].name' event.json)" = tlp:green ]
	ok report stix --max-tlp amber -o amber.json
	talks '1 item left out: marked above amber'
	ok report stix --tlp-max rouge -o red.json
	[[ $stderr != *'left out'* ]]
}

@test "the MISP event satisfies MISP's public schema" {
	local schema=${MISP_SCHEMA:-$SCHEMAS/misp.json}
	needs_ajv
	[ -f "$schema" ] || skip "MISP's schema is not beside the project (pymisp/data/schema.json of MISP/PyMISP)"
	ok report misp -o event.json
	ok report misp --max-tlp clear -o clear.json
	NODE_PATH=$AJV/node_modules node "$BATS_TEST_DIRNAME/misp.cjs" "$schema" event.json clear.json
}

@test "the MISP event carries the situation report, unless the incident stays" {
	ok report misp --max-tlp amber -o event.json
	jq -r '.Event.EventReport[0].content' event.json >report.md
	grep -qF '**TLP:AMBER**' report.md
	grep -qF 'Extension .locked' report.md
	grep -qF '1219.99' report.md
	not grep -qE 'wrong line|red[.]example|an old word' report.md
	jq -e '.Event.EventReport | length == 1 and .[0].deleted == false and .[0].distribution == "5" and (.[0].name | startswith("Situation report INC-"))' event.json
	ok report misp --max-tlp green -o green.json
	jq -e '.Event | has("EventReport") | not' green.json
	# The receiver knows it again, and that it is newer.
	ok note 'Something new'
	ok report misp -o later.json
	jq -es 'map(.Event.EventReport[0]) | .[0].uuid == .[1].uuid and .[0].timestamp < .[1].timestamp' event.json later.json
}

@test "the MISP event has the levels, tags and strings that MISP wants" {
	ok report misp -o event.json
	jq -e '.Event | .threat_level_id == "2" and .analysis == "1" and .published == false and .distribution == "0" and
		.date == "2025-11-03" and .Orgc.name == "Durand SARL" and (.timestamp | test("^[0-9]+$")) and
		([.Tag[].name] == ["tlp:amber", "rsit:information-content-security=\"unauthorised-information-modification\"",
			"beffroi:incident-type=\"ransomware\""])' event.json
	jq -e '[.Event.Attribute[] | .uuid] | length == (unique | length)' event.json
	jq -e '.Event.Attribute[] | select(.type == "mutex") | [.Tag[].name] == ["tlp:green", "PAP:AMBER", "beffroi:status=\"confirmed\""]' event.json
	ok qualify --severity 4
	ok report misp -o -
	[ "$(field .Event.threat_level_id)" = 1 ]
	ok qualify --severity 1
	ok report misp -o -
	[ "$(field .Event.threat_level_id)" = 4 ]
}

@test "an export is put in a file, told of, and refused where the words are wrong" {
	ok report stix
	says 'INC-2025-001-stix.json' 'sha256'
	[ -s INC-2025-001-stix.json ]
	refused 4 'is already there' '--overwrite' report stix
	ok rapport misp --json
	is_json report
	ok report --list
	says 'stix' 'misp'
	refused 2 "unknown format 'html'" 'json' report stix -f html
	refused 2 "unknown extension 'x'" 'core, none' report stix --stix-extension x
	refused 2 "unknown TLP: 'x'" 'clear' report misp --max-tlp x
	rm "$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	ok report misp -o nobody.json
	talks 'the organisation has no name'
}

@test "an exercise says that it is one" {
	ok open --drill 'Exercice' --type phishing
	ok report stix -i EX-2025-001 -o - || ok report stix -o -
	[ "$(field '.objects[] | select(.type == "incident") | .labels | index("exercise") != null')" = true ]
	ok report misp -o -
	[[ $(field .Event.info) == '[EXERCISE] '* ]]
}
