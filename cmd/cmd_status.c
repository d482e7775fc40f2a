/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "next.h"
#include "out.h"
#include "status_parts.h"

struct status_opts {
	bool check;
};

static const struct bef_opt status_options[] = {
	BEF_FLAG(struct status_opts, check, 0, "check", "controle", N_("exit status only: 7 if something is late or waiting")),
	BEF_OPT_END,
};

/* What is counted in a case at an instant. */
struct counts {
	int actions, late_actions, reviews, waiting_alerts, late_steps, in_force, late_services;
	struct bef_clock_counts clocks;
};

static struct counts count_case(const struct bef_case *c, const struct bef_outages *outages, int64_t now_ms)
{
	struct counts n = { .clocks = bef_case_clocks(c, now_ms) };

	for (size_t i = 0; i < outages->count; i++)
		n.late_services += bef_outage_is_late(c, &outages->one[i]);

	for (size_t i = 0; i < c->action_count; i++) {
		const struct bef_action *action = &c->action[i];
		bool open = bef_action_open(action);

		n.actions += open;
		n.late_actions += open && action->due_at_ms && action->due_at_ms < now_ms;
	}
	for (size_t i = 0; i < c->decision_count; i++) {
		const struct bef_decision *decision = &c->decision[i];

		n.reviews += bef_line_counts(decision->line) && !decision->superseded_by && decision->review_at_ms &&
		             decision->review_at_ms < now_ms;
	}
	for (size_t i = 0; i < c->alert_count; i++)
		n.waiting_alerts += c->alert[i].waiting > 0;
	for (size_t i = 0; i < c->run_count; i++)
		for (int s = 0; s < c->run[i].playbook->step_count; s++)
			n.in_force += bef_mark_in_force(&c->run[i], s);
	for (size_t i = 0; i < c->run_count; i++)
		for (int s = 0; s < c->run[i].playbook->step_count && bef_run_going_on(&c->run[i]); s++) {
			const struct bef_mark *mark = &c->run[i].mark[s];

			n.late_steps += bef_mark_open(mark) && mark->due_at_ms && mark->due_at_ms < now_ms;
		}
	return n;
}

static bool needs_attention(const struct counts *n)
{
	return n->clocks.late || n->late_actions || n->reviews || n->waiting_alerts || n->late_steps || n->late_services;
}

static json_t *clocks_json(const struct bef_case *c, int64_t now_ms, bool *ok)
{
	json_t *list = json_array();

	for (size_t i = 0; i < c->clock_count; i++) {
		const struct bef_clock *clock = &c->clock[i];
		json_t *one;
		char due[BEF_DATE_SIZE];

		if (!bef_clock_is_open(clock))
			continue;
		one = json_pack("{s:s, s:s}", "id", clock->rule, "state", bef_clock_state_name(bef_clock_state(clock, now_ms)));
		if (clock->safe_at_ms) {
			bef_json_put_text(one, "due", bef_date_utc(clock->safe_at_ms, due), ok);
			bef_json_put_int(one, "remaining_s", (clock->safe_at_ms - now_ms) / 1000, ok);
		}
		*ok = json_array_append_new(list, one) == 0 && *ok;
	}
	return list;
}

static enum bef_rc put_status_json(const struct bef_case *c, const struct bef_incident_row *row,
                                   const struct counts *n, const struct bef_outages *outages, int64_t now_ms,
                                   struct bef_err *err)
{
	const struct bef_run *run = bef_status_main_run(c);
	json_t *object = bef_case_head_json(c, "status");
	char head[BEF_HASH_HEX];
	bool ok = object != NULL;

	bef_json_put_text(object, "incident", row->ref, &ok); /* with its letter, where two share a number */
	if (run)
		bef_json_put(object, "steps", json_pack("{s:s, s:i, s:i, s:i}", "playbook", run->playbook->key, "done",
		                                        run->done, "total", run->total, "late", n->late_steps), &ok);
	bef_json_put(object, "deadlines", clocks_json(c, now_ms, &ok), &ok);
	bef_json_put(object, "actions", json_pack("{s:i, s:i}", "open", n->actions, "late", n->late_actions), &ok);
	bef_json_put(object, "decisions", json_pack("{s:i, s:i}", "total", (int)c->decision_count, "to_review",
	                                            n->reviews), &ok);
	bef_json_put(object, "alerts", json_pack("{s:i, s:b}", "waiting", n->waiting_alerts, "unheard", c->unheard != NULL), &ok);
	bef_json_put(object, "services", json_pack("{s:i, s:i, s:i}", "down", (int)outages->down, "degraded",
	                                           (int)outages->degraded, "late", n->late_services), &ok);
	bef_json_put_int(object, "measures_in_force", n->in_force, &ok);
	bef_json_put_int(object, "evidence", (int64_t)c->evidence_count, &ok);
	if (c->head_count) {
		bef_hex(c->head[0].byte, sizeof(c->head[0].byte), head);
		bef_json_put_text(object, "head", head, &ok);
	}
	return bef_put_json(ok ? object : NULL, err);
}

static void put_head(struct bef_app *app, const struct bef_case *c, const struct bef_incident_row *row)
{
	BEF_AUTO(text) title = { .max = 4096 };
	BEF_AUTO(text) rest = { .max = 4096 };
	const char *severity = bef_word_label(&bef_severities, c->severity);
	char span[BEF_DATE_SIZE];
	int64_t until_ms = c->closed_at_ms ? c->closed_at_ms : app->desk.pen.now_ms;

	if (c->drill)
		bef_put(app, BEF_WARN, "%s  ", tr("[DRILL]"));
	bef_put(app, BEF_STRONG, "%s  ", row->ref);
	bef_text_tame(&title, bef_case_title(c), true);
	bef_wrap_text(app, BEF_STRONG, 14 + (c->drill ? 12 : 0), 14, &title);
	bef_status_label(app, tr("severity"));
	bef_put(app, *c->severity >= '3' ? BEF_BAD : BEF_PLAIN, "%s %s", c->severity, severity);
	bef_text_printf(&rest, "   %s   %s", bef_word_label(&bef_types, c->type), bef_word_label(&bef_tlps, c->tlp));
	bef_wrap_text(app, BEF_PLAIN, 14 + (int)bef_text_width(severity), 12, &rest);
	bef_status_label(app, tr("phase"));
	bef_put(app, BEF_STRONG, "%s", bef_word_label(&bef_phases, c->phase));
	bef_text_clear(&rest);
	bef_text_printf(&rest, tr("   crisis state: %s"), bef_word_label(&bef_states, c->state));
	bef_span_format(until_ms - c->opened_at_ms, span);
	bef_text_printf(&rest, c->closed_at_ms ? tr("   lasted %s") : tr("   open for %s"), span);
	bef_wrap_text(app, BEF_PLAIN, 12 + (int)bef_text_width(bef_word_label(&bef_phases, c->phase)), 12, &rest);
}

/* The limits that come first, and how many questions wait. */
static void put_clocks(struct bef_app *app, const struct bef_case *c, const struct bef_clock_counts *n)
{
	int64_t now_ms = app->desk.pen.now_ms;
	const struct bef_clock *next = n->next;
	const char *label = tr("deadlines");
	int more = n->running + n->late - n->unlimited;

	for (; next && more > n->running + n->late - n->unlimited - 3; next = bef_clock_next(c, next), more--) {
		bool late = bef_clock_state(next, now_ms) == BEF_CLOCK_LATE;
		BEF_AUTO(text) text = { .max = 4096 };
		char when[BEF_DATE_SIZE], span[BEF_DATE_SIZE];

		bef_date_format(next->safe_at_ms, c->zone, BEF_DATE_DAY, when);
		bef_span_format(late ? now_ms - next->safe_at_ms : next->safe_at_ms - now_ms, span);
		bef_text_printf(&text, late ? tr("LATE by %s: %s (limit: %s)") : tr("%s left: %s, before %s"), span,
		                bef_clock_name(next), when);
		bef_status_label(app, label);
		bef_wrap_text(app, late ? BEF_BAD : BEF_STRONG, 12, 12, &text);
		label = "";
	}
	if (more > 0 || n->unlimited) {
		bef_status_label(app, label);
		bef_put(app, BEF_PLAIN,
		        n->next ? trn("%d more: beffroi deadline", "%d more: beffroi deadline", more + n->unlimited)
		                : trn("%d without delay: beffroi deadline", "%d without delay: beffroi deadline", n->unlimited),
		        more + n->unlimited);
		bef_put(app, BEF_PLAIN, "\n");
		label = "";
	}
	if (c->clock_count == 0 && !c->closed) {
		bef_status_label(app, label);
		bef_wrap(app, BEF_WARN, 12, 12, tr("no legal question was answered yet: beffroi deadline qualify"));
	}
	if (n->to_qualify) {
		bef_status_label(app, label);
		bef_put(app, BEF_WARN, trn("%d to qualify: beffroi deadline qualify", "%d to qualify: beffroi deadline qualify", n->to_qualify),
		        n->to_qualify);
		bef_put(app, BEF_PLAIN, "\n");
	}
}

static void put_counts(struct bef_app *app, const struct bef_case *c, const struct counts *n)
{
	if (n->in_force) {
		bef_status_label(app, tr("measures"));
		bef_put(app, BEF_PLAIN, trn("%d in force: beffroi step --in-force", "%d in force: beffroi step --in-force", n->in_force),
		        n->in_force);
		bef_put(app, BEF_PLAIN, "\n");
	}
	bef_status_label(app, tr("actions"));
	bef_put(app, n->late_actions ? BEF_BAD : BEF_PLAIN, tr("%d to do, %d late"), n->actions, n->late_actions);
	bef_put(app, BEF_PLAIN, "\n");
	bef_status_label(app, tr("decisions"));
	bef_put(app, n->reviews ? BEF_BAD : BEF_PLAIN, tr("%zu taken, %d to review now"), c->decision_count, n->reviews);
	bef_put(app, BEF_PLAIN, "\n");
	if (c->evidence_count) {
		bef_status_label(app, tr("evidence"));
		bef_put(app, BEF_PLAIN, trn("%d item", "%d items", (long)c->evidence_count), (int)c->evidence_count);
		bef_put(app, BEF_PLAIN, "\n");
	}
	if (c->alert_count) {
		bef_status_label(app, tr("alerts"));
		bef_put(app, n->waiting_alerts ? BEF_BAD : BEF_PLAIN, tr("%zu raised, %d not arrived"), c->alert_count,
		        n->waiting_alerts);
		bef_put(app, BEF_PLAIN, "\n");
	}
}

static void put_last(struct bef_app *app, const struct bef_case *c)
{
	BEF_AUTO(text) text = { .max = 2 * BEF_PROSE_MOST };
	char when[BEF_DATE_SIZE];

	for (size_t i = c->line_count; i-- > 0;) {
		const struct bef_line *line = &c->line[i];

		if (!bef_line_shown(line))
			continue;
		bef_text_printf(&text, "#%u %s  %s", line->number,
		                bef_date_format(line->at_ms, c->zone, BEF_DATE_SHORT, when), bef_sentence(c, line));
		bef_status_label(app, tr("last"));
		bef_wrap_text(app, BEF_PLAIN, 12, 12, &text);
		return;
	}
}

static void put_journal(struct bef_app *app, const struct bef_case *c)
{
	BEF_AUTO(text) journal = { .max = 1000 };
	char head[32];

	bef_status_label(app, tr("journal"));
	if (c->head_count)
		bef_head_format(&c->head[0], head);
	bef_text_printf(&journal, trn("%zu entry, head %s", "%zu entries, head %s", (long)c->line_count), c->line_count,
	                c->head_count ? head : "-");
	bef_text_printf(&journal, tr("   (times: %s)"), c->zone);
	bef_wrap_text(app, BEF_PLAIN, 12, 12, &journal);
}

static enum bef_rc status_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct status_opts *opts = opts_;
	BEF_AUTO_CASE *c = NULL;
	__attribute__((cleanup(bef_outages_clear))) struct bef_outages outages = { 0 };
	struct bef_incident_row row;
	struct counts n;
	enum bef_rc rc = bef_app_case(app, &c, &row, err);

	(void)words;
	(void)count;
	if (rc == BEF_OK && !bef_outages_of(c, app->desk.pen.now_ms, &outages))
		rc = bef_no_memory(err);
	if (rc)
		return rc;
	n = count_case(c, &outages, app->desk.pen.now_ms);
	if (opts->check)
		return needs_attention(&n) && !c->closed ? BEF_ATTENTION : BEF_OK;
	if (app->g.json)
		return put_status_json(c, &row, &n, &outages, app->desk.pen.now_ms, err);
	put_head(app, c, &row);
	bef_status_services(app, c, &outages);
	put_clocks(app, c, &n.clocks);
	bef_status_runs(app, c);
	put_counts(app, c, &n);
	put_last(app, c);
	put_journal(app, c);
	bef_put_next(app, c);
	return BEF_OK;
}

const struct bef_cmd bef_cmd_status = {
	.en = "status", .fr = "etat", .also = "statut",
	.group = BEF_GROUP_GESTURES,
	.summary = N_("where things stand"),
	.examples_en = "beffroi status\nbeffroi status --json\nbeffroi status --check      exit status 7 if something is late\n",
	.examples_fr = "beffroi etat\nbeffroi etat --json\nbeffroi etat --controle      code 7 si quelque chose est en retard\n",
	.most_words = 0,
	.opts = status_options, .opts_size = sizeof(struct status_opts),
	.run = status_run,
};
