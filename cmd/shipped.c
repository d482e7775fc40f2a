/* SPDX-License-Identifier: EUPL-1.2 */
#include "shipped.h"

#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "model/carrier.h"
#include "model/words.h"

#define BEF_SHIPPED(name, key) BEF_EMBED(name, "playbooks/" key ".json");
#include "shipped.def"
#undef BEF_SHIPPED

const struct bef_shipped bef_shipped[] = {
#define BEF_SHIPPED(name, key) { key ".json", bef_embed_##name },
#include "shipped.def"
#undef BEF_SHIPPED
	{ NULL, NULL },
};

enum { LOCAL_MOST = 200 };

static enum bef_rc load_file(const char *path, struct bef_playbook **out, struct bef_text *document,
                             struct bef_err *err)
{
	enum bef_rc rc = bef_file_read(path, BEF_PLAYBOOK_MOST, document, err);
	bool carried;

	if (rc)
		return bef_context(err, rc, "%.200s", bef_path_name(path));
	rc = bef_playbook_load(bef_text_str(document), document->len, out, err);
	/* Only what cannot be run as it is can be something that carries one. */
	if (rc == BEF_USAGE) {
		enum bef_rc opened = bef_carrier_open(document, &carried, err);

		if (opened || carried)
			rc = opened ? opened : bef_playbook_load(bef_text_str(document), document->len, out, err);
	}
	return rc ? bef_context(err, rc, "%.200s", bef_path_name(path)) : BEF_OK;
}

/* What looking for one playbook needs while passing over all of them. */
struct search {
	const char *word;
	bool (*is)(const struct bef_playbook *playbook, const char *word);
	struct bef_playbook **out;
	struct bef_text *document;
};

/* Call `fn` for the local playbooks, then for the shipped ones; `text` holds the one at hand. */
typedef enum bef_rc each_fn(void *arg, struct bef_playbook *playbook, const char *from, const struct bef_text *text,
                            bool *keep, struct bef_err *err);

static enum bef_rc visit(struct bef_playbook *playbook, const char *from, const struct bef_text *text, each_fn *fn,
                         void *arg, struct bef_err *err)
{
	bool keep = false;
	enum bef_rc rc = fn(arg, playbook, from, text, &keep, err);

	if (!keep)
		bef_playbook_free(playbook);
	return rc;
}

struct visiting {
	each_fn *fn;
	void *arg;
};

static enum bef_rc visit_local(void *visiting_, const char *path, const char *name, struct bef_err *err)
{
	const struct visiting *visiting = visiting_;
	BEF_AUTO(text) text = { 0 };
	struct bef_playbook *playbook = NULL;

	(void)name;
	if (load_file(path, &playbook, &text, NULL) != BEF_OK)
		return BEF_OK;
	return visit(playbook, path, &text, visiting->fn, visiting->arg, err);
}

/* Reading all of them takes longer than the rest of a command: those that do not even hold the word,
 * in quotes, are passed over. */
static bool may_mean(const char *document, const char *word)
{
	char quoted[128];
	char folded[100];

	if (!word)
		return true;
	bef_fold(word, folded, sizeof(folded));
	snprintf(quoted, sizeof(quoted), "\"%s\"", folded);
	return strstr(document, quoted) != NULL;
}

static enum bef_rc each_shipped(const char *word, each_fn *fn, void *arg, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (const struct bef_shipped *s = bef_shipped; s->name && rc == BEF_OK; s++) {
		BEF_AUTO(text) text = { .max = BEF_PLAYBOOK_MOST };
		struct bef_playbook *playbook = NULL;

		if (!may_mean(s->data, word))
			continue;
		bef_text_puts(&text, s->data);
		rc = bef_playbook_load(bef_text_str(&text), text.len, &playbook, err);
		if (rc == BEF_OK)
			rc = visit(playbook, "", &text, fn, arg, err);
	}
	return rc;
}

static enum bef_rc each(const char *base, const char *word, each_fn *fn, void *arg, struct bef_err *err)
{
	struct visiting visiting = { fn, arg };
	enum bef_rc rc = bef_folder_each(base, "playbooks", bef_folder_json, LOCAL_MOST, visit_local, &visiting, err);

	return rc ? rc : each_shipped(word, fn, arg, err);
}

static enum bef_rc match(void *arg, struct bef_playbook *playbook, const char *from, const struct bef_text *text,
                         bool *keep, struct bef_err *err)
{
	struct search *search = arg;

	(void)from;
	if (*search->out || !search->is(playbook, search->word))
		return BEF_OK;
	bef_text_init(search->document, BEF_PLAYBOOK_MOST);
	bef_text_puts(search->document, bef_text_str(text));
	*search->out = playbook;
	*keep = true;
	return bef_text_rc(search->document, err);
}

enum bef_rc bef_playbook_find(const char *base, const char *word, struct bef_playbook **out,
                              struct bef_text *document, struct bef_err *err)
{
	struct search search = { word, bef_playbook_is, out, document };
	const struct bef_word *type;
	enum bef_rc rc;

	*out = NULL;
	if (strchr(word, '/') || (strlen(word) > 5 && strcmp(word + strlen(word) - 5, ".json") == 0))
		return load_file(word, out, document, err);
	rc = each(base, word, match, &search, err);
	search.is = bef_playbook_is_named;
	if (rc == BEF_OK && !*out)
		rc = each(base, NULL, match, &search, err);
	if (rc == BEF_OK && !*out && bef_word_parse(&bef_types, word, &type, NULL) == BEF_OK) {
		search.is = bef_playbook_is_for;
		search.word = type->name;
		rc = each(base, type->name, match, &search, err);
	}
	if (rc || *out)
		return rc;
	bef_fail(err, BEF_NOT_FOUND, tr("there is no playbook '%s'"), BEF_SHORT(word, 60));
	bef_hint(err, "%s", tr("see them with: beffroi playbook list"));
	return BEF_NOT_FOUND;
}

struct telling {
	bef_playbook_fn *fn;
	void *arg;
};

static enum bef_rc tell(void *arg, struct bef_playbook *playbook, const char *from, const struct bef_text *text,
                        bool *keep, struct bef_err *err)
{
	const struct telling *telling = arg;

	(void)text;
	(void)keep;
	return telling->fn(telling->arg, playbook, from, err);
}

enum bef_rc bef_playbook_each(const char *base, const char *word, bef_playbook_fn *fn, void *arg, struct bef_err *err)
{
	struct telling telling = { fn, arg };

	return each(base, word, tell, &telling, err);
}

/* The playbook made for a type of incident: the first that says so. */
struct fitting {
	const char *type;
	char *key;
};

static enum bef_rc fits(void *arg, const struct bef_playbook *playbook, const char *from, struct bef_err *err)
{
	struct fitting *fitting = arg;

	(void)from;
	(void)err;
	if (!*fitting->key && bef_playbook_is_for(playbook, fitting->type))
		snprintf(fitting->key, BEF_PLAYBOOK_KEY, "%.60s", playbook->key);
	return BEF_OK;
}

enum bef_rc bef_playbook_for(const char *base, const char *type, char key[BEF_PLAYBOOK_KEY], struct bef_err *err)
{
	struct fitting fitting = { type, key };

	*key = '\0';
	return bef_playbook_each(base, type, fits, &fitting, err);
}
