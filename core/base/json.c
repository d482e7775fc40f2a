/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"

static void (*no_memory)(void);

static void *get_memory(size_t size)
{
	void *memory = malloc(size);

	if (!memory)
		no_memory();
	return memory;
}

void bef_json_on_no_memory(void (*fn)(void))
{
	no_memory = fn;
	json_set_alloc_funcs(get_memory, free);
}

/* RFC 8785, 3.2.2.2: two-character escapes where they exist, \u00xx in small digits for the other
 * control characters, everything else as it is. */
void bef_json_string(struct bef_text *out, const char *s)
{
	static const char two[] = "\b\f\n\r\t\"\\";
	static const char letter[] = "bfnrt\"\\";
	const char *plain = s;

	bef_text_putc(out, '"');
	for (; *s; s++) {
		const char *found = strchr(two, *s);

		if (!found && (unsigned char)*s >= 0x20)
			continue;
		bef_text_add(out, plain, (size_t)(s - plain));
		if (found)
			bef_text_printf(out, "\\%c", letter[found - two]);
		else
			bef_text_printf(out, "\\u%04x", (unsigned char)*s);
		plain = s + 1;
	}
	bef_text_add(out, plain, (size_t)(s - plain));
	bef_text_putc(out, '"');
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum bef_rc canonical_object(const json_t *object, struct bef_text *out, struct bef_err *err)
{
	size_t count = json_object_size(object);
	BEF_AUTO_FREE const char **keys = calloc(count + 1, sizeof(*keys));
	const char *key;
	json_t *value;
	size_t n = 0;

	if (!keys)
		return bef_no_memory(err);
	json_object_foreach ((json_t *)(uintptr_t)object, key, value)
		keys[n++] = key;
	qsort(keys, n, sizeof(*keys), by_bytes);
	bef_text_putc(out, '{');
	for (size_t i = 0; i < n; i++) {
		enum bef_rc rc;

		for (const char *c = keys[i]; *c; c++)
			if (*c & 0x80)
				return bef_fail(err, BEF_USAGE, "%s", tr("a JSON key is not ASCII"));
		if (i > 0)
			bef_text_putc(out, ',');
		bef_json_string(out, keys[i]);
		bef_text_putc(out, ':');
		rc = bef_json_canonical(json_object_get(object, keys[i]), out, err);
		if (rc)
			return rc;
	}
	bef_text_putc(out, '}');
	return BEF_OK;
}

static enum bef_rc canonical_array(const json_t *array, struct bef_text *out, struct bef_err *err)
{
	bef_text_putc(out, '[');
	for (size_t i = 0; i < json_array_size(array); i++) {
		enum bef_rc rc;

		if (i > 0)
			bef_text_putc(out, ',');
		rc = bef_json_canonical(json_array_get(array, i), out, err);
		if (rc)
			return rc;
	}
	bef_text_putc(out, ']');
	return BEF_OK;
}

enum bef_rc bef_json_canonical(const json_t *value, struct bef_text *out, struct bef_err *err)
{
	const json_int_t most = ((json_int_t)1 << 53) - 1;

	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return canonical_object(value, out, err);
	case JSON_ARRAY:
		return canonical_array(value, out, err);
	case JSON_STRING:
		bef_json_string(out, json_string_value(value));
		return BEF_OK;
	case JSON_TRUE:
	case JSON_FALSE:
		bef_text_puts(out, json_is_true(value) ? "true" : "false");
		return BEF_OK;
	case JSON_INTEGER:
		if (json_integer_value(value) <= most && json_integer_value(value) >= -most) {
			bef_text_printf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
			return BEF_OK;
		}
		return bef_fail(err, BEF_USAGE, "%s", tr("a number is beyond 2^53"));
	case JSON_REAL:
	case JSON_NULL:
		break;
	}
	return bef_fail(err, BEF_USAGE, "%s", tr("real numbers and null have no place in an entry"));
}

enum bef_rc bef_json_line(json_t *value, struct bef_text *out, struct bef_err *err)
{
	BEF_AUTO_FREE char *bytes = value ? json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(15)) : NULL;

	json_decref(value);
	if (!bytes)
		return bef_no_memory(err);
	bef_text_puts(out, bytes);
	bef_text_putc(out, '\n');
	return bef_text_rc(out, err);
}

enum bef_rc bef_json_load(const char *data, size_t len, json_t **out, struct bef_err *err)
{
	json_error_t at;
	json_t *value = json_loadb(data, len, JSON_REJECT_DUPLICATES, &at);

	if (!value && json_error_code(&at) == json_error_out_of_memory)
		return bef_no_memory(err);
	if (!value)
		return bef_fail(err, BEF_USAGE, tr("not JSON at line %d, column %d: %.150s"), at.line,
		                at.column, at.text);
	*out = value;
	return BEF_OK;
}

const char *bef_json_text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

const char *bef_json_text_or(const json_t *object, const char *key, const char *fallback)
{
	const char *text = bef_json_text(object, key);

	return text ? text : fallback;
}

int64_t bef_json_int(const json_t *object, const char *key, int64_t fallback)
{
	const json_t *value = json_object_get(object, key);

	return json_is_integer(value) ? json_integer_value(value) : fallback;
}

bool bef_json_bool(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

void bef_json_put(json_t *object, const char *key, json_t *value, bool *ok)
{
	if (json_object_set_new(object, key, value) != 0)
		*ok = false;
}

void bef_json_put_text(json_t *object, const char *key, const char *value, bool *ok)
{
	if (value)
		bef_json_put(object, key, json_string(value), ok);
}

void bef_json_put_int(json_t *object, const char *key, int64_t value, bool *ok)
{
	bef_json_put(object, key, json_integer(value), ok);
}

void bef_json_put_instant(json_t *object, const char *key, int64_t at_ms, bool *ok)
{
	char date[BEF_DATE_SIZE];

	if (at_ms)
		bef_json_put_text(object, key, bef_date_utc(at_ms, date), ok);
}

void bef_json_put_bool(json_t *object, const char *key, bool value, bool *ok)
{
	bef_json_put(object, key, json_boolean(value), ok);
}
