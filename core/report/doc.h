/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * A document under construction: the reports say what it holds, the formats
 * say how that looks.  All text handed in is untrusted: each format tames and
 * escapes it.
 */
#include "base/text.h"

struct bef_doc;
struct bef_readership;

/* How a kind of file is written; one file and one line in formats.def each. */
struct bef_doc_format {
	const char *name;      /* as typed after -f */
	const char *extension; /* of the file */
	void (*begin)(struct bef_doc *doc);
	void (*heading)(struct bef_doc *doc, int level, const char *text);
	void (*paragraph)(struct bef_doc *doc, const char *text);
	/* A table is a caption, the names of its columns, then its cells, row by row. */
	void (*table_begin)(struct bef_doc *doc, const char *caption, const char *const *columns, int count);
	void (*cell)(struct bef_doc *doc, const char *text, bool first, bool last);
	void (*table_end)(struct bef_doc *doc);
	/* A row of a form: what is asked, a word about it or "", and what is known of it, on several lines if
	 * need be; `missing`: words that stand for what is not known. */
	void (*field)(struct bef_doc *doc, const char *label, const char *help, const char *value, bool missing);
	/* Our own SVG, and the words that say the same; formats without pictures leave it out. */
	void (*figure)(struct bef_doc *doc, const char *svg);
	void (*end)(struct bef_doc *doc);
};

struct bef_doc {
	const struct bef_doc_format *format;
	struct bef_text *out;
	const char *title, *subtitle, *tlp; /* shown in the head band */
	const char *footer;
	const char *draft; /* why it is one still; or NULL */
	struct bef_readership *audience; /* every text passes through it (report/audience.h); NULL: all is shown */
	bool drill;
	int columns, at; /* of the table being written */
	int missing;     /* "[to complete]" so far */
};

extern const struct bef_doc_format *const bef_doc_formats[]; /* ends with NULL */
/* The row of this name, or NULL. */
const struct bef_doc_format *bef_doc_format_find(const char *name);

/* For the formats: what to write instead of the character at `at` of the text that begins at `start`;
 * NULL: that character. */
typedef const char *bef_escape_fn(const char *start, const char *at);
bef_escape_fn bef_doc_html_instead; /* for HTML, text and attributes */
bef_escape_fn bef_doc_md_instead;   /* for Markdown */
/* Add `text`, tamed and escaped. */
void bef_doc_escape(struct bef_text *out, const char *text, bool one_line, bef_escape_fn *instead_of);

void bef_doc_heading(struct bef_doc *doc, int level, const char *text);
void bef_doc_paragraph(struct bef_doc *doc, const char *fmt, ...) BEF_PRINTF(2, 3);
void bef_doc_table(struct bef_doc *doc, const char *caption, const char *const *columns, int count);
/* The next cell; rows close by themselves.  NULL or "" is an empty cell. */
void bef_doc_cell(struct bef_doc *doc, const char *fmt, ...) BEF_PRINTF(2, 3);
/* A cell that ought to hold something: "[to complete]", counted, where `text` is NULL or "". */
void bef_doc_wanted(struct bef_doc *doc, const char *text);
void bef_doc_table_end(struct bef_doc *doc);
/* A row of a form.  Where `value` is NULL or "": "[to complete]", counted, if it is required, else "[to
 * complete if need be]"; the help is shown then only. */
void bef_doc_field(struct bef_doc *doc, const char *label, const char *help, const char *value, bool required);
