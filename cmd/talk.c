/* SPDX-License-Identifier: EUPL-1.2 */
#include "talk.h"

#include <stdio.h>
#include <string.h>

#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"
#include "talk_parts.h"

void bef_talk_turn_to(struct talk *t, int run, int at)
{
	t->run = run;
	t->at = at;
	t->shown = -1;
}

/* Into the playbook that a step has opened when nothing else is left to do, and back when it is over. */
static void follow(struct talk *t)
{
	const struct bef_case *c = t->c;

	while (c->run[t->run].parent >= 0 && !bef_run_going_on(&c->run[t->run]) &&
	       bef_run_going_on(&c->run[c->run[t->run].parent])) {
		t->run = c->run[t->run].parent;
		t->shown = -1;
		bef_talk(t->app, tr("  Back to: %s"), bef_playbook_text(c->run[t->run].playbook, "name"));
	}
	for (size_t i = (size_t)t->run + 1; i < c->run_count && bef_run_next(&c->run[t->run]) < 0; i++)
		if (c->run[i].parent == t->run && bef_run_going_on(&c->run[i])) {
			t->run = (int)i;
			t->shown = -1;
		}
}

/* The playbook asked for; else the one that 'step' means, unless something in another is due sooner. */
static int first_run(const struct talk *t, struct bef_err *err)
{
	int run = bef_case_run(t->c, 0, err);
	struct bef_task first;

	/* What the start answered by itself may have been written after it, by the same act. */
	for (size_t i = t->c->run_count; t->started && i-- > 0;)
		if (t->c->run[i].line->number <= t->started)
			return (int)i;
	if (run < 0 || !bef_case_tasks(t->c, t->role, &first, 1) || !t->c->run[first.run].mark[first.at].due_at_ms)
		return run;
	return first.run;
}

/* Somebody else may have written meanwhile: read again before each card. */
enum bef_rc bef_talk_refresh(struct talk *t, struct bef_err *err)
{
	struct bef_incident_row row;
	enum bef_rc rc;

	bef_case_clear(&t->c);
	bef_app_tick(t->app);
	rc = bef_app_case(t->app, &t->c, &row, err);
	if (rc)
		return rc;
	t->run = t->run < 0 ? first_run(t, err) : bef_case_run(t->c, t->run + 1, err);
	if (t->run < 0)
		return BEF_NOT_FOUND;
	follow(t);
	t->at = bef_run_next_for(&t->c->run[t->run], t->role);
	return BEF_OK;
}

/* The same, staying at the step on the table while it can be done. */
enum bef_rc bef_talk_reread(struct talk *t, struct bef_err *err)
{
	int at = t->at;
	int run = t->run;
	enum bef_rc rc = bef_talk_refresh(t, err);

	if (rc == BEF_OK && t->run == run && bef_mark_open(&t->c->run[run].mark[at]))
		t->at = at;
	return rc;
}

/* True of what cannot be left for what was just opened: it is late, or it is due before that and within the hour.
 * Any due time would do too much: in the middle of a thought, one would be sent to what is due this evening. */
static bool is_pressing(const struct talk *t, int at, int opened)
{
	const struct bef_mark *mark = t->c->run[t->run].mark;
	int64_t due_at_ms = mark[at].due_at_ms;

	return due_at_ms && due_at_ms < t->app->desk.pen.now_ms + BEF_HOUR_MS &&
	       (!mark[opened].due_at_ms || due_at_ms < mark[opened].due_at_ms);
}

enum bef_rc bef_talk_go_on(struct talk *t, struct bef_err *err)
{
	struct bef_case *former = t->c;
	enum bef_rc rc;
	int opened;

	t->c = NULL;
	rc = bef_talk_refresh(t, err);
	if (rc == BEF_OK && t->at >= 0 && (size_t)t->run < former->run_count) {
		opened = bef_run_next_opened(&t->c->run[t->run], &former->run[t->run], t->role);
		if (opened >= 0 && !is_pressing(t, t->at, opened))
			t->at = opened;
	}
	bef_case_clear(&former);
	return rc;
}

static bool is_case(const struct bef_step *step, const char *typed)
{
	for (int i = 0; i < step->way_count; i++)
		if (strcmp(step->way[i].value, typed) == 0)
			return true;
	return false;
}

static void go_to(struct talk *t, int number)
{
	const struct bef_run *run = &t->c->run[t->run];
	const struct bef_step *step = bef_playbook_number(run->playbook, number);
	int at = step ? (int)(step - run->playbook->step) : -1;

	if (at < 0 || !bef_mark_open(&run->mark[at]))
		bef_talk_why_not(t, number);
	else
		bef_talk_turn_to(t, t->run, at);
}

static void go_to_other(struct talk *t)
{
	int run = bef_talk_next_run(t);

	if (run == t->run)
		bef_talk(t->app, "%s", tr("  No other playbook has a step to do now."));
	bef_talk_turn_to(t, run, bef_run_next_for(&t->c->run[run], t->role));
}

/* Said before anything is asked: what would fit this card instead. */
static void say_unfit(struct talk *t, const struct bef_gesture *row, const struct bef_step *step)
{
	if (step->type == BEF_STEP_SWITCH)
		bef_talk(t->app, tr("  Step %d is a choice: c, then the case."), step->number);
	else if (bef_step_is_question(step))
		bef_talk(t->app, tr("  Step %d is a question: answer yes or no."), step->number);
	else if (row->how == BEF_STARTS)
		bef_talk(t->app, tr("  Step %d does not open another playbook."), step->number);
	else
		bef_talk(t->app, tr("  Step %d is not a question: d when it is done."), step->number);
}

/* Text that is no key: an answer that has to be given otherwise, or something to keep. */
static void take_text(struct talk *t, const struct bef_step *step, const char *typed)
{
	bool asks = step->type == BEF_STEP_IF || step->type == BEF_STEP_WHILE;

	if (asks && bef_step_is_ours(step) && bef_gesture_is_doubt(typed))
		bef_talk(t->app, "%s", tr("  Not knowing counts as yes: type yes."));
	else
		bef_talk_stray(t, typed);
}

static enum bef_rc look_again(struct talk *t, struct bef_err *err)
{
	int run = t->run;
	int at = t->at;
	enum bef_rc rc = bef_talk_reread(t, err);

	if (t->run != run || t->at != at)
		bef_talk_forget(t);
	t->shown = -1;
	return rc;
}

/* The keys that say nothing of the step. */
static enum bef_rc turn(struct talk *t, const char *typed, struct bef_err *err)
{
	enum bef_key key = bef_talk_key(typed);

	if (key != BEF_KEY_UNKNOWN && key != BEF_KEY_AGAIN && key != BEF_KEY_HELP)
		bef_talk_forget(t);
	switch (key) {
	case BEF_KEY_VIEW:
		bef_talk_card(t, true);
		break;
	case BEF_KEY_BACK:
		bef_talk_back(t);
		break;
	case BEF_KEY_OTHER:
		go_to_other(t);
		break;
	case BEF_KEY_HELP:
		bef_talk_help(t);
		break;
	case BEF_KEY_NUMBER:
		go_to(t, bef_number(typed));
		break;
	case BEF_KEY_QUIT:
		t->over = true;
		break;
	case BEF_KEY_AGAIN:
		return look_again(t, err);
	case BEF_KEY_UNKNOWN:
		take_text(t, &t->c->run[t->run].playbook->step[t->at], typed);
		break;
	}
	return BEF_OK;
}

static enum bef_rc act(struct talk *t, const char *typed, struct bef_err *err)
{
	const struct bef_gesture *gesture = bef_gesture_find(typed);
	const struct bef_step *step = &t->c->run[t->run].playbook->step[t->at];
	bool a_case = step->type == BEF_STEP_SWITCH && is_case(step, typed);

	if (!a_case && !(gesture && gesture->label))
		return turn(t, typed, err);
	if (a_case || gesture->gesture != BEF_GESTURE_NOTE)
		bef_talk_forget(t);
	if (a_case)
		return bef_talk_choose(t, typed, err);
	if (!bef_gesture_fits(gesture, step->type)) {
		say_unfit(t, gesture, step);
		return BEF_OK;
	}
	return gesture->how == BEF_STARTS ? bef_talk_open(t, err) : bef_talk_make(t, gesture, err);
}

static void say_paused(struct talk *t)
{
	bef_talk(t->app, tr("Paused at step %d. Nothing is lost. To go on: beffroi run"),
	         t->c->run[t->run].playbook->step[t->at].number);
}

/* The next line typed, as one word or sentence; Ctrl-L and the like may come before it. */
static enum bef_rc read_key(struct talk *t, struct bef_text *line, const char **typed, struct bef_err *err)
{
	char prompt[64];
	size_t len;
	enum bef_rc rc;

	snprintf(prompt, sizeof(prompt), tr("step %d > "), t->c->run[t->run].playbook->step[t->at].number);
	rc = bef_ask_line(t->app, prompt, line, err);
	*typed = bef_trim(bef_text_str(line), &len);
	if (line->data)
		line->data[(*typed - line->data) + (ptrdiff_t)len] = '\0';
	while (**typed > 0 && **typed < ' ')
		(*typed)++;
	return rc;
}

static enum bef_rc converse(struct talk *t, struct bef_err *err)
{
	enum bef_rc rc = bef_talk_refresh(t, err);

	while (rc == BEF_OK && t->at >= 0 && !t->over) {
		BEF_AUTO(text) line = { .max = 4096 };
		const char *typed;

		if (t->shown != t->at)
			bef_talk_card(t, false);
		t->shown = t->at;
		rc = read_key(t, &line, &typed, err);
		if (rc == BEF_OK)
			rc = act(t, typed, err);
	}
	if (t->c && t->at >= 0 && (rc == BEF_OK || rc == BEF_NOT_FOUND || rc == BEF_INTERRUPTED)) {
		say_paused(t);
		return rc == BEF_NOT_FOUND ? BEF_OK : rc;
	}
	if (rc == BEF_OK)
		bef_talk_end(t);
	return rc;
}

enum bef_rc bef_talk_run(struct bef_app *app, const struct bef_talking *how, struct bef_err *err)
{
	struct talk t = { .app = app, .run = -1, .shown = -1, .role = app->g.role ? app->desk.pen.role : NULL,
		          .started = how->started, .from_paper = how->from_paper };
	enum bef_rc rc = converse(&t, err);

	bef_case_clear(&t.c);
	return rc;
}
