/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* `at_ms` in whole seconds of the clocks of `zone`, rounded down. */
static int64_t local_seconds(const char *zone, int64_t at_ms)
{
	int64_t seconds = at_ms >= 0 ? at_ms / 1000 : -((999 - at_ms) / 1000);

	return seconds + bef_zone_offset(zone, at_ms);
}

void bef_civil_in(const char *zone, int64_t at_ms, struct bef_civil *out)
{
	bef_civil_from(local_seconds(zone, at_ms), out);
}

/* The instant at which clocks jump over `local` (seconds as the clocks write them). */
static int64_t jump_over(int64_t local, const char *zone)
{
	/* No clock is a day and a quarter away from UTC: the jump lies between. */
	int64_t before = local - 30 * 3600;
	int64_t after = local + 30 * 3600;

	while (after - before > 1) {
		int64_t middle = before + (after - before) / 2;

		if (local_seconds(zone, middle * 1000) >= local)
			after = middle;
		else
			before = middle;
	}
	return after * 1000;
}

int64_t bef_civil_first(const struct bef_civil *civil, const char *zone)
{
	int64_t at_ms[2];

	if (bef_civil_instants(civil, zone, at_ms) > 0)
		return at_ms[0];
	return jump_over(bef_civil_seconds(civil), zone);
}

void bef_civil_add_days(struct bef_civil *civil, int days)
{
	bef_civil_from(bef_civil_seconds(civil) + (int64_t)days * 86400, civil);
}

void bef_civil_add_months(struct bef_civil *civil, int months)
{
	int month = civil->month - 1 + months;
	int day = civil->day;
	struct bef_civil last;

	civil->year += month / 12;
	civil->month = month % 12 + 1;
	/* The day before the first of the month after. */
	last = (struct bef_civil){ .year = civil->year, .month = civil->month + 1, .day = 0 };
	bef_civil_from(bef_civil_seconds(&last), &last);
	civil->day = day < last.day ? day : last.day;
	bef_civil_add_days(civil, 0);
}

int64_t bef_day_end(const struct bef_civil *day, const char *zone)
{
	struct bef_civil next = { .year = day->year, .month = day->month, .day = day->day };

	bef_civil_add_days(&next, 1);
	return bef_civil_first(&next, zone);
}

int64_t bef_hour_end(const char *zone, int64_t at_ms)
{
	int64_t local_ms = at_ms + (int64_t)bef_zone_offset(zone, at_ms) * 1000;

	return at_ms - local_ms % BEF_HOUR_MS + BEF_HOUR_MS;
}

const char *bef_day_format(const struct bef_civil *day, char out[BEF_DATE_SIZE])
{
	struct bef_civil midnight = { .year = day->year, .month = day->month, .day = day->day };

	bef_date_format(bef_civil_seconds(&midnight) * 1000, "UTC", BEF_DATE_FULL, out);
	out[strcspn(out, ",")] = '\0';
	return out;
}

const char *bef_moment_format(int64_t at_ms, const char *zone, char out[BEF_DATE_SIZE])
{
	struct bef_civil here;
	size_t len;

	bef_civil_in(zone, at_ms, &here);
	len = strlen(bef_day_format(&here, out));
	snprintf(out + len, BEF_DATE_SIZE - len, ", %02d:%02d", here.hour, here.minute);
	len = strlen(out);
	if (here.second)
		snprintf(out + len, BEF_DATE_SIZE - len, ":%02d", here.second);
	return out;
}

/* The end of a day is told by the days, not by 00:00: some nights the clocks go from 24:00 to 01:00. */
const char *bef_limit_format(int64_t at_ms, const char *zone, char out[BEF_DATE_SIZE])
{
	struct bef_civil here, before;
	size_t len;

	bef_civil_in(zone, at_ms, &here);
	bef_civil_in(zone, at_ms - 1000, &before);
	if (before.day == here.day)
		return bef_moment_format(at_ms, zone, out);
	len = strlen(bef_day_format(&before, out));
	snprintf(out + len, BEF_DATE_SIZE - len, ", 24:00");
	return out;
}

const char *bef_offset_format(int64_t at_ms, const char *zone, char out[BEF_DATE_SIZE])
{
	int seconds = bef_zone_offset(zone, at_ms);
	int minutes = abs(seconds) / 60;

	snprintf(out, BEF_DATE_SIZE, "%c%02d:%02d", seconds < 0 ? '-' : '+', minutes / 60, minutes % 60);
	return out;
}
