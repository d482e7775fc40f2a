#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every command of cmd/commands.def is run by a test of tests/e2e, under its English or French name.
cd "${1:-.}" || exit 2
failed=0
names=$(sed -n 's/^BEF_CMD(\(.*\))$/\1/p' cmd/commands.def)
for name in $names; do
	row=$(cat cmd/*.c | sed -n "/^const struct bef_cmd bef_cmd_$name = {/,/^}/"'s/.*\.en = "\([a-z]*\)", \.fr = "\([a-z]*\)".*/\1|\2/p')
	if [ -z "$row" ]; then
		echo "$name: no row with .en and .fr"
		failed=1
	elif ! cat tests/e2e/*.bats 2>/dev/null | grep -v '^[ 	]*#\|^@test' | grep -qE "(^|[ 	(\"'])($row)([ 	)\"']|\$)"; then
		echo "$name: no test of tests/e2e runs it"
		failed=1
	fi
done
[ -n "$names" ] || {
	echo "cmd/commands.def names no command"
	failed=1
}
exit $failed
