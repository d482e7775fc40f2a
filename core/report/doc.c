/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/doc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "report/audience.h"

#define BEF_DOC(name) extern const struct bef_doc_format bef_doc_##name;
#include "report/formats.def"
#undef BEF_DOC

const struct bef_doc_format *const bef_doc_formats[] = {
#define BEF_DOC(name) &bef_doc_##name,
#include "report/formats.def"
#undef BEF_DOC
	NULL,
};

const struct bef_doc_format *bef_doc_format_find(const char *name)
{
	for (const struct bef_doc_format *const *format = bef_doc_formats; *format; format++)
		if (strcmp((*format)->name, name) == 0)
			return *format;
	return NULL;
}

void bef_doc_escape(struct bef_text *out, const char *text, bool one_line, bef_escape_fn *instead_of)
{
	BEF_AUTO(text) tame = { .max = out->max };

	bef_text_tame(&tame, text, one_line);
	if (tame.failed)
		out->failed = true;
	for (const char *c = bef_text_str(&tame); *c; c++) {
		const char *instead = instead_of(bef_text_str(&tame), c);

		if (instead)
			bef_text_puts(out, instead);
		else
			bef_text_putc(out, *c);
	}
}

/* What may be shown of it. */
static const char *shown(struct bef_doc *doc, const char *text)
{
	return bef_readership_text(doc->audience, text, &doc->out->failed);
}

void bef_doc_heading(struct bef_doc *doc, int level, const char *text)
{
	doc->format->heading(doc, level, shown(doc, text));
}

void bef_doc_paragraph(struct bef_doc *doc, const char *fmt, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) >= 0)
		doc->format->paragraph(doc, shown(doc, text));
	else
		doc->out->failed = true;
	va_end(args);
	free(text);
}

void bef_doc_table(struct bef_doc *doc, const char *caption, const char *const *columns, int count)
{
	doc->columns = count;
	doc->at = 0;
	doc->format->table_begin(doc, shown(doc, caption), columns, count);
}

static void put_cell(struct bef_doc *doc, const char *text)
{
	doc->format->cell(doc, shown(doc, text), doc->at == 0, doc->at == doc->columns - 1);
	doc->at = (doc->at + 1) % doc->columns;
}

void bef_doc_cell(struct bef_doc *doc, const char *fmt, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) >= 0)
		put_cell(doc, text);
	else
		doc->out->failed = true;
	va_end(args);
	free(text);
}

void bef_doc_wanted(struct bef_doc *doc, const char *text)
{
	bool missing = !text || !*text;

	doc->missing += missing;
	put_cell(doc, missing ? tr("[to complete]") : text);
}

void bef_doc_field(struct bef_doc *doc, const char *label, const char *help, const char *value, bool required)
{
	bool missing = !value || !*value;

	doc->missing += missing && required;
	if (missing)
		value = required ? tr("[to complete]") : tr("[to complete if need be]");
	doc->format->field(doc, label, missing && help ? help : "", shown(doc, value), missing);
}

void bef_doc_table_end(struct bef_doc *doc)
{
	doc->format->table_end(doc);
}
