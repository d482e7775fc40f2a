/* SPDX-License-Identifier: EUPL-1.2 */
/* Who hears what and when, and how long is waited before the next attempt. */
#include "act/bell.h"
#include "act/send.h"
#include "alert/format.h"
#include "base/date.h"
#include "unit.h"

static int64_t at(const char *text)
{
	int64_t ms;

	assert_true(bef_date_utc_parse(text, &ms));
	return ms;
}

static const struct bef_alarm_kind *kind(const char *name)
{
	const struct bef_alarm_kind *found = bef_alarm_kind_find(name);

	assert_non_null(found);
	return found;
}

static void a_destination_hears_what_it_asked_for(void **state)
{
	static const struct {
		const char *event, *severity, *kinds, *least;
		enum bef_drills drills;
		bool drill, hears;
	} rows[] = {
		{ "opened", "1", "", "", BEF_DRILLS_NO, false, true },
		{ "opened", "1", "crisis", "", BEF_DRILLS_NO, false, false },
		{ "crisis", "1", "crisis", "", BEF_DRILLS_NO, false, true },
		{ "opened", "2", "", "3", BEF_DRILLS_NO, false, false },
		{ "opened", "3", "", "3", BEF_DRILLS_NO, false, true },
		{ "opened", "4", "", "3", BEF_DRILLS_NO, false, true },
		{ "opened", "1", "", "", BEF_DRILLS_NO, true, false },
		{ "opened", "1", "", "", BEF_DRILLS_TOO, true, true },
		{ "opened", "1", "", "", BEF_DRILLS_TOO, false, true },
		{ "opened", "1", "", "", BEF_DRILLS_ONLY, true, true },
		{ "opened", "1", "", "", BEF_DRILLS_ONLY, false, false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct bef_case c = { .severity = rows[i].severity, .drill = rows[i].drill };
		struct bef_destination d = { .drills = rows[i].drills };

		if (*rows[i].kinds)
			d.kinds = 1U << (kind(rows[i].kinds) - bef_alarm_kinds);
		snprintf(d.least_severity, sizeof(d.least_severity), "%s", rows[i].least);
		if (bef_bell_hears(&d, kind(rows[i].event), &c) != rows[i].hears)
			fail_msg("row %zu", i);
	}
}

static void quiet_hours_hold_back_what_is_not_grave(void **state)
{
	/* In Paris: UTC+1 in winter.  NULL: it leaves at once. */
	static const struct {
		const char *now, *event, *level, *crisis_state, *leaves;
		int from, to;
	} rows[] = {
		{ "2025-11-03T21:30:00Z", "opened", "urgent", "open", "2025-11-04T06:00:00Z", 22 * 60, 7 * 60 },
		{ "2025-11-03T23:30:00Z", "opened", "urgent", "open", "2025-11-04T06:00:00Z", 22 * 60, 7 * 60 },
		{ "2025-11-04T05:59:00Z", "opened", "urgent", "open", "2025-11-04T06:00:00Z", 22 * 60, 7 * 60 },
		{ "2025-11-04T06:00:00Z", "opened", "urgent", "open", NULL, 22 * 60, 7 * 60 },
		{ "2025-11-03T20:59:00Z", "opened", "urgent", "open", NULL, 22 * 60, 7 * 60 },
		{ "2025-11-03T23:30:00Z", "opened", "critical", "open", NULL, 22 * 60, 7 * 60 },
		{ "2025-11-03T23:30:00Z", "opened", "urgent", "crisis", NULL, 22 * 60, 7 * 60 },
		{ "2025-11-03T23:30:00Z", "missed", "urgent", "open", NULL, 22 * 60, 7 * 60 },
		{ "2025-11-03T23:30:00Z", "opened", "urgent", "open", NULL, 0, 0 },
		{ "2025-11-03T12:30:00Z", "review", "info", "open", "2025-11-03T13:00:00Z", 12 * 60, 14 * 60 },
		{ "2025-11-03T13:00:00Z", "review", "info", "open", NULL, 12 * 60, 14 * 60 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct bef_case c = { .zone = "Europe/Paris", .state = rows[i].crisis_state };
		const struct bef_destination d = { .quiet_from = rows[i].from, .quiet_to = rows[i].to };
		int64_t now = at(rows[i].now);
		int64_t want = rows[i].leaves ? at(rows[i].leaves) : now;

		if (bef_bell_leaves_at(&d, kind(rows[i].event), rows[i].level, &c, now) != want)
			fail_msg("row %zu", i);
	}
}

static void a_group_is_its_members_each_once(void **state)
{
	struct bef_destination d[] = { { .name = "cell" }, { .name = "chat" } };
	struct bef_team team = { .name = "all", .member = { "chat", "cell", "nobody" }, .count = 3 };
	const struct bef_bell bell = { d, 2, &team, 1 };
	const char *to[4];
	int count = 0;

	(void)state;
	assert_true(bef_bell_names(&bell, "Cell", to, &count, 4));
	assert_true(bef_bell_names(&bell, "ALL", to, &count, 4));
	assert_int_equal(count, 2);
	assert_string_equal(to[0], "cell");
	assert_string_equal(to[1], "chat");
	assert_false(bef_bell_names(&bell, "nobody", to, &count, 4));
	assert_null(bef_bell_find(NULL, "cell"));
}

static void attempts_go_apart_and_never_together(void **state)
{
	static const int64_t caps[] = { 60000, 300000, 900000 };

	(void)state;
	for (int level = 0; level < 3; level++)
		for (int next = 2; next < 40; next++) {
			int64_t low = bef_backoff_ms(next, level, 0), high = bef_backoff_ms(next, level, 255);

			assert_int_equal(low, 1000);
			assert_true(high >= low && high <= caps[level]);
			assert_true(bef_backoff_ms(next, level, 128) <= high);
		}
	assert_int_equal(bef_backoff_ms(2, 0, 255), 2000);
	assert_int_equal(bef_backoff_ms(39, 0, 255), 60000);
}

static void the_kinds_of_the_journal_and_of_the_wire_are_the_same(void **state)
{
	int count = 0;

	(void)state;
	for (const struct bef_alarm_kind *k = bef_alarm_kinds; k->name; k++, count++)
		assert_non_null(bef_word_find(&bef_alert_events, k->name));
	for (const struct bef_word *w = bef_alert_events.row; w->name; w++, count--)
		assert_non_null(bef_alarm_kind_find(w->name));
	assert_int_equal(count, 0);
}

static void every_format_says_what_its_settings_mean(void **state)
{
	(void)state;
	for (size_t i = 0; bef_formats[i]; i++) {
		must(bef_formats[i]->help_en && bef_formats[i]->help_fr, "%s", bef_formats[i]->name);
		must(strlen(bef_formats[i]->help_en) > 20 && strlen(bef_formats[i]->help_fr) > 20, "%s", bef_formats[i]->name);
		assert_ptr_equal(bef_format_find(bef_formats[i]->name), bef_formats[i]);
	}
}

UNIT_MAIN(unit(a_destination_hears_what_it_asked_for), unit(quiet_hours_hold_back_what_is_not_grave),
          unit(a_group_is_its_members_each_once), unit(attempts_go_apart_and_never_together),
          unit(the_kinds_of_the_journal_and_of_the_wire_are_the_same), unit(every_format_says_what_its_settings_mean))
