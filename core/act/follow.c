/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/follow.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/condition.h"

enum { COMPUTED_MOST = 200 };

static enum bef_rc set_variable(struct bef_act *act, const struct bef_run *run, const char *name, const char *value,
                                struct bef_err *err)
{
	char id[BEF_HASH_HEX];

	bef_run_id(run, id);
	return bef_act_add(act, "run.variable", *value ? json_pack("{s:s, s:s, s:s}", "run", id, "name", name, "value", value)
	                                               : json_pack("{s:s, s:s}", "run", id, "name", name), 0, err);
}

/* Types that a program would trip over; the others are whatever people write. */
static bool is_of_type(const char *type, const char *value)
{
	size_t len = strlen(value);

	if (strcmp(type, "integer") == 0 || strcmp(type, "long") == 0)
		return strspn(value + (*value == '-'), "0123456789") == len - (*value == '-') && len > (size_t)(*value == '-');
	if (strcmp(type, "bool") == 0)
		return bef_fold_equal(value, "true") || bef_fold_equal(value, "false");
	if (strcmp(type, "sha256-hash") == 0 || strcmp(type, "md5-hash") == 0 || strcmp(type, "hexstring") == 0)
		return strspn(value, "0123456789abcdefABCDEF") == len;
	return true;
}

/* "host" and "__host__" are both taken. */
static enum bef_rc set_one(struct bef_act *act, const struct bef_run *run, const struct bef_setting *set,
                           struct bef_err *err)
{
	const struct bef_variable *variable = bef_run_variable(run, -1, set->name);
	char name[256];

	snprintf(name, sizeof(name), "__%.250s__", set->name);
	if (!variable)
		variable = bef_run_variable(run, -1, name);
	if (!variable)
		return bef_fail(err, BEF_USAGE, tr("'%s' has no variable '%s'"), run->playbook->key, BEF_SHORT(set->name, 60));
	if (bef_variable_is_constant(variable))
		return bef_fail(err, BEF_USAGE, tr("the variable '%.60s' is a constant"), set->name);
	if (*set->value && !is_of_type(bef_variable_type(variable), set->value))
		return bef_fail(err, BEF_USAGE, tr("'%.60s' is no value of type %.20s for '%.60s'"), set->value,
		                bef_variable_type(variable), set->name);
	return set_variable(act, run, variable->name, set->value, err);
}

/* --- values handed over between a playbook and the one it opens --- */

static bool is_named(const json_t *names, const char *name)
{
	for (size_t i = 0; i < json_array_size(names); i++) {
		const char *one = json_string_value(json_array_get(names, i));

		if (one && strcmp(one, name) == 0)
			return true;
	}
	return false;
}

/* Of `from`'s variables named by the step, those that `to` has and knows otherwise. */
static enum bef_rc hand_over(struct bef_act *act, const struct bef_run *from, const struct bef_run *to,
                             const json_t *names, bool all, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; rc == BEF_OK && i < from->variable_count; i++) {
		const struct bef_variable *given = &from->variable[i];
		const struct bef_variable *taken = bef_run_variable(to, -1, given->name);

		if (!given->value || given->step >= 0 || !taken || bef_variable_is_constant(taken) ||
		    !(all || is_named(names, given->name)) || (taken->value && strcmp(taken->value, given->value) == 0))
			continue;
		rc = set_variable(act, to, given->name, given->value, err);
	}
	return rc;
}

static const json_t *opening_step(const struct bef_case *c, const struct bef_run *run)
{
	return c->run[run->parent].playbook->step[run->parent_step].json;
}

/* CACAO 2.0, 4.5: in_args go in at the start; out_args come back at the end, all of them if none is named. */
static enum bef_rc hand_in(struct bef_act *act, const struct bef_run *run, struct bef_err *err)
{
	if (run->parent < 0)
		return BEF_OK;
	return hand_over(act, &act->c->run[run->parent], run,
	                 json_object_get(opening_step(act->c, run), "in_args"), false, err);
}

static enum bef_rc hand_back(struct bef_act *act, size_t running, const bool *over, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; rc == BEF_OK && i < running; i++) {
		const struct bef_run *run = &act->c->run[i];
		const json_t *names;

		if (over[i] || !run->finished || run->parent < 0)
			continue;
		names = json_object_get(opening_step(act->c, run), "out_args");
		rc = hand_over(act, run, &act->c->run[run->parent], names, !names, err);
	}
	return rc;
}

/* --- questions that answer themselves --- */

struct asking {
	const struct bef_run *run;
	int step;
};

/* What somebody answered to this very question does not answer it again. */
static const char *value_of(const void *context, const char *name, const char **type)
{
	const struct asking *asking = context;
	const struct bef_variable *variable = bef_run_variable(asking->run, asking->step, name);

	if (!variable || variable->asked_by == asking->step)
		return NULL;
	*type = bef_variable_type(variable);
	return variable->value;
}

static json_t *computed_body(const struct asking *asking)
{
	const struct bef_step *step = &asking->run->playbook->step[asking->step];
	const char *text = bef_json_text(step->json, step->type == BEF_STEP_SWITCH ? "switch" : "condition");
	int pass = asking->run->mark[asking->step].pass;
	enum bef_truth truth = BEF_UNKNOWN;
	const char *value = NULL;
	char name[256], id[BEF_HASH_HEX];
	const char *type;
	json_t *body;
	bool ok;

	if (!text)
		return NULL;
	if (step->type == BEF_STEP_SWITCH)
		value = bef_condition_variable(text, name) ? value_of(asking, name, &type) : NULL;
	else if (bef_condition_eval(text, value_of, asking, &truth, NULL) != BEF_OK)
		return NULL;
	if (!value && truth == BEF_UNKNOWN)
		return NULL;
	bef_run_id(asking->run, id);
	body = json_pack("{s:s, s:s, s:b, s:s}", "run", id, "step", step->id, "computed", 1, "text", text);
	ok = body != NULL;
	if (value)
		bef_json_put_text(body, "case", *value ? value : "default", &ok);
	else
		bef_json_put_bool(body, "answer", truth == BEF_TRUE, &ok);
	if (pass)
		bef_json_put_int(body, "pass", pass, &ok);
	return body;
}

/* The next question that has an answer, as the body of its entry; NULL: none. */
static json_t *next_computed(const struct bef_case *c)
{
	for (size_t r = 0; r < c->run_count; r++) {
		const struct bef_run *run = &c->run[r];

		for (int i = 0; bef_run_going_on(run) && i < run->playbook->step_count; i++) {
			const struct asking asking = { run, i };
			json_t *body = NULL;

			if (bef_step_is_question(&run->playbook->step[i]) && run->mark[i].status == BEF_STEP_READY)
				body = computed_body(&asking);
			if (body)
				return body;
		}
	}
	return NULL;
}

/* A loop that only computes would never end: after so many answers people are asked. */
static enum bef_rc compute(struct bef_act *act, struct bef_err *err)
{
	for (int i = 0; i < COMPUTED_MOST; i++) {
		json_t *body = next_computed(act->c);
		enum bef_rc rc;

		if (!body)
			return BEF_OK;
		rc = bef_act_add(act, "step.answered", body, 0, err);
		if (rc == BEF_OK)
			rc = bef_act_reload(act, err);
		if (rc)
			return rc;
	}
	return BEF_OK;
}

static bool knows_something(const struct bef_case *c)
{
	for (size_t r = 0; r < c->run_count; r++)
		for (size_t v = 0; v < c->run[r].variable_count; v++)
			if (c->run[r].variable[v].value)
				return true;
	return false;
}

static enum bef_rc set_all(struct bef_act *act, unsigned number, const struct bef_setting *set, int count,
                           struct bef_err *err)
{
	const struct bef_line *line = bef_case_number(act->c, number);
	const struct bef_run *run = line && line->about != BEF_NONE ? &act->c->run[line->about] : NULL;
	enum bef_rc rc = run && strcmp(line->kind->name, "run.started") == 0 ? hand_in(act, run, err) : BEF_OK;

	for (int i = 0; run && rc == BEF_OK && i < count; i++)
		rc = set_one(act, run, &set[i], err);
	return rc ? rc : bef_act_reload(act, err);
}

enum bef_rc bef_act_follow(struct bef_act *act, const struct bef_setting *set, int count, struct bef_err *err)
{
	const struct bef_done mine = act->done;
	size_t runs = act->c->run_count;
	BEF_AUTO_FREE bool *over = calloc(runs + 1, sizeof(*over));
	bool nothing = count == 0 && runs && !knows_something(act->c);
	enum bef_rc rc;

	if (!over)
		return bef_no_memory(err);
	for (size_t i = 0; i < runs; i++)
		over[i] = act->c->run[i].finished;
	rc = bef_act_reload(act, err);
	if (rc || (nothing && !knows_something(act->c)))
		return rc;
	rc = set_all(act, mine.number, set, count, err);
	if (rc == BEF_OK)
		rc = hand_back(act, runs, over, err);
	if (rc == BEF_OK)
		rc = bef_act_reload(act, err);
	if (rc == BEF_OK)
		rc = compute(act, err);
	act->done = mine;
	return rc;
}
