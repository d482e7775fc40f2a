/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/playbook.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"

static const struct {
	const char *name;
	enum bef_step_type type;
} types[] = {
	{ "start", BEF_STEP_START },       { "end", BEF_STEP_END }, { "action", BEF_STEP_ACTION },
	{ "if-condition", BEF_STEP_IF },   { "parallel", BEF_STEP_PARALLEL },
};

/* A playbook while it is read: the text of the first thing wrong goes into err. */
struct reading {
	struct bef_playbook *playbook;
	struct bef_err *err;
	enum bef_rc rc;
};

static void wrong(struct reading *r, const char *step, const char *fmt, const char *what)
{
	if (r->rc)
		return;
	r->rc = bef_fail(r->err, BEF_USAGE, fmt, what);
	if (step)
		bef_context(r->err, BEF_USAGE, tr("step %s"), step);
}

int bef_playbook_step(const struct bef_playbook *playbook, const char *id)
{
	for (int i = 0; id && i < playbook->step_count; i++)
		if (strcmp(playbook->step[i].id, id) == 0)
			return i;
	return -1;
}

static int pointer(struct reading *r, const struct bef_step *step, const char *name)
{
	const char *id = bef_json_text(step->json, name);
	int at = bef_playbook_step(r->playbook, id);

	if (id && at < 0)
		wrong(r, step->id, tr("leads to a step that is not there: %.80s"), id);
	return at;
}

static void read_branches(struct reading *r, struct bef_step *step)
{
	const json_t *next = json_object_get(step->json, "next_steps");
	size_t count = json_array_size(next);

	if (count < 2 || count > BEF_BRANCHES_MOST) {
		wrong(r, step->id, "%s", tr("a parallel step has from two to eight branches"));
		return;
	}
	for (size_t i = 0; i < count; i++) {
		const char *id = json_string_value(json_array_get(next, i));

		step->branch[i] = bef_playbook_step(r->playbook, id);
		if (step->branch[i] < 0)
			wrong(r, step->id, tr("leads to a step that is not there: %.80s"), id ? id : "?");
	}
	step->branch_count = (int)count;
}

static void read_pointers(struct reading *r, struct bef_step *step)
{
	bool way_out;

	step->on_completion = pointer(r, step, "on_completion");
	step->on_success = pointer(r, step, "on_success");
	step->on_failure = pointer(r, step, "on_failure");
	step->on_true = pointer(r, step, "on_true");
	step->on_false = pointer(r, step, "on_false");
	if (step->type == BEF_STEP_PARALLEL)
		read_branches(r, step);
	way_out = step->on_completion >= 0 || step->on_success >= 0;
	if (step->type != BEF_STEP_END && !way_out)
		wrong(r, step->id, "%s", tr("nothing comes after it"));
	if (step->type == BEF_STEP_IF && step->on_true < 0)
		wrong(r, step->id, "%s", tr("a condition needs on_true"));
}

static void read_step(struct reading *r, const char *id, const json_t *json)
{
	struct bef_step *step = &r->playbook->step[r->playbook->step_count++];
	const char *type = bef_json_text_or(json, "type", "?");
	const char *within;
	size_t i = 0;

	*step = (struct bef_step){ .id = id, .json = json };
	while (i < sizeof(types) / sizeof(*types) && strcmp(types[i].name, type) != 0)
		i++;
	if (i == sizeof(types) / sizeof(*types)) {
		wrong(r, id, tr("this version does not run steps of type '%.40s'"), type);
		return;
	}
	step->type = types[i].type;
	step->extension = json_object_get(json_object_get(json, "step_extensions"), BEF_EXTENSION);
	step->mandatory = bef_json_bool(step->extension, "mandatory");
	within = bef_json_text(step->extension, "within");
	if (within && !bef_duration_parse(within, &step->within_ms))
		wrong(r, id, tr("'%.40s' is not a duration"), within);
}

/* Number the steps people see in reading order, and refuse a path that comes back on itself. */
static void number_from(struct reading *r, int at, unsigned char *seen)
{
	enum { ON_PATH = 1, DONE = 2 };
	struct bef_step *step;

	if (at < 0 || seen[at] == DONE || r->rc)
		return;
	step = &r->playbook->step[at];
	if (seen[at] == ON_PATH) {
		wrong(r, step->id, "%s", tr("the path comes back to it: loops need a while-condition"));
		return;
	}
	seen[at] = ON_PATH;
	if (step->type == BEF_STEP_ACTION || step->type == BEF_STEP_IF)
		step->number = ++r->playbook->numbered;
	number_from(r, step->on_true, seen);
	number_from(r, step->on_false, seen);
	for (int i = 0; i < step->branch_count; i++)
		number_from(r, step->branch[i], seen);
	number_from(r, step->on_failure, seen);
	number_from(r, step->on_success, seen);
	number_from(r, step->on_completion, seen);
	seen[at] = DONE;
}

static void read_workflow(struct reading *r, const json_t *workflow)
{
	struct bef_playbook *p = r->playbook;
	unsigned char seen[BEF_STEPS_MOST] = { 0 };
	const char *id;
	json_t *json;

	json_object_foreach ((json_t *)(uintptr_t)workflow, id, json)
		read_step(r, id, json);
	for (int i = 0; i < p->step_count && !r->rc; i++)
		read_pointers(r, &p->step[i]);
	p->start = bef_playbook_step(p, bef_json_text(p->doc, "workflow_start"));
	if (!r->rc && (p->start < 0 || p->step[p->start].type != BEF_STEP_START))
		wrong(r, NULL, "%s", tr("workflow_start does not name a start step"));
	if (!r->rc)
		number_from(r, p->start, seen);
}

static void read_head(struct reading *r)
{
	struct bef_playbook *p = r->playbook;
	const json_t *ours = json_object_get(json_object_get(p->doc, "playbook_extensions"), BEF_EXTENSION);

	p->id = bef_json_text_or(p->doc, "id", "");
	p->version = bef_json_text_or(p->doc, "modified", "");
	p->key = bef_json_text_or(ours, "key", bef_json_text_or(p->doc, "name", p->id));
	if (strcmp(bef_json_text_or(p->doc, "type", ""), "playbook") != 0)
		wrong(r, NULL, "%s", tr("not a CACAO playbook: type is not 'playbook'"));
	if (strcmp(bef_json_text_or(p->doc, "spec_version", ""), "cacao-2.0") != 0)
		wrong(r, NULL, "%s", tr("not a CACAO 2.0 playbook: see spec_version"));
	if (strncmp(p->id, "playbook--", 10) != 0)
		wrong(r, NULL, "%s", tr("its id is not playbook--UUID"));
}

void bef_playbook_free(struct bef_playbook *playbook)
{
	if (!playbook)
		return;
	json_decref(playbook->doc);
	free(playbook->step);
	free(playbook);
}

enum bef_rc bef_playbook_load(const char *data, size_t len, struct bef_playbook **out, struct bef_err *err)
{
	struct bef_playbook *p = calloc(1, sizeof(*p));
	struct reading r = { .playbook = p, .err = err };
	const json_t *workflow;
	size_t steps;

	if (!p)
		return bef_no_memory(err);
	r.rc = len > BEF_PLAYBOOK_MOST
	               ? bef_fail(err, BEF_USAGE, tr("a playbook has at most %d bytes"), BEF_PLAYBOOK_MOST)
	               : bef_json_load(data, len, &p->doc, err);
	if (r.rc == BEF_OK)
		read_head(&r);
	workflow = json_object_get(p->doc, "workflow");
	steps = json_object_size(workflow);
	if (steps < 2 || steps > BEF_STEPS_MOST)
		wrong(&r, NULL, "%s", tr("its workflow has no steps, or more than 500"));
	p->step = calloc(steps + 1, sizeof(*p->step));
	if (!p->step && !r.rc)
		r.rc = bef_no_memory(err);
	if (!r.rc)
		read_workflow(&r, workflow);
	if (r.rc)
		bef_playbook_free(p);
	else
		*out = p;
	return r.rc;
}

static const char *in_language(const json_t *extension, enum bef_lang lang, const char *field)
{
	return bef_json_text(json_object_get(extension, bef_lang_name(lang)), field);
}

static const char *ours(const json_t *extension, const char *field)
{
	const char *text = in_language(extension, bef_lang(), field);

	return text ? text : in_language(extension, bef_lang() == BEF_FR ? BEF_EN : BEF_FR, field);
}

/* Without our extension: the command, then the description, then the name (standards note, A.5). */
static const char *plain(const struct bef_step *step, const char *field)
{
	const json_t *command = json_array_get(json_object_get(step->json, "commands"), 0);
	const char *text = bef_json_text(step->json, "name");

	if (strcmp(field, "name") == 0)
		return text ? text : step->id;
	if (strcmp(field, "question") == 0)
		return bef_json_text_or(step->json, "condition", text);
	if (strcmp(field, "text") != 0)
		return NULL;
	if (bef_json_text(command, "command"))
		return bef_json_text(command, "command");
	return bef_json_text_or(command, "description", bef_json_text_or(step->json, "description", text));
}

const char *bef_step_text(const struct bef_step *step, const char *field)
{
	const char *text = ours(step->extension, field);

	return text ? text : plain(step, field);
}

static const json_t *extension_of(const struct bef_playbook *playbook)
{
	return json_object_get(json_object_get(playbook->doc, "playbook_extensions"), BEF_EXTENSION);
}

const char *bef_playbook_text(const struct bef_playbook *playbook, const char *field)
{
	const char *text = ours(extension_of(playbook), field);

	return text ? text : bef_json_text(playbook->doc, field);
}

const struct bef_step *bef_playbook_number(const struct bef_playbook *playbook, int n)
{
	for (int i = 0; n > 0 && i < playbook->step_count; i++)
		if (playbook->step[i].number == n)
			return &playbook->step[i];
	return NULL;
}

static bool same_word(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool is_listed(const struct bef_playbook *playbook, const char *list, const char *word,
                      bool (*same)(const char *, const char *))
{
	const json_t *words = json_object_get(extension_of(playbook), list);

	for (size_t i = 0; i < json_array_size(words); i++) {
		const char *one = json_string_value(json_array_get(words, i));

		if (one && same(word, one))
			return true;
	}
	return false;
}

bool bef_playbook_is(const struct bef_playbook *playbook, const char *word)
{
	return bef_fold_equal(word, playbook->key) || bef_fold_equal(word, playbook->id) ||
	       is_listed(playbook, "aliases", word, bef_fold_equal);
}

bool bef_playbook_is_for(const struct bef_playbook *playbook, const char *type)
{
	return is_listed(playbook, "incident_types", type, same_word);
}
