#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every text marked tr(), trn() or N_() has its French in core/base/fr.po; none is fuzzy, obsolete or
# twice there; formats agree.  The network program marks what others show, and translates nothing.
for tool in xgettext msgmerge msgattrib msgfmt; do
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

find cmd core -name '*.[ch]' ! -path 'cmd/pdf/*' | sort |
	xgettext --files-from=- --from-code=UTF-8 -L C -k -ktr -kN_ -ktrn:1,2 -o "$tmp/all.pot" || exit 1
if [ ! -s "$tmp/all.pot" ]; then
	echo "no text is marked for translation"
	exit 1
fi
if ! msgfmt --check-format -o /dev/null "$po" 2>"$tmp/format"; then
	cat "$tmp/format"
	exit 1
fi
# Brought up to date with the sources, without guessing: what is missing has no translation then, and
# what is not used any more is obsolete.
msgmerge --quiet --no-fuzzy-matching -o "$tmp/fr.po" "$po" "$tmp/all.pot" || exit 1
for what in untranslated only-fuzzy only-obsolete; do
	msgattrib --$what "$tmp/fr.po" >"$tmp/$what"
	[ $what = only-obsolete ] || msgattrib --no-obsolete --$what "$tmp/fr.po" >"$tmp/$what"
	count=$(msgattrib --clear-obsolete "$tmp/$what" | grep -c '^msgid "\|^msgid$' || true)
	if [ -s "$tmp/$what" ]; then
		echo "$((count > 0 ? count - 1 : 0)) $what:"
		grep '^#: \|^\(#~ \)*msgid' "$tmp/$what" | grep -v '^msgid ""$' | head -n 60
		failed=1
	fi
done
exit $failed
