/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/day.h"

#include "unit.h"

#define PARIS "Europe/Paris"

static struct bef_civil civil_of(const char *text)
{
	struct bef_civil c = { 0 };

	if (sscanf(text, "%d-%d-%d %d:%d", &c.year, &c.month, &c.day, &c.hour, &c.minute) < 3)
		fail_msg("'%s' is no civil time", text);
	return c;
}

static int64_t utc(const char *text)
{
	int64_t at_ms = -1;

	must(bef_date_utc_parse(text, &at_ms), "%s", text);
	return at_ms;
}

static void a_local_time_is_one_instant(void **state)
{
	static const struct { const char *zone, *civil, *at; } rows[] = {
		{ PARIS, "2026-11-18 14:20", "2026-11-18T13:20:00Z" },
		/* twice: the first; skipped: the jump */
		{ PARIS, "2026-10-25 02:30", "2026-10-25T00:30:00Z" },
		{ PARIS, "2027-03-28 02:00", "2027-03-28T01:00:00Z" },
		{ PARIS, "2027-03-28 02:59", "2027-03-28T01:00:00Z" },
		{ PARIS, "2027-03-28 03:00", "2027-03-28T01:00:00Z" },
		{ "Australia/Lord_Howe", "2025-10-05 02:10", "2025-10-04T15:30:00Z" },
		{ "America/New_York", "2027-03-14 02:30", "2027-03-14T07:00:00Z" },
		{ "America/Havana", "2025-03-09 00:30", "2025-03-09T05:00:00Z" },
		{ "America/Havana", "2025-11-02 00:30", "2025-11-02T04:30:00Z" },
		/* a whole day that never was */
		{ "Pacific/Apia", "2011-12-30 12:00", "2011-12-30T10:00:00Z" },
		{ "UTC", "2027-03-28 02:30", "2027-03-28T02:30:00Z" },
	};
	char found[BEF_DATE_SIZE];

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_civil civil = civil_of(rows[i].civil);

		bef_date_utc(bef_civil_first(&civil, rows[i].zone), found);
		must(strcmp(found, rows[i].at) == 0, "%s %s: %s", rows[i].zone, rows[i].civil, found);
	}
}

static void a_day_ends_when_the_clocks_show_a_later_one(void **state)
{
	static const struct { const char *zone, *day, *at; } rows[] = {
		{ PARIS, "2026-10-24", "2026-10-24T22:00:00Z" }, { PARIS, "2026-10-25", "2026-10-25T23:00:00Z" },
		{ PARIS, "2027-03-27", "2027-03-27T23:00:00Z" }, { PARIS, "2027-03-28", "2027-03-28T22:00:00Z" },
		{ PARIS, "2026-12-31", "2026-12-31T23:00:00Z" }, { PARIS, "2028-02-29", "2028-02-29T23:00:00Z" },
		{ "Pacific/Marquesas", "2026-11-20", "2026-11-21T09:30:00Z" },
		/* midnight skipped; shown twice; reached an hour late */
		{ "America/Havana", "2025-03-08", "2025-03-09T05:00:00Z" },
		{ "Africa/Cairo", "2027-04-29", "2027-04-29T22:00:00Z" },
		{ "America/Havana", "2025-11-01", "2025-11-02T04:00:00Z" },
		{ "Asia/Damascus", "2021-10-28", "2021-10-28T22:00:00Z" },
		{ "Pacific/Apia", "2011-12-29", "2011-12-30T10:00:00Z" },
	};
	char found[BEF_DATE_SIZE];

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_civil day = civil_of(rows[i].day);

		bef_date_utc(bef_day_end(&day, rows[i].zone), found);
		must(strcmp(found, rows[i].at) == 0, "%s %s: %s", rows[i].zone, rows[i].day, found);
	}
}

static void an_hour_is_that_of_the_local_clocks(void **state)
{
	static const struct { const char *zone, *at, *end; } rows[] = {
		{ PARIS, "2026-11-18T13:20:00Z", "2026-11-18T14:00:00Z" },
		{ PARIS, "2026-11-18T13:00:00Z", "2026-11-18T14:00:00Z" },
		{ PARIS, "2026-11-18T13:59:59Z", "2026-11-18T14:00:00Z" },
		{ PARIS, "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z" },
		{ "Pacific/Marquesas", "2026-11-18T23:50:00Z", "2026-11-19T00:30:00Z" },
		{ "Asia/Kolkata", "2026-11-18T09:20:00Z", "2026-11-18T09:30:00Z" },
		{ "Asia/Kathmandu", "2026-11-18T09:20:00Z", "2026-11-18T10:15:00Z" },
	};
	char found[BEF_DATE_SIZE];

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		bef_date_utc(bef_hour_end(rows[i].zone, utc(rows[i].at)), found);
		must(strcmp(found, rows[i].end) == 0, "%s %s: %s", rows[i].zone, rows[i].at, found);
	}
}

static void days_and_months_are_added(void **state)
{
	static const struct { const char *from; int days, months; const char *to; int weekday; } rows[] = {
		{ "2027-01-31 09:00", 0, 1, "2027-02-28 09:00", 0 }, { "2028-01-31 09:00", 0, 1, "2028-02-29 09:00", 2 },
		{ "2026-10-31 09:00", 0, 1, "2026-11-30 09:00", 1 }, { "2026-11-30 09:00", 0, 1, "2026-12-30 09:00", 3 },
		{ "2026-12-31 09:00", 0, 2, "2027-02-28 09:00", 0 }, { "2028-02-29 09:00", 0, 12, "2029-02-28 09:00", 3 },
		{ "2026-11-25 09:00", 0, 0, "2026-11-25 09:00", 3 }, { "2026-12-15 09:00", 0, 120, "2036-12-15 09:00", 1 },
		{ "2028-02-28 23:59", 1, 0, "2028-02-29 23:59", 2 }, { "2026-12-31 23:59", 1, 0, "2027-01-01 23:59", 5 },
		{ "2027-01-01 00:00", -1, 0, "2026-12-31 00:00", 4 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_civil civil = civil_of(rows[i].from);
		struct bef_civil to = civil_of(rows[i].to);

		bef_civil_add_months(&civil, rows[i].months);
		bef_civil_add_days(&civil, rows[i].days);
		must(bef_civil_seconds(&civil) == bef_civil_seconds(&to) && civil.weekday == rows[i].weekday, "%s to %s",
		     rows[i].from, rows[i].to);
	}
}

static void an_end_at_midnight_is_that_of_the_day_before(void **state)
{
	static const struct {
		enum bef_lang lang;
		const char *zone, *at, *moment, *limit;
	} rows[] = {
		{ BEF_EN, PARIS, "2027-03-30T22:00:00Z", "Wednesday 31 March 2027, 00:00", "Tuesday 30 March 2027, 24:00" },
		{ BEF_FR, PARIS, "2027-03-30T22:00:00Z", "mercredi 31 mars 2027, 00:00", "mardi 30 mars 2027, 24:00" },
		{ BEF_FR, PARIS, "2026-11-23T17:30:00Z", "lundi 23 novembre 2026, 18:30", "lundi 23 novembre 2026, 18:30" },
		{ BEF_EN, PARIS, "2026-11-23T17:30:05Z", "Monday 23 November 2026, 18:30:05", "Monday 23 November 2026, 18:30:05" },
		{ BEF_EN, PARIS, "2026-11-22T23:00:01Z", "Monday 23 November 2026, 00:00:01", "Monday 23 November 2026, 00:00:01" },
		{ BEF_EN, "Africa/Cairo", "2027-04-29T22:00:00Z", "Friday 30 April 2027, 01:00", "Thursday 29 April 2027, 24:00" },
	};
	char text[BEF_DATE_SIZE];

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		bef_lang_set(rows[i].lang);
		assert_string_equal(bef_moment_format(utc(rows[i].at), rows[i].zone, text), rows[i].moment);
		assert_string_equal(bef_limit_format(utc(rows[i].at), rows[i].zone, text), rows[i].limit);
	}
	bef_lang_set(BEF_EN);
	assert_string_equal(bef_offset_format(UNIT_NOW, "America/St_Johns", text), "-03:30");
	assert_string_equal(bef_offset_format(UNIT_NOW, PARIS, text), "+01:00");
	assert_string_equal(bef_offset_format(UNIT_NOW, "UTC", text), "+00:00");
}

UNIT_MAIN(unit(a_local_time_is_one_instant), unit(a_day_ends_when_the_clocks_show_a_later_one),
          unit(an_hour_is_that_of_the_local_clocks), unit(days_and_months_are_added),
          unit(an_end_at_midnight_is_that_of_the_day_before))
