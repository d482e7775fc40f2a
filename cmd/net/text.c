/* SPDX-License-Identifier: EUPL-1.2 */
#include "text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define BAD UINT32_MAX

struct lead {
	unsigned char mask, mark;
	size_t len;
	uint32_t min; /* below it, the form is overlong */
};

static const struct lead leads[] = {
	{ 0x80, 0x00, 1, 0 },
	{ 0xe0, 0xc0, 2, 0x80 },
	{ 0xf0, 0xe0, 3, 0x800 },
	{ 0xf8, 0xf0, 4, 0x10000 },
};

static const struct lead *find_lead(unsigned char byte)
{
	for (size_t i = 0; i < sizeof(leads) / sizeof(*leads); i++)
		if ((byte & leads[i].mask) == leads[i].mark)
			return &leads[i];
	return NULL;
}

/* One character; a bad byte is consumed alone, so that what follows it is still read. */
static uint32_t decode(const unsigned char *in, size_t len, size_t *out_used)
{
	const struct lead *lead = find_lead(in[0]);
	uint32_t c;

	*out_used = 1;
	if (!lead || lead->len > len)
		return BAD;
	c = in[0] & (unsigned char)~lead->mask;
	for (size_t i = 1; i < lead->len; i++) {
		if ((in[i] & 0xc0) != 0x80)
			return BAD;
		c = c << 6 | (in[i] & 0x3f);
	}
	if (c < lead->min || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return BAD;
	*out_used = lead->len;
	return c;
}

static bool is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

static bool is_reordering(uint32_t c)
{
	return c == 0x061c || c == 0x200e || c == 0x200f ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

void bef_text_tame(const char *in, size_t len, char *out, size_t size)
{
	const unsigned char *bytes = (const unsigned char *)in;
	size_t used, written = 0;

	for (size_t at = 0; at < len; at += used) {
		uint32_t c = decode(bytes + at, len - at, &used);
		const char *piece = in + at;
		size_t piece_len = used;

		if (c == BAD || is_reordering(c)) {
			piece = "\xef\xbf\xbd";
			piece_len = 3;
		} else if (is_control(c)) {
			piece = " ";
			piece_len = 1;
		}
		if (written + piece_len >= size)
			break;
		memcpy(out + written, piece, piece_len);
		written += piece_len;
	}
	out[written] = '\0';
}

static void star_out(char *text, size_t len, const char *piece, size_t piece_len)
{
	char *hit;

	while ((hit = memmem(text, len, piece, piece_len))) {
		memset(hit, '*', piece_len);
		len -= (size_t)(hit + piece_len - text);
		text = hit + piece_len;
	}
}

void bef_text_redact(char *text, size_t len, const char *secret, const char *separators, size_t min)
{
	while (*secret) {
		size_t piece = strcspn(secret, separators);

		if (piece >= min)
			star_out(text, len, secret, piece);
		secret += piece;
		secret += strspn(secret, separators);
	}
}

void bef_text_base64(const char *in, size_t len, char *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *bytes = (const unsigned char *)in;

	for (size_t at = 0; at < len; at += 3) {
		size_t left = len - at;
		uint32_t group = (uint32_t)bytes[at] << 16 | (left > 1 ? (uint32_t)bytes[at + 1] << 8 : 0) |
		                 (left > 2 ? bytes[at + 2] : 0);

		*out++ = digits[group >> 18];
		*out++ = digits[group >> 12 & 63];
		*out++ = left > 1 ? digits[group >> 6 & 63] : '=';
		*out++ = left > 2 ? digits[group & 63] : '=';
	}
	*out = '\0';
}

bool bef_text_unbase64(const char *text, char *out, size_t *len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t size = strcspn(text, "=");
	size_t padding = strlen(text) - size;
	unsigned bits = 0;

	if ((size + padding) % 4 != 0 || padding > 2 || strspn(text + size, "=") != padding)
		return false;
	*len = 0;
	for (size_t i = 0; i < size; i++) {
		const char *digit = strchr(digits, text[i]);

		if (!digit)
			return false;
		bits = (bits << 6 | (unsigned)(digit - digits)) & 0xffffff;
		if (i % 4 > 0)
			out[(*len)++] = (char)(bits >> (6 - 2 * (i % 4)));
	}
	return true;
}
