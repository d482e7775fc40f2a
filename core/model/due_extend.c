/* SPDX-License-Identifier: EUPL-1.2 */
/* The extended readings of a limit, text by text. */
#include "base/i18n.h"
#include "model/reckoning.h"

enum { TWO_DAYS_S = 48 * 3600, NOON = 12 };

/* `day` itself, or the working day that comes next. */
static void roll(const struct bef_due_ask *ask, struct bef_civil *day)
{
	while (!bef_reckon_is_working(ask, day))
		bef_civil_add_days(day, 1);
}

/* 1182/71 art. 3(4), CPC 642: the last day ends at 24:00, that of a working day. */
static void extend_to_day_end(struct reckoning *r, const char *article)
{
	struct bef_civil day = r->last;
	struct bef_civil next = r->last;
	char date[BEF_DATE_SIZE];

	roll(r->ask, &day);
	r->due->extended_ms = bef_day_end(&day, r->ask->zone);
	bef_limit_format(r->due->extended_ms, r->ask->zone, date);
	if (!bef_reckon_is_after(&day, &r->last)) {
		bef_reckon_say(r->due, tr("the last day counts until its end: %s"), date);
		return;
	}
	bef_reckon_say_not_working(r, &r->last);
	bef_civil_add_days(&next, 1);
	bef_reckon_say_holidays(r, next, &day);
	bef_reckon_say(r->due, tr("%s: moved to the end of the next working day: %s"), article, date);
}

/* 1182/71 art. 3(5): from two days on, two working days at least, those only touched included. */
static void want_two_working_days(struct reckoning *r, int64_t first_ms)
{
	const char *zone = r->ask->zone;
	struct bef_civil day, last;
	char date[BEF_DATE_SIZE];
	int touched = 0;

	bef_civil_in(zone, first_ms, &day);
	bef_civil_in(zone, r->due->extended_ms - 1, &last);
	bef_reckon_say_holidays(r, day, &last);
	for (; !bef_reckon_is_after(&day, &last); bef_civil_add_days(&day, 1))
		touched += bef_reckon_is_working(r->ask, &day);
	bef_reckon_say(r->due, trn("%d working day is touched", "%d working days are touched", touched), touched);
	if (touched >= 2)
		return;
	for (day = last; touched < 2; touched += bef_reckon_is_working(r->ask, &day))
		bef_civil_add_days(&day, 1);
	bef_civil_add_days(&last, 1);
	bef_reckon_say_holidays(r, last, &day);
	r->due->extended_ms = bef_day_end(&day, zone);
	bef_reckon_say(r->due, tr("art. 3(5), two working days are needed: until %s"),
	               bef_limit_format(r->due->extended_ms, zone, date));
}

void bef_reckon_eu1182(struct reckoning *r)
{
	const struct bef_due_ask *ask = r->ask;
	int64_t first_ms = bef_hour_end(ask->zone, ask->from_ms);
	char first[BEF_DATE_SIZE], end[BEF_DATE_SIZE];

	if (ask->offset.unit != BEF_OFFSET_TIME) {
		extend_to_day_end(r, tr("Regulation 1182/71, art. 3(4)"));
		return;
	}
	r->due->extended_ms = first_ms + ask->offset.count * 1000;
	bef_reckon_say(r->due, tr("Regulation 1182/71, art. 3(1), the hour of the event is not counted: from %s to %s"),
	               bef_moment_format(first_ms, ask->zone, first), bef_limit_format(r->due->extended_ms, ask->zone, end));
	if (ask->offset.count >= TWO_DAYS_S)
		want_two_working_days(r, first_ms);
}

void bef_reckon_fr_statute(struct reckoning *r)
{
	if (r->ask->offset.unit == BEF_OFFSET_TIME)
		bef_reckon_say(r->due, "%s", tr("no French text extends hours: both readings are the same"));
	else
		extend_to_day_end(r, tr("Code de procédure civile, art. 642"));
}

void bef_reckon_dora(struct reckoning *r)
{
	struct bef_civil day = r->last;
	char date[BEF_DATE_SIZE];

	roll(r->ask, &day);
	if (!bef_reckon_is_after(&day, &r->last))
		return;
	bef_reckon_say_not_working(r, &r->last);
	if (!r->ask->roll) {
		bef_reckon_say(r->due, "%s", tr("Regulation 2025/301, art. 5(5): this entity does not wait for a working day"));
		return;
	}
	day.hour = NOON;
	day.minute = day.second = 0;
	r->due->extended_ms = bef_civil_first(&day, r->ask->zone);
	bef_reckon_say(r->due, tr("Regulation 2025/301, art. 5(4), noon of the next working day: %s"),
	               bef_limit_format(r->due->extended_ms, r->ask->zone, date));
}

void bef_reckon_contract(struct reckoning *r)
{
	char date[BEF_DATE_SIZE];

	if (r->ask->offset.unit == BEF_OFFSET_TIME)
		return;
	bef_reckon_say_holidays(r, r->start, &r->last);
	r->due->extended_ms = bef_day_end(&r->last, r->ask->zone);
	bef_reckon_say(r->due, tr("the last day counts until its end: %s"),
	               bef_limit_format(r->due->extended_ms, r->ask->zone, date));
}
