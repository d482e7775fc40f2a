#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Calls that are nowhere in cmd/ and core/, and those that are not in core/ (which neither prints, nor
# ends the program, nor reads the wall clock: it is told the time).
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-.}" || exit 2

# Places where a call is right, with the reason.
allowed() {
	# SQLite itself wrote these numbers, from 32-bit fields.
	grep -v '^core/store/store\.c:[0-9]*: atoi$' |
		# What is one for the whole process is set by the floor that knows of it.
		grep -v '^core/base/date\.c:[0-9]*: putenv$' |
		grep -v '^core/base/utf8\.c:[0-9]*: setlocale$'
}

find cmd core -name '*.[ch]' | sort | xargs awk -f "$here/code.awk" /dev/null | awk '
BEGIN {
	everywhere = " gets sprintf vsprintf strtok system popen alloca tmpnam tempnam mktemp rand srand ctime asctime" \
		" gmtime localtime scanf fscanf vfork wordexp longjmp setjmp atoi atol atoll atof "
	in_core = " printf fprintf vprintf vfprintf puts fputs putchar fputc putc perror psignal exit _exit quick_exit" \
		" abort assert time gettimeofday setenv putenv unsetenv setlocale signal err errx warn warnx "
}
{
	at = $0
	sub(/:[^:]*$/, "", at)
	split($0, part, ":")
	at = part[1] ":" part[2]
	core = part[1] ~ /^core\//
	rest = substr($0, length(at) + 2)
	if (core && rest ~ /CLOCK_REALTIME/)
		print at ": CLOCK_REALTIME"
	while (match(rest, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
		name = substr(rest, RSTART, RLENGTH)
		sub(/[ \t]*\($/, "", name)
		before = RSTART > 1 ? substr(rest, RSTART - 1, 1) : ""
		rest = substr(rest, RSTART + RLENGTH)
		if (before == "." || before == ">")
			continue # a member
		if (index(everywhere, " " name " ") || (core && index(in_core, " " name " ")))
			print at ": " name
		# Only a constant is copied without its length.
		if ((name == "strcpy" || name == "strcat") && rest !~ /^[^,]*, *""\)/)
			print at ": " name " of what is not a constant"
	}
}' | allowed | {
	failed=0
	while IFS= read -r line; do
		printf '%s\n' "$line"
		failed=1
	done
	exit $failed
}
