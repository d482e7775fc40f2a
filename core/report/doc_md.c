/* SPDX-License-Identifier: EUPL-1.2 */
/* Markdown (CommonMark with tables), for those who will rewrite it. */
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "report/doc.h"

/* True at the first character of a line, spaces apart: there a mark makes a heading, a list or a quotation. */
static bool begins_line(const char *start, const char *at)
{
	while (at > start && at[-1] == ' ')
		at--;
	return at == start || at[-1] == '\n';
}

/* Everything that could mean something to a Markdown or HTML reader where it stands is escaped, and nothing
 * else: this form is also read as it is.
 * Many readers make a link of a bare address, and those of an incident are not to be clicked. */
const char *bef_doc_md_instead(const char *start, const char *at)
{
	static const char *const table[256] = {
		['&'] = "&amp;", ['<'] = "&lt;",  ['\n'] = "  \n", ['\\'] = "\\\\", ['`'] = "\\`", ['*'] = "\\*",
		['_'] = "\\_",   ['{'] = "\\{",   ['}'] = "\\}",   ['['] = "\\[",    [']'] = "\\]", ['|'] = "\\|",
		['~'] = "\\~",   ['@'] = "\\@",   ['$'] = "\\$",
	};
	static const char *const first[256] = {
		['#'] = "\\#", ['+'] = "\\+", ['-'] = "\\-", ['='] = "\\=", ['>'] = "\\>",
	};

	if (strncmp(at, "://", 3) == 0)
		return "\\:";
	if (*at == '.' && at - start >= 3 && strncasecmp(at - 3, "www", 3) == 0)
		return "\\.";
	if (*at == '!' && at[1] == '[')
		return "\\!";
	if (first[(unsigned char)*at] && begins_line(start, at))
		return first[(unsigned char)*at];
	return table[(unsigned char)*at];
}

static void escaped(struct bef_text *out, const char *text, bool one_line)
{
	bef_doc_escape(out, text, one_line, bef_doc_md_instead);
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
	if (doc->draft) {
		bef_text_puts(doc->out, "**");
		escaped(doc->out, doc->draft, true);
		bef_text_puts(doc->out, "**  \n");
	}
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

static void field(struct bef_doc *doc, const char *label, const char *help, const char *value, bool missing)
{
	(void)missing;
	bef_text_puts(doc->out, "**");
	escaped(doc->out, label, true);
	bef_text_puts(doc->out, "**  \n");
	escaped(doc->out, value, false);
	if (*help) {
		bef_text_puts(doc->out, "  \n*");
		escaped(doc->out, help, true);
		bef_text_puts(doc->out, "*");
	}
	bef_text_puts(doc->out, "\n\n");
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
	.table_begin = table_begin, .cell = cell, .table_end = table_end, .field = field,
	.figure = figure, .end = end,
};
