/* SPDX-License-Identifier: EUPL-1.2 */
/* The legal clocks of an incident. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "deadline.h"
#include "out.h"

/* --- for machines --- */

static void copy_members(json_t *object, const json_t *clock, bool *ok)
{
	static const char *const members[] = { "regime", "status", "article", "checked_on", "start_event", "waits_for",
		                               "offset", "calc", "missing", "because", "provisional" };

	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		json_t *value = json_object_get(clock, members[i]);

		if (value)
			*ok = json_object_set(object, members[i], value) == 0 && *ok;
	}
}

json_t *bef_deadline_json(const struct bef_bench *b, const struct bef_clock *clock, int64_t now_ms)
{
	json_t *object = bef_json_begin("deadline");
	bool ok = object != NULL;

	bef_json_put_text(object, "incident", b->row.ref, &ok);
	bef_json_put_text(object, "rule", clock->rule, &ok);
	bef_json_put_text(object, "name", bef_clock_name(clock), &ok);
	bef_json_put_text(object, "state", bef_clock_state_name(bef_clock_state(clock, now_ms)), &ok);
	bef_json_put_instant(object, "start", clock->start_at_ms, &ok);
	bef_json_put_instant(object, "safe", clock->safe_at_ms, &ok);
	bef_json_put_instant(object, "extended", clock->extended_at_ms, &ok);
	if (clock->safe_at_ms && bef_clock_is_open(clock))
		bef_json_put_int(object, "remaining_s", (clock->safe_at_ms - now_ms) / 1000, &ok);
	copy_members(object, clock->json, &ok);
	if (clock->sent) {
		bef_json_put_instant(object, "sent_at", clock->sent->at_ms, &ok);
		bef_json_put_text(object, "reference", bef_line_text(clock->sent, "reference"), &ok);
		bef_json_put_bool(object, "sent_late", bef_clock_was_late(clock), &ok);
	}
	if (clock->dismissed)
		bef_json_put_text(object, "reason", bef_line_text(clock->dismissed, "reason"), &ok);
	if (ok)
		return object;
	json_decref(object);
	return NULL;
}

/* --- for people --- */

/* What is pressing first: late, running by their limit, to qualify by the limit they would have, the rest. */
static int rank(const struct bef_clock *clock, int64_t now_ms)
{
	static const int ranks[] = { [BEF_CLOCK_LATE] = 0, [BEF_CLOCK_RUNNING] = 1, [BEF_CLOCK_TO_QUALIFY] = 2,
		                     [BEF_CLOCK_DONE] = 4, [BEF_CLOCK_NOT_APPLICABLE] = 5 };

	return bef_clock_is_to_come(clock) ? 3 : ranks[bef_clock_state(clock, now_ms)];
}

static int by_urgency(const void *a_, const void *b_, void *now_ms)
{
	const struct bef_clock *a = *(const struct bef_clock *const *)a_;
	const struct bef_clock *b = *(const struct bef_clock *const *)b_;
	int difference = rank(a, *(const int64_t *)now_ms) - rank(b, *(const int64_t *)now_ms);

	if (difference)
		return difference;
	if (!a->safe_at_ms != !b->safe_at_ms)
		return !a->safe_at_ms - !b->safe_at_ms;
	if (a->safe_at_ms != b->safe_at_ms)
		return a->safe_at_ms < b->safe_at_ms ? -1 : 1;
	return strcmp(a->rule, b->rule);
}

const struct bef_clock **bef_bench_sorted(const struct bef_bench *bench, int64_t now_ms)
{
	const struct bef_case *c = bench->c;
	const struct bef_clock **list = calloc(c->clock_count + 1, sizeof(*list));

	for (size_t i = 0; list && i < c->clock_count; i++)
		list[i] = &c->clock[i];
	if (list)
		qsort_r(list, c->clock_count, sizeof(*list), by_urgency, &now_ms);
	return list;
}

/* How long is left, or why that is not known. */
static void add_limit(const struct bef_bench *b, const struct bef_clock *clock, int64_t now_ms, struct bef_text *out)
{
	const char *waits = bef_json_text(clock->json, "waits_for");
	enum bef_clock_state state = bef_clock_state(clock, now_ms);
	char when[BEF_DATE_SIZE], span[BEF_DATE_SIZE];

	bef_date_format(clock->safe_at_ms, b->c->zone, BEF_DATE_DAY, when);
	bef_span_format(llabs(clock->safe_at_ms - now_ms), span);
	if (waits) {
		bef_text_puts(out, tr("counts from: "));
		bef_event_say(b->legal.law, waits, out);
	} else if (!clock->safe_at_ms)
		bef_text_puts(out, tr("without delay"));
	else if (state == BEF_CLOCK_LATE)
		bef_text_printf(out, tr("since %s (limit: %s)"), span, when);
	else if (state == BEF_CLOCK_TO_QUALIFY)
		bef_text_printf(out, tr("before %s if it applies"), when);
	else
		bef_text_printf(out, tr("before %s, %s left"), when, span);
}

static void add_end(const struct bef_bench *b, const struct bef_clock *clock, struct bef_text *out)
{
	const struct bef_line *line = clock->sent ? clock->sent : clock->dismissed;
	const char *reason = clock->dismissed ? bef_line_text(clock->dismissed, "reason") : NULL;
	const char *reference = clock->sent ? bef_line_text(clock->sent, "reference") : NULL;
	char when[BEF_DATE_SIZE], span[BEF_DATE_SIZE];

	if (clock->dismissed) {
		bef_text_printf(out, tr("%s, says %s"), reason ? reason : "...",
		                bef_json_text_or(bef_line_body(clock->dismissed), "by", line->entry->author));
		return;
	}
	bef_text_printf(out, tr("sent %s"), bef_date_format(line->at_ms, b->c->zone, BEF_DATE_DAY, when));
	if (clock->safe_at_ms) {
		bef_span_format(llabs(clock->safe_at_ms - clock->first_sent->at_ms), span);
		bef_text_printf(out, bef_clock_was_late(clock) ? tr(", %s after the limit") : tr(", %s before the limit"), span);
	}
	if (reference)
		bef_text_printf(out, tr(", reference %s"), reference);
}

static void add_missing(const struct bef_clock *clock, struct bef_text *out)
{
	const json_t *missing = json_object_get(clock->json, "missing");
	json_t *item;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)missing, i, item)
		bef_text_printf(out, "%s%s", i ? ", " : tr("; depends on: "), json_string_value(item));
}

static void add_because(const struct bef_clock *clock, struct bef_text *out)
{
	const json_t *because = json_object_get(clock->json, "because");
	json_t *item;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)because, i, item)
		bef_text_printf(out, "%s%s", i ? ", " : "", json_string_value(item));
}

void bef_deadline_put(struct bef_app *app, const struct bef_bench *b, const struct bef_clock *clock)
{
	static const enum bef_style styles[] = { [BEF_CLOCK_TO_QUALIFY] = BEF_WARN, [BEF_CLOCK_RUNNING] = BEF_STRONG,
		                                 [BEF_CLOCK_LATE] = BEF_BAD, [BEF_CLOCK_DONE] = BEF_GOOD,
		                                 [BEF_CLOCK_NOT_APPLICABLE] = BEF_FAINT };
	int64_t now_ms = app->desk.pen.now_ms;
	enum bef_clock_state state = bef_clock_state(clock, now_ms);
	bool to_come = bef_clock_is_to_come(clock);
	BEF_AUTO(text) name = { .max = 4096 };
	BEF_AUTO(text) rest = { .max = 1 << 20 };

	bef_put_cell(app, to_come ? BEF_FAINT : styles[state], 15, to_come ? tr("to come") : bef_clock_state_label(state));
	bef_text_printf(&name, "%s  (%s)", bef_clock_name(clock), clock->rule);
	if (strcmp(bef_json_text_or(clock->json, "status", "in_force"), "in_force") != 0)
		bef_text_printf(&name, " %s", tr("[not law, advice]"));
	bef_wrap_text(app, state <= BEF_CLOCK_LATE && !to_come ? BEF_STRONG : BEF_PLAIN, 15, 15, &name);
	if (clock->sent || clock->dismissed)
		add_end(b, clock, &rest);
	else if (state == BEF_CLOCK_NOT_APPLICABLE)
		add_because(clock, &rest);
	else
		add_limit(b, clock, now_ms, &rest);
	if (state == BEF_CLOCK_TO_QUALIFY)
		add_missing(clock, &rest);
	bef_put_cell(app, BEF_PLAIN, 15, "");
	bef_wrap_text(app, BEF_PLAIN, 15, 15, &rest);
}

/* The rules or the profile changed since the clocks were written down. */
static bool is_stale(const struct bef_bench *b)
{
	const struct bef_assessing in = bef_bench_assessing(b);
	json_t *changes = b->c->closed ? NULL : bef_assess_changes(&in);
	bool stale = json_array_size(changes) > 0;

	json_decref(changes);
	return stale;
}

/* The instant that a clock would rather count from, if people have not said it yet; or NULL. */
static const char *wanted_instant(const struct bef_bench *b)
{
	for (size_t i = 0; i < b->c->clock_count; i++) {
		const struct bef_clock *clock = &b->c->clock[i];
		const struct bef_rule *rule = bef_law_rule(b->legal.law, clock->rule);
		const json_t *starts = rule ? json_object_get(rule->json, "clock_start") : NULL;
		const char *first = json_string_value(json_array_get(starts, 0));

		if (first && bef_clock_state(clock, 0) == BEF_CLOCK_RUNNING && bef_event_is_decided(first) &&
		    json_is_true(json_object_get(clock->json, "provisional")))
			return first;
	}
	return NULL;
}

/* From when it counts is a decision: until it is taken, the first sign does, which is prudent. */
static void put_wanted_instant(struct bef_app *app, const struct bef_bench *b)
{
	const char *event = wanted_instant(b);
	BEF_AUTO(text) command = { .max = 300 };
	BEF_AUTO(text) what = { .max = 300 };

	if (!event)
		return;
	bef_text_printf(&command, tr("deadline instant %s TIME --reason ..."), event);
	bef_event_say(b->legal.law, event, &what);
	bef_next(app, bef_text_str(&command), bef_text_str(&what));
}

static void put_nexts(struct bef_app *app, const struct bef_bench *b, const struct bef_clock *first)
{
	const struct bef_clock_counts n = bef_case_clocks(b->c, app->desk.pen.now_ms);

	if (!first) {
		bef_talk(app, "%s", tr("no legal question was answered yet"));
		bef_next(app, tr("deadline profile"), tr("say once what the organisation is"));
	} else if (is_stale(b))
		bef_next(app, tr("deadline refresh"), tr("the rules or the profile changed: compute the clocks again"));
	if (!first || n.to_qualify)
		bef_next(app, tr("deadline qualify"), tr("answer the questions that decide"));
	put_wanted_instant(app, b);
	if (first && rank(first, app->desk.pen.now_ms) < 2)
		bef_next(app, tr("deadline RULE"), tr("what to send, to whom, how"));
}

enum bef_rc bef_deadline_list(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                              struct bef_err *err)
{
	BEF_AUTO_BENCH b = { 0 };
	BEF_AUTO_FREE const struct bef_clock **list = NULL;
	struct bef_clock_counts n;
	int hidden = 0;
	enum bef_rc rc = bef_bench_open(app, &b, err);

	(void)words;
	(void)count;
	if (rc == BEF_OK && opts->format)
		return bef_deadline_calendar(app, &b, opts, err);
	list = rc ? NULL : bef_bench_sorted(&b, app->desk.pen.now_ms);
	if (rc || !list)
		return rc ? rc : bef_no_memory(err);
	n = bef_case_clocks(b.c, app->desk.pen.now_ms);
	if (opts->check)
		return n.late && !b.c->closed ? BEF_ATTENTION : BEF_OK;
	for (size_t i = 0; i < b.c->clock_count && rc == BEF_OK; i++) {
		bool shown = opts->all || rank(list[i], app->desk.pen.now_ms) < 5;

		hidden += !shown;
		if (shown && app->g.json)
			rc = bef_put_json(bef_deadline_json(&b, list[i], app->desk.pen.now_ms), err);
		else if (shown)
			bef_deadline_put(app, &b, list[i]);
	}
	if (rc || app->g.json)
		return rc;
	if (hidden)
		bef_talk(app, trn("%d more does not apply: --all", "%d more do not apply: --all", hidden), hidden);
	put_nexts(app, &b, b.c->clock_count ? list[0] : NULL);
	return BEF_OK;
}
