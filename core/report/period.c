/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/period.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/metrics.h"

void bef_period_begin(struct bef_period *p, int64_t from_ms, int64_t to_ms, const char *zone, int64_t now_ms)
{
	*p = (struct bef_period){ .from_ms = from_ms, .to_ms = to_ms, .zone = zone, .now_ms = now_ms };
}

void bef_period_clear(struct bef_period *p)
{
	for (int t = 0; t < BEF_TALLY_COUNT; t++) {
		for (size_t i = 0; i < p->table[t].count; i++) {
			free(p->table[t].row[i].key);
			free(p->table[t].row[i].label);
			free(p->table[t].row[i].note);
		}
		free(p->table[t].row);
	}
	for (int i = 0; i < BEF_TALLY_SPANS; i++)
		free(p->spans[i].item);
	*p = (struct bef_period){ 0 };
}

/* The row of this key, made if it is not there; NULL: no memory. */
static struct bef_tally *row_of(struct bef_period *p, enum bef_tally_of of, const char *key, const char *label)
{
	struct bef_tallies *t = &p->table[of];
	struct bef_tally *more;

	for (size_t i = 0; i < t->count; i++)
		if (strcmp(t->row[i].key, key) == 0)
			return &t->row[i];
	more = realloc(t->row, (t->count + 1) * sizeof(*more));
	if (more) {
		t->row = more;
		more += t->count;
		*more = (struct bef_tally){ .key = strdup(key), .label = strdup(label) };
		if (more->key && more->label) {
			t->count++;
			return more;
		}
		free(more->key);
		free(more->label);
	}
	p->failed = true;
	return NULL;
}

static void count(struct bef_period *p, enum bef_tally_of of, const char *key, const char *label, int column, int64_t by)
{
	struct bef_tally *row = row_of(p, of, key, label);

	if (row)
		row->value[column] += by;
}

/* --- what an incident holds --- */

static int64_t cost_of(const struct bef_case *c)
{
	int64_t cents = 0;

	for (size_t i = 0; i < c->line_count; i++)
		if (strcmp(c->line[i].entry->kind, "note") == 0 && bef_line_counts(&c->line[i]))
			cents += bef_line_int(&c->line[i], "amount_cents");
	return cents;
}

static void add_sort(struct bef_period *p, const struct bef_case *c, int64_t cents)
{
	char severity[120], month[BEF_DATE_SIZE];

	count(p, BEF_TALLY_TYPE, c->type, bef_word_label(&bef_types, c->type), 0, 1);
	count(p, BEF_TALLY_TYPE, c->type, "", 1, cents);
	snprintf(severity, sizeof(severity), "%s - %s", c->severity, bef_word_label(&bef_severities, c->severity));
	count(p, BEF_TALLY_SEVERITY, c->severity, severity, 0, 1);
	count(p, BEF_TALLY_SEVERITY, c->severity, "", 1, cents);
	bef_date_format(c->opened_at_ms, p->zone, BEF_DATE_OFFSET, month);
	month[strlen("2025-11")] = '\0';
	count(p, BEF_TALLY_MONTH, month, month, 0, 1);
	count(p, BEF_TALLY_MONTH, month, "", 1, cents);
}

static void add_steps(struct bef_period *p, const struct bef_case *c, const struct bef_run *run)
{
	for (int n = 1; n <= run->playbook->numbered; n++) {
		const struct bef_step *step = bef_playbook_number(run->playbook, n);
		const struct bef_mark *mark = &run->mark[step - run->playbook->step];
		int64_t ended_ms = mark->line ? mark->line->at_ms : c->closed_at_ms ? c->closed_at_ms : p->now_ms;
		BEF_AUTO(text) label = { .max = 4096 };

		bef_text_printf(&label, "%s: %s", run->playbook->key, bef_step_text(step, "name"));
		p->failed = p->failed || label.failed;
		if (mark->status == BEF_STEP_FAILED || mark->status == BEF_STEP_BLOCKED)
			count(p, BEF_TALLY_CAUSE, bef_text_str(&label), bef_text_str(&label), 0, 1);
		if (mark->due_at_ms && mark->status != BEF_STEP_OFF) {
			count(p, BEF_TALLY_LATE, "step", tr("steps of playbooks"), 0, 1);
			count(p, BEF_TALLY_LATE, "step", "", 1, ended_ms > mark->due_at_ms);
		}
	}
}

static void add_actions(struct bef_period *p, const struct bef_case *c)
{
	for (size_t i = 0; i < c->action_count; i++) {
		const struct bef_action *action = &c->action[i];
		int64_t ended_ms = !bef_action_open(action) && action->changed ? action->changed->at_ms : p->now_ms;

		if (!action->due_at_ms || !bef_line_counts(action->line))
			continue;
		count(p, BEF_TALLY_LATE, "action", tr("actions"), 0, 1);
		count(p, BEF_TALLY_LATE, "action", "", 1, ended_ms > action->due_at_ms);
	}
}

/* Which limits of the law were kept; what nobody qualified is no limit yet. */
static void add_limits(struct bef_period *p, const struct bef_case *c)
{
	enum { MET, MISSED, RUNNING, NOT_ASKED };

	for (size_t i = 0; i < c->clock_count; i++) {
		const struct bef_clock *clock = &c->clock[i];
		enum bef_clock_state state = bef_clock_state(clock, p->now_ms);
		bool late = state == BEF_CLOCK_LATE || (state == BEF_CLOCK_DONE && bef_clock_was_late(clock));

		if (state == BEF_CLOCK_TO_QUALIFY)
			continue;
		count(p, BEF_TALLY_LIMIT, clock->rule, bef_clock_name(clock),
		      late ? MISSED : state == BEF_CLOCK_DONE ? MET : state == BEF_CLOCK_NOT_APPLICABLE ? NOT_ASKED : RUNNING, 1);
	}
}

static void add_alerts(struct bef_period *p, const struct bef_case *c)
{
	enum { ARRIVED, FAILED, WAITING };

	for (size_t i = 0; i < c->delivery_count; i++) {
		const struct bef_delivery *delivery = &c->delivery[i];
		const char *name = delivery->destination ? delivery->destination : "?";

		count(p, BEF_TALLY_ALERT, name, name, bef_delivery_arrived(delivery) ? ARRIVED : delivery->line ? FAILED : WAITING, 1);
	}
}

/* --- how long it took --- */

static int64_t alerted(const struct bef_case *c)
{
	for (size_t i = 0; i < c->delivery_count; i++)
		if (bef_delivery_arrived(&c->delivery[i]))
			return c->delivery[i].line->at_ms;
	return 0;
}

/* The milestones of the documents, and two instants that are none. */
enum { AWARE = BEF_MILESTONE_COUNT, ALERTED };

static int64_t instant(const struct bef_case *c, const struct bef_metrics *m, int which)
{
	return which == AWARE ? c->aware_at_ms : which == ALERTED ? alerted(c) : m->at[which].at_ms;
}

static const struct {
	const char *key, *label;
	int from, to;
} delays[] = {
	{ "detected-opened", N_("first sign to opening"), BEF_DETECTED, BEF_OPENED },
	{ "detected-aware", N_("first sign to awareness"), BEF_DETECTED, AWARE },
	{ "opened-alerted", N_("opening to the first alert that arrived"), BEF_OPENED, ALERTED },
	{ "detected-contained", N_("first sign to containment reached"), BEF_DETECTED, BEF_CONTAINED },
	{ "detected-recovering", N_("first sign to recovery"), BEF_DETECTED, BEF_RECOVERING },
	{ "detected-back", N_("first sign to return to normal"), BEF_DETECTED, BEF_RETURNED },
	{ "opened-closed", N_("opening to closing"), BEF_OPENED, BEF_ENDED },
};
enum { DELAYS = sizeof(delays) / sizeof(*delays) };
_Static_assert((int)DELAYS <= (int)BEF_TALLY_SPANS, "room for every delay");

static void add_delays(struct bef_period *p, const char *ref, const struct bef_case *c)
{
	struct bef_metrics m;

	bef_metrics_of(c, p->now_ms, &m);
	for (size_t i = 0; i < DELAYS; i++) {
		int64_t from_ms = instant(c, &m, delays[i].from), to_ms = instant(c, &m, delays[i].to);
		struct bef_spans *spans = &p->spans[i];
		struct bef_span_of *more;

		if (!from_ms || !to_ms || to_ms < from_ms)
			continue;
		more = realloc(spans->item, (spans->count + 1) * sizeof(*more));
		if (!more) {
			p->failed = true;
			return;
		}
		spans->item = more;
		more[spans->count].ms = to_ms - from_ms;
		snprintf(more[spans->count++].ref, sizeof(more->ref), "%s", ref);
	}
}

/* --- --- */

enum bef_rc bef_period_add(struct bef_period *p, const char *ref, const struct bef_case *c, struct bef_err *err)
{
	int64_t cents = cost_of(c);

	if (c->opened_at_ms < p->from_ms || c->opened_at_ms >= p->to_ms)
		return BEF_OK;
	if (c->drill) {
		p->drills++;
		return BEF_OK;
	}
	p->incidents++;
	p->open += !c->closed_at_ms;
	p->cents += cents;
	add_sort(p, c, cents);
	for (size_t i = 0; i < c->run_count; i++)
		if (bef_line_counts(c->run[i].line))
			add_steps(p, c, &c->run[i]);
	add_actions(p, c);
	add_limits(p, c);
	add_alerts(p, c);
	add_delays(p, ref, c);
	return p->failed ? bef_no_memory(err) : BEF_OK;
}

static int by_length(const void *a_, const void *b_)
{
	const struct bef_span_of *a = a_, *b = b_;

	return a->ms < b->ms ? -1 : a->ms > b->ms ? 1 : strcmp(a->ref, b->ref);
}

static int by_key(const void *a_, const void *b_)
{
	const struct bef_tally *a = a_, *b = b_;

	return strcmp(a->key, b->key);
}

/* What came most often first. */
static int by_number(const void *a_, const void *b_)
{
	const struct bef_tally *a = a_, *b = b_;

	if (a->value[0] != b->value[0])
		return a->value[0] > b->value[0] ? -1 : 1;
	return strcmp(a->key, b->key);
}

void bef_period_settle(struct bef_period *p)
{
	for (size_t i = 0; i < DELAYS; i++) {
		struct bef_spans *spans = &p->spans[i];
		struct bef_tally *row = spans->count ? row_of(p, BEF_TALLY_DELAY, delays[i].key, tr(delays[i].label)) : NULL;

		if (!row)
			continue;
		qsort(spans->item, spans->count, sizeof(*spans->item), by_length);
		row->value[0] = (int64_t)spans->count;
		row->value[1] = spans->item[(spans->count - 1) / 2].ms;
		row->value[2] = spans->item[spans->count - 1].ms;
		free(row->note);
		row->note = strdup(spans->item[spans->count - 1].ref);
		p->failed = p->failed || !row->note;
	}
	for (int t = 0; t < BEF_TALLY_COUNT; t++)
		if (p->table[t].count && t != BEF_TALLY_DELAY)
			qsort(p->table[t].row, p->table[t].count, sizeof(struct bef_tally),
			      t == BEF_TALLY_TYPE || t == BEF_TALLY_CAUSE ? by_number : by_key);
}
