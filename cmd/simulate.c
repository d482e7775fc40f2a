/* SPDX-License-Identifier: EUPL-1.2 */
/* What a playbook asks of people, without an incident: its paths, its delays, its roles, its competencies. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "authoring.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"
#include "shipped.h"

/* The least and the most that a path costs; loops are gone round never, or once. */
struct cost {
	int least, most;           /* steps */
	int64_t least_ms, most_ms; /* of those that say how long they take */
};

struct simulation {
	const struct bef_playbook *p;
	struct cost *cost; /* from each step to the end of its branch */
	bool *known;
};

static struct cost cost_of(struct simulation *s, int at, int opener);

static struct cost either(struct cost a, struct cost b)
{
	return (struct cost){ a.least < b.least ? a.least : b.least, a.most > b.most ? a.most : b.most,
		              a.least_ms < b.least_ms ? a.least_ms : b.least_ms, a.most_ms > b.most_ms ? a.most_ms : b.most_ms };
}

static struct cost both(struct cost a, struct cost b)
{
	return (struct cost){ a.least + b.least, a.most + b.most, a.least_ms + b.least_ms, a.most_ms + b.most_ms };
}

/* Branches side by side: all the steps, but the time of the longest. */
static struct cost beside(struct cost a, struct cost b)
{
	struct cost sum = both(a, b);

	sum.least_ms = a.least_ms > b.least_ms ? a.least_ms : b.least_ms;
	sum.most_ms = a.most_ms > b.most_ms ? a.most_ms : b.most_ms;
	return sum;
}

static struct cost branches_cost(struct simulation *s, int at)
{
	const struct bef_step *step = &s->p->step[at];
	struct cost none = { 0, 0, 0, 0 };
	struct cost sum = none;

	if (step->type == BEF_STEP_IF)
		return either(cost_of(s, step->on_true, at), step->on_false >= 0 ? cost_of(s, step->on_false, at) : none);
	if (step->type == BEF_STEP_WHILE)
		return either(none, cost_of(s, step->on_true, at));
	for (int i = 0; i < step->way_count; i++) {
		struct cost one = cost_of(s, step->way[i].to, at);

		sum = i == 0 ? one : step->type == BEF_STEP_PARALLEL ? beside(sum, one) : either(sum, one);
	}
	return sum;
}

/* What the step itself takes: CACAO's times, or our delay where it counts from the step. */
static int64_t own_ms(const struct bef_step *step)
{
	bool from_step = strcmp(bef_json_text_or(step->extension, "from", ""), "step") == 0;

	return step->delay_ms + (step->within_ms && from_step ? step->within_ms : step->timeout_ms);
}

static struct cost cost_of(struct simulation *s, int at, int opener)
{
	const struct bef_step *step = at >= 0 ? &s->p->step[at] : NULL;
	struct cost cost = { 0, 0, 0, 0 };
	int next;

	if (!step || at == opener || step->type == BEF_STEP_END)
		return cost;
	if (s->known[at])
		return s->cost[at];
	s->known[at] = true; /* a way back that the reader allowed costs nothing more */
	next = step->on_success >= 0 ? step->on_success : step->on_completion;
	cost = cost_of(s, next, opener);
	if (step->on_failure >= 0)
		cost = either(cost, cost_of(s, step->on_failure, opener));
	cost = both(cost, branches_cost(s, at));
	if (bef_step_is_shown(step))
		cost = both(cost, (struct cost){ 1, 1, own_ms(step), own_ms(step) });
	s->cost[at] = cost;
	return cost;
}

/* --- roles --- */

/* The first role of each step below `at`, as bits. */
static unsigned roles_below(const struct bef_playbook *p, int at, int opener, int levels)
{
	unsigned roles = 0;

	for (int hops = 0; at >= 0 && at != opener && p->step[at].type != BEF_STEP_END && hops < p->step_count; hops++) {
		const struct bef_step *step = &p->step[at];
		const char *role = bef_step_role(step);
		int index = role ? bef_word_index(&bef_roles, role) : -1;

		if (index >= 0 && bef_step_is_shown(step))
			roles |= 1u << index;
		for (int i = 0; i < step->way_count && levels > 0; i++)
			roles |= roles_below(p, step->way[i].to, at, levels - 1);
		if (step->on_true >= 0 && levels > 0)
			roles |= roles_below(p, step->on_true, at, levels - 1);
		if (step->on_false >= 0 && levels > 0)
			roles |= roles_below(p, step->on_false, at, levels - 1);
		at = step->on_success >= 0 ? step->on_success : step->on_completion;
	}
	return roles;
}

static void name_roles(unsigned roles, struct bef_text *out)
{
	bool first = true;

	for (int i = 0; bef_roles.row[i].name; i++)
		if (roles & (1u << i)) {
			bef_text_printf(out, "%s%s", first ? "" : ", ", bef_word_label(&bef_roles, bef_roles.row[i].name));
			first = false;
		}
}

static void put_roles(struct bef_app *app, const struct bef_playbook *p)
{
	BEF_AUTO(text) line = { .max = 1 << 14 };

	for (int i = 0; bef_roles.row[i].name; i++) {
		int steps = 0;

		for (int n = 1; n <= p->numbered; n++) {
			const struct bef_step *step = bef_playbook_number(p, n);
			const char *role = bef_step_role(step);

			steps += role && strcmp(role, bef_roles.row[i].name) == 0;
		}
		if (steps)
			bef_text_printf(&line, "%s%s %d", line.len ? ", " : "", bef_word_label(&bef_roles, bef_roles.row[i].name), steps);
	}
	bef_put_cell(app, BEF_FAINT, 14, tr("steps by role"));
	bef_wrap_text(app, BEF_PLAIN, 14, 14, &line);
}

static void put_parallel(struct bef_app *app, const struct bef_playbook *p, int at)
{
	BEF_AUTO(text) line = { .max = 1 << 14 };

	bef_text_tame(&line, bef_step_text(&p->step[at], "name"), true);
	for (int i = 0; i < p->step[at].way_count; i++) {
		bef_text_printf(&line, i ? " | " : tr(": %s"), "");
		name_roles(roles_below(p, p->step[at].way[i].to, at, 20), &line);
	}
	bef_put_cell(app, BEF_FAINT, 14, tr("side by side"));
	bef_wrap_text(app, BEF_PLAIN, 14, 14, &line);
}

/* "technical,scribe" as bits.  BEF_USAGE: one is no role. */
static enum bef_rc read_roles(const char *list, unsigned *out, struct bef_err *err)
{
	char word[64];

	*out = 0;
	for (const char *at = list; at && *at;) {
		size_t len = strcspn(at, ",");
		const struct bef_word *role;
		enum bef_rc rc;

		snprintf(word, sizeof(word), "%.*s", (int)(len < 60 ? len : 60), at);
		rc = bef_word_parse(&bef_roles, word, &role, err);
		if (rc)
			return rc;
		*out |= 1u << bef_word_index(&bef_roles, role->name);
		at += len + (at[len] == ',');
	}
	return BEF_OK;
}

/* The roles that the playbook counts on and nobody fills. */
static void put_vacant(struct bef_app *app, const struct bef_playbook *p, unsigned present)
{
	unsigned vacant = roles_below(p, p->start, -1, 50) & ~present;
	BEF_AUTO(text) line = { .max = 1 << 14 };

	if (bef_word_index(&bef_roles, "everyone") >= 0)
		vacant &= ~(1u << bef_word_index(&bef_roles, "everyone"));
	if (vacant)
		name_roles(vacant, &line);
	else
		bef_text_puts(&line, tr("no role"));
	bef_put_cell(app, BEF_FAINT, 14, tr("vacant roles"));
	bef_wrap_text(app, vacant ? BEF_BAD : BEF_PLAIN, 14, 14, &line);
}

static enum bef_rc put_simulation_json(const struct bef_playbook *p, const struct cost *cost, int lost, struct bef_err *err)
{
	json_t *object = bef_json_begin("simulation");
	bool ok = object != NULL;

	bef_json_put_text(object, "playbook", p->key, &ok);
	bef_json_put_int(object, "steps", p->numbered, &ok);
	bef_json_put_int(object, "least_steps", cost->least, &ok);
	bef_json_put_int(object, "most_steps", cost->most, &ok);
	bef_json_put_int(object, "least_ms", cost->least_ms, &ok);
	bef_json_put_int(object, "most_ms", cost->most_ms, &ok);
	bef_json_put_int(object, "unreachable", lost, &ok);
	return bef_put_json(ok ? object : NULL, err);
}

static void put_simulation(struct bef_app *app, const struct bef_playbook *p, const struct cost *cost, int lost)
{
	char least[BEF_DATE_SIZE], most[BEF_DATE_SIZE];

	bef_put(app, BEF_STRONG, "%s\n", bef_playbook_text(p, "name"));
	bef_put_cell(app, BEF_FAINT, 14, tr("paths"));
	bef_put(app, BEF_PLAIN, tr("from %d to %d steps; the delays that count from a step add up to %s at least, %s at most\n"),
	        cost->least, cost->most, bef_span_format(cost->least_ms, least), bef_span_format(cost->most_ms, most));
	put_roles(app, p);
	for (int i = 0; i < p->step_count; i++)
		if (p->step[i].type == BEF_STEP_PARALLEL)
			put_parallel(app, p, i);
	for (int i = 0; i < p->step_count && lost; i++)
		if (bef_step_is_shown(&p->step[i]) && p->step[i].number == 0)
			bef_put(app, BEF_WARN, tr("no path leads to %s\n"), bef_step_text(&p->step[i], "name"));
}

enum bef_rc bef_playbook_simulate(struct bef_app *app, const char *word, const char *present, struct bef_err *err)
{
	struct bef_playbook *p = NULL;
	BEF_AUTO(text) document = { 0 };
	struct simulation s = { 0 };
	struct cost cost;
	unsigned roles = 0;
	int lost = 0;
	enum bef_rc rc = read_roles(present, &roles, err);

	if (rc == BEF_OK)
		rc = bef_playbook_find(app->desk.base, word, &p, &document, err);

	if (rc)
		return rc;
	s = (struct simulation){ p, calloc((size_t)p->step_count, sizeof(*s.cost)), calloc((size_t)p->step_count, sizeof(bool)) };
	if (!s.cost || !s.known)
		rc = bef_no_memory(err);
	for (int i = 0; i < p->step_count; i++)
		lost += bef_step_is_shown(&p->step[i]) && p->step[i].number == 0;
	if (rc == BEF_OK) {
		cost = cost_of(&s, p->start, -1);
		if (app->g.json)
			rc = put_simulation_json(p, &cost, lost, err);
		else
			put_simulation(app, p, &cost, lost);
		if (present && !app->g.json)
			put_vacant(app, p, roles);
	}
	free(s.cost);
	free(s.known);
	bef_playbook_free(p);
	return rc ? rc : lost ? BEF_ATTENTION : BEF_OK;
}
