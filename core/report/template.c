/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/template.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "report/variable.h"

void bef_template_clear(struct bef_template *t)
{
	free(t->tag);
	*t = (struct bef_template){ 0 };
}

bool bef_template_kind_of(const char *path, enum bef_template_kind *out)
{
	static const char *const endings[] = { [BEF_TEMPLATE_HTML] = ".html", [BEF_TEMPLATE_MD] = ".md",
		                               [BEF_TEMPLATE_TXT] = ".txt", [BEF_TEMPLATE_CSV] = ".csv" };
	size_t len = strlen(path);

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		size_t end = strlen(endings[i]);

		if (len > end && strcasecmp(path + len - end, endings[i]) == 0) {
			*out = (enum bef_template_kind)i;
			return true;
		}
	}
	return false;
}

/* --- the marks --- */

static enum bef_rc bad(struct bef_err *err, unsigned line, const char *why)
{
	bef_fail(err, BEF_USAGE, tr("line %u of the template: %s"), line, why);
	bef_hint(err, "%s", tr("names: beffroi report --variables"));
	return BEF_USAGE;
}

/* A mark that stands alone on its line takes the line with it. */
static void widen(const char *text, struct bef_template_tag *tag)
{
	const char *from = tag->from, *to = tag->to;

	while (from > text && (from[-1] == ' ' || from[-1] == '\t'))
		from--;
	to += strspn(to, " \t\r");
	if ((from == text || from[-1] == '\n') && (*to == '\n' || *to == '\0')) {
		tag->from = from;
		tag->to = *to ? to + 1 : to;
	}
}

/* What is between the braces: "#name", " name ". */
static const char *read_tag(const char *start, const char *end, struct bef_template_tag *tag)
{
	size_t len;

	while (start < end && *start == ' ')
		start++;
	while (end > start && end[-1] == ' ')
		end--;
	tag->sort = start < end && strchr("#^/!", *start) ? *start++ : '\0';
	if (tag->sort == '!')
		return NULL;
	while (start < end && *start == ' ')
		start++;
	len = (size_t)(end - start);
	if (len == 0)
		return tr("a mark without a name");
	if (len >= sizeof(tag->name))
		return tr("a name that is too long");
	memcpy(tag->name, start, len);
	if (strspn(tag->name, "abcdefghijklmnopqrstuvwxyz0123456789_.") != len)
		return tr("a name is made of small letters, digits, _ and dots; {{{ }}}, & and > do not exist here");
	return NULL;
}

static enum bef_rc add_tag(struct bef_template *t, const char *open, const char *close, unsigned line, struct bef_err *err)
{
	struct bef_template_tag tag = { .from = open, .to = close + 2, .line = line };
	struct bef_template_tag *more;
	const char *why = read_tag(open + 2, close, &tag);

	if (why)
		return bad(err, line, why);
	if (t->count == BEF_TEMPLATE_TAGS)
		return bad(err, line, tr("too many marks"));
	if (tag.sort)
		widen(t->text, &tag);
	if ((t->count & (t->count - 1)) == 0) { /* grown at the powers of two */
		more = realloc(t->tag, (t->count ? 2 * t->count : 1) * sizeof(*more));
		if (!more)
			return bef_no_memory(err);
		t->tag = more;
	}
	t->tag[t->count++] = tag;
	return BEF_OK;
}

/* Each section is closed by its own name, innermost first. */
static enum bef_rc match(struct bef_template *t, struct bef_err *err)
{
	size_t open[BEF_TEMPLATE_DEPTH], depth = 0;

	for (size_t i = 0; i < t->count; i++) {
		struct bef_template_tag *tag = &t->tag[i];

		if (tag->sort == '/') {
			if (depth == 0 || strcmp(t->tag[open[depth - 1]].name, tag->name) != 0)
				return bad(err, tag->line, tr("a section ends that was not the last to begin"));
			t->tag[open[--depth]].match = i;
		} else if (tag->sort == '#' || tag->sort == '^') {
			if (depth == BEF_TEMPLATE_DEPTH)
				return bad(err, tag->line, tr("sections within sections, too deep"));
			open[depth++] = i;
		}
	}
	return depth ? bad(err, t->tag[open[depth - 1]].line, tr("a section that does not end")) : BEF_OK;
}

enum bef_rc bef_template_parse(struct bef_template *t, enum bef_template_kind kind, const char *text, struct bef_err *err)
{
	unsigned line = 1;
	enum bef_rc rc = BEF_OK;

	*t = (struct bef_template){ .kind = kind, .text = text };
	for (const char *c = text; *c && rc == BEF_OK;) {
		const char *close = c[0] == '{' && c[1] == '{' ? strstr(c, "}}") : c;

		if (!close)
			return bad(err, line, tr("{{ without its }}"));
		if (close == c) {
			line += *c++ == '\n';
			continue;
		}
		rc = add_tag(t, c, close, line, err);
		for (; c < close + 2; c++)
			line += *c == '\n';
	}
	return rc ? rc : match(t, err);
}

/* --- the check --- */

size_t bef_template_check(const struct bef_template *t, bef_template_unknown_fn *fn, void *arg)
{
	const char *scope[BEF_TEMPLATE_DEPTH + 1] = { "" };
	size_t depth = 0, unknown = 0;

	for (size_t i = 0; i < t->count; i++) {
		const struct bef_template_tag *tag = &t->tag[i];
		const struct bef_template_variable *v;

		if (tag->sort == '!')
			continue;
		if (tag->sort == '/') {
			depth--;
			continue;
		}
		v = strcmp(tag->name, ".") == 0 ? NULL : bef_variable_find(scope[depth], tag->name);
		if (!v && strcmp(tag->name, ".") != 0) {
			fn(arg, tag->line, tag->name, bef_variable_near(scope[depth], tag->name));
			unknown++;
		}
		if (tag->sort) {
			scope[depth + 1] = v && v->sort == BEF_VAR_LIST && tag->sort == '#' ? v->path : scope[depth];
			depth++;
		}
	}
	return unknown;
}
