/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/kind.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "model/entry.h"

#define BEF_KIND(name) extern const struct bef_kind bef_kind_##name;
#include "model/kinds.def"
#undef BEF_KIND

const struct bef_kind *const bef_kinds[] = {
#define BEF_KIND(name) &bef_kind_##name,
#include "model/kinds.def"
#undef BEF_KIND
	NULL,
};

const struct bef_kind *bef_kind_find(const char *name)
{
	for (const struct bef_kind *const *kind = bef_kinds; *kind; kind++)
		if (strcmp((*kind)->name, name) == 0)
			return *kind;
	return NULL;
}

static bool is_text(const json_t *value, size_t most, bool one_line)
{
	const char *text = json_string_value(value);

	return text && *text && json_string_length(value) <= most && !(one_line && strchr(text, '\n'));
}

static bool is_id(const json_t *value)
{
	const char *text = json_string_value(value);

	return text && strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

static bool is_list(const json_t *value, bool ids)
{
	if (!json_is_array(value) || json_array_size(value) == 0 || json_array_size(value) > 1000)
		return false;
	for (size_t i = 0; i < json_array_size(value); i++) {
		const json_t *item = json_array_get(value, i);

		if (!(ids ? is_id(item) : is_text(item, 500, true)))
			return false;
	}
	return true;
}

/* What canonical form can hold, and what a calendar can show: bodies may come from another's pen. */
#define JCS_MOST INT64_C(9007199254740991)

static bool is_within(const json_t *value, int64_t least, int64_t most)
{
	return json_is_integer(value) && json_integer_value(value) >= least && json_integer_value(value) <= most;
}

static bool is_objects(const json_t *value)
{
	json_t *item;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)value, i, item)
		if (!json_is_object(item))
			return false;
	return json_array_size(value) > 0 && json_array_size(value) <= 1000;
}

static bool fits(const struct bef_field *field, const json_t *value)
{
	switch (field->type) {
	case BEF_FIELD_LINE:
		return is_text(value, 500, true);
	case BEF_FIELD_PROSE:
		return is_text(value, BEF_PROSE_MOST, false);
	case BEF_FIELD_DOC:
		return is_text(value, BEF_BODY_MOST, false);
	case BEF_FIELD_INT:
		return is_within(value, -JCS_MOST, JCS_MOST);
	case BEF_FIELD_TIME:
		return is_within(value, 0, BEF_DATE_MOST_MS);
	case BEF_FIELD_BOOL:
		return json_is_boolean(value);
	case BEF_FIELD_WORD:
		return bef_word_find(field->words, json_string_value(value)) != NULL;
	case BEF_FIELD_ID:
		return is_id(value);
	case BEF_FIELD_LINES:
	case BEF_FIELD_IDS:
		return is_list(value, field->type == BEF_FIELD_IDS);
	case BEF_FIELD_OBJECTS:
		return is_objects(value);
	case BEF_FIELD_SET:
		return json_is_object(value) && json_object_size(value) > 0;
	}
	return false;
}

const char *bef_field_type_name(enum bef_field_type type)
{
	static const char *const names[] = { "line",  "text", "document", "integer", "time (UTC ms)", "boolean",
		                             "word",  "id",   "lines",    "ids",     "objects",       "object" };

	return names[type];
}

static enum bef_rc check_field(const struct bef_field *field, const json_t *body, struct bef_err *err)
{
	const json_t *value = json_object_get(body, field->name);

	if (!value && field->required)
		return bef_fail(err, BEF_USAGE, tr("'%s' is missing"), field->name);
	if (!value || fits(field, value))
		return BEF_OK;
	if (json_is_string(value) && json_string_length(value) > 500)
		return bef_fail(err, BEF_USAGE, tr("'%s' is too long (%zu bytes)"), field->name,
		                json_string_length(value));
	return bef_fail(err, BEF_USAGE, tr("'%s' has no usable value"), field->name);
}

enum bef_rc bef_kind_check(const struct bef_kind *kind, const json_t *body, bool lenient, struct bef_err *err)
{
	size_t known = 0;

	if (!json_is_object(body))
		return bef_fail(err, BEF_USAGE, "%s", tr("the content is not an object"));
	for (const struct bef_field *field = kind->fields; field->name; field++) {
		enum bef_rc rc = check_field(field, body, err);

		if (rc)
			return rc;
		known += json_object_get(body, field->name) != NULL;
	}
	if (!lenient && known != json_object_size(body))
		return bef_fail(err, BEF_USAGE, tr("'%s' has a field that is not known"), kind->name);
	return BEF_OK;
}
