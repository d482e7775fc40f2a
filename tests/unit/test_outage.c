/* SPDX-License-Identifier: EUPL-1.2 */
/* One asset through its states.  Every story starts at UNIT_NOW; hours are told apart from the order of writing. */
#include "model/outage.h"

#include "unit.h"

#define HOUR INT64_C(3600000)
#define OPENED "{'ref':'INC-2025-001','title':'t','type':'outage','severity':'2','tlp':'amber','zone':'Europe/Paris'}"

enum { NOW = 100, NONE = -1 }; /* hours after the start */

struct state {
	const char *status;
	int hour;
};

struct row {
	const char *what;
	struct state state[8];     /* the first one adds it; a NULL status ends */
	const char *more;          /* of the first entry: ",'rto_s':3600" */
	enum bef_availability now;
	int stretches, down_at, back_at, longest, total, current, degraded, lost;
	bool rto_missed, rpo_missed, listed;
};

/* 1762146600000 is UNIT_NOW; the data are of an hour before it. */
#define DATA ",'data_until':1762143000000"

static const struct row rows[] = {
	{ "what was only suspected ran all along", { { "suspected", 0 }, { "compromised", 1 }, { "isolated", 2 }, { "cleaned", 3 } }, "",
	  BEF_RUNNING, 0, 0, 0, 0, 0, 0, 0, NONE, false, false, false },
	{ "down, and still", { { "down", 10 } }, "", BEF_DOWN, 1, 10, 0, 90, 90, 90, 0, NONE, false, false, true },
	{ "down and back", { { "down", 10 }, { "back-in-service", 14 } }, ",'rto_s':14400", BEF_RUNNING, 1, 10, 14, 4, 4, 0, 0, NONE,
	  false, false, true },
	{ "longer than is admissible", { { "down", 10 }, { "back-in-service", 15 } }, ",'rto_s':14400", BEF_RUNNING, 1, 10, 15, 5, 5, 0, 0,
	  NONE, true, false, true },
	{ "twice: the longest counts", { { "down", 1 }, { "back-in-service", 4 }, { "down", 10 }, { "not-affected", 12 } },
	  ",'rto_s':14400", BEF_RUNNING, 2, 1, 12, 3, 5, 0, 0, NONE, false, false, true },
	{ "one after the other is one interruption", { { "lost", 1 }, { "rebuilt", 3 }, { "down", 4 }, { "back-in-service", 6 } }, "",
	  BEF_RUNNING, 1, 1, 6, 5, 5, 0, 0, NONE, false, false, true },
	{ "degraded is not down", { { "degraded", 1 }, { "back-in-service", 4 } }, ",'rto_s':3600", BEF_RUNNING, 1, 0, 0, 0, 0, 0, 3, NONE,
	  false, false, true },
	{ "degraded after down ends the interruption", { { "down", 1 }, { "degraded", 3 } }, "", BEF_DEGRADED, 2, 1, 3, 2, 2, 0, 97, NONE,
	  false, false, true },
	{ "told late, in the wrong order", { { "suspected", 1 }, { "back-in-service", 9 }, { "down", 5 } }, "", BEF_RUNNING, 1, 5, 9, 4, 4, 0,
	  0, NONE, false, false, true },
	{ "data of before the stop are lost", { { "down", 2 }, { "back-in-service", 3 } }, ",'rpo_s':7200" DATA, BEF_RUNNING, 1, 2, 3, 1, 1,
	  0, 0, 3, false, true, true },
	{ "of not more than is admissible", { { "down", 2 } }, ",'rpo_s':10800" DATA, BEF_DOWN, 1, 2, 0, 98, 98, 98, 0, 3, false, false,
	  true },
	{ "no loss is admissible, and none is known", { { "down", 2 } }, ",'rpo_s':0", BEF_DOWN, 1, 2, 0, 98, 98, 98, 0, NONE, false, false,
	  true },
	{ "an objective is listed though nothing stopped", { { "suspected", 0 } }, ",'rto_s':3600", BEF_RUNNING, 0, 0, 0, 0, 0, 0, 0, NONE,
	  false, false, true },
	{ "a length that is none is no objective", { { "down", 2 } }, ",'rto_s':-5,'rpo_s':999999999999", BEF_DOWN, 1, 2, 0, 98, 98, 98, 0,
	  NONE, false, false, true },
};

static int hours(int64_t ms)
{
	return ms < 0 ? NONE : (int)(ms / HOUR);
}

static int hour_of(int64_t at_ms)
{
	return at_ms ? (int)((at_ms - UNIT_NOW) / HOUR) : 0;
}

static void tell(struct unit_story *story, const char *kind, const char *body, int hour, struct bef_hash *last)
{
	struct unit_note note = { .kind = kind, .body = unit_json(body), .parents = &story->last,
		                  .parent_count = story->journal.count > 0, .happened_at_ms = hour ? UNIT_NOW + hour * HOUR : 0 };

	unit_add(&story->journal, &story->pen, &note, &story->last);
	*last = story->last;
}

static struct bef_case *told(const struct row *row)
{
	struct unit_story story;
	struct bef_hash first, last;
	struct bef_case *c;
	struct bef_err err;
	char body[500], hex[BEF_HASH_HEX];

	unit_story_start(&story);
	tell(&story, "incident.opened", OPENED, 0, &last);
	snprintf(body, sizeof(body), "{'name':'ERP','type':'service','status':'%s'%s}", row->state[0].status, row->more);
	tell(&story, "asset.added", body, row->state[0].hour, &first);
	bef_hex(first.byte, sizeof(first.byte), hex);
	for (const struct state *state = row->state + 1; state->status; state++) {
		snprintf(body, sizeof(body), "{'asset':'%s','status':'%s'}", hex, state->status);
		tell(&story, "asset.changed", body, state->hour, &last);
	}
	assert_ok(bef_case_fold(&story.journal, &c, &err), err);
	return c;
}

static void each_asset_was_out_for_as_long_as_its_states_say(void **state)
{
	(void)state;
	for (size_t r = 0; r < ROWS(rows); r++) {
		const struct row *row = &rows[r];
		struct bef_case *c = told(row);
		struct bef_outages all;

		assert_true(bef_outages_of(c, UNIT_NOW + NOW * HOUR, &all));
		must(all.count == row->listed, "%s", row->what);
		if (all.count) {
			const struct bef_outage *one = &all.one[0];

			must(one->now == row->now, "%s: now", row->what);
			must((int)one->stretch_count == row->stretches, "%s: %zu stretches", row->what, one->stretch_count);
			must(hour_of(one->down_at_ms) == row->down_at, "%s: down at %d", row->what, hour_of(one->down_at_ms));
			must(hour_of(one->back_at_ms) == row->back_at, "%s: back at %d", row->what, hour_of(one->back_at_ms));
			must(hours(one->longest_ms) == row->longest, "%s: longest", row->what);
			must(hours(one->total_ms) == row->total, "%s: total", row->what);
			must(hours(one->current_ms) == row->current, "%s: current", row->what);
			must(hours(one->degraded_ms) == row->degraded, "%s: degraded", row->what);
			must(hours(one->lost_ms) == row->lost, "%s: lost", row->what);
			must(one->rto_missed == row->rto_missed && one->rpo_missed == row->rpo_missed, "%s: judged", row->what);
			must((int)all.down == (row->now == BEF_DOWN) && (int)all.degraded == (row->now == BEF_DEGRADED), "%s", row->what);
		}
		bef_outages_clear(&all);
		bef_case_free(c);
	}
}

/* Whatever order: stretches follow one another, each ends after it began, and their sum is the whole. */
static void stretches_never_overlap(void **state)
{
	struct dice dice = { .state = unit_seed() };

	(void)state;
	for (int round = 0; round < 200; round++) {
		struct row row = { .more = "" };
		struct bef_outages all;
		struct bef_case *c;
		int64_t sum_ms = 0;

		for (int i = 0; i < 7; i++)
			row.state[i] = (struct state){ bef_asset_states.row[dice_below(&dice, 10)].name, 1 + (int)dice_below(&dice, 50) };
		c = told(&row);
		assert_true(bef_outages_of(c, UNIT_NOW + NOW * HOUR, &all));
		for (size_t i = 0; i < (all.count ? all.one[0].stretch_count : 0); i++) {
			const struct bef_stretch *stretch = &all.one[0].stretch[i];
			int64_t until_ms = stretch->until ? stretch->until->at_ms : UNIT_NOW + NOW * HOUR;

			must(until_ms >= stretch->from->at_ms, "round %d", round);
			must(i == 0 || stretch->from->at_ms >= stretch[-1].until->at_ms, "round %d", round);
			must(stretch->until || i + 1 == all.one[0].stretch_count, "round %d", round);
			sum_ms += stretch->how == BEF_DOWN ? until_ms - stretch->from->at_ms : 0;
		}
		must(!all.count || sum_ms == all.one[0].total_ms, "round %d", round);
		bef_outages_clear(&all);
		bef_case_free(c);
	}
}

static void it_is_said_in_words(void **state)
{
	struct bef_outages all;
	char said[BEF_OUTAGE_SAY];
	struct bef_case *c = told(&rows[3]);

	(void)state;
	bef_lang_set(BEF_EN);
	assert_true(bef_outages_of(c, UNIT_NOW + NOW * HOUR, &all));
	assert_string_equal(bef_outage_say_rto(c, &all.one[0], said), "5 h 00 (at most 4 h 00): EXCEEDED");
	assert_string_equal(bef_outage_say_rpo(c, &all.one[0], said), "unknown");
	assert_false(bef_outage_is_late(c, &all.one[0]));
	bef_outages_clear(&all);
	bef_case_free(c);
	c = told(&rows[10]);
	assert_true(bef_outages_of(c, UNIT_NOW + NOW * HOUR, &all));
	bef_lang_set(BEF_FR);
	assert_string_equal(bef_outage_say_rpo(c, &all.one[0], said), "3 h 00 (au plus 3 h 00)");
	bef_lang_set(BEF_EN);
	bef_outages_clear(&all);
	bef_case_free(c);
}

UNIT_MAIN(unit(each_asset_was_out_for_as_long_as_its_states_say), unit(stretches_never_overlap), unit(it_is_said_in_words))
