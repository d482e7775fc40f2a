/* SPDX-License-Identifier: EUPL-1.2 */
/* Addresses and paths in free text, told by their shape.  Declared in screen.h. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "report/screen.h"

enum { TOKEN = 512 };

/* "1[.]2", "hxxp" and "(at)" are how careful people write them. */
static void undo_care(const char *from, size_t len, char out[TOKEN])
{
	size_t n = 0;

	for (size_t i = 0; i < len && n + 1 < TOKEN; i++)
		if (!strchr("[](){}", from[i]))
			out[n++] = (char)tolower((unsigned char)from[i]);
	out[n] = '\0';
}

static bool is_ipv4(const char *s)
{
	for (int i = 0; i < 4; i++) {
		size_t digits = strspn(s, "0123456789");

		if (digits < 1 || digits > 3)
			return false;
		s += digits;
		if (i < 3 && *s++ != '.')
			return false;
	}
	return *s == '\0' || *s == '/' || *s == ':' || *s == '-';
}

/* IPv6 has "::" or eight groups, a hardware address six pairs; 14:05:09 has neither. */
static bool is_colons(const char *s)
{
	size_t len = strspn(s, "0123456789abcdef:");
	int colons = 0;

	for (size_t i = 0; i < len; i++)
		colons += s[i] == ':';
	if (s[len] && s[len] != '/' && s[len] != '%')
		return false;
	return colons == 7 || colons == 5 || (colons >= 2 && strstr(s, "::"));
}

static bool is_hardware(const char *s)
{
	for (int i = 0; i < 6; i++)
		if (!isxdigit((unsigned char)s[3 * i]) || !isxdigit((unsigned char)s[3 * i + 1]) || s[3 * i + 2] != (i < 5 ? '-' : '\0'))
			return false;
	return true;
}

/* Three parts or more, the last of letters: vpn.example.fr. */
static bool is_domain(const char *s)
{
	size_t len = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-.");
	const char *last = NULL;
	int dots = 0;

	for (size_t i = 0; i < len; i++)
		if (s[i] == '.') {
			if (i == 0 || s[i - 1] == '.')
				return false;
			dots++;
			last = s + i + 1;
		}
	return dots >= 2 && (s[len] == '\0' || s[len] == ':' || s[len] == '/') && strcspn(last, "0123456789-:/") >= 2 &&
	       isalpha((unsigned char)*last);
}

static bool is_mail(const char *s)
{
	const char *at = strchr(s, '@');

	return at && isalnum((unsigned char)at[1]) && (at == s || strchr(at, '.'));
}

static bool is_path(const char *s)
{
	if (isalpha((unsigned char)s[0]) && s[1] == ':' && (s[2] == '\\' || s[2] == '/'))
		return true;
	return strncmp(s, "\\\\", 2) == 0 || strncmp(s, "~/", 2) == 0 || (s[0] == '/' && strchr(s + 1, '/'));
}

/* "from:10.0.0.1" */
static bool is_after_colon(const char *s)
{
	for (const char *at = strchr(s, ':'); at; at = strchr(at + 1, ':'))
		if (is_ipv4(at + 1))
			return true;
	return false;
}

static bool is_detail(const char *start, size_t len)
{
	char s[TOKEN];

	undo_care(start, len, s);
	return strstr(s, "://") || strncmp(s, "hxxp", 4) == 0 || strncmp(s, "www.", 4) == 0 || is_mail(s) || is_ipv4(s) ||
	       is_colons(s) || is_hardware(s) || is_domain(s) || is_path(s) || is_after_colon(s);
}

int bef_details_replace(const char *text, struct bef_text *out)
{
	static const char apart[] = " \t\n\"'<>,;|`=";
	int count = 0;

	while (*text) {
		size_t gap = strspn(text, apart);
		size_t lead, len;

		bef_text_add(out, text, gap);
		text += gap;
		len = strcspn(text, apart);
		lead = strspn(text, "([{");
		if (lead > len)
			lead = len;
		while (len > lead && strchr(")]}.:!?", text[len - 1]))
			len--;
		bef_text_add(out, text, lead);
		if (len > lead && is_detail(text + lead, len - lead)) {
			bef_text_puts(out, tr("[withheld]"));
			count++;
		} else
			bef_text_add(out, text + lead, len - lead);
		text += len;
		len = strspn(text, ")]}.:!?");
		bef_text_add(out, text, len);
		text += len;
	}
	return count;
}
