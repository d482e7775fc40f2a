/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/holiday.h"

#include "due_again.h"
#include "unit.h"

/* Published dates, from knowledge. */
static void easter_is_on_the_known_days(void **state)
{
	static const int rows[][3] = {
		{ 2020, 4, 12 }, { 2021, 4, 4 }, { 2022, 4, 17 }, { 2023, 4, 9 }, { 2024, 3, 31 }, { 2025, 4, 20 },
		{ 2026, 4, 5 }, { 2027, 3, 28 }, { 2028, 4, 16 }, { 2029, 4, 1 }, { 2030, 4, 21 }, { 2031, 4, 13 },
		{ 2032, 3, 28 }, { 2033, 4, 17 }, { 2034, 4, 9 }, { 2035, 3, 25 }, { 2036, 4, 13 }, { 2037, 4, 5 },
		{ 2038, 4, 25 }, { 2039, 4, 10 }, { 2040, 4, 1 },
		/* the earliest and the latest there can be */
		{ 1818, 3, 22 }, { 2285, 3, 22 }, { 1943, 4, 25 }, { 1981, 4, 19 }, { 1954, 4, 18 },
	};
	int month, day;

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		bef_easter(rows[i][0], &month, &day);
		must(month == rows[i][1] && day == rows[i][2], "%d: %d-%d", rows[i][0], month, day);
	}
}

/* Gauss, with both corrections of 1816; a day of March, which may go beyond 31. */
static int gauss(int year)
{
	int k = year / 100;
	int m = (15 - (13 + 8 * k) / 25 + k - k / 4) % 30;
	int d = (19 * (year % 19) + m) % 30;
	int n = (4 + k - k / 4) % 7;
	int e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + n) % 7;

	if (d == 29 && e == 6)
		return 31 + 19;
	if (d == 28 && e == 6 && 11 * (m + 1) % 30 < 19)
		return 31 + 18;
	return 22 + d + e;
}

static void three_ways_to_easter_agree(void **state)
{
	int month, day;

	(void)state;
	for (int year = 1970; year < 4200; year++) {
		bef_easter(year, &month, &day);
		must(day + (month - 3) * 31 == gauss(year), "%d: %d-%d, Gauss %d", year, month, day, gauss(year));
		must(again_number(year, month, day) == again_easter(year), "%d: %d-%d, not Oudin's", year, month, day);
	}
}

static const struct holiday_row {
	const char *calendar;
	int year, month, day;
	const char *name; /* NULL: no holiday there */
} rows[] = {
	{ "fr", 2026, 1, 1, "New Year's Day" }, { "fr", 2026, 4, 6, "Easter Monday" }, { "fr", 2026, 5, 1, "Labour Day" },
	{ "fr", 2026, 5, 8, "Victory Day 1945" }, { "fr", 2026, 5, 14, "Ascension Day" },
	{ "fr", 2026, 5, 25, "Whit Monday" }, { "fr", 2026, 7, 14, "National Day" },
	{ "fr", 2026, 8, 15, "Assumption Day" }, { "fr", 2026, 11, 1, "All Saints' Day" },
	{ "fr", 2026, 11, 11, "Armistice Day 1918" }, { "fr", 2026, 12, 25, "Christmas Day" },
	{ "fr", 2026, 4, 3, NULL }, { "fr", 2026, 12, 26, NULL }, { "fr", 2026, 5, 27, NULL }, { "fr", 2026, 4, 5, NULL },
	{ "fr", 1981, 5, 8, NULL }, { "fr", 2027, 3, 29, "Easter Monday" }, { "fr", 2027, 5, 6, "Ascension Day" },
	{ "fr", 2027, 5, 17, "Whit Monday" },
	{ "fr-alsace-moselle", 2026, 4, 3, "Good Friday" }, { "fr-alsace-moselle", 2027, 3, 26, "Good Friday" },
	{ "fr-alsace-moselle", 2026, 12, 26, "Saint Stephen's Day" }, { "fr-alsace-moselle", 2026, 7, 14, "National Day" },
	{ "fr-guadeloupe", 2026, 5, 27, "Abolition of Slavery" }, { "fr-guadeloupe", 2026, 5, 22, NULL },
	{ "fr-martinique", 2026, 5, 22, "Abolition of Slavery" }, { "fr-martinique", 2026, 5, 27, NULL },
	{ "fr-guyane", 2026, 6, 10, "Abolition of Slavery" },
	{ "fr-la-reunion", 2026, 12, 20, "Abolition of Slavery" },
	{ "fr-mayotte", 2026, 4, 27, "Abolition of Slavery" },
	{ "fr-saint-martin", 2018, 5, 27, "Abolition of Slavery" }, { "fr-saint-martin", 2018, 5, 28, NULL },
	{ "fr-saint-martin", 2019, 5, 28, "Abolition of Slavery" }, { "fr-saint-martin", 2019, 5, 27, NULL },
	{ "fr-saint-barthelemy", 2026, 10, 9, "Abolition of Slavery" },
	{ "fr-saint-pierre-et-miquelon", 2026, 11, 11, "Armistice Day 1918" },
	{ "fr-nouvelle-caledonie", 2026, 9, 24, "Citizenship Day" }, { "fr-nouvelle-caledonie", 2026, 4, 3, NULL },
	{ "fr-polynesie-francaise", 2026, 3, 5, "Arrival of the Gospel" },
	{ "fr-polynesie-francaise", 2026, 4, 3, "Good Friday" },
	{ "fr-polynesie-francaise", 2024, 6, 29, "Autonomy Day" }, { "fr-polynesie-francaise", 2025, 6, 29, NULL },
	{ "fr-polynesie-francaise", 2024, 11, 20, NULL }, { "fr-polynesie-francaise", 2025, 11, 20, "Matari'i i ni'a" },
	{ "fr-wallis-et-futuna", 2026, 4, 28, "Saint Peter Chanel's Day" },
	{ "fr-wallis-et-futuna", 2026, 7, 29, "Territory Day" }, { "fr-wallis-et-futuna", 2026, 6, 29, NULL },
	{ "none", 2026, 1, 1, NULL }, { "none", 2026, 12, 25, NULL },
};

static void each_holiday_is_on_its_day_and_in_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct holiday_row *row = &rows[i];
		const struct bef_calendar *calendar = bef_calendar_find(row->calendar);
		const char *name = bef_holiday_name(calendar, NULL, row->year, row->month, row->day);

		must(row->name ? name && strcmp(name, row->name) == 0 : !name, "%s, %d-%d-%d: %s", row->calendar, row->year,
		     row->month, row->day, name ? name : "none");
		must(!row->name || !bef_is_working_day(calendar, NULL, row->year, row->month, row->day), "%s", row->name);
	}
}

/* Every day of 2026 to 2045, in every calendar, against lists written apart. */
static void every_working_day_is_one_in_the_other_list_too(void **state)
{
	(void)state;
	for (size_t p = 0; p < AGAIN_PLACES; p++) {
		const struct bef_calendar *calendar = bef_calendar_find(again_places[p].name);
		const struct again a = { "UTC", again_places[p].fixed, again_places[p].moving };
		int year, month, day;

		assert_non_null(calendar);
		for (long number = again_number(2026, 1, 1); number < again_number(2046, 1, 1); number++) {
			again_date(number, &year, &month, &day);
			must(bef_is_working_day(calendar, NULL, year, month, day) == again_works(&a, number), "%s %d-%d-%d",
			     calendar->name, year, month, day);
		}
	}
}

static void a_calendar_has_its_own_names_and_a_version(void **state)
{
	size_t count = 0;

	(void)state;
	for (const struct bef_calendar *one = bef_calendars; one->name; one++, count++) {
		size_t len = strlen(one->name);
		char *also = strdup(one->also ? one->also : "");
		char *rest = also;
		char *word;

		must(bef_calendar_find(one->name) == one, "%s", one->name);
		while ((word = strsep(&rest, ",")) != NULL)
			must(!*word || bef_calendar_find(word) == one, "%s is not %s", word, one->name);
		must(strncmp(one->version, one->name, len) == 0 && one->version[len] == ' ' && strlen(one->version) == len + 8,
		     "%s", one->version);
		free(also);
	}
	assert_int_equal(count, AGAIN_PLACES);
	assert_ptr_equal(bef_calendar_find("Nouvelle-Calédonie"), bef_calendar_find("fr-nouvelle-caledonie"));
	assert_ptr_equal(bef_calendar_find("FR"), bef_calendars);
	assert_null(bef_calendar_find("de"));
	assert_null(bef_calendar_find(""));
}

static void names_are_told_in_french(void **state)
{
	const struct bef_calendar *fr = bef_calendar_find("fr");

	(void)state;
	bef_lang_set(BEF_FR);
	assert_string_equal(bef_holiday_name(fr, NULL, 2027, 3, 29), "lundi de Pâques");
	for (size_t i = 0; i < ROWS(rows); i++) {
		const char *name = bef_holiday_name(bef_calendar_find(rows[i].calendar), NULL, rows[i].year, rows[i].month,
		                                    rows[i].day);

		must(!name || strcmp(name, "Matari'i i ni'a") == 0 || strcmp(name, rows[i].name) != 0, "%s", name);
	}
	bef_lang_set(BEF_EN);
}

static void further_days_are_read_whole_or_not_at_all(void **state)
{
	static const char *const bad[] = {
		"2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026/01/01", "2026-01-011", "20260101", "x",
		"2026-01-01;2026-01-02", "2026-01-01, tomorrow", "2026--1-01", "1969-12-31", "+026-01-01", "2026-01-0",
	};
	const struct bef_calendar *none = bef_calendar_find("none");
	struct bef_extra_days days = { .count = 0 };
	struct bef_err err = { 0 };

	(void)state;
	assert_ok(bef_extra_days_add(&days, "", &err), err);
	assert_ok(bef_extra_days_add(&days, "2026-12-24,2026-07-21", &err), err);
	assert_ok(bef_extra_days_add(&days, " 2026-12-24 , 2028-02-29 ", &err), err);
	assert_int_equal(days.count, 3);
	assert_string_equal(bef_holiday_name(none, &days, 2026, 7, 21), "local holiday");
	assert_false(bef_is_working_day(none, &days, 2028, 2, 29));
	assert_true(bef_is_working_day(none, &days, 2026, 7, 22));
	for (size_t i = 0; i < ROWS(bad); i++) {
		must(bef_extra_days_add(&days, bad[i], &err) == BEF_USAGE, "%s", bad[i]);
		must(days.count == 3 && *err.hint, "%s", bad[i]);
	}
}

static void further_days_are_bounded(void **state)
{
	struct bef_extra_days days = { .count = 0 };
	struct bef_err err = { 0 };
	char text[32];

	(void)state;
	for (int i = 0; i < BEF_EXTRA_DAYS_MOST; i++) {
		snprintf(text, sizeof(text), "20%02d-01-02", i);
		assert_ok(bef_extra_days_add(&days, text, &err), err);
	}
	assert_rc(bef_extra_days_add(&days, "2099-01-02", &err), BEF_USAGE, err);
	assert_ok(bef_extra_days_add(&days, "2000-01-02", &err), err); /* there already */
	assert_int_equal(days.count, BEF_EXTRA_DAYS_MOST);
}

UNIT_MAIN(unit(easter_is_on_the_known_days), unit(three_ways_to_easter_agree),
          unit(each_holiday_is_on_its_day_and_in_its_place), unit(every_working_day_is_one_in_the_other_list_too),
          unit(a_calendar_has_its_own_names_and_a_version), unit(names_are_told_in_french),
          unit(further_days_are_read_whole_or_not_at_all), unit(further_days_are_bounded))
