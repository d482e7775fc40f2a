/* SPDX-License-Identifier: EUPL-1.2 */
/* The steps of a playbook and their variables.  Declared in checking.h. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/checking.h"
#include "model/condition.h"

/* --- variables --- */

static bool is_variable_name(const char *name)
{
	size_t len = strlen(name);

	return len >= 5 && len <= 204 && strncmp(name, "__", 2) == 0 && strcmp(name + len - 2, "__") == 0 &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == len &&
	       !strchr("0123456789-", name[2]);
}

void bef_check_variables(const struct checking *c, const json_t *variables)
{
	static const char *const types[] = {
		"bool", "dictionary", "float", "hexstring", "integer", "ipv4-addr", "ipv6-addr", "long", "mac-addr", "hash",
		"md5-hash", "sha256-hash", "string", "uri", "uuid",
	};
	const char *name;
	json_t *one;

	json_object_foreach ((json_t *)(uintptr_t)variables, name, one) {
		const json_t *value = json_object_get(one, "value");

		if (!is_variable_name(name))
			ERROR(c, name, tr("it is no name of a variable"), tr("write it so: __host_name__"));
		if (!bef_json_text(one, "type"))
			ERROR(c, name, tr("a variable needs a type"), tr("string, integer, bool, ipv4-addr..."));
		else if (!bef_check_is_among(types, sizeof(types) / sizeof(*types), bef_json_text(one, "type")))
			WARNING(c, name, tr("a type of variable that CACAO 2.0 does not have"), tr("string, integer, bool, ipv4-addr..."));
		if (value && !json_is_string(value) && !json_is_null(value))
			ERROR(c, name, tr("its value is neither a text nor null"), tr("put numbers and truth values between quotes"));
		if (c->step && bef_json_bool(one, "external"))
			ERROR(c, name, tr("only a playbook's own variables come from outside"), tr("move it to playbook_variables"));
	}
}

struct reading {
	const struct checking *c;
	const json_t *step;
	bool missing;
};

/* Only to see which variables a condition names. */
static const char *note_missing(const void *context, const char *name, const char **type)
{
	struct reading *r = (struct reading *)(uintptr_t)context;

	(void)type;
	if (!json_object_get(json_object_get(r->c->doc, "playbook_variables"), name) &&
	    !json_object_get(json_object_get(r->step, "step_variables"), name))
		r->missing = true;
	return NULL;
}

static void check_condition(const struct checking *c, const json_t *step)
{
	const char *type = bef_json_text_or(step, "type", "");
	const char *text = bef_json_text(step, "condition");
	struct reading r = { c, step, false };
	struct bef_err err = { 0 };
	enum bef_truth truth;

	if (strcmp(type, "if-condition") != 0 && strcmp(type, "while-condition") != 0)
		return;
	if (!text)
		ERROR(c, "condition", tr("it is missing: people will be asked"), tr("write it so: __data_hit__:value = 'yes'"));
	else if (bef_condition_eval(text, note_missing, &r, &truth, &err) != BEF_OK)
		WARNING(c, "condition", err.msg, tr("people will be asked; write it so: __data_hit__:value = 'yes'"));
	else if (r.missing)
		WARNING(c, "condition", tr("it looks at a variable that is not declared"), tr("declare it in playbook_variables"));
	if (strcmp(type, "while-condition") == 0 && json_object_get(step, "on_false"))
		ERROR(c, "on_false", tr("a while has none"), tr("what comes after it is on_completion"));
}

/* --- steps --- */

static void check_pointers(const struct checking *c, const json_t *step)
{
	static const char *const names[] = { "on_completion", "on_success", "on_failure" };
	const char *type = bef_json_text_or(step, "type", "");
	bool is_end = strcmp(type, "end") == 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (json_object_get(step, names[i]) && (is_end || (i > 0 && strcmp(type, "start") == 0)))
			ERROR(c, names[i], tr("a start or an end has none"), tr("a start has on_completion only, an end nothing"));
	if (json_object_get(step, "on_completion") &&
	    (json_object_get(step, "on_success") || json_object_get(step, "on_failure")))
		ERROR(c, "on_completion", tr("it excludes on_success and on_failure"), tr("keep the one or the two others"));
}

static void check_commands(const struct checking *c, const json_t *step)
{
	const json_t *commands = json_object_get(step, "commands");

	if (strcmp(bef_json_text_or(step, "type", ""), "action") == 0 && json_array_size(commands) == 0)
		ERROR(c, "commands", tr("an action needs at least one"), tr("for people: {\"type\": \"manual\", \"command\": \"...\"}"));
	for (size_t i = 0; i < json_array_size(commands); i++) {
		const json_t *one = json_array_get(commands, i);
		bool text = json_object_get(one, "command") != NULL;
		bool base64 = json_object_get(one, "command_b64") != NULL;

		if (strcmp(bef_json_text_or(one, "type", ""), "manual") == 0 && text == base64)
			WARNING(c, "commands", text ? tr("a command has both command and command_b64") : tr("a command says nothing"),
			        tr("give command or command_b64, one of them"));
	}
}

void bef_check_step(struct checking *c, const char *id, const json_t *step)
{
	static const char *const names[] = {
		"type", "name", "description", "external_references", "delay", "timeout", "step_variables", "owner",
		"on_completion", "on_success", "on_failure", "step_extensions", "commands", "agent", "targets", "in_args",
		"out_args", "playbook_id", "playbook_version", "next_steps", "condition", "on_true", "on_false", "switch", "cases",
	};
	const char *type = bef_json_text_or(step, "type", "");

	c->step = id;
	bef_check_members(c, step, names, sizeof(names) / sizeof(*names));
	if (strncmp(id, type, strlen(type)) != 0 || strncmp(id + strlen(type), "--", 2) != 0)
		ERROR(c, NULL, tr("its id does not begin with its type"), tr("write it so: action--UUID"));
	if (!bef_check_is_identifier(id))
		ERROR(c, NULL, tr("its UUID is not of version 1 to 5"), tr("draw a UUID of version 4, once"));
	if (json_object_get(step, "delay") && bef_json_int(step, "delay", 0) == 0)
		WARNING(c, "delay", tr("it is zero"), tr("leave it out"));
	check_pointers(c, step);
	check_commands(c, step);
	bef_check_references(c, step);
	bef_check_variables(c, json_object_get(step, "step_variables"));
	check_condition(c, step);
	bef_check_defined(c, "agent", json_object_get(step, "agent"), "agent_definitions");
	if (strcmp(type, "action") == 0 && !json_object_get(step, "agent"))
		ERROR(c, "agent", tr("an action needs one"), tr("name who does it: agent_definitions"));
	bef_check_all_defined(c, step, "targets", "target_definitions");
	c->step = NULL;
}
