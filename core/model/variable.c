/* SPDX-License-Identifier: EUPL-1.2 */
/* The lists of a run and its variables (CACAO 2.0, 10.18).  Declared in run.h. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "model/case.h"

static bool add_variables(struct bef_run *run, const json_t *definitions, int step)
{
	const char *name;
	json_t *definition;

	json_object_foreach ((json_t *)(uintptr_t)definitions, name, definition) {
		struct bef_variable *variable = bef_case_grow(&run->variable, &run->variable_count, sizeof(*variable));

		if (!variable)
			return false;
		*variable = (struct bef_variable){ .name = name, .definition = definition, .step = step, .asked_by = -1,
			                           .value = bef_json_text(definition, "value") };
	}
	return true;
}

bool bef_run_init(struct bef_run *run)
{
	const struct bef_playbook *p = run->playbook;
	size_t steps = (size_t)p->step_count;
	bool ok;

	run->parent = run->parent_step = -1;
	run->mark = calloc(steps, sizeof(*run->mark));
	run->last_said = malloc(steps * sizeof(*run->last_said));
	if (run->last_said)
		memset(run->last_said, -1, steps * sizeof(*run->last_said));
	ok = run->mark && run->last_said &&
	     add_variables(run, json_object_get(p->doc, "playbook_variables"), -1);
	for (int i = 0; ok && i < p->step_count; i++)
		ok = add_variables(run, json_object_get(p->step[i].json, "step_variables"), i);
	return ok;
}

void bef_run_clear(struct bef_run *run)
{
	bef_playbook_free(run->playbook);
	free(run->mark);
	free(run->last_said);
	free(run->said);
	free(run->variable);
}

static bool carry_over(struct bef_run *run, const struct bef_run *old)
{
	for (int i = 0; i < old->playbook->step_count; i++) {
		int at = bef_playbook_step(run->playbook, old->playbook->step[i].id);

		if (at < 0)
			continue;
		run->mark[at].assigned = old->mark[i].assigned;
		run->mark[at].lifted = old->mark[i].lifted;
	}
	for (size_t i = 0; i < old->said_count; i++) {
		struct bef_said said = old->said[i];

		said.step = bef_playbook_step(run->playbook, old->playbook->step[said.step].id);
		if (said.step >= 0 && !bef_run_say(run, &said))
			return false;
	}
	for (size_t i = 0; i < old->variable_count; i++) {
		const struct bef_variable *set = &old->variable[i];
		struct bef_variable *same = set->line ? bef_run_variable(run, -1, set->name) : NULL;

		if (same && !bef_variable_is_constant(same)) {
			same->value = set->value;
			same->line = set->line;
			same->asked_by = set->asked_by < 0 ? -1 : bef_playbook_step(run->playbook, old->playbook->step[set->asked_by].id);
		}
	}
	return true;
}

bool bef_run_adopt(struct bef_case *c, struct bef_run *run, struct bef_playbook *playbook)
{
	struct bef_run fresh = { .line = run->line, .stopped = run->stopped, .playbook = playbook };

	if (!bef_run_init(&fresh) || !carry_over(&fresh, run)) {
		bef_run_clear(&fresh);
		return false;
	}
	fresh.parent = run->parent;
	fresh.parent_step = run->parent_step;
	fresh.parent_pass = run->parent_pass;
	for (size_t i = 0; i < c->run_count; i++)
		if (c->run[i].parent == (int)(run - c->run) && c->run[i].parent_step >= 0)
			c->run[i].parent_step = bef_playbook_step(playbook, run->playbook->step[c->run[i].parent_step].id);
	bef_run_clear(run);
	*run = fresh;
	return true;
}

struct bef_variable *bef_run_variable(const struct bef_run *run, int step, const char *name)
{
	struct bef_variable *found = NULL;

	for (size_t i = 0; name && i < run->variable_count; i++) {
		struct bef_variable *variable = &run->variable[i];

		if (strcmp(variable->name, name) != 0 || (variable->step >= 0 && variable->step != step))
			continue;
		if (!found || variable->step >= 0)
			found = variable;
	}
	return found;
}

bool bef_run_set(struct bef_run *run, const struct bef_variable *to)
{
	struct bef_variable *variable = bef_run_variable(run, to->step, to->name);

	if (variable && bef_variable_is_constant(variable))
		return true;
	if (!variable) {
		variable = bef_case_grow(&run->variable, &run->variable_count, sizeof(*variable));
		if (!variable)
			return false;
		variable->name = to->name;
		variable->step = to->step;
	}
	variable->value = to->value;
	variable->line = to->line;
	variable->asked_by = to->asked_by;
	return true;
}

const char *bef_variable_type(const struct bef_variable *variable)
{
	return bef_json_text_or(variable->definition, "type", "string");
}

bool bef_variable_is_constant(const struct bef_variable *variable)
{
	return bef_json_bool(variable->definition, "constant");
}

/* Length of "__name__" at the start of `text`, 0 if there is none (CACAO 2.0, 10.18.3). */
static size_t name_length(const char *text)
{
	size_t len = 2;

	if (strncmp(text, "__", 2) != 0)
		return 0;
	while (text[len] && !(text[len] == '_' && text[len + 1] == '_' && text[len + 2] != '_') && len < 250 &&
	       strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-", text[len]))
		len++;
	return len > 2 && text[len] == '_' && text[len + 1] == '_' ? len + 2 : 0;
}

static const char *known_value(const struct bef_run *run, int step, const char *text, size_t len)
{
	const struct bef_variable *variable;
	char name[256];

	memcpy(name, text, len);
	name[len] = '\0';
	variable = bef_run_variable(run, step, name);
	return variable ? variable->value : NULL;
}

void bef_run_expand(const struct bef_run *run, int step, const char *text, struct bef_text *out)
{
	while (*text) {
		size_t len = name_length(text);
		const char *value = len && strncmp(text + len, ":value", 6) == 0 ? known_value(run, step, text, len) : NULL;

		if (value) {
			bef_text_puts(out, value);
			text += len + 6;
		} else
			bef_text_putc(out, *text++);
	}
}
