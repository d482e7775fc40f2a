/* SPDX-License-Identifier: EUPL-1.2 */
/* The playbooks of the status, and what to do first in them.  Declared in status_parts.h. */
#include "act/run.h"
#include "base/i18n.h"
#include "out.h"
#include "status_parts.h"

const struct bef_run *bef_status_main_run(const struct bef_case *c)
{
	int at = bef_case_run(c, 0, NULL);

	return at >= 0 && !c->run[at].stopped ? &c->run[at] : NULL;
}

void bef_status_label(struct bef_app *app, const char *label)
{
	bef_put_cell(app, BEF_FAINT, 12, label);
}

/* One step to do: its number, name, who, and until when; and its playbook, if several go on. */
static void put_step(struct bef_app *app, const struct bef_case *c, const struct bef_task *task, bool several,
                     const char *label)
{
	const struct bef_run *run = &c->run[task->run];
	const struct bef_step *step = &run->playbook->step[task->at];
	const struct bef_mark *mark = &run->mark[task->at];
	const char *who = mark->assigned ? bef_line_text(mark->assigned, "to") : NULL;
	bool late = mark->due_at_ms && mark->due_at_ms < app->desk.pen.now_ms;
	BEF_AUTO(text) text = { .max = 4096 };
	char due[BEF_DATE_SIZE];

	if (!who)
		who = bef_word_label(&bef_roles, bef_step_role(step));
	if (several)
		bef_text_printf(&text, "%s, ", bef_playbook_text(run->playbook, "name"));
	bef_text_printf(&text, "%d ", step->number);
	bef_text_tame(&text, bef_step_text(step, "name"), true);
	if (*who)
		bef_text_printf(&text, " (%s)", who);
	if (mark->due_at_ms)
		bef_text_printf(&text, tr(", before %s"), bef_date_format(mark->due_at_ms, c->zone, BEF_DATE_DAY, due));
	bef_status_label(app, label);
	if (late)
		bef_put(app, BEF_BAD, "%s ", tr("LATE"));
	bef_wrap_text(app, BEF_PLAIN, 12 + (late ? 7 : 0), 12, &text);
}

/* `several`: which one it is has to be said, for --run. */
static void put_run(struct bef_app *app, const struct bef_case *c, const struct bef_run *run, bool several)
{
	BEF_AUTO(text) settled = { .max = 4096 };

	bef_status_label(app, tr("playbook"));
	if (several)
		bef_text_printf(&settled, tr("run %d: "), (int)(run - c->run) + 1);
	bef_text_printf(&settled, tr("%s, %d of %d steps settled"), bef_playbook_text(run->playbook, "name"), run->done,
	                run->total);
	bef_wrap_text(app, BEF_PLAIN, 12, 12, &settled);
}

static bool is_over(const struct bef_run *run)
{
	return run->finished && !run->stopped && !run->line->undone;
}

static int open_steps(const struct bef_case *c)
{
	int open = 0;

	for (size_t r = 0; r < c->run_count; r++)
		for (int n = 0; n < c->run[r].playbook->numbered && bef_run_going_on(&c->run[r]); n++)
			open += bef_mark_open(&c->run[r].mark[c->run[r].playbook->shown[n]]);
	return open;
}

/* What is not shown is said: a short list must not pass for the whole one. */
static void put_more(struct bef_app *app, int more, bool several)
{
	if (more <= 0)
		return;
	bef_status_label(app, "");
	bef_put(app, BEF_PLAIN, several ? trn("and %d more: beffroi step --run N", "and %d more: beffroi step --run N", more)
	                                : trn("and %d more: beffroi step", "and %d more: beffroi step", more), more);
	bef_put(app, BEF_PLAIN, "\n");
}

enum { STEPS_SHOWN = 3, STEPS_SHOWN_OF_SEVERAL = 6 };

/* All that go on, the one that 'step' means first, else all that are over; then what to do first, of whichever. */
void bef_status_runs(struct bef_app *app, const struct bef_case *c)
{
	const struct bef_run *first = bef_status_main_run(c);
	struct bef_task task[STEPS_SHOWN_OF_SEVERAL];
	int going_on = 0;
	size_t count;

	for (size_t i = 0; i < c->run_count; i++)
		going_on += bef_run_going_on(&c->run[i]);
	if (first)
		put_run(app, c, first, going_on > 1);
	for (size_t i = c->run_count; i-- > 0;)
		if (&c->run[i] != first && (bef_run_going_on(&c->run[i]) || (!going_on && is_over(&c->run[i]))))
			put_run(app, c, &c->run[i], going_on > 0);
	count = bef_case_tasks(c, NULL, task, going_on > 1 ? STEPS_SHOWN_OF_SEVERAL : STEPS_SHOWN);
	for (size_t i = 0; i < count; i++)
		put_step(app, c, &task[i], going_on > 1, i ? "" : tr("  to do"));
	put_more(app, open_steps(c) - (int)count, going_on > 1);
}
