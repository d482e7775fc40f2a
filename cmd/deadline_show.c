/* SPDX-License-Identifier: EUPL-1.2 */
/* One rule in full: what it counts from, what to send to whom, what it rests on. */
#include <string.h>

#include "base/day.h"
#include "base/i18n.h"
#include "base/json.h"
#include "deadline.h"
#include "out.h"

static void put_row(struct bef_app *app, const char *label, const char *value)
{
	if (!value || !*value)
		return;
	bef_put_cell(app, BEF_FAINT, 15, label);
	bef_wrap(app, BEF_PLAIN, 15, 15, value);
}

static void put_contents(struct bef_app *app, const struct bef_rule *rule)
{
	const json_t *list = bef_both_list(rule->json, "contents");
	json_t *item;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)list, i, item) {
		bef_put_cell(app, BEF_FAINT, 15, i ? "" : tr("must contain"));
		bef_put(app, BEF_PLAIN, "- ");
		bef_wrap(app, BEF_PLAIN, 17, 17, json_string_value(item));
	}
}

/* How both limits were found; the extended one with what it is worth. */
static void put_extended(struct bef_app *app, const struct bef_bench *b, const struct bef_clock *clock)
{
	const struct bef_assessing in = bef_bench_assessing(b);
	BEF_AUTO(text) text = { .max = 4096 };
	struct bef_due due;
	char when[BEF_DATE_SIZE];

	if (clock->extended_at_ms > clock->safe_at_ms) {
		bef_text_printf(&text, tr("%s, the most favourable reading: not guaranteed"),
		                bef_limit_format(clock->extended_at_ms, b->c->zone, when));
		put_row(app, tr("extended"), bef_text_str(&text));
	}
	if (!bef_assess_due(&in, clock, &due))
		return;
	for (int i = 0; i < due.step_count; i++)
		put_row(app, i ? "" : tr("reckoning"), due.step[i]);
}

static void put_counting(struct bef_app *app, const struct bef_bench *b, const struct bef_clock *clock)
{
	const char *event = bef_json_text(clock->json, "start_event");
	BEF_AUTO(text) start = { .max = 4096 };
	char when[BEF_DATE_SIZE];

	if (event) {
		bef_event_say(b->legal.law, event, &start);
		bef_text_printf(&start, ", %s", bef_date_format(clock->start_at_ms, b->c->zone, BEF_DATE_DAY, when));
		if (json_is_true(json_object_get(clock->json, "provisional")))
			bef_text_printf(&start, " %s", tr("(for want of a better instant: beffroi deadline instant)"));
		put_row(app, tr("counts from"), bef_text_str(&start));
	}
	if (clock->extended_at_ms && app->g.verbose)
		put_extended(app, b, clock);
}

/* The whole rule, or the parts of it that nobody has read at their source. */
static void put_unverified(struct bef_app *app, const json_t *rule)
{
	const json_t *parts = bef_both_list(rule, "unverified");
	json_t *part;
	size_t i;

	if (bef_confidence_label(rule)) {
		bef_put_cell(app, BEF_FAINT, 15, "");
		bef_wrap(app, BEF_WARN, 15, 15, bef_confidence_label(rule));
	}
	json_array_foreach ((json_t *)(uintptr_t)parts, i, part) {
		bef_put_cell(app, BEF_WARN, 15, i ? "" : tr("unverified"));
		bef_wrap(app, BEF_PLAIN, 15, 15, json_string_value(part));
	}
}

static void put_source(struct bef_app *app, const struct bef_rule *rule)
{
	BEF_AUTO(text) source = { .max = 8192 };

	bef_text_printf(&source, tr("%s (%s), checked on %s"), bef_json_text_or(rule->json, "article", ""),
	                bef_json_text_or(rule->json, "source", ""), bef_json_text_or(rule->json, "checked_on", ""));
	put_row(app, tr("basis"), bef_text_str(&source));
	put_unverified(app, rule->json);
	put_row(app, tr("banner"), bef_both(rule->file, "banner"));
	bef_put(app, BEF_FAINT, "%s\n", tr("To be confirmed by a lawyer."));
}

/* What to type once it was sent, or if it does not apply; the rule in the word that was used. */
static void put_ends(struct bef_app *app, const char *word)
{
	BEF_AUTO(text) command = { .max = 300 };

	bef_text_printf(&command, tr("deadline %s sent --reference N --proof FILE"), word);
	bef_next(app, bef_text_str(&command), tr("it was sent"));
	bef_text_clear(&command);
	bef_text_printf(&command, tr("deadline %s not-applicable --reason ..."), word);
	bef_next(app, bef_text_str(&command), tr("it does not apply"));
}

enum bef_rc bef_deadline_show(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                              struct bef_err *err)
{
	BEF_AUTO_BENCH b = { 0 };
	const struct bef_rule *rule;
	const struct bef_clock *clock;
	enum bef_rc rc = bef_bench_open(app, &b, err);

	(void)opts;
	(void)count;
	if (rc == BEF_OK)
		rc = bef_bench_rule(&b, words[0], &rule, err);
	if (rc)
		return rc;
	clock = bef_case_clock(b.c, rule->id);
	if (app->g.json)
		return clock ? bef_put_json(bef_deadline_json(&b, clock, app->desk.pen.now_ms), err) : BEF_OK;
	if (clock)
		bef_deadline_put(app, &b, clock);
	else
		bef_put(app, BEF_STRONG, "%s  (%s)\n", bef_both(rule->json, "name"), rule->id);
	if (clock)
		put_counting(app, &b, clock);
	put_row(app, tr("to whom"), bef_both(rule->json, "recipient"));
	put_row(app, tr("how"), bef_both(rule->json, "channel"));
	put_contents(app, rule);
	put_row(app, tr("beware"), bef_both(rule->json, "note"));
	put_row(app, tr("otherwise"), bef_both(rule->json, "penalty"));
	put_source(app, rule);
	if (clock && bef_clock_is_open(clock))
		put_ends(app, words[0]);
	return BEF_OK;
}
