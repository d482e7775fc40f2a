/* SPDX-License-Identifier: EUPL-1.2 */
/* What is said of the steps of a run.  Declared in run.h. */
#include <string.h>

#include "act/act.h"
#include "act/follow.h"
#include "act/run.h"
#include "base/i18n.h"
#include "base/json.h"

/* "mail, web, default" */
static void list_cases(const struct bef_step *step, struct bef_text *out)
{
	for (int i = 0; i < step->way_count; i++)
		bef_text_printf(out, "%s%.60s", i ? ", " : "", step->way[i].value);
}

static enum bef_rc wrong_gesture(const struct bef_step *step, struct bef_err *err)
{
	BEF_AUTO(text) cases = { .max = 2000 };

	if (step->type == BEF_STEP_SWITCH) {
		list_cases(step, &cases);
		bef_fail(err, BEF_USAGE, tr("step %d is a choice: answer with one of its cases"), step->number);
		bef_hint(err, tr("beffroi step %d case CASE   one of: %.150s"), step->number, bef_text_str(&cases));
	} else if (bef_step_is_question(step)) {
		bef_fail(err, BEF_USAGE, tr("step %d is a question: answer yes or no"), step->number);
		bef_hint(err, tr("beffroi step %d yes   or: beffroi step %d no"), step->number, step->number);
	} else {
		bef_fail(err, BEF_USAGE, tr("step %d is not a question"), step->number);
		bef_hint(err, tr("beffroi step %d done"), step->number);
	}
	return BEF_USAGE;
}

static enum bef_rc check_case(const struct bef_step *step, const char *value, struct bef_err *err)
{
	BEF_AUTO(text) cases = { .max = 2000 };

	for (int i = 0; i < step->way_count; i++)
		if (strcmp(step->way[i].value, value) == 0 || strcmp(step->way[i].value, "default") == 0)
			return BEF_OK;
	list_cases(step, &cases);
	bef_fail(err, BEF_USAGE, tr("step %d has no case '%s'"), step->number, BEF_SHORT(value, 60));
	bef_hint(err, tr("one of: %.150s"), bef_text_str(&cases));
	return BEF_USAGE;
}

static enum bef_rc not_reached(const struct bef_run *run, const struct bef_step *step, struct bef_err *err)
{
	int waits_for;

	bef_fail(err, BEF_REFUSED, tr("step %d is not on the path taken so far"), step->number);
	if (bef_run_waits_for(run, (int)(step - run->playbook->step), &waits_for, 1))
		bef_hint(err, tr("it waits for step %d: %s"), run->playbook->step[waits_for].number,
		         BEF_SHORT(bef_step_text(&run->playbook->step[waits_for], "name"), 150));
	return BEF_REFUSED;
}

/* May this be said of a step that stands so? */
static enum bef_rc check_status(const struct bef_step_saying *what, const struct bef_run *run,
                                const struct bef_step *step, struct bef_err *err)
{
	const struct bef_mark *mark = &run->mark[step - run->playbook->step];
	bool question = bef_step_is_question(step);

	if (what->gesture == BEF_GESTURE_NOTE || what->gesture == BEF_GESTURE_ASSIGN)
		return BEF_OK;
	if (mark->status == BEF_STEP_OFF)
		return not_reached(run, step, err);
	if (!bef_mark_open(mark)) {
		bef_fail(err, BEF_REFUSED, tr("step %d is already settled"), step->number);
		/* The entry, since somebody may have settled other steps after it; a playbook that was opened
		 * and is over has none of its own. */
		if (mark->line)
			bef_hint(err, tr("to go back on it: beffroi undo %u"), mark->line->number);
		return BEF_REFUSED;
	}
	if (question != (what->gesture == BEF_GESTURE_ANSWER) || (step->type == BEF_STEP_SWITCH) != (what->value != NULL))
		return wrong_gesture(step, err);
	return what->value ? check_case(step, what->value, err) : BEF_OK;
}

static bool is_measure(enum bef_step_gesture gesture)
{
	return gesture == BEF_GESTURE_LIFT || gesture == BEF_GESTURE_KEEP;
}

/* What a step put in place outlives the run: it is lifted, or kept for a reason, even when the run is over. */
static enum bef_rc check_measure(const struct bef_step_saying *what, const struct bef_run *run,
                                 const struct bef_step *step, struct bef_err *err)
{
	if (!bef_mark_in_force(run, (int)(step - run->playbook->step))) {
		bef_fail(err, BEF_REFUSED, tr("nothing of step %d is in force"), step->number);
		bef_hint(err, "%s", tr("see what is with: beffroi step --in-force"));
		return BEF_REFUSED;
	}
	if (what->gesture == BEF_GESTURE_KEEP && !what->text) {
		bef_fail(err, BEF_USAGE, tr("say why the measure of step %d stays for good"), step->number);
		bef_hint(err, "%s", tr("add: --reason \"...\""));
		return BEF_USAGE;
	}
	return BEF_OK;
}

static bool is_other(const char *name, const char *author)
{
	return name && *name && !bef_fold_equal(name, author);
}

/* A proof that is a decision's number and nothing else names one that was taken. */
static enum bef_rc check_decision(const struct bef_case *c, const char *proof, struct bef_err *err)
{
	long number = *proof == 'D' || *proof == 'd' ? bef_natural(proof + 1, 1000000) : -1;

	if (number < 0 || (number > 0 && (size_t)number <= c->decision_count &&
	                   bef_line_counts(c->decision[number - 1].line)))
		return BEF_OK;
	bef_fail(err, BEF_REFUSED, tr("there is no decision D%ld in %s"), number, c->ref ? c->ref : "?");
	bef_hint(err, "%s", tr("record it with: beffroi decide ...   then give its number"));
	return BEF_REFUSED;
}

/* Skipping and failing need a reason; a mandatory step needs a second person; a proof is a text. */
static enum bef_rc check_words(const struct bef_act *act, const struct bef_step_saying *what,
                               const struct bef_step *step, struct bef_err *err)
{
	bool skip = what->gesture == BEF_GESTURE_SKIP;

	if ((skip || what->gesture == BEF_GESTURE_FAIL) && !what->text) {
		bef_fail(err, BEF_USAGE, tr("say why step %d is %s"), step->number, skip ? tr("skipped") : tr("failed"));
		bef_hint(err, "%s", tr("add: --reason \"...\""));
		return BEF_USAGE;
	}
	if (skip && step->mandatory && !is_other(what->second, act->desk->pen.author)) {
		bef_fail(err, BEF_REFUSED, tr("step %d is mandatory: a second person must agree to skip it"),
		         step->number);
		bef_hint(err, "%s", tr("add: --second NAME"));
		return BEF_REFUSED;
	}
	if (what->gesture == BEF_GESTURE_DONE && bef_step_text(step, "proof") && !what->text) {
		bef_fail(err, BEF_REFUSED, tr("step %d wants a proof: %s"), step->number,
		         BEF_SHORT(bef_step_text(step, "proof"), 200));
		bef_hint(err, "%s", tr("add: --proof \"...\"   (or attach the file and name its item)"));
		return BEF_REFUSED;
	}
	if (what->gesture == BEF_GESTURE_DONE && bef_step_text(step, "proof"))
		return check_decision(act->c, what->text, err);
	return BEF_OK;
}

static json_t *gesture_body(const struct bef_step_saying *what, const struct bef_run *run,
                            const struct bef_step *step)
{
	static const char *const marks[] = { "done", "skipped", "failed", NULL, NULL, NULL, "lifted", "kept" };
	int pass = run->mark[step - run->playbook->step].pass;
	char id[BEF_HASH_HEX];
	json_t *body;
	bool ok;

	bef_run_id(run, id);
	body = json_pack("{s:s, s:s}", "run", id, "step", step->id);
	ok = body != NULL;
	if (marks[what->gesture])
		bef_json_put_text(body, "mark", marks[what->gesture], &ok);
	if (what->gesture == BEF_GESTURE_ANSWER && !what->value)
		bef_json_put_bool(body, "answer", what->answer, &ok);
	bef_json_put_text(body, "case", what->value, &ok);
	if (what->gesture == BEF_GESTURE_NOTE)
		bef_json_put_text(body, "sort", "fact", &ok);
	bef_json_put_text(body, "text", what->text, &ok);
	bef_json_put_text(body, "second", what->gesture == BEF_GESTURE_SKIP ? what->second : NULL, &ok);
	bef_json_put_text(body, "to", what->to, &ok);
	bef_json_put_text(body, "by", what->by, &ok);
	if (pass && what->gesture <= BEF_GESTURE_ANSWER)
		bef_json_put_int(body, "pass", pass, &ok);
	if (ok)
		return body;
	json_decref(body);
	return NULL;
}

static void copy_cut(char *out, size_t size, const char *text)
{
	size_t len = bef_utf8_cut(text, size - 1);

	memcpy(out, text, len);
	out[len] = '\0';
}

/* The answer names the step: from another terminal, "step 4 done" may be the step 4 of another playbook. */
static void name_step(const struct bef_case *c, const struct bef_run *run, const struct bef_step *step,
                      struct bef_step_saying *what)
{
	BEF_AUTO(text) name = { .max = 1 << 16 };
	BEF_AUTO(text) tame = { .max = 1 << 18 };
	int going_on = 0;

	for (size_t i = 0; i < c->run_count; i++)
		going_on += bef_run_going_on(&c->run[i]);
	bef_run_expand(run, (int)(step - run->playbook->step), bef_step_text(step, "name"), &name);
	bef_text_tame(&tame, bef_text_str(&name), true);
	what->number = step->number;
	what->unopened = what->gesture == BEF_GESTURE_DONE && step->type == BEF_STEP_PLAYBOOK && !what->text;
	copy_cut(what->name, sizeof(what->name), bef_text_str(&tame));
	copy_cut(what->playbook, sizeof(what->playbook), going_on > 1 ? bef_playbook_text(run->playbook, "name") : "");
}

static enum bef_rc do_step(struct bef_act *act, void *request, struct bef_err *err)
{
	static const char *const kinds[] = { "step.marked", "step.marked", "step.marked", "step.answered",
		                             "step.assigned", "note", "measure.settled", "measure.settled" };
	struct bef_step_saying *what = request;
	int at = bef_case_run(act->c, what->run, err);
	const struct bef_run *run = at >= 0 ? &act->c->run[at] : NULL;
	const struct bef_step *step;
	enum bef_rc rc;

	if (!run)
		return BEF_NOT_FOUND;
	at = bef_run_next(run);
	step = what->step ? bef_playbook_number(run->playbook, what->step) : at >= 0 ? &run->playbook->step[at] : NULL;
	if (!step)
		return what->step ? bef_fail(err, BEF_NOT_FOUND, tr("'%s' has no step %d"), run->playbook->key,
		                             what->step)
		                  : bef_fail(err, BEF_NOT_FOUND, tr("'%s' has no step left to do"), run->playbook->key);
	name_step(act->c, run, step, what);
	if ((run->stopped && !is_measure(what->gesture)) || run->line->undone)
		return bef_fail(err, BEF_REFUSED, tr("'%s' was stopped"), run->playbook->key);
	if (is_measure(what->gesture))
		rc = check_measure(what, run, step, err);
	else
		rc = check_status(what, run, step, err);
	if (rc == BEF_OK)
		rc = check_words(act, what, step, err);
	if (rc)
		return rc;
	rc = bef_act_add(act, kinds[what->gesture], gesture_body(what, run, step), what->happened_at_ms, err);
	if (rc || what->gesture > BEF_GESTURE_ANSWER)
		return rc;
	return bef_act_follow(act, what->set, what->set_count, err);
}

enum bef_rc bef_act_step(struct bef_desk *desk, struct bef_step_saying *what, struct bef_done *done,
                         struct bef_err *err)
{
	return bef_act_do(desk, BEF_ACT_CASE, do_step, what, done, err);
}
