#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
# Every shipped playbook against what no C test sees: the official CACAO 2.0 schemas and the schema
# of our extension.  The schemas are not ours: they are read beside the project when they are there.
bats_require_minimum_version 1.5.0

root=$BATS_TEST_DIRNAME/../..
schemas=$root/../shared/schemas

setup_file() {
	command -v node >/dev/null && command -v npm >/dev/null || return 0
	export AJV=$BATS_FILE_TMPDIR/ajv
	npm install --silent --no-audit --no-fund --prefix "$AJV" ajv >/dev/null 2>&1 || true
}

needs_ajv() {
	[ -d "${AJV:-/nowhere}/node_modules/ajv" ] || skip "node with ajv is not to be had here"
}

files() {
	find "$root/playbooks" -maxdepth 1 -name '*.json' ! -name '*.schema.json' | sort
}

@test "every shipped playbook satisfies the official CACAO 2.0 schemas" {
	needs_ajv
	[ -f "$schemas/validate-cacao.cjs" ] || skip "the CACAO schemas are not beside the project"
	files | NODE_PATH=$AJV/node_modules xargs node "$schemas/validate-cacao.cjs"
}

@test "every shipped playbook satisfies the schema of our extension" {
	needs_ajv
	files | NODE_PATH=$AJV/node_modules xargs node "$BATS_TEST_DIRNAME/extension.cjs" "$root/playbooks/extension.schema.json"
}

@test "texts, branches, sources and agents of every shipped playbook agree" {
	for file in $(files); do
		run jq -r -f "$BATS_TEST_DIRNAME/agree.jq" "$file"
		[ "$status" -eq 0 ]
		[ -z "$output" ] || { echo "$file: $output"; false; }
	done
}

@test "every shipped playbook is listed, shown in both languages and found good" {
	"$BEFFROI" playbook list --json | jq -e 'select(.key == "ransomware") | .steps >= 25' | grep -q true
	for lang in en fr; do
		run --separate-stderr "$BEFFROI" playbook show ransomware --lang $lang
		[ "$status" -eq 0 ]
		[ "$(grep -cE '^ *[0-9]+  ' <<<"$output")" -ge 25 ]
	done
}
