#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Includes only go down: base < model < store, alert, report < act < cmd; neighbours do not include
# each other; each outside library has one home; a door that is one floor's alone stays shut.
cd "${1:-.}" || exit 2

find cmd core -name '*.[ch]' | sort | xargs grep -n '^[ 	]*#[ 	]*include' /dev/null | awk '
BEGIN {
	floor["base"] = 0
	floor["model"] = 1
	floor["store"] = floor["alert"] = floor["report"] = 2
	floor["act"] = 3
}
function bad(why) { print at ": " what ": " why; failed = 1 }
{
	split($0, part, ":")
	file = part[1]
	at = file ":" part[2]
	what = $0
	sub(/^[^:]*:[^:]*:[ \t]*#[ \t]*include[ \t]*/, "", what)
	sub(/[ \t]*(\/\/|\/\*).*/, "", what)
	name = substr(what, 2, length(what) - 2)
	split(file, dir, "/")
	net = dir[1] == "cmd" && dir[2] == "net"
	pdf = dir[1] == "cmd" && dir[2] == "pdf"

	if (what ~ /^</) {
		if (name == "sqlite3.h" && (dir[1] != "core" || dir[2] != "store"))
			bad("SQLite is known to core/store alone")
		if (name ~ /^sodium/ && (dir[1] != "core" || dir[2] != "base"))
			bad("libsodium is known to core/base alone")
		if (name ~ /^hpdf/ && !pdf)
			bad("libharu is known to cmd/pdf alone")
		if (name ~ /^fribidi/ && file != "cmd/pdf/bidi.c")
			bad("libfribidi is known to cmd/pdf/bidi.c alone")
		if (name ~ /^curl\// && (file !~ /^cmd\/net\/[a-z_]*\.c$/ || (curl != "" && curl != file)))
			bad("libcurl is known to one file of cmd/net alone")
		if (name ~ /^curl\//)
			curl = file
		next
	}
	if (what !~ /^"/) {
		bad("neither <...> nor \"...\"")
		next
	}
	if (name ~ /\.\./)
		bad("written from the top of core, not with ..")
	below = name ~ /\// ? substr(name, 1, index(name, "/") - 1) : ""
	if (net) {
		if (below != "")
			bad("the network program knows nothing of core")
		next
	}
	if (pdf) {
		if (below != "")
			bad("the typesetter knows nothing of core")
		next
	}
	if (dir[1] == "cmd") {
		if (below != "" && !(below in floor))
			bad("no such floor")
	} else if (!(dir[2] in floor))
		bad("a folder of core that is no floor")
	else if (!(below in floor))
		bad("core includes by floor: base, model, store, alert, report, act")
	else if (floor[below] > floor[dir[2]])
		bad("upwards")
	else if (floor[below] == floor[dir[2]] && below != dir[2])
		bad("neighbours do not include each other")
	if (name == "store/write.h" && !(dir[1] == "core" && (dir[2] == "act" || dir[2] == "store")))
		bad("changes are made through core/act")
	if (name ~ /^store\/(query|gate)\.h$/ && !(dir[1] == "core" && dir[2] == "store"))
		bad("private to core/store")
}
END { exit failed }'
