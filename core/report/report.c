/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

#define BEF_REPORT(name) extern const struct bef_report bef_report_##name;
#include "report/reports.def"
#undef BEF_REPORT

const struct bef_report *const bef_reports[] = {
#define BEF_REPORT(name) &bef_report_##name,
#include "report/reports.def"
#undef BEF_REPORT
	NULL,
};

const struct bef_report *bef_report_find(const char *word)
{
	for (const struct bef_report *const *report = bef_reports; *report; report++)
		if (bef_fold_equal(word, (*report)->en) || bef_fold_equal(word, (*report)->fr))
			return *report;
	return NULL;
}

/* The head band and the foot of a document about one incident; borrows the three texts. */
static bool set_band(struct bef_doc *doc, const char *what, const struct bef_report_input *in, struct bef_text *title,
                     struct bef_text *subtitle, struct bef_text *footer)
{
	char head[32] = "-";
	char when[BEF_DATE_SIZE];

	if (in->c->head_count)
		bef_head_format(&in->c->head[0], head);
	bef_text_printf(title, "%s  %s", in->ref, bef_case_title(in->c));
	bef_text_printf(subtitle, tr("%s, written %s (%s) by %s"), what,
	                bef_date_format(in->now_ms, in->c->zone, BEF_DATE_FULL, when), in->c->zone, in->author);
	if (*in->organisation)
		bef_text_printf(subtitle, ", %s", in->organisation);
	bef_text_printf(footer, tr("%s, %zu entries, head %s. To check this record: beffroi verify --head %s"), in->ref,
	                in->c->line_count, head, head);
	doc->title = bef_text_str(title);
	doc->subtitle = bef_text_str(subtitle);
	doc->footer = bef_text_str(footer);
	doc->tlp = bef_word_label(&bef_tlps, in->c->tlp);
	return !title->failed && !subtitle->failed && !footer->failed;
}

enum bef_rc bef_report_frame(const char *title, const char *format, const struct bef_report_input *in,
                             bef_report_fn *fn, const void *what, struct bef_text *out, int *missing,
                             struct bef_err *err)
{
	BEF_AUTO(text) titles = { .max = 4096 };
	BEF_AUTO(text) subtitle = { .max = 4096 };
	BEF_AUTO(text) footer = { .max = 4096 };
	struct bef_doc doc = { .out = out, .drill = in->c->drill };

	doc.format = bef_doc_format_find(format);
	if (!doc.format) {
		bef_fail(err, BEF_USAGE, tr("unknown format '%.40s'"), format);
		bef_hint(err, tr("one of: %s"), "html, md, json");
		return BEF_USAGE;
	}
	if (!set_band(&doc, title, in, &titles, &subtitle, &footer))
		return bef_no_memory(err);
	doc.format->begin(&doc);
	fn(&doc, in, what);
	doc.format->end(&doc);
	*missing = doc.missing;
	return bef_text_rc(out, err);
}

static void write_body(struct bef_doc *doc, const struct bef_report_input *in, const void *what)
{
	const struct bef_report *report = what;

	report->write(doc, in);
}

enum bef_rc bef_report_write(const struct bef_report *report, const char *format, const struct bef_report_input *in,
                             struct bef_text *out, int *missing, struct bef_err *err)
{
	*missing = 0;
	if (strcmp(format, "json") == 0)
		return bef_json_line(bef_case_json(in->c), out, err);
	return bef_report_frame(tr(report->title), format, in, write_body, report, out, missing, err);
}
