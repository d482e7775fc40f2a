/* SPDX-License-Identifier: EUPL-1.2 */
/* A case as JSON: stable English keys, absent members absent, times RFC 3339 in UTC. */
#include <string.h>

#include "base/json.h"
#include "model/case.h"

/* An object under construction; the first failure sticks. */
struct object {
	json_t *json;
	bool ok;
};

static struct object begin(const char *type)
{
	struct object o = { json_object(), true };

	o.ok = o.json != NULL;
	if (type) {
		bef_json_put_int(o.json, "v", 1, &o.ok);
		bef_json_put_text(o.json, "type", type, &o.ok);
	}
	return o;
}

static json_t *end(struct object *o)
{
	if (o->ok)
		return o->json;
	json_decref(o->json);
	return NULL;
}

static void text(struct object *o, const char *key, const char *value)
{
	bef_json_put_text(o->json, key, value, &o->ok);
}

static void number(struct object *o, const char *key, int64_t value)
{
	bef_json_put_int(o->json, key, value, &o->ok);
}

static void instant(struct object *o, const char *key, int64_t at_ms)
{
	bef_json_put_instant(o->json, key, at_ms, &o->ok);
}

static void flag(struct object *o, const char *key, bool value)
{
	if (value)
		bef_json_put_bool(o->json, key, true, &o->ok);
}

static void line_ref(struct object *o, const char *key, const struct bef_line *line)
{
	if (line)
		number(o, key, line->number);
}

static void id_text(struct object *o, const char *key, const struct bef_hash *id)
{
	char hex[BEF_HASH_HEX];

	bef_hex(id->byte, sizeof(id->byte), hex);
	text(o, key, hex);
}

/* The body without the document of a run: its digest is there, the text is in the journal. */
static void body_of(struct object *o, const struct bef_line *line)
{
	json_t *body = json_copy((json_t *)(uintptr_t)bef_line_body(line));

	if (!body)
		return;
	json_object_del(body, "document");
	bef_json_put(o->json, "body", body, &o->ok);
}

json_t *bef_line_json(const struct bef_case *c, const struct bef_line *line)
{
	struct object o = begin("entry");

	text(&o, "incident", c->ref);
	number(&o, "number", line->number);
	id_text(&o, "id", &line->entry->id);
	text(&o, "kind", line->entry->kind);
	instant(&o, "happened_at", line->at_ms);
	instant(&o, "recorded_at", line->entry->recorded_at_ms);
	text(&o, "author", line->entry->author);
	text(&o, "role", *line->entry->role ? line->entry->role : NULL);
	flag(&o, "amended", line->amended);
	flag(&o, "struck", line->struck);
	flag(&o, "erased", line->erased);
	flag(&o, "undone", line->undone);
	line_ref(&o, "by", line->by);
	body_of(&o, line);
	return end(&o);
}

static json_t *decision_json(const struct bef_case *c, size_t i)
{
	const struct bef_decision *decision = &c->decision[i];
	struct object o = begin(NULL);

	number(&o, "decision", (int64_t)i + 1);
	line_ref(&o, "entry", decision->line);
	instant(&o, "at", decision->line->at_ms);
	text(&o, "by", bef_json_text_or(bef_line_body(decision->line), "by", decision->line->entry->author));
	text(&o, "question", bef_line_text(decision->line, "question"));
	text(&o, "choice", bef_line_text(decision->line, "choice"));
	if (json_object_get(bef_line_body(decision->line), "options"))
		bef_json_put(o.json, "options",
		             json_copy(json_object_get(bef_line_body(decision->line), "options")), &o.ok);
	text(&o, "reason", bef_line_text(decision->line, "reason"));
	flag(&o, "reversible", bef_json_bool(bef_line_body(decision->line), "reversible"));
	instant(&o, "review_at", decision->review_at_ms);
	line_ref(&o, "superseded_by", decision->superseded_by);
	flag(&o, "struck", decision->line->struck);
	flag(&o, "undone", decision->line->undone);
	return end(&o);
}

static void put_action(struct object *o, const struct bef_case *c, size_t i)
{
	const struct bef_action *action = &c->action[i];

	number(o, "action", (int64_t)i + 1);
	line_ref(o, "entry", action->line);
	text(o, "text", bef_line_text(action->line, "text"));
	text(o, "state", action->state);
	text(o, "owner", action->owner);
	text(o, "priority", bef_line_text(action->line, "priority"));
	instant(o, "due_at", action->due_at_ms);
	line_ref(o, "changed", action->changed);
	text(o, "reason", action->changed ? bef_line_text(action->changed, "reason") : NULL);
	flag(o, "struck", action->line->struck);
	flag(o, "undone", action->line->undone);
}

static json_t *action_json(const struct bef_case *c, size_t i)
{
	struct object o = begin(NULL);

	put_action(&o, c, i);
	return end(&o);
}

json_t *bef_action_json(const struct bef_case *c, size_t i)
{
	struct object o = begin("action");

	text(&o, "incident", c->ref);
	put_action(&o, c, i);
	return end(&o);
}

static json_t *evidence_json(const struct bef_case *c, size_t i)
{
	const struct bef_evidence *item = &c->evidence[i];
	struct object o = begin(NULL);

	number(&o, "item", (int64_t)i + 1);
	line_ref(&o, "entry", item->line);
	instant(&o, "at", item->line->at_ms);
	text(&o, "name", bef_line_text(item->line, "name"));
	text(&o, "sha256", bef_line_text(item->line, "sha256"));
	number(&o, "size", bef_line_int(item->line, "size"));
	flag(&o, "copied", bef_json_bool(bef_line_body(item->line), "copied"));
	text(&o, "held_by", item->handed ? bef_line_text(item->handed, "to") : NULL);
	number(&o, "handovers", item->handovers);
	flag(&o, "struck", item->line->struck);
	return end(&o);
}

static json_t *alert_json(const struct bef_case *c, size_t i)
{
	const struct bef_alert *alert = &c->alert[i];
	json_t *to = json_array();
	struct object o = begin(NULL);

	number(&o, "alert", (int64_t)i + 1);
	line_ref(&o, "entry", alert->line);
	text(&o, "event", bef_line_text(alert->line, "event"));
	text(&o, "level", bef_line_text(alert->line, "level"));
	text(&o, "text", bef_line_text(alert->line, "text"));
	text(&o, "text_fr", bef_line_text(alert->line, "text_fr"));
	for (size_t d = 0; d < c->delivery_count; d++) {
		const struct bef_delivery *delivery = &c->delivery[d];
		struct object one;

		if (delivery->alert != (int)i)
			continue;
		one = begin(NULL);
		text(&one, "destination", delivery->destination);
		text(&one, "state", bef_delivery_state(delivery));
		line_ref(&one, "entry", delivery->line);
		if (json_array_append_new(to, end(&one)) != 0)
			o.ok = false;
	}
	bef_json_put(o.json, "deliveries", to, &o.ok);
	return end(&o);
}

static void put_step(struct object *o, const struct bef_run *run, const struct bef_step *step)
{
	const struct bef_mark *mark = &run->mark[step - run->playbook->step];

	number(o, "step", step->number);
	text(o, "id", step->id);
	text(o, "step_type", bef_json_text(step->json, "type"));
	text(o, "name", bef_step_text(step, "name"));
	text(o, "status", bef_step_status_name(mark->status));
	flag(o, "mandatory", step->mandatory);
	text(o, "assigned_to", mark->assigned ? bef_line_text(mark->assigned, "to") : NULL);
	instant(o, "due_at", mark->due_at_ms);
	line_ref(o, "entry", mark->line);
	flag(o, "in_force", bef_mark_in_force(run, (int)(step - run->playbook->step)));
	if (mark->child >= 0)
		number(o, "opened_run", mark->child + 1);
	if (mark->pass > 0)
		number(o, "pass", mark->pass);
}

static json_t *step_json(const struct bef_run *run, const struct bef_step *step)
{
	struct object o = begin(NULL);

	put_step(&o, run, step);
	return end(&o);
}

json_t *bef_step_json(const struct bef_case *c, const struct bef_run *run, const struct bef_step *step)
{
	struct object o = begin("step");

	text(&o, "incident", c->ref);
	number(&o, "run", run - c->run + 1);
	put_step(&o, run, step);
	return end(&o);
}

static json_t *run_json(const struct bef_case *c, size_t i)
{
	const struct bef_run *run = &c->run[i];
	json_t *steps = json_array();
	struct object o = begin(NULL);

	number(&o, "run", (int64_t)i + 1);
	line_ref(&o, "entry", run->line);
	text(&o, "playbook", run->playbook->key);
	text(&o, "playbook_id", run->playbook->id);
	text(&o, "version", run->playbook->version);
	text(&o, "sha256", bef_line_text(run->line, "sha256"));
	number(&o, "done", run->done);
	number(&o, "total", run->total);
	flag(&o, "finished", run->finished);
	flag(&o, "stopped", run->stopped != NULL);
	flag(&o, "undone", run->line->undone);
	for (int n = 1; n <= run->playbook->numbered; n++)
		if (json_array_append_new(steps, step_json(run, bef_playbook_number(run->playbook, n))) != 0)
			o.ok = false;
	bef_json_put(o.json, "steps", steps, &o.ok);
	return end(&o);
}

static json_t *move_json(const struct bef_case *c, size_t i)
{
	const struct bef_move *move = &c->move[i];
	struct object o = begin(NULL);

	text(&o, "axis", move->is_state ? "state" : "phase");
	text(&o, "from", move->from);
	text(&o, "to", move->to);
	instant(&o, "at", move->line->at_ms);
	line_ref(&o, "entry", move->line);
	text(&o, "reason", bef_line_text(move->line, "reason"));
	return end(&o);
}

static json_t *answer_json(const struct bef_case *c, size_t i)
{
	static const char *const truths[] = { [BEF_FALSE] = "no", [BEF_TRUE] = "yes", [BEF_UNKNOWN] = "unknown" };
	const struct bef_answer *answer = &c->answer[i];
	struct object o = begin(NULL);

	text(&o, "fact", answer->fact);
	text(&o, "answer", answer->text ? answer->text : truths[answer->truth]);
	text(&o, "by", bef_json_text_or(bef_line_body(answer->line), "by", answer->line->entry->author));
	line_ref(&o, "entry", answer->line);
	return end(&o);
}

static json_t *instant_json(const struct bef_case *c, size_t i)
{
	struct object o = begin(NULL);

	text(&o, "event", c->instant[i].event);
	instant(&o, "at", c->instant[i].at_ms);
	line_ref(&o, "entry", c->instant[i].line);
	return end(&o);
}

/* Late or not depends on the hour, which a case does not know: a clock that runs is running. */
static json_t *clock_json(const struct bef_case *c, size_t i)
{
	const struct bef_clock *clock = &c->clock[i];
	struct object o = begin(NULL);

	text(&o, "rule", clock->rule);
	text(&o, "state", bef_clock_state_name(bef_clock_state(clock, 0)));
	text(&o, "article", bef_json_text(clock->json, "article"));
	text(&o, "start_event", bef_json_text(clock->json, "start_event"));
	instant(&o, "start", clock->start_at_ms);
	instant(&o, "safe", clock->safe_at_ms);
	instant(&o, "extended", clock->extended_at_ms);
	line_ref(&o, "entry", clock->line);
	line_ref(&o, "sent", clock->sent);
	line_ref(&o, "dismissed", clock->dismissed);
	return end(&o);
}

static json_t *log_json(const struct bef_case *c, size_t i)
{
	return bef_line_json(c, &c->line[i]);
}

static void list(struct object *o, const char *key, const struct bef_case *c, size_t count,
                 json_t *(*one)(const struct bef_case *, size_t))
{
	json_t *items = json_array();

	for (size_t i = 0; i < count; i++)
		if (json_array_append_new(items, one(c, i)) != 0)
			o->ok = false;
	bef_json_put(o->json, key, items, &o->ok);
}

static struct object begin_case(const struct bef_case *c, const char *type)
{
	char log[BEF_UUID_TEXT];
	struct object o = begin(type);

	bef_uuid_format(&c->log, log);
	text(&o, "incident", c->ref);
	text(&o, "log", log);
	text(&o, "title", c->title);
	text(&o, "incident_type", c->type);
	text(&o, "severity", c->severity);
	text(&o, "cause", c->cause);
	text(&o, "tlp", c->tlp);
	flag(&o, "drill", c->drill);
	text(&o, "zone", c->zone);
	text(&o, "phase", c->phase);
	text(&o, "state", c->state);
	instant(&o, "opened_at", c->opened_at_ms);
	instant(&o, "detected_at", c->detected_at_ms);
	instant(&o, "aware_at", c->aware_at_ms);
	instant(&o, "closed_at", c->closed_at_ms);
	text(&o, "reporter", c->reporter);
	text(&o, "summary", c->summary);
	number(&o, "entries", (int64_t)c->line_count);
	return o;
}

json_t *bef_case_head_json(const struct bef_case *c, const char *type)
{
	struct object o = begin_case(c, type);

	return end(&o);
}

json_t *bef_case_json(const struct bef_case *c)
{
	json_t *heads = json_array();
	struct object o = begin_case(c, "case");

	for (unsigned i = 0; i < c->head_count; i++) {
		char hex[BEF_HASH_HEX];

		bef_hex(c->head[i].byte, sizeof(c->head[i].byte), hex);
		if (json_array_append_new(heads, json_string(hex)) != 0)
			o.ok = false;
	}
	bef_json_put(o.json, "heads", heads, &o.ok);
	list(&o, "moves", c, c->move_count, move_json);
	list(&o, "runs", c, c->run_count, run_json);
	list(&o, "decisions", c, c->decision_count, decision_json);
	list(&o, "actions", c, c->action_count, action_json);
	list(&o, "evidence", c, c->evidence_count, evidence_json);
	list(&o, "observables", c, c->observable_count, bef_observable_json);
	list(&o, "assets", c, c->asset_count, bef_asset_json);
	list(&o, "alerts", c, c->alert_count, alert_json);
	list(&o, "facts", c, c->answer_count, answer_json);
	list(&o, "instants", c, c->instant_count, instant_json);
	list(&o, "deadlines", c, c->clock_count, clock_json);
	list(&o, "journal", c, c->line_count, log_json);
	return end(&o);
}
