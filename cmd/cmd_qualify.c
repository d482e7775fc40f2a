/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/say.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"

struct qualify_opts {
	const char *type, *severity, *tlp, *cause, *title, *detected, *aware, *reporter, *summary, *reason;
};

static const struct bef_opt qualify_options[] = {
	BEF_TEXT(struct qualify_opts, severity, 'g', "severity", "gravite", N_("1-4"), N_("1 anomaly, 2 minor, 3 major, 4 crisis")),
	BEF_TEXT(struct qualify_opts, type, 0, "type", "type", N_("TYPE"), N_("ransomware, phishing, leak... or an RSIT type")),
	BEF_TEXT(struct qualify_opts, tlp, 0, "tlp", "tlp", N_("LEVEL"), N_("clear, green, amber, amber+strict, red")),
	BEF_TEXT(struct qualify_opts, cause, 0, "cause", "cause", N_("CAUSE"), N_("what let it happen: phishing, stolen-credentials, vulnerability, human-error...")),
	BEF_TEXT(struct qualify_opts, title, 0, "title", "titre", N_("TEXT"), N_("a better title")),
	BEF_TEXT(struct qualify_opts, detected, 0, "detected", "constate", N_("TIME"), N_("when the first sign was noticed")),
	BEF_TEXT(struct qualify_opts, aware, 0, "aware", "connaissance", N_("TIME"), N_("when the organisation became aware, for legal delays")),
	BEF_TEXT(struct qualify_opts, reporter, 0, "reported-by", "signale-par", N_("NAME"), N_("who gave the first sign")),
	BEF_TEXT(struct qualify_opts, summary, 0, "summary", "resume", N_("TEXT"), N_("the situation in a few sentences")),
	BEF_TEXT(struct qualify_opts, reason, 'm', "reason", "motif", N_("TEXT"), N_("why")),
	BEF_OPT_END,
};

static enum bef_rc fill(struct bef_app *app, const struct qualify_opts *opts, json_t *body, struct bef_err *err)
{
	const char *type, *severity, *tlp, *cause;
	int64_t detected_ms = 0;
	int64_t aware_ms = 0;
	bool ok = body != NULL;
	enum bef_rc rc = bef_app_word(&bef_types, opts->type, NULL, &type, err);

	if (rc == BEF_OK)
		rc = bef_app_word(&bef_severities, opts->severity, NULL, &severity, err);
	if (rc == BEF_OK)
		rc = bef_app_word(&bef_tlps, opts->tlp, NULL, &tlp, err);
	if (rc == BEF_OK)
		rc = bef_app_word(&bef_causes, opts->cause, NULL, &cause, err);
	if (rc == BEF_OK)
		rc = bef_app_time(app, opts->detected, BEF_WHEN_FACT, &detected_ms, err);
	if (rc == BEF_OK)
		rc = bef_app_time(app, opts->aware, BEF_WHEN_FACT, &aware_ms, err);
	if (rc)
		return rc;
	bef_json_put_text(body, "type", type, &ok);
	bef_json_put_text(body, "severity", severity, &ok);
	bef_json_put_text(body, "tlp", tlp, &ok);
	bef_json_put_text(body, "cause", cause, &ok);
	bef_json_put_text(body, "title", opts->title, &ok);
	bef_json_put_text(body, "reporter", opts->reporter, &ok);
	bef_json_put_text(body, "summary", opts->summary, &ok);
	if (detected_ms)
		bef_json_put_int(body, "detected_at", detected_ms, &ok);
	if (aware_ms)
		bef_json_put_int(body, "aware_at", aware_ms, &ok);
	if (ok && json_object_size(body) == 0) {
		bef_fail(err, BEF_USAGE, "%s", tr("nothing to qualify was given"));
		bef_hint(err, "%s", tr("beffroi qualify --severity 3 --reason \"...\""));
		return BEF_USAGE;
	}
	bef_json_put_text(body, "reason", opts->reason, &ok);
	return ok ? BEF_OK : bef_no_memory(err);
}

/* What it is now, as the log says it; of a try nothing was written that could say it. */
static enum bef_rc answer(struct bef_app *app, const struct bef_done *done, const char *kind, struct bef_err *err)
{
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	const struct bef_line *line = NULL;

	if (!app->g.dry_run && !app->g.json && bef_app_case(app, &c, &row, NULL) == BEF_OK)
		line = bef_case_number(c, done->number);
	if (!line)
		return bef_put_done(app, done, kind, err, tr("%s qualified (#%u)"), done->ref, done->number);
	return bef_put_done(app, done, kind, err, tr("%s %s (#%u)"), done->ref, bef_sentence(c, line), done->number);
}

static enum bef_rc qualify_run(struct bef_app *app, const void *opts, char **words, int count, struct bef_err *err)
{
	__attribute__((cleanup(bef_saying_clear))) struct bef_saying what = {
		.kind = "incident.changed", .body = json_object(),
	};
	struct bef_done done;
	enum bef_rc rc = fill(app, opts, what.body, err);

	(void)words;
	(void)count;
	bef_app_tick(app);
	if (rc == BEF_OK)
		rc = bef_act_say(&app->desk, &what, &done, err);
	return rc ? rc : answer(app, &done, what.kind, err);
}

const struct bef_cmd bef_cmd_qualify = {
	.en = "qualify", .fr = "qualifier",
	.group = BEF_GROUP_CELL,
	.summary = N_("change severity, type, TLP, cause, title or legal instants"),
	.examples_en = "beffroi qualify --severity 3 --reason \"backups are hit too\"\n"
	               "beffroi qualify --cause phishing --reason \"the mail of Monday, see E2\"\n"
	               "beffroi qualify --aware \"today 6:40\"\n",
	.examples_fr = "beffroi qualifier --gravite 3 --motif \"sauvegardes touchées aussi\"\n"
	               "beffroi qualifier --cause hameconnage --motif \"le courriel de lundi, voir E2\"\n"
	               "beffroi qualifier --connaissance \"aujourd'hui 6h40\"\n",
	.most_words = 0,
	.opts = qualify_options, .opts_size = sizeof(struct qualify_opts),
	.run = qualify_run,
};
