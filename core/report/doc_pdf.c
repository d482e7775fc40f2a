/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * For paper: what the document holds, one JSON object per line, as beffroi-pdf
 * reads it.  Pages are set by that program, so that this one neither links nor
 * loads a PDF library.
 */
#include "base/i18n.h"
#include "base/json.h"
#include "report/doc.h"

static void string(struct bef_doc *doc, const char *text, bool one_line)
{
	BEF_AUTO(text) tame = { .max = doc->out->max };

	bef_text_tame(&tame, text, one_line);
	doc->out->failed = doc->out->failed || tame.failed;
	bef_json_string(doc->out, bef_text_str(&tame));
}

static void member(struct bef_doc *doc, const char *key, const char *text, bool one_line)
{
	bef_text_printf(doc->out, ",\"%s\":", key);
	string(doc, text, one_line);
}

static void begin(struct bef_doc *doc)
{
	bef_text_puts(doc->out, "{\"type\":\"begin\"");
	member(doc, "title", doc->title, true);
	member(doc, "subtitle", doc->subtitle, true);
	member(doc, "tlp", doc->tlp, true);
	member(doc, "draft", doc->draft ? doc->draft : "", true);
	member(doc, "footer", doc->footer, true);
	member(doc, "lang", bef_lang_name(bef_lang()), true);
	member(doc, "drill", doc->drill ? tr("DRILL - DRILL - DRILL") : "", true);
	bef_text_puts(doc->out, "}\n");
}

static void heading(struct bef_doc *doc, int level, const char *text)
{
	bef_text_printf(doc->out, "{\"type\":\"heading\",\"level\":%d", level);
	member(doc, "text", text, true);
	bef_text_puts(doc->out, "}\n");
}

static void paragraph(struct bef_doc *doc, const char *text)
{
	bef_text_puts(doc->out, "{\"type\":\"paragraph\"");
	member(doc, "text", text, false);
	bef_text_puts(doc->out, "}\n");
}

static void table_begin(struct bef_doc *doc, const char *caption, const char *const *columns, int count)
{
	bef_text_puts(doc->out, "{\"type\":\"table\"");
	member(doc, "caption", caption, true);
	bef_text_puts(doc->out, ",\"columns\":[");
	for (int i = 0; i < count; i++) {
		bef_text_puts(doc->out, i ? "," : "");
		string(doc, columns[i], true);
	}
	bef_text_puts(doc->out, "]}\n");
}

static void cell(struct bef_doc *doc, const char *text, bool first, bool last)
{
	bef_text_puts(doc->out, first ? "{\"type\":\"row\",\"cells\":[" : ",");
	string(doc, text, false);
	if (last)
		bef_text_puts(doc->out, "]}\n");
}

static void table_end(struct bef_doc *doc)
{
	bef_text_puts(doc->out, "{\"type\":\"table_end\"}\n");
}

static void field(struct bef_doc *doc, const char *label, const char *help, const char *value, bool missing)
{
	bef_text_puts(doc->out, "{\"type\":\"field\"");
	member(doc, "label", label, true);
	member(doc, "value", value, false);
	member(doc, "help", help, false);
	bef_text_printf(doc->out, ",\"missing\":%s}\n", missing ? "true" : "false");
}

static void figure(struct bef_doc *doc, const char *svg)
{
	bef_text_puts(doc->out, "{\"type\":\"figure\"");
	member(doc, "svg", svg, false);
	bef_text_puts(doc->out, "}\n");
}

static void end(struct bef_doc *doc)
{
	bef_text_puts(doc->out, "{\"type\":\"end\"}\n");
}

const struct bef_doc_format bef_doc_pdf = {
	.name = "pdf", .extension = "pdf",
	.begin = begin, .heading = heading, .paragraph = paragraph,
	.table_begin = table_begin, .cell = cell, .table_end = table_end, .field = field,
	.figure = figure, .end = end,
};
