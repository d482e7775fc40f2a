/* SPDX-License-Identifier: EUPL-1.2 */
/* Which competency of the certification sheets is exercised by which step, and who showed it: evidence for a
 * training file. */
#include <stdlib.h>
#include <string.h>

#include "authoring.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"
#include "shipped.h"

/* {"RS3818-E1": [{"playbook": key, "step": n, "name": ...}]}: sorted when it is shown. */
struct gathering {
	json_t *by_competency;
	const struct bef_case *c; /* the current incident, or NULL */
	bool ok;
};

static bool exercises(const struct bef_step *step, json_t **list)
{
	*list = json_object_get(step->extension, "competencies");
	return json_array_size(*list) > 0;
}

/* Who did this step in the current incident. */
static void put_evidence(const struct gathering *g, const struct bef_playbook *p, const struct bef_step *step, json_t *row,
                         bool *ok)
{
	for (size_t r = 0; g->c && r < g->c->run_count; r++) {
		const struct bef_run *run = &g->c->run[r];
		int at = strcmp(run->playbook->id, p->id) == 0 ? bef_playbook_step(run->playbook, step->id) : -1;
		const struct bef_line *line = at >= 0 && run->mark[at].status == BEF_STEP_DONE ? run->mark[at].line : NULL;
		char date[BEF_DATE_SIZE];

		if (!line || run->line->undone)
			continue;
		bef_json_put_text(row, "incident", g->c->ref, ok);
		bef_json_put_int(row, "entry", line->number, ok);
		bef_json_put_text(row, "done_by", bef_json_text_or(bef_line_body(line), "by", line->entry->author), ok);
		bef_json_put_text(row, "done_at", bef_date_utc(line->at_ms, date), ok);
		if (g->c->drill)
			bef_json_put_bool(row, "drill", true, ok);
	}
}

static void add(struct gathering *g, const struct bef_playbook *p, const struct bef_step *step, const char *competency)
{
	json_t *rows = json_object_get(g->by_competency, competency);
	json_t *row = json_pack("{s:s, s:i, s:s}", "playbook", p->key, "step", step->number, "name", bef_step_text(step, "name"));

	put_evidence(g, p, step, row, &g->ok);
	if (!rows) {
		rows = json_array();
		g->ok = json_object_set_new(g->by_competency, competency, rows) == 0 && g->ok;
	}
	g->ok = json_array_append_new(rows, row) == 0 && g->ok;
}

static enum bef_rc gather(void *arg, const struct bef_playbook *p, const char *from, struct bef_err *err)
{
	struct gathering *g = arg;
	json_t *list, *one;
	size_t i;

	(void)from;
	(void)err;
	for (int n = 1; n <= p->numbered; n++) {
		const struct bef_step *step = bef_playbook_number(p, n);

		if (exercises(step, &list))
			json_array_foreach (list, i, one)
				if (json_is_string(one))
					add(g, p, step, json_string_value(one));
	}
	return BEF_OK;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum bef_rc put_row(struct bef_app *app, const char *competency, json_t *row, struct bef_err *err)
{
	BEF_AUTO(text) line = { .max = 1 << 14 };
	json_t *object;
	bool ok;

	if (app->g.json) {
		object = bef_json_begin("competency");
		ok = object != NULL;
		bef_json_put_text(object, "competency", competency, &ok);
		ok = ok && json_object_update(object, row) == 0;
		return bef_put_json(ok ? object : NULL, err);
	}
	bef_text_printf(&line, "%s %lld, ", bef_json_text(row, "playbook"), (long long)bef_json_int(row, "step", 0));
	bef_text_tame(&line, bef_json_text_or(row, "name", ""), true);
	if (bef_json_text(row, "done_by"))
		bef_text_printf(&line, tr("  -> done by %s, %s, %s #%lld"), bef_json_text(row, "done_by"), bef_json_text(row, "done_at"),
		                bef_json_text(row, "incident"), (long long)bef_json_int(row, "entry", 0));
	bef_put(app, BEF_PLAIN, "  ");
	bef_wrap_text(app, bef_json_text(row, "done_by") ? BEF_GOOD : BEF_PLAIN, 2, 4, &line);
	return BEF_OK;
}

static enum bef_rc put_all(struct bef_app *app, const json_t *by_competency, struct bef_err *err)
{
	size_t count = json_object_size(by_competency);
	BEF_AUTO_FREE const char **names = calloc(count + 1, sizeof(*names));
	enum bef_rc rc = names ? BEF_OK : bef_no_memory(err);
	const char *name;
	json_t *rows, *row;
	size_t n = 0;
	size_t i;

	json_object_foreach ((json_t *)(uintptr_t)by_competency, name, rows)
		if (names)
			names[n++] = name;
	if (names)
		qsort(names, n, sizeof(*names), by_name);
	for (size_t k = 0; rc == BEF_OK && k < n; k++) {
		rows = json_object_get(by_competency, names[k]);
		if (!app->g.json)
			bef_put(app, BEF_STRONG, "%s\n", names[k]);
		json_array_foreach (rows, i, row)
			if (rc == BEF_OK)
				rc = put_row(app, names[k], row, err);
	}
	return rc;
}

enum bef_rc bef_playbook_competencies(struct bef_app *app, const char *word, struct bef_err *err)
{
	struct gathering g = { .by_competency = json_object(), .ok = true };
	struct bef_playbook *playbook = NULL;
	BEF_AUTO(text) document = { 0 };
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	enum bef_rc rc = BEF_OK;

	/* Without an incident, the steps alone. */
	if (bef_app_case(app, &c, &row, NULL) == BEF_OK)
		g.c = c;
	if (word)
		rc = bef_playbook_find(app->desk.base, word, &playbook, &document, err);
	if (rc == BEF_OK)
		rc = playbook ? gather(&g, playbook, "", err) : bef_playbook_each(app->desk.base, NULL, gather, &g, err);
	if (rc == BEF_OK && (!g.by_competency || !g.ok))
		rc = bef_no_memory(err);
	if (rc == BEF_OK)
		rc = put_all(app, g.by_competency, err);
	json_decref(g.by_competency);
	bef_playbook_free(playbook);
	return rc;
}
