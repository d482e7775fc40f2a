/* SPDX-License-Identifier: EUPL-1.2 */
/* Instants and lengths in words and figures.  Declared in date.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

static const char *const day_names[2][7] = {
	{ "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" },
	{ "dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi" },
};
static const char *const day_short[2][7] = {
	{ "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" },
	{ "dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam." },
};
static const char *const month_names[2][12] = {
	{ "January", "February", "March", "April", "May", "June", "July", "August", "September",
	  "October", "November", "December" },
	{ "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
	  "octobre", "novembre", "décembre" },
};
static const char *const month_short[2][12] = {
	{ "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
	{ "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
	  "déc." },
};

const char *bef_date_format(int64_t at_ms, const char *zone, enum bef_date_style style,
                            char out[BEF_DATE_SIZE])
{
	int offset = bef_zone_offset(zone, at_ms);
	int minutes = abs(offset) / 60;
	enum bef_lang l = bef_lang();
	struct bef_civil c;

	bef_civil_from(bef_whole_seconds(at_ms) + offset, &c);
	switch (style) {
	case BEF_DATE_CLOCK:
		snprintf(out, BEF_DATE_SIZE, "%02d:%02d", c.hour, c.minute);
		break;
	case BEF_DATE_SHORT:
		snprintf(out, BEF_DATE_SIZE, "%02d/%02d %02d:%02d", c.day, c.month, c.hour, c.minute);
		break;
	case BEF_DATE_DAY:
		snprintf(out, BEF_DATE_SIZE, "%s %d %s %02d:%02d", day_short[l][c.weekday], c.day,
		         month_short[l][c.month - 1], c.hour, c.minute);
		break;
	case BEF_DATE_YEAR:
		snprintf(out, BEF_DATE_SIZE, "%s %d %s %d, %02d:%02d", day_short[l][c.weekday], c.day,
		         month_short[l][c.month - 1], c.year, c.hour, c.minute);
		break;
	case BEF_DATE_FULL:
		snprintf(out, BEF_DATE_SIZE, "%s %d %s %d, %02d:%02d:%02d", day_names[l][c.weekday], c.day,
		         month_names[l][c.month - 1], c.year, c.hour, c.minute, c.second);
		break;
	case BEF_DATE_OFFSET:
		snprintf(out, BEF_DATE_SIZE, "%04d-%02d-%02d %02d:%02d:%02d %c%02d:%02d", c.year, c.month,
		         c.day, c.hour, c.minute, c.second, offset < 0 ? '-' : '+', minutes / 60,
		         minutes % 60);
		break;
	}
	return out;
}

int bef_year_in(const char *zone, int64_t at_ms)
{
	struct bef_civil c;

	bef_civil_from(bef_whole_seconds(at_ms) + bef_zone_offset(zone, at_ms), &c);
	return c.year;
}

const char *bef_date_utc(int64_t at_ms, char out[BEF_DATE_SIZE])
{
	struct bef_civil c;

	bef_civil_from(bef_whole_seconds(at_ms), &c);
	snprintf(out, BEF_DATE_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour,
	         c.minute, c.second);
	return out;
}

/* True if `text` starts as `shape` does, where 0 stands for any digit. */
static bool has_shape(const char *text, const char *shape)
{
	for (; *shape; text++, shape++)
		if (*shape == '0' ? *text < '0' || *text > '9' : *text != *shape)
			return false;
	return true;
}

bool bef_date_utc_parse(const char *text, int64_t *out_ms)
{
	static const char shape[] = "0000-00-00T00:00:00";
	struct bef_civil c = { 0 };
	const char *rest = text + sizeof(shape) - 1;

	if (!has_shape(text, shape) ||
	    sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d", &c.year, &c.month, &c.day, &c.hour, &c.minute, &c.second) != 6 ||
	    !bef_civil_exists(&c))
		return false;
	if (has_shape(rest, ".0"))
		rest += 1 + strspn(rest + 1, "0123456789");
	if (strcmp(rest, "Z") != 0)
		return false;
	*out_ms = bef_civil_seconds(&c) * 1000;
	return true;
}

const char *bef_span_format(int64_t span_ms, char out[BEF_DATE_SIZE])
{
	int64_t s = (span_ms < 0 ? -span_ms : span_ms) / 1000;

	if (s < 60)
		snprintf(out, BEF_DATE_SIZE, "%d s", (int)s);
	else if (s < 3600)
		snprintf(out, BEF_DATE_SIZE, "%d min", (int)(s / 60));
	else if (s < 72 * 3600)
		snprintf(out, BEF_DATE_SIZE, "%d h %02d", (int)(s / 3600), (int)(s / 60 % 60));
	else
		snprintf(out, BEF_DATE_SIZE, tr("%d d %d h"), (int)(s / 86400), (int)(s / 3600 % 24));
	return out;
}

const char *bef_ago_format(int64_t at_ms, int64_t now_ms, char out[BEF_DATE_SIZE])
{
	char span[BEF_DATE_SIZE];
	int64_t away = at_ms - now_ms;

	bef_span_format(away, span);
	if (away > -BEF_MINUTE_MS && away < BEF_MINUTE_MS)
		snprintf(out, BEF_DATE_SIZE, "%s", tr("just now"));
	else if (away < 0)
		snprintf(out, BEF_DATE_SIZE, tr("%.40s ago"), span);
	else
		snprintf(out, BEF_DATE_SIZE, tr("in %.40s"), span);
	return out;
}

bool bef_duration_parse(const char *text, int64_t *out_ms)
{
	static const struct {
		bool time;
		char unit;
		int64_t ms;
	} units[] = {
		{ false, 'W', 7 * BEF_DAY_MS }, { false, 'D', BEF_DAY_MS }, { true, 'H', BEF_HOUR_MS },
		{ true, 'M', BEF_MINUTE_MS },   { true, 'S', 1000 },
	};
	int64_t total = 0;
	bool time = false;
	size_t unit = 0;

	if (*text++ != 'P' || !*text)
		return false;
	while (*text) {
		char *end;
		long n;

		if (*text == 'T' && !time) {
			time = true;
			text++;
		}
		if (*text < '0' || *text > '9')
			return false;
		n = strtol(text, &end, 10);
		while (unit < 5 && (units[unit].unit != *end || units[unit].time != time))
			unit++;
		if (unit == 5 || n < 0 || n > 5256000)
			return false;
		total += n * units[unit++].ms;
		text = end + 1;
	}
	if (total > 3660 * BEF_DAY_MS)
		return false;
	*out_ms = total;
	return true;
}
