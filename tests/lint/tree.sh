#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The top level is what DESIGN says and nothing more; every file of ours names its licence; nothing
# ends with blanks.
cd "${1:-.}" || exit 2
failed=0
bad() {
	printf '%s\n' "$1"
	failed=1
}

wanted="cmd core playbooks tests contrib Makefile README.md README.fr.md SECURITY.md LICENSE"
for name in *; do
	case " $wanted build " in
	*" $name "*) ;;
	*) bad "$name: not one of the names of the top level" ;;
	esac
done
for name in $wanted; do
	[ -e "$name" ] || bad "$name: missing"
done

sources() {
	find Makefile cmd core tests contrib -type f \( -name '*.[ch]' -o -name '*.def' -o -name '*.sh' \
		-o -name '*.bats' -o -name '*.bash' -o -name '*.awk' -o -name Makefile -o -path contrib/check \
		-o -path contrib/demo -o -path tests/run -o -path tests/lint/all \)
}
unsigned=$(sources | xargs grep -L 'SPDX-License-Identifier: EUPL-1\.2')
[ -z "$unsigned" ] || bad "does not name its licence: $unsigned"
blanks=$(find Makefile cmd core tests contrib playbooks -type f ! -path 'contrib/man/*' ! -path 'tests/golden/*' \
	! -path 'tests/alerts/golden/*' ! -path 'tests/cases/*' -exec grep -In '[ 	]$' {} /dev/null \; | cut -d : -f 1,2)
[ -z "$blanks" ] || bad "blanks at the end of: $blanks"
exit $failed
