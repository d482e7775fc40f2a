/* SPDX-License-Identifier: EUPL-1.2 */
/* The guided run: what a gesture needs is asked, then it is recorded.  Declared in talk_parts.h. */
#include <stdio.h>

#include "act/draft.h"
#include "base/i18n.h"
#include "base/json.h"
#include "card.h"
#include "out.h"
#include "start.h"
#include "talk_parts.h"

static const struct bef_step *on_table(const struct talk *t)
{
	return &t->c->run[t->run].playbook->step[t->at];
}

/* The gesture is given up, or the whole conversation. */
static void heed(struct talk *t, enum bef_reply answer)
{
	t->dropped = t->dropped || answer != BEF_REPLIED;
	t->over = t->over || answer == BEF_REPLY_LEAVE;
}

/* Ask; `enter` is what Enter alone does, or NULL. */
static enum bef_rc ask(struct talk *t, const char *question, const char *enter, struct bef_text *out,
                       struct bef_err *err)
{
	enum bef_reply answer;
	enum bef_rc rc = bef_question(t->app, question, enter, out, &answer, err);

	heed(t, answer);
	return rc;
}

/* The same of what the gesture cannot do without: nothing is a change of mind. */
static enum bef_rc ask_needed(struct talk *t, const char *question, struct bef_text *out, struct bef_err *err)
{
	enum bef_rc rc = ask(t, question, tr("cancel"), out, err);

	t->dropped = t->dropped || out->len == 0;
	return rc;
}

/* Record one gesture about the step on the table.  What a rule refuses is said, and we go on. */
static enum bef_rc say(struct talk *t, struct bef_step_saying *what, const char *told, struct bef_err *err)
{
	struct bef_err wrong = { 0 };
	struct bef_done done;
	enum bef_rc rc;

	what->run = t->run + 1;
	what->step = on_table(t)->number;
	what->by = what->gesture == BEF_GESTURE_ASSIGN ? NULL : t->app->g.by;
	bef_app_tick(t->app);
	if (what->text && !t->app->g.dry_run)
		bef_desk_draft_keep(&t->app->desk, what->text);
	rc = bef_act_step(&t->app->desk, what, &done, &wrong);
	if (rc == BEF_REFUSED || rc == BEF_USAGE) {
		bef_talk(t->app, "  %s", wrong.msg);
		bef_talk_stray_refused(t, what->text);
		return bef_talk_reread(t, err); /* somebody else may have settled it */
	}
	if (rc) {
		*err = wrong;
		return rc;
	}
	bef_desk_draft_drop(&t->app->desk);
	rc = bef_card_done(t->app, &done, what, told, err);
	return rc ? rc : what->gesture > BEF_GESTURE_ANSWER ? bef_talk_reread(t, err) : bef_talk_go_on(t, err);
}

static const char *wanted(const struct bef_text *text)
{
	return text->len ? bef_text_str(text) : NULL;
}

/* What came out of a step (CACAO's out_args), for those that come later. */
static enum bef_rc ask_results(struct talk *t, struct bef_settings *settings, struct bef_err *err)
{
	const struct bef_run *run = &t->c->run[t->run];
	const json_t *names = json_object_get(on_table(t)->json, "out_args");
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; rc == BEF_OK && !t->dropped && i < json_array_size(names); i++) {
		const char *name = json_string_value(json_array_get(names, i));
		const struct bef_variable *variable = bef_run_variable(run, t->at, name);
		enum bef_reply answer = BEF_REPLIED;

		if (variable && !bef_variable_is_constant(variable))
			rc = bef_settings_ask(t->app, name, variable->definition, settings, &answer, err);
		heed(t, answer);
	}
	return rc;
}

static enum bef_rc ask_done(struct talk *t, struct bef_text *text, struct bef_settings *settings, struct bef_err *err)
{
	bool opens = on_table(t)->type == BEF_STEP_PLAYBOOK;
	const char *proof = opens ? tr("It opens another playbook (start). Done without it: how?") : bef_step_text(on_table(t), "proof");
	enum bef_rc rc = proof ? ask_needed(t, proof, text, err) : BEF_OK;

	return rc || t->dropped ? rc : ask_results(t, settings, err);
}

/* Asked again rather than refused: the reason is already typed. */
static enum bef_rc ask_second(struct talk *t, struct bef_text *second, struct bef_err *err)
{
	for (;;) {
		enum bef_rc rc = ask(t, tr("It is mandatory. Who else agrees?"), NULL, second, err);

		if (rc || t->dropped || (second->len && !bef_fold_equal(bef_text_str(second), t->app->desk.pen.author)))
			return rc;
		bef_talk(t->app, "%s", tr("  To skip it a second person must agree, not you: a name, or < to give up."));
	}
}

static enum bef_rc ask_skip(struct talk *t, struct bef_text *reason, struct bef_text *second, struct bef_err *err)
{
	enum bef_rc rc = ask_needed(t, tr("Why is it skipped?"), reason, err);

	return rc || t->dropped || !on_table(t)->mandatory ? rc : ask_second(t, second, err);
}

static enum bef_rc ask_fail(struct talk *t, struct bef_text *reason, struct bef_err *err)
{
	const struct bef_run *run = &t->c->run[t->run];
	int branch = on_table(t)->on_failure;
	enum bef_rc rc = ask_needed(t, tr("What went wrong?"), reason, err);

	if (rc == BEF_OK && branch >= 0 && !t->dropped)
		bef_talk(t->app, tr("  The playbook has another way: step %d, %s"), run->playbook->step[branch].number,
		         bef_step_text(&run->playbook->step[branch], "name"));
	return rc;
}

/* Open the playbook that this step names. */
enum bef_rc bef_talk_open(struct talk *t, struct bef_err *err)
{
	const struct bef_step *step = on_table(t);
	struct bef_err wrong = { 0 };
	size_t runs = t->c->run_count;
	enum bef_rc rc = bef_start(t->app, &(struct bef_start){ .word = bef_json_text_or(step->json, "playbook_id", ""),
		                                                .parent = t->run + 1, .step = step->number }, NULL, &wrong);

	if (rc && rc != BEF_NOT_FOUND && rc != BEF_REFUSED && rc != BEF_USAGE) {
		*err = wrong;
		return rc;
	}
	if (rc)
		bef_talk(t->app, "  %s%s%s", wrong.msg, *wrong.hint ? " - " : "", wrong.hint);
	rc = bef_talk_refresh(t, err);
	if (rc == BEF_OK && t->c->run_count > runs)
		bef_talk_turn_to(t, (int)t->c->run_count - 1, bef_run_next_for(&t->c->run[t->c->run_count - 1], t->role));
	return rc;
}

/* Enter alone takes the sentence that was typed where a key was wanted. */
static enum bef_rc ask_note(struct talk *t, struct bef_text *text, struct bef_err *err)
{
	BEF_AUTO(text) shown = { .max = 400 };
	enum bef_rc rc;

	if (!*t->stray)
		return ask_needed(t, tr("Note"), text, err);
	bef_text_short(&shown, t->stray, 60);
	rc = ask(t, tr("Note"), bef_text_str(&shown), text, err);
	if (rc == BEF_OK && text->len == 0)
		bef_text_puts(text, t->stray);
	bef_talk_forget(t);
	return rc;
}

/* The time on paper is when it happened; that of typing it is kept apart. */
static enum bef_rc ask_time(struct talk *t, struct bef_step_saying *what, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	while (t->from_paper && rc == BEF_OK && !t->dropped && !what->happened_at_ms) {
		BEF_AUTO(text) time = { 0 };
		struct bef_err wrong = { 0 };

		rc = ask(t, tr("Time on paper (6:12, yesterday 18:30)"), tr("not written"), &time, err);
		if (rc || t->dropped || time.len == 0)
			return rc;
		if (bef_app_time(t->app, bef_text_str(&time), BEF_WHEN_FACT, &what->happened_at_ms, &wrong) != BEF_OK)
			bef_talk(t->app, "  %s", wrong.msg);
	}
	return rc;
}

/* What was asked for a gesture; *what borrows from it. */
struct asked {
	struct bef_settings settings;
	struct bef_text text, second;
};

static void asked_clear(struct asked *asked)
{
	bef_settings_clear(&asked->settings);
	bef_text_clear(&asked->text);
	bef_text_clear(&asked->second);
}

static enum bef_rc ask_all(struct talk *t, const struct bef_gesture *row, struct asked *asked, struct bef_err *err)
{
	switch (row->gesture) {
	case BEF_GESTURE_DONE:
		return ask_done(t, &asked->text, &asked->settings, err);
	case BEF_GESTURE_SKIP:
		return ask_skip(t, &asked->text, &asked->second, err);
	case BEF_GESTURE_FAIL:
		return ask_fail(t, &asked->text, err);
	case BEF_GESTURE_ANSWER:
		return row->how == BEF_CHOOSES ? ask_needed(t, tr("Which case?"), &asked->text, err) : BEF_OK;
	case BEF_GESTURE_ASSIGN:
		if (row->how != BEF_TAKES)
			return ask_needed(t, tr("To whom?"), &asked->text, err);
		bef_text_puts(&asked->text, t->app->desk.pen.author);
		return BEF_OK;
	case BEF_GESTURE_NOTE:
		return ask_note(t, &asked->text, err);
	case BEF_GESTURE_LIFT:
	case BEF_GESTURE_KEEP:
		break;
	}
	return BEF_OK;
}

/* Ask what the gesture needs, then record it.  A question left empty is a change of mind. */
enum bef_rc bef_talk_make(struct talk *t, const struct bef_gesture *row, struct bef_err *err)
{
	struct bef_step_saying what = { .gesture = row->gesture, .answer = row->answer };
	__attribute__((cleanup(asked_clear))) struct asked asked = { .text = { .max = BEF_PROSE_MOST } };
	enum bef_rc rc;

	t->dropped = false;
	rc = ask_all(t, row, &asked, err);
	what.text = wanted(&asked.text);
	what.second = wanted(&asked.second);
	what.set = asked.settings.row;
	what.set_count = asked.settings.count;
	if (row->gesture == BEF_GESTURE_ASSIGN || row->how == BEF_CHOOSES) {
		what.to = row->gesture == BEF_GESTURE_ASSIGN ? what.text : NULL;
		what.value = row->how == BEF_CHOOSES ? what.text : NULL;
		what.text = NULL;
	}
	if (rc == BEF_OK && !t->dropped)
		rc = ask_time(t, &what, err);
	if (rc == BEF_OK && t->dropped)
		bef_talk(t->app, "%s", tr("  Nothing recorded."));
	return rc || t->dropped ? rc : say(t, &what, tr(row->told), err);
}

enum bef_rc bef_talk_choose(struct talk *t, const char *value, struct bef_err *err)
{
	struct bef_step_saying what = { .gesture = BEF_GESTURE_ANSWER, .value = value };

	return say(t, &what, tr("answered"), err);
}
