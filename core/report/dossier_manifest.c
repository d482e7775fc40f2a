/* SPDX-License-Identifier: EUPL-1.2 */
/* The manifest, written and read.  Declared in dossier.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/dossier.h"

static json_t *hex_json(const void *data, size_t len)
{
	char hex[BEF_HASH_HEX];

	bef_hex(data, len, hex);
	return json_string(hex);
}

static json_t *uuid_json(const struct bef_uuid *uuid)
{
	char text[BEF_UUID_TEXT];

	bef_uuid_format(uuid, text);
	return json_string(text);
}

static json_t *members_json(const struct bef_dossier_members *members, bool *ok)
{
	json_t *list = json_array();

	for (size_t i = 0; i < members->count; i++) {
		const struct bef_dossier_member *m = &members->item[i];
		json_t *object = json_object();

		bef_json_put_text(object, "name", m->name, ok);
		bef_json_put_int(object, "size", m->size, ok);
		bef_json_put(object, "sha256", hex_json(m->sha256.byte, sizeof(m->sha256.byte)), ok);
		*ok = json_array_append_new(list, object) == 0 && *ok;
	}
	return list;
}

static json_t *left_out_json(const struct bef_manifest *m, bool *ok)
{
	json_t *entries = json_array();
	json_t *parts = json_array();
	json_t *object = json_object();

	for (size_t i = 0; i < m->left_out_count; i++) {
		json_t *one = json_object();

		bef_json_put_int(one, "number", m->left_out[i].number, ok);
		bef_json_put(one, "id", hex_json(m->left_out[i].id.byte, BEF_HASH_SIZE), ok);
		*ok = json_array_append_new(entries, one) == 0 && *ok;
	}
	if (m->no_evidence)
		*ok = json_array_append_new(parts, json_string("evidence")) == 0 && *ok;
	bef_json_put(object, "entries", entries, ok);
	bef_json_put(object, "parts", parts, ok);
	bef_json_put_text(object, "reason", m->reason, ok);
	return object;
}

enum bef_rc bef_manifest_write(const struct bef_manifest *m, struct bef_text *out, struct bef_err *err)
{
	json_t *object = json_pack("{s:i, s:s}", "v", 1, "type", "beffroi.dossier");
	json_t *incident = json_object();
	json_t *heads = json_array();
	bool ok = object != NULL;
	enum bef_rc rc;

	for (unsigned i = 0; i < m->head_count; i++)
		ok = json_array_append_new(heads, hex_json(m->head[i].byte, BEF_HASH_SIZE)) == 0 && ok;
	bef_json_put_text(incident, "ref", m->ref, &ok);
	bef_json_put(incident, "uuid", uuid_json(&m->incident), &ok);
	bef_json_put(object, "incident", incident, &ok);
	bef_json_put(object, "heads", heads, &ok);
	bef_json_put_int(object, "created_at", m->created_at_ms, &ok);
	bef_json_put_int(object, "entries", m->entries, &ok);
	bef_json_put_text(object, "tool", m->tool, &ok);
	bef_json_put_text(object, "lang", m->lang, &ok);
	bef_json_put(object, "post", hex_json(m->post, sizeof(m->post)), &ok);
	if (m->has_organisation)
		bef_json_put(object, "organisation", uuid_json(&m->organisation), &ok);
	bef_json_put(object, "members", members_json(&m->members, &ok), &ok);
	bef_json_put(object, "left_out", left_out_json(m, &ok), &ok);
	rc = ok ? bef_json_canonical(object, out, err) : bef_no_memory(err);
	json_decref(object);
	return rc ? rc : bef_text_rc(out, err);
}

/* --- reading --- */

/* Small digits: the bytes of the text are compared with those that would be written. */
static bool get_hex(const json_t *value, void *out, size_t len)
{
	return json_is_string(value) && bef_unhex(json_string_value(value), out, len);
}

static bool get_text(const json_t *object, const char *key, char *out, size_t size)
{
	const char *text = bef_json_text(object, key);

	return text && snprintf(out, size, "%s", text) < (int)size;
}

static bool get_members(const json_t *list, struct bef_dossier_members *out, bool *no_memory)
{
	size_t count = json_array_size(list);

	if (!json_is_array(list) || count > BEF_DOSSIER_MEMBERS_MOST)
		return false;
	out->item = calloc(count + 1, sizeof(*out->item));
	*no_memory = !out->item;
	for (; out->item && out->count < count; out->count++) {
		struct bef_dossier_member *m = &out->item[out->count];
		const json_t *object = json_array_get(list, out->count);

		m->size = bef_json_int(object, "size", -1);
		if (!get_text(object, "name", m->name, sizeof(m->name)) || !bef_tar_name_ok(m->name) || m->size < 0 ||
		    !get_hex(json_object_get(object, "sha256"), m->sha256.byte, BEF_HASH_SIZE))
			return false;
	}
	return out->item != NULL;
}

static bool get_left_out(const json_t *object, struct bef_manifest *out)
{
	const json_t *entries = json_object_get(object, "entries");
	size_t count = json_array_size(entries);

	if (count > BEF_DOSSIER_LEFT_OUT_MOST || !get_text(object, "reason", out->reason, sizeof(out->reason)))
		return false;
	for (size_t i = 0; i < count; i++) {
		const json_t *one = json_array_get(entries, i);

		out->left_out[i].number = bef_json_int(one, "number", 0);
		if (!get_hex(json_object_get(one, "id"), out->left_out[i].id.byte, BEF_HASH_SIZE))
			return false;
	}
	out->left_out_count = count;
	out->no_evidence = json_array_size(json_object_get(object, "parts")) > 0;
	return true;
}

static bool get_facts(const json_t *object, struct bef_manifest *out)
{
	const json_t *incident = json_object_get(object, "incident");
	const json_t *heads = json_object_get(object, "heads");
	const char *organisation = bef_json_text(object, "organisation");

	out->created_at_ms = bef_json_int(object, "created_at", -1);
	out->entries = bef_json_int(object, "entries", -1);
	out->has_organisation = organisation != NULL;
	out->head_count = (unsigned)json_array_size(heads);
	if (json_array_size(heads) > BEF_PARENTS_MOST)
		return false;
	for (unsigned i = 0; i < out->head_count; i++)
		if (!get_hex(json_array_get(heads, i), out->head[i].byte, BEF_HASH_SIZE))
			return false;
	return out->created_at_ms >= 0 && get_text(incident, "ref", out->ref, sizeof(out->ref)) &&
	       bef_uuid_parse(bef_json_text_or(incident, "uuid", ""), &out->incident) &&
	       (!organisation || bef_uuid_parse(organisation, &out->organisation)) &&
	       get_text(object, "tool", out->tool, sizeof(out->tool)) &&
	       get_text(object, "lang", out->lang, sizeof(out->lang)) &&
	       get_hex(json_object_get(object, "post"), out->post, sizeof(out->post));
}

/* What was understood, written again, must be the same bytes: nothing is passed over. */
static enum bef_rc is_same(const struct bef_manifest *manifest, const struct bef_text *text)
{
	BEF_AUTO(text) again = { .max = text->max };
	enum bef_rc rc = bef_manifest_write(manifest, &again, NULL);

	if (rc == BEF_FAILED && !again.full)
		return rc;
	return rc == BEF_OK && again.len == text->len && memcmp(again.data, text->data, text->len) == 0 ? BEF_OK : BEF_BROKEN;
}

enum bef_rc bef_manifest_read(const struct bef_text *text, struct bef_manifest *out)
{
	json_t *object = NULL;
	bool ok = bef_json_load(bef_text_str(text), text->len, &object, NULL) == BEF_OK && get_facts(object, out) &&
	          get_members(json_object_get(object, "members"), &out->members, &out->no_memory) &&
	          get_left_out(json_object_get(object, "left_out"), out);

	json_decref(object);
	if (!ok)
		return out->no_memory ? BEF_FAILED : BEF_BROKEN;
	return is_same(out, text);
}

void bef_manifest_clear(struct bef_manifest *manifest)
{
	free(manifest->members.item);
	manifest->members = (struct bef_dossier_members){ .count = 0 };
}
