# SPDX-License-Identifier: EUPL-1.2
# C without its comments and with every string and character constant emptied, each line after
# "FILE:LINE:".  A file starts outside a comment.
FNR == 1 { comment = 0 }
{
	rest = $0
	out = ""
	while (rest != "") {
		if (comment) {
			at = index(rest, "*/")
			if (!at)
				break
			rest = substr(rest, at + 2)
			comment = 0
			out = out " "
			continue
		}
		if (!match(rest, /["']|\/\*|\/\//)) {
			out = out rest
			break
		}
		out = out substr(rest, 1, RSTART - 1)
		what = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		if (what == "//")
			break
		if (what == "/*") {
			comment = 1
			continue
		}
		for (at = 1; at <= length(rest); at++) {
			c = substr(rest, at, 1)
			if (c == "\\")
				at++
			else if (c == what)
				break
		}
		rest = substr(rest, at + 1)
		out = out what what
	}
	print FILENAME ":" FNR ":" out
}
