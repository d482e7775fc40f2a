/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/run.h"

#include <string.h>

#include "act/act.h"
#include "act/follow.h"
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

void bef_run_id(const struct bef_run *run, char out[BEF_HASH_HEX])
{
	bef_hex(run->line->entry->id.byte, sizeof(run->line->entry->id.byte), out);
}

static json_t *started_body(const struct bef_act *act, const struct bef_run_starting *what,
                            const struct bef_playbook *playbook)
{
	char hex[BEF_HASH_HEX];
	struct bef_hash digest;
	json_t *body;
	bool ok;

	bef_sha256(what->document, what->len, NULL, 0, &digest);
	bef_hex(digest.byte, sizeof(digest.byte), hex);
	body = json_pack("{s:s, s:s, s:s, s:s, s:s%}", "playbook", playbook->id, "key", playbook->key, "version",
	                 playbook->version, "sha256", hex, "document", what->document, what->len);
	ok = body != NULL;
	if (what->parent) {
		const struct bef_run *parent = &act->c->run[what->parent - 1];
		const struct bef_step *step = bef_playbook_number(parent->playbook, what->step);
		int pass = parent->mark[step - parent->playbook->step].pass;

		bef_run_id(parent, hex);
		bef_json_put_text(body, "parent", hex, &ok);
		bef_json_put_text(body, "step", step->id, &ok);
		if (pass)
			bef_json_put_int(body, "pass", pass, &ok);
	}
	if (ok)
		return body;
	json_decref(body);
	return NULL;
}

/* A step may open the playbook that it names, when its turn has come, and not one that is already open
 * around it. */
static enum bef_rc check_parent(const struct bef_act *act, const struct bef_run_starting *what, struct bef_err *err)
{
	int at = what->parent ? bef_case_run(act->c, what->parent, err) : -1;
	const struct bef_run *parent = at >= 0 ? &act->c->run[at] : NULL;
	const struct bef_step *step = parent ? bef_playbook_number(parent->playbook, what->step) : NULL;

	if (!what->parent)
		return BEF_OK;
	if (!parent)
		return BEF_NOT_FOUND;
	if (!step)
		return bef_fail(err, BEF_NOT_FOUND, tr("'%s' has no step %d"), parent->playbook->key, what->step);
	if (step->type != BEF_STEP_PLAYBOOK)
		return bef_fail(err, BEF_USAGE, tr("step %d does not open another playbook"), what->step);
	if (!bef_run_going_on(parent) || !bef_mark_open(&parent->mark[step - parent->playbook->step]))
		return bef_fail(err, BEF_REFUSED, tr("step %d cannot be done now"), what->step);
	return BEF_OK;
}

static enum bef_rc do_start(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct bef_run_starting *what = request;
	struct bef_playbook *playbook;
	json_t *body = NULL;
	enum bef_rc rc = check_parent(act, what, err);

	if (rc == BEF_OK)
		rc = bef_playbook_load(what->document, what->len, &playbook, err);
	if (rc)
		return rc;
	if (bef_case_follows(act->c, playbook->id))
		rc = bef_fail(err, BEF_REFUSED, tr("'%s' is already being followed in %s"), playbook->key,
		              act->done.ref);
	if (rc == BEF_OK)
		body = started_body(act, what, playbook);
	bef_playbook_free(playbook);
	if (rc == BEF_OK)
		rc = bef_act_add(act, "run.started", body, 0, err);
	return rc ? rc : bef_act_follow(act, what->set, what->set_count, err);
}

enum bef_rc bef_act_run_start(struct bef_desk *desk, const struct bef_run_starting *what, struct bef_done *done,
                              struct bef_err *err)
{
	struct bef_run_starting request = *what;

	return bef_act_do(desk, BEF_ACT_CASE, do_start, &request, done, err);
}

struct adopting {
	int run;
	const char *document;
	size_t len;
};

static enum bef_rc do_adopt(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct adopting *what = request;
	int at = bef_case_run(act->c, what->run, err);
	struct bef_playbook *playbook;
	struct bef_hash digest;
	char id[BEF_HASH_HEX], hex[BEF_HASH_HEX];
	json_t *body = NULL;
	enum bef_rc rc = at < 0 ? BEF_NOT_FOUND : bef_playbook_load(what->document, what->len, &playbook, err);

	if (rc)
		return rc;
	bef_sha256(what->document, what->len, NULL, 0, &digest);
	bef_hex(digest.byte, sizeof(digest.byte), hex);
	bef_run_id(&act->c->run[at], id);
	if (!bef_run_going_on(&act->c->run[at]))
		rc = bef_fail(err, BEF_REFUSED, "%s", tr("that playbook is not going on"));
	else if (strcmp(playbook->id, act->c->run[at].playbook->id) != 0)
		rc = bef_fail(err, BEF_REFUSED, tr("'%s' is another playbook"), playbook->key);
	else if (strcmp(playbook->version, act->c->run[at].playbook->version) <= 0)
		rc = bef_fail(err, BEF_REFUSED, tr("the version followed, %s, is not older"), act->c->run[at].playbook->version);
	else
		body = json_pack("{s:s, s:s, s:s, s:s%}", "run", id, "version", playbook->version, "sha256", hex, "document",
		                 what->document, what->len);
	bef_playbook_free(playbook);
	if (rc)
		return rc;
	rc = bef_act_add(act, "run.adopted", body, 0, err);
	return rc ? rc : bef_act_follow(act, NULL, 0, err);
}

enum bef_rc bef_act_run_adopt(struct bef_desk *desk, int run, const char *document, size_t len, struct bef_done *done,
                              struct bef_err *err)
{
	struct adopting what = { run, document, len };

	return bef_act_do(desk, BEF_ACT_CASE, do_adopt, &what, done, err);
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
	bef_run_id(&act->c->run[run], id);
	return bef_act_add(act, "run.stopped", json_pack("{s:s, s:s}", "run", id, "reason", what->reason), 0, err);
}

enum bef_rc bef_act_run_stop(struct bef_desk *desk, int run, const char *reason, struct bef_done *done,
                             struct bef_err *err)
{
	struct stopping what = { run, reason };

	return bef_act_do(desk, BEF_ACT_CASE, do_stop, &what, done, err);
}
