#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# For those who write playbooks: new, import, export, print, simulate, competencies.

load lib

outline() {
	cat >plan.txt <<'P'
# Fuite d'eau <au> siège
1. Fermer la vanne générale
   rôle: technique
   délai: 15 min
   pourquoi: chaque minute compte
   annuler: rouvrir la vanne
   obligatoire
   La roue rouge
   derrière l'escalier.
2. Prévenir les voisins
   si: L'eau coule-t-elle ailleurs ?
   rôle: com
3) Couper leur électricité
   si: L'eau coule-t-elle ailleurs ?
4. Appeler l'assureur
   phase: retour
   preuve: le numéro de dossier
P
}

@test "a playbook is made from numbered lines, and can be run, checked and exported" {
	outline
	ok fiche nouvelle plan.txt --langue fr
	[ -f fuite-d-eau-au-siege.json ]
	ok playbook check ./fuite-d-eau-au-siege.json
	says 'Against the standard: 0; to look at: 0'
	refused 4 'is already there' '--overwrite' playbook new plan.txt
	ok playbook new plan.txt -o fuite-d-eau-au-siege.json --overwrite
	ok playbook new plan.txt -o -
	[ "$(field '.workflow | map(select(.type == "action")) | length')" -eq 4 ]
	[ "$(field '[.workflow[] | select(.type == "if-condition")] | length')" -eq 1 ]
	ok playbook import fuite-d-eau-au-siege.json
	incident
	ok run fuite-d-eau-au-siege
	ok step 1
	says 'La roue rouge derrière' 'mandatory'
	ok step 1 done
	ok step 2 no
	ok step 5 --json
	[ "$(field .status)" = ready ]
	refused 4 'wants a proof' '--proof' step 5 done
	ok playbook export fuite-d-eau-au-siege -o out.json
	jq -e '.playbook_processing_summary | .manual_playbook and .if_logic and (.parallel_processing | not)' out.json
}

@test "an outline that is not understood is refused with its line" {
	printf '1. A step without a title\n' >p.txt
	refused 2 'a title is missing' '' playbook new p.txt
	printf '# Title\n' >p.txt
	refused 2 'there is no step' '' playbook new p.txt
	printf '# Title\n1. A\n   role: king\n' >p.txt
	refused 2 'line 3: this is no role' '' playbook new p.txt
	printf '# Title\n1. A\n   within: soon\n' >p.txt
	refused 2 'line 3: this is no length of time' '' playbook new p.txt
	printf '# Title\n1. A \xff\n' >p.txt
	refused 2 'line 2: this is not UTF-8' '' playbook new p.txt
	refused 3 'gone.txt' '' playbook new gone.txt
	[ -z "$(ls ./*.json 2>/dev/null)" ]
}

@test "import cleans up what does no harm, keeps what nobody knows, and export gives the rest back" {
	"$BEFFROI" playbook show transfer-fraud --json | jq '.document |
		.playbook_extensions["extension-definition--11111111-1111-4111-8111-111111111111"] = {x: [], y: {}, z: 0} |
		.extension_definitions["extension-definition--11111111-1111-4111-8111-111111111111"] =
			{type: "extension-definition", name: "x", created_by: .created_by, schema: "s", version: "1.0.0"} |
		(.playbook_extensions[] | select(.key) | .key) = "theirs" | (.playbook_extensions[] | select(.key) | .aliases) = ["a"]' >clean.json
	jq '.derived_from = [] | .workflow |= with_entries(if .value.type == "action" then .value.delay = 0 else . end)' clean.json >theirs.json
	ok playbook import theirs.json
	talks 'cleaned up' 'against the standard: 0'
	ok playbook export theirs -o -
	diff <(jq -S . clean.json) <(jq -S . <<<"$output")
	refused 3 'nothing.json' '' playbook import nothing.json
	echo '{"type": "playbook"}' >bad.json
	refused 2 'bad.json' '' playbook import bad.json
	jq '.priority = 101' clean.json >bad.json
	BEFFROI_BASE=$PLACE/base2 ok playbook import bad.json
	BEFFROI_BASE=$PLACE/base2 refused 7 'against the standard: nothing was written' 'playbook check' playbook export theirs
	dry playbook import ./clean.json
}

@test "import takes a playbook out of the list or the STIX object that carries it" {
	"$BEFFROI" playbook show transfer-fraud --json | jq '.document | (.playbook_extensions[] | select(.key) | .key) = "theirs" |
		(.playbook_extensions[] | select(.key) | .aliases) = ["a"]' >clean.json
	jq -s . clean.json >list.json
	jq -n --rawfile it clean.json '{type: "bundle", id: "bundle--44444444-4444-4444-8444-444444444444", objects: [
		{type: "identity", name: "x"}, {type: "course-of-action", name: "y", extensions: {e: {playbook_bin: ($it | @base64)}}}]}' >bundle.json
	local carrier
	for carrier in list bundle; do
		ok playbook import "$carrier.json" --overwrite
		ok playbook export theirs -o -
		diff <(jq -S . clean.json) <(jq -S . <<<"$output")
		rm "$BEFFROI_BASE/playbooks/theirs.json"
	done
	jq -s '. + .' clean.json >two.json
	refused 2 'it holds 2 playbooks' '' playbook import two.json
	jq -n '{type: "x-oca-playbook", playbook_bin: "%%%"}' >bad.json
	refused 2 'bad.json: its playbook_bin is not base 64' '' playbook import bad.json
}

@test "the sheet for paper has a box and room for each step, and nothing hostile in it" {
	local lang
	for lang in en fr; do
		ok playbook print ransomware --lang $lang -o "$lang.html"
		[ "$(grep -c '^<tr><td class="n">' "$lang.html")" -eq 35 ]
		not grep -qiE '<script|https?://|onload' "$lang.html"
	done
	grep -q 'Nom, signature' fr.html
	outline
	ok playbook new plan.txt -o plan.json
	ok playbook print ./plan.json -o plan.html
	grep -q 'Fuite d&#39;eau &lt;au&gt; siège' plan.html
	! command -v tidy >/dev/null || tidy -q -e plan.html
}

@test "a sheet filled in on paper is typed in, with both times" {
	needs_clock
	outline
	ok playbook new plan.txt -o plan.json
	incident
	bef_on $'d\n6:02\nn\nwritten in the margin\nsoon\n6:04\nq\n' run ./plan.json --from-paper
	[ "$status" -eq 0 ] || { told; return 1; }
	ok log --json
	[ "$(jq -rs '[.[] | select(.kind == "step.marked" or .kind == "note") | .happened_at[11:16] + " " + .recorded_at[11:16]] | join(", ")' <<<"$output")" = \
		'05:02 05:25, 05:04 05:25' ] || { echo "$output"; return 1; }
}

@test "simulate tells the paths, the roles and what is side by side" {
	ok playbook simulate ransomware
	says 'paths' 'steps by role' 'technical lead' 'side by side'
	ok playbook simulate ransomware --present technical,dir,legal
	says 'vacant roles  coordinator, scribe, communications, business'
	bef playbook simulate ransomware --present king
	[ "$status" -eq 2 ]
	ok fiche simuler rançongiciel --json
	is_json simulation
	[ "$(field '.least_steps < .most_steps and .unreachable == 0')" = true ]
	"$BEFFROI" playbook show transfer-fraud --json | jq '.document | .workflow["action--00000000-0000-4000-8000-000000000000"] =
		{type: "action", name: "Lost", on_completion: (.workflow | to_entries | map(select(.value.type == "end")) | first.key)}' >lost.json
	bef playbook simulate ./lost.json
	[ "$status" -eq 7 ]
	says 'no path leads to Lost'
}

@test "competencies name the steps, and who did them in this incident" {
	incident
	ok playbook competencies
	says RS3818-D7 RNCP36924-BC04-06 RNCP28248-CP6 RNCP37931-C03
	ok run ransomware
	ok step 1 done --by karim
	ok fiche compétences ransomware
	says 'done by karim' 'INC-'
	ok playbook competencies ransomware --json
	is_json competency
	[ "$(jq -s 'map(select(.done_by == "karim")) | length > 0' <<<"$output")" = true ]
}
