/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/i18n.h"
#include "report.h"

static const struct bef_opt report_options[] = {
	BEF_TEXT(struct bef_report_opts, format, 'f', "format", "format", N_("FORMAT"), N_("html (default), md, pdf or json; csv or csv-intl for lists, the register and the period")),
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
	BEF_FLAG(struct bef_report_opts, timestamp, 0, "timestamp", "horodatage", N_("dossier: ask the authority of the configuration ([timestamp]) for a time stamp")),
	BEF_OPT_END,
};

static enum bef_rc no_report(const char *word, struct bef_err *err)
{
	bef_fail(err, BEF_USAGE, tr("there is no report '%s'"), BEF_SHORT(word, 40));
	bef_hint(err, "%s", tr("see what there is: beffroi report --list"));
	return BEF_USAGE;
}

static enum bef_rc report_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	struct bef_report_opts opts = *(const struct bef_report_opts *)opts_;
	const char *word = count > 0 ? words[0] : "full";
	struct bef_report_choice choice = { .report = bef_report_find(word) };
	BEF_AUTO(papers) papers = { .count = 0 };
	char path[BEF_PATH];
	enum bef_rc rc;

	if (opts.variables)
		return bef_report_variables(app, err);
	if (opts.template)
		return bef_report_template(app, &opts, opts.template, err);
	if (opts.tagged)
		opts.format = "html";
	if (!opts.list && bef_report_special(app, &opts, word, &rc, err))
		return rc;
	if (choice.report && !opts.list)
		return bef_report_one(app, &opts, &choice, err);
	rc = bef_papers_load(app->desk.base, &papers, err);
	if (rc || opts.list)
		return rc ? rc : bef_report_list(app, &papers, err);
	choice.paper = bef_paper_find(&papers, word);
	if (choice.paper)
		return bef_report_one(app, &opts, &choice, err);
	return bef_report_template_named(app, word, path) ? bef_report_template(app, &opts, path, err) : no_report(word, err);
}

const struct bef_cmd bef_cmd_report = {
	.en = "report", .fr = "rapport",
	.group = BEF_GROUP_GESTURES,
	.summary = N_("write a document, a paper, an export or the sealed dossier"),
	.args = N_("[full | sitrep | board | lessons | insurer | handover | PAPER | register | period | dossier | stix | misp | LIST | TEMPLATE]"),
	.about = N_("The HTML form is one file that fetches nothing: open it in any browser, print it, hand it over. What is not known says so and is counted. --list names all there is, and what for.\n\nDocuments: full, for whoever must have everything; sitrep, where it stands; board, one page for management; lessons, for the talk right after and the one some weeks later; insurer; handover, for whoever takes over. --audience leaves out what is not for that reader, --anonymous every name; what is left out is marked [withheld] and listed at the end.\n\nPapers are drafts made of what the journal holds; the program sends them to nobody. Files of the same shape in the journal's directory, under papers/, take their place or come after them; templates of yours lie under templates/.\n\nOver all incidents: register (GDPR, article 33(5)), period.\n\nLists for a spreadsheet, in CSV: costs, deadlines, assets, observables, evidence.\n\ndossier: one archive with the journal, the evidence, the documents, the playbooks followed, and what checks them: 'verify FILE', or jq and sha256sum alone. It can be locked for age recipients or by a passphrase. A text that is left out keeps its place, and the check still holds.\n\nstix, misp: the case for the tools of others, in English and always with the same identifiers. The bundle also says what the incident did (assets out of use, personal data, costs), as far as the journal records it; the event carries the situation report. Marked above --max-tlp, they stay."),
	.examples_en = "beffroi report\n"
	               "beffroi report full -f md -o -\n"
	               "beffroi report sitrep             the situation report\n"
	               "beffroi report handover --since 20:00\n"
	               "beffroi report lessons --audience staff\n"
	               "beffroi report -f json            the whole case for machines\n"
	               "beffroi report --list             the documents and papers there are\n"
	               "beffroi report cnil               draft of the notification to the CNIL\n"
	               "beffroi report register -f csv    the register, for a spreadsheet\n"
	               "beffroi report costs              the costs, for a spreadsheet\n"
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
	               "beffroi rapport couts              les coûts, pour un tableur\n"
	               "beffroi rapport stix --tlp-max green   ce qui peut être partagé, pour un CERT\n"
	               "beffroi rapport dossier            le dossier scellé, une archive\n"
	               "beffroi rapport dossier --caviarder 12,15 --motif \"noms de patients\"\n"
	               "beffroi rapport periode --annee 2025 -f pdf\n"
	               "beffroi rapport --modele courriel.md --verifier\n",
	.most_words = 1,
	.opts = report_options, .opts_size = sizeof(struct bef_report_opts),
	.run = report_run,
};
