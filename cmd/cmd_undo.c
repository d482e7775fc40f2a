/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/correct.h"
#include "ask.h"
#include "base/i18n.h"
#include "out.h"

static enum bef_rc undo_run(struct bef_app *app, const void *opts, char **words, int count, struct bef_err *err)
{
	unsigned number = count > 0 ? (unsigned)bef_number(words[0]) : 0;
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	const struct bef_line *line;
	struct bef_done done;
	char ago[BEF_DATE_SIZE];
	bool sure = true;
	enum bef_rc rc;

	(void)opts;
	if (count > 0 && number == 0)
		return bef_fail(err, BEF_USAGE, tr("'%s' is not a number"), BEF_SHORT(words[0], 40));
	bef_app_tick(app);
	rc = bef_app_case(app, &c, &row, err);
	if (rc == BEF_OK)
		rc = bef_undo_target(c, &app->desk.pen, number, &line, err);
	if (rc)
		return rc;
	if (!app->g.json)
		bef_talk(app, tr("#%u, %s: %s"), line->number,
		         bef_ago_format(line->entry->recorded_at_ms, app->desk.pen.now_ms, ago), bef_sentence(c, line));
	if (app->in_tty && !app->g.dry_run)
		rc = bef_ask_yes(app, tr("Undo it?"), tr("--yes"), &sure, err);
	if (rc || !sure)
		return rc;
	/* The one that was shown, even if somebody wrote meanwhile. */
	rc = bef_act_undo(&app->desk, line->number, &done, err);
	return rc ? rc
	          : bef_put_done(app, &done, "entry.undone", err,
	                         tr("#%u undoes #%u (beffroi undo once more to go back)"), done.number,
	                         line->number);
}

const struct bef_cmd bef_cmd_undo = {
	.en = "undo", .fr = "annuler",
	.group = BEF_GROUP_THREAD,
	.summary = N_("undo your last gesture, or a given one"),
	.args = N_("[N]"),
	.about = N_("Without a number: your last entry of the past 15 minutes. It is shown first. An undo can itself be undone. An alert that left cannot: send a correction."),
	.examples_en = "beffroi undo\nbeffroi undo 48\nbeffroi undo --dry-run\n",
	.examples_fr = "beffroi annuler\nbeffroi annuler 48\nbeffroi annuler --essai\n",
	.most_words = 1,
	.run = undo_run,
};
