/* SPDX-License-Identifier: EUPL-1.2 */
#include "talk.h"

#include <stdio.h>
#include <string.h>

#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"
#include "talk_parts.h"

/* The first step that can be done now, by the role asked for; -1: none. */
int bef_talk_next_step(const struct talk *t)
{
	const struct bef_run *run = &t->c->run[t->run];

	for (int n = 0; n < run->playbook->numbered; n++) {
		int at = run->playbook->shown[n];

		if (bef_mark_open(&run->mark[at]) && (!t->role || bef_step_is_for(&run->playbook->step[at], t->role)))
			return at;
	}
	return -1;
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
	t->run = bef_case_run(t->c, t->run + 1, err);
	if (t->run < 0)
		return BEF_NOT_FOUND;
	follow(t);
	t->at = bef_talk_next_step(t);
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

	if (at < 0 || !bef_mark_open(&run->mark[at])) {
		bef_talk(t->app, tr("  Step %d cannot be done now."), number);
		return;
	}
	t->at = at;
	t->shown = -1;
}

/* Somebody tired types a sentence at the wrong moment: it is not lost. */
static void take_stray(struct talk *t, const char *typed)
{
	bef_talk(t->app, tr("  '%.40s' is no key of this card; ? lists them"), typed);
	if (!strchr(typed, ' '))
		return;
	snprintf(t->stray, sizeof(t->stray), "%.*s", (int)bef_utf8_cut(typed, sizeof(t->stray) - 1), typed);
	bef_talk(t->app, "%s", tr("  To keep it as a note: n, then Enter."));
}

static enum bef_rc act(struct talk *t, const char *typed, struct bef_err *err)
{
	const struct bef_gesture *gesture = bef_gesture_find(typed);
	const struct bef_step *step = &t->c->run[t->run].playbook->step[t->at];

	if (step->type == BEF_STEP_SWITCH && is_case(step, typed))
		return bef_talk_choose(t, typed, err);
	if (gesture && gesture->label)
		return gesture->how == BEF_STARTS ? bef_talk_open(t, err) : bef_talk_make(t, gesture, err);
	switch (bef_talk_key(typed)) {
	case BEF_KEY_VIEW:
		bef_talk_card(t, true);
		break;
	case BEF_KEY_BACK:
		bef_talk_back(t);
		break;
	case BEF_KEY_OTHER:
		if (bef_talk_next_run(t) == t->run)
			bef_talk(t->app, "%s", tr("  No other playbook has a step to do now."));
		t->run = bef_talk_next_run(t);
		t->at = bef_talk_next_step(t);
		t->shown = -1;
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
		t->shown = -1;
		return bef_talk_reread(t, err);
	case BEF_KEY_UNKNOWN:
		take_stray(t, typed);
		break;
	}
	return BEF_OK;
}

static void say_paused(struct talk *t)
{
	bef_talk(t->app, tr("Paused at step %d. Nothing is lost. To go on: beffroi run"),
	         t->c->run[t->run].playbook->step[t->at].number);
}

/* Nothing for this role: who is waited for. */
static void say_others(struct talk *t)
{
	const struct bef_run *run = &t->c->run[t->run];
	const struct bef_step *step = &run->playbook->step[bef_run_next(run)];

	bef_talk(t->app, tr("Nothing to do now for: %s. Waiting for step %d, %s (%s)."), bef_word_label(&bef_roles, t->role),
	         step->number, bef_step_text(step, "name"),
	         bef_word_label(&bef_roles, bef_step_role(step)));
}

static enum bef_rc converse(struct talk *t, struct bef_err *err)
{
	enum bef_rc rc = bef_talk_refresh(t, err);

	while (rc == BEF_OK && t->at >= 0 && !t->over) {
		BEF_AUTO(text) line = { .max = 4096 };
		char prompt[64];
		size_t len;

		if (t->shown != t->at)
			bef_talk_card(t, false);
		t->shown = t->at;
		snprintf(prompt, sizeof(prompt), tr("step %d > "), t->c->run[t->run].playbook->step[t->at].number);
		rc = bef_ask_line(t->app, prompt, &line, err);
		if (rc == BEF_OK) {
			const char *typed = bef_trim(bef_text_str(&line), &len);

			if (line.data)
				line.data[(typed - line.data) + (ptrdiff_t)len] = '\0';
			while (*typed > 0 && *typed < ' ') /* Ctrl-L and the like, typed before the key */
				typed++;
			rc = act(t, typed, err);
		}
	}
	if (t->c && t->at >= 0 && (rc == BEF_OK || rc == BEF_NOT_FOUND || rc == BEF_INTERRUPTED)) {
		say_paused(t);
		return rc == BEF_NOT_FOUND ? BEF_OK : rc;
	}
	if (rc == BEF_OK && t->role && bef_run_next(&t->c->run[t->run]) >= 0)
		say_others(t);
	else if (rc == BEF_OK)
		bef_talk(t->app, tr("Playbook finished: %d of %d steps settled. To close: beffroi close"),
		         t->c->run[t->run].done, t->c->run[t->run].total);
	return rc;
}

enum bef_rc bef_talk_run(struct bef_app *app, bool from_paper, struct bef_err *err)
{
	struct talk t = { .app = app, .run = -1, .shown = -1, .role = app->g.role ? app->desk.pen.role : NULL,
		          .from_paper = from_paper };
	enum bef_rc rc = converse(&t, err);

	bef_case_clear(&t.c);
	return rc;
}
