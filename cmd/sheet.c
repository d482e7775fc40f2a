/* SPDX-License-Identifier: EUPL-1.2 */
/* A playbook on paper: boxes to tick, two times, a signature.  One HTML file that fetches nothing. */
#include <stdlib.h>

#include "authoring.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"
#include "report/doc.h"
#include "shipped.h"

static const char style[] =
	"@page{size:A4;margin:14mm 12mm}body{font:10.5pt/1.35 sans-serif;color:#000;margin:0 auto;max-width:186mm}"
	"h1{font-size:16pt;margin:0 0 2mm}p{margin:0 0 1mm}table{border-collapse:collapse;width:100%}"
	"th,td{border:.3mm solid #000;padding:1.2mm;vertical-align:top;text-align:left}thead{display:table-header-group}"
	"tr{page-break-inside:avoid}.n{width:9mm;text-align:right}.b{width:16mm;white-space:nowrap}.t{width:17mm}.s{width:24mm}"
	".w{font-size:8.5pt}.m{font-weight:bold}.q{font-style:italic}footer{font-size:8.5pt;margin-top:3mm}";

static void put(struct bef_text *out, const char *before, const char *text, const char *after)
{
	if (!text || !*text)
		return;
	bef_text_puts(out, before);
	bef_doc_escape(out, text, false, bef_doc_html_instead);
	bef_text_puts(out, after);
}

static void put_labelled(struct bef_text *out, const char *label, const char *text)
{
	if (!text)
		return;
	put(out, "<p class=\"w\"><b>", label, "</b>");
	bef_text_printf(out, tr(": %s"), "");
	put(out, "", text, "</p>");
}

/* Boxes fit the step: done or failed, yes or no, one for each case. */
static void put_boxes(struct bef_text *out, const struct bef_step *step)
{
	if (step->type == BEF_STEP_SWITCH) {
		for (int i = 0; i < step->way_count; i++)
			put(out, "&#9744; ", step->way[i].value, "<br>");
		return;
	}
	put(out, "&#9744; ", bef_step_is_question(step) ? tr("yes") : tr("done"), "<br>");
	put(out, "&#9744; ", bef_step_is_question(step) ? tr("no") : tr("skipped"), "<br>");
	if (!bef_step_is_question(step))
		put(out, "&#9744; ", tr("failed"), "");
}

static void put_step(struct bef_text *out, const struct bef_playbook *p, const struct bef_step *step)
{
	char span[BEF_DATE_SIZE];

	bef_text_printf(out, "<tr><td class=\"n\">%d</td><td>", step->number);
	put(out, "<p class=\"m\">", bef_step_text(step, "name"), "</p>");
	if (step->mandatory)
		put(out, "<p class=\"w\">", tr("[mandatory]"), "</p>");
	put(out, bef_step_is_question(step) ? "<p class=\"q\">" : "<p>", bef_step_text(step, bef_step_is_question(step) ? "question" : "text"),
	    "</p>");
	put_labelled(out, tr("Done when"), bef_step_text(step, "done_when"));
	put_labelled(out, tr("Do not"), bef_step_text(step, "do_not"));
	put_labelled(out, tr("Proof"), bef_step_text(step, "proof"));
	if (step->on_failure >= 0 && p->step[step->on_failure].number)
		bef_text_printf(out, tr("<p class=\"w\">If it fails: step %d</p>"), p->step[step->on_failure].number);
	put(out, "</td><td>", bef_word_label(&bef_roles, bef_step_role(step)), "");
	if (step->within_ms)
		put(out, "<br><span class=\"w\">", bef_span_format(step->within_ms, span), "</span>");
	bef_text_puts(out, "</td><td class=\"b\">");
	put_boxes(out, step);
	bef_text_puts(out, "</td><td class=\"t\"></td><td class=\"t\"></td><td class=\"s\"></td></tr>\n");
}

static void put_sheet(struct bef_text *out, const struct bef_playbook *p)
{
	bef_text_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
	                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
	                     "<title>", bef_lang_name(bef_lang()));
	put(out, "", bef_playbook_text(p, "name"), "");
	bef_text_printf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n", style);
	put(out, "<h1>", bef_playbook_text(p, "name"), "</h1>\n");
	put(out, "<p>", bef_playbook_text(p, "description"), "</p>\n");
	bef_text_printf(out, "<p>%s ____________________ &nbsp; %s ____ / ____ / ________ &nbsp; %s ____________________</p>\n",
	                tr("Incident:"), tr("Date:"), tr("Kept by:"));
	bef_text_printf(out, "<table>\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
	                     "<th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
	                     "</tr></thead>\n<tbody>\n",
	                tr("No."), tr("Step"), tr("Who, within"), tr("Tick"), tr("Time"), tr("Typed in"), tr("Name, signature"));
	for (int n = 1; n <= p->numbered; n++)
		put_step(out, p, bef_playbook_number(p, n));
	bef_text_puts(out, "</tbody>\n</table>\n</main>\n");
	bef_text_printf(out, "<footer><p>%s %s &nbsp; ", p->id, p->version);
	put(out, "", tr("To type it in afterwards, with the times on paper: beffroi run --from-paper"), "</p></footer>\n</body>\n</html>\n");
}

enum bef_rc bef_playbook_print(struct bef_app *app, const char *word, const struct bef_playbook_opts *to, struct bef_err *err)
{
	struct bef_playbook *playbook = NULL;
	BEF_AUTO(text) document = { 0 };
	BEF_AUTO(text) sheet = { .max = 8 << 20 };
	char name[100];
	enum bef_rc rc = bef_playbook_find(app->desk.base, word, &playbook, &document, err);

	if (rc)
		return rc;
	put_sheet(&sheet, playbook);
	rc = bef_text_rc(&sheet, err);
	snprintf(name, sizeof(name), "%.80s.html", bef_path_name(playbook->key));
	bef_playbook_free(playbook);
	return rc ? rc : bef_put_file(app, to->output ? to->output : name, to->overwrite, &sheet, err);
}
