#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# How long functions are.  Printed; refused when half of them have more than 20 lines, or one more
# than 100.
if ! ctags --version 2>/dev/null | grep -q Universal; then
	echo "universal-ctags is not here"
	exit 77
fi
cd "${1:-.}" || exit 2
find cmd core -name '*.c' | sort |
	ctags -L - -f - --languages=C --kinds-C=f --fields=+ne --sort=no 2>/dev/null |
	awk -F '\t' '{
		start = end = 0
		for (i = 4; i <= NF; i++) {
			if ($i ~ /^line:/) start = substr($i, 6)
			if ($i ~ /^end:/) end = substr($i, 5)
		}
		if (start && end) print end - start + 1, $2 ":" start ": " $1
	}' | sort -n | awk '
	{ len[NR] = $1; what[NR] = $2 " " $3 }
	END {
		if (NR == 0) { print "no function found"; exit 1 }
		half = len[int((NR + 1) / 2)]
		printf "%d functions; lines: median %d, 95 %% at most %d, longest %d (%s)\n", NR, half,
			len[int(NR * 0.95 + 0.5)], len[NR], what[NR]
		for (i = 1; i <= NR; i++)
			if (len[i] > 100) { print what[i] ": " len[i] " lines"; failed = 1 }
		if (half > 20) { print "half of the functions have more than 20 lines"; failed = 1 }
		exit failed
	}'
