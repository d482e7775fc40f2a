/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Documents of the user's own: a file with holes.  The language has no logic,
 * no code, and includes nothing:
 *
 *     {{name}}                 the value, escaped for the kind of file
 *     {{#name}}...{{/name}}    for each item of a list; or once, if there is such a thing
 *     {{^name}}...{{/name}}    if there is none, or it is empty
 *     {{! words}}              nothing
 *
 * Inside a section, names are looked for in the item first, then outside; {{.}}
 * is the item itself, a.b the member b of a.  A line that holds nothing but a
 * section's mark or a comment leaves no line.
 *
 * Names are those of report/variable_table.c; one that is not there is an error
 * with its line, not an empty place.
 */
#include <jansson.h>

#include "base/text.h"

enum bef_template_kind { BEF_TEMPLATE_HTML, BEF_TEMPLATE_MD, BEF_TEMPLATE_TXT, BEF_TEMPLATE_CSV };
enum { BEF_TEMPLATE_TAGS = 4096, BEF_TEMPLATE_DEPTH = 12, BEF_TEMPLATE_NAME = 80 };

/* A mark of the file. */
struct bef_template_tag {
	char sort;             /* '#', '^', '/', '!' or 0: a value */
	const char *from, *to; /* what of the text it takes away */
	char name[BEF_TEMPLATE_NAME];
	unsigned line;
	size_t match; /* of '#' and '^': position of its '/' */
};

struct bef_template {
	enum bef_template_kind kind;
	const char *text; /* borrowed */
	struct bef_template_tag *tag;
	size_t count;
};
void bef_template_clear(struct bef_template *t);

/* The kind of file of a name that ends with .html, .md, .txt or .csv; false: another. */
bool bef_template_kind_of(const char *path, enum bef_template_kind *out);

/* Find the marks of `text`, which outlives the template.  BEF_USAGE: the line and what is wrong there. */
enum bef_rc bef_template_parse(struct bef_template *t, enum bef_template_kind kind, const char *text, struct bef_err *err)
	BEF_MUST_CHECK;

/* Call `fn` for each name that means nothing, with the one nearest to it or NULL; how many there are. */
typedef void bef_template_unknown_fn(void *arg, unsigned line, const char *name, const char *near);
size_t bef_template_check(const struct bef_template *t, bef_template_unknown_fn *fn, void *arg);

/* Fill the holes from `data`.  BEF_REFUSED: it would go on for too long. */
enum bef_rc bef_template_fill(const struct bef_template *t, const json_t *data, struct bef_text *out, struct bef_err *err)
	BEF_MUST_CHECK;
