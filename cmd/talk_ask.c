/* SPDX-License-Identifier: EUPL-1.2 */
/* The guided run: what a gesture needs is asked, then it is recorded.  Declared in talk_parts.h. */
#include <stdio.h>

#include "act/draft.h"
#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "card.h"
#include "out.h"
#include "start.h"
#include "talk_parts.h"

static enum bef_rc ask_more(struct talk *t, const char *label, struct bef_text *out, struct bef_err *err)
{
	char prompt[400];

	snprintf(prompt, sizeof(prompt), "  %.300s > ", label);
	bef_text_init(out, BEF_PROSE_MOST);
	return bef_ask_line(t->app, prompt, out, err);
}

/* Record one gesture about the step on the table.  What a rule refuses is said, and we go on. */
static enum bef_rc say(struct talk *t, struct bef_step_saying *what, const char *told, struct bef_err *err)
{
	struct bef_err wrong = { 0 };
	struct bef_done done;
	enum bef_rc rc;

	what->run = t->run + 1;
	what->step = t->c->run[t->run].playbook->step[t->at].number;
	what->by = what->gesture == BEF_GESTURE_ASSIGN ? NULL : t->app->g.by;
	bef_app_tick(t->app);
	if (what->text && !t->app->g.dry_run)
		bef_desk_draft_keep(&t->app->desk, what->text);
	rc = bef_act_step(&t->app->desk, what, &done, &wrong);
	if (rc == BEF_REFUSED || rc == BEF_USAGE) {
		bef_talk(t->app, "  %s", wrong.msg);
		return bef_talk_reread(t, err); /* somebody else may have settled it */
	}
	if (rc) {
		*err = wrong;
		return rc;
	}
	bef_desk_draft_drop(&t->app->desk);
	rc = bef_card_done(t->app, &done, what->step, told, err);
	return rc ? rc : bef_talk_refresh(t, err);
}

static const char *wanted(const struct bef_text *text)
{
	return text->len ? bef_text_str(text) : NULL;
}

static enum bef_rc ask_done(struct talk *t, struct bef_step_saying *what, struct bef_text *text, struct bef_err *err)
{
	const char *proof = bef_step_text(&t->c->run[t->run].playbook->step[t->at], "proof");
	enum bef_rc rc = proof ? ask_more(t, proof, text, err) : BEF_OK;

	what->text = wanted(text);
	return rc;
}

static enum bef_rc ask_skip(struct talk *t, struct bef_step_saying *what, struct bef_text *reason,
                            struct bef_text *second, struct bef_err *err)
{
	enum bef_rc rc = ask_more(t, tr("Why is it skipped?"), reason, err);

	if (rc == BEF_OK && t->c->run[t->run].playbook->step[t->at].mandatory)
		rc = ask_more(t, tr("It is mandatory. Who else agrees?"), second, err);
	what->text = wanted(reason);
	what->second = wanted(second);
	return rc;
}

static enum bef_rc ask_fail(struct talk *t, struct bef_step_saying *what, struct bef_text *reason,
                            struct bef_err *err)
{
	const struct bef_run *run = &t->c->run[t->run];
	int branch = run->playbook->step[t->at].on_failure;
	enum bef_rc rc = ask_more(t, tr("What went wrong?"), reason, err);

	what->text = wanted(reason);
	if (rc == BEF_OK && branch >= 0 && what->text)
		bef_talk(t->app, tr("  The playbook has another way: step %d, %s"), run->playbook->step[branch].number,
		         bef_step_text(&run->playbook->step[branch], "name"));
	return rc;
}

/* What came out of a step (CACAO's out_args), for those that come later. */
static enum bef_rc ask_results(struct talk *t, struct bef_settings *settings, struct bef_err *err)
{
	const struct bef_run *run = &t->c->run[t->run];
	const json_t *names = json_object_get(run->playbook->step[t->at].json, "out_args");
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; rc == BEF_OK && i < json_array_size(names); i++) {
		const char *name = json_string_value(json_array_get(names, i));
		const struct bef_variable *variable = bef_run_variable(run, t->at, name);

		if (variable && !bef_variable_is_constant(variable))
			rc = bef_settings_ask(t->app, name, variable->definition, settings, err);
	}
	return rc;
}

/* Open the playbook that this step names. */
enum bef_rc bef_talk_open(struct talk *t, struct bef_err *err)
{
	const struct bef_step *step = &t->c->run[t->run].playbook->step[t->at];
	struct bef_err wrong = { 0 };
	size_t runs = t->c->run_count;
	enum bef_rc rc = bef_start(t->app, &(struct bef_start){ .word = bef_json_text_or(step->json, "playbook_id", ""),
		                                                .parent = t->run + 1, .step = step->number }, &wrong);

	if (rc && rc != BEF_NOT_FOUND && rc != BEF_REFUSED && rc != BEF_USAGE) {
		*err = wrong;
		return rc;
	}
	if (rc)
		bef_talk(t->app, "  %s%s%s", wrong.msg, *wrong.hint ? " - " : "", wrong.hint);
	rc = bef_talk_refresh(t, err);
	if (rc == BEF_OK && t->c->run_count > runs) {
		t->run = (int)t->c->run_count - 1;
		t->shown = -1;
		t->at = bef_talk_next_step(t);
	}
	return rc;
}

/* Enter alone takes the sentence that was typed where a key was wanted. */
static enum bef_rc ask_note(struct talk *t, struct bef_text *text, struct bef_err *err)
{
	char label[200];
	enum bef_rc rc;

	if (*t->stray)
		snprintf(label, sizeof(label), tr("Note [%.*s]"), (int)bef_utf8_cut(t->stray, 60), t->stray);
	else
		snprintf(label, sizeof(label), "%s", tr("Note"));
	rc = ask_more(t, label, text, err);
	if (rc == BEF_OK && text->len == 0)
		bef_text_puts(text, t->stray);
	t->stray[0] = '\0';
	return rc;
}

/* The time on paper is when it happened; that of typing it is kept apart. */
static enum bef_rc ask_time(struct talk *t, struct bef_step_saying *what, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	while (t->from_paper && rc == BEF_OK && !what->happened_at_ms) {
		BEF_AUTO(text) time = { 0 };
		struct bef_err wrong = { 0 };

		rc = ask_more(t, tr("Time on paper (6:12, yesterday 18:30; Enter: not written)"), &time, err);
		if (rc || time.len == 0)
			return rc;
		if (bef_app_time(t->app, bef_text_str(&time), BEF_WHEN_FACT, &what->happened_at_ms, &wrong) != BEF_OK)
			bef_talk(t->app, "  %s", wrong.msg);
	}
	return rc;
}

/* Ask what the gesture needs, then record it.  A note or a name left empty is a change of mind. */
enum bef_rc bef_talk_make(struct talk *t, const struct bef_gesture *row, struct bef_err *err)
{
	struct bef_step_saying what = { .gesture = row->gesture, .answer = row->answer };
	BEF_AUTO_SETTINGS settings = { .count = 0 };
	BEF_AUTO(text) text = { .max = BEF_PROSE_MOST };
	BEF_AUTO(text) second = { 0 };
	enum bef_rc rc = BEF_OK;

	switch (row->gesture) {
	case BEF_GESTURE_DONE:
		rc = ask_done(t, &what, &text, err);
		if (rc == BEF_OK)
			rc = ask_results(t, &settings, err);
		what.set = settings.row;
		what.set_count = settings.count;
		break;
	case BEF_GESTURE_SKIP:
		rc = ask_skip(t, &what, &text, &second, err);
		break;
	case BEF_GESTURE_FAIL:
		rc = ask_fail(t, &what, &text, err);
		break;
	case BEF_GESTURE_ANSWER:
		if (row->how == BEF_CHOOSES) {
			rc = ask_more(t, tr("Which case?"), &text, err);
			what.value = wanted(&text);
		}
		break;
	case BEF_GESTURE_ASSIGN:
		if (row->how == BEF_TAKES)
			bef_text_puts(&text, t->app->desk.pen.author);
		else
			rc = ask_more(t, tr("To whom?"), &text, err);
		what.to = wanted(&text);
		break;
	case BEF_GESTURE_NOTE:
		rc = ask_note(t, &text, err);
		what.text = wanted(&text);
		break;
	case BEF_GESTURE_LIFT:
	case BEF_GESTURE_KEEP:
		break;
	}
	if (rc == BEF_OK)
		rc = ask_time(t, &what, err);
	if (rc || (!text.len && (row->gesture == BEF_GESTURE_ASSIGN || row->gesture == BEF_GESTURE_NOTE)))
		return rc;
	return say(t, &what, tr(row->told), err);
}

enum bef_rc bef_talk_choose(struct talk *t, const char *value, struct bef_err *err)
{
	struct bef_step_saying what = { .gesture = BEF_GESTURE_ANSWER, .value = value };

	return say(t, &what, tr("answered"), err);
}
