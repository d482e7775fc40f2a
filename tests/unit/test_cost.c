/* SPDX-License-Identifier: EUPL-1.2 */
/* What a note costs, as anybody's journal may say it. */
#include "model/case.h"

#include "unit.h"

static const struct {
	const char *body;
	int64_t cents;
} rows[] = {
	{ "{'sort':'cost','text':'x','amount_cents':120050}", 120050 },
	{ "{'sort':'fact','text':'x','amount_cents':-500}", -500 },
	{ "{'sort':'cost','text':'x'}", 0 },
	{ "{'sort':'cost','text':'x','amount_cents':9999999999999}", INT64_C(9999999999999) },
	{ "{'sort':'cost','text':'x','amount_cents':10000000000000}", 0 },
	{ "{'sort':'cost','text':'x','amount_cents':9007199254740991}", 0 },
	{ "{'sort':'cost','text':'x','amount_cents':-9007199254740991}", 0 },
};

static void amounts_that_nobody_meant_are_none(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	struct bef_err err;

	(void)state;
	unit_story_start(&story);
	for (size_t i = 0; i < ROWS(rows); i++)
		unit_tell(&story, NULL, "note", "%s", rows[i].body);
	assert_ok(bef_case_fold(&story.journal, &c, &err), err);
	for (size_t i = 0; i < ROWS(rows); i++)
		must(bef_line_cost(&c->line[i]) == rows[i].cents, "%s", rows[i].body);
	bef_case_free(c);
}

static void what_was_undone_costs_nothing(void **state)
{
	struct unit_story story;
	char id[BEF_HASH_HEX];
	struct bef_case *c;
	struct bef_err err;

	(void)state;
	unit_story_start(&story);
	unit_tell(&story, id, "note", "%s", rows[0].body);
	unit_tell(&story, NULL, "entry.undone", "{'target':'%s'}", id);
	assert_ok(bef_case_fold(&story.journal, &c, &err), err);
	assert_int_equal(bef_line_cost(&c->line[0]), 0);
	bef_case_free(c);
}

UNIT_MAIN(unit(amounts_that_nobody_meant_are_none), unit(what_was_undone_costs_nothing))
