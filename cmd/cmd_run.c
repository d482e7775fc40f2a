/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "act/run.h"
#include "base/i18n.h"
#include "out.h"
#include "shipped.h"
#include "start.h"
#include "talk.h"

struct run_opts {
	const char *stop;
	struct bef_list set;
	bool from_paper, adopt;
};

static const struct bef_opt run_options[] = {
	BEF_TEXT(struct run_opts, stop, 0, "stop", "arreter", N_("REASON"), N_("stop following it, for good (leaving needs nothing: q)")),
	BEF_LIST(struct run_opts, set, 0, "var", "variable", N_("NAME=VALUE"), N_("a value that the playbook starts with (may be repeated)")),
	BEF_FLAG(struct run_opts, from_paper, 0, "from-paper", "du-papier", N_("type in a sheet filled in on paper: each answer with its time on paper")),
	BEF_FLAG(struct run_opts, adopt, 0, "adopt", "adopter", N_("go on with the newer version at hand; the steps done are carried over")),
	BEF_OPT_END,
};

static enum bef_rc start_fitting(struct bef_app *app, const struct bef_list *set, struct bef_err *err)
{
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	char key[BEF_PLAYBOOK_KEY];
	enum bef_rc rc = bef_app_case(app, &c, &row, err);

	if (rc)
		return rc;
	if (bef_case_run(c, 0, NULL) >= 0)
		return BEF_OK;
	rc = bef_playbook_for(app->desk.base, c->type, key, err);
	if (rc || *key)
		return rc ? rc : bef_start(app, &(struct bef_start){ .word = key, .set = set }, NULL, err);
	bef_fail(err, BEF_NOT_FOUND, tr("no playbook is made for '%s': name one"), bef_word_label(&bef_types, c->type));
	bef_hint(err, "%s", tr("see them with: beffroi playbook   then: beffroi run NAME"));
	return BEF_NOT_FOUND;
}

/* The version at hand of the playbook that is going on. */
static enum bef_rc adopt(struct bef_app *app, struct bef_err *err)
{
	struct bef_playbook *playbook = NULL;
	BEF_AUTO(text) document = { 0 };
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	struct bef_done done;
	enum bef_rc rc = bef_app_case(app, &c, &row, err);
	int at = rc == BEF_OK ? bef_case_run(c, 0, err) : -1;

	if (at < 0)
		return rc ? rc : BEF_NOT_FOUND;
	rc = bef_playbook_find(app->desk.base, c->run[at].playbook->id, &playbook, &document, err);
	if (rc)
		return rc;
	bef_playbook_free(playbook);
	bef_app_tick(app);
	rc = bef_act_run_adopt(&app->desk, at + 1, document.data, document.len, &done, err);
	return rc ? rc : bef_put_done(app, &done, "run.adopted", err, tr("Newer version adopted (#%u)"), done.number);
}

static enum bef_rc run_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct run_opts *opts = opts_;
	struct bef_talking how = { .from_paper = opts->from_paper };
	BEF_AUTO(text) name = { .max = 4096 };
	struct bef_done done;
	enum bef_rc rc;

	if (opts->stop) {
		rc = bef_act_run_stop(&app->desk, 0, opts->stop, &done, err);
		return rc ? rc : bef_put_done(app, &done, "run.stopped", err, tr("Playbook stopped (#%u)"), done.number);
	}
	if (opts->adopt)
		return adopt(app, err);
	rc = bef_words_join(words, count, 4096, &name, err);
	if (rc)
		return rc;
	rc = count > 0 ? bef_start(app, &(struct bef_start){ .word = bef_text_str(&name), .set = &opts->set }, &how.started, err)
	               : start_fitting(app, &opts->set, err);
	return rc || app->g.dry_run ? rc : bef_talk_run(app, &how, err);
}

const struct bef_cmd bef_cmd_run = {
	.en = "run", .fr = "suivre",
	.group = BEF_GROUP_GESTURES,
	.summary = N_("follow the playbook, step by step"),
	.args = N_("[PLAYBOOK...]"),
	.about = N_("Without a name: the one going on (of several, the one with the step due first), or the one made for this type of incident. Each answer is recorded at once; leave with q, come back with the same command. With --role, only what that role does."),
	.examples_en = "beffroi run\nbeffroi run ransomware\nbeffroi run --stop \"false alarm\"\n",
	.examples_fr = "beffroi suivre\nbeffroi suivre rancongiciel\nbeffroi suivre --arreter \"fausse alerte\"\n",
	.most_words = -1,
	.opts = run_options, .opts_size = sizeof(struct run_opts),
	.run = run_run,
};
