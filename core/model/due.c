/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/due.h"

#include "base/i18n.h"
#include "model/reckoning.h"

/* 1 January 9900: ten years and a few holidays more stay within four digits. */
static const int64_t from_most_ms = INT64_C(250246627200000);

bool bef_reckon_is_after(const struct bef_civil *a, const struct bef_civil *b)
{
	return a->year * 10000 + a->month * 100 + a->day > b->year * 10000 + b->month * 100 + b->day;
}

bool bef_reckon_is_working(const struct bef_due_ask *ask, const struct bef_civil *day)
{
	return bef_is_working_day(ask->calendar, ask->extra, day->year, day->month, day->day);
}

/* The n-th working day after the start; the start's own day is not counted. */
static void add_working_days(const struct bef_due_ask *ask, struct bef_civil *day)
{
	for (int64_t left = ask->offset.count; left > 0;) {
		bef_civil_add_days(day, 1);
		left -= bef_reckon_is_working(ask, day);
	}
}

/* Fills the safe instant and the local day on which it falls. */
static void find_safe(struct reckoning *r)
{
	const struct bef_due_ask *ask = r->ask;

	bef_civil_in(ask->zone, ask->from_ms, &r->start);
	r->last = r->start;
	if (ask->offset.unit == BEF_OFFSET_TIME) {
		r->due->safe_ms = ask->from_ms + ask->offset.count * 1000;
		bef_civil_in(ask->zone, r->due->safe_ms, &r->last);
		return;
	}
	if (ask->offset.unit == BEF_OFFSET_MONTHS)
		bef_civil_add_months(&r->last, (int)ask->offset.count);
	else if (ask->calc == BEF_CALC_CONTRACT)
		add_working_days(ask, &r->last);
	else
		bef_civil_add_days(&r->last, (int)ask->offset.count * (ask->offset.unit == BEF_OFFSET_WEEKS ? 7 : 1));
	r->due->safe_ms = bef_civil_first(&r->last, ask->zone);
}

#define UNIT(name) (1u << BEF_OFFSET_##name)
#define ANY_UNIT (UNIT(TIME) | UNIT(DAYS) | UNIT(WEEKS) | UNIT(MONTHS))

static const struct {
	unsigned units; /* that go with it */
	void (*extend)(struct reckoning *r); /* or NULL: nothing does */
} methods[BEF_CALC_COUNT] = {
	[BEF_CALC_ELAPSED] = { ANY_UNIT, NULL },
	[BEF_CALC_EU1182] = { ANY_UNIT, bef_reckon_eu1182 },
	[BEF_CALC_FR_STATUTE] = { ANY_UNIT, bef_reckon_fr_statute },
	[BEF_CALC_DORA5_4] = { ANY_UNIT, bef_reckon_dora },
	[BEF_CALC_CONTRACT] = { UNIT(TIME) | UNIT(DAYS), bef_reckon_contract },
	[BEF_CALC_NONE] = { UNIT(ABSENT), NULL },
};

static enum bef_rc check(const struct bef_due_ask *ask, struct bef_err *err)
{
	const char *calc = bef_calcs.row[ask->calc].name;

	if (!(methods[ask->calc].units & 1u << ask->offset.unit)) {
		bef_fail(err, BEF_USAGE, tr("this length of time does not go with the calculation '%s'"), calc);
		bef_hint(err, "%s", ask->calc == BEF_CALC_NONE ? tr("'none' is for what is due without delay: no length")
		                    : ask->offset.unit         ? tr("a contract counts hours (PT48H) or working days (P5D)")
		                                               : tr("give a length, such as PT72H or P1M"));
		return BEF_USAGE;
	}
	if (!bef_zone_exists(ask->zone))
		return bef_fail(err, BEF_USAGE, tr("this machine does not know the time zone '%.40s'"), ask->zone);
	if (ask->from_ms <= 0 || ask->from_ms > from_most_ms)
		return bef_fail(err, BEF_USAGE, "%s", tr("a limit starts between the years 1970 and 9900"));
	return BEF_OK;
}

enum bef_rc bef_due_compute(const struct bef_due_ask *ask, struct bef_due *out, struct bef_err *err)
{
	struct reckoning r = { .ask = ask, .due = out };
	enum bef_rc rc = check(ask, err);

	if (rc)
		return rc;
	*out = (struct bef_due){ 0 };
	if (ask->calc == BEF_CALC_NONE) {
		bef_reckon_say(out, "%s", tr("without delay: there is no limit to compute"));
		return BEF_OK;
	}
	find_safe(&r);
	bef_reckon_say_safe(&r);
	out->extended_ms = out->safe_ms;
	if (ask->offset.count > 0 && methods[ask->calc].extend)
		methods[ask->calc].extend(&r);
	return BEF_OK;
}

/* DORA art. 5(2): `late` begins when `other` is over already, and is the shorter one. */
static bool takes_the_place(const struct bef_due_leg *late, const struct bef_due_leg *other, int64_t other_safe_ms)
{
	return late->offset.unit == BEF_OFFSET_TIME && other->offset.unit == BEF_OFFSET_TIME &&
	       late->offset.count < other->offset.count && late->from_ms > other_safe_ms;
}

static bool is_over(enum bef_calc calc, const struct bef_due_leg *leg, size_t count, const struct bef_due_leg *one,
                    int64_t safe_ms)
{
	if (calc != BEF_CALC_DORA5_4)
		return false;
	for (size_t i = 0; i < count; i++)
		if (leg[i].from_ms && takes_the_place(&leg[i], one, safe_ms))
			return true;
	return false;
}

enum bef_rc bef_due_min(const struct bef_due_ask *rule, const struct bef_due_leg *leg, size_t count,
                        struct bef_due *out, size_t *which, struct bef_err *err)
{
	struct bef_due_ask ask = *rule;
	struct bef_due first = { 0 };
	struct bef_due due;
	size_t position = 0, begun = 0, over = 0;

	for (size_t i = 0; i < count; i++) {
		enum bef_rc rc;

		if (!leg[i].from_ms)
			continue;
		begun++;
		ask.from_ms = leg[i].from_ms;
		ask.offset = leg[i].offset;
		rc = bef_due_compute(&ask, &due, err);
		if (rc)
			return rc;
		if (is_over(rule->calc, leg, count, &leg[i], due.safe_ms)) {
			over++;
		} else if (!first.safe_ms || due.safe_ms < first.safe_ms) {
			first = due;
			position = i;
		}
	}
	if (!begun)
		return bef_fail(err, BEF_NOT_FOUND, "%s", tr("nothing has started this limit yet"));
	if (over)
		bef_reckon_say(&first, "%s", tr("Regulation 2025/301, art. 5(2): classified once the other limit had passed, which counts no more"));
	else if (begun > 1)
		bef_reckon_say(&first, "%s", tr("of several limits, the one that ends first"));
	*out = first;
	if (which)
		*which = position;
	return BEF_OK;
}
