/* SPDX-License-Identifier: EUPL-1.2 */
/* How a limit was found, in words. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "model/reckoning.h"

void bef_reckon_say(struct bef_due *due, const char *fmt, ...)
{
	va_list args;

	if (due->step_count == BEF_DUE_STEPS_MOST)
		return;
	va_start(args, fmt);
	vsnprintf(due->step[due->step_count++], BEF_DUE_STEP_SIZE, fmt, args);
	va_end(args);
}

static const char *offset_words(const struct bef_due_ask *ask, char out[BEF_DATE_SIZE])
{
	const int n = (int)ask->offset.count;
	const char *fmt = trn("%d month", "%d months", n);

	if (ask->offset.unit == BEF_OFFSET_DAYS && ask->calc == BEF_CALC_CONTRACT)
		fmt = trn("%d working day", "%d working days", n);
	else if (ask->offset.unit == BEF_OFFSET_DAYS)
		fmt = trn("%d day", "%d days", n);
	else if (ask->offset.unit == BEF_OFFSET_WEEKS)
		fmt = trn("%d week", "%d weeks", n);
	if (ask->offset.unit != BEF_OFFSET_TIME)
		snprintf(out, BEF_DATE_SIZE, fmt, n);
	else if (n % 3600 == 0)
		snprintf(out, BEF_DATE_SIZE, "%d h", n / 3600);
	else
		bef_span_format(ask->offset.count * 1000, out);
	return out;
}

static void say_clocks(const struct reckoning *r)
{
	const char *zone = r->ask->zone;
	char before[BEF_DATE_SIZE], after[BEF_DATE_SIZE];

	if (bef_zone_offset(zone, r->ask->from_ms) == bef_zone_offset(zone, r->due->safe_ms))
		return;
	bef_offset_format(r->ask->from_ms, zone, before);
	bef_offset_format(r->due->safe_ms, zone, after);
	bef_reckon_say(r->due,
	               r->ask->offset.unit == BEF_OFFSET_TIME
	                       ? tr("the clocks change in between (UTC%s, then UTC%s): hours are counted, not what the clocks show")
	                       : tr("the clocks change in between (UTC%s, then UTC%s): the local time of day stays"),
	               before, after);
}

static const char *holiday_on(const struct bef_due_ask *ask, const struct bef_civil *day)
{
	return bef_holiday_name(ask->calendar, ask->extra, day->year, day->month, day->day);
}

void bef_reckon_say_not_working(const struct reckoning *r, const struct bef_civil *day)
{
	const char *name = holiday_on(r->ask, day);
	char date[BEF_DATE_SIZE];

	bef_reckon_say(r->due, tr("%s is not a working day (%.60s)"), bef_day_format(day, date), name ? name : tr("week-end"));
}

/* On one line: three are enough to understand. */
void bef_reckon_say_holidays(const struct reckoning *r, struct bef_civil day, const struct bef_civil *last)
{
	char line[BEF_DUE_STEP_SIZE] = "";
	char date[BEF_DATE_SIZE];
	int found = 0;

	for (; !bef_reckon_is_after(&day, last) && found < 4; bef_civil_add_days(&day, 1)) {
		const char *name = holiday_on(r->ask, &day);
		size_t len = strlen(line);

		if (!name || day.weekday == 0 || day.weekday == 6)
			continue;
		if (++found < 4)
			snprintf(line + len, sizeof(line) - len, "%s%s (%.40s)", len ? ", " : "",
			         bef_day_format(&day, date), name);
		else
			snprintf(line + len, sizeof(line) - len, "...");
	}
	if (found)
		bef_reckon_say(r->due, tr("holidays: %s"), line);
}

static void say_local(const struct reckoning *r)
{
	int64_t at_ms[2];
	int found = bef_civil_instants(&r->last, r->ask->zone, at_ms);

	if (r->ask->offset.unit == BEF_OFFSET_MONTHS && r->last.day != r->start.day)
		bef_reckon_say(r->due, tr("that month has no day %d: its last day counts"), r->start.day);
	if (found == 0)
		bef_reckon_say(r->due, "%s", tr("the clocks skip that time: the moment they jump over it counts"));
	if (found == 2)
		bef_reckon_say(r->due, "%s", tr("the clocks show that time twice: the first time counts"));
}

void bef_reckon_say_safe(const struct reckoning *r)
{
	const char *zone = r->ask->zone;
	char length[BEF_DATE_SIZE], date[BEF_DATE_SIZE];

	bef_reckon_say(r->due, tr("start: %s (%s)"), bef_moment_format(r->ask->from_ms, zone, date), zone);
	offset_words(r->ask, length);
	bef_limit_format(r->due->safe_ms, zone, date);
	if (r->ask->offset.unit == BEF_OFFSET_TIME)
		bef_reckon_say(r->due, tr("%s later, as time passes: %s"), length, date);
	else
		bef_reckon_say(r->due, tr("%s later, at the same local time: %s"), length, date);
	say_clocks(r);
	if (r->ask->offset.unit != BEF_OFFSET_TIME)
		say_local(r);
}
