/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/correct.h"
#include "act/draft.h"
#include "ask.h"
#include "base/i18n.h"
#include "out.h"

struct amend_opts {
	const char *at, *reason;
	bool editor;
};

static const struct bef_opt amend_options[] = {
	BEF_TEXT(struct amend_opts, at, 't', "at", "heure", N_("TIME"), N_("when it happened after all")),
	BEF_TEXT(struct amend_opts, reason, 'm', "reason", "motif", N_("TEXT"), N_("why")),
	BEF_FLAG(struct amend_opts, editor, 'e', "editor", "editeur", N_("write in your editor")),
	BEF_OPT_END,
};

static enum bef_rc amend_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct amend_opts *opts = opts_;
	const struct bef_wanted_text want = { words + 1, count - 1, opts->editor, tr("new text > ") };
	struct bef_amendment what = { .reason = opts->reason };
	BEF_AUTO(text) text = { 0 };
	struct bef_done done;
	enum bef_rc rc;

	what.number = count > 0 ? (unsigned)bef_number(words[0]) : 0;
	if (what.number == 0) {
		bef_fail(err, BEF_USAGE, "%s", tr("which entry?"));
		bef_hint(err, "%s", tr("see their numbers with: beffroi log   then: beffroi amend 42 \"new text\""));
		return BEF_USAGE;
	}
	rc = bef_app_time(app, opts->at, BEF_WHEN_FACT, &what.happened_at_ms, err);
	/* A new time alone is a correction too. */
	if (rc == BEF_OK && (count > 1 || !opts->at)) {
		rc = bef_ask_text(app, &want, &text, err);
		what.text = bef_text_str(&text);
	}
	bef_app_tick(app);
	if (rc == BEF_OK)
		rc = bef_act_amend(&app->desk, &what, &done, err);
	if (rc)
		return rc;
	bef_desk_draft_drop(&app->desk);
	return bef_put_done(app, &done, "entry.amended", err,
	                    tr("#%u corrects #%u. The original stays readable: beffroi log --all"), done.number,
	                    what.number);
}

const struct bef_cmd bef_cmd_amend = {
	.en = "amend", .fr = "corriger",
	.group = BEF_GROUP_THREAD,
	.summary = N_("correct an entry; the original stays"),
	.args = N_("N [TEXT...]"),
	.examples_en = "beffroi amend 43 \"Mme Petit, 01 23 45 67 89\" -m \"wrong name\"\n"
	               "beffroi amend 43 --at 13:50\n",
	.examples_fr = "beffroi corriger 43 \"Mme Petit, 01 23 45 67 89\" -m \"mauvais nom\"\n"
	               "beffroi corriger 43 --heure 13h50\n",
	.most_words = -1,
	.opts = amend_options, .opts_size = sizeof(struct amend_opts),
	.run = amend_run,
};
