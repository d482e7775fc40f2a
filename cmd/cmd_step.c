/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "act/draft.h"
#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "card.h"
#include "gesture.h"
#include "out.h"
#include "start.h"

struct step_opts {
	const char *proof, *reason, *second, *to, *at;
	int run;
	struct bef_list set;
	bool in_force;
};

static const struct bef_opt step_options[] = {
	BEF_TEXT(struct step_opts, proof, 0, "proof", "preuve", N_("TEXT"), N_("how you know it is done")),
	BEF_TEXT(struct step_opts, reason, 'm', "reason", "motif", N_("TEXT"), N_("why it is skipped or failed")),
	BEF_TEXT(struct step_opts, second, 0, "second", "second", N_("NAME"), N_("who else agrees to skip a mandatory step")),
	BEF_TEXT(struct step_opts, to, 0, "to", "vers", N_("NAME"), N_("who it is assigned to")),
	BEF_NUMBER(struct step_opts, run, 0, "run", "deroule", N_("N"), N_("which playbook run, if several are going on")),
	BEF_TEXT(struct step_opts, at, 't', "at", "heure", N_("TIME"), N_("when it was done")),
	BEF_LIST(struct step_opts, set, 0, "set", "valeur", N_("NAME=VALUE"), N_("what came out of it, for later steps (may be repeated)")),
	BEF_FLAG(struct step_opts, in_force, 0, "in-force", "en-vigueur", N_("the measures taken that nobody has lifted yet")),
	BEF_OPT_END,
};

static enum bef_rc put_row(struct bef_app *app, const struct bef_case *c, const struct bef_run *run, int number,
                           struct bef_err *err)
{
	const struct bef_step *step = bef_playbook_number(run->playbook, number);
	const struct bef_mark *mark = &run->mark[step - run->playbook->step];
	BEF_AUTO(text) name = { .max = 1 << 16 };

	if (app->g.json)
		return bef_put_json(bef_step_json(c, run, step), err);
	bef_put(app, BEF_PLAIN, "%3d  ", number);
	bef_put_cell(app, bef_mark_open(mark) ? BEF_WARN : BEF_PLAIN, 10, mark->status == BEF_STEP_OFF ? "-" : bef_step_status_label(mark->status));
	bef_text_tame(&name, bef_step_text(step, "name"), true);
	if (mark->assigned && bef_mark_open(mark))
		bef_text_printf(&name, " -> %s", bef_line_text(mark->assigned, "to"));
	bef_wrap_text(app, BEF_PLAIN, 15, 15, &name);
	return BEF_OK;
}

/* How to lift each measure, of all runs. */
static enum bef_rc put_measures(struct bef_app *app, struct bef_err *err)
{
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	enum bef_rc rc = bef_app_case(app, &c, &row, err);
	int shown = 0;

	for (size_t r = 0; rc == BEF_OK && r < c->run_count; r++)
		for (int n = 0; rc == BEF_OK && n < c->run[r].playbook->numbered; n++) {
			int at = c->run[r].playbook->shown[n];
			const struct bef_step *step = &c->run[r].playbook->step[at];

			if (!bef_mark_in_force(&c->run[r], at))
				continue;
			shown++;
			if (app->g.json) {
				rc = bef_put_json(bef_step_json(c, &c->run[r], step), err);
				continue;
			}
			bef_put(app, BEF_PLAIN, "%3d  ", n + 1);
			bef_wrap(app, BEF_STRONG, 5, 5, bef_step_text(step, "name"));
			bef_put(app, BEF_PLAIN, "     ");
			bef_wrap(app, BEF_PLAIN, 5, 5, bef_step_text(step, "undo"));
			bef_talk(app, tr("     lifted: beffroi step %d lift --run %zu   stays: beffroi step %d keep REASON --run %zu"), n + 1,
			         r + 1, n + 1, r + 1);
		}
	if (rc == BEF_OK && shown == 0 && !app->g.json)
		bef_talk(app, "%s", tr("No measure is in force."));
	return rc;
}

/* Which playbook these steps are of, and how to see those of the others. */
static void put_which(struct bef_app *app, const struct bef_case *c, const struct bef_run *run)
{
	if (c->run_count < 2)
		return;
	bef_put(app, BEF_STRONG, "%s", bef_playbook_text(run->playbook, "name"));
	bef_put(app, BEF_PLAIN, "\n");
	for (size_t i = 0; i < c->run_count; i++)
		if (&c->run[i] != run && bef_run_going_on(&c->run[i]))
			bef_talk(app, tr("Also followed: %s (beffroi step --run %zu)"), bef_playbook_text(c->run[i].playbook, "name"),
			         i + 1);
}

/* The rows of a run: those of the role asked for, if one is. */
static enum bef_rc put_rows(struct bef_app *app, const struct bef_case *c, const struct bef_run *run, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;
	int others = 0;

	if (!app->g.json)
		put_which(app, c, run);
	for (int n = 1; n <= run->playbook->numbered && rc == BEF_OK; n++) {
		const struct bef_step *step = bef_playbook_number(run->playbook, n);

		if (!app->g.role || bef_step_is_for(step, app->desk.pen.role))
			rc = put_row(app, c, run, n, err);
		else
			others += bef_mark_open(&run->mark[step - run->playbook->step]);
	}
	if (rc == BEF_OK && others && !app->g.json)
		bef_talk(app, trn("%d step can be done now by others", "%d steps can be done now by others", others), others);
	return rc;
}

/* One step whole, or, for 0, the list of them. */
static enum bef_rc put_steps(struct bef_app *app, int wanted_run, int number, struct bef_err *err)
{
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	const struct bef_run *run;
	const struct bef_step *step;
	enum bef_rc rc = bef_app_case(app, &c, &row, err);
	int at = rc == BEF_OK ? bef_case_run(c, wanted_run, err) : -1;

	if (at < 0)
		return rc ? rc : BEF_NOT_FOUND;
	run = &c->run[at];
	step = number ? bef_playbook_number(run->playbook, number) : NULL;
	if (number && !step)
		return bef_fail(err, BEF_NOT_FOUND, tr("'%s' has no step %d"), run->playbook->key, number);
	if (step && app->g.json)
		return bef_put_json(bef_step_json(c, run, step), err);
	if (step)
		bef_card(app, c, run, (int)(step - run->playbook->step), true);
	return step ? rc : put_rows(app, c, run, err);
}

/* The text may stand after the gesture, in the option, or not at all. */
static enum bef_rc read_saying(struct bef_app *app, const struct step_opts *opts, char **words, int count,
                               struct bef_text *text, struct bef_step_saying *what, struct bef_err *err)
{
	const struct bef_gesture *gesture = bef_gesture_find(words[0]);
	enum bef_rc rc = bef_words_join(words + 1, count - 1, BEF_PROSE_MOST, text, err);

	if (rc == BEF_OK)
		rc = bef_app_time(app, opts->at, BEF_WHEN_FACT, &what->happened_at_ms, err);
	if (rc)
		return rc;
	if (!gesture) {
		bef_fail(err, BEF_USAGE, tr("'%s' is nothing a step can be"), BEF_SHORT(words[0], 40));
		bef_hint(err, "%s", tr("one of: done skip fail yes no case start take assign note lift keep"));
		return BEF_USAGE;
	}
	what->gesture = gesture->gesture;
	what->answer = gesture->answer;
	what->text = text->len ? bef_text_str(text) : opts->proof ? opts->proof : opts->reason;
	what->second = opts->second;
	what->by = app->g.by;
	what->run = opts->run;
	if (gesture->how == BEF_CHOOSES) {
		what->value = what->text;
		what->text = text->len ? opts->reason : NULL;
		if (!what->value)
			return bef_fail(err, BEF_USAGE, "%s", tr("which case? add it"));
	}
	if (what->gesture == BEF_GESTURE_ASSIGN) {
		what->to = gesture->how == BEF_TAKES ? app->desk.pen.author : opts->to ? opts->to : what->text;
		what->text = NULL;
		what->by = NULL;
		if (!what->to)
			return bef_fail(err, BEF_USAGE, "%s", tr("assigned to whom? add a name"));
	}
	if (what->gesture == BEF_GESTURE_NOTE && !what->text)
		return bef_fail(err, BEF_USAGE, "%s", tr("the text is missing"));
	return BEF_OK;
}

/* Open the playbook that a step names. */
static enum bef_rc start_step(struct bef_app *app, const struct step_opts *opts, int number, struct bef_err *err)
{
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	const struct bef_step *step = NULL;
	enum bef_rc rc = bef_app_case(app, &c, &row, err);
	int at = rc == BEF_OK ? bef_case_run(c, opts->run, err) : -1;
	int next = at >= 0 && !number ? bef_run_next(&c->run[at]) : -1;

	if (at < 0)
		return rc ? rc : BEF_NOT_FOUND;
	if (number || next >= 0)
		step = number ? bef_playbook_number(c->run[at].playbook, number) : &c->run[at].playbook->step[next];
	if (!step)
		return bef_fail(err, BEF_NOT_FOUND, tr("'%s' has no step %d"), c->run[at].playbook->key, number);
	if (step->type != BEF_STEP_PLAYBOOK)
		return bef_fail(err, BEF_USAGE, tr("step %d does not open another playbook"), step->number);
	return bef_start(app, &(struct bef_start){ .word = bef_json_text_or(step->json, "playbook_id", ""),
		                                   .parent = at + 1, .step = step->number, .set = &opts->set },
	                 NULL, err);
}

static enum bef_rc step_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct step_opts *opts = opts_;
	struct bef_step_saying what = { 0 };
	const struct bef_gesture *gesture;
	BEF_AUTO_SETTINGS settings = { .count = 0 };
	BEF_AUTO(text) text = { 0 };
	struct bef_done done;
	int number = count > 0 ? bef_number(words[0]) : 0;
	int skip = number > 0;
	enum bef_rc rc;

	if (opts->in_force)
		return put_measures(app, err);
	if (count - skip == 0)
		return put_steps(app, opts->run, number, err);
	gesture = bef_gesture_find(words[skip]);
	if (gesture && gesture->how == BEF_STARTS)
		return start_step(app, opts, number, err);
	rc = read_saying(app, opts, words + skip, count - skip, &text, &what, err);
	if (rc == BEF_OK)
		rc = bef_settings_read(&opts->set, &settings, err);
	if (rc)
		return rc;
	what.step = number;
	what.set = settings.row;
	what.set_count = settings.count;
	if (text.len && !app->g.dry_run)
		bef_desk_draft_keep(&app->desk, bef_text_str(&text));
	bef_app_tick(app);
	rc = bef_act_step(&app->desk, &what, &done, err);
	if (rc)
		return rc;
	bef_desk_draft_drop(&app->desk);
	rc = bef_card_done(app, &done, &what, tr(gesture->told), err);
	if (rc == BEF_OK && what.unopened && !app->g.json)
		bef_talk(app, tr("The playbook that it opens was not opened. To open it: beffroi undo %u, then: beffroi step %d start"),
		         done.number, what.number);
	return rc;
}

const struct bef_cmd bef_cmd_step = {
	.en = "step", .fr = "etape", .also = "etapes,steps",
	.group = BEF_GROUP_CELL,
	.summary = N_("say what became of a playbook step"),
	.args = N_("[N] [done|skip|fail|yes|no|case|start|take|assign|note|lift|keep] [TEXT...]"),
	.about = N_("Without anything, the list of steps. Without a number, the most urgent step. The same gestures as in 'run', for scripts and other terminals. With --role, only what that role does."),
	.examples_en = "beffroi step                              the list\n"
	               "beffroi step 3                            one card, whole\n"
	               "beffroi step 3 done\n"
	               "beffroi step 9 done --proof \"item 2\"\n"
	               "beffroi step 4 skip --reason \"no such machine\" --second anne\n",
	.examples_fr = "beffroi etape                             la liste\n"
	               "beffroi etape 3                           une carte, entière\n"
	               "beffroi etape 3 fait\n"
	               "beffroi etape 9 fait --preuve \"pièce 2\"\n"
	               "beffroi etape 4 passer --motif \"pas de telle machine\" --second anne\n",
	.most_words = -1,
	.opts = step_options, .opts_size = sizeof(struct step_opts),
	.run = step_run,
};
