/* SPDX-License-Identifier: EUPL-1.2 */
#include "wrap.h"

#include <string.h>

uint32_t bef_char_at(const char *s, size_t *len)
{
	const unsigned char *b = (const unsigned char *)s;
	size_t n = *b < 0x80 ? 1 : *b < 0xe0 ? 2 : *b < 0xf0 ? 3 : 4;
	uint32_t c = n == 1 ? *b : n == 2 ? *b & 0x1fu : n == 3 ? *b & 0x0fu : *b & 0x07u;

	for (size_t i = 1; i < n; i++) {
		if ((b[i] & 0xc0) != 0x80) { /* cut: not past the end */
			*len = i;
			return 0xfffd;
		}
		c = c << 6 | (b[i] & 0x3fu);
	}
	*len = n;
	return c;
}

char *bef_char_put(char *to, uint32_t c)
{
	static const unsigned char lead[] = { 0, 0xc0, 0xe0, 0xf0 };
	int more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;

	*to++ = (char)(lead[more] | c >> 6 * more);
	while (more-- > 0)
		*to++ = (char)(0x80 | (c >> 6 * more & 0x3f));
	return to;
}

static double wide(const struct bef_ruler *ruler, uint32_t c)
{
	return ruler->width(ruler->arg, c) * ruler->size / 1000;
}

double bef_ruler_measure(const struct bef_ruler *ruler, const char *text, size_t len)
{
	double width = 0;
	size_t n;

	for (const char *end = text + len; text < end; text += n)
		width += wide(ruler, bef_char_at(text, &n));
	return width;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Of a date or of a digest in groups. */
static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'A' && c <= 'F');
}

/* French puts a space where no line may end: before these marks, after an opening quotation mark, and between
 * the thousands of a number. */
static bool is_glue(const char *start, const char *space)
{
	static const char *const after[] = { ":", ";", "!", "?", "%", "»", "€" };

	if (space > start && is_digit(space[-1]) && is_digit(space[1]) && is_digit(space[2]) && is_digit(space[3]))
		return true;
	if (space - start >= 2 && memcmp(space - 2, "«", 2) == 0)
		return true;
	for (size_t i = 0; i < sizeof(after) / sizeof(*after); i++)
		if (strncmp(space + 1, after[i], strlen(after[i])) == 0)
			return true;
	return false;
}

/* True if a line may end after the character at `at`: a hyphen or a slash within a word, not in a date nor
 * in a digest. */
static bool may_end(const char *start, const char *at)
{
	if (*at == ' ')
		return !is_glue(start, at);
	return (*at == '-' || *at == '/') && at > start && !strchr(" -/", at[-1]) && !strchr(" -/", at[1]) &&
	       !(is_hex(at[-1]) && is_hex(at[1]));
}

static void trim(struct bef_span *span)
{
	while (span->len > 0 && span->start[span->len - 1] == ' ')
		span->len--;
}

const char *bef_wrap(const struct bef_ruler *ruler, const char *text, double width, struct bef_span *out)
{
	const char *last = NULL; /* where the line may end, and the next begin */
	double used = 0;
	const char *c;
	size_t n;

	*out = (struct bef_span){ .start = text };
	for (c = text; *c && *c != '\n'; c += n) {
		used += wide(ruler, bef_char_at(c, &n));
		if (used > width + .05 && *c != ' ' && c > text) {
			const char *next = last ? last : c;

			out->len = (size_t)(next - text);
			trim(out);
			return next;
		}
		if (may_end(text, c))
			last = c + n;
	}
	out->len = (size_t)(c - text);
	trim(out);
	return *c ? c + 1 : NULL;
}

int bef_wrap_count(const struct bef_ruler *ruler, const char *text, double width, int most)
{
	struct bef_span span;
	int lines = 0;

	do {
		text = bef_wrap(ruler, text, width, &span);
		lines++;
	} while (text && lines < most);
	return lines;
}

void bef_wrap_extent(const struct bef_ruler *ruler, const char *text, double *line, double *word)
{
	const char *start = text;
	double line_now = 0, word_now = 0;
	size_t n;

	*line = *word = 0;
	for (; *text; text += n) {
		double w = wide(ruler, bef_char_at(text, &n));

		line_now = *text == '\n' ? 0 : line_now + w;
		word_now = *text == '\n' || (*text == ' ' && !is_glue(start, text)) ? 0 : word_now + w;
		*line = line_now > *line ? line_now : *line;
		*word = word_now > *word ? word_now : *word;
	}
}

size_t bef_ruler_fit(const struct bef_ruler *ruler, const char *text, double width)
{
	const char *c = text;
	double used = 0;
	size_t n;

	for (; *c; c += n) {
		used += wide(ruler, bef_char_at(c, &n));
		if (used > width)
			break;
	}
	return (size_t)(c - text);
}
