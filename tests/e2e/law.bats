# SPDX-License-Identifier: EUPL-1.2
# Legal questions, clocks, notifications, the watch.
load lib

# The house of the tests, said once: a maker of medical devices that hosts data for its customers.
profile() {
	ok deadline answer controller=yes processor=yes cyber-insurance=yes product-maker=yes publisher=yes \
		health-structure=no financial-entity=no oiv=no ose=no telecom-operator=no trust-qualified=no \
		trust-non-qualified=no listed=no notice-contracts=yes
}

# member_of RULE MEMBER: a text of its clock, without quotes in it
member_of() {
	"$BEFFROI" deadline --all --json | sed -n "/\"rule\":\"${1//./\\.}\"/s/.*\"$2\":\"\([^\"]*\)\".*/\1/p"
}

state_of() {
	member_of "$1" state
}

is_state() {
	[ "$(state_of "$1")" = "$2" ] || { echo "$1 is $(state_of "$1"), not $2"; "$BEFFROI" deadline --all; return 1; }
}

# The prudent limit of a rule, in UTC.
limit_of() {
	member_of "$1" safe
}

@test "with a profile, the clocks start with the incident, and status shows what comes first" {
	needs_clock
	profile
	incident
	ok status
	says 'to qualify: beffroi deadline qualify'
	ok deadline answer attack=yes personal-data=yes risk=yes -m 'seen on the server'
	talks 'running' 'next: '
	is_state plainte72 running
	is_state rgpd33.initiale running
	is_state rgpd33.complementaire running
	is_state sante '' # not even worth a line
	ok status
	says 'left: ' 'Criminal complaint'
	ok status --json
	[ "$(field '[.deadlines[] | select(.id == "plainte72")] | length')" -eq 1 ]
	ok log
	says 'legal clocks' 'seen on the server'
	[ "$(jq -s 'map(select(.kind == "fact.answered")) | length' <<<"$("$BEFFROI" log --json)")" -eq 3 ]
	ok verify
}

@test "without an answer nothing is written, and nothing is hidden either" {
	incident
	[ "$(entries)" -eq 1 ]
	ok status
	says 'no legal question was answered yet'
	ok deadline
	talks 'deadline qualify'
	ok deadline qualify
	says controller personal-data
	talks 'deadline answer'
	ok deadline qualify --json
	is_json question
}

# Every draft of that story, in each form: what was said is in it, and nothing hangs in the air.
papers() {
	local paper form
	for paper in cnil cnil-complement people customer complaint claim cra-alert cra-notification cra-final no-notice; do
		for form in html md json; do
			ok report "$paper" -f "$form" -o - --lang "$1"
			[ "${#output}" -gt 400 ]
		done
		[ "$(jq '.fields | map(select(.value)) | length > 0' <<<"$output")" = true ] || { echo "$paper is empty"; return 1; }
	done
	ok report complaint -f json -o - --lang "$1"
	says receipt.txt "$(sha256sum receipt.txt | cut -d ' ' -f 1)"
	ok report cnil-complement -f json -o - --lang "$1"
	says 2026-4242 PV-77
	ok report register -f json -o - --lang "$1"
	is_json register
	says 2026-4242
}

# A ransomware at a maker of medical devices that is also a processor, from the first sign to the close.
# $1: the language; the words typed are of that language.
whole_story() {
	local fr=$1 answer rule sent na because yes no
	if [ "$fr" = fr ]; then
		answer='echeance repondre' sent=fait na=sans-objet because=--retard-car yes=oui no=non rule=echeance
	else
		answer='deadline answer' sent=sent na=not-applicable because=--late-because yes=yes no=no rule=deadline
	fi
	at 2026-11-20T17:30:00Z
	profile
	ok open 'Files encrypted' --type ransomware -t 18:00 --lang "$fr"
	ok $answer attack=$yes insured-loss=$yes theft=$no personal-data=$yes risk=$yes high-risk=$no customer-data=$yes \
		customer-harm=$yes staff-data=$no exploited-vulnerability=$yes severe-product-incident=$no \
		significant-vulnerability=$yes --lang "$fr"
	[ "$(limit_of rgpd33.initiale)" = 2026-11-23T17:00:00Z ]
	[ "$(limit_of cra-vuln.alerte)" = 2026-11-21T17:00:00Z ]
	[ "$(limit_of plainte72)" = 2026-11-23T17:00:00Z ]
	# Awareness is decided, for a reason: only its own clocks move.
	ok $rule instant aware.rgpd 18:20 -m 'the export was opened' --by anne --lang "$fr"
	[ "$(limit_of rgpd33.initiale)" = 2026-11-23T17:20:00Z ]
	[ "$(limit_of plainte72)" = 2026-11-23T17:00:00Z ]
	# Everything in time but the early warning.
	at 2026-11-21T08:00:00Z
	ok $rule rgpd33-2 $sent --reference m-1 --lang "$fr"
	ok $rule contrat $sent --reference m-2 --lang "$fr"
	ok $rule registre $sent --lang "$fr"
	ok $rule plainte72 $sent -t 8:45 --reference PV-77 --lang "$fr"
	at 2026-11-21T20:00:00Z
	is_state cra-vuln.alerte late
	bef status --check
	[ "$status" -eq 7 ]
	bef $rule cra-vuln.alerte $sent --lang "$fr"
	[ "$status" -eq 2 ]
	is_state cra-vuln.alerte late
	ok $rule cra-vuln.alerte $sent $because 'nobody had an account on the platform' --lang "$fr"
	at 2026-11-22T10:00:00Z
	echo receipt >receipt.txt
	ok $rule cnil $sent --reference 2026-4242 --proof receipt.txt --lang "$fr"
	ok $rule cra-vuln.notif $sent --lang "$fr"
	ok $rule assureur $sent --lang "$fr"
	ok $rule editeur $sent --lang "$fr"
	ok $rule cra.utilisateurs $sent --lang "$fr"
	# The chain: the complement counts from the first notification, the final report from the fix.
	[ "$(limit_of rgpd33.complementaire)" = 2026-11-25T10:00:00Z ]
	at 2026-11-24T09:00:00Z
	ok $rule rgpd33.complementaire $sent --lang "$fr"
	ok $rule instant fix-available 9:30 -m 'published' --lang "$fr"
	[ "$(limit_of cra-vuln.final)" = 2026-12-08T08:30:00Z ]
	# Not told because: with a reason and a name.
	bef $rule cra-vuln.final $na --lang "$fr"
	[ "$status" -eq 2 ]
	at 2026-12-01T09:00:00Z
	ok $rule cra-vuln.final $sent --lang "$fr"
	ok $rule rgpd34 --lang "$fr"
	is_state rgpd34 not-applicable
	ok $rule --json --all
	is_json deadline
	papers "$fr"
	ok close --reason over --lang "$fr"
	ok verify
}

@test "a ransomware at a maker of medical devices, every clock to its end, in English" {
	needs_clock
	whole_story en
	ok deadline --all
	says 'after the limit' 'reference 2026-4242'
	ok deadline cra-vuln.alerte
	says 'after the limit' 'To be confirmed by a lawyer'
	[ "$("$BEFFROI" deadline --all --json | jq -s 'map(select(.state == "to-qualify" or .state == "late")) | length')" -eq 0 ]
}

@test "the same in French gives the same record" {
	needs_clock
	whole_story fr
	ok echeance --langue fr
	says 'envoyé' 'après la limite' 'référence 2026-4242'
	ok echeance cnil --langue fr
	says 'CNIL' 'À confirmer par un juriste.'
	[ "$("$BEFFROI" deadline --all --json | jq -s 'map(select(.state == "to-qualify" or .state == "late")) | length')" -eq 0 ]
}

@test "what was not notified says why, and who decided" {
	profile
	incident
	ok deadline answer personal-data=yes risk=yes
	refused 2 'say why it does not apply' '--reason' deadline cnil not-applicable
	ok deadline cnil not-applicable -m 'all of it was encrypted' --by anne
	is_state rgpd33.initiale not-applicable
	is_state rgpd33.complementaire not-applicable
	ok deadline --all
	says 'all of it was encrypted, says anne'
	ok undo --yes
	is_state rgpd33.initiale running
}

@test "closing names the deadlines that are open" {
	profile
	incident
	ok deadline answer attack=yes
	bef close --reason over
	[ "$status" -eq 4 ]
	[[ $output$stderr == *'legal deadline: Criminal complaint'*'to qualify'* ]]
	ok close --despite --reason 'the lawyer goes on'
}

@test "a regime that is not law yet is off, says why, and can be followed all the same" {
	incident
	ok deadline rules
	says 'OFF: not transposed' 'OFF: proposed' 'NIS 2' 'Criminal complaint, 72 h' '1 month'
	profile
	ok deadline answer nis2-entity=yes significant=yes
	is_state nis2.alerte ''
	ok deadline answer follow-nis2=yes
	is_state nis2.alerte running
	ok deadline
	says '[not law, advice]'
	ok deadline nis2.alerte
	says 'banner'
}

@test "rules have an age, a file, and a check" {
	needs_clock
	at 2027-06-30T12:00:00Z
	ok deadline rules --older-than 1m --json
	is_json rule
	[ "${#lines[@]}" -ge 44 ]
	ok deadline rules --older-than 20y
	[ -z "$output" ]
	refused 2 'is no age' '6m' deadline rules --older-than soon
	cat >mine.json <<-'END'
		{"v": 1, "regime": "mine", "name": {"en": "Ours", "fr": "Nous"}, "status": "in_force", "rules": [{
		"id": "mine.board", "also": ["board"], "name": {"en": "Tell the board", "fr": "Prévenir le conseil"},
		"status": "in_force", "applies_if": "attack", "clock_start": ["detected"], "offset": "PT6H", "calc": "elapsed",
		"article": "charter 4", "source": "our charter", "checked_on": "2026-11-21", "confidence": "read"}]}
	END
	ok deadline check mine.json
	sed 's/"attack"/"atack"/' mine.json >bad.json
	refused 2 "no such question: 'atack'" '' deadline check bad.json
	sed 's/PT6H/6h/' mine.json >bad.json
	refused 2 "no such length: '6h'" '' deadline check bad.json
	refused 3 'gone.json' '' deadline check gone.json
	incident
	ok deadline add mine.json
	ok deadline answer attack=yes
	is_state mine.board running
	ok deadline board
	says 'Tell the board' 'charter 4'
}

@test "a clause of a contract is a rule, without writing a file" {
	needs_clock
	profile
	incident
	ok deadline add 'Customer X' --within 24h --reference 'article 12' --contact 'Mrs Martin' --channel phone
	ok deadline add 'Insurer' --within 3d
	ok deadline answer customer-harm=yes
	[ "$(limit_of contrat.customer-x)" = 2025-11-04T05:25:00Z ]
	[ "$(limit_of contrat.insurer)" = 2025-11-06T05:25:00Z ]
	ok deadline contrat.customer-x
	says 'Mrs Martin' 'article 12' phone
	refused 2 'within how long' '--within' deadline add 'Customer Y'
	refused 2 'within how long' '--within' deadline add 'Customer Y' --within soon
	refused 2 'whose clause' 'Customer X' deadline add
}

@test "a file of BASE/regimes takes the place of the rule that it names" {
	profile
	incident
	mkdir -p "$BEFFROI_BASE/regimes"
	jq '.rules |= map(if .id == "plainte72" then .offset = "PT10H" else . end)' \
		"$BATS_TEST_DIRNAME/../../playbooks/regimes/plainte.json" >"$BEFFROI_BASE/regimes/plainte.json"
	ok deadline answer attack=yes
	ok deadline --json
	[ "$(jq -r 'select(.rule == "plainte72") | .offset' <<<"$output")" = PT10H ]
	rm "$BEFFROI_BASE/regimes/plainte.json"
	ok deadline
	talks 'deadline refresh'
	ok deadline refresh
	ok deadline --json
	[ "$(jq -r 'select(.rule == "plainte72") | .offset' <<<"$output")" = PT72H ]
	echo '{' >"$BEFFROI_BASE/regimes/broken.json"
	refused 2 'regimes/broken.json' '' deadline
}

@test "a file of rules with a slip in it stops nobody from recording, and is named" {
	needs_clock
	profile
	incident
	ok deadline answer attack=yes
	mkdir -p "$BEFFROI_BASE/regimes"
	echo '{' >"$BEFFROI_BASE/regimes/broken.json"
	ok open 'Another one' --no-input
	ok qualify --severity 3 --reason worse
	ok note 'a fact'
	refused 2 'regimes/broken.json' '' deadline
	bef doctor
	says 'regimes/broken.json'
	later '40 hours'
	ok watch
	says 'left: ' '1 reminders'
	talks 'regimes/broken.json'
	rm "$BEFFROI_BASE/regimes/broken.json"
	ok qualify --severity 2 --reason better
	is_state plainte72 to-qualify
}

@test "a calendar file has one event a limit, in UTC, with reminders" {
	needs_clock
	profile
	incident
	ok deadline answer attack=yes personal-data=yes risk=yes
	ok deadline -f ics -o -
	[ "$(grep -c '^BEGIN:VEVENT' <<<"$output")" -eq "$(grep -c '^END:VEVENT' <<<"$output")" ]
	says 'DTSTART:20251106T052500Z' 'TRIGGER:-PT24H' 'TRIGGER:-PT1H'
	! grep -qv $'\r$' <<<"$output"
	[ "$(awk '{ if (length($0) > 76) print }' <<<"$output")" = '' ]
	ok deadline -f ics
	[ -f deadlines-INC-2025-001.ics ]
	refused 2 "unknown format 'pdf'" 'ics' deadline -f pdf
}

@test "each limit is reminded of once, and once more when it has passed" {
	needs_clock
	profile
	incident
	ok deadline answer attack=yes
	ok watch
	says '0 reminders'
	later '40 hours'
	ok watch
	says 'left: ' '1 reminders'
	ok watch
	says '0 reminders'
	later '20 hours'
	ok watch
	says '1 reminders'
	later '20 hours'
	bef watch
	[ "$status" -eq 7 ]
	says 'LIMIT PASSED' '1 limits passed'
	bef watch --json
	[ "$status" -eq 7 ]
	is_json watch
	[ "$(field .reminders)" -eq 0 ]
	bef deadline --check
	[ "$status" -eq 7 ]
	ok log --all
	says '50 % of the time' '75 % of the time' 'limit passed'
	dry watch || [ "$status" -eq 7 ]
	refused 2 'is no interval' '60s' watch --interval soon
}

@test "two watches at once remind once" {
	needs_clock
	profile
	incident
	ok deadline answer attack=yes
	later '40 hours'
	"$BEFFROI" watch >one 2>&1 &
	"$BEFFROI" watch >two 2>&1 &
	wait
	[ "$(cat one two | grep -c 'left: ')" -eq 1 ]
	[ "$("$BEFFROI" log --all --json | jq -s 'map(select(.kind == "deadline.reminded")) | length')" -eq 1 ]
}

@test "a better instant moves every clock that counts from it, and the old limits stay in the log" {
	needs_clock
	profile
	incident
	ok deadline answer personal-data=yes risk=yes attack=yes
	ok deadline instant aware.rgpd 6:10 -m 'first look' --by anne
	[ "$(limit_of rgpd33.initiale)" = 2025-11-06T05:10:00Z ]
	ok deadline instant aware.rgpd 6:20 -m 'the export was opened' --by anne
	[ "$(limit_of rgpd33.initiale)" = 2025-11-06T05:20:00Z ]
	[ "$(limit_of plainte72)" = 2025-11-06T05:25:00Z ]
	ok log
	says 'CNIL, first notification, before Thu 6 Nov 06:25' 'before Thu 6 Nov 06:10' 'before Thu 6 Nov 06:20' \
		'first look' 'the export was opened'
	ok undo
	[ "$(limit_of rgpd33.initiale)" = 2025-11-06T05:10:00Z ]
	ok verify
}

@test "the organisation's own holidays count" {
	needs_clock
	at 2027-03-25T08:00:00Z # the Thursday before Good Friday
	profile
	incident
	ok deadline add Insurer --within 2d
	ok deadline answer customer-harm=yes
	[ "$(limit_of contrat.insurer)" = 2027-03-30T07:00:00Z ]
	ok deadline answer holidays=fr-alsace-moselle
	[ "$(limit_of contrat.insurer)" = 2027-03-31T07:00:00Z ]
	ok deadline answer extra-holidays=2027-03-30
	[ "$(limit_of contrat.insurer)" = 2027-04-01T07:00:00Z ]
	refused 2 "unknown calendar of holidays: 'mars'" 'fr-alsace-moselle' deadline answer holidays=mars
	refused 2 'is not a day' '2026-12-24' deadline answer extra-holidays=soon
}

@test "what nobody read at its source says so" {
	incident
	ok deadline rules
	says 'UNVERIFIED: from memory' 'UNVERIFIED: from a secondary source'
	ok deadline mar
	says 'UNVERIFIED: from memory'
	ok deadline plainte72
	says_not UNVERIFIED
	ok deadline contacts cnil
	says 'UNVERIFIED: from a secondary source'
	ok deadline contacts insurer
	says_not UNVERIFIED
}

@test "whom to call is a list that the company completes, and doctor says what is stale" {
	needs_clock
	at 2026-11-23T08:00:00Z
	ok deadline contacts breizh
	says '0 800 200 008' 'Breizh Cyber'
	says_not CNIL
	ok deadline contacts --json
	is_json contact
	bef doctor
	says 'contacts' 'insurer, broker, bank'
	ok deadline contacts -f json -o mine.json
	mkdir -p "$BEFFROI_BASE/regimes"
	jq '{v, contacts: [.contacts[] | select(.id == "insurer") | .phone = "01 02 03 04 05"]}' mine.json \
		>"$BEFFROI_BASE/regimes/contacts.json"
	ok deadline contacts insurer
	says '01 02 03 04 05'
	ok deadline contacts
	says 'CNIL' # those of the program stay
	at 2027-11-23T08:00:00Z
	bef doctor
	says 'not checked for 180 days'
	refused 2 "unknown format 'pdf'" json deadline contacts -f pdf
}

@test "--verbose tells the other reading and how both were found" {
	needs_clock
	at 2026-12-24T16:40:00Z
	profile
	incident
	ok deadline answer personal-data=yes risk=yes
	ok deadline cnil
	says_not 'favourable'
	ok deadline cnil --verbose
	says 'Monday 28 December 2026, 24:00' 'the most favourable reading: not guaranteed' 'Christmas' reckoning
	ok deadline plainte72 --verbose
	says_not 'favourable'
}

@test "what is said wrong is refused in one line" {
	profile
	incident
	refused 3 "no legal question 'nothing'" 'deadline qualify' deadline answer nothing=yes
	refused 2 "attack: unknown answer: 'perhaps'" 'one of' deadline answer attack=perhaps
	refused 2 'say which question' 'attack=yes' deadline answer
	refused 2 'is no FACT=ANSWER' '' deadline answer attack=yes risk
	refused 3 "no rule 'nothing'" 'deadline rules' deadline nothing sent
	refused 2 'nothing that can be said' 'not-applicable' deadline cnil perhaps
	refused 2 'which instant?' 'aware.rgpd' deadline instant
	refused 2 'say which instant' 'aware.rgpd' deadline instant yesterday
	refused 2 'say why it was then' '--reason' deadline instant aware.rgpd 6:00
	[ "$(entries)" -eq 2 ]
	dry deadline answer attack=yes
	dry deadline cnil not-applicable -m x
}
