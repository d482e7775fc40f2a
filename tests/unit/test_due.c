/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/due.h"

#include "base/day.h"

#include "due_again.h"
#include "due_vectors.h"
#include "unit.h"

/* "2026-11-21 24:00" as clocks of `zone` show it, or "2026-10-25T00:30Z". */
static int64_t instant(const char *zone, const char *text)
{
	struct bef_civil c = { 0 };
	int64_t at_ms[2];
	char separator;

	if (sscanf(text, "%d-%d-%d%c%d:%d", &c.year, &c.month, &c.day, &separator, &c.hour, &c.minute) != 6)
		fail_msg("'%s' is no instant", text);
	if (separator == 'T')
		return bef_civil_seconds(&c) * 1000;
	bef_civil_from(bef_civil_seconds(&c), &c); /* 24:00 is 00:00 of the day after */
	must(bef_civil_instants(&c, zone, at_ms) == 1, "%s %s is not one instant", zone, text);
	return at_ms[0];
}

static struct bef_due_ask question(const char *zone, const char *from, const char *offset, enum bef_calc calc,
                                   const char *holidays)
{
	struct bef_due_ask ask = { .zone = zone, .calc = calc, .calendar = bef_calendar_find(holidays) };
	struct bef_err err;

	must(ask.calendar != NULL, "%s", holidays);
	ask.from_ms = instant(zone, from);
	if (offset)
		assert_ok(bef_offset_parse(offset, &ask.offset, &err), err);
	return ask;
}

static void must_end(const struct vector *row)
{
	struct bef_due_ask ask = question(row->zone, row->from, row->offset, row->calc, row->holidays);
	char found[BEF_DATE_SIZE];
	struct bef_due due;
	struct bef_err err;

	ask.roll = row->roll;
	assert_ok(bef_due_compute(&ask, &due, &err), err);
	must(due.safe_ms == instant(row->zone, row->safe), "%s %s %s: safe %s, not %s", row->zone, row->from, row->offset,
	     bef_limit_format(due.safe_ms, row->zone, found), row->safe);
	must(due.extended_ms == instant(row->zone, row->extended), "%s %s %s: extended %s, not %s", row->zone, row->from,
	     row->offset, bef_limit_format(due.extended_ms, row->zone, found), row->extended);
}

static void the_limits_of_the_study_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(notes_rows); i++)
		must_end(&notes_rows[i]);
}

static void limits_derived_apart_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(more_rows); i++)
		must_end(&more_rows[i]);
}

/* --- chance ------------------------------------------------------------------- */

static const char *const zones[] = {
	PARIS, PARIS, "Indian/Reunion", "America/Martinique", "Pacific/Noumea", "Pacific/Marquesas", "America/Guadeloupe",
	"Pacific/Tahiti", "America/New_York", "Asia/Kolkata", "Europe/London", "America/Miquelon", "Africa/Cairo",
	"America/Havana", "Asia/Kathmandu", "America/St_Johns", "Pacific/Wallis", "UTC",
};

/* Any minute of 2026 to 2060, half of the time within days of what makes limits hard. */
static int64_t any_start(struct dice *dice)
{
	int year = 2026 + (int)dice_below(dice, 35);
	const long near[] = {
		again_easter(year), again_easter(year) + 39, again_easter(year) + 50, again_number(year, 3, 28),
		again_number(year, 10, 28), again_number(year, 11, 5), again_number(year, 12, 25), again_number(year, 12, 31),
		again_number(year, 5, 4), again_number(year, 2, 27),
	};
	long number = dice_chance(dice, 50) ? again_number(year, 1, 1) + (long)dice_below(dice, 365)
	                                    : near[dice_below(dice, ROWS(near))] - 5 + (long)dice_below(dice, 9);

	return ((int64_t)number * 1440 + (int64_t)dice_below(dice, 1440)) * 60000;
}

static struct bef_due_ask any_question(struct dice *dice)
{
	struct bef_due_ask ask = {
		.from_ms = any_start(dice),
		.zone = zones[dice_below(dice, ROWS(zones))],
		.calc = (enum bef_calc)dice_below(dice, BEF_CALC_NONE),
		.calendar = bef_calendar_find(again_places[dice_below(dice, AGAIN_PLACES)].name),
		.roll = dice_chance(dice, 70),
	};
	static const int64_t hours[] = { 4, 24, 47, 48, 49, 72, 72, 72, 96 };

	ask.offset.unit = (enum bef_offset_unit)(1 + dice_below(dice, ask.calc == BEF_CALC_CONTRACT ? 2 : 4));
	ask.offset.count = 1 + (int64_t)dice_below(dice, 14);
	if (ask.offset.unit == BEF_OFFSET_TIME) {
		ask.offset.count = dice_chance(dice, 80) ? hours[dice_below(dice, ROWS(hours))] * 3600
		                                         : 900 * (1 + (int64_t)dice_below(dice, 400));
		ask.from_ms += (int64_t)dice_below(dice, 60) * 1000;
	}
	return ask;
}

static void two_ways_of_counting_agree(void **state)
{
	struct dice dice = { unit_seed() };

	(void)state;
	for (int i = 0; i < 6000; i++) {
		struct bef_due_ask ask = any_question(&dice);
		int64_t safe, extended;
		char from[BEF_DATE_SIZE];
		struct bef_due due;
		struct bef_err err;

		assert_ok(bef_due_compute(&ask, &due, &err), err);
		again_due(&ask, &safe, &extended);
		bef_date_utc(ask.from_ms, from);
		must(due.safe_ms == safe * 1000 && due.extended_ms == extended * 1000,
		     "seed %llu, case %d: %s %s, %s, unit %d x %lld, %s%s: safe %lld/%lld, extended %lld/%lld",
		     (unsigned long long)unit_seed(), i, from, ask.zone, bef_calcs.row[ask.calc].name, (int)ask.offset.unit,
		     (long long)ask.offset.count, ask.calendar->name, ask.roll ? ", roll" : "", (long long)due.safe_ms / 1000,
		     (long long)safe, (long long)due.extended_ms / 1000, (long long)extended);
		must(due.extended_ms >= due.safe_ms && due.safe_ms > ask.from_ms, "case %d", i);
	}
}

static void every_step_is_whole_text_in_both_languages(void **state)
{
	struct dice dice = { unit_seed() };

	(void)state;
	for (int i = 0; i < 4000; i++) {
		struct bef_due_ask ask = any_question(&dice);
		struct bef_due due;
		struct bef_err err;

		bef_lang_set(i % 2 ? BEF_FR : BEF_EN);
		assert_ok(bef_due_compute(&ask, &due, &err), err);
		must(due.step_count >= 2 && due.step_count < BEF_DUE_STEPS_MOST, "%d steps", due.step_count);
		for (int s = 0; s < due.step_count; s++) {
			size_t len = strlen(due.step[s]);

			must(len > 5 && len < BEF_DUE_STEP_SIZE - 1, "%s", due.step[s]);
			must(bef_utf8_check(due.step[s], len) == len, "%s", due.step[s]);
		}
	}
	bef_lang_set(BEF_EN);
}

/* --- what is told ------------------------------------------------------------- */

static void the_steps_name_what_moves_a_limit(void **state)
{
	static const struct {
		enum bef_lang lang;
		const char *from, *offset;
		enum bef_calc calc;
		const char *holidays, *says;
	} rows[] = {
		{ BEF_EN, "2027-03-26 20:15", "PT72H", BEF_CALC_EU1182, "fr", "Monday 29 March 2027 (Easter Monday)" },
		{ BEF_FR, "2027-03-26 20:15", "PT72H", BEF_CALC_EU1182, "fr", "lundi 29 mars 2027 (lundi de Pâques)" },
		{ BEF_EN, "2027-03-26 20:15", "PT72H", BEF_CALC_EU1182, "fr", "until Tuesday 30 March 2027, 24:00" },
		{ BEF_EN, "2027-03-26 20:15", "PT72H", BEF_CALC_EU1182, "fr", "(UTC+01:00, then UTC+02:00): hours" },
		{ BEF_EN, "2027-03-26 20:15", "PT72H", BEF_CALC_EU1182, "fr", "1 working day is touched" },
		{ BEF_FR, "2027-03-26 20:15", "PT72H", BEF_CALC_EU1182, "fr-alsace-moselle", "Vendredi saint" },
		{ BEF_EN, "2027-01-31 09:00", "P1M", BEF_CALC_EU1182, "fr", "no day 31" },
		{ BEF_EN, "2027-01-31 09:00", "P1M", BEF_CALC_EU1182, "fr", "Sunday 28 February 2027 is not a working day (week-end)" },
		{ BEF_FR, "2027-01-31 09:00", "P1M", BEF_CALC_FR_STATUTE, "fr", "Code de procédure civile, art. 642" },
		{ BEF_EN, "2027-02-28 02:30", "P1M", BEF_CALC_ELAPSED, "fr", "skip that time" },
		{ BEF_EN, "2026-09-25 02:30", "P1M", BEF_CALC_ELAPSED, "fr", "twice" },
		{ BEF_EN, "2026-12-22 10:00", "P5D", BEF_CALC_CONTRACT, "fr", "5 working days later" },
		{ BEF_EN, "2026-12-22 10:00", "P5D", BEF_CALC_CONTRACT, "fr", "Christmas Day" },
		{ BEF_EN, "2026-11-25 09:00", "P1M", BEF_CALC_DORA5_4, "fr", "does not wait" },
		{ BEF_EN, "2026-11-25 00:00", "PT90M", BEF_CALC_FR_STATUTE, "fr", "Wednesday 25 November 2026, 00:00" },
		{ BEF_EN, "2026-11-25 00:00", "PT90M", BEF_CALC_FR_STATUTE, "fr", "1 h 30 later" },
		{ BEF_EN, "2026-11-25 00:00", "PT90M", BEF_CALC_FR_STATUTE, "fr", "no French text" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_due_ask ask = question(PARIS, rows[i].from, rows[i].offset, rows[i].calc, rows[i].holidays);
		struct bef_due due;
		struct bef_err err;
		bool said = false;

		bef_lang_set(rows[i].lang);
		assert_ok(bef_due_compute(&ask, &due, &err), err);
		for (int s = 0; s < due.step_count; s++)
			said = said || strstr(due.step[s], rows[i].says);
		must(said, "%s %s: '%s' is not said", rows[i].from, rows[i].offset, rows[i].says);
	}
	bef_lang_set(BEF_EN);
}

/* --- lengths and calculations ------------------------------------------------- */

static void a_length_is_hours_days_weeks_or_months(void **state)
{
	static const struct {
		const char *text;
		enum bef_offset_unit unit; /* ABSENT: refused */
		int64_t count;
	} rows[] = {
		{ "PT72H", BEF_OFFSET_TIME, 72 * 3600 }, { "PT90M", BEF_OFFSET_TIME, 5400 },
		{ "PT1H30M", BEF_OFFSET_TIME, 5400 }, { "PT0S", BEF_OFFSET_TIME, 0 },
		{ "PT87840H", BEF_OFFSET_TIME, INT64_C(87840) * 3600 }, { "PT87841H", BEF_OFFSET_ABSENT, 0 },
		{ "P14D", BEF_OFFSET_DAYS, 14 }, { "P0D", BEF_OFFSET_DAYS, 0 }, { "P3660D", BEF_OFFSET_DAYS, 3660 },
		{ "P3661D", BEF_OFFSET_ABSENT, 0 }, { "P2W", BEF_OFFSET_WEEKS, 2 }, { "P522W", BEF_OFFSET_WEEKS, 522 },
		{ "P523W", BEF_OFFSET_ABSENT, 0 }, { "P1M", BEF_OFFSET_MONTHS, 1 }, { "P1Y", BEF_OFFSET_MONTHS, 12 },
		{ "P1Y6M", BEF_OFFSET_MONTHS, 18 }, { "P10Y", BEF_OFFSET_MONTHS, 120 }, { "P120M", BEF_OFFSET_MONTHS, 120 },
		{ "P10Y1M", BEF_OFFSET_ABSENT, 0 }, { "P121M", BEF_OFFSET_ABSENT, 0 }, { "P6M1Y", BEF_OFFSET_ABSENT, 0 },
		{ "P1M1D", BEF_OFFSET_ABSENT, 0 }, { "P1W1D", BEF_OFFSET_ABSENT, 0 }, { "P1DT1H", BEF_OFFSET_ABSENT, 0 },
		{ "P1M1M", BEF_OFFSET_ABSENT, 0 }, { "", BEF_OFFSET_ABSENT, 0 }, { "P", BEF_OFFSET_ABSENT, 0 },
		{ "PT", BEF_OFFSET_ABSENT, 0 }, { "T72H", BEF_OFFSET_ABSENT, 0 }, { "72H", BEF_OFFSET_ABSENT, 0 },
		{ "P72H", BEF_OFFSET_ABSENT, 0 }, { "PT1D", BEF_OFFSET_ABSENT, 0 }, { "p1m", BEF_OFFSET_ABSENT, 0 },
		{ "P1M ", BEF_OFFSET_ABSENT, 0 }, { " P1M", BEF_OFFSET_ABSENT, 0 }, { "P-1M", BEF_OFFSET_ABSENT, 0 },
		{ "P+1M", BEF_OFFSET_ABSENT, 0 }, { "P1.5M", BEF_OFFSET_ABSENT, 0 }, { "P1", BEF_OFFSET_ABSENT, 0 },
		{ "PM", BEF_OFFSET_ABSENT, 0 }, { "P99999999999999999999D", BEF_OFFSET_ABSENT, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_offset offset = { BEF_OFFSET_ABSENT, 42 };
		struct bef_err err = { 0 };
		enum bef_rc rc = bef_offset_parse(rows[i].text, &offset, &err);

		must(rc == (rows[i].unit ? BEF_OK : BEF_USAGE), "'%s'", rows[i].text);
		must(offset.unit == rows[i].unit && offset.count == (rows[i].unit ? rows[i].count : 42), "'%s'",
		     rows[i].text);
		must(rc == BEF_OK || (*err.msg && *err.hint), "'%s'", rows[i].text);
	}
}

static void a_length_and_a_calculation_must_go_together(void **state)
{
	static const char *const offsets[] = { NULL, "PT4H", "P3D", "P1W", "P1M" }; /* by unit */
	static const char goes[BEF_CALC_COUNT][6] = { ".****", ".****", ".****", ".****", ".**..", "*...." };

	(void)state;
	for (int calc = 0; calc < BEF_CALC_COUNT; calc++)
		for (size_t unit = 0; unit < ROWS(offsets); unit++) {
			struct bef_due_ask ask = question(PARIS, "2026-11-20 18:30", offsets[unit], (enum bef_calc)calc, "fr");
			struct bef_err err = { 0 };
			struct bef_due due;
			enum bef_rc rc = bef_due_compute(&ask, &due, &err);

			must(rc == (goes[calc][unit] == '*' ? BEF_OK : BEF_USAGE), "%s, unit %zu",
			     bef_calcs.row[calc].name, unit);
			must(rc == BEF_OK || (*err.msg && *err.hint), "%s, unit %zu", bef_calcs.row[calc].name, unit);
		}
}

static void the_names_of_calculations_are_in_the_order_of_the_list(void **state)
{
	static const char *const names[] = { "elapsed", "eu1182", "fr_statute", "dora5_4", "contract", "none" };

	(void)state;
	for (size_t i = 0; i < ROWS(names); i++)
		assert_int_equal(bef_word_index(&bef_calcs, names[i]), i);
	assert_int_equal(ROWS(names), BEF_CALC_COUNT);
	assert_null(bef_calcs.row[BEF_CALC_COUNT].name);
}

static void what_cannot_be_computed_is_refused(void **state)
{
	struct bef_due_ask good = question(PARIS, "2026-11-20 18:30", "PT72H", BEF_CALC_EU1182, "fr");
	struct bef_due_ask ask = good;
	struct bef_due due;
	struct bef_err err;

	(void)state;
	ask.zone = "Mars/Olympus";
	assert_rc(bef_due_compute(&ask, &due, &err), BEF_USAGE, err);
	ask = good;
	ask.from_ms = 0;
	assert_rc(bef_due_compute(&ask, &due, &err), BEF_USAGE, err);
	ask.from_ms = INT64_MAX;
	assert_rc(bef_due_compute(&ask, &due, &err), BEF_USAGE, err);
	ask.from_ms = INT64_C(250246627200000);
	assert_ok(bef_offset_parse("P10Y", &ask.offset, &err), err);
	assert_ok(bef_due_compute(&ask, &due, &err), err);
}

static void a_length_of_zero_is_the_start_itself(void **state)
{
	static const char *const offsets[] = { "PT0S", "P0D", "P0W", "P0M" };

	(void)state;
	for (int calc = 0; calc < BEF_CALC_CONTRACT; calc++)
		for (size_t i = 0; i < ROWS(offsets); i++) {
			struct bef_due_ask ask = question(PARIS, "2026-11-21 18:30", offsets[i], (enum bef_calc)calc, "fr");
			struct bef_due due;
			struct bef_err err;

			assert_ok(bef_due_compute(&ask, &due, &err), err);
			must(due.safe_ms == ask.from_ms && due.extended_ms == ask.from_ms, "%s %s", bef_calcs.row[calc].name,
			     offsets[i]);
		}
}

static void days_that_a_user_adds_are_no_working_days(void **state)
{
	struct bef_due_ask ask = question(PARIS, "2026-12-22 10:00", "P5D", BEF_CALC_CONTRACT, "fr");
	struct bef_extra_days extra = { .count = 0 };
	struct bef_due due;
	struct bef_err err;

	(void)state;
	assert_ok(bef_extra_days_add(&extra, "2026-12-24, 2026-12-31", &err), err);
	ask.extra = &extra;
	assert_ok(bef_due_compute(&ask, &due, &err), err);
	assert_true(due.safe_ms == instant(PARIS, "2027-01-04 10:00"));
}

/* --- the earliest of several --------------------------------------------------- */

struct both {
	const char *classified, *aware; /* local; NULL: not yet */
	const char *safe, *extended;
	size_t which;
};

static void must_take(const struct both *row, bool turned)
{
	struct bef_due_ask rule = question(PARIS, "2026-11-20 09:00", NULL, BEF_CALC_DORA5_4, "fr");
	struct bef_due_leg leg[2] = {
		{ row->classified ? instant(PARIS, row->classified) : 0, { BEF_OFFSET_TIME, 4 * 3600 } },
		{ row->aware ? instant(PARIS, row->aware) : 0, { BEF_OFFSET_TIME, 24 * 3600 } },
	};
	struct bef_due_leg swapped[2] = { leg[1], leg[0] };
	struct bef_due due;
	struct bef_err err;
	size_t which;

	rule.roll = true;
	assert_ok(bef_due_min(&rule, turned ? swapped : leg, 2, &due, &which, &err), err);
	must(due.safe_ms == instant(PARIS, row->safe), "safe is not %s", row->safe);
	must(due.extended_ms == instant(PARIS, row->extended), "extended is not %s", row->extended);
	must((turned ? 1 - which : which) == row->which, "%s: not leg %zu", row->safe, row->which);
	must(due.step_count < BEF_DUE_STEPS_MOST, "%d", due.step_count);
}

static void dora_takes_the_earlier_limit_or_four_hours_once_it_is_late(void **state)
{
	static const struct both rows[] = {
		/* 22 and 23 of the study */
		{ "2026-11-21 11:00", "2026-11-21 03:10", "2026-11-21 15:00", "2026-11-23 12:00", 0 },
		{ "2026-11-21 14:00", "2026-11-20 09:00", "2026-11-21 18:00", "2026-11-23 12:00", 0 },
		{ "2026-11-18 10:00", "2026-11-18 08:00", "2026-11-18 14:00", "2026-11-18 14:00", 0 },
		/* 23 h after: one hour is left, not four */
		{ "2026-11-19 07:00", "2026-11-18 08:00", "2026-11-19 08:00", "2026-11-19 08:00", 1 },
		/* on the very limit, then just after it */
		{ "2026-11-19 08:00", "2026-11-18 08:00", "2026-11-19 08:00", "2026-11-19 08:00", 1 },
		{ "2026-11-19 08:01", "2026-11-18 08:00", "2026-11-19 12:01", "2026-11-19 12:01", 0 },
		/* one of them not known */
		{ NULL, "2026-11-18 08:00", "2026-11-19 08:00", "2026-11-19 08:00", 1 },
		{ "2026-11-18 08:00", NULL, "2026-11-18 12:00", "2026-11-18 12:00", 0 },
		/* aware long after it was classified: a mistake must not move the limit away */
		{ "2026-11-18 08:00", "2026-11-19 08:00", "2026-11-18 12:00", "2026-11-18 12:00", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		must_take(&rows[i], false);
		must_take(&rows[i], true);
	}
}

static void of_several_limits_the_first_to_end_holds(void **state)
{
	struct bef_due_ask rule = question(PARIS, "2026-11-20 09:00", NULL, BEF_CALC_CONTRACT, "fr");
	struct bef_due_leg leg[3] = {
		{ instant(PARIS, "2026-11-20 09:00"), { BEF_OFFSET_DAYS, 2 } },
		{ instant(PARIS, "2026-11-20 09:00"), { BEF_OFFSET_TIME, 48 * 3600 } },
		{ 0, { BEF_OFFSET_TIME, 3600 } },
	};
	struct bef_due due;
	struct bef_err err;
	size_t which;

	(void)state;
	assert_ok(bef_due_min(&rule, leg, 3, &due, &which, &err), err);
	assert_int_equal(which, 1);
	assert_true(due.safe_ms == instant(PARIS, "2026-11-22 09:00"));
	/* Only DORA lets a later start replace a limit that has passed. */
	leg[2].from_ms = instant(PARIS, "2026-11-25 09:00");
	assert_ok(bef_due_min(&rule, leg, 3, &due, NULL, &err), err);
	assert_true(due.safe_ms == instant(PARIS, "2026-11-22 09:00"));
	leg[0].from_ms = leg[1].from_ms = leg[2].from_ms = 0;
	assert_rc(bef_due_min(&rule, leg, 3, &due, &which, &err), BEF_NOT_FOUND, err);
	assert_rc(bef_due_min(&rule, leg, 0, &due, &which, &err), BEF_NOT_FOUND, err);
	leg[1] = (struct bef_due_leg){ instant(PARIS, "2026-11-20 09:00"), { BEF_OFFSET_MONTHS, 1 } };
	assert_rc(bef_due_min(&rule, leg, 3, &due, &which, &err), BEF_USAGE, err);
}

UNIT_MAIN(unit(the_limits_of_the_study_are_found), unit(limits_derived_apart_are_found),
          unit(two_ways_of_counting_agree), unit(every_step_is_whole_text_in_both_languages),
          unit(the_steps_name_what_moves_a_limit), unit(a_length_is_hours_days_weeks_or_months),
          unit(a_length_and_a_calculation_must_go_together),
          unit(the_names_of_calculations_are_in_the_order_of_the_list), unit(what_cannot_be_computed_is_refused),
          unit(a_length_of_zero_is_the_start_itself), unit(days_that_a_user_adds_are_no_working_days),
          unit(dora_takes_the_earlier_limit_or_four_hours_once_it_is_late),
          unit(of_several_limits_the_first_to_end_holds))
