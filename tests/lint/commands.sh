#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every command of cmd/commands.def is run by a test of tests/e2e, under its English or French name.
cd "${1:-.}" || exit 2
failed=0
for name in $(sed -n 's/^BEF_CMD(\(.*\))$/\1/p' cmd/commands.def); do
	file=cmd/cmd_$name.c
	if [ ! -f "$file" ]; then
		echo "$name: no $file"
		failed=1
		continue
	fi
	names=$(sed -n 's/.*\.en = "\([a-z]*\)", \.fr = "\([a-z]*\)".*/\1|\2/p' "$file" | head -n 1)
	if [ -z "$names" ]; then
		echo "$file: no row with .en and .fr"
		failed=1
	elif ! cat tests/e2e/*.bats 2>/dev/null | grep -v '^[ 	]*#\|^@test' | grep -qE "(^|[ 	(\"'])($names)([ 	)\"']|\$)"; then
		echo "$name: no test of tests/e2e runs it"
		failed=1
	fi
done
[ -n "$(sed -n 's/^BEF_CMD(\(.*\))$/\1/p' cmd/commands.def)" ] || {
	echo "cmd/commands.def names no command"
	failed=1
}
exit $failed
