/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/run.h"

#include <string.h>

#include "base/json.h"
#include "model/case.h"

const char *bef_step_status_name(enum bef_step_status status)
{
	static const char *const names[] = { "off", "ready", "done", "skipped", "failed", "blocked" };

	return names[status];
}

bool bef_run_going_on(const struct bef_run *run)
{
	return !run->finished && !run->stopped && !run->line->undone;
}

bool bef_mark_open(const struct bef_mark *mark)
{
	return mark->status == BEF_STEP_READY || mark->status == BEF_STEP_BLOCKED;
}

/* The instant from which a step's delay counts. */
static int64_t delay_base(const struct bef_step *step, const struct bef_case *c, int64_t ready_at_ms)
{
	const char *from = bef_json_text_or(step->extension, "from", "opened");

	if (strcmp(from, "aware") == 0)
		return c->aware_at_ms ? c->aware_at_ms : c->opened_at_ms;
	if (strcmp(from, "detected") == 0)
		return c->detected_at_ms ? c->detected_at_ms : c->opened_at_ms;
	if (strcmp(from, "closed") == 0)
		return c->closed_at_ms;
	return strcmp(from, "step") == 0 ? ready_at_ms : c->opened_at_ms;
}

/* An answer to a question is its being done; "done" without an answer leaves the question open,
 * since silence is not a no. */
static enum bef_step_status status_of(const struct bef_step *step, const struct bef_mark *mark)
{
	const char *said = mark->line ? bef_line_text(mark->line, "mark") : NULL;
	bool done = mark->line && (!said || strcmp(said, "done") == 0);

	if (!mark->line || (done && step->type == BEF_STEP_IF &&
	                    !json_object_get(bef_line_body(mark->line), "answer")))
		return BEF_STEP_READY;
	if (done)
		return BEF_STEP_DONE;
	return strcmp(said, "skipped") == 0 ? BEF_STEP_SKIPPED : BEF_STEP_FAILED;
}

/* What waits for several things is ready when the last has come. */
static void later(int64_t *since_ms, int64_t at_ms)
{
	if (at_ms > *since_ms)
		*since_ms = at_ms;
}

static void settle(struct bef_run *run, int at, const struct bef_case *c, int64_t *since_ms)
{
	const struct bef_step *step = &run->playbook->step[at];
	struct bef_mark *mark = &run->mark[at];
	int64_t base;

	mark->ready_at_ms = *since_ms;
	base = delay_base(step, c, *since_ms);
	mark->due_at_ms = step->within_ms && base ? base + step->within_ms : 0;
	mark->status = status_of(step, mark);
	if (mark->status == BEF_STEP_FAILED && step->on_failure < 0 && step->on_completion < 0)
		mark->status = BEF_STEP_BLOCKED;
	if (mark->line)
		later(since_ms, mark->line->at_ms);
}

static int after(const struct bef_step *step, enum bef_step_status status)
{
	if (status == BEF_STEP_FAILED && step->on_failure >= 0)
		return step->on_failure;
	return step->on_success >= 0 ? step->on_success : step->on_completion;
}

static bool walk(struct bef_run *run, int at, const struct bef_case *c, int64_t *since_ms);

/* True once all the branches that a step opens have come to their end.  Asked once a step, so that
 * a hostile playbook of branches that meet cannot make the walk grow without bound. */
static bool branches_ended(struct bef_run *run, int at, const struct bef_case *c, int64_t *since_ms)
{
	const struct bef_step *step = &run->playbook->step[at];
	struct bef_mark *mark = &run->mark[at];
	const int64_t opened_ms = *since_ms;
	bool all = true;

	if (mark->branches != BEF_WALK_NEVER)
		return mark->branches == BEF_WALK_ENDED;
	mark->branches = BEF_WALK_WAITS;
	if (step->type == BEF_STEP_IF && mark->status == BEF_STEP_DONE) {
		bool yes = bef_json_bool(bef_line_body(mark->line), "answer");

		all = walk(run, yes ? step->on_true : step->on_false, c, since_ms);
	}
	for (int i = 0; i < step->branch_count; i++) {
		int64_t branch_since = opened_ms;

		all = walk(run, step->branch[i], c, &branch_since) && all;
		later(since_ms, branch_since);
	}
	mark->branches = all ? BEF_WALK_ENDED : BEF_WALK_WAITS;
	return all;
}

/* Follow a branch to its end; false where it waits for somebody. */
static bool walk(struct bef_run *run, int at, const struct bef_case *c, int64_t *since_ms)
{
	while (at >= 0) {
		const struct bef_step *step = &run->playbook->step[at];
		const struct bef_mark *mark = &run->mark[at];

		if (step->type == BEF_STEP_END)
			return true;
		if (step->type == BEF_STEP_ACTION || step->type == BEF_STEP_IF)
			settle(run, at, c, since_ms);
		if (bef_mark_open(mark) || !branches_ended(run, at, c, since_ms))
			return false;
		at = after(step, mark->status);
	}
	return true;
}

void bef_run_walk(struct bef_run *run, const struct bef_case *c)
{
	int64_t since_ms = run->line->at_ms;

	for (int i = 0; i < run->playbook->step_count; i++) {
		run->mark[i].status = BEF_STEP_OFF;
		run->mark[i].branches = BEF_WALK_NEVER;
		run->mark[i].due_at_ms = run->mark[i].ready_at_ms = 0;
	}
	run->finished = walk(run, run->playbook->start, c, &since_ms);
	run->done = 0;
	run->total = run->playbook->numbered;
	for (int i = 0; i < run->playbook->step_count; i++) {
		enum bef_step_status status = run->mark[i].status;

		run->done += status == BEF_STEP_DONE || status == BEF_STEP_SKIPPED || status == BEF_STEP_FAILED;
	}
}

int bef_run_next(const struct bef_run *run)
{
	for (int n = 1; n <= run->playbook->numbered; n++) {
		const struct bef_step *step = bef_playbook_number(run->playbook, n);
		int at = (int)(step - run->playbook->step);

		if (bef_mark_open(&run->mark[at]))
			return at;
	}
	return -1;
}
