/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Which days are working days: neither Saturday, nor Sunday, nor a public
 * holiday of the place where the action is to be taken (Regulation (EEC,
 * Euratom) 1182/71, art. 2).
 *
 * A calendar holds the days that the law of that place makes holidays: Code du
 * travail L3133-1, and what Alsace-Moselle and the overseas territories add;
 * the source of each day stands beside it.  Days kept by custom only are left
 * out: a holiday too many would put a limit later than it is.  Whoever keeps
 * them adds them (struct bef_extra_days).  Easter is computed.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { BEF_EXTRA_DAYS_MOST = 64 };

struct bef_calendar {
	const char *name;    /* "fr", "fr-alsace-moselle", "none": stored for ever; NULL ends the table */
	const char *also;    /* further names, folded, between commas; or NULL */
	const char *version; /* for a record: name, and when the table was last read against its sources */
	unsigned places;     /* whose days it takes; private */
};

extern const struct bef_calendar bef_calendars[];

/* Days that a user adds to a calendar. */
struct bef_extra_days {
	int day[BEF_EXTRA_DAYS_MOST]; /* 20261224 */
	size_t count;
};

/* The calendar of that name in either language, accents and case folded; NULL: none. */
const struct bef_calendar *bef_calendar_find(const char *name);

/* The same for what somebody typed.  BEF_USAGE: none; the hint lists the names. */
enum bef_rc bef_calendar_parse(const char *name, const struct bef_calendar **out, struct bef_err *err) BEF_MUST_CHECK;

/* Add the days of `list`, YYYY-MM-DD, with commas or spaces between; one already there is not added
 * again.  BEF_USAGE: not such a day, or more than BEF_EXTRA_DAYS_MOST; then none is added. */
enum bef_rc bef_extra_days_add(struct bef_extra_days *days, const char *list, struct bef_err *err) BEF_MUST_CHECK;

/* What is celebrated that day, in the chosen language; NULL: nothing.  `extra` may be NULL. */
const char *bef_holiday_name(const struct bef_calendar *calendar, const struct bef_extra_days *extra, int year,
                             int month, int day);

/* False on Saturdays, Sundays and holidays.  `extra` may be NULL.  The day exists. */
bool bef_is_working_day(const struct bef_calendar *calendar, const struct bef_extra_days *extra, int year, int month,
                        int day);

/* Easter Sunday of a year of the Gregorian calendar. */
void bef_easter(int year, int *month, int *day);
