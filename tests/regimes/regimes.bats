#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The legal data against its schemas and against itself: what a lawyer should not have to check.
bats_require_minimum_version 1.5.0

root=$BATS_TEST_DIRNAME/../..
law=$root/playbooks/regimes

setup_file() {
	command -v node >/dev/null && command -v npm >/dev/null || return 0
	export AJV=$BATS_FILE_TMPDIR/ajv
	npm install --silent --no-audit --no-fund --prefix "$AJV" ajv >/dev/null 2>&1 || true
}

# The files of the regimes, that is all but the questions, the contacts and the schemas.
regimes() {
	for file in "$law"/*.json; do
		case $file in */facts.json | */contacts.json | *.schema.json) ;; *) echo "$file" ;; esac
	done
}

# A jq program over all files, facts.json first; whatever it prints is wrong.
nothing_wrong() {
	mapfile -t files < <(regimes)
	run --separate-stderr jq -n -r -L "$BATS_TEST_DIRNAME" --slurpfile profiles "$BATS_TEST_DIRNAME/cases.json" \
		--slurpfile book "$law/contacts.json" "include \"law\"; [inputs] | $1" "$law/facts.json" "${files[@]}"
	[ "$status" -eq 0 ] || { echo "$stderr"; false; }
	[ -z "$output" ] || { echo "$output"; false; }
}

@test "every file satisfies its schema" {
	[ -d "${AJV:-/nowhere}/node_modules/ajv" ] || skip "node with ajv is not to be had here"
	mapfile -t files < <(regimes)
	check() { NODE_PATH=$AJV/node_modules node "$BATS_TEST_DIRNAME/schema.cjs" "$@"; }
	check "$law/regime.schema.json" "${files[@]}"
	check "$law/facts.schema.json" "$law/facts.json"
	check "$law/contacts.schema.json" "$law/contacts.json"
}

@test "a file is named after its regime" {
	for file in $(regimes); do
		[ "$(jq -r .regime "$file")" = "$(basename "$file" .json)" ]
	done
}

@test "every duty of the list is there" {
	list="rgpd33.initiale rgpd33.complementaire rgpd33-2 rgpd34 registre
		nis2.alerte nis2.notification nis2.tsp nis2.intermediaire nis2.final nis2.avancement nis2.final2
		cer.initiale cer.detail dora.initiale dora.intermediaire dora.final dora.clients
		cra-vuln.alerte cra-vuln.notif cra-vuln.final cra-inc.alerte cra-inc.notif cra-inc.final
		cra.utilisateurs cra.intermediaire plainte72 assureur assureur.vol editeur editeur.utilisateurs
		oiv ose sante telecom-incident telecom-data.1 telecom-data.2 eidas-q eidas-nq mar cse contrat omnibus.rgpd"
	nothing_wrong "[rules.id] as \$ids | \"$list\" | [splits(\"\\\\s+\")] - \$ids | .[] | \"missing: \" + ."
}

@test "ids and short words are used once" {
	nothing_wrong '([rules | .id, (.also // [])[]], [facts[].id], [regimes.regime]) | twice'
	nothing_wrong '[$book[0].contacts[].id] | twice'
}

@test "every question is used, and every fact of a condition is a question" {
	# Asked for something else than whether a rule applies: what a fine depends on, how people are told, what is shown.
	nothing_wrong '["small-or-micro", "disproportionate-effort"] as $besides
		| [facts[] | select(.type == "yesno") | .id] as $questions
		| [rules | .applies_if, (.roll_unless // empty) | asked] as $used
		| [regimes | select(.status != "in_force" and .status != "soft") | "follow-" + .regime] as $follow
		| ($used - $questions | .[] | "no such question: " + .),
		  ($questions - $used - $besides - $follow | .[] | "asked for nothing: " + .),
		  ($follow - $questions | .[] | "no such question: " + .)'
}

@test "a rule asks for a fact once" {
	nothing_wrong 'rules | .id as $id | [.applies_if | asked] | twice | "\($id): \(.)"'
}

@test "instants name rules that exist, and stand in the same regime before" {
	nothing_wrong 'regimes | [.rules[].id] as $ids | .rules | to_entries[] | .key as $n | .value
		| .id as $id | starts | select(contains(":")) | split(":")[1]
		| select(. as $r | $ids[:$n] | index([$r]) | not) | "\($id): \(.)"'
}

@test "status, banner and switch agree" {
	nothing_wrong 'regimes | .regime as $name | .status as $status
		| (select((.status == "in_force") == has("banner")) | "\($name): banner"),
		  (.rules[] | select(.status != $status and ([$status, .status] != ["in_force", "soft"])) | "\(.id): \(.status) in \($name)"),
		  (.rules[] | select((.status == "in_force" or .status == "soft") == (.on == false)) | "\(.id): on")'
}

@test "a limit has what its calculation needs" {
	nothing_wrong 'rules | select((.calc == "none" and .offset) or (.calc != "none" and .calc != "contract" and (.offset // .combine | not)))
		| "\(.id): \(.calc) with \(.offset)"'
}

@test "dates are dates, and none lies ahead of its check" {
	nothing_wrong 'rules | .id as $id | (.checked_on, .valid_from, .valid_to) | select(.)
		| select((try (strptime("%Y-%m-%d") | mktime | strftime("%Y-%m-%d")) catch "") != .) | "\($id): \(.)"'
	nothing_wrong 'rules | select(.checked_on > "2100" or .checked_on < "2026") | "\(.id): checked on \(.checked_on)"'
}

@test "texts are in both languages, and differ" {
	# A proper name may be the same in both.
	nothing_wrong 'texts | select(.both.en == .both.fr and (.both.en | IN("CNIL", "ANSSI") | not)) | .at'
	nothing_wrong 'rules | select((.contents.en | length) != (.contents.fr | length)) | "\(.id): contents"'
	nothing_wrong '$book[0].contacts[] | select(.for.en == .for.fr or (.hours and .hours.en == .hours.fr)) | .id'
}

@test "what was not read at its source says so, in both languages alike" {
	nothing_wrong '(rules, $book[0].contacts[]) | select(.confidence | IN("read", "quoted", "secondary", "memory") | not)
		| "\(.id): \(.confidence)"'
	nothing_wrong 'rules | select(.unverified) | .unverified as $u
		| select(($u | keys != ["en", "fr"]) or ($u.en | length) != ($u.fr | length) or ($u.en + $u.fr | any(. == ""))
			or ($u.en | length) == 0 or ($u.en - $u.fr) != $u.en) | "\(.id): unverified"'
	# A text that calls itself unread, unchecked or expected is not of a rule that was read through and through.
	nothing_wrong 'rules | select(.confidence | IN("read", "quoted")) | select(has("unverified") | not) | .id as $id
		| (.recipient, .channel, .penalty, .note // empty | .en), .source
		| select(test("not (been )?(checked|read)|is expected|[Nn]on relu|non vérifié")) | "\($id): \(.)"'
	# Public copies without a date are quoted, never "read".
	nothing_wrong 'rules | select(.confidence == "read" and (.source | test("[Cc]opies publiques|[Nn]on relu"))) | .id'
}

@test "a draft that a rule names serves that rule, and a rule that a draft serves names it" {
	jq -s '[.[] | select(.rule) | .word.en as $word | .rule | if type == "array" then .[] else . end | { (.): $word }] | add' \
		"$law"/../papers/*.json >"$BATS_TEST_TMPDIR/served"
	mapfile -t files < <(regimes)
	# The register has no file: it is made of all incidents.
	run jq -n -r --slurpfile served "$BATS_TEST_TMPDIR/served" '[inputs.rules[] | select(.id != "registre")]
		| .[] | select(.paper != $served[0][.id]) | "\(.id): \(.paper), not \($served[0][.id])"' "${files[@]}"
	[ "$status" -eq 0 ]
	[ -z "$output" ] || { echo "$output"; false; }
}

@test "no text says that somebody is subject to a duty, or names a path" {
	run ! grep -niE 'you are (subject|obliged|liable|required)|you must (notify|report)|vous êtes (soumis|assujetti|tenu|obligé)|vous devez (notifier|signaler)|/work/|/tmp/|/home/' "$law"/*.json
}

@test "French is set as in the playbooks" {
	mapfile -t files < <(regimes)
	# A space before : ; ? ! and inside quotes, ordinary ones; plain apostrophes.
	jq -r '.. | objects | .fr? // empty | if type == "array" then .[] else . end | strings | gsub("https?://"; "")' \
		"$law/facts.json" "$law/contacts.json" "${files[@]}" >"$BATS_TEST_TMPDIR/fr"
	run ! grep -nE '[^ ][:;?!»]( |$)|«[^ ]|  ' "$BATS_TEST_TMPDIR/fr"
	run ! grep -nF -e $'\u00a0' -e $'\u202f' -e $'\u2019' "$BATS_TEST_TMPDIR/fr"
}

@test "the types of incident named in a hint exist" {
	for type in $(jq -r '.facts[].hint_yes[]?' "$law/facts.json" | sort -u); do
		grep -q "{ \"$type\", N_(" "$root/core/model/words.c" || { echo "no such type: $type"; false; }
	done
}

@test "the profiles of cases.json come out as they say, at least one of each outcome a rule" {
	nothing_wrong '([rules | { (.id): .applies_if }] | add) as $law | [facts[].id] as $facts | $profiles[0].cases as $cases
		| ($cases[] | .rule as $r | .facts as $f | .expect as $e
			| if $law[$r] | not then "no such rule: \($r)" else
				(($f | keys) - $facts | .[] | "\($r): no such fact: \(.)"),
				($law[$r] | outcome($f) | select(. != $e) | "\($r): \(.), not \($e), for \($f)") end),
		  ($law | keys[] | . as $r | ["yes", "no", "unknown"] - [$cases[] | select(.rule == $r) | .expect] | .[] | "\($r): no case of \(.)")'
}
