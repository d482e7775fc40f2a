/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading papers, and finding one. */
#include "report/paper.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "base/json.h"
#include "report/paper_source.h"

#define BEF_PAPER(name, file) BEF_EMBED(paper_##name, "playbooks/papers/" file ".json");
#include "report/papers.def"
#undef BEF_PAPER

static const char *const shipped[] = {
#define BEF_PAPER(name, file) bef_embed_paper_##name,
#include "report/papers.def"
#undef BEF_PAPER
};

/* --- reading --- */

static bool is_both(const json_t *object, const char *member)
{
	const json_t *both = json_object_get(object, member);

	return bef_json_text(both, "en") && bef_json_text(both, "fr");
}

static bool is_id(const char *id)
{
	return id && *id && strlen(id) <= 40 && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(id);
}

/* NULL, or the source that is none. */
static const char *bad_source(const json_t *from)
{
	for (size_t i = 0; i < json_array_size(from); i++) {
		const char *text = json_string_value(json_array_get(from, i));
		const char *at = text;

		if (!text)
			return "?";
		while (at) {
			const char *next;
			char of[64];
			size_t len = bef_paper_source_cut(at, &next);

			if (!bef_paper_source_find(at, len, of))
				return text;
			at = next;
		}
	}
	return NULL;
}

static enum bef_rc check_field(const json_t *field, struct bef_err *err)
{
	const json_t *from = json_object_get(field, "from");
	const char *id = bef_json_text(field, "id");
	const char *source = bad_source(from);

	if (!is_id(id) || bef_json_int(field, "n", 0) < 1)
		return bef_fail(err, BEF_USAGE, "%s", tr("a field of a paper has a number 'n' and an 'id' of a-z 0-9 and -"));
	if (!is_both(field, "label") || (!json_is_array(from) && !is_both(field, "text")))
		return bef_fail(err, BEF_USAGE, tr("field '%.40s' needs 'label' in both languages, and 'from' or 'text'"), id);
	if (source)
		return bef_fail(err, BEF_USAGE, tr("field '%.40s': there is no source '%.60s'"), id, source);
	return BEF_OK;
}

static enum bef_rc check(const json_t *json, struct bef_err *err)
{
	const json_t *fields = json_object_get(json, "fields");
	enum bef_rc rc = BEF_OK;

	if (bef_json_int(json, "v", 0) != 1 || !is_id(bef_json_text(json, "paper")) || !is_both(json, "word") ||
	    !is_both(json, "name") || !is_both(json, "for") || json_array_size(fields) == 0)
		return bef_fail(err, BEF_USAGE, "%s",
		                tr("not a paper: it needs 'v' 1, 'paper', 'word', 'name' and 'for' in both languages, and 'fields'"));
	for (size_t i = 0; i < json_array_size(fields) && rc == BEF_OK; i++)
		rc = check_field(json_array_get(fields, i), err);
	return rc;
}

/* A later paper of the same id takes the place of the former one. */
static enum bef_rc keep(struct bef_papers *papers, const json_t *json, struct bef_err *err)
{
	const struct bef_paper paper = { bef_json_text(json, "paper"), json };

	for (size_t i = 0; i < papers->count; i++)
		if (strcmp(papers->paper[i].id, paper.id) == 0) {
			papers->paper[i] = paper;
			return BEF_OK;
		}
	if (papers->count == BEF_PAPERS_MOST)
		return bef_fail(err, BEF_USAGE, tr("more than %d papers"), BEF_PAPERS_MOST);
	papers->paper[papers->count++] = paper;
	return BEF_OK;
}

enum bef_rc bef_papers_add(struct bef_papers *papers, const char *text, size_t len, struct bef_err *err)
{
	json_t *json = NULL;
	enum bef_rc rc = bef_json_load(text, len, &json, err);

	if (rc)
		return rc;
	if (!papers->docs)
		papers->docs = json_array();
	/* Kept even if refused: it is given back with the others. */
	if (json_array_append_new(papers->docs, json) != 0)
		return bef_no_memory(err);
	rc = check(json, err);
	return rc ? rc : keep(papers, json, err);
}

void bef_papers_clear(struct bef_papers *papers)
{
	json_decref(papers->docs);
	*papers = (struct bef_papers){ .count = 0 };
}

/* --- those of the organisation --- */

static enum bef_rc add_file(void *papers, const char *path, const char *name, struct bef_err *err)
{
	BEF_AUTO(text) text = { .max = BEF_PAPER_MOST };
	enum bef_rc rc = bef_file_read(path, BEF_PAPER_MOST, &text, err);

	if (rc == BEF_OK)
		rc = bef_papers_add(papers, bef_text_str(&text), text.len, err);
	return rc ? bef_context(err, rc, "papers/%.100s", name) : BEF_OK;
}

enum bef_rc bef_papers_load(const char *dir, struct bef_papers *out, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	*out = (struct bef_papers){ .count = 0 };
	for (size_t i = 0; i < sizeof(shipped) / sizeof(*shipped) && rc == BEF_OK; i++)
		rc = bef_papers_add(out, shipped[i], strlen(shipped[i]), err);
	return rc || !dir ? rc : bef_folder_each(dir, "papers", bef_folder_json, BEF_PAPERS_MOST, add_file, out, err);
}

/* --- finding --- */

const char *bef_paper_word(const struct bef_paper *paper)
{
	const char *word = bef_both(paper->json, "word");

	return word ? word : paper->id;
}

const char *bef_paper_rule(const struct bef_paper *paper, size_t i)
{
	const json_t *rule = json_object_get(paper->json, "rule");

	if (json_is_array(rule))
		return json_string_value(json_array_get(rule, i));
	return i == 0 ? json_string_value(rule) : NULL;
}

const char *bef_paper_rule_of(const struct bef_paper *paper, const struct bef_case *c)
{
	const char *rule;

	for (size_t i = 0; (rule = bef_paper_rule(paper, i)) != NULL; i++) {
		const struct bef_clock *clock = bef_case_clock(c, rule);

		if (clock && bef_clock_is_open(clock))
			return rule;
	}
	return bef_paper_rule(paper, 0);
}

static bool is_called(const struct bef_paper *paper, const char *word)
{
	const json_t *words = json_object_get(paper->json, "word");
	const json_t *also = json_object_get(paper->json, "also");

	for (size_t i = 0; i < json_array_size(also); i++)
		if (bef_fold_equal(json_string_value(json_array_get(also, i)), word))
			return true;
	return bef_fold_equal(paper->id, word) || bef_fold_equal(bef_json_text_or(words, "en", ""), word) ||
	       bef_fold_equal(bef_json_text_or(words, "fr", ""), word);
}

static bool serves(const struct bef_paper *paper, const char *word)
{
	const char *rule;

	for (size_t i = 0; (rule = bef_paper_rule(paper, i)) != NULL; i++)
		if (bef_fold_equal(rule, word))
			return true;
	return false;
}

const struct bef_paper *bef_paper_find(const struct bef_papers *papers, const char *word)
{
	for (size_t i = 0; i < papers->count; i++)
		if (is_called(&papers->paper[i], word))
			return &papers->paper[i];
	for (size_t i = 0; i < papers->count; i++)
		if (serves(&papers->paper[i], word))
			return &papers->paper[i];
	return NULL;
}
