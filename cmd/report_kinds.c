/* SPDX-License-Identifier: EUPL-1.2 */
/* What 'report' can write, and the words that are not the document of one incident.  Declared in report.h. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "dossier.h"
#include "out.h"
#include "report.h"

/* One thing that can be written: a document, a paper, an export... */
struct kind {
	const char *sort, *word, *what, *whom, *rule; /* the last two or NULL */
};

static enum bef_rc put_kind(struct bef_app *app, const struct kind *kind, struct bef_err *err)
{
	BEF_AUTO(text) text = { .max = 8192 };
	json_t *object;
	bool ok = true;

	if (app->g.json) {
		object = bef_json_begin("document");
		bef_json_put_text(object, "document", kind->word, &ok);
		bef_json_put_text(object, "sort", kind->sort, &ok);
		bef_json_put_text(object, "name", kind->what, &ok);
		bef_json_put_text(object, "for", kind->whom, &ok);
		bef_json_put_text(object, "rule", kind->rule, &ok);
		return bef_put_json(ok ? object : NULL, err);
	}
	bef_put_cell(app, BEF_STRONG, 20, kind->word);
	bef_text_printf(&text, "%s%s%s", kind->what, kind->whom ? ". " : "", kind->whom ? kind->whom : "");
	bef_wrap_text(app, BEF_PLAIN, 20, 20, &text);
	return BEF_OK;
}

static enum bef_rc put_template(struct bef_app *app, const char *name, struct bef_err *err)
{
	char word[256];

	snprintf(word, sizeof(word), "%.*s", (int)strcspn(name, "."), name);
	return put_kind(app, &(struct kind){ "template", word, tr("template of yours"), name, NULL }, err);
}

static enum bef_rc put_papers(struct bef_app *app, const struct bef_papers *papers, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; i < papers->count && rc == BEF_OK; i++) {
		const struct bef_paper *paper = &papers->paper[i];

		rc = put_kind(app, &(struct kind){ "paper", bef_paper_word(paper), bef_both(paper->json, "name"),
		                                   bef_both(paper->json, "for"), bef_paper_rule(paper, 0) }, err);
	}
	return rc;
}

/* --- those that are no document of one incident --- */

static enum bef_rc run_stix(struct bef_app *app, const struct bef_report_opts *opts, struct bef_err *err)
{
	return bef_report_export(app, opts, bef_export_find("stix"), err);
}

static enum bef_rc run_misp(struct bef_app *app, const struct bef_report_opts *opts, struct bef_err *err)
{
	return bef_report_export(app, opts, bef_export_find("misp"), err);
}

static const struct special {
	const char *sort, *en, *fr, *what, *whom, *rule;
	enum bef_rc (*run)(struct bef_app *app, const struct bef_report_opts *opts, struct bef_err *err);
} specials[] = {
	{ "register", "register", "registre", N_("Register of personal data breaches"),
	  N_("All incidents, for the file: GDPR, article 33(5)"), "registre", bef_report_register },
	{ "period", "period", "periode", N_("Report over a period"),
	  N_("All incidents opened in it: counts, delays, causes, costs, limits"), NULL, bef_report_period },
	{ "dossier", "dossier", "dossier", N_("Sealed dossier"),
	  N_("Journal, evidence and documents in one archive that anybody can check"), NULL, bef_report_dossier },
	{ "export", "stix", "stix", N_("STIX 2.1 bundle, for threat-intelligence tools and CERTs"), NULL, NULL, run_stix },
	{ "export", "misp", "misp", N_("MISP event, to be imported by a MISP server"), NULL, NULL, run_misp },
};

/* The one of this word, and how it is written; NULL: there is none. */
static const struct special *special_find(const char *word)
{
	for (size_t i = 0; i < sizeof(specials) / sizeof(*specials); i++)
		if (bef_fold_equal(word, specials[i].en) || bef_fold_equal(word, specials[i].fr))
			return &specials[i];
	return NULL;
}

bool bef_report_special(struct bef_app *app, const struct bef_report_opts *opts, const char *word, enum bef_rc *rc,
                        struct bef_err *err)
{
	const struct special *special = special_find(word);
	const struct bef_sheet *sheet = bef_sheet_find(word);

	if (!special && !sheet)
		return false;
	if (opts->audience || opts->anonymous || opts->since)
		*rc = bef_fail(err, BEF_USAGE, tr("'%s' is whole: --audience, --anonymous and --since are for documents"), word);
	else
		*rc = special ? special->run(app, opts, err) : bef_report_sheet(app, opts, sheet, err);
	return true;
}

static enum bef_rc put_specials(struct bef_app *app, struct bef_err *err)
{
	bool fr = bef_lang() == BEF_FR;
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; i < sizeof(specials) / sizeof(*specials) && rc == BEF_OK; i++)
		rc = put_kind(app, &(struct kind){ specials[i].sort, fr ? specials[i].fr : specials[i].en, tr(specials[i].what),
		                                   specials[i].whom ? tr(specials[i].whom) : NULL, specials[i].rule }, err);
	for (const struct bef_sheet *sheet = bef_sheet_next(NULL); sheet && rc == BEF_OK; sheet = bef_sheet_next(sheet))
		rc = put_kind(app, &(struct kind){ "sheet", bef_sheet_word(sheet), bef_sheet_title(sheet), NULL, NULL }, err);
	return rc;
}

enum bef_rc bef_report_list(struct bef_app *app, const struct bef_papers *papers, struct bef_err *err)
{
	bool fr = bef_lang() == BEF_FR;
	enum bef_rc rc = BEF_OK;

	for (const struct bef_report *const *report = bef_reports; *report && rc == BEF_OK; report++)
		rc = put_kind(app, &(struct kind){ "document", fr ? (*report)->fr : (*report)->en, tr((*report)->title), NULL, NULL }, err);
	if (rc == BEF_OK)
		rc = put_specials(app, err);
	if (rc == BEF_OK)
		rc = put_papers(app, papers, err);
	return rc ? rc : bef_report_templates(app, put_template, err);
}
