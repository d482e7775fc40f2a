/* SPDX-License-Identifier: EUPL-1.2 */
#include "retry_after.h"

#include <stddef.h>
#include <string.h>

static const char shape[] = "Www, 00 Mmm 0000 00:00:00 GMT";
static const char day_names[] = "MonTueWedThuFriSatSun";
static const char month_names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
static const int month_days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Position of a three-letter name in a list, or -1. */
static int name_find(const char *list, const char *name)
{
	for (int i = 0; list[i * 3]; i++)
		if (memcmp(list + i * 3, name, 3) == 0)
			return i;
	return -1;
}

static int number(const char *text, int digits)
{
	int n = 0;

	for (int i = 0; i < digits; i++)
		n = n * 10 + (text[i] - '0');
	return n;
}

static bool has_shape(const char *text)
{
	for (size_t i = 0; i < sizeof(shape) - 1; i++) {
		if (shape[i] == '0' && !is_digit(text[i]))
			return false;
		if (strchr(" ,:GT", shape[i]) && text[i] != shape[i])
			return false;
	}
	return memcmp(text + 26, "GMT", 3) == 0;
}

/* Days since 1970-01-01 in the Gregorian calendar, the year counted from March. */
static int64_t days_from_civil(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

bool bef_http_date_parse(const char *text, int64_t *out_s)
{
	int day, month, year, hour, minute, second;

	if (strlen(text) != sizeof(shape) - 1 || !has_shape(text) || name_find(day_names, text) < 0)
		return false;
	day = number(text + 5, 2);
	month = name_find(month_names, text + 8);
	year = number(text + 12, 4);
	hour = number(text + 17, 2);
	minute = number(text + 20, 2);
	second = number(text + 23, 2);
	if (month < 0 || year < 1970 || day < 1 || day > month_days[month])
		return false;
	if (hour > 23 || minute > 59 || second > 60) /* 60: a leap second */
		return false;
	*out_s = days_from_civil(year, month + 1, day) * 86400 + hour * 3600 + minute * 60 + second;
	return true;
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
