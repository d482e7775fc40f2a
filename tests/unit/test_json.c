/* SPDX-License-Identifier: EUPL-1.2 */
#include "unit.h"

static char *canonical(const json_t *value)
{
	struct bef_text out;
	struct bef_err err;

	bef_text_init(&out, 1 << 20);
	assert_ok(bef_json_canonical(value, &out, &err), err);
	assert_ok(bef_text_rc(&out, &err), err);
	return bef_text_take(&out);
}

static void each_control_character_is_escaped_as_rfc_8785_says(void **state)
{
	(void)state;
	for (int c = 1; c < 0x80; c++) {
		static const char *const two[0x80] = {
			['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f", ['\r'] = "\\r",
			['"'] = "\\\"", ['\\'] = "\\\\",
		};
		char text[2] = { (char)c, '\0' };
		char expected[10];
		struct bef_text out;

		if (two[c])
			snprintf(expected, sizeof(expected), "\"%s\"", two[c]);
		else
			snprintf(expected, sizeof(expected), c < 0x20 ? "\"\\u%04x\"" : "\"%c\"", c);
		bef_text_init(&out, 100);
		bef_json_string(&out, text);
		assert_string_equal(bef_text_str(&out), expected);
		bef_text_clear(&out);
	}
}

static void the_canonical_form_is_sorted_compact_and_as_it_was_typed(void **state)
{
	static const struct { const char *json, *expected; } rows[] = {
		{ "{}", "{}" }, { "[]", "[]" }, { "[ ]", "[]" }, { "{ 'b' : 1 , 'a' : 2 }",
		                                                   "{\"a\":2,\"b\":1}" },
		{ "{'aa':1,'a':2,'B':3,'_':4,'1':5,'':6}",
		  "{\"\":6,\"1\":5,\"B\":3,\"_\":4,\"a\":2,\"aa\":1}" },
		{ "{'a':{'d':[],'c':{}},'A':[true,false]}", "{\"A\":[true,false],\"a\":{\"c\":{},\"d\":[]}}" },
		{ "[0,-0,1,-1,9007199254740991,-9007199254740991]",
		  "[0,0,1,-1,9007199254740991,-9007199254740991]" },
		{ "['\\u20ac$\\u000F\\nA\\u0042\\u0022\\u005c\\\\\\u0022\\/']",
		  "[\"€$\\u000f\\nAB\\\"\\\\\\\\\\\"/\"]" },
		{ "['\\u007f\\u0080\\u2028\\ud83d\\udd14é']", "[\"\x7f\xc2\x80\xe2\x80\xa8🔔é\"]" },
		{ "{'\\n':1,'\\u0001':2}", "{\"\\u0001\":2,\"\\n\":1}" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		json_t *value = unit_json(rows[i].json);
		char *text = canonical(value);

		assert_string_equal(text, rows[i].expected);
		free(text);
		json_decref(value);
	}
}

static json_t *any_value(struct dice *dice, int depth)
{
	char bytes[12];
	size_t len = 0;
	json_t *value;

	switch (dice_below(dice, depth > 0 ? 5 : 3)) {
	case 0:
		return json_integer((json_int_t)(dice_next(dice) >> 11) * (dice_chance(dice, 50) ? 1 : -1));
	case 1:
		return json_boolean(dice_chance(dice, 50));
	case 2:
		for (size_t n = dice_below(dice, 10); len < n;)
			bytes[len++] = (char)(1 + dice_below(dice, 0x7f));
		return json_stringn(bytes, len);
	case 3:
		value = json_array();
		for (size_t n = dice_below(dice, 4); n > 0; n--)
			json_array_append_new(value, any_value(dice, depth - 1));
		return value;
	default:
		value = json_object();
		for (size_t n = dice_below(dice, 6); n > 0; n--) {
			bytes[0] = (char)(1 + dice_below(dice, 0x7f));
			bytes[1] = (char)dice_below(dice, 0x80);
			bytes[2] = '\0';
			json_object_set_new(value, bytes, any_value(dice, depth - 1));
		}
		return value;
	}
}

static void the_canonical_form_read_back_is_itself(void **state)
{
	struct dice dice = { unit_seed() };

	(void)state;
	for (int i = 0; i < 3000; i++) {
		json_t *value = json_pack("[o]", any_value(&dice, 5));
		char *text = canonical(value);
		json_t *read;
		struct bef_err err;
		char *again;

		assert_ok(bef_json_load(text, strlen(text), &read, &err), err);
		again = canonical(read);
		assert_string_equal(text, again);
		assert_true(json_equal(value, read));
		free(text);
		free(again);
		json_decref(value);
		json_decref(read);
	}
}

static void what_has_no_canonical_form_is_refused(void **state)
{
	static const struct { const char *json, *said; } rows[] = {
		{ "[null]", "null" }, { "[1.5]", "real" }, { "[1.0]", "real" }, { "[1e3]", "real" },
		{ "[-0.0]", "real" },
		{ "[9007199254740992]", "2^53" }, { "[-9007199254740992]", "2^53" },
		{ "[9223372036854775807]", "2^53" },
		{ "{'é':1}", "ASCII" }, { "{'\\u0080':1}", "ASCII" }, { "{'a':[{'b':{'c':null}}]}", "null" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		json_t *value = unit_json(rows[i].json);
		struct bef_text out;
		struct bef_err err;

		bef_text_init(&out, 1000);
		assert_rc(bef_json_canonical(value, &out, &err), BEF_USAGE, err);
		must(strstr(err.msg, rows[i].said), "%s: %s", rows[i].json, err.msg);
		bef_text_clear(&out);
		json_decref(value);
	}
}

static void what_is_no_whole_document_is_refused_with_its_place(void **state)
{
	static const struct { const char *text; size_t len; } rows[] = {
		{ "", 0 }, { " ", 1 }, { "{", 1 }, { "[1,]", 4 }, { "{\"a\":1,}", 8 }, { "[] x", 4 },
		{ "[][]", 4 },
		{ "{\"a\":1,\"a\":2}", 13 }, { "{\"a\":1,\"\\u0061\":2}", 18 },
		{ "[{\"b\":{\"a\":1,\"a\":1}}]", 21 },
		{ "[\"\xff\"]", 5 }, { "[\"\xed\xa0\x80\"]", 7 }, { "[\"\xc0\x80\"]", 6 },
		{ "[\"\\ud800\"]", 10 },
		{ "[\"a\0b\"]", 7 }, { "[\"\\u0000\"]", 10 }, { "{\"\\u0000\":1}", 12 }, { "[\"\n\"]", 5 },
		{ "['a']", 5 },
		{ "[01]", 4 }, { "[+1]", 4 }, { "[1.]", 4 }, { "[.5]", 4 }, { "[NaN]", 5 },
		{ "[Infinity]", 10 }, { "[1e999]", 7 },
		{ "[9223372036854775808]", 21 }, { "1", 1 }, { "\"a\"", 3 }, { "true", 4 }, { "[]\0", 3 },
		{ "\xef\xbb\xbf[]", 5 }, { "[1] // x", 8 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_err err;
		json_t *value = NULL;
		char *exact = malloc(rows[i].len + !rows[i].len);

		memcpy(exact, rows[i].text, rows[i].len);
		must(bef_json_load(exact, rows[i].len, &value, &err) == BEF_USAGE, "row %zu", i);
		must(strstr(err.msg, "line"), "row %zu: %s", i, err.msg);
		assert_null(value);
		free(exact);
	}
}

static void deep_nesting_is_refused_not_fatal(void **state)
{
	enum { DEEP = 100000 };
	char *text = malloc(DEEP);
	struct bef_err err;
	json_t *value;

	(void)state;
	memset(text, '[', DEEP);
	assert_rc(bef_json_load(text, DEEP, &value, &err), BEF_USAGE, err);
	memset(text, '[', 2000);
	memset(text + 2000, ']', 2000);
	assert_ok(bef_json_load(text, 4000, &value, &err), err);
	text[4000] = '\0';
	free(text);
	text = canonical(value);
	assert_int_equal(strlen(text), 4000);
	free(text);
	json_decref(value);
}

static void mutated_documents_never_break_the_reader(void **state)
{
	static const char seed[] = "{\"a\":[1,-2,true,false,\"\\u00e9\\ud83d\\udd14\xc3\xa9\"],"
	                           "\"b\":{\"c\":\"x\\n\",\"d\":{}},\"e\":9007199254740991}";
	struct dice dice = { unit_seed() };
	unsigned loaded = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char room[2 * sizeof(seed)];
		size_t len = sizeof(seed) - 1;
		json_t *value;
		struct bef_err err;
		char *exact;

		memcpy(room, seed, len);
		len = dice_mutate(&dice, room, len, sizeof(room));
		exact = malloc(len);
		memcpy(exact, room, len);
		if (bef_json_load(exact, len, &value, &err) == BEF_OK) {
			struct bef_text out;

			bef_text_init(&out, 1000);
			if (bef_json_canonical(value, &out, &err) == BEF_OK)
				assert_int_equal(bef_utf8_check(bef_text_str(&out), out.len), out.len);
			bef_text_clear(&out);
			json_decref(value);
			loaded++;
		}
		free(exact);
	}
	assert_true(loaded > 100);
}

static void members_have_fallbacks(void **state)
{
	json_t *object = unit_json("{'t':'x','i':5,'b':true,'n':null,'r':1.5}");

	(void)state;
	assert_string_equal(bef_json_text(object, "t"), "x");
	assert_null(bef_json_text(object, "i"));
	assert_null(bef_json_text(object, "none"));
	assert_null(bef_json_text(NULL, "t"));
	assert_string_equal(bef_json_text_or(object, "i", "y"), "y");
	assert_true(bef_json_int(object, "i", 7) == 5 && bef_json_int(object, "t", 7) == 7 &&
	            bef_json_int(object, "r", 7) == 7);
	assert_true(bef_json_bool(object, "b") && !bef_json_bool(object, "i") && !bef_json_bool(NULL, "b"));
	json_decref(object);
}

static void the_first_failure_of_a_series_sticks(void **state)
{
	json_t *object = json_object();
	bool ok = true;

	(void)state;
	bef_json_put_text(object, "absent", NULL, &ok);
	bef_json_put_text(object, "a", "x", &ok);
	bef_json_put_int(object, "b", -3, &ok);
	bef_json_put_bool(object, "c", false, &ok);
	bef_json_put(object, "d", json_array(), &ok);
	assert_true(ok);
	assert_int_equal(json_object_size(object), 4);
	bef_json_put_text(object, "bad", "\xff", &ok);
	assert_false(ok);
	bef_json_put_int(object, "e", 1, &ok);
	assert_false(ok);
	ok = true;
	bef_json_put(object, "f", NULL, &ok);
	assert_false(ok);
	ok = true;
	bef_json_put_int(NULL, "g", 1, &ok);
	assert_false(ok);
	json_decref(object);
}

UNIT_MAIN(unit(each_control_character_is_escaped_as_rfc_8785_says),
          unit(the_canonical_form_is_sorted_compact_and_as_it_was_typed),
          unit(the_canonical_form_read_back_is_itself), unit(what_has_no_canonical_form_is_refused),
          unit(what_is_no_whole_document_is_refused_with_its_place), unit(deep_nesting_is_refused_not_fatal),
          unit(mutated_documents_never_break_the_reader), unit(members_have_fallbacks),
          unit(the_first_failure_of_a_series_sticks))
