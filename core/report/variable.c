/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/variable.h"

#include <stdio.h>
#include <string.h>

#include "base/amount.h"
#include "base/i18n.h"
#include "base/json.h"
#include "report/costs.h"

/* --- names --- */

static const struct bef_template_variable *row_of(const char *path)
{
	for (const struct bef_template_variable *v = bef_template_variables; v->path; v++) {
		size_t len = strlen(v->path);

		if (strcmp(v->path, path) == 0)
			return v;
		if (strncmp(v->path, path, len) != 0)
			continue;
		if ((v->sort == BEF_VAR_INSTANT && strcmp(path + len, "_local") == 0) ||
		    (v->sort == BEF_VAR_WORD && strcmp(path + len, "_label") == 0) || (v->sort == BEF_VAR_ANY && path[len] == '.'))
			return v;
	}
	return NULL;
}

const struct bef_template_variable *bef_variable_find(const char *scope, const char *name)
{
	size_t len = strlen(scope);
	char path[256];

	for (;;) {
		const struct bef_template_variable *found;

		snprintf(path, sizeof(path), "%.*s%s%s", (int)len, scope, len ? "." : "", name);
		found = row_of(path);
		if (found || len == 0)
			return found;
		while (len > 0 && scope[--len] != '.')
			;
	}
}

const char *bef_variable_near(const char *scope, const char *name)
{
	const char *best = NULL;
	size_t least = strlen(name) < 6 ? strlen(name) / 3 + 2 : 4; /* half a word changed is another word */

	for (size_t len = strlen(scope);; len = 0) {
		for (const struct bef_template_variable *v = bef_template_variables; v->path; v++) {
			const char *rest = v->path + (len ? len + 1 : 0);
			unsigned distance;

			if (strncmp(v->path, scope, len) != 0 || (len && v->path[len] != '.'))
				continue;
			distance = bef_edit_distance(name, rest, 4);
			if (distance < least && distance < strlen(name)) {
				least = distance;
				best = rest;
			}
		}
		if (len == 0)
			return best;
	}
}

/* --- what a table row adds to the case --- */

static void add_brother(json_t *object, const char *key, const struct bef_template_variable *v, const char *zone, bool *ok)
{
	const char *value = bef_json_text(object, key);
	char name[64], when[BEF_DATE_SIZE];
	int64_t at_ms;

	if (!value)
		return;
	snprintf(name, sizeof(name), "%s%s", key, v->sort == BEF_VAR_WORD ? "_label" : "_local");
	if (v->sort == BEF_VAR_WORD)
		bef_json_put_text(object, name, bef_word_label(v->words, value), ok);
	else if (bef_date_utc_parse(value, &at_ms))
		bef_json_put_text(object, name, bef_date_format(at_ms, zone, BEF_DATE_YEAR, when), ok);
}

/* Follow `path` from `value`, into each item of a list. */
static void add_brothers(json_t *value, const char *path, const struct bef_template_variable *v, const char *zone, bool *ok)
{
	const char *dot = strchr(path, '.');
	json_t *item;
	char key[64];
	size_t i;

	json_array_foreach (value, i, item)
		add_brothers(item, path, v, zone, ok);
	if (!json_is_object(value))
		return;
	if (!dot) {
		add_brother(value, path, v, zone, ok);
		return;
	}
	snprintf(key, sizeof(key), "%.*s", (int)(dot - path), path);
	add_brothers(json_object_get(value, key), dot + 1, v, zone, ok);
}

/* --- what is not in the case's own JSON --- */

static void put_euros(json_t *object, const char *key, int64_t cents, bool *ok)
{
	char text[BEF_AMOUNT_SIZE];

	bef_json_put_text(object, key, bef_amount_format(cents, text), ok);
}

static void add_costs(json_t *data, const struct bef_case *c, bool *ok)
{
	size_t count = 0;
	bool failed = false;
	BEF_AUTO_FREE struct bef_cost *cost = bef_costs(c, &count, &failed);
	json_t *list = json_array();

	*ok = *ok && !failed;
	for (size_t i = 0; i < count; i++) {
		json_t *one = json_object();

		bef_json_put_int(one, "entry", cost[i].line->number, ok);
		bef_json_put_instant(one, "at", cost[i].line->at_ms, ok);
		bef_json_put_text(one, "text", bef_line_text(cost[i].line, "text"), ok);
		put_euros(one, "amount", cost[i].cents, ok);
		*ok = json_array_append_new(list, one) == 0 && *ok;
	}
	bef_json_put(data, "costs", list, ok);
	if (count)
		put_euros(data, "costs_total", bef_costs_total(c, NULL), ok);
}

static void add_sentences(json_t *journal, const struct bef_case *c, bool *ok)
{
	for (size_t i = 0; i < c->line_count; i++) {
		json_t *entry = json_array_get(journal, i);
		BEF_AUTO(text) said = { .max = 2 * BEF_PROSE_MOST };

		bef_line_say(c, &c->line[i], &said);
		*ok = *ok && !said.failed;
		bef_json_put_text(entry, "sentence", bef_text_str(&said), ok);
		if (bef_line_shown(&c->line[i]))
			bef_json_put_bool(entry, "shown", true, ok);
	}
}

static void add_names(json_t *deadlines, const struct bef_case *c, bool *ok)
{
	for (size_t i = 0; i < c->clock_count; i++)
		bef_json_put_text(json_array_get(deadlines, i), "name", bef_clock_name(&c->clock[i]), ok);
}

json_t *bef_variable_data(const struct bef_report_input *in)
{
	const struct bef_case *c = in->c;
	json_t *data = bef_case_json(c);
	char span[BEF_DATE_SIZE];
	bool ok = data != NULL;

	bef_json_put_text(data, "incident", in->ref, &ok);
	bef_json_put_text(data, "organisation", *in->organisation ? in->organisation : NULL, &ok);
	bef_json_put_text(data, "author", in->author, &ok);
	bef_json_put_instant(data, "written_at", in->now_ms, &ok);
	bef_json_put_text(data, "duration", bef_span_format((c->closed_at_ms ? c->closed_at_ms : in->now_ms) - c->detected_at_ms, span), &ok);
	if (ok) {
		add_costs(data, c, &ok);
		add_sentences(json_object_get(data, "journal"), c, &ok);
		add_names(json_object_get(data, "deadlines"), c, &ok);
	}
	for (const struct bef_template_variable *v = bef_template_variables; ok && v->path; v++)
		if (v->sort == BEF_VAR_INSTANT || v->sort == BEF_VAR_WORD)
			add_brothers(data, v->path, v, c->zone, &ok);
	if (ok)
		return data;
	json_decref(data);
	return NULL;
}
