/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

void bef_text_init(struct bef_text *text, size_t max)
{
	*text = (struct bef_text){ .max = max };
}

void bef_text_clear(struct bef_text *text)
{
	free(text->data);
	bef_text_init(text, text->max);
}

static bool make_room(struct bef_text *text, size_t len)
{
	size_t need;
	size_t size = text->size ? text->size : 64;
	char *data;

	if (len > text->max - text->len)
		text->failed = text->full = true;
	if (text->failed)
		return false;
	need = text->len + len + 1;
	if (need <= text->size)
		return true;
	while (size < need)
		size *= 2;
	data = realloc(text->data, size);
	if (!data)
		return !(text->failed = true);
	text->data = data;
	text->size = size;
	return true;
}

void bef_text_add(struct bef_text *text, const char *data, size_t len)
{
	if (len == 0 || !make_room(text, len))
		return;
	memcpy(text->data + text->len, data, len);
	text->len += len;
	text->data[text->len] = '\0';
}

void bef_text_puts(struct bef_text *text, const char *string)
{
	bef_text_add(text, string, strlen(string));
}

void bef_text_putc(struct bef_text *text, char c)
{
	bef_text_add(text, &c, 1);
}

void bef_text_printf(struct bef_text *text, const char *fmt, ...)
{
	va_list args;
	va_list again;
	int len;

	va_start(args, fmt);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, args);
	if (len < 0)
		text->failed = true;
	else if (len > 0 && make_room(text, (size_t)len)) {
		vsnprintf(text->data + text->len, (size_t)len + 1, fmt, again);
		text->len += (size_t)len;
	}
	va_end(again);
	va_end(args);
}

enum bef_rc bef_text_rc(const struct bef_text *text, struct bef_err *err)
{
	if (!text->failed)
		return BEF_OK;
	if (text->full)
		return bef_fail(err, BEF_FAILED, tr("the text is longer than %zu bytes"), text->max);
	return bef_no_memory(err);
}

const char *bef_text_str(const struct bef_text *text)
{
	return text->data ? text->data : "";
}

char *bef_text_take(struct bef_text *text)
{
	char *data = text->failed ? NULL : text->data;

	if (text->failed)
		return NULL;
	if (!data)
		return strdup("");
	text->data = NULL;
	bef_text_init(text, text->max);
	return data;
}

const char *bef_trim(const char *s, size_t *len)
{
	size_t n = strlen(s);
	size_t start = strspn(s, " \t\r\n");

	while (n > start && strchr(" \t\r\n", s[n - 1]))
		n--;
	*len = n - start;
	return s + start;
}

long bef_natural(const char *s, long most)
{
	long value = 0;

	if (!*s)
		return -1;
	for (; *s >= '0' && *s <= '9'; s++) {
		value = 10 * value + (*s - '0');
		if (value > most)
			return -1;
	}
	return *s ? -1 : value;
}

long bef_natural_unit(const char *s, long most, char *unit)
{
	size_t len = strspn(s, "0123456789");
	char digits[20];

	if (len == 0 || len >= sizeof(digits) || strlen(s) > len + 1)
		return -1;
	memcpy(digits, s, len);
	digits[len] = '\0';
	*unit = s[len];
	return bef_natural(digits, most);
}

bool bef_word_in_list(const char *list, const char *word)
{
	size_t len = strlen(word);

	if (strchr(word, ','))
		return false;
	for (const char *at = list; at; at = strchr(at, ',')) {
		at += *at == ',';
		if (strncmp(at, word, len) == 0 && (at[len] == ',' || at[len] == '\0'))
			return true;
	}
	return false;
}

unsigned bef_edit_distance(const char *a, const char *b, unsigned limit)
{
	enum { MOST = 40 };
	unsigned row[3][MOST + 1];
	size_t na = strlen(a);
	size_t nb = strlen(b);

	if (na > MOST || nb > MOST)
		return limit + 1;
	for (size_t j = 0; j <= nb; j++)
		row[0][j] = (unsigned)j;
	for (size_t i = 1; i <= na; i++) {
		unsigned *now = row[i % 3];
		const unsigned *up = row[(i + 2) % 3];
		const unsigned *upup = row[(i + 1) % 3];

		now[0] = (unsigned)i;
		for (size_t j = 1; j <= nb; j++) {
			unsigned best = up[j - 1] + (a[i - 1] != b[j - 1]);

			if (up[j] + 1 < best)
				best = up[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    upup[j - 2] + 1 < best)
				best = upup[j - 2] + 1;
			now[j] = best;
		}
	}
	return row[na % 3][nb] <= limit ? row[na % 3][nb] : limit + 1;
}
