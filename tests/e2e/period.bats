#!/usr/bin/env bats
# SPDX-License-Identifier: EUPL-1.2

load lib

setup() {
	fresh
	needs_clock
	at 2025-03-10T08:00:00Z
	ok open 'First' --type ransomware --severity 3 --at 7:00
	later 1 hour
	ok action 'Late one' --before +1h
	ok note expert --amount 1200,50
	later 5 hours
	ok phase containment
	later 3 hours
	ok phase recovery
	later 1 day
	ok close --reason over --despite
	at 2025-10-31T22:30:00Z # 23:30 in Paris
	ok open 'Second' --type ransomware
	at 2025-10-31T23:30:00Z # 1 November there
	ok open 'Third' --type outage
	ok note lawyer --amount 10
	ok open 'Trained' --drill
	at 2025-11-03T05:25:00Z
}

period() {
	"$BEFFROI" report period -f json -o - "$@"
}

@test "a period counts its incidents by type, severity and month of the zone, exercises apart" {
	period >p.json
	[ "$(jq -c '[.incidents, .open, .drills, .cost_cents]' p.json)" = '[3,2,1,121050]' ]
	[ "$(jq -c '.by_type | map([.type, .incidents, .cost_cents])' p.json)" = '[["ransomware",2,120050],["outage",1,1000]]' ]
	[ "$(jq -c '.by_month | map([.month, .incidents])' p.json)" = '[["2025-03",1],["2025-10",1],["2025-11",1]]' ]
	[ "$(jq -c '.by_late | map([.late, .with_due_time, .overdue])' p.json)" = '[["action",1,1]]' ]
}

@test "delays are a median that occurred, the worst, and how many" {
	period >p.json
	[ "$(jq -c '.by_delay[] | select(.delay == "detected-contained") | [.count, .median_ms, .worst_ms, .worst_in]' p.json)" = '[1,39600000,39600000,"INC-2025-001"]' ]
	# Nobody dated the first sign of the others: their delay is unknown, not nothing.
	[ "$(jq -c '.by_delay[] | select(.delay == "detected-opened") | [.count, .median_ms, .worst_ms]' p.json)" = '[1,7200000,7200000]' ]
}

@test "the period is a month, a year, or between two days, the last included" {
	[ "$(period --month 2025-10 | jq .incidents)" = 1 ]
	[ "$(period --month 2025-11 | jq .incidents)" = 1 ]
	[ "$(period --year 2025 | jq .incidents)" = 3 ]
	[ "$(period --year 2024 | jq .incidents)" = 0 ]
	[ "$(period --from 2025-10-31 --to 2025-10-31 | jq .incidents)" = 1 ]
	[ "$(period --du 31/10/2025 --au 01/11/2025 | jq .incidents)" = 2 ]
	refused 2 "not a month: '2025-13'" '--month 2025-11' report period --month 2025-13
	refused 2 "not a year: 'x'" '--year 2025' report period --year x
	refused 2 'ends before it begins' '' report period --from 2025-11-02 --to 2025-10-01
	refused 2 'not understood' 'a day' report period --from whenever
	refused 2 "'xls'" 'csv-intl' report period -f xls
}

@test "causes and services that come back are counted over a period" {
	ok --incident INC-2025-002 qualify --cause phishing --reason 'the mail of Monday'
	ok --incident INC-2025-003 qualify --cause hameçonnage
	ok --incident INC-2025-002 asset add ERP --type service --status down --rto 1h -t -3h
	ok --incident INC-2025-003 asset add erp --type service --status down -t -2h
	period >p.json
	[ "$(jq -c '.by_cause | map([.cause, .incidents, .cost_cents])' p.json)" = '[["phishing",2,1000],["not-said",1,120050]]' ]
	[ "$(jq -c '.by_service | map([.service, .incidents, .total_ms, .rto_missed])' p.json)" = '[["erp",2,18000000,1]]' ]
	ok report period -f md -o -
	says '| phishing or deceit | 2 | 10.00 |' '| erp | 2 | 5 h 00 | 1 | 0 |'
	ok --incident INC-2025-002 report board -f md -o -
	says 'phishing or deceit: the mail of Monday'
}

@test "a period is written in every form, with plots where pictures are" {
	ok report period
	says report-period.html
	[ "$(grep -c '<svg' report-period.html)" -eq 4 ]
	grep -q '<rect fill="#0b5cad"' report-period.html
	ok rapport periode -f md -o - --langue fr
	says 'Par type' rançongiciel '1200,50' 'Aucune durée'
	ok report period -f csv -o -
	says '"By type";"ransomware";"EUR";1200,50;"EUR"'
	ok report period -f csv-intl -o -
	says '"By type","ransomware","EUR",1200.50,"EUR"'
	ok report period -f json -o -
	is_json period
	dry report period -o other.html
	[ ! -e other.html ]
}
