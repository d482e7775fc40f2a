/* SPDX-License-Identifier: EUPL-1.2 */
#include "retry_after.h"

#include <stdbool.h>
#include <string.h>

#include "date.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static int cap(int64_t seconds)
{
	if (seconds <= 0)
		return 0;
	return seconds > BEF_RETRY_AFTER_MAX_S ? BEF_RETRY_AFTER_MAX_S : (int)seconds;
}

/* Copy without the blanks around; false when it is too long to be a date or a sane number. */
static bool trim(const char *in, char *out, size_t size)
{
	size_t len;

	while (is_blank(*in))
		in++;
	len = strlen(in);
	while (len > 0 && is_blank(in[len - 1]))
		len--;
	if (len == 0 || len >= size)
		return false;
	memcpy(out, in, len);
	out[len] = '\0';
	return true;
}

/* Saturates, so that twenty digits mean "long" and never wrap round to "now". */
static int64_t digits_parse(const char *text)
{
	int64_t n = 0;

	for (; is_digit(*text); text++)
		n = n > BEF_RETRY_AFTER_MAX_S ? n : n * 10 + (*text - '0');
	return *text ? -1 : n;
}

int bef_retry_after_s(const char *value, const char *date, int64_t now_s)
{
	char text[64], date_text[64];
	int64_t until_s, from_s = now_s;

	if (!value || !trim(value, text, sizeof(text)))
		return 0;
	if (is_digit(text[0]))
		return cap(digits_parse(text));
	if (!bef_http_date_parse(text, &until_s))
		return 0;
	if (date && trim(date, date_text, sizeof(date_text)))
		(void)bef_http_date_parse(date_text, &from_s);
	return cap(until_s - from_s);
}
