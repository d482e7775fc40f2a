/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/date.h"

#include <locale.h>
#include <unistd.h>

#include "unit.h"

#define PARIS "Europe/Paris"

static struct bef_civil civil_of(const char *text)
{
	struct bef_civil c = { 0 };

	if (sscanf(text, "%d-%d-%d %d:%d:%d", &c.year, &c.month, &c.day, &c.hour, &c.minute, &c.second) < 5)
		fail_msg("'%s' is no civil time", text);
	return c;
}

static void a_local_time_has_no_one_or_two_instants(void **state)
{
	static const struct {
		const char *zone, *civil;
		int count;
		const char *first, *second;
	} rows[] = {
		{ PARIS, "2025-11-03 06:12", 1, "2025-11-03T05:12:00Z", NULL },
		{ PARIS, "2025-07-03 06:12", 1, "2025-07-03T04:12:00Z", NULL },
		{ PARIS, "2025-03-30 01:59:59", 1, "2025-03-30T00:59:59Z", NULL },
		{ PARIS, "2025-03-30 02:00", 0, NULL, NULL },
		{ PARIS, "2025-03-30 02:59:59", 0, NULL, NULL },
		{ PARIS, "2025-03-30 03:00", 1, "2025-03-30T01:00:00Z", NULL },
		{ PARIS, "2025-10-26 01:59:59", 1, "2025-10-25T23:59:59Z", NULL },
		{ PARIS, "2025-10-26 02:00", 2, "2025-10-26T00:00:00Z", "2025-10-26T01:00:00Z" },
		{ PARIS, "2025-10-26 02:59:59", 2, "2025-10-26T00:59:59Z", "2025-10-26T01:59:59Z" },
		{ PARIS, "2025-10-26 03:00", 1, "2025-10-26T02:00:00Z", NULL },
		{ "UTC", "2025-03-30 02:30", 1, "2025-03-30T02:30:00Z", NULL },
		/* half an hour */
		{ "Australia/Lord_Howe", "2025-10-05 01:59:59", 1, "2025-10-04T15:29:59Z", NULL },
		{ "Australia/Lord_Howe", "2025-10-05 02:00", 0, NULL, NULL },
		{ "Australia/Lord_Howe", "2025-10-05 02:29:59", 0, NULL, NULL },
		{ "Australia/Lord_Howe", "2025-10-05 02:30", 1, "2025-10-04T15:30:00Z", NULL },
		{ "Australia/Lord_Howe", "2025-04-06 01:29:59", 1, "2025-04-05T14:29:59Z", NULL },
		{ "Australia/Lord_Howe", "2025-04-06 01:30", 2, "2025-04-05T14:30:00Z",
		  "2025-04-05T15:00:00Z" },
		{ "Australia/Lord_Howe", "2025-04-06 02:00", 1, "2025-04-05T15:30:00Z", NULL },
		/* the south: summer in January */
		{ "Pacific/Auckland", "2025-01-15 12:00", 1, "2025-01-14T23:00:00Z", NULL },
		{ "Pacific/Auckland", "2025-07-15 12:00", 1, "2025-07-15T00:00:00Z", NULL },
		{ "Pacific/Auckland", "2025-09-28 02:30", 0, NULL, NULL },
		{ "America/Sao_Paulo", "2025-01-15 12:00", 1, "2025-01-15T15:00:00Z", NULL },
		{ "Asia/Kolkata", "2025-11-03 12:00", 1, "2025-11-03T06:30:00Z", NULL },
		{ "Asia/Kathmandu", "2025-11-03 12:00", 1, "2025-11-03T06:15:00Z", NULL },
		{ "America/St_Johns", "2025-11-02 01:30", 2, "2025-11-02T04:00:00Z", "2025-11-02T05:00:00Z" },
		/* at midnight, across a day, a whole day */
		{ "America/Havana", "2025-03-09 00:30", 0, NULL, NULL },
		{ "America/Havana", "2025-11-02 00:30", 2, "2025-11-02T04:30:00Z", "2025-11-02T05:30:00Z" },
		{ "Pacific/Apia", "2011-12-30 12:00", 0, NULL, NULL },
		{ "Pacific/Kiritimati", "2025-11-03 12:00", 1, "2025-11-02T22:00:00Z", NULL },
		/* after the last change that tzdata writes out */
		{ PARIS, "2090-07-03 06:12", 1, "2090-07-03T04:12:00Z", NULL },
		{ PARIS, "1970-01-01 00:30", 1, "1969-12-31T23:30:00Z", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_civil civil = civil_of(rows[i].civil);
		char date[BEF_DATE_SIZE];
		int64_t at_ms[2];
		int count = bef_civil_instants(&civil, rows[i].zone, at_ms);

		must(count == rows[i].count, "%s %s: %d instants", rows[i].zone, rows[i].civil, count);
		if (count > 0)
			must(strcmp(bef_date_utc(at_ms[0], date), rows[i].first) == 0, "%s %s: %s",
			     rows[i].zone,
			     rows[i].civil, date);
		if (count > 1)
			must(strcmp(bef_date_utc(at_ms[1], date), rows[i].second) == 0, "%s %s: %s",
			     rows[i].zone,
			     rows[i].civil, date);
	}
}

/* Every quarter of an hour of a year: the instant is among those of the time its clocks show. */
static void every_instant_is_found_again_from_its_clocks(void **state)
{
	static const char *const zones[] = { PARIS, "Australia/Lord_Howe", "America/St_Johns",
	                                     "Africa/Casablanca", "UTC" };
	const int64_t first_ms = INT64_C(1735686000000); /* 2025, in Paris */

	(void)state;
	for (size_t z = 0; z < ROWS(zones); z++)
		for (int64_t at_ms = first_ms; at_ms < first_ms + 365 * BEF_DAY_MS; at_ms += 15 * 60000) {
			struct bef_civil civil;
			int64_t found[2];
			int count;

			bef_civil_from(at_ms / 1000 + bef_zone_offset(zones[z], at_ms), &civil);
			count = bef_civil_instants(&civil, zones[z], found);
			must(count > 0 && (found[0] == at_ms || (count == 2 && found[1] == at_ms)),
			     "%s at %lld",
			     zones[z], (long long)at_ms);
			must(count == 1 || found[0] < found[1], "%s", zones[z]);
		}
}

static void the_year_is_that_of_the_clocks(void **state)
{
	const int64_t half_past_23_ms = INT64_C(1767223800000); /* 2025-12-31T23:30:00Z */

	(void)state;
	must(bef_year_in("UTC", half_past_23_ms) == 2025, "UTC");
	must(bef_year_in(PARIS, half_past_23_ms) == 2026, "Paris");
	must(bef_year_in("UTC", -1) == 1969, "before 1970");
}

static void only_a_zone_of_the_database_exists(void **state)
{
	static const struct { const char *name; bool known; } rows[] = {
		{ PARIS, true }, { "UTC", true }, { "Etc/GMT+5", true },
		{ "America/Argentina/Buenos_Aires", true },
		{ "", false }, { "Europe", false }, { "Europe/", false }, { "Europe/Pariss", false },
		{ "europe/paris", false }, { "Mars/Olympus", false }, { "/etc/passwd", false },
		{ "../../../etc/passwd", false }, { "Europe/../Europe/Paris", false }, { "leapseconds", false },
		{ "zone.tab", false }, { "tzdata.zi", false }, { "right/Europe/Paris", false },
		{ "posix/Europe/Paris", false }, { ":Europe/Paris", false }, { "CET-1CEST", false },
		{ "Europe/Paris ", false },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		must(bef_zone_exists(rows[i].name) == rows[i].known, "'%s'", rows[i].name);
		if (!rows[i].known)
			must(bef_zone_offset(rows[i].name, UNIT_NOW) == 0, "'%s'", rows[i].name);
	}
	assert_int_equal(bef_zone_offset(PARIS, UNIT_NOW), 3600);
}

static void the_machine_s_zone_is_not_the_last_one_asked_for(void **state)
{
	char zone[BEF_ZONE_SIZE];
	char again[BEF_ZONE_SIZE];

	(void)state;
	bef_zone_local(zone);
	assert_true(bef_zone_exists(zone));
	assert_int_equal(bef_zone_offset("Asia/Kathmandu", UNIT_NOW), 20700);
	bef_zone_local(again);
	assert_string_equal(zone, again);
}

static void a_civil_time_must_exist(void **state)
{
	static const struct { const char *civil; bool exists; } rows[] = {
		{ "2024-02-29 00:00", true }, { "2025-02-29 00:00", false }, { "2000-02-29 00:00", true },
		{ "2100-02-29 00:00", false }, { "2025-04-31 00:00", false }, { "2025-12-31 23:59:59", true },
		{ "2025-12-31 24:00", false }, { "2025-12-31 23:60", false }, { "2025-12-31 23:59:60", false },
		{ "2025-0-1 00:00", false }, { "2025-13-1 00:00", false }, { "2025-1-0 00:00", false },
		{ "1969-12-31 23:59", false }, { "1970-01-01 00:00", true }, { "9999-12-31 23:59", true },
		{ "10000-01-01 00:00", false }, { "2025-01-01 -1:00", false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_civil civil = civil_of(rows[i].civil);

		must(bef_civil_exists(&civil) == rows[i].exists, "%s", rows[i].civil);
	}
}

static void rfc_3339_is_written_and_read_back(void **state)
{
	static const struct { int64_t at_ms; const char *text; } rows[] = {
		{ 0, "1970-01-01T00:00:00Z" }, { INT64_C(1762146600000), "2025-11-03T05:10:00Z" },
		{ INT64_C(951782400000), "2000-02-29T00:00:00Z" },
		{ INT64_C(253402300799000), "9999-12-31T23:59:59Z" },
		{ INT64_C(4102444800000), "2100-01-01T00:00:00Z" },
	};
	struct dice dice = { unit_seed() };
	char date[BEF_DATE_SIZE];
	int64_t at_ms;

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		assert_string_equal(bef_date_utc(rows[i].at_ms, date), rows[i].text);
		assert_true(bef_date_utc_parse(rows[i].text, &at_ms));
		assert_true(at_ms == rows[i].at_ms);
	}
	for (int i = 0; i < 10000; i++) {
		int64_t chosen = (int64_t)dice_below(&dice, 253402300800) * 1000;

		assert_true(bef_date_utc_parse(bef_date_utc(chosen, date), &at_ms));
		must(at_ms == chosen, "%s", date);
	}
	assert_true(bef_date_utc_parse("2025-11-03T05:10:00.123456Z", &at_ms));
	assert_true(at_ms == INT64_C(1762146600000));
	assert_string_equal(bef_date_utc(-1, date), "1969-12-31T23:59:59Z");
	assert_string_equal(bef_date_utc(-1000, date), "1969-12-31T23:59:59Z");
	assert_string_equal(bef_date_utc(999, date), "1970-01-01T00:00:00Z");
}

static void what_is_not_rfc_3339_in_utc_leaves_the_result_untouched(void **state)
{
	static const char *const rows[] = {
		"", "Z", "2025-11-03", "2025-11-03T05:10Z", "2025-11-03T05:10:00", "2025-11-03 05:10:00Z",
		"2025-11-03T05:10:00+00:00", "2025-11-03T05:10:00ZZ", "2025-11-03T05:10:00z",
		" 2025-11-03T05:10:00Z",
		"2025-11-03T05:10:00.Z", "2025-1-3T5:1:0Z", "2025-+1-03T05:10:00Z", "2025- 1-03T05:10:00Z",
		"2025-02-29T05:10:00Z", "2025-11-03T24:00:00Z", "2025-11-03T05:10:60Z", "+025-11-03T05:10:00Z",
		"12025-11-03T05:10:00Z", "2025-11-03T05:10:00.5", "1969-12-31T23:59:59Z",
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		int64_t at_ms = 42;

		must(!bef_date_utc_parse(rows[i], &at_ms), "'%s'", rows[i]);
		must(at_ms == 42, "'%s'", rows[i]);
	}
}

static void dates_are_written_in_both_languages_without_any_locale(void **state)
{
	static const struct {
		enum bef_lang lang;
		const char *zone;
		enum bef_date_style style;
		const char *text;
	} rows[] = {
		{ BEF_FR, PARIS, BEF_DATE_CLOCK, "06:10" },
		{ BEF_FR, PARIS, BEF_DATE_SHORT, "03/11 06:10" },
		{ BEF_FR, PARIS, BEF_DATE_DAY, "lun. 3 nov. 06:10" },
		{ BEF_FR, PARIS, BEF_DATE_YEAR, "lun. 3 nov. 2025, 06:10" },
		{ BEF_EN, PARIS, BEF_DATE_YEAR, "Mon 3 Nov 2025, 06:10" },
		{ BEF_FR, PARIS, BEF_DATE_FULL, "lundi 3 novembre 2025, 06:10:00" },
		{ BEF_FR, PARIS, BEF_DATE_OFFSET, "2025-11-03 06:10:00 +01:00" },
		{ BEF_EN, PARIS, BEF_DATE_DAY, "Mon 3 Nov 06:10" },
		{ BEF_EN, PARIS, BEF_DATE_FULL, "Monday 3 November 2025, 06:10:00" },
		{ BEF_EN, "America/St_Johns", BEF_DATE_OFFSET, "2025-11-03 01:40:00 -03:30" },
		{ BEF_EN, "Asia/Kathmandu", BEF_DATE_OFFSET, "2025-11-03 10:55:00 +05:45" },
		{ BEF_EN, "UTC", BEF_DATE_OFFSET, "2025-11-03 05:10:00 +00:00" },
		{ BEF_FR, "Pacific/Kiritimati", BEF_DATE_DAY, "lun. 3 nov. 19:10" },
		{ BEF_FR, "Pacific/Pago_Pago", BEF_DATE_DAY, "dim. 2 nov. 18:10" },
	};
	static const char *const locales[] = { "C", "C.UTF-8", "" };

	(void)state;
	for (size_t l = 0; l < ROWS(locales); l++) {
		setlocale(LC_ALL, locales[l]);
		for (size_t i = 0; i < ROWS(rows); i++) {
			char text[BEF_DATE_SIZE];

			bef_lang_set(rows[i].lang);
			assert_string_equal(bef_date_format(UNIT_NOW, rows[i].zone, rows[i].style, text),
			                    rows[i].text);
		}
	}
	bef_lang_set(BEF_EN);
}

static void every_day_and_month_has_a_name_that_fits(void **state)
{
	(void)state;
	for (int lang = 0; lang < BEF_LANG_COUNT; lang++)
		for (int day = 0; day < 400; day++)
			for (int style = BEF_DATE_CLOCK; style <= BEF_DATE_OFFSET; style++) {
				char text[BEF_DATE_SIZE];

				bef_lang_set((enum bef_lang)lang);
				bef_date_format(UNIT_NOW + day * BEF_DAY_MS, PARIS,
				                (enum bef_date_style)style, text);
				must(strlen(text) >= 5 && strlen(text) < BEF_DATE_SIZE - 20, "%s", text);
				assert_int_equal(bef_utf8_check(text, strlen(text)), strlen(text));
			}
	bef_lang_set(BEF_EN);
}

static void a_length_of_time_is_said_in_words(void **state)
{
	static const struct { int64_t ms; const char *text; } rows[] = {
		{ 0, "0 s" }, { 999, "0 s" }, { 59999, "59 s" }, { 60000, "1 min" }, { 12 * 60000, "12 min" },
		{ 3599999, "59 min" }, { 3600000, "1 h 00" }, { 11100000, "3 h 05" }, { -11100000, "3 h 05" },
		{ 72 * 3600000 - 1, "71 h 59" }, { 72 * 3600000, "3 d 0 h" }, { 100 * 3600000, "4 d 4 h" },
	};
	char text[BEF_DATE_SIZE];

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		assert_string_equal(bef_span_format(rows[i].ms, text), rows[i].text);
	assert_string_equal(bef_ago_format(UNIT_NOW, UNIT_NOW, text), "just now");
	assert_string_equal(bef_ago_format(UNIT_NOW - 59999, UNIT_NOW, text), "just now");
	assert_string_equal(bef_ago_format(UNIT_NOW - 60000, UNIT_NOW, text), "1 min ago");
	assert_string_equal(bef_ago_format(UNIT_NOW + 11100000, UNIT_NOW, text), "in 3 h 05");
}

static void durations_are_hours_not_months(void **state)
{
	static const struct { const char *text; int64_t ms; } rows[] = {
		{ "PT10M", 600000 }, { "PT72H", 72 * BEF_HOUR_MS }, { "P7D", 7 * BEF_DAY_MS },
		{ "P1W", 7 * BEF_DAY_MS },
		{ "P1DT12H", 36 * BEF_HOUR_MS }, { "P1DT1H1M1S", 90061000 }, { "PT0S", 0 }, { "PT90S", 90000 },
		{ "P3660D", 3660 * BEF_DAY_MS },
		{ "", -1 }, { "P", -1 }, { "PT", -1 }, { "P1DT", -1 }, { "P1M", -1 }, { "P1Y", -1 },
		{ "P1S", -1 },
		{ "PT1D", -1 }, { "1H", -1 }, { "PT1H ", -1 }, { " PT1H", -1 }, { "PT-1H", -1 },
		{ "PT+1H", -1 },
		{ "-PT1H", -1 }, { "PT1.5H", -1 }, { "PT1", -1 }, { "PTH", -1 }, { "PT1M1H", -1 },
		{ "PT1H1H", -1 },
		{ "P1DP1D", -1 }, { "PTT1H", -1 }, { "pt1h", -1 }, { "P3661D", -1 },
		{ "PT99999999999999999999S", -1 },
		{ "PT5256001M", -1 }, { "P 1D", -1 }, { "PT 1H", -1 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		int64_t ms = 42;

		must(bef_duration_parse(rows[i].text, &ms) == (rows[i].ms >= 0), "'%s'", rows[i].text);
		must(ms == (rows[i].ms >= 0 ? rows[i].ms : 42), "'%s' is %lld", rows[i].text, (long long)ms);
	}
}

UNIT_MAIN(unit(the_machine_s_zone_is_not_the_last_one_asked_for), unit(a_local_time_has_no_one_or_two_instants),
          unit(every_instant_is_found_again_from_its_clocks),
          unit(the_year_is_that_of_the_clocks), unit(only_a_zone_of_the_database_exists),
          unit(a_civil_time_must_exist), unit(rfc_3339_is_written_and_read_back),
          unit(what_is_not_rfc_3339_in_utc_leaves_the_result_untouched),
          unit(dates_are_written_in_both_languages_without_any_locale),
          unit(every_day_and_month_has_a_name_that_fits), unit(a_length_of_time_is_said_in_words),
          unit(durations_are_hours_not_months))
