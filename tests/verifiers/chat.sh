#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
#     sh tests/verifiers/chat.sh
#
# Has the makers' own libraries read what the chat formats write: every kind of alarm, in both languages,
# with and without a mention, as an exercise, and thin.  Microsoft's reference parser reads the cards of
# Teams; Slack's and Discord's published types are what the compiler holds our bodies against; Rocket.Chat's
# parser, CommonMark's and one of Discord's dialect say what is left of hostile words.  In TAP.  Ends with 77
# and says why when npm, or what it fetches, is not here.
set -u
cd "$(dirname "$0")/../.." || exit 2
render=${BUILD:-$PWD/build/debug}/render
modules=$PWD/build/verifiers/chat
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

skip() {
	echo "1..0 # skip $1"
	exit 77
}

[ -x "$render" ] || skip "$render is not built: make MODE=debug test-programs"
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
	skip "node and npm are not here"
fi
if [ ! -d "$modules/node_modules/commonmark" ]; then
	mkdir -p "$modules" && echo '{"private":true}' >"$modules/package.json"
	npm install --prefix "$modules" --no-audit --no-fund --ignore-scripts --silent adaptivecards@3.0.6 \
		typescript@5.9.3 @slack/types@3.2.0 discord-api-types@0.38.57 @rocket.chat/message-parser@0.31.35 \
		discord-markdown@2.5.1 commonmark@0.31.2 >"$out/npm" 2>&1 ||
		skip "npm could not fetch the libraries"
fi

# each FORMAT MENTION: one line of JSON a request, "NAME<tab>BODY"
each() {
	for lang in en fr; do
		for kind in opened crisis severity overdue deadline missed review sitrep all-clear degraded message \
			correction test; do
			"$render" "$1" "$lang" "$kind" | line "$1-$lang-$kind"
			"$render" "$1" "$lang" "$kind" "mention=$2" drill=yes | line "$1-$lang-$kind-mention"
		done
		"$render" "$1" "$lang" crisis reach=1 tlp=red | line "$1-$lang-thin"
		"$render" "$1" "$lang" crisis reach=2 | line "$1-$lang-reduced"
	done
}
line() {
	node -e 'const fs = require("fs");
		const request = JSON.parse(fs.readFileSync(0, "utf8"));
		console.log(process.argv[1] + "\t" + request.body);' "$1"
}

each teams cell@menuiserie.example >"$out/teams"
each slack '<!channel>' >"$out/slack"
each discord '<@&4242>' >"$out/discord"

echo 1..5
failed=0
# say NUMBER WHAT STATUS
say() {
	if [ "$3" -eq 0 ]; then
		echo "ok $1 - $2"
	else
		echo "not ok $1 - $2"
		failed=1
	fi
}

NODE_PATH=$modules/node_modules node tests/verifiers/chat_cards.js "$out/teams" >"$out/said" 2>&1
status=$?
sed 's/^/# /' "$out/said"
say 1 "the reference parser reads every card without a word" $status

n=2
for format in slack discord; do
	node tests/verifiers/chat_types.js "$format" "$out/$format" "$modules/$format.ts" &&
		(cd "$modules" && node_modules/.bin/tsc --noEmit --strict --skipLibCheck --module nodenext \
			--moduleResolution nodenext "$format.ts") >"$out/said" 2>&1
	status=$?
	sed 's/^/# /' "$out/said"
	say $n "every body for $format is of the published type ($(wc -l <"$out/$format") bodies)" $status
	n=$((n + 1))
done

# The compiler is a judge: it refuses what is wrong in one place.
bad=0
for change in 's/"color":[0-9]*/"color":"red"/' 's/"embeds"/"embed"/' 's/"value":/"valeur":/'; do
	sed -n "1{$change;p}" "$out/discord" >"$out/wrong"
	node tests/verifiers/chat_types.js discord "$out/wrong" "$modules/wrong.ts"
	(cd "$modules" && node_modules/.bin/tsc --noEmit --strict --skipLibCheck --module nodenext \
		--moduleResolution nodenext wrong.ts) >/dev/null 2>&1 && bad=1
done
for change in 's/"plain_text"/"mrkdwn"/' 's/"header"/"heading"/' 's/"emoji":/"emojis":/'; do
	sed -n "1{$change;p}" "$out/slack" >"$out/wrong"
	node tests/verifiers/chat_types.js slack "$out/wrong" "$modules/wrong.ts"
	(cd "$modules" && node_modules/.bin/tsc --noEmit --strict --skipLibCheck --module nodenext \
		--moduleResolution nodenext wrong.ts) >/dev/null 2>&1 && bad=1
done
rm -f "$modules/wrong.ts"
say 4 "and a body with one thing wrong is not" $bad

for format in ntfy rocketchat mattermost discord; do
	"$render" "$format" fr message mention=@here | line "$format"
done >"$out/words" 2>/dev/null
NODE_PATH=$modules/node_modules node tests/verifiers/chat_words.js "$out/words" >"$out/said" 2>&1
status=$?
sed 's/^/# /' "$out/said"
say 5 "hostile words are read as words" $status
exit $failed
