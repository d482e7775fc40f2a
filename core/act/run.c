/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/run.h"

#include <string.h>

#include "act/act.h"
#include "base/i18n.h"
#include "base/json.h"

bool bef_case_follows(const struct bef_case *c, const char *playbook_id)
{
	for (size_t i = 0; i < c->run_count; i++)
		if (bef_run_going_on(&c->run[i]) && strcmp(c->run[i].playbook->id, playbook_id) == 0)
			return true;
	return false;
}

/* The last one going on; failing that, the last that was not undone; or -1. */
static int current_run(const struct bef_case *c)
{
	int last = -1;

	for (int i = (int)c->run_count - 1; i >= 0; i--) {
		if (bef_run_going_on(&c->run[i]))
			return i;
		if (last < 0 && !c->run[i].line->undone)
			last = i;
	}
	return last;
}

int bef_case_run(const struct bef_case *c, int number, struct bef_err *err)
{
	int at = number ? number - 1 : current_run(c);

	if (at >= 0 && (size_t)at < c->run_count)
		return at;
	if (number)
		bef_fail(err, BEF_NOT_FOUND, tr("there is no playbook run %d in %s"), number, c->ref ? c->ref : "?");
	else
		bef_fail(err, BEF_NOT_FOUND, tr("no playbook is being followed in %s"), c->ref ? c->ref : "?");
	bef_hint(err, "%s", tr("start one with: beffroi run ransomware   see them with: beffroi playbook"));
	return -1;
}

struct starting {
	const char *document;
	size_t len;
};

static enum bef_rc do_start(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct starting *what = request;
	struct bef_playbook *playbook;
	struct bef_hash digest;
	char hex[BEF_HASH_HEX];
	json_t *body;
	enum bef_rc rc = bef_playbook_load(what->document, what->len, &playbook, err);

	if (rc)
		return rc;
	if (bef_case_follows(act->c, playbook->id))
		rc = bef_fail(err, BEF_REFUSED, tr("'%s' is already being followed in %s"), playbook->key,
			              act->done.ref);
	bef_sha256(what->document, what->len, NULL, 0, &digest);
	bef_hex(digest.byte, sizeof(digest.byte), hex);
	body = json_pack("{s:s, s:s, s:s, s:s, s:s%}", "playbook", playbook->id, "key", playbook->key, "version",
	                 playbook->version, "sha256", hex, "document", what->document, what->len);
	bef_playbook_free(playbook);
	if (rc) {
		json_decref(body);
		return rc;
	}
	return bef_act_add(act, "run.started", body, 0, err);
}

enum bef_rc bef_act_run_start(struct bef_desk *desk, const char *document, size_t len, struct bef_done *done,
                              struct bef_err *err)
{
	struct starting what = { document, len };

	return bef_act_do(desk, BEF_ACT_CASE, do_start, &what, done, err);
}

static void run_id(const struct bef_run *run, char out[BEF_HASH_HEX])
{
	bef_hex(run->line->entry->id.byte, sizeof(run->line->entry->id.byte), out);
}

struct stopping {
	int run;
	const char *reason;
};

static enum bef_rc do_stop(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct stopping *what = request;
	int run = bef_case_run(act->c, what->run, err);
	char id[BEF_HASH_HEX];

	if (run < 0)
		return BEF_NOT_FOUND;
	if (!bef_run_going_on(&act->c->run[run]))
		return bef_fail(err, BEF_REFUSED, "%s", tr("that playbook is not going on"));
	run_id(&act->c->run[run], id);
	return bef_act_add(act, "run.stopped", json_pack("{s:s, s:s}", "run", id, "reason", what->reason), 0, err);
}

enum bef_rc bef_act_run_stop(struct bef_desk *desk, int run, const char *reason, struct bef_done *done,
                             struct bef_err *err)
{
	struct stopping what = { run, reason };

	return bef_act_do(desk, BEF_ACT_CASE, do_stop, &what, done, err);
}

/* May this be said of a step that stands so? */
static enum bef_rc check_status(const struct bef_step_saying *what, const struct bef_step *step,
                                const struct bef_mark *mark, struct bef_err *err)
{
	bool question = step->type == BEF_STEP_IF;

	if (what->gesture == BEF_GESTURE_NOTE || what->gesture == BEF_GESTURE_ASSIGN)
		return BEF_OK;
	if (mark->status == BEF_STEP_OFF)
		return bef_fail(err, BEF_REFUSED, tr("step %d is not on the path taken so far"), step->number);
	if (!bef_mark_open(mark)) {
		bef_fail(err, BEF_REFUSED, tr("step %d is already settled"), step->number);
		bef_hint(err, "%s", tr("to go back on it: beffroi undo"));
		return BEF_REFUSED;
	}
	if (question != (what->gesture == BEF_GESTURE_ANSWER)) {
		bef_fail(err, BEF_USAGE, question ? tr("step %d is a question: answer yes or no")
		                                  : tr("step %d is not a question"), step->number);
		bef_hint(err, question ? tr("beffroi step %d yes   or: beffroi step %d no") : tr("beffroi step %d done"),
		         step->number, step->number);
		return BEF_USAGE;
	}
	return BEF_OK;
}

static bool is_other(const char *name, const char *author)
{
	return name && *name && !bef_fold_equal(name, author);
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
		bef_fail(err, BEF_REFUSED, tr("step %d wants a proof: %.200s"), step->number,
		         bef_step_text(step, "proof"));
		bef_hint(err, "%s", tr("add: --proof \"...\"   (or attach the file and name its item)"));
		return BEF_REFUSED;
	}
	return BEF_OK;
}

static json_t *gesture_body(const struct bef_step_saying *what, const struct bef_run *run,
                            const struct bef_step *step)
{
	static const char *const marks[] = { "done", "skipped", "failed" };
	char id[BEF_HASH_HEX];
	json_t *body;
	bool ok;

	run_id(run, id);
	body = json_pack("{s:s, s:s}", "run", id, "step", step->id);
	ok = body != NULL;
	if (what->gesture <= BEF_GESTURE_FAIL)
		bef_json_put_text(body, "mark", marks[what->gesture], &ok);
	if (what->gesture == BEF_GESTURE_ANSWER)
		bef_json_put_bool(body, "answer", what->answer, &ok);
	if (what->gesture == BEF_GESTURE_NOTE)
		bef_json_put_text(body, "sort", "fact", &ok);
	bef_json_put_text(body, "text", what->text, &ok);
	bef_json_put_text(body, "second", what->gesture == BEF_GESTURE_SKIP ? what->second : NULL, &ok);
	bef_json_put_text(body, "to", what->to, &ok);
	bef_json_put_text(body, "by", what->by, &ok);
	if (ok)
		return body;
	json_decref(body);
	return NULL;
}

static enum bef_rc do_step(struct bef_act *act, void *request, struct bef_err *err)
{
	static const char *const kinds[] = { "step.marked", "step.marked", "step.marked", "step.answered",
		                             "step.assigned", "note" };
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
	what->number = step->number;
	if (run->stopped || run->line->undone)
		return bef_fail(err, BEF_REFUSED, tr("'%s' was stopped"), run->playbook->key);
	rc = check_status(what, step, &run->mark[step - run->playbook->step], err);
	if (rc == BEF_OK)
		rc = check_words(act, what, step, err);
	if (rc)
		return rc;
	return bef_act_add(act, kinds[what->gesture], gesture_body(what, run, step), what->happened_at_ms, err);
}

enum bef_rc bef_act_step(struct bef_desk *desk, struct bef_step_saying *what, struct bef_done *done,
                         struct bef_err *err)
{
	return bef_act_do(desk, BEF_ACT_CASE, do_step, what, done, err);
}
