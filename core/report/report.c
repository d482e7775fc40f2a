/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/parts.h"

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

/* --- what is missing, counted before anything is written: the head says so --- */

static void count_nothing(struct bef_doc *doc)
{
	(void)doc;
}

static void count_heading(struct bef_doc *doc, int level, const char *text)
{
	(void)doc;
	(void)level;
	(void)text;
}

static void count_text(struct bef_doc *doc, const char *text)
{
	(void)doc;
	(void)text;
}

static void count_table(struct bef_doc *doc, const char *caption, const char *const *columns, int count)
{
	(void)doc;
	(void)caption;
	(void)columns;
	(void)count;
}

static void count_cell(struct bef_doc *doc, const char *text, bool first, bool last)
{
	(void)doc;
	(void)text;
	(void)first;
	(void)last;
}

static void count_field(struct bef_doc *doc, const char *label, const char *help, const char *value, bool missing)
{
	(void)doc;
	(void)label;
	(void)help;
	(void)value;
	(void)missing;
}

static const struct bef_doc_format counting = {
	.name = "", .extension = "",
	.begin = count_nothing, .heading = count_heading, .paragraph = count_text,
	.table_begin = count_table, .cell = count_cell, .table_end = count_nothing, .field = count_field,
	.figure = count_text, .end = count_nothing,
};

static int count_missing(const struct bef_report *report, const struct bef_report_input *in)
{
	BEF_AUTO(text) nothing = { .max = 1 };
	struct bef_doc doc = { .format = &counting, .out = &nothing, .audience = in->audience };

	report->write(&doc, in);
	if (in->audience)
		memset(in->audience->count, 0, sizeof(in->audience->count));
	return doc.missing;
}

/* --- the head band and the foot of a document about one incident --- */

struct band {
	struct bef_text title, subtitle, footer, draft;
};

static void band_clear(struct band *band)
{
	bef_text_clear(&band->title);
	bef_text_clear(&band->subtitle);
	bef_text_clear(&band->footer);
	bef_text_clear(&band->draft);
}

/* What may be shown of it instead of the text. */
static void screen(const struct bef_report_input *in, struct bef_text *text)
{
	BEF_AUTO(text) shown = { .max = text->max };
	bool failed = text->failed;

	if (!in->audience)
		return;
	bef_text_puts(&shown, bef_readership_text(in->audience, bef_text_str(text), &failed));
	bef_text_clear(text);
	bef_text_puts(text, bef_text_str(&shown));
	text->failed = text->failed || failed || shown.failed;
}

static void set_draft(struct band *band, const struct bef_report_input *in, int missing)
{
	const char *reader = in->audience ? in->audience->reader : NULL;

	if (missing)
		bef_text_printf(&band->draft, trn("DRAFT: %d item to complete", "DRAFT: %d items to complete", missing), missing);
	if (!bef_readership_may_read(reader, in->c->tlp))
		bef_text_printf(&band->draft, tr("%sNOT TO BE HANDED OVER: %s does not allow this reader (%s)"), missing ? ". " : "",
		                bef_word_label(&bef_tlps, in->c->tlp), bef_word_label(&bef_audiences, reader));
}

static bool set_band(struct bef_doc *doc, const char *what, const struct bef_report_input *in, struct band *band)
{
	char head[32] = "-";
	char when[BEF_DATE_SIZE];

	if (in->c->head_count)
		bef_head_format(&in->c->head[0], head);
	bef_text_printf(&band->title, "%s  %s", in->ref, bef_case_title(in->c));
	bef_text_printf(&band->subtitle, tr("%s, written %s (%s) by %s"), what,
	                bef_date_format(in->now_ms, in->c->zone, BEF_DATE_FULL, when), in->c->zone, in->author);
	if (*in->organisation)
		bef_text_printf(&band->subtitle, ", %s", in->organisation);
	bef_text_printf(&band->footer, tr("%s, %zu entries, head %s. To check this record: beffroi verify --head %s"), in->ref,
	                in->c->line_count, head, head);
	bef_text_printf(&band->footer, " (beffroi %s)", BEF_VERSION);
	screen(in, &band->title);
	screen(in, &band->subtitle);
	doc->title = bef_text_str(&band->title);
	doc->subtitle = bef_text_str(&band->subtitle);
	doc->footer = bef_text_str(&band->footer);
	doc->draft = band->draft.len ? bef_text_str(&band->draft) : NULL;
	doc->tlp = bef_word_label(&bef_tlps, in->c->tlp);
	return !band->title.failed && !band->subtitle.failed && !band->footer.failed && !band->draft.failed;
}

static enum bef_rc frame(struct band *band, const char *title, const char *format, const struct bef_report_input *in,
                         bef_report_fn *fn, const void *what, struct bef_text *out, int *missing, struct bef_err *err)
{
	struct bef_doc doc = { .out = out, .drill = in->c->drill, .audience = in->audience };

	doc.format = bef_doc_format_find(format);
	if (!doc.format) {
		bef_fail(err, BEF_USAGE, tr("unknown format '%.40s'"), format);
		bef_hint(err, tr("one of: %s"), "html, md, pdf, json");
		return BEF_USAGE;
	}
	if (!set_band(&doc, title, in, band))
		return bef_no_memory(err);
	doc.format->begin(&doc);
	fn(&doc, in, what);
	bef_part_withheld(&doc);
	doc.format->end(&doc);
	*missing = doc.missing;
	return bef_text_rc(out, err);
}

#define BAND { .title.max = 4096, .subtitle.max = 4096, .footer.max = 4096, .draft.max = 4096 }

enum bef_rc bef_report_frame(const char *title, const char *format, const struct bef_report_input *in,
                             bef_report_fn *fn, const void *what, struct bef_text *out, int *missing,
                             struct bef_err *err)
{
	struct band band = BAND;
	enum bef_rc rc = frame(&band, title, format, in, fn, what, out, missing, err);

	band_clear(&band);
	return rc;
}

static void write_body(struct bef_doc *doc, const struct bef_report_input *in, const void *what)
{
	const struct bef_report *report = what;

	report->write(doc, in);
}

/* The whole case, and what is computed from it for the documents. */
static enum bef_rc write_json(const struct bef_report_input *in, struct bef_text *out, struct bef_err *err)
{
	json_t *object = bef_case_json(in->c);
	struct bef_metrics metrics;
	bool ok = object != NULL;

	bef_metrics_of(in->c, in->now_ms, &metrics);
	bef_json_put(object, "metrics", bef_metrics_json(&metrics), &ok);
	bef_json_put(object, "services", bef_services_json(in->c, in->now_ms), &ok);
	if (ok)
		return bef_json_line(object, out, err);
	json_decref(object);
	return bef_no_memory(err);
}

enum bef_rc bef_report_write(const struct bef_report *report, const char *format, const struct bef_report_input *in,
                             struct bef_text *out, int *missing, struct bef_err *err)
{
	struct band band = BAND;
	enum bef_rc rc;

	*missing = 0;
	if (strcmp(format, "json") == 0)
		return write_json(in, out, err);
	set_draft(&band, in, count_missing(report, in));
	rc = frame(&band, tr(report->title), format, in, write_body, report, out, missing, err);
	band_clear(&band);
	return rc;
}
