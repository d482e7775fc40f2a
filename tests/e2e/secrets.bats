#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Secrets are where they were put and nowhere else, whatever happens; and the
# places that a message never goes to.

load lib
load faults

setup() {
	: "${BUILD:?}"
	fresh
	incident
	mkdir -p "$PLACE/kept" "$PLACE/out" "$PLACE/vault/credentials" "$XDG_CONFIG_HOME/beffroi"
	chmod 700 "$PLACE/vault"
	"$HOOK" "$PLACE/kept" 120 >"$PLACE/port" 3>&- &
	echo $! >"$PLACE/hook.pid"
	until [ -s "$PLACE/port" ]; do sleep 0.02; done
	export CREDENTIALS_DIRECTORY=$PLACE/vault/credentials
	umask 077
	: >"$PLACE/vault/list"
	CONF=$XDG_CONFIG_HOME/beffroi/beffroi.conf
}

teardown_more() {
	[ ! -s "$PLACE/servers" ] || xargs kill <"$PLACE/servers" 2>/dev/null || true
}

# keep SECRET [USER]: it and what it looks like on the way are looked for from now on, once written is called
keep() {
	local all=$PLACE/vault/list
	printf '%s\n' "$1" | tee -a "$PLACE/vault/bare" >>"$all"
	# Of an address, what is long enough to be a token.
	[[ $1 != *://* ]] || sed 's,^[a-z]*://[^/]*,,' <<<"$1" | tr '/?=&' '\n' | grep -E '^.{12}' >>"$all" || true
	[ $# -eq 1 ] || { printf '%s:%s' "$2" "$1" | base64 -w 0; echo; printf '\0%s\0%s' "$2" "$1" | base64 -w 0; echo; } >>"$all"
}

# written: as it is written in addresses, in JSON and in base64, each secret kept since
written() {
	jq -Rr '@uri, (@json | .[1:-1]), @base64' "$PLACE/vault/bare" >>"$PLACE/vault/list"
	: >"$PLACE/vault/bare"
}

# of file NAME SECRET, plain, by a command, or as a credential: the line of the configuration for KEY
secret() {
	local key=$1 way=$2 value=$3
	local name=$key-$RANDOM
	keep "$value" ${4+"$4"}
	printf '%s\n' "$value" >"$PLACE/vault/$name"
	case $way in
	plain) echo "$key = $value" ;;
	file) echo "${key}_file = $PLACE/vault/$name" ;;
	command) echo "${key}_command = cat $PLACE/vault/$name" ;;
	credential)
		mv "$PLACE/vault/$name" "$PLACE/vault/credentials/"
		echo "${key}_credential = $name"
		;;
	esac
}

# to NAME FORMAT LINE...: a destination
to() {
	printf '%s\n' "[destination.$1]" "format = $2" 'kinds = message' 'rate = 60000' "${@:3}" >>"$CONF"
}

# whsec WORD: a signing secret
whsec() {
	echo "whsec_$(printf '%-32.32s' "$1-signing-secret-of-32-bytes..." | base64)"
}

# url PATH: of the webhook, in the mode of the moment
url() {
	echo "http://127.0.0.1:$(port)/echo/$1"
}

# everybody: a destination of each format that carries secrets, which the webhook or the mail server repeats
everybody() {
	to plain generic "$(secret url plain "$(url tok-PLAINURL0123456789)")" "$(secret secret file "$(whsec one)")"
	to old generic "$(secret url file "$(url tok-FILEURL0123456789)")" "$(secret secret credential "$(whsec two)")" \
		"$(secret old_secret command "$(whsec three)")"
	to command cloudevents "$(secret url command "$(url tok-COMMANDURL012345?sig=QUERYSIG0123456789)")" \
		"$(secret secret command "$(whsec four)")"
	to credential slack "$(secret url credential "$(url T0SLACK00/B0SLACK00/SlackTokenSlackToken)")"
	to gram telegram "$(secret url file "$(url gram)")" "$(secret token file 987654321:AAtelegramtoken_telegramtoken-0)" 'to = -1001234567890'
	to matrix matrix "$(secret url file "$(url matrix)")" "$(secret token file syt_matrixtoken_MATRIXTOKEN_012345)" 'to = !room:relay.test'
	to duty pagerduty "$(secret url file "$(url duty)")" "$(secret token file 0123456789abcdefDUTYDUTYDUTYDUTY)"
	to free free_mobile "$(secret url file "$(url free)")" "$(secret password file 'Free+Mobile/pass"0=%41')" 'user = 12345678'
	to zulip zulip "$(secret url file "$(url zulip)")" "$(secret token file zulipKEYzulipKEYzulipKEY012345 bot@relay.test)" \
		'to = crisis' 'user = bot@relay.test'
	to gotify gotify "$(secret url file "$(url gotify)")" "$(secret token file GotifyTokenAAAA)"
	to ntfy ntfy "$(secret url file "$(url ntfy)")" "$(secret password file 'ntfy "quoted" pass\word' anne)" 'user = anne' 'to = crisis'
	to manager alertmanager "$(secret url file "$(url manager)")" "$(secret password file 'manager pass word 0' anne)" 'user = anne'
	to ovh ovh_sms "$(secret url file "$(url ovh)")" "$(secret token file OVHappsecretOVHappsecretOVHapps0)" \
		"$(secret consumer file OVHconsumerOVHconsumerOVHconsum0)" 'user = OVHapplication00' 'service = sms-ab12345-1' 'to = +33612345678'
	mkdir "$PLACE/mail"
	"$BUILD/smtp" "$PLACE/mail" auth-repeat 60 >"$PLACE/mail.port" 3>&- &
	echo $! >"$PLACE/servers"
	until [ -s "$PLACE/mail.port" ]; do sleep 0.02; done
	to mail mail "url = smtp://127.0.0.1:$(cat "$PLACE/mail.port")" 'insecure_http = yes' 'user = bob' \
		"$(secret password file 'mail-Pass"w\rd-0' bob)" 'from = beffroi@relay.test' 'to = anne@relay.test'
	chmod 600 "$CONF"
}

# heard WORDS...: run it; what it says is kept to be searched
heard() {
	"$BEFFROI" "$@" >>"$PLACE/out/all" 2>&1 </dev/null || true
}

# nowhere: none of the secrets is in what was written or said
nowhere() {
	local found
	written
	sed -i '/^.\{0,7\}$/d' "$PLACE/vault/list"
	# The net is not torn: where they were put, they are found.
	grep -rqaFf "$PLACE/vault/list" "$PLACE/vault" "$CONF"
	found=$(cd "$PLACE" && grep -raoFf "$PLACE/vault/list" base state data home out work drafts 2>/dev/null | sort | uniq -c) || true
	[ -z "$found" ] || { echo "$found"; grep -raFf "$PLACE/vault/list" "$PLACE/out" | head -5; return 1; }
}

# every command that shows something of alerts
everything() {
	local n name
	heard alert list
	heard alert list --json
	heard alert queue --all
	heard alert queue --all --json
	heard alert log
	heard alert log --json
	for n in 1 2 3; do
		heard alert show $n
		heard alert show $n --json
	done
	for name in $(sed -n 's/^\[destination\.\(.*\)\]$/\1/p' "$CONF"); do heard alert show 1 --to "$name"; done
	heard status -v
	heard log --all
	heard log --all --json
	heard list
	heard report
	heard report --json
	heard report --lang fr -v
	heard verify --verbose
	heard verify --all-signatures --json
	heard doctor
	heard doctor --json
	heard doctor --verbose
	heard watch
	heard watch -v --json
	heard help alerts
	heard alert add plain
}

@test "the secrets of no format and no way get out: what fails, what repeats them, what arrives" {
	everybody
	heard alert 'the first' -v
	heard alert 'the second' --level critical --json
	heard alert test
	heard alert test --json
	heard alert send
	# They have all left, and all came back in the answers.
	written
	[ "$(grep -laFf "$PLACE/vault/list" "$PLACE"/kept/*.req | sed -n '$=')" -ge 20 ]
	grep -qaFf "$PLACE/vault/list" "$PLACE"/mail/*.smtp
	everything
	nowhere
	# And now they arrive.
	sed -i 's,/echo/,/text/,' "$CONF" "$PLACE"/vault/url-* "$PLACE"/vault/credentials/url-*
	heard alert retry
	heard alert 'the third'
	heard alert test
	grep -q accepted "$PLACE/out/all"
	everything
	heard undo --yes
	heard close --despite -m over
	nowhere
}

@test "a secret that cannot be read, or is no good, is named and not shown" {
	local bad
	to one generic "$(secret url file "$(url tok-UNREADABLE012345)")" "$(secret secret file "$(whsec one)")"
	to two generic "$(secret url file 'https://user:PASSwordPASS@relay.test/tok-USERINFO0123')" "$(secret secret file "$(whsec two)")"
	keep PASSwordPASS
	to three telegram "$(secret token file 'not a token at all 0123')" 'to = 1'
	to four generic "$(secret url file 'ftp://relay.test/tok-SCHEME012345')" "$(secret secret file 'whsec_nobase64nobase64!!')"
	to five generic "$(secret url file 'https://relay.test:99999/tok-PORT0123456')" "$(secret secret file "$(whsec five)")"
	to six generic "$(secret url file $'https://relay.test/tok-CONTROL01\t23456')" "$(secret secret file "$(whsec six)")"
	to seven pagerduty "$(secret token command 0123456789abcdefDUTYDUTYDUTYDUTY)"
	to eight generic "$(secret url file 'https://nowhere.invalid/tok-NOWHERE012345')" "$(secret secret file "$(whsec eight)")"
	chmod 644 "$(sed -n 's/^url_file = //p' "$CONF" | head -n 1)"
	sed -i 's/^token_command = cat/token_command = false/' "$CONF"
	for bad in 'secret = whsec_c2VjcmV0IGluIGNsZWFyIGluIGNvbmY=' 'token = TOKENinCLEAR0123' 'url_ = https://relay.test/tok-MISSPELT0123'; do
		keep "${bad#* = }"
	done
	heard alert hello -v
	heard alert test
	everything
	grep -q 'others may read the file' "$PLACE/out/all"
	nowhere
	# Nor what should not stand in the configuration at all.
	for bad in 'secret = whsec_c2VjcmV0IGluIGNsZWFyIGluIGNvbmY=' 'token = TOKENinCLEAR0123' 'url_ = https://relay.test/tok-MISSPELT0123'; do
		printf '[destination.x]\n%s\n' "$bad" >"$CONF"
		heard status
		bef status
		[ "$status" -eq 2 ]
		talks 'beffroi.conf, line 2:'
		heard doctor
		heard alert list -v
	done
	nowhere
}

@test "who looks at the running programs sees no secret in their words and surroundings" {
	local pid net i each
	everybody
	sed -i 's,/echo/,/slow/,' "$CONF" "$PLACE"/vault/url-* "$PLACE"/vault/credentials/url-*
	"$BEFFROI" alert hello >"$PLACE/out/all" 2>&1 3>&- &
	pid=$!
	for ((i = 0; i < 100; i++)); do
		[ "$(kept)" -lt 10 ] || break
		sleep 0.05
	done
	net=$(cat "/proc/$pid/task/$pid/children")
	[ "$(wc -w <<<"$net")" -ge 10 ]
	for each in $pid $net; do
		tr '\0' '\n' <"/proc/$each/cmdline" >>"$PLACE/out/seen"
		tr '\0' '\n' <"/proc/$each/environ" >>"$PLACE/out/seen"
		readlink "/proc/$each/fd/"* >>"$PLACE/out/seen" || true
	done
	grep -q beffroi-net "$PLACE/out/seen"
	# No environment, no argument, and no file but its ends of a pipe.
	# shellcheck disable=SC2086
	for each in $net; do
		[ ! -s "/proc/$each/environ" ] || [ -z "$(tr -d '\0' <"/proc/$each/environ")" ]
		[ "$(tr '\0' '\n' <"/proc/$each/cmdline" | wc -l)" -eq 1 ]
	done
	wait $pid || true
	nowhere
}

@test "a message never goes where it must not: metadata, link-local, multicast, nobody" {
	local n=0 host
	for host in 169.254.169.254 0.0.0.0 224.0.0.1 255.255.255.255 100.100.100.200 2852039166 0xa9.254.43518 \
		'[::ffff:169.254.169.254]' '[64:ff9b::a9fe:a9fe]' '[2002:a9fe:a9fe::1]' '[::]' '[fe80::1]' '[fd00:ec2::254]'; do
		n=$((n + 1))
		fault "h$n" "https://$host/latest/meta-data/"
		fault "i$n" "http://$host:$(port)/ok" 'insecure_http = yes'
	done
	bef alert hello
	[ "$status" -eq 6 ]
	while [ $n -gt 0 ]; do
		ended "h$n" ready self 'not sent to '
		ended "i$n" ready self 'not sent to '
		n=$((n - 1))
	done
	[ "$(kept)" -eq 0 ]
}

@test "nor with somebody's name in the address, nor in clear, nor where only the Internet is meant" {
	fault user "https://bob:hunter2hunter2@127.0.0.1:$(port)/ok"
	fault clear http://192.0.2.1/ok
	fault inside "http://127.0.0.1:$(port)/ok" 'public_only = yes'
	fault private https://10.255.255.1/ok 'public_only = yes'
	fault file file:///etc/passwd
	fault gopher "gopher://127.0.0.1:$(port)/_x"
	fault proxied "https://169.254.169.254/" "proxy = http://127.0.0.1:$(port)"
	fault proxy https://relay.test/ 'proxy = http://169.254.169.254:3128'
	bef alert hello
	[ "$status" -eq 6 ]
	ended user ready self -
	ended clear ready self 'insecure_http'
	ended inside ready self 'loopback'
	ended private ready self 'its address is private'
	ended file ready self -
	ended gopher ready self -
	ended proxied ready self -
	ended proxy ready self "the proxy's address is link-local"
	not grep -q hunter2 <<<"$output$stderr"
	[ "$(kept)" -eq 0 ]
	[ ! -e "$PLACE/kept/connections" ]
	# The environment names no proxy.
	http_proxy=http://127.0.0.1:$(port)
	export http_proxy https_proxy=$http_proxy ALL_PROXY=$http_proxy
	fault far https://nowhere.invalid/ok
	bef alert again --to far
	ended far ready retry 'the name does not resolve'
	[ ! -e "$PLACE/kept/connections" ]
}
