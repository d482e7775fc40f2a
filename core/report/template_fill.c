/* SPDX-License-Identifier: EUPL-1.2 */
/* Filling the holes of a template.  Declared in template.h. */
#include <string.h>

#include "base/i18n.h"
#include "report/csv.h"
#include "report/doc.h"
#include "report/template.h"

enum { STEPS_MOST = 3000000 };

struct filling {
	const struct bef_template *t;
	struct bef_text *out;
	const json_t *context[BEF_TEMPLATE_DEPTH + 1]; /* the innermost last */
	size_t depth;
	long steps;
};

static const json_t *member(const json_t *value, const char *path)
{
	char key[BEF_TEMPLATE_NAME];

	while (value && *path) {
		size_t len = strcspn(path, ".");

		memcpy(key, path, len);
		key[len] = '\0';
		value = json_object_get(value, key);
		path += len + (path[len] == '.');
	}
	return value;
}

static const json_t *look_up(const struct filling *f, const char *name)
{
	if (strcmp(name, ".") == 0)
		return f->context[f->depth];
	for (size_t i = f->depth + 1; i-- > 0;) {
		const json_t *value = member(f->context[i], name);

		if (value)
			return value;
	}
	return NULL;
}

static bool is_something(const json_t *value)
{
	if (json_is_array(value))
		return json_array_size(value) > 0;
	if (json_is_string(value))
		return json_string_length(value) > 0;
	if (json_is_integer(value))
		return json_integer_value(value) != 0;
	return json_is_true(value) || json_is_object(value);
}

static void put_csv(struct bef_text *out, const char *text)
{
	struct bef_csv csv = { .out = out, .separator = ';' };

	bef_csv_cell(&csv, text);
}

static void put_text(struct filling *f, const char *text)
{
	switch (f->t->kind) {
	case BEF_TEMPLATE_HTML:
		bef_doc_escape(f->out, text, false, bef_doc_html_instead);
		break;
	case BEF_TEMPLATE_MD:
		bef_doc_escape(f->out, text, true, bef_doc_md_instead);
		break;
	case BEF_TEMPLATE_TXT:
		bef_text_tame(f->out, text, false);
		break;
	case BEF_TEMPLATE_CSV:
		put_csv(f->out, text);
		break;
	}
}

static void put_value(struct filling *f, const json_t *value)
{
	if (json_is_integer(value))
		bef_text_printf(f->out, "%lld", (long long)json_integer_value(value));
	else if (json_is_string(value))
		put_text(f, json_string_value(value));
	else if (json_is_boolean(value))
		put_text(f, json_is_true(value) ? tr("yes") : tr("no"));
	else if (f->t->kind == BEF_TEMPLATE_CSV)
		put_csv(f->out, NULL); /* an empty cell keeps its place */
}

static const char *fill(struct filling *f, size_t from, size_t to, const char *at);

/* The marks between a section's own, with `value` in front of what is known. */
static void fill_inside(struct filling *f, size_t i, const json_t *value)
{
	const struct bef_template_tag *tag = f->t->tag;
	const char *at;

	f->context[++f->depth] = value;
	at = fill(f, i + 1, tag[i].match, tag[i].to);
	bef_text_add(f->out, at, (size_t)(tag[tag[i].match].from - at));
	f->depth--;
}

static void fill_section(struct filling *f, size_t i)
{
	const struct bef_template_tag *tag = &f->t->tag[i];
	const json_t *value = look_up(f, tag->name);
	bool something = is_something(value);

	if (tag->sort == '^') {
		if (!something)
			fill_inside(f, i, f->context[f->depth]);
		return;
	}
	if (!json_is_array(value)) {
		if (something)
			fill_inside(f, i, json_is_object(value) ? value : f->context[f->depth]);
		return;
	}
	for (size_t n = 0; n < json_array_size(value) && f->steps < STEPS_MOST && !f->out->failed; n++)
		fill_inside(f, i, json_array_get(value, n));
}

/* The marks from `from` until before `to`, the text between them beginning at `at`; returns where the text
 * after the last begins. */
static const char *fill(struct filling *f, size_t from, size_t to, const char *at)
{
	const struct bef_template_tag *tag = f->t->tag;

	for (size_t i = from; i < to && !f->out->failed && f->steps < STEPS_MOST; i++) {
		f->steps++;
		bef_text_add(f->out, at, (size_t)(tag[i].from - at));
		if (tag[i].sort == '#' || tag[i].sort == '^') {
			fill_section(f, i);
			i = tag[i].match;
		} else if (tag[i].sort == '\0')
			put_value(f, look_up(f, tag[i].name));
		at = tag[i].to;
	}
	return at;
}

enum bef_rc bef_template_fill(const struct bef_template *t, const json_t *data, struct bef_text *out, struct bef_err *err)
{
	struct filling f = { .t = t, .out = out, .context = { data } };
	const char *rest = fill(&f, 0, t->count, t->text);

	if (f.steps >= STEPS_MOST)
		return bef_fail(err, BEF_REFUSED, "%s", tr("the template goes on for too long: lists within lists"));
	bef_text_puts(out, rest);
	return bef_text_rc(out, err);
}
