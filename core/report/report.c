/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

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

static enum bef_rc write_json(const struct bef_report_input *in, struct bef_text *out, struct bef_err *err)
{
	json_t *json = bef_case_json(in->c);
	char *bytes = json ? json_dumps(json, JSON_COMPACT) : NULL;

	json_decref(json);
	if (!bytes)
		return bef_no_memory(err);
	bef_text_puts(out, bytes);
	bef_text_putc(out, '\n');
	free(bytes);
	return bef_text_rc(out, err);
}

static enum bef_rc write_doc(const struct bef_report *report, const struct bef_doc_format *format,
                             const struct bef_report_input *in, struct bef_text *out, int *missing,
                             struct bef_err *err)
{
	BEF_AUTO(text) title = { .max = 4096 };
	BEF_AUTO(text) subtitle = { .max = 4096 };
	BEF_AUTO(text) footer = { .max = 4096 };
	char head[32] = "-";
	char when[BEF_DATE_SIZE];
	struct bef_doc doc = { .format = format, .out = out, .drill = in->c->drill };

	if (in->c->head_count)
		bef_head_format(&in->c->head[0], head);
	bef_text_printf(&title, "%s  %s", in->ref, bef_case_title(in->c));
	bef_text_printf(&subtitle, tr("%s, written %s (%s) by %s"), tr(report->title),
	                bef_date_format(in->now_ms, in->c->zone, BEF_DATE_FULL, when), in->c->zone, in->author);
	if (*in->organisation)
		bef_text_printf(&subtitle, ", %s", in->organisation);
	bef_text_printf(&footer, tr("%s, %zu entries, head %s. To check this record: beffroi verify --head %s"), in->ref,
	                in->c->line_count, head, head);
	doc.title = bef_text_str(&title);
	doc.subtitle = bef_text_str(&subtitle);
	doc.footer = bef_text_str(&footer);
	doc.tlp = bef_word_label(&bef_tlps, in->c->tlp);
	format->begin(&doc);
	report->write(&doc, in);
	format->end(&doc);
	*missing = doc.missing;
	return title.failed || subtitle.failed || footer.failed ? bef_no_memory(err) : bef_text_rc(out, err);
}

enum bef_rc bef_report_write(const struct bef_report *report, const char *format, const struct bef_report_input *in,
                             struct bef_text *out, int *missing, struct bef_err *err)
{
	*missing = 0;
	if (strcmp(format, "json") == 0)
		return write_json(in, out, err);
	for (const struct bef_doc_format *const *f = bef_doc_formats; *f; f++)
		if (strcmp((*f)->name, format) == 0)
			return write_doc(report, *f, in, out, missing, err);
	bef_fail(err, BEF_USAGE, tr("unknown format '%.40s'"), format);
	bef_hint(err, tr("one of: %s"), "html, md, json");
	return BEF_USAGE;
}
