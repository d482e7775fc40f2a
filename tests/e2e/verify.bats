#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	incident
	"$BEFFROI" note one >/dev/null
	"$BEFFROI" note two >/dev/null
}

@test "a sound journal says so" {
	ok verify
	says 'Sound:' 'chain whole'
	silent
	ok vérifier --toutes
	ok verify --json
	is_json verdict
	[ "$(field .sound)" = true ]
}

@test "a head that was written down is still there, or the end was cut off" {
	local head
	head=$("$BEFFROI" status | sed -n 's/.*head \([0-9A-F-]*\).*/\1/p')
	ok note three
	ok verify --head "$head"
	ok vérifier --tête "$(tr 'A-F' 'a-f' <<<"$head" | tr -d -)"
	refused 2 "'nonsense' is not a head" '7F3A-' verify --head nonsense
	bef verify --head 0000-0000-0000-0000-0000
	[ "$status" -eq 5 ]
	talks 'BROKEN' 'cut off'
}

@test "an older copy put back is noticed by the account that saw more" {
	cp -r "$BEFFROI_BASE" "$PLACE/older"
	ok note three
	rm -r "$BEFFROI_BASE"
	mv "$PLACE/older" "$BEFFROI_BASE"
	bef verify
	[ "$status" -eq 5 ]
	talks 'which is gone' 'older copy'
}

@test "a journal changed in the file is broken at the entry that was changed" {
	command -v sqlite3 >/dev/null || skip "sqlite3 is not here"
	sqlite3 "$BEFFROI_BASE/beffroi.db" "select name from sqlite_master where type = 'trigger'" |
		while read -r name; do sqlite3 "$BEFFROI_BASE/beffroi.db" "drop trigger $name"; done
	table=$(sqlite3 "$BEFFROI_BASE/beffroi.db" \
		"select m.name from sqlite_master m join pragma_table_info(m.name) c on c.name = 'body' where m.type = 'table' limit 1")
	sqlite3 "$BEFFROI_BASE/beffroi.db" \
		"update $table set body = replace(body, '\"two\"', '\"TWO\"') where instr(body, '\"two\"')"
	bef verify
	[ "$status" -eq 5 ]
	talks 'BROKEN'
	bef verify --json
	[ "$status" -eq 5 ]
	[ "$(field .sound)" = false ]
}

@test "without a journal there is nothing to verify" {
	BEFFROI_BASE=$PLACE/elsewhere refused 3 'there is no journal' 'beffroi open' verify
	refused 2 "'y' is a word too many" 'beffroi help verify' verify x y
}
