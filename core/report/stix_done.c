/* SPDX-License-Identifier: EUPL-1.2 */
/* What was done and written: steps and actions as tasks, measures as courses of action, the log as notes. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "report/stix.h"

/* --- tasks ------------------------------------------------------------------- */

static void put_task(struct stix *s, json_t *object, const char *id, const char *outcome)
{
	stix_text(s, object, "outcome", outcome);
	stix_extend(s, object, STIX_TASK, "new-sdo");
	if (s->ok && json_array_append_new(s->tasks, json_string(id)) != 0)
		s->ok = false;
	stix_put(s, object);
}

static const char *outcome_of(enum bef_step_status status)
{
	static const char *const outcomes[BEF_STEP_COUNT] = {
		[BEF_STEP_READY] = "pending", [BEF_STEP_DONE] = "successful", [BEF_STEP_SKIPPED] = "cancelled",
		[BEF_STEP_FAILED] = "failed", [BEF_STEP_BLOCKED] = "failed", [BEF_STEP_WAITING] = "ongoing",
	};

	return outcomes[status];
}

/* Of our phases, those that the vocabulary of tasks knows. */
static const char *task_type(const char *phase)
{
	static const char *const types[][2] = {
		{ "detection", "detected" }, { "qualification", "investigation" }, { "containment", "containment" },
		{ "evidence", "investigation" }, { "eradication", "eradication" }, { "recovery", "recovery" },
		{ "legal", "reported" },
	};

	for (size_t i = 0; phase && i < sizeof(types) / sizeof(*types); i++)
		if (strcmp(types[i][0], phase) == 0)
			return types[i][1];
	return NULL;
}

/* A step of a run on its way out. */
struct doing {
	const struct bef_run *run;
	const struct bef_step *step;
	const struct bef_mark *mark;
	struct stix_head head;
};

static void put_step(struct stix *s, const struct doing *d)
{
	const char *type = task_type(bef_json_text(d->step->extension, "phase"));
	const struct bef_line *line = d->mark->line;
	char id[BEF_EXPORT_ID];
	json_t *object = stix_new(s, &d->head, id);

	stix_text(s, object, "name", bef_step_text(d->step, "name"));
	stix_text(s, object, "description", bef_step_text(d->step, "text"));
	stix_list(s, object, "task_types", "playbook-step-execution");
	if (type)
		stix_list(s, object, "task_types", type);
	if (d->mark->ready_at_ms && (!line || line->at_ms >= d->mark->ready_at_ms))
		stix_instant(s, object, "start_time", d->mark->ready_at_ms);
	if (line && d->mark->status != BEF_STEP_READY)
		stix_instant(s, object, "end_time", line->at_ms);
	if (d->mark->due_at_ms)
		stix_instant(s, object, "due_date", d->mark->due_at_ms);
	put_task(s, object, id, outcome_of(d->mark->status));
}

/* --- measures ---------------------------------------------------------------- */

/* "T1486", "T1078.004" (ATT&CK). */
static bool is_technique(const char *id)
{
	return id && *id == 'T' && strspn(id + 1, "0123456789") == 4 &&
	       (!id[5] || (id[5] == '.' && strspn(id + 6, "0123456789") == 3 && !id[9]));
}

/* The same in every bundle: it has no name of ours and no marking. */
static void put_technique(struct stix *s, const char *technique, char id[BEF_EXPORT_ID])
{
	json_t *object = json_object();
	char name[64];

	snprintf(name, sizeof(name), "attack-pattern:%.20s", technique);
	if (!object || !bef_export_id(&bef_export_space, "attack-pattern", name, id))
		s->ok = false;
	if (!s->ok)
		id[0] = '\0';
	stix_text(s, object, "type", "attack-pattern");
	stix_text(s, object, "spec_version", "2.1");
	stix_text(s, object, "id", id);
	stix_text(s, object, "created", "2025-01-01T00:00:00.000Z");
	stix_text(s, object, "modified", "2025-01-01T00:00:00.000Z");
	stix_text(s, object, "name", technique);
	bef_json_put(object, "external_references",
	             json_pack("[{s:s, s:s}]", "source_name", "mitre-attack", "external_id", technique), &s->ok);
	stix_put(s, object);
}

/* CACAO's references in STIX's words; those without an id say nothing of a measure. */
static json_t *references(struct stix *s, const struct bef_step *step)
{
	const json_t *theirs = json_object_get(step->json, "external_references");
	json_t *list = json_array();

	for (size_t i = 0; i < json_array_size(theirs); i++) {
		const json_t *one = json_array_get(theirs, i);
		const char *external_id = bef_json_text(one, "external_id");

		if (!external_id)
			continue;
		if (json_array_append_new(list, json_pack("{s:s, s:s}", "source_name", is_technique(external_id)
		                                                  ? "mitre-attack"
		                                                  : bef_json_text_or(one, "name", "other"),
		                                          "external_id", external_id)) != 0)
			s->ok = false;
	}
	if (json_array_size(list))
		return list;
	json_decref(list);
	return NULL;
}

static void put_measure(struct stix *s, const struct doing *d, const char *task)
{
	struct stix_head head = d->head;
	char name[BEF_EXPORT_NAME], id[BEF_EXPORT_ID], technique[BEF_EXPORT_ID];
	json_t *refs = references(s, d->step);
	json_t *object;

	snprintf(name, sizeof(name), "measure:%.200s", d->head.name);
	head.type = "course-of-action";
	head.name = name;
	object = stix_new(s, &head, id);
	stix_text(s, object, "name", bef_step_text(d->step, "name"));
	stix_text(s, object, "description", bef_step_text(d->step, "text"));
	stix_list(s, object, "labels", d->mark->lifted ? "lifted" : "in-force");
	if (refs)
		bef_json_put(object, "external_references", json_incref(refs), &s->ok);
	stix_put(s, object);
	stix_relate(s, &head, id, "related-to", s->incident);
	if (task)
		stix_relate(s, &head, task, "uses", id);
	for (size_t i = 0; i < json_array_size(refs); i++)
		if (is_technique(bef_json_text(json_array_get(refs, i), "external_id"))) {
			put_technique(s, bef_json_text(json_array_get(refs, i), "external_id"), technique);
			stix_relate(s, &head, id, "mitigates", technique);
		}
	json_decref(refs);
}

static void put_run_step(struct stix *s, const struct bef_run *run, int at)
{
	struct doing d = { run, &run->playbook->step[at], &run->mark[at], { 0 } };
	bool measure = d.mark->status == BEF_STEP_DONE && d.mark->line && bef_step_text(d.step, "undo");
	char name[BEF_EXPORT_NAME], task[BEF_EXPORT_ID];

	if (!bef_step_is_shown(d.step) || !outcome_of(d.mark->status))
		return;
	if (!s->whole) {
		s->left_out += !s->opts->plain || measure;
		return;
	}
	d.head = stix_head_of(s, "task", bef_export_name(run->line, "step", d.step->id, name), run->line);
	if (!s->opts->plain)
		put_step(s, &d);
	if (measure && bef_export_id(&s->c->log, "task", d.head.name, task))
		put_measure(s, &d, s->opts->plain ? NULL : task);
}

void stix_put_steps(struct stix *s)
{
	for (size_t r = 0; r < s->c->run_count && s->ok; r++)
		for (int at = 0; !s->c->run[r].line->undone && at < s->c->run[r].playbook->step_count; at++)
			put_run_step(s, &s->c->run[r], at);
}

static const char *action_outcome(const char *state)
{
	return strcmp(state, "done") == 0     ? "successful"
	       : strcmp(state, "failed") == 0  ? "failed"
	       : strcmp(state, "dropped") == 0 ? "cancelled"
	                                       : "pending";
}

void stix_put_actions(struct stix *s)
{
	for (size_t i = 0; i < s->c->action_count && s->ok && !s->opts->plain; i++) {
		const struct bef_action *action = &s->c->action[i];
		char name[BEF_EXPORT_NAME], id[BEF_EXPORT_ID];
		const struct stix_head head =
			stix_head_of(s, "task", bef_export_name(action->line, "action", "", name), action->line);
		json_t *object;

		if (!bef_line_counts(action->line) || !bef_line_text(action->line, "text"))
			continue;
		if (!s->whole) {
			s->left_out++;
			continue;
		}
		object = stix_new(s, &head, id);
		stix_text(s, object, "name", bef_line_text(action->line, "text"));
		if (action->due_at_ms)
			stix_instant(s, object, "due_date", action->due_at_ms);
		if (action->changed && strcmp(action->state, "open") != 0)
			stix_instant(s, object, "end_time", action->changed->at_ms);
		put_task(s, object, id, action_outcome(action->state));
	}
}

/* --- the log ----------------------------------------------------------------- */

/* What people said and decided.  Steps, actions, observables and assets are objects of their own; alerts name
 * channels of the house. */
static bool is_note(const struct bef_line *line)
{
	static const char *const kinds[] = { "note", "decision.taken", "phase.changed", "state.changed", "evidence.collected" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(line->entry->kind, kinds[i]) == 0)
			return line->kind && bef_line_counts(line) && bef_line_body(line);
	return false;
}

void stix_put_notes(struct stix *s)
{
	for (size_t i = 0; i < s->c->line_count && s->ok; i++) {
		const struct bef_line *line = &s->c->line[i];
		BEF_AUTO(text) said = { .max = 2 * BEF_PROSE_MOST };
		char name[BEF_EXPORT_NAME], id[BEF_EXPORT_ID];
		const struct stix_head head = stix_head_of(s, "note", bef_export_name(line, "note", "", name), line);
		json_t *object;

		if (!is_note(line))
			continue;
		if (!s->whole) {
			s->left_out++;
			continue;
		}
		bef_line_say(s->c, line, &said);
		s->ok = s->ok && !said.failed;
		object = stix_new(s, &head, id);
		stix_text(s, object, "abstract", line->kind->label);
		stix_text(s, object, "content", bef_text_str(&said));
		stix_list(s, object, "authors", line->entry->author);
		stix_list(s, object, "object_refs", s->incident);
		stix_put(s, object);
	}
}
