#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every text marked tr(), trn() or N_() has its French in core/base/fr.po; none is fuzzy, obsolete or
# twice there; formats agree.  The network program is not translated.
for tool in xgettext msgcmp msgattrib msgfmt; do
	command -v $tool >/dev/null || {
		echo "$tool is not here"
		exit 77
	}
done
cd "${1:-.}" || exit 2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
po=core/base/fr.po
failed=0

find cmd core -name '*.[ch]' ! -path 'cmd/net/*' | sort |
	xgettext --files-from=- --from-code=UTF-8 -L C -k -ktr -kN_ -ktrn:1,2 --omit-header -o "$tmp/all.pot" || exit 1
if [ ! -s "$tmp/all.pot" ]; then
	echo "no text is marked for translation"
	exit 1
fi
msgfmt --check-format --check-header -o /dev/null "$po" 2>"$tmp/format" || failed=1
cat "$tmp/format"
# msgcmp refuses what is missing or not translated, and warns of what is not used any more.
msgcmp "$po" "$tmp/all.pot" 2>"$tmp/cmp" || failed=1
grep -q 'this message is not used' "$tmp/cmp" && failed=1
cut -c 1-300 "$tmp/cmp"
for what in fuzzy obsolete; do
	msgattrib --only-$what "$po" >"$tmp/$what"
	if [ -s "$tmp/$what" ]; then
		echo "$what:"
		grep '^\(#~ \)*msgid' "$tmp/$what"
		failed=1
	fi
done
exit $failed
