/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "authoring.h"
#include "base/i18n.h"
#include "base/json.h"
#include "model/check.h"
#include "out.h"
#include "shipped.h"

/* `whole`: with the document itself. */
static enum bef_rc put_json_one(const struct bef_playbook *p, const char *from, bool whole, struct bef_err *err)
{
	json_t *object = bef_json_begin("playbook");
	bool ok = object != NULL;

	bef_json_put_text(object, "key", p->key, &ok);
	bef_json_put_text(object, "id", p->id, &ok);
	bef_json_put_text(object, "version", p->version, &ok);
	bef_json_put_text(object, "name", bef_playbook_text(p, "name"), &ok);
	bef_json_put_int(object, "steps", p->numbered, &ok);
	bef_json_put_text(object, "file", *from ? from : NULL, &ok);
	if (whole)
		bef_json_put(object, "document", json_incref(p->doc), &ok);
	return bef_put_json(ok ? object : NULL, err);
}

static enum bef_rc put_one(void *arg, const struct bef_playbook *p, const char *from, struct bef_err *err)
{
	struct bef_app *app = arg;
	BEF_AUTO(text) text = { .max = 4096 };

	if (app->g.json)
		return put_json_one(p, from, false, err);
	bef_put_cell(app, BEF_STRONG, 22, bef_playbook_handle(p));
	bef_text_tame(&text, bef_playbook_text(p, "name"), true);
	bef_text_printf(&text, trn(" (%d step)", " (%d steps)", p->numbered), p->numbered);
	if (*from)
		bef_text_printf(&text, "  %s", from);
	bef_wrap_text(app, BEF_PLAIN, 22, 22, &text);
	return BEF_OK;
}

static void put_field(struct bef_app *app, const struct bef_step *step, const char *field, const char *label)
{
	const char *text = bef_step_text(step, field);
	BEF_AUTO(text) tame = { .max = 1 << 16 };

	if (!text)
		return;
	bef_put(app, BEF_PLAIN, "     ");
	bef_put_cell(app, BEF_FAINT, 14, label);
	bef_text_tame(&tame, text, false);
	bef_wrap_text(app, BEF_PLAIN, 19, 19, &tame);
}

static void put_step(struct bef_app *app, const struct bef_step *step)
{
	BEF_AUTO(text) name = { .max = 4096 };

	bef_put(app, BEF_PLAIN, "%3d  ", step->number);
	bef_text_tame(&name, bef_step_text(step, "name"), true);
	if (step->mandatory)
		bef_text_printf(&name, " %s", tr("[mandatory]"));
	bef_wrap_text(app, BEF_STRONG, 5, 5, &name);
	put_field(app, step, bef_step_is_question(step) ? "question" : "text", "");
	put_field(app, step, "done_when", tr("Done when"));
	put_field(app, step, "do_not", tr("Do not"));
	put_field(app, step, "undo", tr("To reverse"));
}

/* --- check --- */

struct checking {
	struct bef_app *app;
	const struct bef_playbook *playbook; /* NULL: it cannot be run */
	int errors, warnings;
	struct bef_err *err;
	enum bef_rc rc;
};

static enum bef_rc put_finding_json(const struct bef_finding *f, struct bef_err *err)
{
	json_t *object = bef_json_begin("finding");
	bool ok = object != NULL;

	bef_json_put_text(object, "level", f->level == BEF_FINDING_ERROR ? "error" : "warning", &ok);
	bef_json_put_text(object, "step", f->step, &ok);
	bef_json_put_text(object, "member", f->member, &ok);
	bef_json_put_text(object, "text", f->what, &ok);
	bef_json_put_text(object, "remedy", f->remedy, &ok);
	return bef_put_json(ok ? object : NULL, err);
}

static void put_finding(void *arg, const struct bef_finding *f)
{
	struct checking *c = arg;
	int at = c->playbook ? bef_playbook_step(c->playbook, f->step) : -1;
	BEF_AUTO(text) text = { .max = 1 << 16 };

	c->errors += f->level == BEF_FINDING_ERROR;
	c->warnings += f->level == BEF_FINDING_WARNING;
	if (c->app->g.json) {
		c->rc = c->rc ? c->rc : put_finding_json(f, c->err);
		return;
	}
	bef_put_cell(c->app, f->level == BEF_FINDING_ERROR ? BEF_BAD : BEF_WARN, 9,
	             f->level == BEF_FINDING_ERROR ? tr("ERROR") : tr("warning"));
	if (at >= 0 && c->playbook->step[at].number)
		bef_text_printf(&text, tr("step %d, "), c->playbook->step[at].number);
	if (f->step)
		bef_text_printf(&text, "%.80s, ", f->step);
	if (f->member)
		bef_text_printf(&text, "%.80s: ", f->member);
	bef_text_printf(&text, "%s -> %s", f->what, f->remedy);
	bef_wrap_text(c->app, BEF_PLAIN, 9, 9, &text);
}

/* All that is wrong, whether or not it can be run. */
static enum bef_rc check(struct bef_app *app, const char *word, struct bef_err *err)
{
	struct checking c = { .app = app, .err = err };
	struct bef_playbook *playbook = NULL;
	BEF_AUTO(text) document = { 0 };
	struct bef_err fault = { 0 };
	json_t *doc = NULL;
	enum bef_rc rc = bef_playbook_find(app->desk.base, word, &playbook, &document, &fault);

	c.playbook = playbook;
	if (rc == BEF_OK)
		rc = put_one(app, playbook, word, err);
	else if (rc == BEF_USAGE && bef_json_load(bef_text_str(&document), document.len, &doc, NULL) != BEF_OK)
		doc = NULL;
	if (rc == BEF_OK || doc)
		bef_playbook_check(playbook ? playbook->doc : doc, playbook, put_finding, &c);
	json_decref(doc);
	if (rc && !playbook)
		*err = fault;
	bef_playbook_free(playbook);
	if (rc || c.rc)
		return rc ? rc : c.rc;
	if (!app->g.json)
		bef_put(app, c.errors ? BEF_BAD : BEF_GOOD, tr("It can be run. Against the standard: %d; to look at: %d.\n"),
		        c.errors, c.warnings);
	return c.errors ? BEF_ATTENTION : BEF_OK;
}

static enum bef_rc show(struct bef_app *app, const char *word, struct bef_err *err)
{
	struct bef_playbook *playbook = NULL;
	BEF_AUTO(text) document = { 0 };
	enum bef_rc rc = bef_playbook_find(app->desk.base, word, &playbook, &document, err);

	if (rc)
		return rc;
	if (app->g.json)
		rc = put_json_one(playbook, "", true, err);
	else {
		bef_put(app, BEF_STRONG, "%s", bef_playbook_text(playbook, "name"));
		bef_put(app, BEF_FAINT, "   %s %s\n\n", playbook->key, playbook->version);
		for (int n = 1; n <= playbook->numbered; n++)
			put_step(app, bef_playbook_number(playbook, n));
	}
	bef_playbook_free(playbook);
	return rc;
}

static const struct bef_opt playbook_options[] = {
	BEF_FILE(struct bef_playbook_opts, output, 'o', "output", "sortie", N_("FILE"), N_("where to write (- is standard output)")),
	BEF_TEXT(struct bef_playbook_opts, present, 0, "present", "presents", N_("ROLES"), N_("with simulate: the roles that somebody fills, between commas")),
	BEF_FLAG(struct bef_playbook_opts, overwrite, 0, "overwrite", "ecraser", N_("replace a file that is there")),
	BEF_OPT_END,
};

enum gesture { LIST, SHOW, CHECK, SIMULATE, PRINT, IMPORT, EXPORT, NEW, COMPETENCIES, NONE };

static enum gesture find_gesture(const char *word)
{
	static const char *const names[NONE] = {
		"list,liste", "show,voir", "check,verifier", "simulate,simuler", "print,imprimer", "import,importer",
		"export,exporter", "new,nouvelle,creer", "competencies,competences",
	};
	char folded[40];

	bef_fold(word, folded, sizeof(folded));
	for (int i = 0; i < NONE; i++)
		if (bef_word_in_list(names[i], folded))
			return (enum gesture)i;
	return NONE;
}

static enum bef_rc do_gesture(struct bef_app *app, enum gesture gesture, const char *word,
                              const struct bef_playbook_opts *opts, struct bef_err *err)
{
	switch (gesture) {
	case CHECK:
		return check(app, word, err);
	case SIMULATE:
		return bef_playbook_simulate(app, word, opts->present, err);
	case PRINT:
		return bef_playbook_print(app, word, opts, err);
	case IMPORT:
		return bef_playbook_import(app, word, opts, err);
	case EXPORT:
		return bef_playbook_export(app, word, opts, err);
	case NEW:
		return bef_playbook_new(app, word, opts, err);
	case COMPETENCIES:
		return bef_playbook_competencies(app, word, err);
	default:
		return show(app, word, err);
	}
}

static enum bef_rc playbook_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct bef_playbook_opts *opts = opts_;
	enum gesture gesture = count > 0 ? find_gesture(words[0]) : LIST;

	if (gesture == LIST && count <= 1)
		return bef_playbook_each(app->desk.base, NULL, put_one, app, err);
	if (gesture == COMPETENCIES && count == 1)
		return bef_playbook_competencies(app, NULL, err);
	if (gesture == NONE && count == 1)
		return show(app, words[0], err);
	if (gesture != NONE && gesture != LIST && count == 2)
		return do_gesture(app, gesture, words[1], opts, err);
	bef_fail(err, BEF_USAGE, "%s", tr("which playbook?"));
	bef_hint(err, "%s", tr("beffroi playbook list   or: beffroi playbook show ransomware"));
	return BEF_USAGE;
}

const struct bef_cmd bef_cmd_playbook = {
	.en = "playbook", .fr = "fiche", .also = "fiches,playbooks",
	.group = BEF_GROUP_HOUSE,
	.summary = N_("list, read, check and write playbooks"),
	.args = N_("[list | show NAME | check FILE | simulate NAME | print NAME | new FILE | import FILE | export NAME | competencies]"),
	.about = N_("Playbooks are CACAO 2.0 files. Those in the journal's directory, under playbooks/, come before those that the program carries. 'new' makes one from a plain outline: numbered steps, with lines such as role:, within:, if:, why: below them."),
	.examples_en = "beffroi playbook\n"
	               "beffroi playbook show ransomware\n"
	               "beffroi playbook print ransomware -o sheet.html     boxes to tick, for paper\n"
	               "beffroi playbook new outline.txt                    a playbook from numbered lines\n"
	               "beffroi playbook import theirs.json\n",
	.examples_fr = "beffroi fiche\n"
	               "beffroi fiche voir rancongiciel\n"
	               "beffroi fiche imprimer rancongiciel -o fiche.html   des cases à cocher, sur papier\n"
	               "beffroi fiche nouvelle plan.txt                     une fiche à partir de lignes numérotées\n"
	               "beffroi fiche importer la-leur.json\n",
	.most_words = 2,
	.opts = playbook_options, .opts_size = sizeof(struct bef_playbook_opts),
	.run = playbook_run,
};
