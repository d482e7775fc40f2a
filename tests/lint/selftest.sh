#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Each check passes on a small tree in order, and fails, naming the place, on each disorder put into it.
# shellcheck disable=SC2016 # bad examples are not expanded
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 2
failed=0

plant() {
	rm -rf t
	mkdir -p t/core/base t/core/model t/core/store t/core/alert t/core/report t/core/act t/cmd/net t/tests/e2e \
		t/contrib t/playbooks t/.ci t/build
	cd t || exit 2
	spdx='/* SPDX-License-Identifier: EUPL-1.2 */'
	printf '%s\n#include <sodium.h>\n#include <jansson.h>\n#include "base/b.h"\nint b(void)\n{\n\treturn putenv(tr("one \\"x\\""));\n}\n' "$spdx" >core/base/date.c
	printf '%s\n/* system(x); */\nint b(void);\n' "$spdx" >core/base/b.h
	printf '%s\n#include "base/b.h"\n#include "model/m.h"\n// exit(1)\n' "$spdx" >core/model/m.c
	printf '%s\nstatic const char *const names[] = { N_("two"), "printf(", trn("%%d three", "%%d threes", 3) };\n' "$spdx" >core/model/m.h
	printf '%s\n#include <sqlite3.h>\n#include "store/query.h"\n#include "store/write.h"\n#include "model/m.h"\n' "$spdx" >core/store/s.c
	printf '%s\n#include "store/write.h"\n#include "alert/a.h"\n' "$spdx" >core/act/act.c
	printf '%s\n#include "model/m.h"\n' "$spdx" >core/alert/a.c
	printf '%s\n#include <stdio.h>\n#include "app.h"\n#include "act/act.h"\nvoid c(char *p)\n{\n\tprintf("x");\n\tstrcpy(p, "const");\n\tp->system(1);\n}\n\nconst struct bef_cmd bef_cmd_open = {\n\t.en = "open", .fr = "ouvrir",\n};\n' "$spdx" >cmd/cmd_open.c
	printf '%s\nBEF_CMD(open)\n' "$spdx" >cmd/commands.def
	printf '%s\n#include <curl/curl.h>\n#include "post.h"\n' "$spdx" >cmd/net/post.c
	printf '#!/usr/bin/env bats\n# SPDX-License-Identifier: EUPL-1.2\n@test "it opens" {\n\trun beffroi ouvrir "x"\n}\n' >tests/e2e/open.bats
	printf '#!/bin/sh\n# SPDX-License-Identifier: EUPL-1.2\necho "$1"\n' >contrib/check
	cp contrib/check tests/run
	printf '# SPDX-License-Identifier: EUPL-1.2\nall:\n' >Makefile
	touch README.md README.fr.md SECURITY.md LICENSE .gitignore
	cat >core/base/fr.po <<-'END'
		msgid ""
		msgstr ""
		"Content-Type: text/plain; charset=UTF-8\n"
		"Plural-Forms: nplurals=2; plural=(n > 1);\n"

		msgid "one \"x\""
		msgstr "un"

		msgid "two"
		msgstr "deux"

		#, c-format
		msgid "%d three"
		msgid_plural "%d threes"
		msgstr[0] "%d trois"
		msgstr[1] "%d trois"
	END
	cd ..
}

# good CHECK
good() {
	plant
	sh "$here/$1.sh" t >out 2>&1
	status=$?
	[ $status -eq 77 ] && return 1
	[ $status -eq 0 ] && return
	echo "$1 fails on a tree in order:"
	cat out
	failed=1
}

# bad CHECK SAYS FILE TEXT: with TEXT at the end of FILE, the check fails and says SAYS
bad() {
	plant
	mkdir -p "t/$(dirname "$3")"
	printf '%b\n' "$4" >>"t/$3"
	fails "$1" "$2" "'$4' in $3"
}

# fails CHECK SAYS WHAT
fails() {
	if sh "$here/$1.sh" t >out 2>&1; then
		echo "$1 lets pass $3"
		failed=1
	elif ! grep -q -e "$2" out; then
		echo "$1 does not say '$2' of $3:"
		cat out
		failed=1
	fi
}

good floors
bad floors 'core/base/b.h:4: "model/m.h": upwards' core/base/b.h '#include "model/m.h"'
bad floors upwards core/store/s.c '# include "act/act.h"'
bad floors neighbours core/alert/a.c '#include "store/store.h"'
bad floors neighbours core/report/r.c '#include "alert/a.h"'
bad floors 'by floor' core/model/m.c '#include "m.h"'
bad floors 'by floor' core/act/act.c '#include "app.h"'
bad floors 'no floor' core/law/l.c '#include "base/b.h"'
bad floors 'not with' core/model/m.c '#include "../base/b.h"'
bad floors core/store core/act/act.c '#include <sqlite3.h>'
bad floors core/store cmd/cmd_open.c '#include <sqlite3.h> /* x */'
bad floors core/base core/model/m.c '#include <sodium.h>'
bad floors libcurl core/alert/a.c '#include <curl/curl.h>'
bad floors libcurl cmd/cmd_open.c '#include <curl/curl.h>'
bad floors libcurl cmd/net/main.c '#include <curl/curl.h>'
bad floors 'nothing of core' cmd/net/post.c '#include "base/b.h"'
bad floors 'through core/act' cmd/cmd_open.c '#include "store/write.h"'
bad floors 'through core/act' core/alert/a.c '#include "store/write.h"'
bad floors private core/act/act.c '#include "store/query.h"'

good banned
bad banned 'cmd/cmd_open.c:15: system' cmd/cmd_open.c 'void d(void) { system ("rm"); }'
bad banned sprintf core/base/b.c '\tsprintf(x, "%%d", 1);'
bad banned 'strcpy of what' cmd/cmd_open.c '\tstrcpy(a, b);'
bad banned 'strcat of what' cmd/cmd_open.c '\tstrcat(a, b("x"));'
bad banned atoi cmd/cmd_open.c '\t/* x */ y = atoi(b); /*'
bad banned printf core/model/m.c '\tprintf("x");'
bad banned fprintf core/act/act.c "\\\\tx = '\\\"'; fprintf(stderr, \"x\"); // \\\""
bad banned exit core/act/act.c '\texit(1);'
bad banned time core/act/act.c '\treturn time(NULL);'
bad banned CLOCK_REALTIME core/store/s.c '\tclock_gettime(CLOCK_REALTIME, &now);'
bad banned putenv core/model/m.c '\tputenv(zone);'

good tree
bad tree 'notes.txt' notes.txt x
bad tree 'licence: core/base/x.c' core/base/x.c 'int x;'
bad tree 'blanks.*core/base/b.h:4' core/base/b.h 'int x; '
plant
rm t/SECURITY.md
fails tree 'SECURITY.md: missing' 'a missing file'

if good shell; then
	bad shell SC2086 contrib/check 'rm $1'
	bad shell SC2314 tests/e2e/open.bats '@test "x" {\n\t! false\n\ttrue\n}'
	bad shell contrib/x.sh contrib/x.sh '#!/bin/sh\nif'
fi

if good catalogue; then
	bad catalogue four core/base/b.c 'tr("four");'
	bad catalogue five core/model/m.c 'f(trn("five", "fives", n));'
	bad catalogue six core/base/fr.po '\nmsgid "six"\nmsgstr "six"'
	bad catalogue seven core/base/fr.po '\n#~ msgid "seven"\n#~ msgstr "sept"'
	bad catalogue nine core/model/m.c "/* */ N_(\"nine\") \"\"\nstruct x y = { N_(\"ni\"\n\t\"ne\") };"
	plant
	sed -i 's/^msgid "two"/#, fuzzy\n&/' t/core/base/fr.po
	fails catalogue two 'a fuzzy translation'
	plant
	sed -i 's/^msgstr "deux"/msgstr ""/' t/core/base/fr.po
	fails catalogue two 'an empty translation'
	plant
	sed -i 's/^msgstr.1. "%d/msgstr[1] "%s/' t/core/base/fr.po
	fails catalogue "format" 'a format that differs'
fi

good commands
bad commands 'close: no row' cmd/commands.def 'BEF_CMD(close)'
plant
echo 'BEF_CMD(close)' >>t/cmd/commands.def
printf 'const struct bef_cmd bef_cmd_close = {\n\t.en = "close", .fr = "clore",\n};\n' >t/cmd/cmd_close.c
printf '# beffroi close\n@test "close" {\n\tclosed\n}\n' >>t/tests/e2e/open.bats
fails commands 'close: no test' 'a command that only comments name'

if good lengths; then
	plant
	{
		echo 'int long_one(void)'
		echo '{'
		awk 'BEGIN { for (i = 0; i < 100; i++) print "\tx++;" }'
		echo '}'
	} >>t/core/model/m.c
	fails lengths 'long_one: 103 lines' 'a function of 103 lines'
fi
exit $failed
