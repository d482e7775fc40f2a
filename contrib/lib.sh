# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh disable=SC2034
#
# What contrib/check and contrib/demo share.  Loaded with . from the top of the
# tree; POSIX sh, since a bare Debian has nothing else.

BUILD_NEEDS="gcc libc6-dev make pkg-config libsqlite3-dev libjansson-dev libsodium-dev libcurl4-openssl-dev gettext \
libhpdf-dev libfribidi-dev fonts-dejavu-core"
TEST_NEEDS="libcmocka-dev bats tmux jq age sqlite3 openssl shellcheck strace man-db ca-certificates procps tzdata file \
universal-ctags poppler-utils qpdf"

# The interface's own rule: fr or en, from "$1" if it is one of them, else the environment.
choose_lang() {
	case ${1:-${BEFFROI_LANG:-${LANGUAGE:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}}} in
	[fF][rR]*) LANG_CHOSEN=fr ;;
	*) LANG_CHOSEN=en ;;
	esac
}

# say EN FR: a line in the chosen language
say() {
	if [ "$LANG_CHOSEN" = fr ]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi
}

seconds() {
	date +%s
}

# missing PACKAGE...: those that are not installed
missing() {
	dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
		awk -v wanted="$*" '$2 == "installed" { have[$1] = 1 }
			END { n = split(wanted, w, " "); for (i = 1; i <= n; i++) if (!(w[i] in have)) print w[i] }'
}

# install_packages PACKAGE...: as root, or with sudo, or say what to type and end
install_packages() {
	become=
	if [ "$(id -u)" -ne 0 ]; then
		if command -v sudo >/dev/null; then
			become=sudo
		else
			say "Packages are missing, and installing them takes root. As root:" \
				"Il manque des paquets, et il faut être root pour les installer. En root :" >&2
			printf '  apt-get update && apt-get install --no-install-recommends -y %s\n' "$*" >&2
			exit 1
		fi
	fi
	# shellcheck disable=SC2086
	$become apt-get update -qq &&
		$become env DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes apt-get install -qq -y --no-install-recommends "$@" >/dev/null
}

# need PACKAGE...: install those that are missing; silent when none is
need() {
	if ! command -v dpkg-query >/dev/null; then
		need_elsewhere "$@"
		return
	fi
	absent=$(missing "$@")
	[ -n "$absent" ] || return 0
	start=$(seconds)
	# shellcheck disable=SC2086
	set -- $absent
	say "packages to install: $# ($*)" "paquets à installer : $# ($*)"
	if ! install_packages "$@" || [ -n "$(missing "$@")" ]; then
		say "the packages could not be installed; the network may be missing" \
			"les paquets n'ont pas pu être installés ; le réseau manque peut-être" >&2
		exit 1
	fi
	say "packages installed in $(($(seconds) - start)) s" "paquets installés en $(($(seconds) - start)) s"
}

# Not a Debian: go on if what a build needs is here, else say what that is.
need_elsewhere() {
	for tool in make cc pkg-config msgfmt; do
		command -v "$tool" >/dev/null || absent="${absent-} $tool"
	done
	if [ -z "${absent-}" ] && pkg-config --exists sqlite3 jansson libsodium libcurl; then
		return 0
	fi
	say "This is not a Debian: install the equivalent of these packages, then try again:" \
		"Ce n'est pas une Debian : installez l'équivalent de ces paquets, puis recommencez :" >&2
	printf '  %s\n' "$*" >&2
	exit 1
}

# build TARGET...: make without a word unless it fails
build() {
	log=$(mktemp)
	if make -s -j "$(getconf _NPROCESSORS_ONLN)" "$@" >"$log" 2>&1; then
		rm -f "$log"
		return 0
	fi
	cat "$log" >&2
	rm -f "$log"
	return 1
}
