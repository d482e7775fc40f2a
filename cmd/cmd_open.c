/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "act/draft.h"
#include "act/incident.h"
#include "base/i18n.h"
#include "open_ask.h"
#include "out.h"
#include "shipped.h"

struct open_opts {
	const char *at, *aware, *type, *severity, *tlp, *reporter, *summary;
	bool drill;
};

static const struct bef_opt open_options[] = {
	BEF_TEXT(struct open_opts, at, 't', "at", "heure", N_("TIME"), N_("when the first sign was noticed: 6:12, -10m, yesterday 18:30")),
	BEF_TEXT(struct open_opts, aware, 0, "aware", "connaissance", N_("TIME"), N_("when the organisation became aware, for legal delays")),
	BEF_TEXT(struct open_opts, type, 0, "type", "type", N_("TYPE"), N_("ransomware, phishing, leak... or an RSIT type")),
	BEF_TEXT(struct open_opts, severity, 'g', "severity", "gravite", N_("1-4"), N_("1 anomaly, 2 minor, 3 major, 4 crisis")),
	BEF_TEXT(struct open_opts, tlp, 0, "tlp", "tlp", N_("LEVEL"), N_("clear, green, amber (default), amber+strict, red")),
	BEF_TEXT(struct open_opts, reporter, 0, "reported-by", "signale-par", N_("NAME"), N_("who gave the first sign")),
	BEF_TEXT(struct open_opts, summary, 0, "summary", "resume", N_("TEXT"), N_("a few words more than the title")),
	BEF_FLAG(struct open_opts, drill, 0, "drill", "exercice", N_("an exercise: marked so for ever, everywhere")),
	BEF_OPT_END,
};

/* What the options do not say. */
static void take_answers(struct open_opts *opts, const struct bef_open_answers *answers)
{
	const char *reporter = answers->text[BEF_OPEN_REPORTER];

	opts->type = opts->type ? opts->type : answers->text[BEF_OPEN_TYPE];
	opts->severity = opts->severity ? opts->severity : answers->text[BEF_OPEN_SEVERITY];
	opts->reporter = opts->reporter ? opts->reporter : *reporter ? reporter : NULL;
}

/* `seen_ms`: the first sign as it was answered and shown, or 0; the option says it too. */
static enum bef_rc fill(struct bef_app *app, const struct open_opts *opts, int64_t seen_ms, struct bef_opening *what,
                        struct bef_err *err)
{
	enum bef_rc rc = bef_app_word(&bef_types, opts->type, "undetermined", &what->type, err);

	if (rc == BEF_OK)
		rc = bef_app_word(&bef_severities, opts->severity, "2", &what->severity, err);
	if (rc == BEF_OK)
		rc = bef_app_word(&bef_tlps, opts->tlp, "amber", &what->tlp, err);
	if (rc == BEF_OK)
		rc = bef_app_time(app, opts->at, BEF_WHEN_FACT, &what->detected_at_ms, err);
	if (rc == BEF_OK && !opts->at)
		what->detected_at_ms = seen_ms;
	if (rc == BEF_OK)
		rc = bef_app_time(app, opts->aware, BEF_WHEN_FACT, &what->aware_at_ms, err);
	what->reporter = opts->reporter ? opts->reporter : app->g.by;
	what->summary = opts->summary;
	what->drill = opts->drill;
	return rc;
}

struct proposal {
	const char *type;
	struct bef_app *app;
	bool found;
};

/* The playbook that says it is for this type of incident. */
static enum bef_rc propose(void *arg, const struct bef_playbook *playbook, const char *from, struct bef_err *err)
{
	struct proposal *proposal = arg;

	(void)from;
	(void)err;
	if (!bef_playbook_is_for(playbook, proposal->type))
		return BEF_OK;
	proposal->found = true;
	bef_talk(proposal->app, tr("Suggested playbook: %s (%d steps)."), bef_playbook_text(playbook, "name"),
	         playbook->numbered);
	return BEF_OK;
}

static enum bef_rc answer(struct bef_app *app, const struct bef_opening *what, const struct bef_done *done,
                          struct bef_err *err)
{
	struct proposal proposal = { .type = what->type, .app = app };
	char now[BEF_DATE_SIZE], day[BEF_DATE_SIZE], ago[BEF_DATE_SIZE];
	int64_t now_ms = app->desk.pen.now_ms;
	int64_t seen_ms = what->detected_at_ms ? what->detected_at_ms : now_ms;
	enum bef_rc rc;

	bef_date_format(now_ms, app->desk.pen.zone, BEF_DATE_CLOCK, now);
	bef_date_format(seen_ms, app->desk.pen.zone, BEF_DATE_DAY, day);
	bef_ago_format(seen_ms, now_ms, ago);
	rc = bef_put_done(app, done, "incident.opened", err, tr("%s%s opened at %s: noticed %s (%s), %s time"),
	                  what->drill ? tr("[DRILL] ") : "", done->ref, now, day, ago, app->desk.pen.zone);
	if (rc || app->g.json)
		return rc;
	/* Told if it can be: the incident is open all the same. */
	if (bef_playbook_each(app->desk.base, what->type, propose, &proposal, NULL) != BEF_OK)
		bef_talk(app, "%s", tr("see them with: beffroi playbook list"));
	if (proposal.found)
		bef_next(app, tr("run"), tr("start the playbook"));
	else {
		bef_next(app, tr("playbook"), tr("choose a playbook, then: beffroi run NAME"));
		bef_next(app, tr("qualify --type TYPE"), tr("once you know what it is"));
	}
	bef_next(app, tr("note"), tr("record a fact"));
	return rc;
}

static enum bef_rc open_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	struct open_opts opts = *(const struct open_opts *)opts_;
	struct bef_open_answers answers = { .seen_ms = 0 };
	BEF_AUTO(text) title = { .max = 4096 };
	struct bef_opening what = { 0 };
	struct bef_done done = { 0 };
	enum bef_rc rc = bef_words_join(words, count, 4096, &title, err);

	app->drill = opts.drill;
	if (rc == BEF_OK && title.len == 0 && (!app->in_tty || app->g.no_input)) {
		bef_fail(err, BEF_USAGE, "%s", tr("the title is missing"));
		bef_hint(err, "%s", tr("beffroi open \"Encrypted files in accounting\" --type ransomware"));
		return BEF_USAGE;
	}
	if (rc == BEF_OK && title.len == 0) {
		rc = bef_open_ask(app, &answers, err);
		bef_text_puts(&title, answers.text[BEF_OPEN_TITLE]);
		take_answers(&opts, &answers);
	}
	if (rc == BEF_OK)
		rc = fill(app, &opts, answers.seen_ms, &what, err);
	if (rc)
		return rc;
	what.title = bef_text_str(&title);
	if (!app->g.dry_run)
		bef_desk_draft_keep(&app->desk, what.title);
	bef_app_tick(app);
	rc = bef_act_open(&app->desk, &what, &done, err);
	if (rc)
		return rc;
	bef_desk_draft_drop(&app->desk);
	return answer(app, &what, &done, err);
}

const struct bef_cmd bef_cmd_open = {
	.en = "open", .fr = "ouvrir",
	.group = BEF_GROUP_GESTURES,
	.summary = N_("open an incident"),
	.args = N_("[TITLE...]"),
	.about = N_("Without a title, on a terminal, five questions are asked. The incident becomes the current one: other commands need not name it."),
	.examples_en = "beffroi open                                     five questions\n"
	               "beffroi open \"Encrypted files\" -t 6:12 --type ransomware\n"
	               "beffroi open \"Table-top exercise\" --drill         an exercise, marked for ever\n",
	.examples_fr = "beffroi ouvrir                                   cinq questions\n"
	               "beffroi ouvrir \"Fichiers chiffrés\" -t 6h12 --type rancongiciel\n"
	               "beffroi ouvrir \"Exercice sur table\" --exercice    un exercice, marqué pour toujours\n",
	.most_words = -1,
	.opts = open_options, .opts_size = sizeof(struct open_opts),
	.run = open_run,
};
