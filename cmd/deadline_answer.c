/* SPDX-License-Identifier: EUPL-1.2 */
/* Legal questions: asked one at a time, or answered by their names; and the instants that clocks count from. */
#include <stdio.h>
#include <string.h>

#include "act/say.h"
#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "deadline.h"
#include "out.h"

/* --- answering --- */

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
		return BEF_OK;
	}
	rc = bef_word_parse(&bef_answers, value, &word, err);
	if (rc == BEF_OK)
		what->answer = word->name;
	return rc ? bef_context(err, rc, "%.60s", question->id) : BEF_OK;
}

static enum bef_rc find_question(const struct bef_law *law, const char *id, const struct bef_question **out,
                                 struct bef_err *err)
{
	/* "follow-nis2": a regime that is not law yet, counted all the same. */
	static struct bef_question follow = { .of_organisation = true };

	*out = bef_law_question(law, id);
	if (*out)
		return BEF_OK;
	for (size_t i = 0; strncmp(id, "follow-", 7) == 0 && i < law->rule_count; i++)
		if (strcmp(law->rule[i].regime, id + 7) == 0) {
			follow.id = id;
			*out = &follow;
			return BEF_OK;
		}
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

static enum bef_rc answer_one(struct bef_app *app, const struct bef_law *law, const struct bef_deadline_opts *opts,
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
		return rc ? rc : answer_one(app, legal.law, opts, words[0], bef_text_str(&value), err);
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

/* --- asking --- */

static void put_question(struct bef_app *app, const struct bef_bench *b, const struct bef_question *question, int left)
{
	const json_t *hints = json_object_get(question->json, "hint_yes");
	const char *text = bef_both(question->json, "question");
	json_t *type;
	size_t i;

	bef_rule(app, question->id, question->of_organisation ? tr("the organisation") : b ? b->row.ref : "");
	bef_wrap(app, BEF_STRONG, 0, 0, text ? text : question->id);
	text = bef_both(question->json, "why");
	if (text)
		bef_wrap(app, BEF_FAINT, 0, 0, text);
	json_array_foreach ((json_t *)(uintptr_t)hints, i, type)
		if (b && strcmp(bef_json_text_or(json_array_get(hints, i), "", json_string_value(type)), b->c->type) == 0)
			bef_wrap(app, BEF_PLAIN, 0, 0, tr("Likely yes for an incident of this type."));
	if (left > 1)
		bef_put(app, BEF_FAINT, tr("(%d more after this one)\n"), left - 1);
}

enum asked { ASKED_ANSWERED, ASKED_LATER, ASKED_QUIT };

/* One question, one line.  What is no answer is asked once more, then left for later. */
static enum bef_rc ask_one(struct bef_app *app, const struct bef_question *question, struct bef_text *line,
                           enum asked *how, struct bef_err *err)
{
	const char *prompt = question->is_text ? tr("text, Enter: later, q: stop > ")
	                                       : tr("yes, no, ? (unknown), Enter: later, q: stop > ");

	for (int tries = 0; tries < 2; tries++) {
		const struct bef_word *word;
		enum bef_rc rc = bef_ask_line(app, prompt, line, err);

		*how = ASKED_LATER;
		if (rc == BEF_NOT_FOUND || (rc == BEF_OK && bef_fold_equal(bef_text_str(line), "q"))) {
			*how = ASKED_QUIT;
			return BEF_OK;
		}
		if (rc || line->len == 0)
			return rc;
		*how = ASKED_ANSWERED;
		if (question->is_text || bef_word_parse(&bef_answers, bef_text_str(line), &word, err) == BEF_OK)
			return BEF_OK;
		bef_talk(app, "%s", err->msg);
	}
	*how = ASKED_LATER;
	return BEF_OK;
}

static bool holds(const json_t *list, const char *id)
{
	json_t *item;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)list, i, item)
		if (strcmp(json_string_value(item), id) == 0)
			return true;
	return false;
}

/* The first question still worth asking that was not left for later; each answer may make others needless. */
static const struct bef_question *next_question(const struct bef_bench *b, const json_t *later, int *left, bool *ok)
{
	const struct bef_assessing in = bef_bench_assessing(b);
	json_t *questions = bef_assess_questions(&in);
	const struct bef_question *first = NULL;
	json_t *id;
	size_t i;

	*left = 0;
	*ok = questions != NULL;
	json_array_foreach (questions, i, id) {
		const struct bef_question *question = bef_law_question(b->legal.law, json_string_value(id));

		if (!question || holds(later, question->id))
			continue;
		first = first ? first : question;
		(*left)++;
	}
	json_decref(questions);
	return first;
}

/* Without anybody to ask: what would be asked, and how to answer. */
static enum bef_rc list_questions(struct bef_app *app, const struct bef_bench *b, struct bef_err *err)
{
	json_t *seen = json_array();
	const struct bef_question *question;
	enum bef_rc rc = seen ? BEF_OK : bef_no_memory(err);
	int left;
	bool ok = true;

	while (rc == BEF_OK && (question = next_question(b, seen, &left, &ok)) != NULL) {
		json_t *object = app->g.json ? bef_json_begin("question") : NULL;

		ok = json_array_append_new(seen, json_string(question->id)) == 0;
		if (app->g.json) {
			bef_json_put_text(object, "fact", question->id, &ok);
			bef_json_put_text(object, "scope", question->of_organisation ? "organisation" : "incident", &ok);
			bef_json_put_text(object, "text", bef_both(question->json, "question"), &ok);
			rc = bef_put_json(object, err);
		} else {
			bef_put_cell(app, BEF_STRONG, 26, question->id);
			bef_wrap(app, BEF_PLAIN, 26, 26, bef_both(question->json, "question"));
		}
		if (!ok && rc == BEF_OK)
			rc = bef_no_memory(err);
	}
	json_decref(seen);
	if (rc == BEF_OK && !app->g.json)
		bef_next(app, tr("deadline answer FACT=yes FACT=no FACT=unknown"), tr("answer them"));
	return rc;
}

static enum bef_rc ask_all(struct bef_app *app, const struct bef_deadline_opts *opts, json_t *later, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	while (rc == BEF_OK) {
		BEF_AUTO_BENCH b = { 0 };
		BEF_AUTO(text) line = { .max = BEF_PROSE_MOST };
		const struct bef_question *question;
		enum asked how;
		bool ok;
		int left;

		rc = bef_bench_open(app, &b, err);
		question = rc ? NULL : next_question(&b, later, &left, &ok);
		if (!question)
			return rc ? rc : ok ? BEF_OK : bef_no_memory(err);
		put_question(app, &b, question, left);
		rc = ask_one(app, question, &line, &how, err);
		if (rc || how == ASKED_QUIT)
			return rc;
		if (how == ASKED_ANSWERED)
			rc = answer_one(app, b.legal.law, opts, question->id, bef_text_str(&line), err);
		/* An unknown that was said is not asked again now. */
		if (rc == BEF_OK && json_array_append_new(later, json_string(question->id)) != 0)
			rc = bef_no_memory(err);
	}
	return rc;
}

enum bef_rc bef_deadline_qualify(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                                 struct bef_err *err)
{
	json_t *later;
	enum bef_rc rc;

	(void)words;
	(void)count;
	if (!app->in_tty || app->g.no_input || app->g.json) {
		BEF_AUTO_BENCH b = { 0 };

		rc = bef_bench_open(app, &b, err);
		return rc ? rc : list_questions(app, &b, err);
	}
	later = json_array();
	rc = later ? ask_all(app, opts, later, err) : bef_no_memory(err);
	json_decref(later);
	if (rc == BEF_OK)
		bef_deadline_tell(app);
	return rc;
}

/* --- the organisation --- */

static void put_answer(struct bef_app *app, const struct bef_legal *legal, const struct bef_question *question)
{
	const struct bef_answer *answer = bef_case_answer(legal->profile, question->id);
	const char *said = answer ? bef_line_text(answer->line, "answer") : NULL;

	bef_put_cell(app, answer ? BEF_STRONG : BEF_FAINT, 24, question->id);
	if (said)
		said = bef_word_label(&bef_answers, said);
	else if (answer)
		said = answer->text;
	bef_wrap(app, BEF_PLAIN, 24, 24, said ? said : tr("not said yet"));
}

static enum bef_rc show_profile(struct bef_app *app, const struct bef_legal *legal, struct bef_err *err)
{
	for (size_t i = 0; i < legal->law->question_count; i++) {
		const struct bef_question *question = &legal->law->question[i];
		const struct bef_answer *answer = bef_case_answer(legal->profile, question->id);
		json_t *object;
		bool ok = true;
		enum bef_rc rc;

		if (!question->of_organisation)
			continue;
		if (!app->g.json) {
			put_answer(app, legal, question);
			continue;
		}
		object = bef_json_begin("profile");
		bef_json_put_text(object, "fact", question->id, &ok);
		bef_json_put_text(object, "text", bef_both(question->json, "question"), &ok);
		bef_json_put_text(object, "answer", answer ? bef_json_text_or(bef_line_body(answer->line), "answer", answer->text) : NULL,
		                  &ok);
		rc = bef_put_json(object, err);
		if (rc || !ok)
			return rc ? rc : bef_no_memory(err);
	}
	return BEF_OK;
}

enum bef_rc bef_deadline_profile(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                                 struct bef_err *err)
{
	__attribute__((cleanup(bef_legal_clear))) struct bef_legal legal = { 0 };
	enum bef_rc rc = bef_law_at_hand(app, &legal, err);
	enum asked how = ASKED_LATER;

	(void)words;
	(void)count;
	if (rc || !app->in_tty || app->g.no_input || app->g.json || opts->all)
		return rc ? rc : show_profile(app, &legal, err);
	for (size_t i = 0; i < legal.law->question_count && rc == BEF_OK && how != ASKED_QUIT; i++) {
		const struct bef_question *question = &legal.law->question[i];
		BEF_AUTO(text) line = { .max = BEF_PROSE_MOST };

		if (!question->of_organisation || bef_case_answer(legal.profile, question->id))
			continue;
		put_question(app, NULL, question, 0);
		rc = ask_one(app, question, &line, &how, err);
		if (rc == BEF_OK && how == ASKED_ANSWERED)
			rc = answer_one(app, legal.law, opts, question->id, bef_text_str(&line), err);
	}
	if (rc == BEF_OK)
		bef_next(app, tr("deadline profile --all"), tr("see all that was said"));
	return rc;
}

/* --- instants --- */

enum bef_rc bef_deadline_instant(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                                 struct bef_err *err)
{
	__attribute__((cleanup(bef_saying_clear))) struct bef_saying what = { .kind = "instant.decided", .body = json_object() };
	BEF_AUTO(text) typed = { 0 };
	struct bef_done done;
	char when[BEF_DATE_SIZE];
	int64_t at_ms = 0;
	bool ok = what.body != NULL;
	enum bef_rc rc = BEF_OK;

	if (count < 2 || !bef_event_is_known(words[0])) {
		bef_fail(err, BEF_USAGE, "%s", count ? tr("say which instant, and when it was") : tr("which instant?"));
		bef_hint(err, tr("one of: %s"), bef_event_names());
		return BEF_USAGE;
	}
	rc = bef_words_join(words + 1, count - 1, 200, &typed, err);
	if (rc == BEF_OK)
		rc = bef_app_time(app, bef_text_str(&typed), BEF_WHEN_FACT, &at_ms, err);
	bef_json_put_text(what.body, "event", words[0], &ok);
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
