/* SPDX-License-Identifier: EUPL-1.2 */
#include "bodies.h"

static void some_id(void *context, const char *field, char out[BEF_HASH_HEX])
{
	(void)context;
	(void)field;
	memset(out, 'a', 64);
	out[64] = '\0';
}

#define each_kind(name) const struct bef_kind *const *name = bef_kinds; *name; name++

static void each_kind_has_a_name_of_its_own_fields_a_label_and_a_sentence(void **state)
{
	(void)state;
	for (each_kind(at)) {
		const struct bef_kind *kind = *at;
		bool prose = !kind->prose;
		bool id = false;

		assert_non_null(kind->name);
		must(bef_handle_ok(kind->name) && strlen(kind->name) < BEF_KIND_SIZE, "%s", kind->name);
		must(bef_kind_find(kind->name) == kind, "%s", kind->name);
		must(kind->label && *kind->label && kind->say, "%s", kind->name);
		must(kind->fields && kind->fields->name, "%s", kind->name);
		for (const struct bef_field *field = kind->fields; field->name; field++) {
			must((field->type == BEF_FIELD_WORD) == (field->words != NULL), "%s.%s", kind->name,
			     field->name);
			for (const struct bef_field *other = kind->fields; other != field; other++)
				must(strcmp(other->name, field->name) != 0, "%s.%s twice", kind->name,
				     field->name);
			if (kind->prose && strcmp(kind->prose, field->name) == 0)
				prose = field->type == BEF_FIELD_PROSE || field->type == BEF_FIELD_LINE;
			id |= field->type == BEF_FIELD_ID;
			assert_non_null(bef_field_type_name(field->type));
		}
		must(prose, "%s: its prose '%s' is no text of its fields", kind->name, kind->prose);
		must(id || !(kind->flags & BEF_KIND_REF), "%s names no entry", kind->name);
		must(!(kind->flags & BEF_KIND_LIGHT) || !kind->fold, "%s is light but folds", kind->name);
	}
	assert_null(bef_kind_find("no.such"));
	assert_null(bef_kind_find(""));
}

static void a_generated_body_passes_strict_and_lenient(void **state)
{
	struct dice dice = { unit_seed() };
	struct bef_err err;

	(void)state;
	for (each_kind(kind))
		for (unsigned percent = 0; percent <= 100; percent += 50) {
			json_t *body = unit_body(&dice, *kind, percent, some_id, NULL);

			assert_ok(bef_kind_check(*kind, body, false, &err), err);
			assert_ok(bef_kind_check(*kind, body, true, &err), err);
			json_decref(body);
		}
}

static void a_missing_required_field_is_refused_by_name(void **state)
{
	struct dice dice = { unit_seed() };
	struct bef_err err;

	(void)state;
	for (each_kind(kind))
		for (const struct bef_field *field = (*kind)->fields; field->name; field++) {
			json_t *body = unit_body(&dice, *kind, 100, some_id, NULL);

			json_object_del(body, field->name);
			for (int lenient = 0; lenient < 2; lenient++) {
				enum bef_rc rc = bef_kind_check(*kind, body, lenient, &err);

				must(rc == (field->required ? BEF_USAGE : BEF_OK), "%s.%s", (*kind)->name,
				     field->name);
				must(!rc || strstr(err.msg, field->name), "%s.%s: %s", (*kind)->name,
				     field->name, err.msg);
			}
			json_decref(body);
		}
}

#define A64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const unsigned TEXT = 1u << BEF_FIELD_LINE | 1u << BEF_FIELD_PROSE | 1u << BEF_FIELD_DOC;
static const unsigned NUMBER = 1u << BEF_FIELD_INT | 1u << BEF_FIELD_TIME;
static const unsigned LINES = 1u << BEF_FIELD_LINES;

static void a_field_of_another_type_is_refused_by_name(void **state)
{
	const struct {
		const char *json; /* {"x": value} */
		unsigned good;    /* the types it suits */
	} rows[] = {
		{ "{'x':null}", 0 },
		{ "{'x':1.5}", 0 },
		{ "{'x':''}", 0 },
		{ "{'x':[]}", 0 },
		{ "{'x':{}}", 0 },
		{ "{'x':[1]}", 0 },
		{ "{'x':['']}", 0 },
		{ "{'x':['a\\nb']}", 0 },
		{ "{'x':[['a']]}", 0 },
		{ "{'x':'a\\nb'}", 1u << BEF_FIELD_PROSE | 1u << BEF_FIELD_DOC },
		{ "{'x':'no stored word'}", TEXT },
		{ "{'x':'" A64 "'}", TEXT | 1u << BEF_FIELD_ID },
		{ "{'x':'" A64 "a'}", TEXT },
		{ "{'x':'Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'}", TEXT },
		{ "{'x':['" A64 "']}", LINES | 1u << BEF_FIELD_IDS },
		{ "{'x':['a']}", LINES },
		{ "{'x':true}", 1u << BEF_FIELD_BOOL },
		{ "{'x':{'a':1}}", 1u << BEF_FIELD_SET },
		{ "{'x':1}", NUMBER },
		{ "{'x':-1}", 1u << BEF_FIELD_INT },
		{ "{'x':253402300799999}", NUMBER },
		{ "{'x':253402300800000}", 1u << BEF_FIELD_INT }, /* the year 10000 */
		{ "{'x':9007199254740991}", 1u << BEF_FIELD_INT },
		{ "{'x':9007199254740992}", 0 },
		{ "{'x':-9223372036854775808}", 0 },
		{ "{'x':9223372036854775807}", 0 },
	};
	struct dice dice = { unit_seed() };
	struct bef_err err;

	(void)state;
	for (each_kind(kind))
		for (const struct bef_field *field = (*kind)->fields; field->name; field++)
			for (size_t i = 0; i < ROWS(rows); i++) {
				json_t *value = unit_json(rows[i].json);
				json_t *body = unit_body(&dice, *kind, 100, some_id, NULL);
				bool good = rows[i].good >> field->type & 1;
				enum bef_rc rc;

				json_object_set(body, field->name, json_object_get(value, "x"));
				rc = bef_kind_check(*kind, body, false, &err);
				must(rc == (good ? BEF_OK : BEF_USAGE), "%s.%s as %s", (*kind)->name,
				     field->name,
				     rows[i].json);
				must(!rc || strstr(err.msg, field->name), "%s", err.msg);
				json_decref(body);
				json_decref(value);
			}
}

static void a_text_over_its_limit_is_refused_as_too_long(void **state)
{
	static const struct { const char *field; size_t most; } rows[] = { { "by", 500 },
	                                                                   { "text", BEF_PROSE_MOST } };
	const struct bef_kind *note = bef_kind_find("note");
	struct bef_err err;

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		for (size_t over = 0; over < 2; over++) {
			json_t *body = unit_json("{'sort':'fact','text':'x'}");
			char *text = malloc(rows[i].most + 2);

			memset(text, 'x', rows[i].most + over);
			text[rows[i].most + over] = '\0';
			json_object_set_new(body, rows[i].field, json_string(text));
			assert_rc(bef_kind_check(note, body, false, &err), over ? BEF_USAGE : BEF_OK, err);
			if (over)
				assert_non_null(strstr(err.msg, "too long"));
			free(text);
			json_decref(body);
		}
}

static void an_unknown_field_is_for_the_lenient_only(void **state)
{
	struct dice dice = { unit_seed() };
	struct bef_err err;

	(void)state;
	for (each_kind(kind)) {
		json_t *body = unit_body(&dice, *kind, 50, some_id, NULL);

		json_object_set_new(body, "from_a_newer_version", json_null());
		assert_rc(bef_kind_check(*kind, body, false, &err), BEF_USAGE, err);
		must(strstr(err.msg, (*kind)->name), "%s", err.msg);
		assert_ok(bef_kind_check(*kind, body, true, &err), err);
		json_decref(body);
	}
}

static void what_is_no_object_is_refused(void **state)
{
	static const char *const rows[] = { "[]", "['sort']" };
	struct bef_err err;

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		json_t *body = unit_json(rows[i]);

		for (each_kind(kind)) {
			assert_rc(bef_kind_check(*kind, body, true, &err), BEF_USAGE, err);
			assert_rc(bef_kind_check(*kind, NULL, true, &err), BEF_USAGE, err);
		}
		json_decref(body);
	}
}

UNIT_MAIN(unit(each_kind_has_a_name_of_its_own_fields_a_label_and_a_sentence),
          unit(a_generated_body_passes_strict_and_lenient), unit(a_missing_required_field_is_refused_by_name),
          unit(a_field_of_another_type_is_refused_by_name), unit(a_text_over_its_limit_is_refused_as_too_long),
          unit(an_unknown_field_is_for_the_lenient_only), unit(what_is_no_object_is_refused))
