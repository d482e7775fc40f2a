/* SPDX-License-Identifier: EUPL-1.2 */
/* What a word is.  Declared in screening.h. */
#include <string.h>

#include "report/screening.h"

static bool is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	return c >= 0xc0 && c != 0xd7 && c != 0xf7 && !(c >= 0x2000 && c <= 0x2bff) && !(c >= 0x3000 && c <= 0x3004) &&
	       !(c >= 0x3008 && c <= 0x3020) && c != 0xfffd && !(c >= 0xff00 && c <= 0xff0f);
}

/* Scripts without capitals count as if written with one. */
static bool is_capital(uint32_t c)
{
	if (c >= 0x100 && c < 0x180)
		return c < 0x138 || (c >= 0x14a && c < 0x178) ? !(c & 1) : c & 1;
	return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde) || (c >= 0x391 && c <= 0x3ab) ||
	       (c >= 0x400 && c <= 0x42f) || c >= 0x530;
}

static bool is_accent(uint32_t c)
{
	return c >= 0x300 && c <= 0x36f;
}

bool bef_found_next(const char *text, struct bef_found *out)
{
	char plain[BEF_SCREEN_WORD];
	size_t len = 0;
	uint32_t c = 0;
	size_t n = 1;

	while (*text && (!(n = bef_utf8_next(text, strlen(text) < 4 ? strlen(text) : 4, &c)) || !is_letter(c)))
		text += n ? n : 1;
	if (!*text)
		return false;
	out->start = text;
	out->capital = is_capital(c);
	while (*text && (n = bef_utf8_next(text, strlen(text) < 4 ? strlen(text) : 4, &c)) && is_letter(c)) {
		if (!is_accent(c) && len + n < sizeof(plain)) {
			memcpy(plain + len, text, n);
			len += n;
		}
		text += n;
	}
	plain[len] = '\0';
	out->len = (size_t)(text - out->start);
	bef_fold(plain, out->folded, sizeof(out->folded));
	return true;
}
