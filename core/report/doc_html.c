/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The reference form: one file, nothing fetched, no script, readable by a
 * screen reader, printable.  The policy in its head forbids what we do not use,
 * so that a text that slipped through could still do nothing.
 */
#include <string.h>

#include "base/embed.h"
#include "base/i18n.h"
#include "report/doc.h"

BEF_EMBED(style, "core/report/style.css");

const char *bef_doc_html_instead(const char *start, const char *at)
{
	static const char *const table[256] = {
		['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
	};

	(void)start;
	return table[(unsigned char)*at];
}

static void escaped(struct bef_text *out, const char *text, bool one_line)
{
	bef_doc_escape(out, text, one_line, bef_doc_html_instead);
}

static void element(struct bef_text *out, const char *open, const char *text, const char *close)
{
	bef_text_puts(out, open);
	escaped(out, text, false);
	bef_text_puts(out, close);
}

static void begin(struct bef_doc *doc)
{
	struct bef_text *out = doc->out;

	bef_text_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
	                bef_lang_name(bef_lang()));
	bef_text_puts(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	                   "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
	                   "<meta name=\"referrer\" content=\"no-referrer\">\n"
	                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
	if (doc->drill)
		bef_text_printf(out, "%s ", tr("[DRILL]"));
	element(out, "", doc->title, "</title>\n<style>\n");
	bef_text_puts(out, bef_embed_style);
	bef_text_puts(out, "</style>\n</head>\n<body>\n");
	bef_text_puts(out, "<header>\n");
	if (doc->drill)
		element(out, "<p class=\"drill\">", tr("DRILL - DRILL - DRILL"), "</p>\n");
	element(out, "<div class=\"band\">\n<p><span class=\"tlp\">", doc->tlp, "</span>");
	if (doc->draft)
		element(out, " <span class=\"draft\">", doc->draft, "</span>");
	bef_text_puts(out, "</p>\n");
	element(out, "<h1>", doc->title, "</h1>\n");
	element(out, "<p>", doc->subtitle, "</p>\n</div>\n</header>\n<main>\n");
}

static void heading(struct bef_doc *doc, int level, const char *text)
{
	bef_text_printf(doc->out, "<h%d>", level);
	escaped(doc->out, text, true);
	bef_text_printf(doc->out, "</h%d>\n", level);
}

static void paragraph(struct bef_doc *doc, const char *text)
{
	element(doc->out, "<p>", text, "</p>\n");
}

static void table_begin(struct bef_doc *doc, const char *caption, const char *const *columns, int count)
{
	bef_text_puts(doc->out, "<table>\n");
	if (*caption)
		element(doc->out, "<caption>", caption, "</caption>\n");
	bef_text_puts(doc->out, "<thead><tr>");
	for (int i = 0; i < count; i++)
		element(doc->out, "<th scope=\"col\">", columns[i], "</th>");
	bef_text_puts(doc->out, "</tr></thead>\n<tbody>\n");
}

/* A digest or a path has no place to break: such a cell may break anywhere, others at spaces. */
static bool has_long_word(const char *text)
{
	for (; *text; text += strspn(text, " \n")) {
		size_t len = strcspn(text, " \n");

		if (len > 24)
			return true;
		text += len;
	}
	return false;
}

static void cell(struct bef_doc *doc, const char *text, bool first, bool last)
{
	if (first)
		element(doc->out, "<tr><th scope=\"row\">", text, "</th>");
	else
		element(doc->out, has_long_word(text) ? "<td class=\"long\">" : "<td>", text, "</td>");
	if (last)
		bef_text_puts(doc->out, "</tr>\n");
}

static void table_end(struct bef_doc *doc)
{
	bef_text_puts(doc->out, "</tbody>\n</table>\n");
}

static void field(struct bef_doc *doc, const char *label, const char *help, const char *value, bool missing)
{
	element(doc->out, "<dl><dt>", label, "</dt>");
	element(doc->out, missing ? "<dd class=\"todo\">" : "<dd>", value, "</dd>");
	if (*help)
		element(doc->out, "<dd class=\"help\">", help, "</dd>");
	bef_text_puts(doc->out, "</dl>\n");
}

static void figure(struct bef_doc *doc, const char *svg)
{
	bef_text_printf(doc->out, "<figure>\n%s</figure>\n", svg);
}

static void end(struct bef_doc *doc)
{
	element(doc->out, "</main>\n<footer><p>", doc->footer, "</p></footer>\n</body>\n</html>\n");
}

const struct bef_doc_format bef_doc_html = {
	.name = "html", .extension = "html",
	.begin = begin, .heading = heading, .paragraph = paragraph,
	.table_begin = table_begin, .cell = cell, .table_end = table_end, .field = field,
	.figure = figure, .end = end,
};
