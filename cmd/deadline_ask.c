/* SPDX-License-Identifier: EUPL-1.2 */
/* Legal questions, one at a time: those that could change an outcome, or those about the organisation. */
#include <string.h>

#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "deadline.h"
#include "out.h"

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
			rc = bef_deadline_answer_one(app, b.legal.law, opts, question->id, bef_text_str(&line), err);
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
			rc = bef_deadline_answer_one(app, legal.law, opts, question->id, bef_text_str(&line), err);
	}
	if (rc == BEF_OK)
		bef_next(app, tr("deadline profile --all"), tr("see all that was said"));
	return rc;
}
