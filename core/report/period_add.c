/* SPDX-License-Identifier: EUPL-1.2 */
/* What one incident adds to a period.  Declared in period.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "model/outage.h"
#include "report/costs.h"
#include "report/metrics.h"
#include "report/period.h"

static void add_sort(struct bef_period *p, const struct bef_case *c, int64_t cents)
{
	char severity[120], month[BEF_DATE_SIZE];

	bef_period_count(p, BEF_TALLY_TYPE, c->type, bef_word_label(&bef_types, c->type), 0, 1);
	bef_period_count(p, BEF_TALLY_TYPE, c->type, "", 1, cents);
	snprintf(severity, sizeof(severity), "%s - %s", c->severity, bef_word_label(&bef_severities, c->severity));
	bef_period_count(p, BEF_TALLY_SEVERITY, c->severity, severity, 0, 1);
	bef_period_count(p, BEF_TALLY_SEVERITY, c->severity, "", 1, cents);
	bef_date_format(c->opened_at_ms, p->zone, BEF_DATE_OFFSET, month);
	month[strlen("2025-11")] = '\0';
	bef_period_count(p, BEF_TALLY_MONTH, month, month, 0, 1);
	bef_period_count(p, BEF_TALLY_MONTH, month, "", 1, cents);
}

/* Those without one are counted too, so that the column adds up. */
static void add_cause(struct bef_period *p, const struct bef_case *c, int64_t cents)
{
	const char *cause = c->cause ? c->cause : "not-said";

	bef_period_count(p, BEF_TALLY_CAUSE, cause, c->cause ? bef_word_label(&bef_causes, cause) : tr("not said"), 0, 1);
	bef_period_count(p, BEF_TALLY_CAUSE, cause, "", 1, cents);
}

/* What bears the same name is the same service from one incident to the next. */
static void add_services(struct bef_period *p, const struct bef_case *c)
{
	struct bef_outages outages;

	p->failed = !bef_outages_of(c, p->now_ms, &outages) || p->failed;
	for (size_t i = 0; i < outages.count; i++) {
		const struct bef_outage *one = &outages.one[i];
		const char *name = c->asset[one->asset].name;
		char key[512];

		if (!one->down_at_ms || !name)
			continue;
		bef_fold(name, key, sizeof(key));
		bef_period_count(p, BEF_TALLY_SERVICE, key, name, 0, 1);
		bef_period_count(p, BEF_TALLY_SERVICE, key, name, 1, one->total_ms);
		bef_period_count(p, BEF_TALLY_SERVICE, key, name, 2, one->rto_missed);
		bef_period_count(p, BEF_TALLY_SERVICE, key, name, 3, one->rpo_missed);
	}
	bef_outages_clear(&outages);
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
			bef_period_count(p, BEF_TALLY_FAILED, bef_text_str(&label), bef_text_str(&label), 0, 1);
		if (mark->due_at_ms && mark->status != BEF_STEP_OFF) {
			bef_period_count(p, BEF_TALLY_LATE, "step", tr("steps of playbooks"), 0, 1);
			bef_period_count(p, BEF_TALLY_LATE, "step", "", 1, ended_ms > mark->due_at_ms);
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
		bef_period_count(p, BEF_TALLY_LATE, "action", tr("actions"), 0, 1);
		bef_period_count(p, BEF_TALLY_LATE, "action", "", 1, ended_ms > action->due_at_ms);
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
		bef_period_count(p, BEF_TALLY_LIMIT, clock->rule, bef_clock_name(clock),
		      late ? MISSED : state == BEF_CLOCK_DONE ? MET : state == BEF_CLOCK_NOT_APPLICABLE ? NOT_ASKED : RUNNING, 1);
	}
}

static void add_alerts(struct bef_period *p, const struct bef_case *c)
{
	enum { ARRIVED, FAILED, WAITING };

	for (size_t i = 0; i < c->delivery_count; i++) {
		const struct bef_delivery *delivery = &c->delivery[i];
		const char *name = delivery->destination ? delivery->destination : "?";

		bef_period_count(p, BEF_TALLY_ALERT, name, name, bef_delivery_arrived(delivery) ? ARRIVED : delivery->line ? FAILED : WAITING, 1);
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

		spans->key = delays[i].key;
		spans->label = delays[i].label;
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

enum bef_rc bef_period_add(struct bef_period *p, const char *ref, const struct bef_case *c, struct bef_err *err)
{
	int64_t cents = bef_costs_total(c, NULL);

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
	add_cause(p, c, cents);
	add_services(p, c);
	for (size_t i = 0; i < c->run_count; i++)
		if (bef_line_counts(c->run[i].line))
			add_steps(p, c, &c->run[i]);
	add_actions(p, c);
	add_limits(p, c);
	add_alerts(p, c);
	add_delays(p, ref, c);
	return p->failed ? bef_no_memory(err) : BEF_OK;
}
