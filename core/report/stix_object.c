/* SPDX-License-Identifier: EUPL-1.2 */
/* Objects of a STIX bundle: heads, markings, relationships. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "report/stix.h"

/* TLP 2.0: fixed by FIRST and OASIS. */
static const struct marking {
	const char *tlp, *name, *id;
} markings[] = {
	{ "clear", "TLP:CLEAR", "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487" },
	{ "green", "TLP:GREEN", "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb" },
	{ "amber", "TLP:AMBER", "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421" },
	{ "amber+strict", "TLP:AMBER+STRICT", "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003" },
	{ "red", "TLP:RED", "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1" },
};
#define MARKING_EXTENSION "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"

void stix_text(struct stix *s, json_t *object, const char *key, const char *value)
{
	bef_json_put_text(object, key, value, &s->ok);
}

void stix_instant(struct stix *s, json_t *object, const char *key, int64_t at_ms)
{
	struct bef_civil civil;
	char text[40];

	bef_civil_from((at_ms >= 0 ? at_ms : at_ms - 999) / 1000, &civil);
	snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", civil.year, civil.month, civil.day, civil.hour,
	         civil.minute, civil.second, (int)((at_ms % 1000 + 1000) % 1000));
	stix_text(s, object, key, text);
}

void stix_list(struct stix *s, json_t *object, const char *key, const char *value)
{
	json_t *list = json_object_get(object, key);

	if (!list) {
		list = json_array();
		bef_json_put(object, key, list, &s->ok);
	}
	if (s->ok && json_array_append_new(list, json_string(value)) != 0)
		s->ok = false;
}

json_t *stix_extend(struct stix *s, json_t *object, const char *definition, const char *extension_type)
{
	json_t *inner = json_object();
	json_t *extensions = json_object();

	stix_text(s, inner, "extension_type", extension_type);
	bef_json_put(extensions, definition, inner, &s->ok);
	bef_json_put(object, "extensions", extensions, &s->ok);
	return s->ok ? inner : NULL;
}

void stix_put(struct stix *s, json_t *object)
{
	const char *id = bef_json_text_or(object, "id", "");

	if (!s->ok || json_object_get(s->seen, id)) {
		json_decref(object);
		return;
	}
	bef_json_put_bool(s->seen, id, true, &s->ok);
	if (json_array_append_new(s->objects, object) != 0)
		s->ok = false;
}

void stix_mark(struct stix *s, json_t *object, const char *tlp)
{
	int i = bef_word_index(&bef_tlps, tlp);
	const struct marking *marking = &markings[i < 0 ? 2 : i];
	json_t *definition;

	stix_list(s, object, "object_marking_refs", marking->id);
	if (json_object_get(s->seen, marking->id))
		return;
	definition = json_object();
	stix_text(s, definition, "type", "marking-definition");
	stix_text(s, definition, "spec_version", "2.1");
	stix_text(s, definition, "id", marking->id);
	stix_text(s, definition, "created", "2022-10-01T00:00:00.000Z");
	stix_text(s, definition, "name", marking->name);
	stix_text(s, stix_extend(s, definition, MARKING_EXTENSION, "property-extension"), "tlp_2_0", marking->tlp);
	stix_put(s, definition);
}

struct stix_head stix_head_of(const struct stix *s, const char *type, const char *name, const struct bef_line *line)
{
	return (struct stix_head){ type, name, line->entry->recorded_at_ms, s->touched_ms[line->number - 1], s->c->tlp };
}

static int64_t later_ms(int64_t a_ms, int64_t b_ms)
{
	return a_ms > b_ms ? a_ms : b_ms;
}

json_t *stix_new(struct stix *s, const struct stix_head *head, char id[BEF_EXPORT_ID])
{
	json_t *object = json_object();

	if (!object || !bef_export_id(&s->c->log, head->type, head->name, id))
		s->ok = false;
	if (!s->ok)
		id[0] = '\0';
	stix_text(s, object, "type", head->type);
	stix_text(s, object, "spec_version", "2.1");
	stix_text(s, object, "id", id);
	stix_text(s, object, "created_by_ref", s->organisation);
	stix_instant(s, object, "created", head->created_ms);
	stix_instant(s, object, "modified", later_ms(later_ms(head->created_ms, head->modified_ms), s->marked_ms));
	stix_mark(s, object, head->tlp);
	return object;
}

void stix_relate(struct stix *s, const struct stix_head *head, const char *from, const char *how, const char *to)
{
	struct stix_head own = *head;
	char name[3 * BEF_EXPORT_ID], id[BEF_EXPORT_ID];
	json_t *object;

	snprintf(name, sizeof(name), "%s %s %s", from, how, to);
	own.type = "relationship";
	own.name = name;
	object = stix_new(s, &own, id);
	stix_text(s, object, "relationship_type", how);
	stix_text(s, object, "source_ref", from);
	stix_text(s, object, "target_ref", to);
	stix_put(s, object);
}
