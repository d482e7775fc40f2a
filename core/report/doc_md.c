/* SPDX-License-Identifier: EUPL-1.2 */
/* Markdown (CommonMark with tables), for those who will rewrite it. */
#include <string.h>

#include "base/i18n.h"
#include "report/doc.h"

/* Everything that could mean something to a Markdown or HTML reader is escaped. */
static void escaped(struct bef_text *out, const char *text, bool one_line)
{
	BEF_AUTO(text) tame = { .max = out->max };

	bef_text_tame(&tame, text, one_line);
	if (tame.failed)
		out->failed = true;
	for (const char *c = bef_text_str(&tame); *c; c++) {
		if (*c == '<')
			bef_text_puts(out, "&lt;");
		else if (*c == '&')
			bef_text_puts(out, "&amp;");
		else if (strchr("\\`*_{}[]()#+-.!|>~=:@$", *c) && *c != '.' && *c != ':' && *c != '(' && *c != ')')
			bef_text_printf(out, "\\%c", *c);
		else if (*c == '\n')
			bef_text_puts(out, "  \n");
		else
			bef_text_putc(out, *c);
	}
}

static void begin(struct bef_doc *doc)
{
	bef_text_puts(doc->out, "# ");
	if (doc->drill)
		bef_text_printf(doc->out, "%s ", tr("DRILL - DRILL - DRILL"));
	escaped(doc->out, doc->title, true);
	bef_text_puts(doc->out, "\n\n**");
	escaped(doc->out, doc->tlp, true);
	bef_text_puts(doc->out, "**  \n");
	escaped(doc->out, doc->subtitle, true);
	bef_text_puts(doc->out, "\n\n");
}

static void heading(struct bef_doc *doc, int level, const char *text)
{
	bef_text_printf(doc->out, "\n%.*s ", level, "######");
	escaped(doc->out, text, true);
	bef_text_puts(doc->out, "\n\n");
}

static void paragraph(struct bef_doc *doc, const char *text)
{
	escaped(doc->out, text, false);
	bef_text_puts(doc->out, "\n\n");
}

static void table_begin(struct bef_doc *doc, const char *caption, const char *const *columns, int count)
{
	if (*caption) {
		bef_text_puts(doc->out, "*");
		escaped(doc->out, caption, true);
		bef_text_puts(doc->out, "*\n\n");
	}
	for (int i = 0; i < count; i++) {
		bef_text_puts(doc->out, "| ");
		escaped(doc->out, columns[i], true);
		bef_text_putc(doc->out, ' ');
	}
	bef_text_puts(doc->out, "|\n");
	for (int i = 0; i < count; i++)
		bef_text_puts(doc->out, "| --- ");
	bef_text_puts(doc->out, "|\n");
}

static void cell(struct bef_doc *doc, const char *text, bool first, bool last)
{
	(void)first;
	bef_text_puts(doc->out, "| ");
	escaped(doc->out, text, true);
	bef_text_puts(doc->out, last ? " |\n" : " ");
}

static void table_end(struct bef_doc *doc)
{
	bef_text_putc(doc->out, '\n');
}

static void figure(struct bef_doc *doc, const char *svg)
{
	(void)doc; /* the table below it says the same */
	(void)svg;
}

static void end(struct bef_doc *doc)
{
	bef_text_puts(doc->out, "\n---\n\n");
	escaped(doc->out, doc->footer, false);
	bef_text_putc(doc->out, '\n');
}

const struct bef_doc_format bef_doc_md = {
	.name = "md", .extension = "md",
	.begin = begin, .heading = heading, .paragraph = paragraph,
	.table_begin = table_begin, .cell = cell, .table_end = table_end,
	.figure = figure, .end = end,
};
