#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every script through shellcheck, told by its first line.  bats files: warnings and worse, without those
# that come of bats' own variables and of steps that are "done".
command -v shellcheck >/dev/null || {
	echo "shellcheck is not here"
	exit 77
}
cd "${1:-.}" || exit 2
failed=0
of_bats=SC2154,SC2034,SC1010,SC2120
find contrib tests .ci -type f ! -path '*/man/*' | sort | {
	while read -r file; do
		case $(head -n 1 "$file" | tr -d '\0') in
		'#!/bin/sh'*) shellcheck -x -f gcc -s sh "$file" || failed=1 ;;
		'#!/usr/bin/env bats'*) shellcheck -x -f gcc -s bats -S warning -e $of_bats "$file" || failed=1 ;;
		*)
			case $file in
			*.sh) shellcheck -x -f gcc -s sh "$file" || failed=1 ;;
			*.bash) shellcheck -x -f gcc -s bash -S warning -e $of_bats "$file" || failed=1 ;;
			esac
			;;
		esac
	done
	exit $failed
}
