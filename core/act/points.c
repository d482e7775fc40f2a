/* SPDX-License-Identifier: EUPL-1.2 */
/* What stands in the way of closing.  Declared in incident.h. */
#include <string.h>

#include "act/incident.h"
#include "base/i18n.h"
#include "base/json.h"

/* What to type about a point, at the end of its line. */
static void end_point(struct bef_text *out, const char *hint)
{
	if (hint)
		bef_text_puts(out, hint);
	bef_text_putc(out, '\n');
}

/* What steps put in place and nobody lifted: a cut that is forgotten is found months later. */
static int measures_open(const struct bef_case *c, int at, bool hints, struct bef_text *out)
{
	const struct bef_run *run = &c->run[at];
	int points = 0;

	for (int n = 0; n < run->playbook->numbered; n++) {
		int step = run->playbook->shown[n];

		if (!bef_mark_in_force(run, step))
			continue;
		bef_text_printf(out, tr("measure in force: step %d, %s"), n + 1,
		                BEF_SHORT(bef_step_text(&run->playbook->step[step], "name"), 100));
		if (hints && c->run_count > 1)
			bef_text_printf(out, tr("   -> lifted: beffroi step %d lift --run %d   stays: beffroi step %d keep REASON --run %d"),
			                n + 1, at + 1, n + 1, at + 1);
		else if (hints)
			bef_text_printf(out, tr("   -> lifted: beffroi step %d lift   stays: beffroi step %d keep REASON"), n + 1, n + 1);
		bef_text_putc(out, '\n');
		points++;
	}
	return points;
}

/* Notifications that are owed, one by one; those that a question still decides, all at once. */
static int clocks_open(const struct bef_case *c, bool hints, struct bef_text *out)
{
	int to_qualify = bef_case_clocks(c, 0).to_qualify;
	int points = to_qualify > 0;

	for (size_t i = 0; i < c->clock_count; i++) {
		const struct bef_clock *clock = &c->clock[i];

		if (!bef_clock_is_open(clock) || bef_clock_state(clock, 0) == BEF_CLOCK_TO_QUALIFY)
			continue;
		bef_text_printf(out, tr("legal deadline: %s"), BEF_SHORT(bef_clock_name(clock), 120));
		if (hints)
			bef_text_printf(out, tr("   -> beffroi deadline %.60s sent, or not-applicable"), clock->rule);
		bef_text_putc(out, '\n');
		points++;
	}
	if (to_qualify) {
		bef_text_printf(out, trn("%d legal deadline to qualify", "%d legal deadlines to qualify", to_qualify), to_qualify);
		end_point(out, hints ? tr("   -> beffroi deadline qualify") : NULL);
	}
	return points;
}

/* Decisions that somebody meant to look at again, and nobody replaced. */
static int reviews_open(const struct bef_case *c, bool hints, struct bef_text *out)
{
	int points = 0;

	for (size_t i = 0; i < c->decision_count; i++) {
		const struct bef_decision *decision = &c->decision[i];
		char when[BEF_DATE_SIZE];

		if (!decision->review_at_ms || decision->superseded_by || !bef_line_counts(decision->line))
			continue;
		bef_text_printf(out, tr("decision D%zu to review %s: %s"), i + 1,
		                bef_date_format(decision->review_at_ms, c->zone, BEF_DATE_DAY, when),
		                BEF_SHORT(bef_json_text_or(bef_line_body(decision->line), "choice", "..."), 100));
		if (hints)
			bef_text_printf(out, tr("   -> beffroi decide ... --supersedes %zu"), i + 1);
		bef_text_putc(out, '\n');
		points++;
	}
	return points;
}

/* What is still said to be stopped or degraded; what is lost stays so. */
static int services_open(const struct bef_case *c, bool hints, struct bef_text *out)
{
	int points = 0;

	for (size_t i = 0; i < c->asset_count; i++) {
		const struct bef_asset *one = &c->asset[i];

		if (!bef_line_counts(one->line) || (strcmp(one->status, "down") != 0 && strcmp(one->status, "degraded") != 0))
			continue;
		bef_text_printf(out, "S%zu %s", i + 1, BEF_SHORT(one->name ? one->name : "...", 100));
		bef_text_printf(out, tr(": %s"), bef_word_label(&bef_asset_states, one->status));
		if (hints)
			bef_text_printf(out, tr("   -> beffroi asset set S%zu back-in-service"), i + 1);
		bef_text_putc(out, '\n');
		points++;
	}
	return points;
}

static int actions_open(const struct bef_case *c, bool hints, struct bef_text *out)
{
	int points = 0;

	for (size_t i = 0; i < c->action_count; i++) {
		const char *text = bef_line_text(c->action[i].line, "text");

		if (!bef_action_open(&c->action[i]))
			continue;
		bef_text_printf(out, tr("action A%zu: %s"), i + 1, BEF_SHORT(text ? text : "...", 120));
		if (hints)
			bef_text_printf(out, tr("   -> beffroi action %zu done"), i + 1);
		bef_text_putc(out, '\n');
		points++;
	}
	return points;
}

static int runs_open(const struct bef_case *c, bool hints, struct bef_text *out)
{
	int points = 0;

	for (size_t i = 0; i < c->run_count; i++) {
		const struct bef_run *run = &c->run[i];
		int next = bef_run_next(run);

		if (!bef_run_going_on(run) || next < 0)
			continue;
		bef_text_printf(out, tr("playbook %s: step %d of %d, %s"), bef_playbook_text(run->playbook, "name"),
		                run->playbook->step[next].number, run->total,
		                BEF_SHORT(bef_step_text(&run->playbook->step[next], "name"), 100));
		end_point(out, hints ? tr("   -> beffroi run") : NULL);
		points++;
	}
	for (size_t i = 0; i < c->run_count; i++)
		points += measures_open(c, (int)i, hints, out);
	return points;
}

static int alerts_open(const struct bef_case *c, bool hints, struct bef_text *out)
{
	int points = 0;

	for (size_t i = 0; i < c->alert_count; i++) {
		if (c->alert[i].waiting == 0)
			continue;
		bef_text_printf(out, tr("alert %zu has not arrived everywhere"), i + 1);
		end_point(out, hints ? tr("   -> beffroi alert queue") : NULL);
		points++;
	}
	return points;
}

int bef_case_open_points(const struct bef_case *c, bool hints, struct bef_text *out)
{
	static int (*const sorts[])(const struct bef_case *c, bool hints, struct bef_text *out) = {
		actions_open, runs_open, clocks_open, reviews_open, services_open, alerts_open,
	};
	int points = 0;

	for (size_t i = 0; i < sizeof(sorts) / sizeof(*sorts); i++)
		points += sorts[i](c, hints, out);
	return points;
}
