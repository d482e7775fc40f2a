/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Limits worked out once more, another way: by walking minute after minute
 * and day after day with the clocks in view, with lists of holidays as text
 * and Easter by Oudin's method.  Slow, and nothing shared with core/model but
 * the questions.  Zones whose clocks move by whole quarters of an hour, on
 * the quarter; lengths in whole quarters; for days and months, starts without
 * seconds.  Years 2026 to 2099.
 */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "model/due.h"

struct again {
	const char *zone, *fixed, *moving; /* " 0501 ..." month and day; " +50 ..." days from Easter */
};

#define AGAIN_FRANCE " 0101 0501 0508 0714 0815 1101 1111 1225"
#define AGAIN_EASTER " +01 +39 +50"

static const struct {
	const char *name, *fixed, *moving;
} again_places[] = {
	{ "none", "", "" },
	{ "fr", AGAIN_FRANCE, AGAIN_EASTER },
	{ "fr-alsace-moselle", AGAIN_FRANCE " 1226", AGAIN_EASTER " -02" },
	{ "fr-guadeloupe", AGAIN_FRANCE " 0527", AGAIN_EASTER },
	{ "fr-martinique", AGAIN_FRANCE " 0522", AGAIN_EASTER },
	{ "fr-guyane", AGAIN_FRANCE " 0610", AGAIN_EASTER },
	{ "fr-la-reunion", AGAIN_FRANCE " 1220", AGAIN_EASTER },
	{ "fr-mayotte", AGAIN_FRANCE " 0427", AGAIN_EASTER },
	{ "fr-saint-martin", AGAIN_FRANCE " 0528", AGAIN_EASTER },
	{ "fr-saint-barthelemy", AGAIN_FRANCE " 1009", AGAIN_EASTER },
	{ "fr-saint-pierre-et-miquelon", AGAIN_FRANCE, AGAIN_EASTER },
	{ "fr-nouvelle-caledonie", AGAIN_FRANCE " 0924", AGAIN_EASTER },
	{ "fr-polynesie-francaise", AGAIN_FRANCE " 0305 1120", AGAIN_EASTER " -02" },
	{ "fr-wallis-et-futuna", AGAIN_FRANCE " 0428 0729", AGAIN_EASTER },
};
enum { AGAIN_PLACES = sizeof(again_places) / sizeof(*again_places) };

static inline int again_length(int year, int month)
{
	if (month == 2)
		return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* Number of a day, 1 January 1970 being 0, and back: by walking. */
static inline long again_number(int year, int month, int day)
{
	long number = day - 1;

	for (int y = 1970; y < year; y++)
		number += 337 + again_length(y, 2);
	for (int m = 1; m < month; m++)
		number += again_length(year, m);
	return number;
}

static inline void again_date(long number, int *year, int *month, int *day)
{
	for (*year = 1970; number >= 337 + again_length(*year, 2); ++*year)
		number -= 337 + again_length(*year, 2);
	for (*month = 1; number >= again_length(*year, *month); ++*month)
		number -= again_length(*year, *month);
	*day = (int)number + 1;
}

/* Oudin, 1940. */
static inline long again_easter(int year)
{
	int century = year / 100;
	int g = year % 19;
	int k = (century - 17) / 25;
	int i = (century - century / 4 - (century - k) / 3 + 19 * g + 15) % 30;
	int j, l;

	i -= i / 28 * (1 - i / 28 * (29 / (i + 1)) * ((21 - g) / 11));
	j = (year + year / 4 + i + 2 - century + century / 4) % 7;
	l = i - j;
	return again_number(year, 3 + (l + 40) / 44, l + 28 - 31 * ((3 + (l + 40) / 44) / 4));
}

static inline bool again_works(const struct again *a, long number)
{
	long weekday = (number + 4) % 7;
	char text[32];
	long from_easter;
	int year, month, day;

	again_date(number, &year, &month, &day);
	if (weekday == 0 || weekday == 6)
		return false;
	snprintf(text, sizeof(text), " %02d%02d", month, day);
	if (strstr(a->fixed, text))
		return false;
	from_easter = number - again_easter(year);
	snprintf(text, sizeof(text), " %+03ld", from_easter);
	return from_easter < -9 || from_easter > 99 || !strstr(a->moving, text);
}

/* What the clocks show, as seconds since they showed 1 January 1970. */
static inline int64_t again_clock(const struct again *a, int64_t at)
{
	return at + bef_zone_offset(a->zone, at * 1000);
}

static inline long again_day(const struct again *a, int64_t at)
{
	return (long)(again_clock(a, at) / 86400);
}

/* From there, the end of that day. */
static inline int64_t again_end(const struct again *a, int64_t at, long number)
{
	for (at -= at % 900; again_day(a, at) <= number; at += 900)
		;
	return at;
}

/* The first minute at which the clocks show that much, or more. */
static inline int64_t again_reach(const struct again *a, int64_t clock)
{
	int64_t at = clock - 15 * 3600;

	while (again_clock(a, at) < clock)
		at += 60;
	return at;
}

static inline int64_t again_hours(const struct again *a, int64_t from, int64_t seconds)
{
	int64_t at = from - from % 60 + 60;
	int64_t end;
	long last = -1;
	int working = 0;

	while (again_clock(a, at) % 3600 != 0)
		at += 60;
	end = at + seconds;
	if (seconds < 48 * 3600)
		return end;
	for (; at < end || working < 2; at += 900) {
		if (again_day(a, at) == last)
			continue;
		last = again_day(a, at);
		working += again_works(a, last);
		if (working == 2 && at >= end)
			return again_end(a, at, last);
	}
	return end;
}

/* The day on which a length of days, weeks or months ends. */
static inline long again_target(const struct again *a, const struct bef_due_ask *ask, long number)
{
	int64_t left = ask->offset.count;
	int year, month, day;

	if (ask->offset.unit != BEF_OFFSET_MONTHS) {
		for (left *= ask->offset.unit == BEF_OFFSET_WEEKS ? 7 : 1; left > 0;) {
			number++;
			if (ask->calc != BEF_CALC_CONTRACT || again_works(a, number))
				left--;
		}
		return number;
	}
	again_date(number, &year, &month, &day);
	for (; left > 0; left--)
		if (++month == 13) {
			month = 1;
			year++;
		}
	while (day > again_length(year, month))
		day--;
	return again_number(year, month, day);
}

static inline void again_due(const struct bef_due_ask *ask, int64_t *safe, int64_t *extended)
{
	struct again a = { .zone = ask->zone };
	int64_t from = ask->from_ms / 1000;
	int64_t clock;
	long number;

	for (size_t i = 0; i < AGAIN_PLACES; i++)
		if (strcmp(again_places[i].name, ask->calendar->name) == 0) {
			a.fixed = again_places[i].fixed;
			a.moving = again_places[i].moving;
		}
	clock = again_clock(&a, from);
	if (ask->offset.unit == BEF_OFFSET_TIME) {
		*safe = from + ask->offset.count;
		number = again_day(&a, *safe);
	} else {
		number = again_target(&a, ask, (long)(clock / 86400));
		*safe = again_reach(&a, number * INT64_C(86400) + clock % 86400);
	}
	*extended = *safe;
	if (ask->calc == BEF_CALC_EU1182 && ask->offset.unit == BEF_OFFSET_TIME) {
		*extended = again_hours(&a, from, ask->offset.count);
	} else if (ask->calc == BEF_CALC_DORA5_4) {
		bool moves = ask->roll && !again_works(&a, number);

		while (!again_works(&a, number))
			number++;
		if (moves)
			*extended = again_reach(&a, number * INT64_C(86400) + 12 * 3600);
	} else if (ask->calc != BEF_CALC_ELAPSED && ask->offset.unit != BEF_OFFSET_TIME) {
		while (ask->calc != BEF_CALC_CONTRACT && !again_works(&a, number))
			number++;
		*extended = again_end(&a, *safe, number);
	}
}
