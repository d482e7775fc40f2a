#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Text meant to harm: it is stored or refused clearly, and does nothing wherever
# it is shown.

load lib

HTML='</td></tr></table></title></style><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)><a href="javascript:alert(1)" x='"'"'>'
MARKS='[x](javascript:alert(1)) ![y](http://evil.test/z) **b** | col | `c` <https://evil.test> &lt;b&gt;'
FORMULA="=cmd|'/C calc'!A0"
CONTROL=$'\033[31mred\033]0;title\007\033[2J\b\177\r'
HIGH=$'\xc2\x9b31m\xc2\x90'
TURNED=$'\xe2\x80\xaedcba\xe2\x81\xa6x\xe2\x80\x8b\xef\xbb\xbf'
ALL="$HTML $MARKS $CONTROL$HIGH$TURNED"

# No byte of these files moves a cursor, and no character hides or turns others.
harmless() {
	local file
	for file; do
		! LC_ALL=C grep -qaP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf' "$file" ||
			{ echo "not harmless: $file"; LC_ALL=C grep -naP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf' "$file" | head -n 3 | cat -v; return 1; }
		iconv -f utf-8 -t utf-8 "$file" >/dev/null
	done
}

# Run it; what it says, on both streams, is harmless.
tame() {
	local code=0
	"$BEFFROI" "$@" >out 2>err </dev/null || code=$?
	[ "$code" -lt 10 ] || { echo "status $code: $*"; cat err; return 1; }
	harmless out err
}

# The same on a terminal, whose own line ends are CR LF.
tame_on_terminal() {
	local words
	printf -v words '%q ' "$BEFFROI" "$@"
	NO_COLOR=1 script -qec "$words" /dev/null </dev/null | sed 's/\r*$//' >out
	harmless out
}

# An incident with this text wherever a text can go; what is refused is refused in one clean line.
poison() {
	local text=$1
	incident
	tame open "$text" --summary "$text" --reported-by "$text"
	tame qualify --title "$text" --summary "$text" --reporter "$text" --reason "$text"
	tame note "$text" --by "$text"
	tame decide "$text" --question "$text" --rejected "$text" --reason "$text" --by "$text"
	tame action "$text" --for "$text" --reason "$text"
	tame action 1 failed -m "$text"
	tame phase containment --reason "$text"
	tame phase crisis --reason "$text" --by "$text"
	echo x >evidence.txt
	tame attach evidence.txt -m "$text" --how "$text" --where "$text" --by "$text"
	tame attach --handover "$text" --item 1 --where "$text"
	tame run ransomware
	tame step 1 done --proof "$text" --by "$text"
	tame step 2 skip --reason "$text"
	tame step 3 assign "$text"
	tame step 3 note "$text"
	tame strike 2 -m "$text"
	tame amend 2 "$text" -m "$text"
}

show_everything() {
	tame status
	tame list
	tame log --all
	tame action --all
	tame step
	tame step 3
	tame undo --dry-run
	tame close
	tame phase
	tame use 2
	tame
	tame verify
	tame doctor
	tame report -f md -o -
	tame report -o -
	tame_on_terminal status
	tame_on_terminal log --all
	tame_on_terminal list
	tame_on_terminal step 3
	sound
}

@test "control characters, escapes and turned text do nothing on any screen or in any file" {
	poison "$ALL"
	show_everything
	"$BEFFROI" log --all --json | jq -e . >/dev/null
	"$BEFFROI" report -f json -o - | jq -e . >/dev/null
	"$BEFFROI" log --all --json >out
	not env LC_ALL=C grep -qa $'\033' out
	# It was stored as typed, not changed.
	[ "$("$BEFFROI" log --all --json | jq -r 'select(.kind == "decision.taken") | .body.choice')" = "$ALL" ]
}

@test "with colours, the only escapes are our own colours" {
	poison "$ALL"
	"$BEFFROI" --color always log --all | sed 's/\x1b\[[0-9;]*m//g' >out
	harmless out
	"$BEFFROI" --color always status | sed 's/\x1b\[[0-9;]*m//g' >out
	harmless out
}

@test "HTML in a text is text in the report" {
	poison "$HTML"
	show_everything
	"$BEFFROI" report -o r.html --overwrite >/dev/null 2>&1
	not grep -qiE '<(script|img|a |iframe|object|embed|form|link|base)' r.html
	[ "$(grep -o '<svg' r.html | wc -l)" -eq "$(grep -o '<svg role="img"' r.html | wc -l)" ]
	[ "$(grep -o '</style>' r.html | wc -l)" -eq 1 ]
	grep -q '&lt;script&gt;alert(1)&lt;/script&gt;' r.html
	if command -v xmllint >/dev/null; then
		[ "$(xmllint --html --xpath 'count(//script | //img | //iframe | //a | //@onerror | //@onload | //@href | //@src)' r.html 2>/dev/null)" = 0 ]
		[ "$(xmllint --html --xpath 'count(//table)' r.html 2>/dev/null)" -ge 5 ]
		[ "$(xmllint --html --xpath 'count(//title) - count(//svg)' r.html 2>/dev/null)" = 1 ]
	fi
	if command -v python3 >/dev/null; then
		python3 - r.html <<-'P'
			import html.parser, sys
			void = {"meta", "br", "line", "rect", "circle", "path"}
			class Reader(html.parser.HTMLParser):
			    open = []
			    def handle_starttag(self, tag, attributes):
			        assert tag not in ("script", "img", "a", "iframe"), tag
			        assert not any(name.startswith("on") for name, _ in attributes), attributes
			        if tag not in void:
			            self.open.append(tag)
			    def handle_startendtag(self, tag, attributes):
			        assert tag in void, tag
			    def handle_endtag(self, tag):
			        assert self.open and self.open.pop() == tag, (tag, self.open)
			reader = Reader()
			reader.feed(open(sys.argv[1], encoding="utf-8").read())
			assert not reader.open, reader.open
		P
	fi
}

@test "Markdown and HTML in a text are text in the Markdown report" {
	poison "$MARKS $HTML"
	"$BEFFROI" report -f md -o r.md >/dev/null 2>&1
	not grep -q '<' r.md
	not grep -qP '(?<!\\)\[x\]\(' r.md
	not grep -qP '(?<!\\)!\\?\[y' r.md
	not grep -qP '(?<!\\)`c' r.md
	"$BEFFROI" note 'see http://evil.example/x and WWW.evil.example' >/dev/null
	"$BEFFROI" report -f md -o links.md >/dev/null 2>&1
	grep -qF 'see http\://evil.example/x and WWW\.evil.example' links.md
	not grep -qiE '(https?|ftp)://|www\.' links.md
	# Every row of a table has the columns of its head: no bar of the text counts.
	sed 's/\\|//g' r.md | awk -F'|' '
		/^\|/ { if (!columns) columns = NF; if (NF != columns) { print "row of " NF ": " $0; bad = 1 } next }
		{ columns = 0 }
		END { exit bad }'
}

@test "a formula in the CSV is a text" {
	local text
	poison "$FORMULA"
	for text in "$FORMULA" '+1+cmd|x' '-2+3' '@SUM(A1)' $'\t=1+1' '|calc' '%0A=1'; do
		ok note -- "$text"
	done
	"$BEFFROI" log --all -f csv >log.csv
	sed '1s/^\xef\xbb\xbf//; s/\r$//' log.csv >out
	harmless out
	not grep -qP '(^|;)"?[=+\-@\t|%]' out
	grep -q "'=cmd|'/C calc'!A0" out
	[ "$(awk 'END { print NR }' out)" -eq "$("$BEFFROI" log --all --json | awk 'END { print NR + 1 }')" ]
}

@test "a note as long as an entry may be is recorded, one byte more is refused and kept" {
	head -c 262144 /dev/zero | tr '\0' a >most.txt
	{ cat most.txt; printf b; } >more.txt
	head -c 1048576 /dev/zero | tr '\0' c >million.txt
	incident
	"$BEFFROI" note - <most.txt >out
	[ "$("$BEFFROI" log --json | jq -r 'select(.number == 2) | .body.text | length')" = 262144 ]
	for file in more.txt million.txt; do
		run --separate-stderr "$BEFFROI" note - <"$file"
		is_refused 2 'an entry holds at most 262144' 'beffroi attach FILE'
		draft=$(grep -o '/[^ ]*/drafts/[0-9.]*' <<<"$stderr")
		cmp "$draft" "$file"
		ok attach "$file"
	done
	[ "$(entries)" -eq 4 ]
	tame log
	tame report -o -
	tame report -f md -o -
	"$BEFFROI" log -f csv >out
	[ "$(awk 'END { print NR }' out)" -eq 5 ]
	sound
}

@test "what is not UTF-8, or holds a NUL, is refused with the place of the fault" {
	incident
	printf 'abc\xff' >bad
	run --separate-stderr "$BEFFROI" note - <bad
	is_refused 2 'not UTF-8 text (byte 4)' 'beffroi attach FILE'
	printf 'ab\0c' >bad
	run --separate-stderr "$BEFFROI" note - <bad
	is_refused 2 'not UTF-8 text (byte 3)' 'beffroi attach FILE'
	local bytes
	for bytes in $'\xc0\xaf' $'\xed\xa0\x80' $'\xf4\x90\x80\x80' $'\xe2\x80' $'\x80'; do
		refused 2 'not UTF-8 text (byte 1)' '' note "$bytes"
		refused 2 'not UTF-8 text' '' decide x --reason "$bytes"
		refused 2 'not UTF-8 text' '' action x --for "$bytes"
		refused 2 'not UTF-8 text' '' note x --by "$bytes"
	done
	printf 'good line\nbad \xff line\nlast line\n' >mixed
	run --separate-stderr "$BEFFROI" note --continuous <mixed
	[ "$status" -eq 2 ]
	[ "$("$BEFFROI" log --json | grep -c 'good line')" -eq 1 ]
	[ "$("$BEFFROI" log --all --json | jq -r '.body.text // ""' | grep -c 'bad')" -eq 0 ]
	sound
}

@test "a text of ten thousand combining marks or of the widest characters is recorded" {
	incident
	{ printf a; printf '\xcc\x81%.0s' $(seq 10000); } | "$BEFFROI" note -
	printf '\xf0\x9f\x91\xa9\xe2\x80\x8d%.0s' $(seq 1000) | "$BEFFROI" note -
	printf '\xe4\xb8\xad%.0s' $(seq 3000) | "$BEFFROI" note -
	tame log
	tame_on_terminal log
	tame report -o -
	sound
}

@test "a hostile word is tamed in every message of refusal" {
	local words
	incident
	tame "$ALL"
	for words in note status log list use open phase run step playbook help alert undo strike amend action attach decide; do
		tame "$words" "--$ALL"
		tame "$words" -i "$ALL"
		tame "$words" --lang "$ALL"
		tame "$words" --color "$ALL"
	done
	tame note x -t "$CONTROL"
	tame note x -k "$CONTROL"
	tame phase "$ALL"
	tame use "$ALL"
	tame run "$ALL"
	tame run "./$ALL.json"
	tame help "$ALL"
	tame log -k "$ALL"
	tame log -f "$ALL"
	tame report "$ALL"
	tame report -f "$ALL"
	tame report -o "absent/$CONTROL"
	tame attach "$CONTROL"
	tame alert test "$ALL"
	tame verify --head "$ALL"
	tame action 1 "$ALL"
	tame step 1 "$ALL"
	tame undo "$ALL"
	tame --base "$PLACE/$CONTROL" status
	tame --role "$ALL" status
}

@test "a hostile author's name becomes a handle" {
	BEFFROI_AUTHOR="$ALL" incident
	BEFFROI_AUTHOR="../../x" ok note x
	BEFFROI_AUTHOR=$'\xff\xfe' ok note x
	tame log --all
	"$BEFFROI" log --json | jq -r .author | while read -r author; do [[ $author =~ ^[a-z0-9._-]+$ ]]; done
}

@test "whatever a destination answers does nothing" {
	local path
	incident
	hook
	port=$(cat "$PLACE/port")
	: >"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
	for path in 'text/%1b%5b31mred%1b%5d0;t%07%c2%9b' 'text/%e2%80%ae%0aINC-1%0a' huge garbage binary echo redirect truncated \
		hints-only 'status/500' 'status/999' 'retry-after/%1b%5b31m'; do
		destination "$(tr -dc a-z <<<"${path%%/*}")$((++n))" "http://127.0.0.1:$port/$path"
	done
	tame alert test
	tame alert "$ALL"
	tame alert queue --all
	tame_on_terminal alert queue --all
	tame log --all
	tame report -f md -o -
	tame report -o -
	not grep -rqa SECRETSECRET out err "$BEFFROI_BASE"
	sound
}

# A playbook that can be run, changed by a jq program, checked and shown.
playbook_with() {
	"$BEFFROI" playbook show ransomware --json | jq --arg bad "<b>$CONTROL$HIGH$TURNED" ".document | $1" >bad.json
}

@test "a playbook full of escapes is shown, run and reported harmlessly" {
	playbook_with '(.. | strings | select(test("^(start|action|end|parallel|if-condition|playbook|extension|cacao|identity|marking|20|P|organization)") | not)) |= . + $bad
		| .playbook_extensions[].key = "nasty" + $bad | .playbook_extensions[].aliases = ["nasty"]'
	tame playbook check ./bad.json
	incident
	mkdir -p "$BEFFROI_BASE/playbooks"
	cp bad.json "$BEFFROI_BASE/playbooks"
	tame playbook
	tame playbook show nasty
	tame run nasty
	grep -q step out || { cat out err; return 1; }
	printf 'd\nv\n?\n<\n2\nx\nwhy\n' >keys
	"$BEFFROI" run nasty <keys >out 2>err
	harmless out err
	printf '%s\n' d d d v >keys
	NO_COLOR=1 script -qec "$BEFFROI run nasty" /dev/null <keys | sed 's/\r*$//; s/\x04\|\x08//g; s/\^D//' >out
	harmless out
	for n in $(seq 5 15); do "$BEFFROI" step "$n" done >/dev/null 2>&1 || true; done
	tame step 16 done
	tame step
	tame status
	tame log --all
	tame close
	tame report -o -
	tame report -f md -o -
	COMP_LINE='beffroi run ' "$BEFFROI" completion >out
	sound
}

@test "a proof's prompt on a terminal is tamed too" {
	"$BEFFROI" playbook show ransomware --json | jq --arg bad "$CONTROL$HIGH$TURNED" '.document |
		(.. | objects | select(has("step_extensions")) | .step_extensions[].en.proof) = "proof" + $bad' >bad.json
	incident
	printf '%s\n' d mine q >keys
	NO_COLOR=1 script -qec "$BEFFROI run ./bad.json" /dev/null <keys | sed 's/\r*$//; s/\^D//; s/\x08//g' >out
	grep -q proof out
	harmless out
	sound
}

@test "a playbook that cannot be run is refused in one line" {
	incident
	nasty() {
		local code=0
		timeout 20 "$BEFFROI" playbook check ./bad.json >out 2>err || code=$?
		[ "$code" -eq "${2-2}" ] || { echo "status $code for $1"; cat out err; return 1; }
		harmless out
		[ "$(grep -c '^beffroi: bad.json' err)" -eq 1 ]
		harmless err
		code=0
		"$BEFFROI" run ./bad.json >out 2>err </dev/null || code=$?
		[ "$code" -eq "${2-2}" ]
	}
	# A loop, a pointer to nothing, a step that leads nowhere, one of an unknown type.
	playbook_with '.workflow_start as $s | (.workflow[] | select(.type == "action") | .on_completion) = $s'
	nasty loop
	playbook_with '(.workflow[] | select(.on_completion) | .on_completion) = "action--" + $bad'
	nasty pointer
	playbook_with '(.workflow[] | select(.type == "action")) |= del(.on_completion, .on_success)'
	nasty nowhere
	playbook_with '(.workflow[] | select(.type == "action") | .type) = "playbook-action" + $bad'
	nasty type
	playbook_with '.workflow_start = "start--nothing"'
	nasty start
	playbook_with '.workflow = []'
	nasty workflow
	playbook_with '.workflow |= with_entries(.value = 3)'
	nasty number
	playbook_with '.workflow = ([range(600) | {key: "action--\(.)", value: {type: "action"}}] | from_entries)'
	nasty many
	playbook_with '.spec_version = $bad'
	nasty version
	playbook_with '.id = 7'
	nasty id
	playbook_with '(.workflow[] | select(.type == "parallel") | .next_steps) = [range(50) | "x"]'
	nasty branches
	playbook_with '(.workflow[].step_extensions[]?.within) = "PT" + $bad'
	nasty duration
	# Too deep, too long, not even JSON.
	{ head -c 100000 /dev/zero | tr '\0' '['; } >bad.json
	nasty deep
	{ printf '{"a":"'; head -c 5000000 /dev/zero | tr '\0' a; printf '"}'; } >bad.json
	nasty long 4
	printf '{"type":"playbook","type":"playbook"\0}' >bad.json
	nasty nul
	printf '\xff\xfe{' >bad.json
	nasty bytes
	: >bad.json
	nasty empty
	[ "$(entries)" -eq 1 ]
	# One that is bad among ours hides none of the good ones.
	mkdir -p "$BEFFROI_BASE/playbooks"
	cp bad.json "$BEFFROI_BASE/playbooks"
	mkfifo "$BEFFROI_BASE/playbooks/pipe.json"
	run timeout 20 "$BEFFROI" playbook
	[ "$status" -eq 0 ]
	says ransomware
}

@test "a configuration full of escapes is refused harmlessly" {
	mkdir -p "$XDG_CONFIG_HOME/beffroi"
	local line
	for line in "$ALL" "zone = $ALL" "role = $ALL" "[destination.$ALL]" "lang=$ALL" "author = $ALL" "base = $ALL"; do
		printf '%s\n' "$line" >"$XDG_CONFIG_HOME/beffroi/beffroi.conf"
		tame status
	done
}
