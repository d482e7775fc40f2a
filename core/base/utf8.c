/* SPDX-License-Identifier: EUPL-1.2 */
/* Characters: decoding, width, taming and folding.  Declared in text.h. */
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "base/text.h"

size_t bef_utf8_next(const char *s, size_t len, uint32_t *out)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char first = (unsigned char)s[0];
	size_t n = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
	uint32_t c = n == 1 ? first : first & (0xffu >> (n + 1));

	if (len < n || (first >= 0x80 && first < 0xc2) || first > 0xf4)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if (((unsigned char)s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | ((unsigned char)s[i] & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*out = c;
	return n;
}

size_t bef_utf8_check(const char *s, size_t len)
{
	size_t at = 0;
	uint32_t c;

	while (at < len) {
		size_t n = bef_utf8_next(s + at, len - at, &c);

		if (n == 0 || c == 0)
			break;
		at += n;
	}
	return at;
}

size_t bef_utf8_cut(const char *s, size_t max)
{
	size_t at = strnlen(s, max + 1);

	if (at <= max)
		return at;
	at = max;
	while (at > 0 && ((unsigned char)s[at] & 0xc0) == 0x80)
		at--;
	return at;
}

struct range {
	uint32_t low, high;
};

bool bef_char_is_hostile(uint32_t c)
{
	static const struct range ranges[] = {
		{ 0x00, 0x08 },     { 0x0b, 0x1f },     { 0x7f, 0x9f },
		{ 0x61c, 0x61c },   { 0x180e, 0x180e }, { 0x200b, 0x200f },
		{ 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0xfeff, 0xfeff },
		{ 0xfff9, 0xfffb }, { 0xe0000, 0xe007f },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
		if (c >= ranges[i].low && c <= ranges[i].high)
			return true;
	return false;
}

/* Length of the printable ASCII that `s` starts with: nearly all of nearly every text. */
static size_t plain_run(const char *s)
{
	size_t n = 0;

	while (s[n] >= 0x20 && s[n] < 0x7f)
		n++;
	return n;
}

void bef_text_tame(struct bef_text *out, const char *s, bool one_line)
{
	size_t len = strlen(s);

	while (len > 0) {
		uint32_t c = 0;
		size_t n = plain_run(s);

		bef_text_add(out, s, n);
		s += n;
		len -= n;
		if (len == 0)
			break;
		n = bef_utf8_next(s, len, &c);
		if (n == 0 || bef_char_is_hostile(c))
			bef_text_puts(out, "\xef\xbf\xbd");
		else if (one_line && (c == '\n' || c == '\t'))
			bef_text_putc(out, ' ');
		else
			bef_text_add(out, s, n);
		if (n == 0)
			n = 1;
		s += n;
		len -= n;
	}
}

/* wcwidth() needs a UTF-8 character type; C.UTF-8 is part of glibc itself since 2.35. */
static int char_width(uint32_t c)
{
	static bool ready;
	int width;

	if (c < 0x80)
		return c >= 0x20 && c != 0x7f;
	if (!ready) {
		setlocale(LC_CTYPE, "C.UTF-8");
		ready = true;
	}
	width = wcwidth((wchar_t)c);
	return width < 0 ? 0 : width;
}

size_t bef_text_fit(const char *s, size_t columns)
{
	size_t len = strlen(s);
	size_t at = 0;
	size_t used = 0;

	while (at < len) {
		uint32_t c = 0;
		size_t n = bef_utf8_next(s + at, len - at, &c);
		size_t width = n ? (size_t)char_width(c) : 1;

		if (used + width > columns)
			break;
		used += width;
		at += n ? n : 1;
	}
	return at;
}

void bef_text_short(struct bef_text *out, const char *s, size_t columns)
{
	if (bef_text_width(s) <= columns)
		bef_text_puts(out, s);
	else {
		bef_text_add(out, s, bef_text_fit(s, columns > 3 ? columns - 3 : 0));
		bef_text_puts(out, "...");
	}
}

const char *bef_short(char out[BEF_SHORT_SIZE], const char *s, size_t columns)
{
	bool whole = bef_text_width(s) <= columns && strlen(s) < BEF_SHORT_SIZE;
	size_t len = whole ? strlen(s) : bef_utf8_cut(s, BEF_SHORT_SIZE - 4);

	if (!whole && bef_text_fit(s, columns > 3 ? columns - 3 : 0) < len)
		len = bef_text_fit(s, columns > 3 ? columns - 3 : 0);
	snprintf(out, BEF_SHORT_SIZE, "%.*s%s", (int)len, s, whole ? "" : "...");
	return out;
}

size_t bef_text_width(const char *s)
{
	size_t len = strlen(s);
	size_t used = 0;

	while (len > 0) {
		uint32_t c = 0;
		size_t n = bef_utf8_next(s, len, &c);

		used += n ? (size_t)char_width(c) : 1;
		s += n ? n : 1;
		len -= n ? n : 1;
	}
	return used;
}

/* The letters of French and its neighbours, U+00C0 to U+00FF, then what lies outside. */
static const char *folded(uint32_t c)
{
	static const char *const latin[64] = {
		"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
		"d", "n", "o", "o", "o", "o", "o", "x", "o", "u", "u", "u", "u", "y", "th", "ss",
		"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
		"d", "n", "o", "o", "o", "o", "o", "/", "o", "u", "u", "u", "u", "y", "th", "y",
	};

	if (c >= 0xc0 && c <= 0xff)
		return latin[c - 0xc0];
	if (c == 0x152 || c == 0x153)
		return "oe";
	if (c == 0x178)
		return "y";
	if (c == 0x2019)
		return "'";
	if (c == 0xa0 || c == 0x202f)
		return " ";
	return c >= 0x300 && c <= 0x36f ? "" : NULL; /* decomposed accents */
}

/* Fold the first character of *s into `out`, step over it, return the bytes written. */
static size_t fold_one(const char **s, size_t *len, char out[4])
{
	uint32_t c = 0;
	size_t n = bef_utf8_next(*s, *len, &c);
	const char *plain = n ? folded(c) : NULL;
	size_t add = plain ? strlen(plain) : n ? n : 1;

	memcpy(out, plain ? plain : *s, add);
	if (c >= 'A' && c <= 'Z')
		out[0] = (char)(c + 'a' - 'A');
	*s += n ? n : 1;
	*len -= n ? n : 1;
	return add;
}

void bef_text_fold(struct bef_text *out, const char *s)
{
	size_t len = strlen(s);
	char plain[4];

	while (len > 0) {
		size_t add = fold_one(&s, &len, plain);

		bef_text_add(out, plain, add);
	}
}

void bef_fold(const char *s, char *out, size_t size)
{
	size_t len = strlen(s);
	size_t used = 0;
	char plain[4];

	while (len > 0) {
		size_t add = fold_one(&s, &len, plain);

		if (used + add >= size)
			break;
		memcpy(out + used, plain, add);
		used += add;
	}
	out[used] = '\0';
}

bool bef_fold_equal(const char *a, const char *b)
{
	char fa[256];
	char fb[256];

	bef_fold(a, fa, sizeof(fa));
	bef_fold(b, fb, sizeof(fb));
	return strcmp(fa, fb) == 0;
}
