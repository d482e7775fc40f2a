/* SPDX-License-Identifier: EUPL-1.2 */
/* What commands have of the application: what was typed, the store, the incident meant, times and words.  Declared in app.h. */
#include <stdlib.h>

#include "act/draft.h"
#include "app.h"
#include "ask.h"
#include "base/i18n.h"
#include "out.h"

void bef_app_keep_said(struct bef_app *app)
{
	if (app->said)
		bef_desk_draft_keep(&app->desk, app->said);
	free(app->said);
	app->said = NULL;
}

void bef_app_drop_said(struct bef_app *app)
{
	if (app->said)
		bef_desk_draft_drop_same(&app->desk, app->said);
	free(app->said);
	app->said = NULL;
}

enum bef_rc bef_app_read(struct bef_app *app, struct bef_store **store, struct bef_err *err)
{
	enum bef_rc rc = bef_store_open(app->desk.base, BEF_STORE_READ, app->desk.wait_ms, store, err);

	if (rc == BEF_OK)
		bef_desk_listen(&app->desk, *store);
	return rc;
}

enum bef_rc bef_app_case(struct bef_app *app, struct bef_case **c, struct bef_incident_row *row, struct bef_err *err)
{
	BEF_AUTO_STORE *store = NULL;
	int64_t log;
	enum bef_rc rc = bef_app_read(app, &store, err);

	if (rc == BEF_OK)
		rc = bef_desk_resolve(&app->desk, store, &log, err);
	if (rc == BEF_OK)
		rc = bef_store_incident(store, log, row, err);
	if (rc == BEF_OK)
		rc = bef_store_case(store, log, c, err);
	if (rc == BEF_OK)
		app->drill = (*c)->drill;
	return rc;
}

enum bef_rc bef_words_join(char **words, int count, size_t max, struct bef_text *out, struct bef_err *err)
{
	size_t good;

	bef_text_init(out, max);
	for (int i = 0; i < count; i++) {
		bef_text_puts(out, i ? " " : "");
		bef_text_puts(out, words[i]);
	}
	good = bef_utf8_check(bef_text_str(out), out->len);
	if (good < out->len)
		return bef_fail(err, BEF_USAGE, tr("this is not UTF-8 text (byte %zu): nothing was recorded"), good + 1);
	return bef_text_rc(out, err);
}

/* The clocks showed this time twice: say which was meant. */
static enum bef_rc ask_which(struct bef_app *app, struct bef_when *when, struct bef_err *err)
{
	bool second;
	enum bef_rc rc;

	if (!app->in_tty || app->g.no_input) {
		bef_fail(err, BEF_USAGE, "%s", tr("the clocks showed that time twice that night"));
		bef_hint(err, "%s", tr("add the offset: 02:30+02:00 before the change, 02:30+01:00 after it"));
		return BEF_USAGE;
	}
	rc = bef_ask_yes(app, tr("The clocks showed that time twice: after the change (winter time)?"), "+01:00",
	                 &second, err);
	if (rc == BEF_OK && second)
		when->at_ms = when->other_ms;
	return rc;
}

enum bef_rc bef_app_time(struct bef_app *app, const char *text, enum bef_when_sense sense, int64_t *out,
                         struct bef_err *err)
{
	struct bef_when when;
	char day[BEF_DATE_SIZE];
	char ago[BEF_DATE_SIZE];
	int64_t now_ms = app->desk.pen.now_ms;
	bool sure = true;
	enum bef_rc rc;

	*out = 0;
	if (!text)
		return BEF_OK;
	rc = bef_when_parse(text, sense, now_ms, app->desk.pen.zone, &when, err);
	if (rc == BEF_OK && when.doubled)
		rc = ask_which(app, &when, err);
	if (rc)
		return rc;
	bef_date_format(when.at_ms, app->desk.pen.zone, BEF_DATE_DAY, day);
	bef_ago_format(when.at_ms, now_ms, ago);
	if (when.old) {
		char question[200];

		snprintf(question, sizeof(question), tr("%s is %s. Is that right?"), day, ago);
		rc = bef_ask_yes(app, question, tr("--yes"), &sure, err);
		if (rc == BEF_OK && !sure)
			rc = bef_fail(err, BEF_USAGE, "%s", tr("give the right time"));
	} else if (app->in_tty && !app->g.json) {
		bef_talk(app, "%s (%s)", day, ago);
	}
	*out = when.at_ms;
	return rc;
}

enum bef_rc bef_app_word(const struct bef_words *words, const char *typed, const char *fallback, const char **out,
                         struct bef_err *err)
{
	const struct bef_word *word;
	enum bef_rc rc;

	*out = fallback;
	if (!typed)
		return BEF_OK;
	rc = bef_word_parse(words, typed, &word, err);
	if (rc == BEF_OK)
		*out = word->name;
	return rc;
}
