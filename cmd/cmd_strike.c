/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "act/correct.h"
#include "ask.h"
#include "base/i18n.h"
#include "out.h"

struct strike_opts {
	const char *reason;
	bool erase;
};

static const struct bef_opt strike_options[] = {
	BEF_TEXT(struct strike_opts, reason, 'm', "reason", "motif", N_("TEXT"), N_("why (needed)")),
	BEF_FLAG(struct strike_opts, erase, 0, "erase", "effacer", N_("remove the text for good; its digest stays and the chain still verifies")),
	BEF_OPT_END,
};

/* What cannot be undone is confirmed by typing the number. */
static enum bef_rc confirm(struct bef_app *app, unsigned number, struct bef_err *err)
{
	BEF_AUTO(text) answer = { .max = 200 };
	char prompt[200];
	enum bef_rc rc;

	if (app->g.yes || app->g.dry_run)
		return BEF_OK;
	if (!app->in_tty || app->g.no_input) {
		bef_fail(err, BEF_USAGE, tr("erasing #%u cannot be undone: nobody to confirm it"), number);
		bef_hint(err, "%s", tr("if you mean it, add: --yes"));
		return BEF_USAGE;
	}
	bef_talk(app, "%s", tr("This removes the text for good (the digest stays, the chain still verifies)."));
	snprintf(prompt, sizeof(prompt), tr("Type %u to confirm: "), number);
	rc = bef_ask_line(app, prompt, &answer, err);
	if (rc == BEF_OK && (unsigned)bef_number(bef_text_str(&answer)) != number)
		rc = bef_fail(err, BEF_USAGE, "%s", tr("not confirmed: nothing was erased"));
	return rc;
}

static enum bef_rc strike_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct strike_opts *opts = opts_;
	unsigned number = count > 0 ? (unsigned)bef_number(words[0]) : 0;
	struct bef_done done;
	enum bef_rc rc;

	if (number == 0) {
		bef_fail(err, BEF_USAGE, "%s", tr("which entry?"));
		bef_hint(err, "%s", tr("see their numbers with: beffroi log   then: beffroi strike 42 --reason ..."));
		return BEF_USAGE;
	}
	if (!opts->reason) {
		bef_fail(err, BEF_USAGE, tr("say why #%u is struck"), number);
		bef_hint(err, "%s", tr("add: --reason \"...\""));
		return BEF_USAGE;
	}
	bef_app_tick(app);
	if (!opts->erase) {
		rc = bef_act_strike(&app->desk, number, opts->reason, &done, err);
		return rc ? rc
		          : bef_put_done(app, &done, "entry.struck", err,
		                         tr("#%u strikes #%u: it stays readable with beffroi log --all"), done.number,
		                         number);
	}
	rc = confirm(app, number, err);
	bef_hold_interrupts(true);
	if (rc == BEF_OK)
		rc = bef_act_erase(&app->desk, number, opts->reason, &done, err);
	if (rc == BEF_OK && done.elsewhere)
		bef_talk(app, "%s", tr("The same words stand in another entry that was not erased: look for them with beffroi log"));
	return rc ? rc
	          : bef_put_done(app, &done, "entry.erased", err,
	                         tr("#%u erased the text of #%u: it is in none of our files. Copies, backups and reports already handed out are out of reach."),
	                         done.number, number);
}

const struct bef_cmd bef_cmd_strike = {
	.en = "strike", .fr = "barrer",
	.group = BEF_GROUP_THREAD,
	.summary = N_("cross out an entry, or erase its text"),
	.args = N_("N"),
	.about = N_("The old rule of paper: cross out, never erase, sign. --erase is for what must not be there at all: personal data, a password typed by mistake."),
	.examples_en = "beffroi strike 41 -m \"another incident\"\n"
	               "beffroi strike 41 --erase -m \"password typed\"\n",
	.examples_fr = "beffroi barrer 41 -m \"autre incident\"\n"
	               "beffroi barrer 41 --effacer -m \"mot de passe tapé\"\n",
	.most_words = 1,
	.opts = strike_options, .opts_size = sizeof(struct strike_opts),
	.run = strike_run,
};
