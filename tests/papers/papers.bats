#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# The papers as data: their schema, and what no schema says: sources, questions and rules that exist,
# words that name one thing only, both languages alike.
bats_require_minimum_version 1.5.0

root=$BATS_TEST_DIRNAME/../..
papers=$root/playbooks/papers

setup_file() {
	command -v node >/dev/null && command -v npm >/dev/null || return 0
	export AJV=$BATS_FILE_TMPDIR/ajv
	npm install --silent --no-audit --no-fund --prefix "$AJV" ajv >/dev/null 2>&1 || true
}

setup() {
	export HOME=$BATS_TEST_TMPDIR BEFFROI_BASE=$BATS_TEST_TMPDIR/base BEFFROI_AUTHOR=lea LC_ALL=C
	unset LANGUAGE LC_MESSAGES LANG BEFFROI_LANG
}

files() {
	find "$papers" -name '*.json' ! -name '*.schema.json' | sort
}

# none FILTER ARGUMENTS...: the filter finds nothing to say of any paper
none() {
	local said
	said=$(files | xargs jq -r "$@")
	[ -z "$said" ] || { echo "$said"; return 1; }
}

# The names in the program's table, with ":" where something follows.
sources() {
	sed -n 's/^	{ "\([a-z-]*\)", \(true\|false\), .*/\1 \2/p' "$root/core/report/paper_source.c" |
		sed 's/ true$/:/; s/ false$//'
}

rules() {
	jq -r '.rules[]?.id' "$root"/playbooks/regimes/*.json
}

as_list() {
	jq -R . | jq -sc .
}

@test "every paper satisfies the schema" {
	[ -d "${AJV:-/nowhere}/node_modules/ajv" ] || skip "node with ajv is not to be had here"
	files | NODE_PATH=$AJV/node_modules xargs node "$BATS_TEST_DIRNAME/schema.cjs" "$papers/paper.schema.json"
	# and the schema is closed
	jq '.more = 1' "$papers/cnil.json" >"$BATS_TEST_TMPDIR/more.json"
	jq '.fields[0].more = 1' "$papers/cnil.json" >"$BATS_TEST_TMPDIR/field.json"
	for file in more field; do
		NODE_PATH=$AJV/node_modules run node "$BATS_TEST_DIRNAME/schema.cjs" "$papers/paper.schema.json" "$BATS_TEST_TMPDIR/$file.json"
		[ "$status" -eq 1 ]
	done
}

@test "every paper is embedded, listed, and named as its file" {
	local file
	for file in $(files); do
		[ "$(jq -r .paper "$file")" = "$(basename "$file" .json)" ]
		grep -q "\"$(basename "$file" .json)\")" "$root/core/report/papers.def" || { echo "$file is not embedded"; return 1; }
	done
	[ "$(files | wc -l)" -eq "$(grep -c '^BEF_PAPER' "$root/core/report/papers.def")" ]
	[ "$("$BEFFROI" report --list --json | jq -r 'select(.sort == "paper") | .document' | wc -l)" -eq "$(files | wc -l)" ]
}

@test "every source that a paper or the register names is in the program's table" {
	local table
	sources >"$BATS_TEST_TMPDIR/table"
	table=$(as_list <"$BATS_TEST_TMPDIR/table")
	[ "$(jq length <<<"$table")" -ge 30 ]
	none --argjson table "$table" '.paper as $p | .fields[] | .id as $id | .from[]? | split("|")[]
		| sub(":.*"; ":") | select(. as $s | $table | index($s) | not) | "\($p) \($id): \(.)"'
	# The register's, as written in C.
	local source
	for source in $(sed -n 's/.*, { \("[^}]*"\) }, .*/\1/p' "$root/core/report/register.c" | tr -d '" ' | tr ',|' '\n\n' | sed 's/:.*/:/'); do
		grep -qxF -e "$source" "$BATS_TEST_TMPDIR/table" || { echo "register: $source"; return 1; }
	done
}

@test "every question that a paper or the register names exists" {
	local facts
	facts=$(jq -c '[.facts[].id]' "$root/playbooks/regimes/facts.json")
	none --argjson facts "$facts" '.paper as $p | .fields[].from[]? | split("|")[] | select(test("^(fact|answer):"))
		| sub("^[a-z]*:"; "") | select(. as $f | $facts | index($f) | not) | "\($p): \(.)"'
	local fact
	for fact in $(grep -oE '(fact|answer):[a-z0-9-]+' "$root/core/report/register.c" | sed 's/.*://' | sort -u); do
		[[ $facts == *"\"$fact\""* ]] || { echo "register: $fact"; return 1; }
	done
}

@test "every rule that a paper names exists, and every paper that a rule names" {
	local known word
	known=$(rules | as_list)
	none --argjson rules "$known" '.paper as $p | (.rule | if type == "array" then .[] else . // empty end),
		(.fields[].from[]? | split("|")[] | select(test("^(sent|dismissed|deadline|because|clock):")) | sub("^[a-z]*:"; ""))
		| select(. as $r | $rules | index($r) | not) | "\($p): \(.)"'
	for word in $(grep -oE '(sent|dismissed|clock):[a-z0-9.-]+' "$root/core/report/register.c" | sed 's/.*://' | sort -u); do
		rules | grep -qx -- "$word" || { echo "register: $word"; return 1; }
	done
	for word in $(jq -r '.rules[]?.paper // empty' "$root"/playbooks/regimes/*.json | sort -u); do
		[ "$word" = register ] && continue
		run --separate-stderr "$BEFFROI" report "$word" -o -
		[[ $stderr != *"there is no report"* ]] || { echo "no paper for $word"; return 1; }
	done
}

@test "every instant that a paper names is one that people may date" {
	local known
	known=$(sed -n 's/^	{ "\([a-z0-9.-]*\)", N_(.*), \(DECIDED\|AWAITED\) },$/\1/p' "$root/core/model/law_event.c" | as_list)
	[ "$(jq length <<<"$known")" -ge 10 ]
	none --argjson known "$known" '.paper as $p | .fields[].from[]? | split("|")[] | select(test("^instant:"))
		| sub("^instant:"; "") | select(. as $i | $known | index($i) | not) | "\($p): \(.)"'
}

@test "a word names one paper, and none is that of another document" {
	local twice
	twice=$({
		printf '%s\n' full complet register registre
		files | xargs jq -r '[.paper, .word.en, .word.fr] + .also | unique[]'
	} | sort | uniq -d)
	[ -z "$twice" ] || { echo "$twice"; return 1; }
}

@test "fields have ids of their own, both languages, and French spaces" {
	none '.paper as $p | [.fields[].id] | group_by(.)[] | select(length > 1) | "\($p): \(.[0]) twice"'
	none '.paper as $p | .. | objects | select(has("en") or has("fr")) | select((.en and .fr | not) or .en == "" or .fr == "") | "\($p): \(.)"'
	# A space before ; : ? ! and », one after «; no English quotes left in the French.
	none '.paper as $p | .. | objects | .fr? // empty | select(test("[^ ][;?!»]|[A-Za-zé]:[ ]|«[^ ]|[“”]")) | "\($p): \(.)"'
}

@test "the help of the command names every document in both languages, and where the papers are" {
	local lang word help
	for lang in en fr; do
		help=$("$BEFFROI" report -h --lang $lang | tr '\n' ' ')
		for word in $("$BEFFROI" report --list --json --lang $lang | jq -r 'select(.sort != "paper") | .document'); do
			[[ $help == *"$word"* ]] || { echo "$lang: $word"; return 1; }
		done
		[[ $help == *--list* ]]
	done
}
