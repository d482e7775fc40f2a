#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
}

@test "an alert leaves, and its delivery is an entry" {
	hook
	ok alert Do not switch any computer on --level critical
	says 'Alert 1 recorded (#2)' cell 'accepted ('
	talks 'Will leave for' 'cell'
	[ "$(kept)" -eq 1 ]
	ok log -k alert
	says '#2' '#3'
	ok alert queue
	talks 'Nothing is waiting'
	sound
}

@test "what arrives is signed, dated, and says which incident" {
	hook
	ok alerter 'Ne rallumez rien' --niveau critique --vers cell --json
	is_json done delivery
	[ "$(jq -r 'select(.type == "delivery") | .state' <<<"$output")" = accepted ]
	request=$(echo "$PLACE"/kept/*.req)
	signature_is_good "$request"
	request_body "$request" | jq -e '.type == "incident.alert" and .data.level == "critical" and
		(.data.incident.ref | startswith("INC-")) and .data.text == "Ne rallumez rien" and (.data.head | length > 10)'
	[ "$(header "$request" Idempotency-Key)" = "$(header "$request" webhook-id)" ]
	not grep -qa "${SECRET#whsec_}" "$request"
}

@test "an alert that does not arrive waits, says so, and leaves later under the same id" {
	needs_clock
	hook flaky/1
	bef alert hello
	[ "$status" -eq 6 ]
	says 'Alert 1 recorded' 'NOT ARRIVED'
	talks 'not arrived: 1 waiting' 'beffroi alert send'
	ok alert queue
	says cell waiting '1 attempt'
	ok alert queue --json
	is_json queued
	ok status
	says '1 not arrived'
	bef status --check
	[ "$status" -eq 7 ]
	later 10 minutes
	ok alert send
	says accepted
	[ "$(kept)" -eq 2 ]
	[ "$(header "$PLACE/kept/000001.req" webhook-id)" = "$(header "$PLACE/kept/000002.req" webhook-id)" ]
	signature_is_good "$PLACE/kept/000002.req"
	ok alert queue
	talks 'Nothing is waiting'
	ok alerter file --tout
	says accepted
}

@test "an alert that is refused for good is given up, and the journal says so" {
	hook status/413
	bef alert hello
	[ "$status" -eq 6 ]
	says 'GIVEN UP'
	talks '1 given up'
	ok log -k alert --json
	[ "$(jq -r .kind <<<"$output" | tail -n 1)" = alert.failed ]
}

@test "a correction names the alert that was wrong" {
	hook
	ok alert First
	ok alert Second --corrects 1
	request_body "$PLACE/kept/000002.req" | jq -e '.data.corrects == "1"'
	refused 2 "--corrects: 'the' is not a number" '' alert x --corrects the first
	refused 3 'there is no alert 9' '' alert x --corrects 9
}

@test "without a destination, or with one that is not there, nothing is recorded" {
	refused 3 'no destination is configured' 'beffroi alert add' alert x
	hook
	refused 3 "no destination 'nobody'" 'there are: cell' alert x --to nobody
	refused 2 "'loud'" 'info, urgent, critical' alert x --level loud
	[ "$(entries)" -eq 1 ]
	[ "$(kept)" -eq 0 ]
}

@test "an exercise reaches only what is named for exercises, and is stamped" {
	hook
	destination cardboard "http://127.0.0.1:$(cat "$PLACE/port")/ok" 'drills = only'
	ok open Exercise --drill
	says cardboard
	says_not cell
	request_body "$PLACE/kept/000001.req" | jq -e '.data.is_exercise and .data.mark == "[DRILL]"'
	refused 4 "'cell' is not named for exercises" 'drills = yes' alert x --to cell
	ok alert x
	[ "$(kept)" -eq 2 ]
	ok use 1
	ok alert real
	says cell
	says_not cardboard
}

@test "without a destination for exercises, an exercise alerts nobody" {
	hook
	ok open Exercise --drill
	[ "$(kept)" -eq 0 ]
	refused 4 'no destination is named for exercises' 'drills = yes' alert x
	[ "$(kept)" -eq 0 ]
}

@test "a test goes to each destination and leaves no entry" {
	hook
	destination deaf "http://127.0.0.1:1/"
	bef alert test
	[ "$status" -eq 6 ]
	says cell accepted deaf
	ok alert test cell
	ok alerter tester cell --json
	is_json delivery
	refused 3 "no destination 'nobody'" 'there are: cell, deaf' alert test nobody
	[ "$(entries)" -eq 1 ]
	request_body "$PLACE/kept/000001.req" | jq -e '.type == "test.ping" and .data.is_test'
}

@test "trying an alert sends and writes nothing" {
	hook
	dry alert hello
	dry alert test
	dry alert send
	[ "$(kept)" -eq 0 ]
}

@test "a red incident's words stay at home" {
	hook
	ok qualify --tlp red
	ok alert the secret thing
	request_body "$PLACE/kept/000001.req" >sent
	not grep -q 'secret thing' sent
	not grep -q 'Encrypted files' sent
}

# --- alert add -----------------------------------------------------------------

conf() {
	cat "$XDG_CONFIG_HOME/beffroi/beffroi.conf"
}

mode() {
	stat -c %a "$1"
}

@test "a destination is added by answers, what is secret goes into private files, and it works" {
	mkdir -p "$PLACE/kept"
	"$HOOK" "$PLACE/kept" 120 >"$PLACE/port" 3>&- &
	echo $! >"$PLACE/hook.pid"
	until [ -s "$PLACE/port" ]; do sleep 0.02; done
	url="http://127.0.0.1:$(cat "$PLACE/port")/ok?key=very-secret"
	bef_on "generic"$'\n'"$url"$'\n\n'"2"$'\n'"fr"$'\n' alert add cell
	[ "$status" -eq 0 ] || { told; return 1; }
	talks "'cell' (Standard Webhooks) is in" 'The receiver needs the same secret' 'beffroi alert test cell'
	not grep -q 'very-secret\|whsec_[A-Za-z0-9]' <<<"$output$stderr$(conf)"
	says '****'
	conf | grep -qx 'audience = organisation'
	conf | grep -qx 'lang = fr'
	[ "$(cat "$XDG_CONFIG_HOME/beffroi/secrets/cell.url")" = "$url" ]
	grep -qE '^whsec_[A-Za-z0-9+/]{43}=$' "$XDG_CONFIG_HOME/beffroi/secrets/cell.secret"
	for file in beffroi.conf secrets/cell.url secrets/cell.secret; do
		[ "$(mode "$XDG_CONFIG_HOME/beffroi/$file")" = 600 ]
	done
	ok alert test cell
	says accepted
	[ "$(kept)" -eq 1 ]
	SECRET=$(cat "$XDG_CONFIG_HOME/beffroi/secrets/cell.secret")
	signature_is_good "$(echo "$PLACE"/kept/*.req)"
	ok doctor
	says_not 'may be read by others'
	refused 4 "there is a destination or a group 'cell' already" 'take another name' alert add cell --format generic
}

@test "every format is added by answers or by settings, and lacks nothing then" {
	local format
	umask 077
	echo '123:abc' >"$PLACE/token"
	echo 'https://chat.example.org/hook/1' >"$PLACE/url"
	echo "whsec_$(printf 'an example secret of 32 bytes...' | base64)" >"$PLACE/secret"
	while read -r format; do
		# What is not needed does no harm.
		ok alert add "d-${format//_/-}" --format "$format" --set "url_file=$PLACE/url" --set "secret_file=$PLACE/secret" \
			--set "token_file = $PLACE/token" --set "password_file=$PLACE/token" --set "consumer_file=$PLACE/token" \
			--set 'to = cell' --set from=a@example.org --set user=u --set service=s --set lang=en --set audience=persons
	done < <(sed -n 's/^BEF_FORMAT(\(.*\))$/\1/p' "$BATS_TEST_DIRNAME/../../core/alert/formats.def")
	ok alert list
	says_not LACKS
	[ "$(conf | grep -c '^\[destination')" -ge 18 ]
	[ ! -e "$XDG_CONFIG_HOME/beffroi/secrets" ]
}

@test "a setting does not hide another whose name begins alike" {
	umask 077
	echo '123:abc' >"$PLACE/token"
	refused 2 'Telegram needs its to' '--set to=' alert add chat --format telegram --set "token_file=$PLACE/token"
}

@test "a mistake is asked for once more, and then nothing is written" {
	bef_on $'matrx\nmatrix\nmatrix.example.org\nhttps://matrix.example.org\n#room:example.org\ntoken-1\n!room:example.org\n9\npersons\n\n' \
		alert add room
	[ "$status" -eq 0 ] || { told; return 1; }
	talks "did you mean 'matrix'?" 'it starts with https://' '!ROOM:server'
	conf | grep -qx 'to = !room:example.org'
	conf | grep -qx 'audience = persons'
	conf | grep -qx 'url = https://matrix.example.org'
	[ "$(cat "$XDG_CONFIG_HOME/beffroi/secrets/room.token")" = token-1 ]
	before=$(fingerprint)
	bef_on $'https://ntfy.example.org\nno topic\n\nstill none\n' alert add push --format ntfy
	[ "$status" -eq 2 ]
	talks 'beffroi: destination "push"'
	bef_on $'http://hooks.example.org/x\nhttp://hooks.example.org/x\n' alert add other --format slack
	[ "$status" -eq 2 ]
	talks 'http is not encrypted'
	bef_on $'smtp.example.org\nsmtp.example.org\n' alert add post --format mail
	[ "$status" -eq 2 ]
	[ "$before" = "$(fingerprint)" ]
}

@test "what cannot be added is refused, with what to type" {
	refused 2 'which service?' 'formats: generic' alert add cell
	refused 2 "no format 'pigeon'" 'formats: generic' alert add cell --format pigeon
	refused 2 "not 'Ma Cellule'" '' alert add 'Ma Cellule' --format slack
	bef alert add cell --format slack
	[ "$status" -eq 2 ]
	talks 'Slack needs its url' '--set url_file=PATH'
	bef alert add cell --format slack --no-input
	[ "$status" -eq 2 ]
	bef alert add cell --format pagerduty --set token=abc
	[ "$status" -eq 2 ]
	talks 'a secret does not stand in this file' 'token_file = PATH'
	bef alert add cell --format slack --set nonsense
	[ "$status" -eq 2 ]
	talks "no '=' in 'nonsense'"
	bef alert add cell --format slack --set "urll_file=x"
	talks "unknown key 'urll_file'" "did you mean 'url_file'?"
	bef alert add cell --format slack --set $'kinds=crisis\n[destination.other]'
	[ "$status" -eq 2 ]
	talks '--set takes one setting'
	[ ! -e "$XDG_CONFIG_HOME/beffroi" ]
}

@test "adding keeps what the configuration says, and --dry-run writes nothing" {
	mkdir -p "$XDG_CONFIG_HOME/beffroi"
	printf '# mine\nauthor = lea\n[phones]\nAnne = 112' >"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	before=$(fingerprint)
	bef_on $'https://hooks.example.org/x\n' --dry-run alert add cell --format slack
	[ "$status" -eq 0 ]
	talks '(nothing written)'
	[ "$before" = "$(fingerprint)" ]
	bef_on $'https://hooks.example.org/x\n' alerter ajouter cellule --format slack --langue fr
	[ "$status" -eq 0 ]
	conf | head -n 4 | diff - <(printf '# mine\nauthor = lea\n[phones]\nAnne = 112\n')
	conf | grep -qx 'url_fichier = .*/secrets/cellule.url'
	conf | grep -qx 'public = tiers'
	conf | grep -qx 'langue = fr'
	ok alert list
	says cellule Slack
	not grep -q '\[telephones\]' <<<"$stderr"
}

@test "a terminal does not show what is secret" {
	terminal 80 60
	start_in_terminal 'alert add cell --format slack'
	await 'it is not shown'
	type_line 'https://hooks.example.org/very-secret'
	await 'Which number?'
	key Enter
	await 'fr or en'
	key Enter
	ends
	[ "$status" -eq 0 ]
	not grep -q very-secret <<<"$(screen)"
	[ "$(cat "$XDG_CONFIG_HOME/beffroi/secrets/cell.url")" = https://hooks.example.org/very-secret ]
	start_in_terminal 'alert add room --format gotify'
	await "server's address"
	type_line 'https://push.example.org'
	await 'not shown'
	key C-c
	ends
	[ "$status" -eq 130 ]
	# The terminal shows what is typed again.
	type_line 'stty -a | grep -q " echo " && echo seen-again'
	await 'seen-again'
	not grep -q gotify "$XDG_CONFIG_HOME/beffroi/beffroi.conf"
}
