#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# A small session at fixed times, and what the program makes of it for machines
# and for readers, word for word.  Digests and UUIDs are numbered as they come.
# `sh tests/golden/update` writes the files again.

load lib

GOLDEN=$BATS_TEST_DIRNAME/../golden

# One command, a minute after the one before.
step() {
	later 1 minute
	"$BEFFROI" "$@" >/dev/null 2>said </dev/null || { echo "$*"; cat said; return 1; }
}

setup() {
	fresh
	needs_clock
	hook
	printf 'pay us\n' >ransom.txt
	step open 'Fichiers chiffrés' --at 6:12 --type outage --severity 2 --reported-by Marc --summary $'Two lines\nof summary'
	step note 'Extension .locked' --by Marc --at 6:20
	step note '<b>HTML</b> | "quotes"; *stars* & =1+1'
	step run "$BATS_TEST_DIRNAME/../cases/small.json"
	step step 1 done
	step step 2 fail --reason 'locked door'
	step step 3 done --by karim
	step step 4 yes
	step step 5 assign claire
	step decide 'Cut the Internet' --question 'What now?' --rejected Wait --rejected Pray --reason spreading --review +2h --by anne
	step decide 'Reconnect' --supersedes D1
	step action 'Restore payroll' --for karim --before 13:00 --priority 1
	step action 'Call the insurer' --after 1
	step action 1 failed --reason 'no backup'
	step attach ransom.txt --where PC-3 --how 'by hand' --reason 'the note'
	step attach --handover 'Gendarmerie, M. Petit' --item 1
	step alert 'Do not switch any computer on' --level critical
	step phase containment
	step phase crisis --reason 'production stopped' --by anne
	step note 'a cost' --amount 1200,50
	step note 'wrong line'
	step strike 26 --reason mistake
	step amend 4 'Extension .lock' --reason typo
	step note 'to be erased'
	step strike 29 --erase --reason password --yes
	step note 'to be undone'
	step undo
	step qualify --severity 3 --aware 6:40
	later 1 minute
}

# golden NAME: what is on standard input is what the file of this name holds
golden() {
	sed "s,$PLACE,/place,g; s,http://127.0.0.1:[0-9]*,http://hook,g; s/(beffroi [0-9][0-9.]*)/(beffroi VERSION)/" | normal >"$BATS_TEST_TMPDIR/$1"
	if [ -n "${GOLDEN_UPDATE-}" ]; then
		cp "$BATS_TEST_TMPDIR/$1" "$GOLDEN/$1"
	else
		diff -u "$GOLDEN/$1" "$BATS_TEST_TMPDIR/$1"
	fi
}

@test "the JSON of every view is what it was" {
	"$BEFFROI" report -f json -o - | jq . | golden case.json
	"$BEFFROI" log --all --json | golden log.json
	"$BEFFROI" status --json | golden status.json
	"$BEFFROI" step --json | golden step.json
	"$BEFFROI" action --all --json | golden action.json
	"$BEFFROI" list --all --json | golden list.json
	"$BEFFROI" phase --json | golden phase.json
	"$BEFFROI" alert queue --all --json | golden queue.json
	"$BEFFROI" verify --json | golden verify.json
	"$BEFFROI" note 'one more' --json | golden done.json
	BEFFROI_LANG=fr "$BEFFROI" log --all --json | head -n -1 | golden log.json
}

@test "the reports are what they were, in both languages" {
	"$BEFFROI" report -f md -o - | golden report.en.md
	"$BEFFROI" report -o - | golden report.en.html
	"$BEFFROI" report -f md -o - --lang fr | golden report.fr.md
	"$BEFFROI" report -o - --lang fr | golden report.fr.html
}

@test "the log as CSV is what it was, in both languages" {
	"$BEFFROI" log --all -f csv | golden log.en.csv
	"$BEFFROI" log --all -f csv --lang fr | golden log.fr.csv
}

@test "what leaves for a webhook is what it was" {
	request_body "$PLACE/kept/000001.req" | jq . | golden alert.json
	sed -n '1,/^\r*$/p' "$PLACE/kept/000001.req" | tr -d '\r' |
		sed 's/^\(webhook-signature: v1,\).*/\1…/; s/^\(Content-Length: \).*/\1…/; s/^\(Host: \).*/\1…/; s/^\(User-Agent: [a-z-]*\).*/\1/' |
		sed 's/msg_[0-9a-f]*/msg_…/' | sed '$d' | golden alert.headers
}

@test "no file of the folder is left over" {
	local file
	for file in "$GOLDEN"/*.*; do
		grep -q "golden ${file##*/}\$" "$BATS_TEST_FILENAME" || { echo "nothing makes $file"; return 1; }
	done
}
