/* SPDX-License-Identifier: EUPL-1.2 */
/* Legal questions answered by their names, and the instants that clocks count from. */
#include <stdio.h>
#include <string.h>

#include "act/say.h"
#include "base/i18n.h"
#include "base/json.h"
#include "deadline.h"
#include "out.h"

/* --- answering --- */

/* Of all texts only these two are reckoned with. */
static enum bef_rc check_days(const char *fact, const char *value, struct bef_err *err)
{
	const struct bef_calendar *calendar;
	struct bef_extra_days days = { 0 };

	if (strcmp(fact, "holidays") == 0)
		return bef_calendar_parse(value, &calendar, err);
	return strcmp(fact, "extra-holidays") == 0 ? bef_extra_days_add(&days, value, err) : BEF_OK;
}

/* What was typed as the stored word of a yes-or-no question, or as text. */
static enum bef_rc fill(const struct bef_question *question, const char *value, struct bef_answering *what,
                        struct bef_err *err)
{
	const struct bef_word *word;
	enum bef_rc rc;

	what->fact = question->id;
	what->of_organisation = question->of_organisation;
	what->question = bef_both(question->json, "question");
	what->answer = what->text = NULL;
	if (question->is_text) {
		what->text = value;
		return check_days(question->id, value, err);
	}
	rc = bef_word_parse(&bef_answers, value, &word, err);
	if (rc == BEF_OK)
		what->answer = word->name;
	return rc ? bef_context(err, rc, "%.60s", question->id) : BEF_OK;
}

static enum bef_rc find_question(const struct bef_law *law, const char *id, const struct bef_question **out,
                                 struct bef_err *err)
{
	*out = bef_law_question(law, id);
	if (*out)
		return BEF_OK;
	bef_fail(err, BEF_NOT_FOUND, tr("there is no legal question '%.60s'"), id);
	bef_hint(err, "%s", tr("see them with: beffroi deadline qualify, beffroi deadline profile"));
	return BEF_NOT_FOUND;
}

/* What was answered, on its way to one act. */
struct answers {
	struct bef_answering what[BEF_ANSWERS_MOST];
	size_t count;
};

static enum bef_rc add_answer(const struct bef_app *app, const struct bef_law *law, const struct bef_deadline_opts *opts,
                              const char *fact, const char *value, struct answers *out, struct bef_err *err)
{
	struct bef_answering what = { .reason = opts->reason, .by = app->g.by };
	const struct bef_question *question = NULL;
	enum bef_rc rc = out->count == BEF_ANSWERS_MOST ? bef_fail(err, BEF_USAGE, "%s", tr("too many answers at once"))
	                                                : find_question(law, fact, &question, err);

	if (rc == BEF_OK)
		rc = fill(question, value, &what, err);
	if (rc == BEF_OK)
		out->what[out->count++] = what;
	return rc;
}

static enum bef_rc record(struct bef_app *app, const struct answers *answers, struct bef_err *err)
{
	struct bef_done done;
	enum bef_rc rc;

	bef_app_tick(app);
	rc = bef_act_answer(&app->desk, answers->what, answers->count, &done, err);
	for (size_t i = 0; i < answers->count && rc == BEF_OK; i++) {
		const struct bef_answering *what = &answers->what[i];

		rc = bef_put_done(app, &done, what->of_organisation ? "profile.answered" : "fact.answered", err, tr("%s: %s%s"),
		                  what->fact, what->answer ? bef_word_label(&bef_answers, what->answer) : what->text,
		                  what->of_organisation ? tr(" (kept for all incidents)") : "");
	}
	return rc;
}

enum bef_rc bef_deadline_answer_one(struct bef_app *app, const struct bef_law *law, const struct bef_deadline_opts *opts,
                              const char *fact, const char *value, struct bef_err *err)
{
	struct answers answers = { .count = 0 };
	enum bef_rc rc = add_answer(app, law, opts, fact, value, &answers, err);

	return rc ? rc : record(app, &answers, err);
}

enum bef_rc bef_deadline_answer(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                                struct bef_err *err)
{
	__attribute__((cleanup(bef_legal_clear))) struct bef_legal legal = { 0 };
	BEF_AUTO(text) value = { 0 };
	struct answers answers = { .count = 0 };
	enum bef_rc rc = bef_law_at_hand(app, &legal, err);

	if (rc == BEF_OK && (count == 0 || (count == 1 && !strchr(words[0], '=')))) {
		bef_fail(err, BEF_USAGE, "%s", tr("say which question, and the answer"));
		bef_hint(err, "%s", tr("beffroi deadline answer attack=yes personal-data=unknown"));
		return BEF_USAGE;
	}
	if (rc == BEF_OK && !strchr(words[0], '=')) {
		rc = bef_words_join(words + 1, count - 1, BEF_PROSE_MOST, &value, err);
		return rc ? rc : bef_deadline_answer_one(app, legal.law, opts, words[0], bef_text_str(&value), err);
	}
	for (int i = 0; i < count && rc == BEF_OK; i++) {
		char *equals = strchr(words[i], '=');

		if (!equals)
			return bef_fail(err, BEF_USAGE, tr("'%.60s' is no FACT=ANSWER"), words[i]);
		*equals = '\0';
		rc = add_answer(app, legal.law, opts, words[i], equals + 1, &answers, err);
	}
	if (rc == BEF_OK)
		rc = record(app, &answers, err);
	if (rc == BEF_OK)
		bef_deadline_tell(app);
	return rc;
}

/* --- instants --- */

static enum bef_rc check_instant(const struct bef_deadline_opts *opts, char **words, int count, struct bef_err *err)
{
	if (count < 2 || !bef_event_is_known(words[0])) {
		bef_fail(err, BEF_USAGE, "%s", count ? tr("say which instant, and when it was") : tr("which instant?"));
		bef_hint(err, tr("one of: %s"), bef_event_names());
		return BEF_USAGE;
	}
	if (!opts->reason) {
		bef_fail(err, BEF_USAGE, "%s", tr("say why it was then: limits count from it, and somebody will ask"));
		bef_hint(err, "%s", tr("add: --reason \"...\" (and --by NAME if somebody else decided it)"));
		return BEF_USAGE;
	}
	return BEF_OK;
}

enum bef_rc bef_deadline_instant(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                                 struct bef_err *err)
{
	__attribute__((cleanup(bef_saying_clear))) struct bef_saying what = { .kind = "instant.decided", .body = json_object() };
	BEF_AUTO(text) typed = { 0 };
	struct bef_done done;
	char when[BEF_DATE_SIZE];
	int64_t at_ms = 0;
	bool ok = what.body != NULL;
	enum bef_rc rc = check_instant(opts, words, count, err);

	if (rc == BEF_OK)
		rc = bef_words_join(words + 1, count - 1, 200, &typed, err);
	if (rc == BEF_OK)
		rc = bef_app_time(app, bef_text_str(&typed), BEF_WHEN_FACT, &at_ms, err);
	bef_json_put_text(what.body, "event", count ? words[0] : NULL, &ok);
	bef_json_put_int(what.body, "at", at_ms, &ok);
	bef_json_put_text(what.body, "reason", opts->reason, &ok);
	bef_json_put_text(what.body, "by", app->g.by, &ok);
	if (rc == BEF_OK && !ok)
		rc = bef_no_memory(err);
	bef_app_tick(app);
	if (rc == BEF_OK)
		rc = bef_act_say(&app->desk, &what, &done, err);
	if (rc)
		return rc;
	bef_date_format(at_ms, app->desk.pen.zone, BEF_DATE_DAY, when);
	rc = bef_put_done(app, &done, what.kind, err, tr("%s: %s (#%u)"), words[0], when, done.number);
	if (rc == BEF_OK)
		bef_deadline_tell(app);
	return rc;
}
