/* SPDX-License-Identifier: EUPL-1.2 */
#include "alert/mail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

enum { WORD_MOST = 75 };

#define WORD_OPEN "=?UTF-8?Q?"
#define WORD_CLOSE "?="

bool bef_mail_address_ok(const char *address)
{
	const char *at = strchr(address, '@');

	if (!at || at == address || !at[1] || strchr(at + 1, '@') || strlen(address) > BEF_MAIL_ADDRESS)
		return false;
	for (const char *s = address; *s; s++)
		if (*s <= ' ' || *s > '~' || strchr("<>()[],;:\\\"", *s))
			return false;
	return strspn(at + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-") == strlen(at + 1);
}

const char *bef_mail_domain(const char *address)
{
	const char *at = strchr(address, '@');

	return at ? at + 1 : "";
}

/* One byte in the Q encoding (RFC 2047, 4.2 and 5: what is safe anywhere in a header). */
static size_t q_byte(unsigned char c, char out[4])
{
	bool safe = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || strchr("!*+-/", c);

	if (c == ' ' || (c && safe)) {
		out[0] = c == ' ' ? '_' : (char)c;
		out[1] = '\0';
		return 1;
	}
	snprintf(out, 4, "=%02X", c);
	return 3;
}

static void put_words(struct bef_text *out, size_t column, const char *text)
{
	size_t len = strlen(text);
	size_t word = sizeof(WORD_OPEN) - 1;

	bef_text_puts(out, WORD_OPEN);
	while (len > 0) {
		uint32_t c = 0;
		size_t n = bef_utf8_next(text, len, &c);
		char letter[13] = "";
		size_t size = 0;

		for (size_t i = 0; i < (n ? n : 1); i++)
			size += q_byte(n ? (unsigned char)text[i] : '?', letter + size);
		if (word + size + 2 > WORD_MOST || column + word + size + 2 > BEF_MAIL_LINE) {
			bef_text_puts(out, WORD_CLOSE "\r\n " WORD_OPEN);
			word = sizeof(WORD_OPEN) - 1;
			column = 1;
		}
		bef_text_puts(out, letter);
		word += size;
		text += n ? n : 1;
		len -= n ? n : 1;
	}
	bef_text_puts(out, WORD_CLOSE);
}

static bool is_plain(const char *text)
{
	for (const char *s = text; *s; s++)
		if (*s < ' ' || *s > '~')
			return false;
	return !strstr(text, "=?") && *text != ' ';
}

void bef_mail_text_header(struct bef_text *out, const char *name, const char *text)
{
	size_t column = strlen(name) + 2;

	bef_text_printf(out, "%s: ", name);
	if (is_plain(text) && column + strlen(text) <= BEF_MAIL_LINE)
		bef_text_puts(out, text);
	else
		put_words(out, column, text);
	bef_text_puts(out, "\r\n");
}

void bef_mail_token_header(struct bef_text *out, const char *name, const char *token)
{
	bool fits = strlen(name) + 2 + strlen(token) <= BEF_MAIL_LINE;

	bef_text_printf(out, "%s:%s %s\r\n", name, fits ? "" : "\r\n", token);
}

void bef_mail_date_header(struct bef_text *out, int64_t at_ms, const char *zone)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int offset = bef_zone_offset(zone, at_ms);
	int minutes = abs(offset) / 60;
	struct bef_civil c;

	bef_civil_from(at_ms / 1000 + offset, &c);
	bef_text_printf(out, "Date: %s, %d %s %04d %02d:%02d:%02d %c%02d%02d\r\n", days[c.weekday], c.day,
	                months[c.month - 1], c.year, c.hour, c.minute, c.second, offset < 0 ? '-' : '+', minutes / 60,
	                minutes % 60);
}

/* How a byte is written at its place: "=" and digits for what is not ASCII, for a blank before the line's
 * end, and for what a server or an old mailbox would take for something else at the start of a line. */
static size_t body_byte(const char *s, bool start, char out[4])
{
	unsigned char c = (unsigned char)*s;
	bool blank_at_end = (c == ' ' || c == '\t') && (!s[1] || s[1] == '\n');
	bool odd = start && (c == '.' || strncmp(s, "From ", 5) == 0);

	if ((c >= ' ' && c <= '~' && c != '=' && !blank_at_end && !odd) || (c == '\t' && !blank_at_end))
		snprintf(out, 4, "%c", c);
	else
		snprintf(out, 4, "=%02X", c);
	return strlen(out);
}

void bef_mail_body(struct bef_text *out, const char *text)
{
	size_t column = 0;

	for (; *text; text++) {
		char byte[4];
		size_t size;

		if (*text == '\n') {
			bef_text_puts(out, "\r\n");
			column = 0;
			continue;
		}
		size = body_byte(text, column == 0, byte);
		/* One column is kept for the "=" of a line that goes on. */
		if (column + size > BEF_MAIL_LINE - 1) {
			bef_text_puts(out, "=\r\n");
			column = 0;
			size = body_byte(text, true, byte);
		}
		bef_text_puts(out, byte);
		column += size;
	}
	if (column > 0)
		bef_text_puts(out, "\r\n");
}
