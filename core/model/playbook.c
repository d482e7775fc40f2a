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
	{ "start", BEF_STEP_START },
	{ "end", BEF_STEP_END },
	{ "action", BEF_STEP_ACTION },
	{ "playbook-action", BEF_STEP_PLAYBOOK },
	{ "parallel", BEF_STEP_PARALLEL },
	{ "if-condition", BEF_STEP_IF },
	{ "while-condition", BEF_STEP_WHILE },
	{ "switch-condition", BEF_STEP_SWITCH },
};

bool bef_step_is_shown(const struct bef_step *step)
{
	return step->type != BEF_STEP_START && step->type != BEF_STEP_END && step->type != BEF_STEP_PARALLEL;
}

bool bef_step_is_question(const struct bef_step *step)
{
	return step->type == BEF_STEP_IF || step->type == BEF_STEP_WHILE || step->type == BEF_STEP_SWITCH;
}

enum { WAYS_BACK_MOST = 200 };

/* A playbook while it is read: the text of the first thing wrong goes into err. */
struct reading {
	struct bef_playbook *playbook;
	size_t ways; /* handed out so far */
	struct way_back {
		int from, to;
	} back[WAYS_BACK_MOST]; /* ends of branches written so */
	int back_count;
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

static int by_id(const void *a, const void *b)
{
	return strcmp((*(const struct bef_step *const *)a)->id, (*(const struct bef_step *const *)b)->id);
}

int bef_playbook_step(const struct bef_playbook *playbook, const char *id)
{
	const struct bef_step key = { .id = id };
	const struct bef_step *wanted = &key;
	struct bef_step **found = id ? bsearch(&wanted, playbook->by_id, (size_t)playbook->step_count,
	                                       sizeof(*playbook->by_id), by_id)
	                             : NULL;

	return found ? (int)(*found - playbook->step) : -1;
}

const struct bef_step *bef_playbook_number(const struct bef_playbook *playbook, int n)
{
	return n >= 1 && n <= playbook->numbered ? &playbook->step[playbook->shown[n - 1]] : NULL;
}

static int target(struct reading *r, const struct bef_step *step, const char *id)
{
	int at = bef_playbook_step(r->playbook, id);

	if (id && at < 0)
		wrong(r, step->id, tr("leads to a step that is not there: %.80s"), id);
	return at;
}

static int pointer(struct reading *r, const struct bef_step *step, const char *name)
{
	return target(r, step, bef_json_text(step->json, name));
}

static void add_way(struct reading *r, struct bef_step *step, const char *value, const json_t *id)
{
	struct bef_way *way = &r->playbook->way[r->ways++];

	if (!json_is_string(id))
		wrong(r, step->id, "%s", tr("one of its branches is no step"));
	*way = (struct bef_way){ value, target(r, step, json_string_value(id)) };
	step->way_count++;
}

/* Both kinds of branch; the playbook has room for all of them. */
static void read_ways(struct reading *r, struct bef_step *step)
{
	const json_t *next = json_object_get(step->json, "next_steps");
	const json_t *cases = json_object_get(step->json, "cases");
	const char *value;
	json_t *id;
	size_t i;

	step->way = r->playbook->way + r->ways;
	if (step->type == BEF_STEP_PARALLEL) {
		json_array_foreach ((json_t *)(uintptr_t)next, i, id)
			add_way(r, step, NULL, id);
		if (step->way_count < 2)
			wrong(r, step->id, "%s", tr("a parallel step has at least two branches"));
	} else if (step->type == BEF_STEP_SWITCH) {
		json_object_foreach ((json_t *)(uintptr_t)cases, value, id)
			add_way(r, step, value, id);
		if (step->way_count < 1)
			wrong(r, step->id, "%s", tr("a switch needs cases"));
	}
}

static void read_pointers(struct reading *r, struct bef_step *step)
{
	step->on_completion = pointer(r, step, "on_completion");
	step->on_success = pointer(r, step, "on_success");
	step->on_failure = pointer(r, step, "on_failure");
	step->on_true = pointer(r, step, "on_true");
	step->on_false = pointer(r, step, "on_false");
	read_ways(r, step);
	if (step->type != BEF_STEP_END && step->on_completion < 0 && step->on_success < 0)
		wrong(r, step->id, "%s", tr("nothing comes after it"));
	if ((step->type == BEF_STEP_IF || step->type == BEF_STEP_WHILE) && step->on_true < 0)
		wrong(r, step->id, "%s", tr("a condition needs on_true"));
}

static int64_t span(struct reading *r, const struct bef_step *step, const char *name)
{
	int64_t span_ms = bef_json_int(step->json, name, 0);

	if (span_ms < 0 || span_ms > BEF_SPAN_MOST_MS)
		wrong(r, step->id, tr("its %s is no length of time"), name);
	return span_ms;
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
		wrong(r, id, tr("there are no steps of type '%.40s'"), type);
		return;
	}
	step->type = types[i].type;
	step->extension = json_object_get(json_object_get(json, "step_extensions"), BEF_EXTENSION);
	step->mandatory = bef_json_bool(step->extension, "mandatory");
	step->delay_ms = span(r, step, "delay");
	step->timeout_ms = span(r, step, "timeout");
	within = bef_json_text(step->extension, "within");
	if (within && !bef_duration_parse(within, &step->within_ms))
		wrong(r, id, tr("'%.40s' is not a duration"), within);
	if (step->type == BEF_STEP_PLAYBOOK && !bef_json_text(json, "playbook_id"))
		wrong(r, id, "%s", tr("it names no playbook to open"));
}

/* The steps that `step` leads to, in reading order: its branches, then what comes after them.
 * -1: no such pointer; -2: there are no more. */
static int child(const struct bef_step *step, int k)
{
	const int tails[] = { step->on_failure, step->on_success, step->on_completion };
	int branches = 2 + step->way_count;

	if (k < 2)
		return k == 0 ? step->on_true : step->on_false;
	if (k < branches)
		return step->way[k - 2].to;
	return k < branches + 3 ? tails[k - branches] : -2;
}

/* A way through the steps, from the start down to the step looked at. */
struct frame {
	int at, next; /* which of its children is looked at next */
	int level;    /* branches within branches */
};

static bool in_branch(const struct bef_playbook *p, const struct frame *frame)
{
	return frame->next > 0 && frame->next <= 2 + p->step[frame->at].way_count;
}

/* Some write the end of a branch as a way back to the step that opened it. */
static bool is_way_back(const struct bef_playbook *p, const struct frame *stack, int depth, int to)
{
	while (depth > 0 && !in_branch(p, &stack[depth - 1]))
		depth--;
	return depth > 0 && stack[depth - 1].at == to;
}

static bool note_way_back(struct reading *r, const struct frame *stack, int depth, int to)
{
	if (!is_way_back(r->playbook, stack, depth, to) || r->back_count == WAYS_BACK_MOST)
		return false;
	r->back[r->back_count++] = (struct way_back){ stack[depth - 1].at, to };
	return true;
}

/* Can `wanted` be reached from what comes after `from` (its branches left out)? */
static bool comes_after(const struct bef_playbook *p, int from, int wanted, int *queue, unsigned char *seen)
{
	int count = 0;
	int k = 2 + p->step[from].way_count;

	memset(seen, 0, (size_t)p->step_count);
	seen[from] = 1;
	queue[count++] = from;
	for (int i = 0; i < count; i++, k = 0)
		for (int to; (to = child(&p->step[queue[i]], k)) != -2; k++) {
			if (to == wanted)
				return true;
			if (to >= 0 && !seen[to]) {
				seen[to] = 1;
				queue[count++] = to;
			}
		}
	return false;
}

/* A step that ends a branch by leading back to what opened it must not also stand after it: it would be
 * gone round for ever. */
static void check_ways_back(struct reading *r)
{
	struct bef_playbook *p = r->playbook;
	size_t count = (size_t)p->step_count + 1;
	BEF_AUTO_FREE int *queue = calloc(count, sizeof(*queue));
	BEF_AUTO_FREE unsigned char *seen = calloc(count, 1);

	if (!queue || !seen)
		r->rc = bef_no_memory(r->err);
	for (int i = 0; i < r->back_count && !r->rc; i++)
		if (comes_after(p, r->back[i].to, r->back[i].from, queue, seen))
			wrong(r, p->step[r->back[i].to].id, "%s",
			      tr("the path comes back to it: loops need a while-condition"));
}

/* Number the steps people see in reading order, and refuse a path that comes back on itself. */
static void number_from(struct reading *r, int from, struct frame *stack, unsigned char *seen)
{
	enum { ON_PATH = 1, DONE = 2 };
	struct bef_playbook *p = r->playbook;
	int depth = 0;
	int to = from;

	for (;;) {
		if (to >= 0 && !seen[to]) {
			seen[to] = ON_PATH;
			if (bef_step_is_shown(&p->step[to])) {
				p->shown[p->numbered++] = to;
				p->step[to].number = p->numbered;
			}
			stack[depth] = (struct frame){ to, 0, 0 };
			if (depth > 0)
				stack[depth].level = stack[depth - 1].level + in_branch(p, &stack[depth - 1]);
			if (stack[depth++].level > BEF_LEVELS_MOST) {
				wrong(r, p->step[to].id, "%s", tr("branches within branches, too deep"));
				return;
			}
		} else if (to >= 0 && seen[to] == ON_PATH && !note_way_back(r, stack, depth, to)) {
			wrong(r, p->step[to].id, "%s", tr("the path comes back to it: loops need a while-condition"));
			return;
		}
		while (depth > 0 && (to = child(&p->step[stack[depth - 1].at], stack[depth - 1].next++)) == -2)
			seen[stack[--depth].at] = DONE;
		if (depth == 0)
			return;
	}
}

static void number_steps(struct reading *r)
{
	struct bef_playbook *p = r->playbook;
	size_t count = (size_t)p->step_count + 1;
	BEF_AUTO_FREE struct frame *stack = calloc(count, sizeof(*stack));
	BEF_AUTO_FREE unsigned char *seen = calloc(count, 1);

	if (!stack || !seen) {
		r->rc = bef_no_memory(r->err);
		return;
	}
	number_from(r, p->start, stack, seen);
	if (!r->rc && p->exception >= 0)
		number_from(r, p->exception, stack, seen);
	if (!r->rc && r->back_count)
		check_ways_back(r);
}

static void read_workflow(struct reading *r, const json_t *workflow)
{
	struct bef_playbook *p = r->playbook;
	const char *id;
	json_t *json;

	json_object_foreach ((json_t *)(uintptr_t)workflow, id, json)
		read_step(r, id, json);
	for (int i = 0; i < p->step_count; i++)
		p->by_id[i] = &p->step[i];
	qsort(p->by_id, (size_t)p->step_count, sizeof(*p->by_id), by_id);
	for (int i = 0; i < p->step_count && !r->rc; i++)
		read_pointers(r, &p->step[i]);
	p->start = bef_playbook_step(p, bef_json_text(p->doc, "workflow_start"));
	p->exception = bef_playbook_step(p, bef_json_text(p->doc, "workflow_exception"));
	if (p->start < 0 || p->step[p->start].type != BEF_STEP_START)
		wrong(r, NULL, "%s", tr("workflow_start does not name a start step"));
	if (p->exception < 0 && json_object_get(p->doc, "workflow_exception"))
		wrong(r, NULL, "%s", tr("workflow_exception does not name a step"));
	if (!r->rc)
		number_steps(r);
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

static void make_room(struct reading *r, const json_t *workflow)
{
	struct bef_playbook *p = r->playbook;
	size_t steps = json_object_size(workflow);
	size_t ways = 1;
	const char *id;
	json_t *json;

	if (steps < 2 || steps > BEF_STEPS_MOST)
		r->rc = bef_fail(r->err, BEF_USAGE, tr("its workflow has no steps, or more than %d"), BEF_STEPS_MOST);
	if (r->rc)
		return;
	json_object_foreach ((json_t *)(uintptr_t)workflow, id, json)
		ways += json_array_size(json_object_get(json, "next_steps")) +
		        json_object_size(json_object_get(json, "cases"));
	p->step = calloc(steps, sizeof(*p->step));
	p->by_id = calloc(steps, sizeof(*p->by_id));
	p->shown = calloc(steps, sizeof(*p->shown));
	p->way = calloc(ways, sizeof(*p->way));
	if (!p->step || !p->by_id || !p->shown || !p->way)
		r->rc = bef_no_memory(r->err);
}

void bef_playbook_free(struct bef_playbook *playbook)
{
	if (!playbook)
		return;
	json_decref(playbook->doc);
	free(playbook->step);
	free(playbook->by_id);
	free(playbook->shown);
	free(playbook->way);
	free(playbook);
}

enum bef_rc bef_playbook_load(const char *data, size_t len, struct bef_playbook **out, struct bef_err *err)
{
	struct bef_playbook *p = calloc(1, sizeof(*p));
	struct reading r = { .playbook = p, .err = err };
	const json_t *workflow;

	if (!p)
		return bef_no_memory(err);
	r.rc = len > BEF_PLAYBOOK_MOST
	               ? bef_fail(err, BEF_USAGE, tr("a playbook has at most %d bytes"), BEF_PLAYBOOK_MOST)
	               : bef_json_load(data, len, &p->doc, err);
	if (r.rc == BEF_OK)
		read_head(&r);
	workflow = json_object_get(p->doc, "workflow");
	if (!r.rc)
		make_room(&r, workflow);
	if (!r.rc)
		read_workflow(&r, workflow);
	if (r.rc)
		bef_playbook_free(p);
	else
		*out = p;
	return r.rc;
}
