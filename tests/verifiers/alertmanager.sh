#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# A real Alertmanager takes our alerts, knows a repeat for one, and lets the all-clear resolve them all.
set -u
for tool in prometheus-alertmanager curl jq; do
	command -v $tool >/dev/null || {
		echo "skip: $tool is not here"
		exit 77
	}
done
tmp=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
failed=0
fail() {
	echo "not ok: $*"
	failed=1
}

port=$((20000 + $$ % 20000))
url=http://127.0.0.1:$port
printf 'route:\n  receiver: nobody\nreceivers:\n  - name: nobody\n' >"$tmp/config.yml"
prometheus-alertmanager --config.file="$tmp/config.yml" --storage.path="$tmp/data" --web.listen-address=127.0.0.1:$port \
	--cluster.listen-address= >"$tmp/log" 2>&1 &
pid=$!
for _ in $(seq 50); do
	curl -sf --noproxy '*' "$url/-/ready" >/dev/null && break
	sleep 0.2
done

# post KIND [OPTION...]: as it leaves
post() {
	"$RENDER" alertmanager fr "$@" now="$(date +%s)" url="$url" >"$tmp/request" || return 1
	jq -j .body "$tmp/request" >"$tmp/body"
	code=$(curl -s --noproxy '*' -o "$tmp/answer" -w '%{http_code}' -H "$(jq -r '.headers[0]' "$tmp/request")" \
		--data-binary @"$tmp/body" "$(jq -r .url "$tmp/request")")
	[ "$code" = 200 ] || fail "$*: $code $(head -c 300 "$tmp/answer")"
}

# names: what burns, by name
names() {
	curl -s --noproxy '*' "$url/api/v2/alerts" | jq -r '[.[].labels.alertname] | sort | join(" ")'
}
burns() {
	[ "$(names)" = "$1" ] || fail "after $2: '$(names)' burns instead of '$1'"
}

post opened
burns beffroi_incident opened
post opened
burns beffroi_incident 'the same again'
post crisis
burns beffroi_incident crisis
curl -s --noproxy '*' "$url/api/v2/alerts" | jq -e '.[0].annotations.summary | startswith("[CRISE] INC-2026-001 #7")' >/dev/null ||
	fail "the newest annotations are not shown"
for kind in severity overdue deadline missed review sitrep degraded message correction; do
	post "$kind"
done
burns 'beffroi_deadline beffroi_degraded beffroi_incident beffroi_missed beffroi_overdue beffroi_review' 'every kind'
post test
post crisis reach=2
post crisis reach=1
post all-clear
post all-clear reach=1
sleep 2
burns beffroi_test all-clear
grep -q 'level=error' "$tmp/log" && fail "$(grep 'level=error' "$tmp/log" | head -n 3)"
[ $failed -eq 1 ] || echo "posted, repeated, resolved"
exit $failed
