#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2
#
# Lists of an incident for a spreadsheet.

load lib

setup() {
	fresh
	needs_clock
	at 2025-11-03T06:00:00Z
	incident
	ok note '=HYPERLINK("http://evil";"click")' --amount 1200,50
	ok note 'expert; two "days"' --amount 10 --at 6:30
	ok asset add ERP --type service --status down --rto 4h -t 6:30
	ok observable add 'hxxp://evil[.]example/a?b=1' --source '@proxy'
	printf 'pay us\n' >note.txt
	ok attach note.txt --where PC-3
}

# The cells of row $1 as JSON, read as RFC 4180 says: a quote in quotes is written twice.
row() {
	sed '1s/^\xef\xbb\xbf//' sheet.csv | awk -v n="$1" -v separator="${2:-;}" '
		NR == n + 1 {
			sub(/\r$/, "")
			for (i = 1; i <= length($0); i++) {
				c = substr($0, i, 1)
				if (quoted && c == "\"" && substr($0, i + 1, 1) == "\"") {
					printf "\""
					i++
				} else if (c == "\"")
					quoted = !quoted
				else
					printf "%s", c == separator && !quoted ? "\037" : c
			}
			print ""
		}' | jq -Rc 'split("\u001f")'
}

# rows: all have as many cells
rows() {
	local n cells=
	for ((n = 0; n < $(wc -l <sheet.csv); n++)); do
		[ "${cells:-$(row $n | jq length)}" = "$(row $n | jq length)" ]
		cells=$(row $n | jq length)
	done
}

@test "costs in the order of time, formulas made text, numbers that add up" {
	ok report costs -o sheet.csv
	[ "$(row 0)" = '["Incident","Marking","When","What","EUR","Author","Entry"]' ]
	rows
	[ "$(row 1 | jq -c '[.[0], .[1], .[3], .[4], .[6]]')" = '["INC-2025-001","TLP:AMBER","expert; two \"days\"","10,00","3"]' ]
	[ "$(row 2 | jq -r '.[3]')" = "'=HYPERLINK(\"http://evil\";\"click\")" ]
	grep -q ';1200,50;' sheet.csv
	ok report costs -f csv-intl -o sheet.csv --overwrite
	[ "$(row 2 , | jq -r '.[4]')" = 1200.50 ]
	[ "$(head -c 3 sheet.csv)" = '"In' ]
}

@test "assets, observables, evidence and deadlines are lists too" {
	ok deadline answer attack=yes cyber-insurance=yes personal-data=yes
	ok report assets -o sheet.csv
	[ "$(row 1 | jq -c '[.[2], .[3], .[4], .[5], .[8], .[10], .[11]]')" = '["S1","ERP","service","out of service","2025-11-03 06:30:00 +01:00","0,50","4,00"]' ]
	ok report observables -o sheet.csv --overwrite
	[ "$(row 1 | jq -c '[.[2], .[4], .[9]]')" = '["O1","hxxp://evil[.]example/a?b=1","'"'"'@proxy"]' ]
	ok report evidence -o sheet.csv --overwrite
	[ "$(row 1 | jq -c '[.[2], .[3], .[4], .[5], .[8]]')" = "[\"1\",\"note.txt\",\"7\",\"$(sha256sum <note.txt | cut -c1-64)\",\"PC-3\"]" ]
	ok report deadlines -o sheet.csv --overwrite
	rows
	[ "$("$BEFFROI" deadline --json --all | jq -sr 'map(.rule) | sort | join(" ")')" = \
		"$(for ((n = 1; n < $(wc -l <sheet.csv); n++)); do row $n | jq -r '.[2]'; done | sort | tr '\n' ' ' | sed 's/ $//')" ]
}

@test "a list in French, its file named after it, an exercise marked in each row" {
	ok open Essai --drill
	ok note 'un café' --amount 2
	export BEFFROI_LANG=fr
	ok rapport couts
	[ -e EXERCICE-INC-2025-002-couts.csv ]
	mv EXERCICE-INC-2025-002-couts.csv sheet.csv
	[ "$(row 1 | jq -c '[.[1], .[3]]')" = '["EXERCICE, TLP:AMBER","un café"]' ]
	ok rapport --liste
	says 'couts  ' 'echeances  ' 'Actifs touchés, pour un tableur'
}

@test "what a list is not is refused, an empty one has its heading" {
	refused 2 "unknown format 'xls'" 'csv, csv-intl' report costs -f xls
	refused 2 'is whole' '' report costs --anonymous
	ok open 'Second'
	local list
	for list in costs deadlines assets observables evidence; do
		ok report $list -o -
		[ "$(wc -l <<<"$output")" -eq 1 ]
	done
	[ "$("$BEFFROI" report --list --json | jq -r 'select(.sort == "sheet") | .document' | tr '\n' ' ')" = 'costs deadlines assets observables evidence ' ]
}
