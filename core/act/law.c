/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/law.h"

#include <string.h>
#include <unistd.h>

#include "act/act.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "base/json.h"

/* --- the rules at hand --- */

enum { LOCAL_MOST = 100 };

static enum bef_rc add_file(void *law, const char *path, const char *name, struct bef_err *err)
{
	BEF_AUTO(text) text = { 0 };
	enum bef_rc rc = BEF_OK;

	if (access(path, R_OK) != 0)
		rc = bef_fail(err, BEF_USAGE, "%s", tr("it cannot be read"));
	if (rc == BEF_OK)
		rc = bef_file_read(path, BEF_REGIME_MOST, &text, err);
	if (rc == BEF_OK)
		rc = bef_law_add(law, bef_text_str(&text), text.len, err);
	return rc ? bef_context(err, rc, "regimes/%.100s", name) : BEF_OK;
}

/* Those that cannot be read any more are passed over: they were checked when they were written, and a
 * record must stay readable. */
static enum bef_rc add_own(struct bef_law *law, const struct bef_case *profile, struct bef_err *err)
{
	for (size_t i = 0; i < profile->clause_count; i++) {
		const char *document = bef_line_text(profile->clause[i], "document");
		enum bef_rc rc = document ? bef_law_add(law, document, strlen(document), err) : BEF_OK;

		if (rc == BEF_FAILED)
			return rc;
	}
	return BEF_OK;
}

/* An answer that names no calendar, or no days, leaves the usual ones. */
static void choose_calendar(struct bef_legal *legal)
{
	const struct bef_answer *place = bef_case_answer(legal->profile, "holidays");
	const struct bef_answer *extra = bef_case_answer(legal->profile, "extra-holidays");

	legal->calendar = place && place->text ? bef_calendar_find(place->text) : NULL;
	if (!legal->calendar)
		legal->calendar = bef_calendar_find("fr");
	if (extra && extra->text && bef_extra_days_add(&legal->extra, extra->text, NULL) != BEF_OK)
		legal->extra = (struct bef_extra_days){ 0 };
}

enum bef_rc bef_legal_load(const struct bef_desk *desk, struct bef_store *store, struct bef_legal *out,
                           struct bef_err *err)
{
	struct bef_journal none = { 0 };
	enum bef_rc rc;

	*out = (struct bef_legal){ 0 };
	rc = store ? bef_store_profile(store, &out->profile, err) : bef_case_fold(&none, &out->profile, err);
	if (rc == BEF_OK)
		rc = bef_law_shipped(&out->law, err);
	if (rc == BEF_OK)
		rc = bef_folder_each(desk->base, "regimes", bef_folder_json, LOCAL_MOST, add_file, out->law, err);
	if (rc == BEF_OK)
		rc = add_own(out->law, out->profile, err);
	if (rc == BEF_OK)
		choose_calendar(out);
	else
		bef_legal_clear(out);
	return rc;
}

void bef_legal_clear(struct bef_legal *legal)
{
	bef_law_clear(&legal->law);
	bef_case_clear(&legal->profile);
}

/* --- clocks --- */

/* The act stays known by what its author wrote, not by what follows from it. */
static enum bef_rc write_changes(struct bef_act *act, json_t *changes, struct bef_err *err)
{
	const struct bef_done done = act->done;
	json_t *body = changes ? json_pack("{s:o}", "clocks", changes) : NULL;
	enum bef_rc rc = bef_act_add(act, "clocks.set", body, 0, err);

	act->done = done;
	return rc;
}

/* Before anything was answered there is nothing to compute: every rule would be to qualify. */
static bool is_begun(const struct bef_case *c, const struct bef_case *profile)
{
	return c->answer_count || c->instant_count || c->clock_count || profile->answer_count;
}

enum bef_rc bef_act_clocks_by(struct bef_act *act, const struct bef_legal *legal, struct bef_err *err)
{
	struct bef_assessing in = { legal->law, act->c, legal->profile, legal->calendar, &legal->extra };
	json_t *changes;

	act->clocks = false;
	if (!is_begun(act->c, legal->profile))
		return BEF_OK;
	changes = bef_assess_changes(&in);
	if (changes && json_array_size(changes) == 0) {
		json_decref(changes);
		return BEF_OK;
	}
	return write_changes(act, changes, err);
}

enum bef_rc bef_act_clocks(struct bef_act *act, struct bef_err *err)
{
	BEF_AUTO(legal) legal = { 0 };
	enum bef_rc rc = bef_act_reload(act, err);

	act->clocks = false;
	if (rc || act->c->closed)
		return rc;
	rc = bef_legal_load(act->desk, act->store, &legal, err);
	/* A file of rules with a slip in it stops nobody from recording what happens: 'deadline' and 'doctor'
	 * name it, and the next act after it is mended computes what was missed. */
	if (rc && rc != BEF_FAILED)
		return BEF_OK;
	return rc ? rc : bef_act_clocks_by(act, &legal, err);
}

static enum bef_rc do_refresh(struct bef_act *act, void *request, struct bef_err *err)
{
	bool *changed = request;
	int64_t before = act->row.entries;
	enum bef_rc rc = bef_act_clocks(act, err);

	*changed = rc == BEF_OK && act->row.entries > before;
	return rc;
}

enum bef_rc bef_act_refresh(struct bef_desk *desk, bool *changed, struct bef_err *err)
{
	return bef_act_do(desk, BEF_ACT_CASE, do_refresh, changed, NULL, err);
}

/* --- answers and rules of the organisation --- */

static json_t *answer_body(const struct bef_answering *what)
{
	json_t *body = json_object();
	bool ok = body != NULL;

	bef_json_put_text(body, "fact", what->fact, &ok);
	bef_json_put_text(body, "question", what->question, &ok);
	bef_json_put_text(body, "answer", what->answer, &ok);
	bef_json_put_text(body, "text", what->text, &ok);
	bef_json_put_text(body, "reason", what->reason, &ok);
	bef_json_put_text(body, "by", what->by, &ok);
	if (ok)
		return body;
	json_decref(body);
	return NULL;
}

/* The incident that the desk is at, if it is at one that is open: its clocks follow the profile. */
static enum bef_rc follow_current(struct bef_act *act, struct bef_err *err)
{
	int64_t log;

	if (bef_desk_resolve(act->desk, act->store, &log, NULL) != BEF_OK)
		return BEF_OK;
	if (bef_act_enter(act, log, err) != BEF_OK)
		return err->rc;
	return act->closed_at_ms ? BEF_OK : bef_act_clocks(act, err);
}

struct answers {
	const struct bef_answering *what;
	size_t count;
};

static enum bef_rc do_answer(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct answers *answers = request;
	bool of_organisation = false;
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; i < answers->count && rc == BEF_OK; i++) {
		const struct bef_answering *what = &answers->what[i];

		of_organisation = of_organisation || what->of_organisation;
		rc = what->of_organisation ? bef_act_add_org(act, "profile.answered", answer_body(what), err)
		                           : bef_act_add(act, "fact.answered", answer_body(what), 0, err);
	}
	if (rc || !of_organisation)
		return rc;
	if (!act->row.log)
		return follow_current(act, err);
	act->clocks = true;
	return BEF_OK;
}

enum bef_rc bef_act_answer(struct bef_desk *desk, const struct bef_answering *what, size_t count, struct bef_done *done,
                           struct bef_err *err)
{
	struct answers answers = { what, count };
	unsigned flags = BEF_ACT_CREATE | BEF_ACT_NO_INCIDENT;

	/* One about the incident: it has to be found. */
	for (size_t i = 0; i < count; i++)
		flags = what[i].of_organisation ? flags : 0u;
	return bef_act_do(desk, flags, do_answer, &answers, done, err);
}

struct adding {
	const char *document, *reason;
	const char *regime;
	size_t len;
};

static enum bef_rc do_add_rules(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct adding *what = request;
	json_t *body = json_object();
	bool ok = body != NULL;
	enum bef_rc rc;

	bef_json_put_text(body, "regime", what->regime, &ok);
	bef_json_put(body, "document", json_stringn(what->document, what->len), &ok);
	bef_json_put_text(body, "reason", what->reason, &ok);
	if (!ok) {
		json_decref(body);
		return bef_no_memory(err);
	}
	rc = bef_act_add_org(act, "profile.rule", body, err);
	return rc ? rc : follow_current(act, err);
}

enum bef_rc bef_act_add_rules(struct bef_desk *desk, const char *document, size_t len, const char *reason,
                              struct bef_done *done, struct bef_err *err)
{
	__attribute__((cleanup(bef_law_clear))) struct bef_law *law = NULL;
	struct adding what = { .document = document, .reason = reason, .len = len };
	enum bef_rc rc = bef_law_shipped(&law, err);

	if (rc == BEF_OK)
		rc = bef_law_add(law, document, len, err);
	if (rc)
		return rc;
	what.regime = bef_json_text_or(json_array_get(law->docs, json_array_size(law->docs) - 1), "regime", "");
	return bef_act_do(desk, BEF_ACT_CREATE | BEF_ACT_NO_INCIDENT, do_add_rules, &what, done, err);
}
