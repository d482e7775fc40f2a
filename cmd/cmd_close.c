/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/incident.h"
#include "base/i18n.h"
#include "out.h"

struct close_opts {
	const char *reason;
	bool despite, reopen;
};

static const struct bef_opt close_options[] = {
	BEF_TEXT(struct close_opts, reason, 'm', "reason", "motif", N_("TEXT"), N_("why")),
	BEF_FLAG(struct close_opts, despite, 0, "despite", "malgre", N_("close though points are open (needs a reason)")),
	BEF_FLAG(struct close_opts, reopen, 0, "reopen", "rouvrir", N_("open it again (needs a reason)")),
	BEF_OPT_END,
};

static enum bef_rc needs_reason(struct bef_err *err)
{
	bef_fail(err, BEF_USAGE, "%s", tr("say why"));
	bef_hint(err, "%s", tr("add: --reason \"...\""));
	return BEF_USAGE;
}

static enum bef_rc close_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct close_opts *opts = opts_;
	BEF_AUTO(text) points = { .max = 1 << 20 };
	struct bef_done done;
	char now[BEF_DATE_SIZE];
	enum bef_rc rc;

	(void)words;
	(void)count;
	if ((opts->despite || opts->reopen) && !opts->reason)
		return needs_reason(err);
	bef_app_tick(app);
	if (opts->reopen) {
		rc = bef_act_reopen(&app->desk, opts->reason, &done, err);
		return rc ? rc
		          : bef_put_done(app, &done, "incident.reopened", err, tr("%s is open again (#%u)"), done.ref,
		                         done.number);
	}
	rc = bef_act_close(&app->desk, opts->reason, opts->despite, &points, &done, err);
	if (points.len > 0 && !app->g.json)
		bef_talk(app, "%.*s", (int)points.len - 1, points.data);
	if (rc)
		return rc;
	bef_date_format(app->desk.pen.now_ms, app->desk.pen.zone, BEF_DATE_DAY, now);
	rc = bef_put_done(app, &done, "incident.closed", err, tr("%s closed %s (#%u)"), done.ref, now, done.number);
	if (rc == BEF_OK && !app->g.json)
		bef_next(app, tr("report"), tr("write the report"));
	return rc;
}

const struct bef_cmd bef_cmd_close = {
	.en = "close", .fr = "clore", .also = "fermer,cloturer",
	.group = BEF_GROUP_GESTURES,
	.summary = N_("close the incident, or open it again"),
	.about = N_("Refused while an action, a playbook, a measure, a decision to review, a service or an alert is open; they are listed."),
	.examples_en = "beffroi close\nbeffroi close --despite --reason \"followed elsewhere\"\nbeffroi close --reopen --reason \"new signs\"\n",
	.examples_fr = "beffroi clore\nbeffroi clore --malgre --motif \"suivi ailleurs\"\nbeffroi clore --rouvrir --motif \"nouveaux signes\"\n",
	.most_words = 0,
	.opts = close_options, .opts_size = sizeof(struct close_opts),
	.run = close_run,
};
