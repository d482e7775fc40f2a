/* SPDX-License-Identifier: EUPL-1.2 */
/* The shipped rules, the three-valued answers, and the clocks that follow. */
#include "model/assess.h"

#include "base/file.h"
#include "base/json.h"

#include "bodies.h"

/* A law, and a case made of a story that grows. */
struct court {
	struct bef_law *law;
	struct unit_story story;
	struct bef_case *c;
	struct bef_assessing in;
};

static void court_open(struct court *court)
{
	struct bef_err err;

	*court = (struct court){ 0 };
	assert_ok(bef_law_shipped(&court->law, &err), err);
	unit_story_start(&court->story);
	unit_tell(&court->story, NULL, "incident.opened", UNIT_OPENING);
}

/* What the entries so far amount to; they can be added to afterwards. */
static void court_fold(struct court *court)
{
	struct bef_err err;

	if (court->c) {
		court->story.journal = court->c->journal;
		court->c->journal = (struct bef_journal){ 0 };
		bef_case_free(court->c);
	}
	assert_ok(bef_case_fold(&court->story.journal, &court->c, &err), err);
	court->in = (struct bef_assessing){ court->law, court->c, NULL, bef_calendar_find("fr"), NULL };
}

static void court_reopen(struct court *court)
{
	court->story.journal = court->c->journal;
	court->c->journal = (struct bef_journal){ 0 };
	bef_case_free(court->c);
	court->c = NULL;
}

static void court_close(struct court *court)
{
	if (court->c)
		bef_case_free(court->c);
	bef_journal_clear(&court->story.journal);
	bef_law_free(court->law);
}

/* Compute, and write the clocks down as an act would. */
static void court_clocks(struct court *court)
{
	json_t *changes;

	court_fold(court);
	changes = bef_assess_changes(&court->in);
	assert_non_null(changes);
	court_reopen(court);
	if (json_array_size(changes) > 0)
		unit_tell_body(&court->story, NULL, "clocks.set", json_pack("{s:o}", "clocks", changes));
	else
		json_decref(changes);
	court_fold(court);
}

static void answer(struct court *court, const char *fact, const char *value)
{
	unit_tell(&court->story, NULL, "fact.answered", "{'fact':'%s','answer':'%s'}", fact, value);
}

static const struct bef_clock *clock_named(const struct court *court, const char *rule)
{
	const struct bef_clock *clock = bef_case_clock(court->c, rule);

	must(clock, "no clock %s", rule);
	return clock;
}

static void the_shipped_rules_name_only_what_is_there(void **state)
{
	struct bef_law *law;
	struct bef_err err;

	(void)state;
	assert_ok(bef_law_shipped(&law, &err), err);
	assert_ok(bef_law_lint(law, &err), err);
	assert_true(law->rule_count >= 44);
	assert_ptr_equal(bef_law_rule(law, "CNIL"), bef_law_rule(law, "rgpd33.initiale"));
	assert_null(bef_law_rule(law, "nothing"));
	assert_false(bef_rule_is_on(bef_law_rule(law, "nis2.alerte")));
	assert_false(bef_rule_is_on(bef_law_rule(law, "omnibus.rgpd")));
	assert_true(bef_rule_is_on(bef_law_rule(law, "cra-vuln.alerte")));
	bef_law_free(law);
}

static enum bef_truth truth_of(const char *word)
{
	return strcmp(word, "yes") == 0 ? BEF_TRUE : strcmp(word, "no") == 0 ? BEF_FALSE : BEF_UNKNOWN;
}

/* One row of tests/regimes/cases.json. */
static void try_profile(const json_t *row)
{
	const char *rule_name = bef_json_text_or(row, "rule", "");
	const struct bef_rule *rule;
	const char *fact;
	json_t *value;
	struct court court;
	enum bef_truth truth;

	court_open(&court);
	json_object_foreach (json_object_get(row, "facts"), fact, value)
		answer(&court, fact, json_string_value(value));
	court_fold(&court);
	rule = bef_law_rule(court.law, rule_name);
	must(rule, "no rule %s", rule_name);
	truth = bef_assess_condition(&court.in, json_object_get(rule->json, "applies_if"));
	must(truth == truth_of(bef_json_text_or(row, "expect", "")), "%s with %s: %d", rule_name,
	     json_dumps(json_object_get(row, "facts"), 0), (int)truth);
	court_close(&court);
}

static void each_rule_applies_to_the_profiles_it_should(void **state)
{
	BEF_AUTO(text) text = { 0 };
	json_t *table, *row;
	struct bef_err err;
	size_t i;

	(void)state;
	assert_ok(bef_file_read("tests/regimes/cases.json", 1 << 20, &text, &err), err);
	assert_ok(bef_json_load(bef_text_str(&text), text.len, &table, &err), err);
	json_array_foreach (json_object_get(table, "cases"), i, row)
		try_profile(row);
	assert_true(i > 150);
	json_decref(table);
}

static void a_clock_starts_by_itself_moves_and_ends(void **state)
{
	struct court court;
	const struct bef_clock *clock;

	(void)state;
	court_open(&court);
	answer(&court, "controller", "yes");
	answer(&court, "personal-data", "yes");
	court_clocks(&court);
	clock = clock_named(&court, "rgpd33.initiale");
	assert_int_equal(bef_clock_state(clock, UNIT_NOW), BEF_CLOCK_TO_QUALIFY);
	assert_true(clock->safe_at_ms == UNIT_NOW + 72 * BEF_HOUR_MS);
	court_reopen(&court);
	answer(&court, "risk", "yes");
	court_clocks(&court);
	clock = clock_named(&court, "rgpd33.initiale");
	assert_int_equal(bef_clock_state(clock, UNIT_NOW), BEF_CLOCK_RUNNING);
	assert_true(json_is_true(json_object_get(clock->json, "provisional")));
	assert_int_equal(bef_clock_state(clock, UNIT_NOW + 73 * BEF_HOUR_MS), BEF_CLOCK_LATE);
	assert_true(bef_clock_is_to_come(clock_named(&court, "rgpd33.complementaire")));
	/* A better instant moves it. */
	court_reopen(&court);
	unit_tell(&court.story, NULL, "instant.decided", "{'event':'aware.rgpd','at':%lld,'reason':'r'}",
	          (long long)(UNIT_NOW + BEF_HOUR_MS));
	court_clocks(&court);
	clock = clock_named(&court, "rgpd33.initiale");
	assert_true(clock->safe_at_ms == UNIT_NOW + 73 * BEF_HOUR_MS);
	assert_null(json_object_get(clock->json, "provisional"));
	/* Sent: done, and the next stage counts from there. */
	court_reopen(&court);
	unit_tell(&court.story, NULL, "deadline.sent", "{'rule':'rgpd33.initiale','reference':'42'}");
	court_clocks(&court);
	clock = clock_named(&court, "rgpd33.initiale");
	assert_int_equal(bef_clock_state(clock, UNIT_NOW + 100 * BEF_HOUR_MS), BEF_CLOCK_DONE);
	assert_false(bef_clock_was_late(clock));
	assert_true(clock_named(&court, "rgpd33.complementaire")->safe_at_ms > UNIT_NOW + 72 * BEF_HOUR_MS);
	/* Nothing changed: nothing is written again. */
	{
		size_t lines = court.c->line_count;

		court_reopen(&court);
		court_clocks(&court);
		assert_int_equal(court.c->line_count, lines);
	}
	court_close(&court);
}

static void what_does_not_apply_says_why_and_cuts_off_what_follows(void **state)
{
	struct court court;
	const struct bef_clock *clock;

	(void)state;
	court_open(&court);
	answer(&court, "controller", "yes");
	answer(&court, "personal-data", "yes");
	answer(&court, "risk", "yes");
	court_clocks(&court);
	court_reopen(&court);
	answer(&court, "risk", "no");
	court_clocks(&court);
	clock = clock_named(&court, "rgpd33.initiale");
	assert_int_equal(bef_clock_state(clock, UNIT_NOW), BEF_CLOCK_NOT_APPLICABLE);
	assert_string_equal(json_string_value(json_array_get(json_object_get(clock->json, "because"), 0)), "risk=no");
	court_reopen(&court);
	answer(&court, "risk", "unknown");
	unit_tell(&court.story, NULL, "deadline.dismissed", "{'rule':'rgpd33.initiale','reason':'encrypted'}");
	court_clocks(&court);
	assert_int_equal(bef_clock_state(clock_named(&court, "rgpd33.initiale"), 0), BEF_CLOCK_NOT_APPLICABLE);
	assert_int_equal(bef_clock_state(clock_named(&court, "rgpd33.complementaire"), 0), BEF_CLOCK_NOT_APPLICABLE);
	/* Sent all the same: that counts from then on. */
	court_reopen(&court);
	unit_tell(&court.story, NULL, "deadline.sent", "{'rule':'rgpd33.initiale'}");
	court_clocks(&court);
	assert_int_equal(bef_clock_state(clock_named(&court, "rgpd33.initiale"), 0), BEF_CLOCK_DONE);
	court_close(&court);
}

static bool asks(const struct court *court, const char *fact)
{
	json_t *questions = bef_assess_questions(&court->in);
	bool found = false;
	json_t *id;
	size_t i;

	assert_non_null(questions);
	json_array_foreach (questions, i, id)
		found = found || strcmp(json_string_value(id), fact) == 0;
	json_decref(questions);
	return found;
}

static void only_what_could_change_an_outcome_is_asked(void **state)
{
	struct court court;

	(void)state;
	court_open(&court);
	court_fold(&court);
	assert_true(asks(&court, "controller"));
	assert_true(asks(&court, "health-structure"));
	assert_false(asks(&court, "nis2-entity")); /* off */
	court_reopen(&court);
	answer(&court, "health-structure", "no");
	answer(&court, "controller", "no");
	answer(&court, "follow-nis2", "yes");
	court_fold(&court);
	assert_false(asks(&court, "care-affected"));
	assert_false(asks(&court, "high-risk"));
	assert_true(asks(&court, "nis2-entity"));
	court_close(&court);
}

/* DORA: the sooner of 4 hours from the classification and 24 from awareness (2025/301, article 5). */
static void the_sooner_of_two_limits_holds(void **state)
{
	struct court court;
	const struct bef_clock *clock;

	(void)state;
	court_open(&court);
	answer(&court, "financial-entity", "yes");
	answer(&court, "major-ict", "yes");
	court_clocks(&court);
	clock = clock_named(&court, "dora.initiale");
	assert_int_equal(bef_clock_state(clock, UNIT_NOW), BEF_CLOCK_TO_QUALIFY);
	assert_int_equal(clock->safe_at_ms, 0);
	court_reopen(&court);
	unit_tell(&court.story, NULL, "instant.decided", "{'event':'classified.major','at':%lld}",
	          (long long)(UNIT_NOW + 2 * BEF_HOUR_MS));
	court_clocks(&court);
	clock = clock_named(&court, "dora.initiale");
	assert_int_equal(bef_clock_state(clock, UNIT_NOW), BEF_CLOCK_RUNNING);
	assert_true(clock->safe_at_ms == UNIT_NOW + 6 * BEF_HOUR_MS);
	court_reopen(&court);
	unit_tell(&court.story, NULL, "instant.decided", "{'event':'classified.major','at':%lld}",
	          (long long)(UNIT_NOW + 22 * BEF_HOUR_MS));
	court_clocks(&court);
	assert_true(clock_named(&court, "dora.initiale")->safe_at_ms == UNIT_NOW + 24 * BEF_HOUR_MS);
	court_close(&court);
}

static void a_regime_that_is_none_is_refused_and_says_where(void **state)
{
	static const struct {
		const char *text, *what;
	} rows[] = {
		{ "[]", "regime" },
		{ "{'regime':'x','name':{'en':'a','fr':'b'},'rules':[{}]}", "id" },
		{ "{'regime':'x','name':{'en':'a','fr':'b'},'rules':[{'id':'A B'}]}", "id" },
		{ "{'regime':'x','name':{'en':'a','fr':'b'},'rules':[{'id':'x.y','status':'in_force'}]}", "article" },
		{ "{'regime':'x','name':{'en':'a','fr':'b'},'rules':[{'id':'x.y','status':'in_force','article':'1','source':'s',"
		  "'checked_on':'2026-01-01','calc':'none','name':{'en':'a','fr':'b'},'applies_if':{'all':[]}}]}", "applies_if" },
		{ "{'regime':'x','name':{'en':'a','fr':'b'},'rules':[{'id':'x.y','status':'in_force','article':'1','source':'s',"
		  "'checked_on':'2026-01-01','calc':'none','name':{'en':'a','fr':'b'},'applies_if':'attack'}]}", "clock_start" },
		{ "{'a':", "JSON" },
	};
	struct bef_law *law;
	struct bef_err err;

	(void)state;
	assert_ok(bef_law_shipped(&law, &err), err);
	for (size_t i = 0; i < ROWS(rows); i++) {
		size_t before = law->rule_count;
		char *text = unit_playbook_text(rows[i].text);

		assert_int_equal(bef_law_add(law, text, strlen(text), &err), BEF_USAGE);
		must(strstr(err.msg, rows[i].what), "row %zu: %s", i, err.msg);
		assert_int_equal(law->rule_count, before);
		free(text);
	}
	bef_law_free(law);
}

UNIT_MAIN(unit(the_shipped_rules_name_only_what_is_there), unit(each_rule_applies_to_the_profiles_it_should),
          unit(a_clock_starts_by_itself_moves_and_ends), unit(what_does_not_apply_says_why_and_cuts_off_what_follows),
          unit(only_what_could_change_an_outcome_is_asked), unit(the_sooner_of_two_limits_holds),
          unit(a_regime_that_is_none_is_refused_and_says_where))
