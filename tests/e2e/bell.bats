#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# What rings by itself, for whom, and what is said when nobody is reached.

load lib

setup() {
	fresh
}

# conf LINE...: add lines to the configuration
conf() {
	printf '%s\n' "$@" >>"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
}

here() {
	echo "http://127.0.0.1:$(cat "$PLACE/port")/${1:-ok}"
}

# body N: of the Nth request that came
body() {
	request_body "$(printf '%s/kept/%06d.req' "$PLACE" "$1")"
}

# came TYPE...: these arrived, in this order, and nothing else
came() {
	local n=0 type
	for type; do
		n=$((n + 1))
		[ "$(body "$n" | jq -r .type)" = "$type" ] || { body "$n"; return 1; }
	done
	[ "$(kept)" -eq "$n" ]
}

# both LANGUAGE TEXT WORDS...: it says so in that language, whatever comes of it
both() {
	local text=$2
	bef --lang "$1" "${@:3}"
	says "$text"
}

@test "opening, graver, crisis, the end of it, closing: each rings by itself" {
	needs_clock
	hook
	ok open 'Encrypted files' --severity 2
	says cell 'accepted ('
	ok qualify --severity 3 -m 'the file server too'
	ok qualify --type ransomware
	ok qualify --severity 2
	ok phase alert
	later 1 minute
	ok phase crisis -m 'production stands'
	ok phase winding-down
	ok note --kind sitrep 'Servers are back, mail follows.'
	ok phase open
	ok close --despite -m done
	came incident.opened incident.severity incident.severity incident.crisis sitrep.published sitrep.published \
		incident.all_clear incident.all_clear
	body 2 | jq -e '.data.text == "Severity raised from 2 to 3: major incident.\nthe file server too"'
	body 4 | jq -e '.data.level == "critical" and (.data.text | test("production stands"))'
	for n in 1 2 3 4 5 6 7 8; do body $n | jq -e ".data.seq == $n" >/dev/null; done
	ok log -k alert --json
	[ "$(jq -r 'select(.kind == "alert.delivered").kind' <<<"$output" | wc -l)" -eq 8 ]
	sound
}

@test "each destination gets its own language, whatever the writer's" {
	hook ok 'lang = fr'
	destination other "$(here)" 'lang = en'
	ok open x --severity 4
	grep -l 'Incident ouvert' "$PLACE"/kept/*.req | wc -l | grep -qx 1
	grep -l 'Incident opened' "$PLACE"/kept/*.req | wc -l | grep -qx 1
}

@test "a destination hears the kinds and the severities that it wants" {
	hook ok 'kinds = crisis, all-clear'
	destination grave "$(here)" 'severity = 3'
	ok open small --severity 1
	[ "$(kept)" -eq 0 ]
	ok phase crisis -m 'production stands'
	came incident.crisis
	ok open big --severity 3
	came incident.crisis incident.opened
	ok open said --severity 1
	refused 4 'no destination wants messages' '--to' alert hello
	ok alert hello --to cell
	came incident.crisis incident.opened incident.alert
}

@test "a group is its members, each once" {
	hook
	destination second "$(here)"
	conf '[group.all]' 'members = cell, second, cell'
	incident
	rm "$PLACE"/kept/*.req
	ok alert hello --to all --to cell
	[ "$(kept)" -eq 2 ]
	refused 3 "no destination 'nobody'" 'there are: cell, second, all' alert x --to nobody
}

@test "quiet hours hold back what is not grave, and a crisis lets it out" {
	needs_clock
	hook ok 'quiet = 22:00-08:00'
	ok open 'At night' --severity 1
	talks 'cell: quiet hours; it leaves Mon 3 Nov 08:00'
	[ "$(kept)" -eq 0 ]
	ok watch
	[ "$(kept)" -eq 0 ]
	ok open 'Another night' --severity 1
	ok alert send
	[ "$(kept)" -eq 2 ]
	rm "$PLACE"/kept/*.req
	ok open 'A third one' --severity 1
	ok phase crisis -m 'production stands'
	[ "$(kept)" -eq 2 ]
	ok alert 'in the crisis'
	[ "$(kept)" -eq 3 ]
}

@test "quiet hours end by themselves" {
	needs_clock
	hook ok 'quiet = 22:00-08:00'
	ok open 'At night' --severity 1
	at 2025-11-03T07:00:01Z
	ok watch
	came incident.opened
}

@test "when nobody is reached every command says so, with whom to phone, until it is acknowledged" {
	hook status/500
	conf '[phones]' 'Anne Martin, director = +33 6 12 34 56 78'
	bef open 'Encrypted files' --severity 4
	[ "$status" -eq 6 ]
	talks 'NOBODY WAS REACHED by the alerts of INC-2025-001' '+33 6 12 34 56 78  Anne Martin, director' 'beffroi alert ack'
	bef note something
	[ "$status" -eq 0 ]
	talks 'NOBODY WAS REACHED'
	bef status --check
	[ "$status" -eq 7 ]
	ok list
	talks 'NOBODY WAS REACHED'
	ok alert ack phoned Anne at 06:30
	says 'Acknowledged'
	not grep -q REACHED <<<"$stderr"
	ok log -k alert
	says 'NOBODY WAS REACHED by alert 1' 'acknowledged, phoned Anne at 06:30'
	ok status
	not grep -q REACHED <<<"$stderr"
	sound
}

@test "one that arrives is enough to be heard, and so is one that arrives later" {
	needs_clock
	hook flaky/1
	bef open 'Encrypted files' --severity 4
	[ "$status" -eq 6 ]
	talks 'NOBODY WAS REACHED'
	later 2 minutes
	ok watch
	ok status
	not grep -q REACHED <<<"$stderr"
}

@test "a stand-in gets what its destination does not take" {
	needs_clock
	hook status/401 'fallback = second'
	destination second "$(here)" 'kinds = crisis'
	bef open 'Encrypted files' --severity 4
	[ "$status" -eq 6 ]
	says second accepted
	ok log -k alert
	says 'alert 1: cell does not answer, also sent to second'
	not grep -q 'NOBODY WAS REACHED' <<<"$stderr"
	ok alert list
	says 'SUSPENDED: 127.0.0.1 answered 401' '1 waiting'
	ok alert list --json
	is_json destination
}

@test "a stand-in is told when the first choice takes too long" {
	needs_clock
	hook ok 'kinds = test'
	destination deaf http://127.0.0.1:1/ 'fallback = cell'
	bef open 'Encrypted files' --severity 4
	[ "$status" -eq 6 ]
	[ "$(kept)" -eq 0 ]
	later 6 minutes
	bef watch
	[ "$status" -eq 6 ]
	[ "$(kept)" -eq 1 ]
	ok log -k alert
	says 'alert 1: deaf does not answer, also sent to cell'
	not grep -q 'NOBODY WAS REACHED' <<<"$stderr"
}

@test "the others are told once that a destination does not answer" {
	hook
	destination shut "$(here status/403)"
	bef open x --severity 4
	[ "$status" -eq 6 ]
	[ "$(cat "$PLACE"/kept/*.req | grep -c '"type":"delivery.degraded"')" -eq 1 ]
	[ "$(kept)" -eq 3 ] # the opening at both, and this at the one that answers
	bef alert again
	[ "$(cat "$PLACE"/kept/*.req | grep -c '"type":"delivery.degraded"')" -eq 1 ]
	both en "Alerts do not reach 'shut' (127.0.0.1 answered 403: access refused)" log -k alert
	both fr "Les alertes n'arrivent pas à « shut » (127.0.0.1 a répondu 403 : accès refusé)" log -k alert
}

@test "the marking is read again when it is sent" {
	needs_clock
	hook flaky/1 'audience = third-party'
	bef open x
	ok qualify --tlp red
	later 10 minutes
	bef alert send
	says 'withheld by its marking'
	[ "$(kept)" -eq 1 ]
	ok alert queue
	talks 'Nothing is waiting'
	ok log -k alert
	says 'NOT delivered to cell after' 'withheld by its marking'
}

@test "a preview says what the marking leaves of it" {
	hook ok 'audience = third-party'
	incident
	ok qualify --tlp amber
	ok alert 'a long story'
	talks 'neither title nor text, because of the marking'
	not grep -q 'a long story' "$PLACE"/kept/*.req
	ok qualify --tlp red
	bef alert 'a long story'
	talks 'NOTHING, because of the marking'
}

@test "an alert is given up for a reason" {
	hook status/503
	bef open x
	bef alert hello
	refused 2 'for a reason' '--reason' alert drop 2
	ok alert drop 2 -m 'told by phone'
	says 'Alert 2 given up'
	ok alert queue
	says_not message
	ok log -k alert
	says 'told by phone' 'dropped by hand'
	refused 3 'nothing of alert 2 is waiting' '' alert drop 2 -m again
	refused 3 'there is no alert 9' '' alert drop 9 -m x
}

@test "retrying forgets the suspension" {
	hook status/401
	bef open x
	ok alert list
	says 'SUSPENDED'
	sed -i 's,status/401,ok,' "$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	ok alert retry cell
	says accepted
	ok alert list
	says_not SUSPENDED
	says 'last taken'
}

@test "a test that arrives lifts the suspension" {
	hook status/401
	bef open x
	sed -i 's,status/401,ok,' "$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	ok alert test
	ok alert list
	says_not SUSPENDED
}

@test "one alert shows where it went, every attempt, and the very request" {
	hook
	incident
	ok alert show 1
	says 'alert 1 (incident opened)' cell accepted 'attempt 1: taken'
	ok alert show 1 --to cell
	says 'POST 127.0.0.1:' 'webhook-signature: v1,' '"type":"incident.opened"'
	says_not '/ok'
	ok alert log
	says 'attempt 1: taken'
	ok alert log --json
	is_json attempt
	refused 3 'there is no alert 9' '' alert show 9
}

@test "undoing what rang is told to those who heard it" {
	hook
	incident
	ok phase crisis -m 'production stands'
	ok undo --yes
	[ "$(cat "$PLACE"/kept/*.req | grep -c '"type":"alert.corrected"')" -eq 1 ]
	body 3 | jq -e '.data.text == "Corrects alert #2. It no longer holds: what it told of was undone."'
}

@test "a newer reminder takes the place of one that waits, the all-clear of all" {
	needs_clock
	hook status/503
	bef open x
	bef action 'Call the insurer' --before 07:00
	later 2 hours
	bef watch
	says 'OVERDUE by' 'Call the insurer'
	bef action 'Call the police' --before 09:00
	later 1 hour
	bef watch
	ok alert queue --all --json
	[ "$(jq -r 'select(.event == "overdue").state' <<<"$output" | sort | tr '\n' ' ')" = 'ready superseded ' ]
	bef close --despite -m over
	ok alert queue --all --json
	[ "$(jq -r 'select(.event == "overdue").state' <<<"$output" | sort | tr '\n' ' ')" = 'superseded superseded ' ]
	sound
}

@test "what is overdue rings once, and a storm is one alert" {
	needs_clock
	hook ok 'kinds = overdue, review'
	ok open x
	for n in 1 2 3 4 5; do ok action "Thing $n" --before 07:00; done
	ok decide 'Keep the servers off' --review 07:30
	later 3 hours
	bef watch
	[ "$status" -eq 7 ]
	says '5 reminders' || says '6 reminders'
	came step.overdue decision.review || came decision.review step.overdue
	body 1 | jq -e '.data.text | test("Thing 1") and test("Thing 5")' || body 2 | jq -e '.data.text | test("Thing 1") and test("Thing 5")'
	bef watch
	[ "$(kept)" -eq 2 ]
	ok action 'One more' --before 09:30
	later 5 minutes
	bef watch
	[ "$(kept)" -eq 2 ]
	later 20 minutes
	bef watch
	[ "$(kept)" -eq 3 ]
	sound
}

@test "a service that is out for longer than is admissible rings once each time" {
	needs_clock
	at 2025-11-03T10:00:00Z
	hook ok 'kinds = overdue'
	ok open Stopped --type outage
	ok asset add ERP --type service --status down --rto 2h -t -1h
	ok asset add Mail --type service --status down -t -9h
	bef watch
	[ "$(kept)" -eq 0 ]
	later 90 minutes
	bef watch
	[ "$status" -eq 7 ]
	bef watch
	came step.overdue
	body 1 | jq -e '.data.text | test("OVERDUE by 30 min: S1, ERP")'
	ok asset set S1 back-in-service
	ok asset set S1 down
	later 3 hours
	bef watch
	[ "$(kept)" -eq 2 ]
	[ "$("$BEFFROI" log --all --json | jq -r 'select(.kind == "due.reminded") | .body.what' | tr '\n' ' ')" = 'service service ' ]
	sound
}

@test "why an alert does not arrive is stored in English and told in the reader's language" {
	local english='127.0.0.1 answered 401: the token or signature was not accepted'
	local french="127.0.0.1 a répondu 401 : le jeton ou la signature n'a pas été accepté"
	hook status/401
	destination shut http://127.0.0.1:1/ 'kinds = message'
	destination crowded "$(here status/400)" 'kinds = crisis'
	both fr "$french" open 'Fichiers chiffrés' --severity 4
	both fr "$french" alert list
	both fr "$french" alert queue
	both fr "$french" alert log
	both fr "$french" alert show 1
	both fr 'ÉCHEC : 127.0.0.1 : connexion refusée, ou pas de route' alert test shut
	both fr '127.0.0.1 : connexion refusée, ou pas de route' alert bonjour --to shut
	both fr '127.0.0.1 a répondu 400 : la requête a été refusée' phase crisis -m "tout est à l'arrêt"
	both fr "NON remise à crowded après 2 essais (127.0.0.1 a répondu 400 : la requête a été refusée)" log -k alert
	says_not answered
	# The same journal, read by others.
	both en "$english" alert list
	both en "$english" alert queue
	both en "$english" alert log
	both en 'NOT delivered to crowded after 2 attempts (127.0.0.1 answered 400: the request was refused)' log -k alert
	both en 'NOT ARRIVED: 127.0.0.1: connection refused or no route' alert send
	for lang in fr en; do
		ok --lang $lang log -k alert --json
		[ "$(field 'select(.kind == "alert.failed").body.detail')" = '127.0.0.1 answered 400: the request was refused' ]
		ok --lang $lang alert queue --json
		[ "$(field 'select(.destination == "cell").detail // empty' | sort -u)" = "$english" ]
		ok --lang $lang alert list --json
		[ "$(field 'select(.name == "cell").suspended')" = "$english" ]
		ok --lang $lang alert log --json
		says "\"$english\""
		says_not répondu
		bef --lang $lang alert test shut --json
		[ "$(field .detail)" = '127.0.0.1: connection refused or no route' ]
	done
	sound
}

@test "what keeps an alert from leaving is stored in English too" {
	hook
	rm "$PLACE/secret"
	both fr "cell : secret_file : le fichier ne peut pas être ouvert : No such file or directory" open x --severity 4
	both fr 'SUSPENDUE : cell : secret_file : le fichier' alert list
	both en 'SUSPENDED: cell: secret_file: the file cannot be opened: No such file or directory' alert list
	sed -i '/^secret_file/d; s/^url = .*/format = telegram/' "$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	both fr 'ÉCHEC : il manque le réglage « jeton »' alert test
	both fr 'il manque le réglage « jeton »' alert retry
	both fr 'MANQUE' alert list
	says jeton
	ok --lang fr alert list --json
	[ "$(field .suspended)" = 'it lacks its token' ]
	[ "$(field .lacks)" = token ]
	both en 'it lacks its token' alert queue
	echo >"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	both fr "cette destination n'est pas dans la configuration" alert send
	both en 'this destination is not in the configuration' alert queue
}

@test "an undo passes over what the program wrote by itself" {
	hook
	incident
	ok qualify --severity 4 -m grave
	ok log -k alert
	says 'severity raised'
	ok undo --yes
	ok status
	says_not 'cyber crisis'
	ok log --all
	says 'undoes'
}
