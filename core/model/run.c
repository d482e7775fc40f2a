/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/run.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"
#include "model/walking.h"

/* One row a status: a new one without its words is seen by the tests, not by whoever asks for a report. */
static const struct {
	const char *name, *label; /* stored; shown, through tr() */
} statuses[BEF_STEP_COUNT] = {
	[BEF_STEP_OFF] = { "off", N_("not reached") },
	[BEF_STEP_READY] = { "ready", N_("to do") },
	[BEF_STEP_DONE] = { "done", N_("done") },
	[BEF_STEP_SKIPPED] = { "skipped", N_("skipped") },
	[BEF_STEP_FAILED] = { "failed", N_("failed") },
	[BEF_STEP_BLOCKED] = { "blocked", N_("FAILED") },
	[BEF_STEP_WAITING] = { "waiting", N_("opened") },
};

const char *bef_step_status_name(enum bef_step_status status)
{
	return statuses[status].name;
}

const char *bef_step_status_label(enum bef_step_status status)
{
	return tr(statuses[status].label);
}

bool bef_run_going_on(const struct bef_run *run)
{
	return !run->finished && !run->stopped && !run->line->undone;
}

bool bef_mark_open(const struct bef_mark *mark)
{
	return mark->status == BEF_STEP_READY || mark->status == BEF_STEP_BLOCKED;
}

bool bef_run_say(struct bef_run *run, const struct bef_said *said)
{
	struct bef_said *place = bef_case_grow(&run->said, &run->said_count, sizeof(*place));

	if (!place)
		return false;
	*place = *said;
	place->before = run->last_said[said->step];
	run->last_said[said->step] = (int)run->said_count - 1;
	return true;
}

/* The last thing said of a step in this pass, that it opened a run or anything else. */
static const struct bef_said *last_said(const struct bef_run *run, int at, int pass, bool child)
{
	for (int i = run->last_said[at]; i >= 0; i = run->said[i].before)
		if (run->said[i].pass == pass && (run->said[i].child >= 0) == child)
			return &run->said[i];
	return NULL;
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

/* Our own delay counts from the instant it names, CACAO's timeout from when the step may start. */
static int64_t due_at(const struct bef_step *step, const struct bef_mark *mark, const struct bef_case *c)
{
	int64_t base_ms = step->within_ms ? delay_base(step, c, mark->ready_at_ms) : 0;

	if (base_ms)
		return base_ms + step->within_ms;
	return step->timeout_ms && !step->within_ms ? mark->ready_at_ms + step->delay_ms + step->timeout_ms : 0;
}

/* Does the entry answer this question?  "Done" without an answer leaves it open, since silence is
 * not a no; so does a case that the switch has not. */
static bool answers(const struct bef_step *step, const struct bef_line *line)
{
	const char *value = bef_line_text(line, "case");
	bool fallback = false;

	if (step->type != BEF_STEP_SWITCH)
		return json_object_get(bef_line_body(line), "answer") != NULL;
	for (int i = 0; value && i < step->way_count; i++) {
		if (strcmp(step->way[i].value, value) == 0)
			return true;
		fallback = fallback || strcmp(step->way[i].value, "default") == 0;
	}
	return fallback;
}

static enum bef_step_status status_of(const struct bef_step *step, const struct bef_mark *mark,
                                      const struct bef_case *c)
{
	const char *said = mark->line ? bef_line_text(mark->line, "mark") : NULL;
	const struct bef_run *child = mark->child >= 0 ? &c->run[mark->child] : NULL;

	if (!mark->line && child && !child->line->undone)
		return child->finished ? BEF_STEP_DONE : child->stopped ? BEF_STEP_FAILED : BEF_STEP_WAITING;
	if (!mark->line)
		return BEF_STEP_READY;
	if (!said || strcmp(said, "done") == 0)
		return bef_step_is_question(step) && !answers(step, mark->line) ? BEF_STEP_READY : BEF_STEP_DONE;
	return strcmp(said, "skipped") == 0 ? BEF_STEP_SKIPPED : BEF_STEP_FAILED;
}

/* What waits for several things is ready when the last has come. */
static void later(int64_t *since_ms, int64_t at_ms)
{
	if (at_ms > *since_ms)
		*since_ms = at_ms;
}

/* A walk under way: the run, its case, and the pass of the loop we are in. */
struct walk {
	struct bef_run *run;
	const struct bef_case *c;
	int pass;
	int opener; /* the step whose branch this is, or -1 */
	int level;  /* branches within branches */
};

enum { LEVELS_MOST = 1000 }; /* a playbook that loads has far fewer, unless its branches meet oddly */

static void settle(const struct walk *w, int at, int64_t *since_ms)
{
	const struct bef_playbook *p = w->run->playbook;
	const struct bef_step *step = &p->step[at];
	struct bef_mark *mark = &w->run->mark[at];
	const struct bef_said *said = last_said(w->run, at, mark->pass, false);
	const struct bef_said *opened = last_said(w->run, at, mark->pass, true);

	mark->line = said ? said->line : NULL;
	mark->child = opened ? opened->child : -1;
	mark->ready_at_ms = *since_ms;
	mark->not_before_ms = step->delay_ms ? *since_ms + step->delay_ms : 0;
	mark->due_at_ms = due_at(step, mark, w->c);
	mark->status = status_of(step, mark, w->c);
	if (mark->status == BEF_STEP_FAILED && step->on_failure < 0 && step->on_completion < 0 && p->exception < 0)
		mark->status = BEF_STEP_BLOCKED;
	if (mark->line)
		later(since_ms, mark->line->at_ms);
}

int bef_way_after(const struct bef_playbook *p, const struct bef_step *step, enum bef_step_status status)
{
	if (status == BEF_STEP_FAILED && step->on_failure >= 0)
		return step->on_failure;
	if (status == BEF_STEP_FAILED && step->on_completion < 0)
		return p->exception;
	return step->on_success >= 0 ? step->on_success : step->on_completion;
}

static bool walk(const struct walk *w, int at, int64_t *since_ms);

static bool walk_branch(const struct walk *w, int opener, int to, int64_t *since_ms)
{
	const struct walk inner = { w->run, w->c, w->pass, opener, w->level + 1 };

	return inner.level < LEVELS_MOST && walk(&inner, to, since_ms);
}

int bef_way_answered(const struct bef_step *step, const struct bef_line *line)
{
	const char *value = bef_line_text(line, "case");
	int fallback = -1;

	if (step->type == BEF_STEP_IF)
		return bef_json_bool(bef_line_body(line), "answer") ? step->on_true : step->on_false;
	for (int i = 0; i < step->way_count; i++) {
		if (value && strcmp(step->way[i].value, value) == 0)
			return step->way[i].to;
		if (strcmp(step->way[i].value, "default") == 0)
			fallback = step->way[i].to;
	}
	return fallback;
}

/* True once all the branches that a step opens have come to their end.  Asked once a step and pass, so
 * that a hostile playbook of branches that meet cannot make the walk grow without bound. */
static bool branches_ended(const struct walk *w, int at, int64_t *since_ms)
{
	const struct bef_step *step = &w->run->playbook->step[at];
	struct bef_mark *mark = &w->run->mark[at];
	const int64_t opened_ms = *since_ms;
	bool all = true;

	if (mark->branches != BEF_WALK_NEVER)
		return mark->branches == BEF_WALK_ENDED;
	mark->branches = BEF_WALK_WAITS;
	if ((step->type == BEF_STEP_IF || step->type == BEF_STEP_SWITCH) && mark->status == BEF_STEP_DONE)
		all = walk_branch(w, at, bef_way_answered(step, mark->line), since_ms);
	for (int i = 0; step->type == BEF_STEP_PARALLEL && i < step->way_count; i++) {
		int64_t branch_since = opened_ms;

		all = walk_branch(w, at, step->way[i].to, &branch_since) && all;
		later(since_ms, branch_since);
	}
	mark->branches = all ? BEF_WALK_ENDED : BEF_WALK_WAITS;
	return all;
}

/* Ask, and go round while the answer is yes.  Each turn uses up an answer, so there is an end. */
static bool loop_ended(const struct walk *w, int at, int64_t *since_ms)
{
	const struct bef_step *step = &w->run->playbook->step[at];
	struct bef_mark *mark = &w->run->mark[at];

	for (;;) {
		struct walk body = { w->run, w->c, ++mark->passes, at, w->level + 1 };

		mark->pass = mark->passes;
		settle(w, at, since_ms);
		if (bef_mark_open(mark))
			return false;
		if (mark->status != BEF_STEP_DONE || !bef_json_bool(bef_line_body(mark->line), "answer"))
			return true;
		if (body.level >= LEVELS_MOST || !walk(&body, step->on_true, since_ms))
			return false;
	}
}

/* A step met in another pass than before is a new step. */
static void enter(const struct walk *w, int at)
{
	struct bef_mark *mark = &w->run->mark[at];

	if (mark->around == w->pass)
		return;
	mark->around = mark->pass = w->pass;
	mark->branches = BEF_WALK_NEVER;
}

/* A while remembers what became of it in this pass of the loop around it, as the others do. */
static bool while_ended(const struct walk *w, int at, int64_t *since_ms)
{
	struct bef_mark *mark = &w->run->mark[at];
	bool ended;

	if (mark->branches != BEF_WALK_NEVER)
		return mark->branches == BEF_WALK_ENDED;
	mark->branches = BEF_WALK_WAITS;
	ended = loop_ended(w, at, since_ms);
	mark->branches = ended ? BEF_WALK_ENDED : BEF_WALK_WAITS;
	return ended;
}

/* Follow a branch to its end; false where it waits for somebody. */
static bool walk(const struct walk *w, int at, int64_t *since_ms)
{
	const struct bef_playbook *p = w->run->playbook;

	/* No path of a playbook that loads is longer than its steps. */
	for (int hops = 0; at >= 0 && at != w->opener; hops++) {
		const struct bef_step *step = &p->step[at];
		struct bef_mark *mark = &w->run->mark[at];

		if (step->type == BEF_STEP_END)
			return true;
		if (hops > p->step_count)
			return false;
		enter(w, at);
		if (step->type == BEF_STEP_WHILE) {
			if (!while_ended(w, at, since_ms))
				return false;
		} else {
			if (bef_step_is_shown(step))
				settle(w, at, since_ms);
			if (bef_mark_open(mark) || mark->status == BEF_STEP_WAITING || !branches_ended(w, at, since_ms))
				return false;
		}
		at = bef_way_after(p, step, mark->status);
	}
	return true;
}

void bef_run_walk(struct bef_run *run, const struct bef_case *c)
{
	const struct walk w = { run, c, 0, -1, 0 };
	int64_t since_ms = run->line->at_ms;

	for (int i = 0; i < run->playbook->step_count; i++) {
		struct bef_mark *mark = &run->mark[i];

		*mark = (struct bef_mark){ .assigned = mark->assigned, .lifted = mark->lifted, .around = -1, .child = -1 };
	}
	run->finished = walk(&w, run->playbook->start, &since_ms);
	run->done = 0;
	for (int i = 0; i < run->playbook->step_count; i++) {
		enum bef_step_status status = run->mark[i].status;

		run->done += run->playbook->step[i].number > 0 &&
		             (status == BEF_STEP_DONE || status == BEF_STEP_SKIPPED || status == BEF_STEP_FAILED);
	}
	run->total = bef_run_count(run);
}

bool bef_mark_in_force(const struct bef_run *run, int at)
{
	const struct bef_mark *mark = &run->mark[at];

	return !run->line->undone && mark->status == BEF_STEP_DONE && !mark->lifted &&
	       bef_step_text(&run->playbook->step[at], "undo");
}
