/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/checking.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "model/playbook.h"

void bef_check_found(const struct checking *c, enum bef_finding_level level, const char *member, const char *what,
                     const char *remedy)
{
	const struct bef_finding finding = { level, c->step, member, what, remedy };

	c->fn(c->arg, &finding);
}

/* --- identifiers, instants, numbers --- */

/* "type--uuid" with a UUID of versions 1 to 5 (10.10). */
bool bef_check_is_identifier(const char *id)
{
	static const char shape[] = "xxxxxxxx-xxxx-vxxx-nxxx-xxxxxxxxxxxx";
	const char *uuid = id ? strstr(id, "--") : NULL;

	if (!uuid || uuid == id || strlen(uuid + 2) != sizeof(shape) - 1)
		return false;
	uuid += 2;
	for (size_t i = 0; i < sizeof(shape) - 1; i++) {
		const char *allowed = shape[i] == 'v' ? "12345" : shape[i] == 'n' ? "89abAB" : "0123456789abcdefABCDEF";

		if (shape[i] == '-' ? uuid[i] != '-' : !strchr(allowed, uuid[i]))
			return false;
	}
	return true;
}

static void check_instant(const struct checking *c, const json_t *object, const char *member, int64_t *out)
{
	const char *text = bef_json_text(object, member);

	*out = 0;
	if (!json_object_get(object, member))
		return;
	if (!text || !bef_date_utc_parse(text, out))
		ERROR(c, member, tr("it is no instant in UTC"), tr("write it so: 2026-11-21T09:30:00.000Z"));
	else if (strlen(text) != 24)
		WARNING(c, member, tr("it has not exactly three digits after the seconds"), tr("write it so: 2026-11-21T09:30:00.000Z"));
}

static void check_dates(const struct checking *c)
{
	int64_t created, modified, from, until;

	check_instant(c, c->doc, "created", &created);
	check_instant(c, c->doc, "modified", &modified);
	check_instant(c, c->doc, "valid_from", &from);
	check_instant(c, c->doc, "valid_until", &until);
	if (created && modified && modified < created)
		ERROR(c, "modified", tr("it comes before 'created'"), tr("'modified' moves on with each version; 'created' never changes"));
	if (from && until && until <= from)
		ERROR(c, "valid_until", tr("it does not come after 'valid_from'"), tr("move one of them, or leave it out"));
}

static void check_numbers(const struct checking *c)
{
	static const char *const members[] = { "priority", "severity", "impact" };

	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		const json_t *value = json_object_get(c->doc, members[i]);

		if (value && (!json_is_integer(value) || json_integer_value(value) < 0 || json_integer_value(value) > 100))
			ERROR(c, members[i], tr("it is not between 0 and 100"), tr("0 says nothing; of a priority 1 is the highest"));
	}
}

/* --- members that are wanted, unknown or empty --- */

bool bef_check_is_among(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

void bef_check_members(const struct checking *c, const json_t *object, const char *const *names, size_t count)
{
	const char *name;
	json_t *value;

	json_object_foreach ((json_t *)(uintptr_t)object, name, value) {
		if (!bef_check_is_among(names, count, name))
			WARNING(c, name, tr("CACAO 2.0 has no such member here"), tr("put it into an extension"));
		else if (strcmp(name, "playbook_processing_summary") != 0 && ((json_is_object(value) && json_object_size(value) == 0) || (json_is_array(value) && json_array_size(value) == 0)))
			WARNING(c, name, tr("it is empty"), tr("leave it out"));
	}
}

static void check_head(const struct checking *c)
{
	static const char *const names[] = {
		"type", "spec_version", "id", "name", "description", "playbook_types", "playbook_activities",
		"playbook_processing_summary", "created_by", "created", "modified", "revoked", "valid_from", "valid_until",
		"derived_from", "related_to", "priority", "severity", "impact", "industry_sectors", "labels",
		"external_references", "markings", "playbook_variables", "workflow_start", "workflow_exception", "workflow",
		"playbook_extensions", "authentication_info_definitions", "agent_definitions", "target_definitions",
		"extension_definitions", "data_marking_definitions", "signatures",
	};
	static const char *const wanted[] = { "name", "created_by", "created", "modified" };

	bef_check_members(c, c->doc, names, sizeof(names) / sizeof(*names));
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
		if (!bef_json_text(c->doc, wanted[i]))
			ERROR(c, wanted[i], tr("it is missing"), tr("CACAO 2.0 wants it in every playbook"));
	if (!bef_check_is_identifier(bef_json_text(c->doc, "id")))
		ERROR(c, "id", tr("its UUID is not of version 1 to 5"), tr("draw a UUID of version 4, once"));
	if (bef_json_text(c->doc, "created_by") && strncmp(bef_json_text(c->doc, "created_by"), "identity--", 10) != 0)
		ERROR(c, "created_by", tr("it is not the identifier of an identity"), tr("write it so: identity--UUID"));
	if (json_object_get(c->doc, "playbook_types") && !json_object_get(c->doc, "playbook_activities"))
		WARNING(c, "playbook_activities", tr("it is missing beside 'playbook_types'"), tr("list what the steps do"));
}

void bef_check_references(const struct checking *c, const json_t *object)
{
	const json_t *references = json_object_get(object, "external_references");

	for (size_t i = 0; i < json_array_size(references); i++) {
		const json_t *one = json_array_get(references, i);

		if (!bef_json_text(one, "name"))
			ERROR(c, "external_references", tr("a reference has no name"), tr("name it"));
		else if (json_object_size(one) == 1)
			WARNING(c, "external_references", tr("a reference has only a name"), tr("add a description, a url or an external_id"));
	}
}

/* --- what is named must be defined --- */

void bef_check_defined(const struct checking *c, const char *member, const json_t *name, const char *definitions)
{
	const char *id = json_string_value(name);

	if (name && (!id || !json_object_get(json_object_get(c->doc, definitions), id)))
		ERROR(c, member, tr("it names something that is not defined"), tr("define it, or name another"));
}

void bef_check_all_defined(const struct checking *c, const json_t *object, const char *member, const char *definitions)
{
	const json_t *names = json_object_get(object, member);

	for (size_t i = 0; i < json_array_size(names); i++)
		bef_check_defined(c, member, json_array_get(names, i), definitions);
}

static void check_definitions(const struct checking *c, const char *member)
{
	const char *key;
	json_t *one;

	json_object_foreach (json_object_get(c->doc, member), key, one) {
		const char *type = bef_json_text_or(one, "type", "");

		if (strncmp(key, type, strlen(type)) != 0 || strncmp(key + strlen(type), "--", 2) != 0)
			ERROR(c, member, tr("a key does not begin with the type of what it defines"), tr("make them the same"));
		if (!bef_check_is_identifier(key))
			ERROR(c, member, tr("its UUID is not of version 1 to 5"), tr("draw a UUID of version 4, once"));
	}
}

static void check_agents(const struct checking *c)
{
	static const char *const types[] = { "individual", "group", "organization", "location", "sector",
		                             "http-api", "ssh", "security-category", "net-address", "linux" };
	static const char *const lists[] = { "agent_definitions", "target_definitions" };
	const char *key;
	json_t *one;

	for (size_t l = 0; l < 2; l++) {
		check_definitions(c, lists[l]);
		json_object_foreach (json_object_get(c->doc, lists[l]), key, one) {
			if (!bef_check_is_among(types, sizeof(types) / sizeof(*types), bef_json_text_or(one, "type", "")))
				WARNING(c, lists[l], tr("a type of agent that CACAO 2.0 does not have"), tr("people are individual, group or organization"));
			bef_check_defined(c, lists[l], json_object_get(one, "authentication_info"), "authentication_info_definitions");
		}
	}
}

/* --- the whole --- */

static void check_uuids(const struct checking *c)
{
	json_t *seen = json_object();
	const char *id;
	json_t *one;

	json_object_foreach ((json_t *)(uintptr_t)c->workflow, id, one) {
		const char *uuid = strstr(id, "--");

		if (uuid && json_object_get(seen, uuid))
			WARNING(c, id, tr("another step has the same UUID"), tr("draw another one"));
		if (uuid)
			json_object_set_new(seen, uuid, json_true());
	}
	json_decref(seen);
}

static void check_ends(const struct checking *c)
{
	const char *id;
	json_t *one;

	json_object_foreach ((json_t *)(uintptr_t)c->workflow, id, one)
		if (strcmp(bef_json_text_or(one, "type", ""), "end") == 0)
			return;
	ERROR(c, "workflow", tr("it has no end step"), tr("each branch has an end of its own"));
}

/* What the reader numbered is what can be reached. */
static void check_reach(struct checking *c, const struct bef_playbook *playbook)
{
	for (int i = 0; i < playbook->step_count; i++) {
		c->step = playbook->step[i].id;
		if (bef_step_is_shown(&playbook->step[i]) && playbook->step[i].number == 0)
			WARNING(c, NULL, tr("no path leads to it"), tr("lead to it, or remove it"));
	}
	c->step = NULL;
}

void bef_playbook_check(const json_t *document, const struct bef_playbook *playbook, bef_finding_fn *fn, void *arg)
{
	struct checking c = { .doc = document, .workflow = json_object_get(document, "workflow"), .fn = fn, .arg = arg };
	const char *id;
	json_t *step;

	check_head(&c);
	check_dates(&c);
	check_numbers(&c);
	bef_check_references(&c, document);
	bef_check_all_defined(&c, document, "markings", "data_marking_definitions");
	check_definitions(&c, "data_marking_definitions");
	check_definitions(&c, "authentication_info_definitions");
	check_agents(&c);
	bef_check_variables(&c, json_object_get(document, "playbook_variables"));
	json_object_foreach ((json_t *)(uintptr_t)c.workflow, id, step)
		bef_check_step(&c, id, step);
	check_uuids(&c);
	check_ends(&c);
	if (playbook)
		check_reach(&c, playbook);
}
