/* SPDX-License-Identifier: EUPL-1.2 */
/* Which steps can still come, what a step waits for, and which comes first.  Declared in run.h. */
#include <string.h>

#include "model/case.h"
#include "model/walking.h"

/* Marks put on steps while looking; steps still to look at are chained through `link`: each is looked at
 * once, and no memory is asked for. */
enum { SEEN = 1, LEADS = 2 };

static void forget(const struct bef_run *run)
{
	for (int i = 0; i < run->playbook->step_count; i++)
		run->mark[i].seen = 0;
}

static void see(const struct bef_run *run, int at, int *chain)
{
	if (at < 0 || run->mark[at].seen & SEEN)
		return;
	run->mark[at].seen |= SEEN;
	run->mark[at].link = *chain;
	*chain = at;
}

static int take(const struct bef_run *run, int *chain)
{
	int at = *chain;

	if (at >= 0)
		*chain = run->mark[at].link;
	return at;
}

static void see_branches(const struct bef_run *run, const struct bef_step *step, int *chain)
{
	see(run, step->on_true, chain);
	see(run, step->on_false, chain);
	for (int i = 0; i < step->way_count; i++)
		see(run, step->way[i].to, chain);
}

static void see_all_ways(const struct bef_run *run, const struct bef_step *step, int *chain)
{
	see_branches(run, step, chain);
	see(run, step->on_completion, chain);
	see(run, step->on_success, chain);
	see(run, step->on_failure, chain);
	if (step->on_failure < 0 && step->on_completion < 0)
		see(run, run->playbook->exception, chain);
}

static bool settled(const struct bef_mark *mark)
{
	return mark->status == BEF_STEP_DONE || mark->status == BEF_STEP_SKIPPED || mark->status == BEF_STEP_FAILED;
}

/* Of a settled step, the ways taken; of any other, all that may be. */
static void see_ways_left(const struct bef_run *run, int at, int *chain)
{
	const struct bef_step *step = &run->playbook->step[at];
	const struct bef_mark *mark = &run->mark[at];

	if (!settled(mark)) {
		see_all_ways(run, step, chain);
		return;
	}
	see(run, bef_way_after(run->playbook, step, mark->status), chain);
	if ((step->type == BEF_STEP_IF || step->type == BEF_STEP_SWITCH) && mark->status == BEF_STEP_DONE)
		see(run, bef_way_answered(step, mark->line), chain);
	if (step->type == BEF_STEP_WHILE && mark->passes > 1)
		see(run, step->on_true, chain);
}

int bef_run_count(const struct bef_run *run)
{
	int chain = -1;
	int count = 0;

	forget(run);
	see(run, run->playbook->start, &chain);
	for (int at; (at = take(run, &chain)) >= 0;)
		see_ways_left(run, at, &chain);
	for (int i = 0; i < run->playbook->step_count; i++)
		count += run->playbook->step[i].number > 0 && (run->mark[i].seen & SEEN || settled(&run->mark[i]));
	return count;
}

/* --- what a step waits for --- */

static bool leads(const struct bef_run *run, int to)
{
	return to >= 0 && run->mark[to].seen & LEADS;
}

static bool step_leads(const struct bef_run *run, const struct bef_step *step)
{
	bool any = leads(run, step->on_completion) || leads(run, step->on_success) || leads(run, step->on_failure) ||
	           leads(run, step->on_true) || leads(run, step->on_false);

	for (int i = 0; i < step->way_count && !any; i++)
		any = leads(run, step->way[i].to);
	return any;
}

/* Mark the steps from which there is a way to `to`. */
static void find_leading(const struct bef_run *run, int to)
{
	bool more = true;

	forget(run);
	run->mark[to].seen = LEADS;
	while (more) {
		more = false;
		for (int i = run->playbook->step_count - 1; i >= 0; i--) {
			if (run->mark[i].seen & LEADS || !step_leads(run, &run->playbook->step[i]))
				continue;
			run->mark[i].seen |= LEADS;
			more = true;
		}
	}
}

int bef_run_waits_for(const struct bef_run *run, int at, int *out, int most)
{
	int chain = -1;
	int count = 0;

	find_leading(run, at);
	/* What follows a step with branches waits for all that is in them. */
	for (int i = 0; i < run->playbook->step_count; i++) {
		const struct bef_step *step = &run->playbook->step[i];

		if (leads(run, step->on_completion) || leads(run, step->on_success))
			see_branches(run, step, &chain);
	}
	for (int i; (i = take(run, &chain)) >= 0;)
		see_all_ways(run, &run->playbook->step[i], &chain);
	for (int n = 0; n < run->playbook->numbered && count < most; n++) {
		int i = run->playbook->shown[n];

		if (i != at && run->mark[i].seen && (bef_mark_open(&run->mark[i]) || run->mark[i].status == BEF_STEP_WAITING))
			out[count++] = i;
	}
	return count;
}

/* --- which comes first --- */

/* What is due soonest (what is late above all), then what is mandatory. */
static bool sooner(const struct bef_run *a_run, int a, const struct bef_run *b_run, int b)
{
	int64_t a_due = a_run->mark[a].due_at_ms;
	int64_t b_due = b_run->mark[b].due_at_ms;

	if (a_due != b_due)
		return a_due && (!b_due || a_due < b_due);
	return a_run->playbook->step[a].mandatory && !b_run->playbook->step[b].mandatory;
}

static bool can_do(const struct bef_run *run, int at, const char *role)
{
	return bef_mark_open(&run->mark[at]) && (!role || bef_step_is_for(&run->playbook->step[at], role));
}

/* In another pass of a loop it is another step. */
static bool could_do(const struct bef_run *former, const struct bef_run *run, int at)
{
	int then = bef_playbook_step(former->playbook, run->playbook->step[at].id);

	return then >= 0 && bef_mark_open(&former->mark[then]) && former->mark[then].pass == run->mark[at].pass;
}

int bef_run_next_opened(const struct bef_run *run, const struct bef_run *former, const char *role)
{
	int next = -1;

	for (int n = 0; n < run->playbook->numbered; n++) {
		int at = run->playbook->shown[n];

		if (can_do(run, at, role) && !(former && could_do(former, run, at)) &&
		    (next < 0 || sooner(run, at, run, next)))
			next = at;
	}
	return next;
}

int bef_run_next_for(const struct bef_run *run, const char *role)
{
	return bef_run_next_opened(run, NULL, role);
}

int bef_run_next(const struct bef_run *run)
{
	return bef_run_next_for(run, NULL);
}

size_t bef_case_tasks(const struct bef_case *c, const char *role, struct bef_task *out, size_t most)
{
	size_t count = 0;

	/* The last playbook opened first: among equals it is the one that people are in. */
	for (int r = (int)c->run_count - 1; r >= 0; r--) {
		const struct bef_run *run = &c->run[r];

		for (int n = 0; n < run->playbook->numbered && bef_run_going_on(run); n++) {
			const struct bef_task task = { r, run->playbook->shown[n] };
			size_t place = count;

			if (!can_do(run, task.at, role))
				continue;
			while (place > 0 && sooner(run, task.at, &c->run[out[place - 1].run], out[place - 1].at))
				place--;
			if (place == most)
				continue;
			count += count < most;
			memmove(out + place + 1, out + place, (count - place - 1) * sizeof(*out));
			out[place] = task;
		}
	}
	return count;
}
