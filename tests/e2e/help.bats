#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

@test "help lists every command in one language" {
	local name
	ok help
	silent
	while IFS='|' read -r en fr; do
		grep -q "^  $en " <<<"$output" || { echo "no $en"; return 1; }
		"$BEFFROI" aide --langue fr | grep -q "^  $fr " || { echo "no $fr"; return 1; }
	done < <(names)
}

# English|French of every command
names() {
	cat "$BATS_TEST_DIRNAME"/../../cmd/*.c |
		sed -n 's/^[ 	]*\.en = "\([a-z]\{1,\}\)", \.fr = "\([a-z]\{1,\}\)",\{0,1\}.*/\1|\2/p' | sort -u
}

@test "every command has a page of its own under both names, with examples" {
	local en fr
	while IFS='|' read -r en fr; do
		ok help "$en"
		says "beffroi $en" '--json'
		local page=$output
		ok "$fr" -h
		[ "$output" = "$page" ]
		ok aide "$fr" --langue fr
		says "beffroi $fr" --essai
	done < <(names)
	[ "$(names | wc -l)" -ge 24 ]
}

@test "help works whatever else is wrong" {
	ok note --help --severity
	says 'beffroi note'
}

@test "the topics are there in both languages" {
	local pair
	for pair in first-steps:premiers-pas times:heures codes:codes variables:variables alerts:alertes formats:formats format:format; do
		ok help "${pair%%:*}"
		[ "${#lines[@]}" -gt 3 ]
		ok aide "${pair##*:}" --langue fr
		[ "${#lines[@]}" -gt 3 ]
	done
	ok help formats
	says incident.opened decision.taken webhook-signature
}

# strings FILE TABLE: the first two strings of each row of that table, one pair a line
pairs_of() {
	sed -n "/$2/,/^}/p" "$BATS_TEST_DIRNAME/../../$1" |
		sed -n 's/N_(\("[^"]*"\))/\1/; s/^[^"]*{ "\([^"]*\)", "\([^"]*\)".*/\1|\2/p'
}

@test "the topic of alerts names every format, every key and every kind in both languages" {
	local english french en fr
	ok help alerts
	english=$output
	ok aide alertes --langue fr
	french=$output
	while IFS='|' read -r en fr; do
		grep -q "^  $en  " <<<"$english" || { echo "no $en"; return 1; }
		grep -q "^  $fr  " <<<"$french" || { echo "no $fr"; return 1; }
	done < <(
		pairs_of cmd/config_destination.c 'bef_config_keys\[\]'
		pairs_of core/alert/settings.c 'bef_secret_names\['
		pairs_of core/alert/settings.c 'bef_setting_names\['
		pairs_of core/alert/alarm.c 'bef_alarm_kinds\[\]'
	)
	[ "$(pairs_of cmd/config_destination.c 'bef_config_keys\[\]' | wc -l)" -ge 14 ]
	[ "$(pairs_of core/alert/settings.c 'bef_setting_names\[' | wc -l)" -ge 12 ]
	# A format that is named alone is not explained.
	while read -r en; do
		grep -qE "^  $en  .*\)\. .{20}" <<<"$english" || { echo "no $en"; return 1; }
		grep -qE "^  $en  .*\)\. .{20}" <<<"$french" || { echo "no $en"; return 1; }
	done < <(sed -n 's/^BEF_FORMAT(\(.*\))$/\1/p' "$BATS_TEST_DIRNAME/../../core/alert/formats.def")
}

@test "the configuration that the topic shows is one" {
	local lang
	mkdir -p "$XDG_CONFIG_HOME/beffroi"
	for lang in en fr; do
		ok help alerts --lang $lang
		sed -n '/^  \[destination\./,/^  [A-Z].*+33/p' <<<"$output" >"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
		[ "$(grep -c '^  \[destination' "$XDG_CONFIG_HOME/beffroi/beffroi.conf")" -eq 3 ]
		ok alert list --lang $lang
		says Mattermost 'Free Mobile' ntfy 22:00-07:00
		says_not LACKS MANQUE
		ok help variables --lang $lang
		sed -n '/^  lang/,/+33/p' <<<"$output" >"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
		ok alert list --lang $lang
		says Mattermost
	done
}

@test "the man page is made in both languages" {
	ok help man
	[[ $output == *'.TH BEFFROI'* ]]
	ok aide man --langue fr
	says NOM
}

@test "what is not there is said, with what is near" {
	refused 3 "no topic 'nonsense'" 'beffroi help' help nonsense
	refused 2 "there is no command 'opne'" 'did you mean: open?' opne
	refused 2 "pas de commande" 'ouvrir' ovrir --lang fr
	refused 2 "there is no option '--severty'" '--severity' open x --severty 3
	refused 2 "there is no option '--js'" '-h' note x --js
	refused 2 "option --severity wants a value" '' open x --severity
	refused 2 "option --json takes no value" '' status --json=yes
	refused 2 '--lang is fr or en' '' status --lang de
	refused 2 '--color is always, never or auto' '' status --color blue
}

@test "options stand anywhere and -- ends them" {
	incident
	ok --json note hello
	is_json done
	ok -j note hello
	ok note -- --json
	ok log --json
	[ "$(jq -r '.body.text' <<<"$output" | tail -n 1)" = --json ]
	ok note -t -10m -10m is a word here
}

@test "options before the command are read as anywhere else" {
	incident One
	incident Two
	for before in '-i 1' '-qi 1' '-i1' '--incident 1' '--incident=1' '-q --lang en -i 1'; do
		ok $before status --json
		[ "$(field .title)" = One ] || { echo "$before"; return 1; }
	done
	ok -- status
	refused 2 "no command '1'" 'beffroi help' -q 1
}

@test "the version is told" {
	ok --version
	says 'beffroi '
	ok -V
}
