/* SPDX-License-Identifier: EUPL-1.2 */
#include "alert/sms.h"

#include <string.h>

/* Outside ASCII, the letters of 3GPP TS 23.038's default alphabet. */
static const uint32_t basic[] = {
	0xa1,  0xa3,  0xa4,  0xa5,  0xa7,  0xbf,  0xc4,  0xc5,  0xc6,  0xc7,  0xc9,  0xd1,  0xd6,  0xd8,  0xdc,
	0xdf,  0xe0,  0xe4,  0xe5,  0xe6,  0xe8,  0xe9,  0xec,  0xf1,  0xf2,  0xf6,  0xf8,  0xf9,  0xfc,  0x393,
	0x394, 0x398, 0x39b, 0x39e, 0x3a0, 0x3a3, 0x3a6, 0x3a8, 0x3a9,
};

/* What stands for a letter that is not there. */
static const struct {
	uint32_t from;
	const char *to;
} instead[] = {
	{ 0x60, "'" },     { 0xa0, " " },     { 0xab, "\"" },    { 0xb0, "o" },     { 0xb4, "'" },    { 0xb7, "-" },
	{ 0xbb, "\"" },    { 0xc0, "A" },     { 0xc1, "A" },     { 0xc2, "A" },     { 0xc3, "A" },    { 0xc8, "E" },
	{ 0xca, "E" },     { 0xcb, "E" },     { 0xcc, "I" },     { 0xcd, "I" },     { 0xce, "I" },    { 0xcf, "I" },
	{ 0xd2, "O" },     { 0xd3, "O" },     { 0xd4, "O" },     { 0xd5, "O" },     { 0xd7, "x" },    { 0xd9, "U" },
	{ 0xda, "U" },     { 0xdb, "U" },     { 0xdd, "Y" },     { 0xe1, "a" },     { 0xe2, "a" },    { 0xe3, "a" },
	{ 0xe7, "c" },     { 0xea, "e" },     { 0xeb, "e" },     { 0xed, "i" },     { 0xee, "i" },    { 0xef, "i" },
	{ 0xf3, "o" },     { 0xf4, "o" },     { 0xf5, "o" },     { 0xfa, "u" },     { 0xfb, "u" },    { 0xfd, "y" },
	{ 0xff, "y" },     { 0x152, "OE" },   { 0x153, "oe" },   { 0x178, "Y" },    { 0x2009, " " },  { 0x2010, "-" },
	{ 0x2011, "-" },   { 0x2012, "-" },   { 0x2013, "-" },   { 0x2014, "-" },   { 0x2018, "'" },  { 0x2019, "'" },
	{ 0x201c, "\"" },  { 0x201d, "\"" },  { 0x201e, "\"" },  { 0x2022, "-" },   { 0x2026, "..." }, { 0x202f, " " },
	{ 0x2212, "-" },   { 0x20ac, "\xe2\x82\xac" },
};

static bool is_basic(uint32_t c)
{
	if (c == '\n' || (c >= 0x20 && c < 0x7f))
		return c != '`';
	for (size_t i = 0; i < sizeof(basic) / sizeof(*basic); i++)
		if (basic[i] == c)
			return true;
	return false;
}

/* Those of the extension table take an escape before them. */
static size_t septets_of(uint32_t c)
{
	if (c == 0x20ac || (c < 0x80 && c && strchr("[]{}~^|\\", (int)c)))
		return 2;
	return is_basic(c) ? 1 : 0;
}

size_t bef_sms_size(const char *s)
{
	size_t len = strlen(s);
	size_t size = 0;

	for (size_t n; len > 0; s += n, len -= n) {
		uint32_t c = 0;
		size_t septets;

		n = bef_utf8_next(s, len, &c);
		septets = n ? septets_of(c) : 0;
		if (septets == 0)
			return SIZE_MAX;
		size += septets;
	}
	return size;
}

/* Add one character as the alphabet can say it.  Accents written apart are dropped, as are joiners. */
static void put_char(struct bef_text *out, uint32_t c, const char *bytes, size_t n)
{
	if (c == '\n' || c == '\r' || c == '\t') {
		bef_text_putc(out, ' ');
		return;
	}
	if (n > 0 && is_basic(c)) {
		bef_text_add(out, bytes, n);
		return;
	}
	for (size_t i = 0; i < sizeof(instead) / sizeof(*instead); i++)
		if (instead[i].from == c) {
			bef_text_puts(out, instead[i].to);
			return;
		}
	if (!(c >= 0x300 && c <= 0x36f) && !(c >= 0xfe00 && c <= 0xfe0f) && c != 0x200b && c != 0x200d)
		bef_text_putc(out, '?');
}

static void put_plain(struct bef_text *out, const char *s)
{
	size_t len = strlen(s);

	for (size_t n; len > 0; s += n, len -= n) {
		uint32_t c = 0xfffd;

		n = bef_utf8_next(s, len, &c);
		put_char(out, c, s, n);
		if (n == 0)
			n = 1;
	}
}

/* Bytes of the longest prefix of at most `max` septets. */
static size_t fit(const char *s, size_t max)
{
	size_t len = strlen(s), at = 0, used = 0;

	while (at < len) {
		uint32_t c = 0;
		size_t n = bef_utf8_next(s + at, len - at, &c);

		used += septets_of(c);
		if (used > max)
			break;
		at += n;
	}
	return at;
}

void bef_sms_put(struct bef_text *out, const char *s, size_t max)
{
	BEF_AUTO(text) plain = { .max = 4 * strlen(s) + 1 };
	const char *text;

	put_plain(&plain, s);
	if (plain.failed)
		out->failed = true;
	text = bef_text_str(&plain);
	if (bef_sms_size(text) <= max)
		bef_text_puts(out, text);
	else if (max >= 3) {
		bef_text_add(out, text, fit(text, max - 3));
		bef_text_puts(out, "...");
	}
}

enum bef_rc bef_sms_alarm(const struct bef_alarm *alarm, size_t max, struct bef_text *out, struct bef_err *err)
{
	BEF_AUTO(text) whole = { .max = 1 << 22 };
	BEF_AUTO(text) title = { .max = 1 << 21 };

	/* A title as long as the message would leave nothing of the sentence. */
	bef_alarm_title(alarm, &title);
	bef_sms_put(&whole, bef_text_str(&title), max / 2);
	bef_text_puts(&whole, " - ");
	bef_alarm_say(alarm, &whole);
	bef_sms_put(out, bef_text_str(&whole), max);
	if (title.failed || whole.failed)
		return bef_no_memory(err);
	return bef_text_rc(out, err);
}
