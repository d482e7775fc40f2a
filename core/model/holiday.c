/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/holiday.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"

/* Places whose law adds days; a calendar is a set of them. */
enum {
	FRANCE = 1 << 0, ALSACE_MOSELLE = 1 << 1, GUADELOUPE = 1 << 2, MARTINIQUE = 1 << 3, GUYANE = 1 << 4,
	REUNION = 1 << 5, MAYOTTE = 1 << 6, SAINT_MARTIN = 1 << 7, SAINT_BARTHELEMY = 1 << 8, CALEDONIE = 1 << 9,
	POLYNESIE = 1 << 10, WALLIS = 1 << 11,
};

/* Name and version stand together, so that the one is never without the other. */
#define CALENDAR(title, other, where) { .name = title, .version = title " 2026-11", .also = other, .places = where }

const struct bef_calendar bef_calendars[] = {
	CALENDAR("fr", "france,metropole,fr-metropole", FRANCE),
	CALENDAR("fr-alsace-moselle", "alsace-moselle,alsace,moselle", FRANCE | ALSACE_MOSELLE),
	CALENDAR("fr-guadeloupe", "guadeloupe", FRANCE | GUADELOUPE),
	CALENDAR("fr-martinique", "martinique", FRANCE | MARTINIQUE),
	CALENDAR("fr-guyane", "guyane,french-guiana", FRANCE | GUYANE),
	CALENDAR("fr-la-reunion", "la-reunion,reunion,fr-reunion", FRANCE | REUNION),
	CALENDAR("fr-mayotte", "mayotte", FRANCE | MAYOTTE),
	CALENDAR("fr-saint-martin", "saint-martin", FRANCE | SAINT_MARTIN),
	CALENDAR("fr-saint-barthelemy", "saint-barthelemy", FRANCE | SAINT_BARTHELEMY),
	/* No local day of its own was found for Saint-Pierre-et-Miquelon (from memory). */
	CALENDAR("fr-saint-pierre-et-miquelon", "saint-pierre-et-miquelon", FRANCE),
	CALENDAR("fr-nouvelle-caledonie", "nouvelle-caledonie,new-caledonia", FRANCE | CALEDONIE),
	CALENDAR("fr-polynesie-francaise", "polynesie-francaise,polynesie,french-polynesia", FRANCE | POLYNESIE),
	CALENDAR("fr-wallis-et-futuna", "wallis-et-futuna,wallis-and-futuna", FRANCE | WALLIS),
	CALENDAR("none", "aucun,week-ends,week-end", 0),
	{ .name = NULL },
};

enum { EASTER = 0 };

/* A day of the year, or (month EASTER) so many days after Easter Sunday, in the years between. */
struct holiday {
	const char *name;
	short month, day;
	short from, until; /* first and last year; 0: no bound that matters */
	unsigned places;
};

static const struct holiday holidays[] = {
	/* Code du travail L3133-1: eleven.  8 May since 1982 (loi 81-893). */
	{ N_("New Year's Day"), 1, 1, 0, 0, FRANCE },
	{ N_("Easter Monday"), EASTER, 1, 0, 0, FRANCE },
	{ N_("Labour Day"), 5, 1, 0, 0, FRANCE },
	{ N_("Victory Day 1945"), 5, 8, 1982, 0, FRANCE },
	{ N_("Ascension Day"), EASTER, 39, 0, 0, FRANCE },
	{ N_("Whit Monday"), EASTER, 50, 0, 0, FRANCE },
	{ N_("National Day"), 7, 14, 0, 0, FRANCE },
	{ N_("Assumption Day"), 8, 15, 0, 0, FRANCE },
	{ N_("All Saints' Day"), 11, 1, 0, 0, FRANCE },
	{ N_("Armistice Day 1918"), 11, 11, 0, 0, FRANCE },
	{ N_("Christmas Day"), 12, 25, 0, 0, FRANCE },
	/* Code du travail L3134-13 (ordinance of 16 August 1892).  Good Friday only in communes with a
	 * Protestant or shared church: `fr` is for the others. */
	{ N_("Good Friday"), EASTER, -2, 0, 0, ALSACE_MOSELLE },
	{ N_("Saint Stephen's Day"), 12, 26, 0, 0, ALSACE_MOSELLE },
	/* Code du travail L3422-2; loi 83-550, décret 83-1003, décret 2012-553. */
	{ N_("Abolition of Slavery"), 4, 27, 1984, 0, MAYOTTE },
	{ N_("Abolition of Slavery"), 5, 22, 1984, 0, MARTINIQUE },
	{ N_("Abolition of Slavery"), 5, 27, 1984, 0, GUADELOUPE },
	{ N_("Abolition of Slavery"), 6, 10, 1984, 0, GUYANE },
	{ N_("Abolition of Slavery"), 10, 9, 2012, 0, SAINT_BARTHELEMY },
	{ N_("Abolition of Slavery"), 12, 20, 1984, 0, REUNION },
	/* The Code still says 27 May for Saint-Martin; the circular of 2018 and the préfecture keep the
	 * 28th since 2019 (Soualiga Post, 27 May 2024). */
	{ N_("Abolition of Slavery"), 5, 27, 2012, 2018, SAINT_MARTIN },
	{ N_("Abolition of Slavery"), 5, 28, 2019, 0, SAINT_MARTIN },
	/* Accord interprofessionnel territorial, art. 74 (as listed by job.nc); the year from memory. */
	{ N_("Citizenship Day"), 9, 24, 2004, 0, CALEDONIE },
	/* Code du travail de la Polynésie française; 29 June gave way to 20 November by the loi du pays
	 * adopted on 6 May 2025 (Tahiti Infos).  The first year of 5 March from memory. */
	{ N_("Arrival of the Gospel"), 3, 5, 1978, 0, POLYNESIE },
	{ N_("Good Friday"), EASTER, -2, 0, 0, POLYNESIE },
	{ N_("Autonomy Day"), 6, 29, 1985, 2024, POLYNESIE },
	{ N_("Matari'i i ni'a"), 11, 20, 2025, 0, POLYNESIE },
	/* From public lists, the text itself not read; 29 June (Saints Peter and Paul) is in some of them
	 * only, hence left out. */
	{ N_("Saint Peter Chanel's Day"), 4, 28, 0, 0, WALLIS },
	{ N_("Territory Day"), 7, 29, 1962, 0, WALLIS },
};

const struct bef_calendar *bef_calendar_find(const char *name)
{
	char folded[64];

	bef_fold(name, folded, sizeof(folded));
	for (const struct bef_calendar *one = bef_calendars; one->name; one++)
		if (strcmp(folded, one->name) == 0 || (one->also && bef_word_in_list(one->also, folded)))
			return one;
	return NULL;
}

enum bef_rc bef_calendar_parse(const char *name, const struct bef_calendar **out, struct bef_err *err)
{
	BEF_AUTO(text) names = { .max = 400 };

	*out = bef_calendar_find(name);
	if (*out)
		return BEF_OK;
	for (const struct bef_calendar *one = bef_calendars; one->name; one++)
		bef_text_printf(&names, "%s%s", names.len ? ", " : "", one->name);
	bef_fail(err, BEF_USAGE, tr("unknown calendar of holidays: '%.60s'"), name);
	bef_hint(err, tr("one of: %s"), bef_text_str(&names));
	return BEF_USAGE;
}

/* The anonymous algorithm of 1876 (Nature; Meeus, Astronomical Algorithms, ch. 8). */
void bef_easter(int year, int *month, int *day)
{
	int a = year % 19;
	int b = year / 100;
	int c = year % 100;
	int f = (b + 8) / 25;
	int g = (b - f + 1) / 3;
	int h = (19 * a + b - b / 4 - g + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451;

	*month = (h + l - 7 * m + 114) / 31;
	*day = (h + l - 7 * m + 114) % 31 + 1;
}

static int64_t days_of(int year, int month, int day)
{
	struct bef_civil civil = { .year = year, .month = month, .day = day };

	return bef_civil_seconds(&civil) / 86400;
}

static bool falls_on(const struct holiday *holiday, int year, int month, int day, int after_easter)
{
	if (year < holiday->from || (holiday->until && year > holiday->until))
		return false;
	return holiday->month == EASTER ? holiday->day == after_easter : holiday->month == month && holiday->day == day;
}

static bool has_extra(const struct bef_extra_days *extra, int day)
{
	for (size_t i = 0; extra && i < extra->count; i++)
		if (extra->day[i] == day)
			return true;
	return false;
}

const char *bef_holiday_name(const struct bef_calendar *calendar, const struct bef_extra_days *extra, int year,
                             int month, int day)
{
	int easter_month, easter_day, after;

	bef_easter(year, &easter_month, &easter_day);
	after = (int)(days_of(year, month, day) - days_of(year, easter_month, easter_day));
	for (size_t i = 0; i < sizeof(holidays) / sizeof(*holidays); i++)
		if ((holidays[i].places & calendar->places) && falls_on(&holidays[i], year, month, day, after))
			return tr(holidays[i].name);
	return has_extra(extra, year * 10000 + month * 100 + day) ? tr("local holiday") : NULL;
}

bool bef_is_working_day(const struct bef_calendar *calendar, const struct bef_extra_days *extra, int year, int month,
                        int day)
{
	/* 1 January 1970 was a Thursday. */
	int weekday = (int)((days_of(year, month, day) % 7 + 7 + 4) % 7);

	return weekday != 0 && weekday != 6 && !bef_holiday_name(calendar, extra, year, month, day);
}

/* YYYY-MM-DD and nothing else, as 20261224; 0: no such day. */
static int day_of(const char *text, size_t len)
{
	struct bef_civil civil = { 0 };
	int read = 0;

	if (len != 10 || strspn(text, "0123456789-") < 10 ||
	    sscanf(text, "%4d-%2d-%2d%n", &civil.year, &civil.month, &civil.day, &read) != 3 || read != 10 ||
	    !bef_civil_exists(&civil))
		return 0;
	return civil.year * 10000 + civil.month * 100 + civil.day;
}

enum bef_rc bef_extra_days_add(struct bef_extra_days *days, const char *list, struct bef_err *err)
{
	static const char between[] = ", \t";
	struct bef_extra_days more = *days;

	for (list += strspn(list, between); *list; list += strspn(list, between)) {
		size_t len = strcspn(list, between);
		int day = day_of(list, len);

		if (!day) {
			bef_fail(err, BEF_USAGE, tr("'%.*s' is not a day"), (int)(len < 40 ? len : 40), list);
			bef_hint(err, "%s", tr("write it so: 2026-12-24"));
			return BEF_USAGE;
		}
		if (!has_extra(&more, day) && more.count == BEF_EXTRA_DAYS_MOST)
			return bef_fail(err, BEF_USAGE, tr("more than %d holidays were added"), BEF_EXTRA_DAYS_MOST);
		if (!has_extra(&more, day))
			more.day[more.count++] = day;
		list += len;
	}
	*days = more;
	return BEF_OK;
}
