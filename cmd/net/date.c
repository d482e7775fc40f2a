/* SPDX-License-Identifier: EUPL-1.2 */
#include "date.h"

#include <string.h>

static const char http_shape[] = "Aaa, 00 Aaa 0000 00:00:00 GMT";
static const char certificate_shape[] = "Aaa _0 00:00:00 0000 GMT";
static const char day_names[] = "MonTueWedThuFriSatSun";
static const char month_names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
static const int month_days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Position of a three-letter name in a list, or -1. */
static int name_find(const char *list, const char *name)
{
	for (int i = 0; list[i * 3]; i++)
		if (memcmp(list + i * 3, name, 3) == 0)
			return i;
	return -1;
}

/* A blank in front counts as a zero. */
static int number(const char *text, int digits)
{
	int n = 0;

	for (int i = 0; i < digits; i++)
		n = n * 10 + (is_digit(text[i]) ? text[i] - '0' : 0);
	return n;
}

/* In a shape, 0 is a digit, _ a digit or a blank, A and a anything; the rest stands for itself. */
static bool has_shape(const char *text, const char *shape)
{
	if (strlen(text) != strlen(shape))
		return false;
	for (size_t i = 0; shape[i]; i++) {
		if (shape[i] == '0' && !is_digit(text[i]))
			return false;
		if (shape[i] == '_' && !is_digit(text[i]) && text[i] != ' ')
			return false;
		if (!strchr("0_Aa", shape[i]) && text[i] != shape[i])
			return false;
	}
	return true;
}

/* Days since 1970-01-01 in the Gregorian calendar, the year counted from March. */
static int64_t days_from_civil(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

/* `month` counts from 0; `clock` is "00:00:00". */
static bool join(int year, int month, int day, const char *clock, int64_t *out_s)
{
	int hour = number(clock, 2), minute = number(clock + 3, 2), second = number(clock + 6, 2);

	if (month < 0 || year < 1970 || day < 1 || day > month_days[month])
		return false;
	if (hour > 23 || minute > 59 || second > 60) /* 60: a leap second */
		return false;
	*out_s = days_from_civil(year, month + 1, day) * 86400 + hour * 3600 + minute * 60 + second;
	return true;
}

bool bef_http_date_parse(const char *text, int64_t *out_s)
{
	if (!has_shape(text, http_shape) || name_find(day_names, text) < 0)
		return false;
	return join(number(text + 12, 4), name_find(month_names, text + 8), number(text + 5, 2), text + 17, out_s);
}

bool bef_certificate_date_parse(const char *text, int64_t *out_s)
{
	if (!has_shape(text, certificate_shape))
		return false;
	return join(number(text + 16, 4), name_find(month_names, text), number(text + 4, 2), text + 7, out_s);
}
