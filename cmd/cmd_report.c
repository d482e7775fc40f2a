/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "act/incident.h"
#include "act/law.h"
#include "base/i18n.h"
#include "base/json.h"
#include "dossier.h"
#include "out.h"
#include "report.h"
#include "report/audience.h"
#include "report/paper.h"
#include "typeset.h"

static const struct bef_opt report_options[] = {
	BEF_TEXT(struct bef_report_opts, format, 'f', "format", "format", N_("FORMAT"), N_("html (default), md, pdf or json; csv or csv-intl for the register and the period")),
	BEF_FILE(struct bef_report_opts, output, 'o', "output", "sortie", N_("FILE"), N_("where to; - is standard output")),
	BEF_FLAG(struct bef_report_opts, overwrite, 0, "overwrite", "ecraser", N_("replace a file that is there")),
	BEF_TEXT(struct bef_report_opts, max_tlp, 0, "max-tlp", "tlp-max", N_("TLP"), N_("stix, misp: leave out what is marked above it")),
	BEF_TEXT(struct bef_report_opts, stix_extension, 0, "stix-extension", "extension-stix", N_("NAME"), N_("stix: core (default) or none, for tools that do not know the incident extension")),
	BEF_TEXT(struct bef_report_opts, audience, 0, "audience", "public", N_("READER"), N_("leave out what is not for board, insurer, authority, staff or public")),
	BEF_FLAG(struct bef_report_opts, anonymous, 0, "anonymous", "anonyme", N_("a role or a letter instead of each person's name")),
	BEF_TEXT(struct bef_report_opts, since, 0, "since", "depuis", N_("TIME"), N_("for a handover: what is new since then (8 hours)")),
	BEF_FILE(struct bef_report_opts, template, 0, "template", "modele", N_("FILE"), N_("fill a template of yours (.html, .md, .txt, .csv)")),
	BEF_FLAG(struct bef_report_opts, check, 0, "check", "verifier", N_("only say which names of the template mean nothing")),
	BEF_FLAG(struct bef_report_opts, variables, 0, "variables", "variables", N_("the names that a template may use")),
	BEF_TEXT(struct bef_report_opts, from, 0, "from", "du", N_("TIME"), N_("the period's start; without these four, this year until now")),
	BEF_TEXT(struct bef_report_opts, to, 0, "to", "au", N_("TIME"), N_("the period's end")),
	BEF_TEXT(struct bef_report_opts, year, 0, "year", "annee", N_("YEAR"), N_("the period is a year: 2025")),
	BEF_TEXT(struct bef_report_opts, month, 0, "month", "mois", N_("MONTH"), N_("the period is a month: 2025-11")),
	BEF_FLAG(struct bef_report_opts, tagged, 0, "pdf-accessible", "pdf-accessible", N_("a tagged PDF for screen readers, by weasyprint or chromium if one is here")),
	BEF_FLAG(struct bef_report_opts, list, 0, "list", "liste", N_("the documents and papers there are, and what for")),
	BEF_TEXT(struct bef_report_opts, without, 0, "without", "sans", N_("PART"), N_("dossier: leave out the evidence files (evidence)")),
	BEF_TEXT(struct bef_report_opts, redact, 0, "redact", "caviarder", N_("N,M"), N_("dossier: leave out the text of these entries")),
	BEF_TEXT(struct bef_report_opts, reason, 0, "reason", "motif", N_("TEXT"), N_("dossier: why something is left out")),
	BEF_LIST(struct bef_report_opts, recipient, 0, "recipient", "destinataire", N_("age1..."), N_("dossier: lock it for this age recipient (may be repeated)")),
	BEF_FLAG(struct bef_report_opts, passphrase, 0, "passphrase", "phrase-secrete", N_("dossier: lock it with a passphrase, asked twice")),
	BEF_FILE(struct bef_report_opts, passphrase_file, 0, "passphrase-file", "fichier-phrase", N_("FILE"), N_("dossier: the same, from the first line of a file")),
	BEF_OPT_END,
};

/* Who it is for is in the name: two documents that do not say the same are never one file. */
static void default_name(const char *word, const char *format, const struct bef_incident_row *row,
                         const struct bef_report_opts *opts, const struct bef_readership *audience, char out[BEF_PATH])
{
	char reader[32] = "";

	if (audience->reader)
		bef_fold(bef_lang() == BEF_FR ? bef_word_label(&bef_audiences, audience->reader) : audience->reader, reader, sizeof(reader));
	snprintf(out, BEF_PATH, "%s%s-%s-%s%s%s%s.%s", row->summary.drill ? tr("DRILL-") : "",
	         bef_lang() == BEF_FR ? "rapport" : "report", row->ref, word, *reader ? "-" : "", reader,
	         opts->anonymous ? tr("-anonymous") : "", format);
}

static enum bef_rc answer(struct bef_app *app, const char *path, const struct bef_text *text, int missing,
                          struct bef_err *err)
{
	struct bef_hash digest;
	char hex[BEF_HASH_HEX], size[32];
	json_t *object;
	bool ok = true;

	bef_sha256(bef_text_str(text), text->len, NULL, 0, &digest);
	bef_hex(digest.byte, sizeof(digest.byte), hex);
	if (app->g.json) {
		object = bef_json_begin("report");
		bef_json_put_text(object, "file", path, &ok);
		bef_json_put_int(object, "size", (int64_t)text->len, &ok);
		bef_json_put_text(object, "sha256", hex, &ok);
		bef_json_put_int(object, "to_complete", missing, &ok);
		return bef_put_json(object, err);
	}
	bef_put(app, BEF_STRONG, "%s", path);
	bef_put(app, BEF_PLAIN, "  %s  sha256 %.8s...%s\n", bef_size_format((int64_t)text->len, size), hex, hex + 56);
	if (missing)
		bef_talk(app, trn("%d item to complete, marked [to complete]", "%d items to complete, marked [to complete]", missing), missing);
	return BEF_OK;
}

enum bef_rc bef_report_deliver(struct bef_app *app, const struct bef_report_opts *opts, const char *name,
                               struct bef_text *text, int missing, struct bef_err *err)
{
	const char *path = opts->output ? opts->output : name;
	enum bef_rc rc = BEF_OK;

	if (opts->tagged)
		rc = bef_typeset_tagged(app, text, err);
	else if (opts->format && strcmp(opts->format, "pdf") == 0)
		rc = bef_typeset(app, text, err);
	if (rc == BEF_OK)
		rc = bef_put_file(app, path, opts->overwrite, text, err);

	return rc || strcmp(path, "-") == 0 ? rc : answer(app, path, text, missing, err);
}

void bef_report_witness(struct bef_app *app, const struct bef_report_opts *opts, const char *name)
{
	struct bef_err err = { 0 };
	char occasion[64];

	if (app->g.dry_run || (opts->output && strcmp(opts->output, "-") == 0))
		return;
	snprintf(occasion, sizeof(occasion), "report %s", name);
	bef_app_tick(app);
	if (bef_act_witness(&app->desk, occasion, &err) != BEF_OK)
		bef_talk(app, tr("no checkpoint was written: %s"), err.msg);
}

/* --- what there is --- */

static enum bef_rc put_kind(struct bef_app *app, const char *word, const char *what, const char *whom, const char *rule,
                            struct bef_err *err)
{
	BEF_AUTO(text) text = { .max = 8192 };
	json_t *object;
	bool ok = true;

	if (app->g.json) {
		object = bef_json_begin("document");
		bef_json_put_text(object, "document", word, &ok);
		bef_json_put_text(object, "name", what, &ok);
		bef_json_put_text(object, "for", whom, &ok);
		bef_json_put_text(object, "rule", rule, &ok);
		return bef_put_json(ok ? object : NULL, err);
	}
	bef_put_cell(app, BEF_STRONG, 20, word);
	bef_text_printf(&text, "%s%s%s", what, whom ? ". " : "", whom ? whom : "");
	bef_wrap_text(app, BEF_PLAIN, 20, 20, &text);
	return BEF_OK;
}

static enum bef_rc put_template(struct bef_app *app, const char *name, struct bef_err *err)
{
	char word[256];

	snprintf(word, sizeof(word), "%.*s", (int)strcspn(name, "."), name);
	return put_kind(app, word, tr("template of yours"), name, NULL, err);
}

static enum bef_rc list(struct bef_app *app, const struct bef_papers *papers, struct bef_err *err)
{
	bool fr = bef_lang() == BEF_FR;
	enum bef_rc rc = BEF_OK;

	for (const struct bef_report *const *report = bef_reports; *report && rc == BEF_OK; report++)
		rc = put_kind(app, fr ? (*report)->fr : (*report)->en, tr((*report)->title), NULL, NULL, err);
	if (rc == BEF_OK)
		rc = put_kind(app, fr ? "registre" : "register", tr("Register of personal data breaches"),
		              tr("All incidents, for the file: GDPR, article 33(5)"), "registre", err);
	for (const struct bef_export *const *export = bef_exports; *export && rc == BEF_OK; export++)
		rc = put_kind(app, (*export)->name, tr((*export)->title), NULL, NULL, err);
	if (rc == BEF_OK)
		rc = put_kind(app, "dossier", tr("Sealed dossier"),
		              tr("Journal, evidence and documents in one archive that anybody can check"), NULL, err);
	if (rc == BEF_OK)
		rc = put_kind(app, fr ? "periode" : "period", tr("Report over a period"),
		              tr("All incidents opened in it: counts, delays, causes, costs, limits"), NULL, err);
	for (size_t i = 0; i < papers->count && rc == BEF_OK; i++) {
		const struct bef_paper *paper = &papers->paper[i];

		rc = put_kind(app, bef_paper_word(paper), bef_both(paper->json, "name"), bef_both(paper->json, "for"),
		              bef_paper_rule(paper, 0), err);
	}
	if (rc == BEF_OK)
		rc = bef_report_templates(app, put_template, err);
	return rc;
}

/* --- one of them --- */

/* A document or a paper: one of the two. */
struct choice {
	const struct bef_report *report;
	const struct bef_paper *paper;
};

static const char *word_of(const struct choice *choice)
{
	if (choice->paper)
		return bef_paper_word(choice->paper);
	return bef_lang() == BEF_FR ? choice->report->fr : choice->report->en;
}

static enum bef_rc write_choice(struct bef_app *app, const struct choice *choice, const char *format,
                                struct bef_report_input *in, struct bef_text *text, int *missing, struct bef_err *err)
{
	BEF_AUTO(legal) legal = { 0 };
	BEF_AUTO_STORE *store = NULL;
	enum bef_rc rc;

	if (choice->report && !choice->report->needs_profile)
		return bef_report_write(choice->report, format, in, text, missing, err);
	rc = bef_app_read(app, &store, err);
	if (rc == BEF_OK)
		rc = bef_legal_load(&app->desk, store, &legal, err);
	in->profile = legal.profile;
	in->law = legal.law;
	if (rc == BEF_OK && choice->report)
		rc = bef_report_write(choice->report, format, in, text, missing, err);
	else if (rc == BEF_OK)
		rc = bef_paper_write(choice->paper, format, in, text, missing, err);
	return rc;
}

/* Only a document for people can leave something out. */
static enum bef_rc check_opts(const struct bef_report_opts *opts, const struct choice *choice, const char *format,
                              struct bef_err *err)
{
	bool decides = opts->audience || opts->anonymous;

	if (decides && choice->paper)
		return bef_fail(err, BEF_USAGE, "%s", tr("a paper names whoever answers for the organisation: --audience and --anonymous are for documents"));
	if (decides && strcmp(format, "json") == 0)
		return bef_fail(err, BEF_USAGE, "%s", tr("the JSON form holds everything: --audience and --anonymous are for html and md"));
	if (opts->since && (!choice->report || strcmp(choice->report->en, "handover") != 0))
		return bef_fail(err, BEF_USAGE, "%s", tr("--since is for a handover: beffroi report handover --since 08:00"));
	return BEF_OK;
}

/* Who it is for, and since when; warns before the file is there that the marking does not allow that reader. */
static enum bef_rc choose(struct bef_app *app, const struct bef_report_opts *opts, const struct bef_case *c,
                          struct bef_readership *audience, int64_t *since_ms, struct bef_err *err)
{
	const char *reader = NULL;
	enum bef_rc rc = bef_app_word(&bef_audiences, opts->audience, NULL, &reader, err);

	if (rc == BEF_OK)
		rc = bef_app_time(app, opts->since, BEF_WHEN_FACT, since_ms, err);
	if (rc == BEF_OK)
		rc = bef_readership_init(audience, reader, opts->anonymous, c, err);
	if (rc == BEF_OK && !bef_readership_may_read(reader, c->tlp))
		bef_talk(app, tr("%s does not allow this reader: decide first, then beffroi qualify --tlp"), bef_word_label(&bef_tlps, c->tlp));
	return rc;
}

static enum bef_rc write_one(struct bef_app *app, const struct bef_report_opts *opts, const struct choice *choice,
                             struct bef_err *err)
{
	const char *format = opts->format ? opts->format : "html";
	BEF_AUTO(text) text = { .max = 1 << 30 };
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	BEF_AUTO(readership) audience = { .reader = NULL };
	struct bef_report_input in;
	char path[BEF_PATH];
	int64_t since_ms = 0;
	int missing = 0;
	enum bef_rc rc = check_opts(opts, choice, format, err);

	if (rc == BEF_OK)
		rc = bef_app_case(app, &c, &row, err);
	if (rc == BEF_OK)
		rc = choose(app, opts, c, &audience, &since_ms, err);
	if (rc)
		return rc;
	in = (struct bef_report_input){ .c = c, .ref = row.ref, .organisation = app->desk.organisation,
		                        .author = app->desk.pen.author, .now_ms = app->desk.pen.now_ms,
		                        .audience = &audience, .since_ms = since_ms };
	rc = write_choice(app, choice, format, &in, &text, &missing, err);
	default_name(word_of(choice), opts->tagged ? "pdf" : format, &row, opts, &audience, path);
	if (rc == BEF_OK)
		rc = bef_report_deliver(app, opts, path, &text, missing, err);
	if (rc == BEF_OK)
		bef_report_witness(app, opts, choice->report ? choice->report->en : choice->paper->id);
	return rc;
}

static enum bef_rc report_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	struct bef_report_opts chosen = *(const struct bef_report_opts *)opts_;
	const struct bef_report_opts *opts = &chosen;
	const char *word = count > 0 ? words[0] : "full";
	struct choice choice = { .report = bef_report_find(word) };
	BEF_AUTO(papers) papers = { .count = 0 };
	char path[BEF_PATH];
	enum bef_rc rc;

	if ((opts->audience || opts->anonymous || opts->since) && !choice.report && bef_word_in_list("register,registre", word))
		return bef_fail(err, BEF_USAGE, "%s", tr("the register is whole: --audience, --anonymous and --since are for documents"));
	if (opts->variables)
		return bef_report_variables(app, err);
	if (opts->template)
		return bef_report_template(app, opts, opts->template, err);
	if (chosen.tagged)
		chosen.format = "html";
	if (!opts->list && (bef_fold_equal(word, "register") || bef_fold_equal(word, "registre")))
		return bef_report_register(app, opts, err);
	if (bef_export_find(word) && !opts->list)
		return bef_report_export(app, opts, bef_export_find(word), err);
	if (!opts->list && bef_fold_equal(word, "dossier"))
		return bef_report_dossier(app, opts, err);
	if (!opts->list && (bef_fold_equal(word, "period") || bef_fold_equal(word, "periode")))
		return bef_report_period(app, opts, err);
	if (choice.report && !opts->list)
		return write_one(app, opts, &choice, err);
	rc = bef_papers_load(app->desk.base, &papers, err);
	if (rc || opts->list)
		return rc ? rc : list(app, &papers, err);
	choice.paper = bef_paper_find(&papers, word);
	if (choice.paper)
		return write_one(app, opts, &choice, err);
	if (bef_report_template_named(app, word, path))
		return bef_report_template(app, opts, path, err);
	bef_fail(err, BEF_USAGE, tr("there is no report '%.40s'"), word);
	bef_hint(err, "%s", tr("one of: full, sitrep, board, lessons, insurer, handover, register, or a paper of: beffroi report --list"));
	return BEF_USAGE;
}

const struct bef_cmd bef_cmd_report = {
	.en = "report", .fr = "rapport",
	.group = BEF_GROUP_GESTURES,
	.summary = N_("write the report, the register, or the draft of a notification"),
	.args = N_("[full | sitrep | board | lessons | insurer | handover | register | PAPER]"),
	.about = N_("The HTML form is one file that fetches nothing: open it in any browser, print it, hand it over. What is not known says so and is counted.\n\nsitrep: where it stands, what is known, supposed, unknown, asked. board: for management, one page that suffices. lessons: for the talk right after and the one some weeks later. insurer: facts, measures, costs, evidence. handover: for whoever takes over.\n\n--audience leaves out what is not for that reader, --anonymous every name; what is left out is marked [withheld] and listed at the end.\n\nPapers are drafts made of what the journal holds; the program sends them to nobody: cnil, cnil-complement, people, complaint, claim, customer, no-notice, nis2-alert, nis2-notification, nis2-final, cra-alert, cra-notification, cra-final, dora-initial, dora-intermediate, dora-final, health, operator. Files of the same shape in the journal's directory, under papers/, take their place or come after them.\n\nregister: the register of personal data breaches (GDPR, article 33(5)), over all incidents."),
	.examples_en = "beffroi report\n"
	               "beffroi report full -f md -o -\n"
	               "beffroi report sitrep             the situation report\n"
	               "beffroi report handover --since 20:00\n"
	               "beffroi report lessons --audience staff\n"
	               "beffroi report -f json            the whole case for machines\n"
	               "beffroi report --list             the documents and papers there are\n"
	               "beffroi report cnil               draft of the notification to the CNIL\n"
	               "beffroi report register -f csv    the register, for a spreadsheet\n"
	               "beffroi report stix --max-tlp green    what may be shared, for a CERT\n"
	               "beffroi report dossier            the sealed dossier, an archive\n"
	               "beffroi report dossier --redact 12,15 --reason \"names of patients\"\n"
	               "beffroi report period --year 2025 -f pdf\n"
	               "beffroi report --template mail.md --check\n",
	.examples_fr = "beffroi rapport\n"
	               "beffroi rapport complet -f md -o -\n"
	               "beffroi rapport point              le point de situation\n"
	               "beffroi rapport releve --depuis 20h\n"
	               "beffroi rapport retex --public personnel\n"
	               "beffroi rapport -f json            tout le dossier, pour les machines\n"
	               "beffroi rapport --liste            les documents qui existent\n"
	               "beffroi rapport cnil               projet de notification à la CNIL\n"
	               "beffroi rapport registre -f csv    le registre, pour un tableur\n"
	               "beffroi rapport stix --tlp-max green   ce qui peut être partagé, pour un CERT\n"
	               "beffroi rapport dossier            le dossier scellé, une archive\n"
	               "beffroi rapport dossier --caviarder 12,15 --motif \"noms de patients\"\n"
	               "beffroi rapport periode --annee 2025 -f pdf\n"
	               "beffroi rapport --modele courriel.md --verifier\n",
	.most_words = 1,
	.opts = report_options, .opts_size = sizeof(struct bef_report_opts),
	.run = report_run,
};
