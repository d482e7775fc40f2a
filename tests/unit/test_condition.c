/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/condition.h"

#include "unit.h"

static const struct {
	const char *name, *type, *value;
} known[] = {
	{ "__yes__", "string", "yes" },       { "__n__", "integer", "9" },         { "__ip__", "ipv4-addr", "10.1.2.3" },
	{ "__true__", "bool", "True" },       { "__text__", "string", "a 'b' c" }, { "__empty__", "string", "" },
	{ "__unknown__", "string", NULL },    { "__odd.name__", "string", "yes" }, { "__v6__", "ipv6-addr", "fd00::1" },
	{ "__float__", "float", "1.50" },     { "__file__", "string", "note.txt" },
};

static const char *value_of(const void *context, const char *name, const char **type)
{
	(void)context;
	for (size_t i = 0; i < ROWS(known); i++)
		if (strcmp(known[i].name, name) == 0) {
			*type = known[i].type;
			return known[i].value;
		}
	return NULL;
}

static void conditions_are_read_as_the_grammar_and_public_files_have_them(void **state)
{
	static const struct {
		const char *text;
		enum bef_truth truth;
	} rows[] = {
		{ "__yes__:value = 'yes'", BEF_TRUE },
		{ "__yes__:value == 'yes'", BEF_TRUE },
		{ "__yes__:value != 'yes'", BEF_FALSE },
		{ "__yes__:value <> 'no'", BEF_TRUE },
		{ "__yes__:value NOT = 'yes'", BEF_FALSE },
		{ "  [ __yes__:value = 'yes' ]  ", BEF_TRUE },
		{ "'yes' = __yes__:value", BEF_TRUE },
		/* numbers by value */
		{ "__n__:value <= 10", BEF_TRUE },
		{ "__n__:value > 10", BEF_FALSE },
		{ "__n__:value < 10.0", BEF_TRUE },
		{ "__n__:value >= 9", BEF_TRUE },
		{ "__float__:value = 1.5", BEF_TRUE },
		{ "__n__:value = -9", BEF_FALSE },
		/* lenient */
		{ "__odd.name__:value = yes", BEF_TRUE },
		{ "__yes__ != 'no'", BEF_TRUE },
		{ "__yes__:value", BEF_TRUE },
		{ "__true__", BEF_TRUE },
		{ "__text__", BEF_FALSE },
		{ "__yes__ = \"yes\"", BEF_TRUE },
		/* truth values whatever their case */
		{ "__true__:value = true", BEF_TRUE },
		{ "__true__:value = 'false'", BEF_FALSE },
		/* quotations */
		{ "__text__:value = 'a \\'b\\' c'", BEF_TRUE },
		{ "__text__:value LIKE 'a%c'", BEF_TRUE },
		{ "__text__:value LIKE 'a_'", BEF_FALSE },
		{ "__text__:value LIKE '%%%%%%%%%%%%b%%%%%%%%%%%%'", BEF_TRUE },
		{ "__file__:value MATCHES '^note[.]txt$'", BEF_TRUE },
		{ "__file__:value MATCHES '^(a|b)$'", BEF_FALSE },
		{ "__file__:value MATCHES '('", BEF_UNKNOWN },
		{ "__file__:value MATCHES '(a*)\\\\1'", BEF_UNKNOWN },
		{ "__file__:value MATCHES 'a{1000}{1000}'", BEF_UNKNOWN },
		{ "__empty__:value = ''", BEF_TRUE },
		/* lists and networks */
		{ "__n__:value IN (7, 8, 9)", BEF_TRUE },
		{ "__n__:value NOT IN (7, 8)", BEF_TRUE },
		{ "__ip__:value IN ('10.0.0.0/8')", BEF_TRUE },
		{ "__ip__:value ISSUBSET '10.1.2.0/24'", BEF_TRUE },
		{ "__ip__:value ISSUBSET '10.1.3.0/24'", BEF_FALSE },
		{ "__ip__:value ISSUBSET '0.0.0.0/0'", BEF_TRUE },
		{ "__v6__:value ISSUBSET 'fd00::/8'", BEF_TRUE },
		{ "__v6__:value ISSUBSET '10.0.0.0/8'", BEF_FALSE },
		{ "'10.0.0.0/8' ISSUPERSET __ip__:value", BEF_TRUE },
		{ "__text__:value ISSUBSET '10.0.0.0/8'", BEF_UNKNOWN },
		/* together */
		{ "__yes__:value = 'no' OR __n__:value = 9", BEF_TRUE },
		{ "__yes__:value = 'yes' AND __n__:value = 8", BEF_FALSE },
		{ "__yes__:value = 'yes' OR __n__:value = 8 AND __n__:value = 7", BEF_TRUE },
		{ "(__yes__:value = 'yes' OR __n__:value = 8) AND __n__:value = 7", BEF_FALSE },
		{ "NOT (__yes__:value = 'yes')", BEF_FALSE },
		{ "NOT NOT __yes__:value = 'yes'", BEF_TRUE },
		{ "EXISTS __yes__:value", BEF_TRUE },
		{ "NOT EXISTS __unknown__:value", BEF_TRUE },
		/* what is not known has no answer, unless the rest decides */
		{ "__unknown__:value = 'yes'", BEF_UNKNOWN },
		{ "__gone__:value != 'yes'", BEF_UNKNOWN },
		{ "__yes__ = __unknown__", BEF_UNKNOWN },
		{ "__unknown__:value IN (1, 2)", BEF_UNKNOWN },
		{ "__unknown__:value = 1 OR __n__:value = 9", BEF_TRUE },
		{ "__unknown__:value = 1 AND __n__:value = 8", BEF_FALSE },
		{ "__unknown__:value = 1 AND __n__:value = 9", BEF_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		enum bef_truth truth = BEF_UNKNOWN;
		struct bef_err err = { 0 };
		enum bef_rc rc = bef_condition_eval(rows[i].text, value_of, NULL, &truth, &err);

		must(rc == BEF_OK, "%s: %s", rows[i].text, err.msg);
		must(truth == rows[i].truth, "%s: %d", rows[i].text, truth);
	}
}

static void what_is_not_understood_is_said_with_its_place(void **state)
{
	static const struct {
		const char *text, *said;
	} rows[] = {
		{ "", "character 1" },
		{ "data hit?", "comparison is wanted" },
		{ "__yes__:value = ", "wanted here" },
		{ "__yes__:value = 'yes", "does not end" },
		{ "__yes__:value = 'yes' extra", "not understood" },
		{ "(__yes__:value = 'yes'", "does not close" },
		{ "[__yes__:value = 'yes'", "does not close" },
		{ "__yes__:value IN 'yes'", "parentheses" },
		{ "__yes__:value = 'yes' FOLLOWEDBY __n__:value = 9", "not understood" },
		{ "EXISTS 'yes'", "wants a variable" },
		{ "__yes__:value = 'yes' AND", "wanted here" },
		{ "5", "comparison is wanted" },
	};
	struct bef_text deep;

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		enum bef_truth truth = BEF_TRUE;
		struct bef_err err = { 0 };

		must(bef_condition_eval(rows[i].text, value_of, NULL, &truth, &err) == BEF_USAGE, "%s", rows[i].text);
		must(strstr(err.msg, rows[i].said) != NULL, "%s: %s", rows[i].text, err.msg);
		must(truth == BEF_UNKNOWN, "%s", rows[i].text);
	}
	for (int turn = 0; turn < 2; turn++) {
		enum bef_truth truth;

		bef_text_init(&deep, 1 << 20);
		for (int i = 0; i < 100000; i++)
			bef_text_puts(&deep, turn ? "(" : "NOT ");
		assert_int_equal(bef_condition_eval(bef_text_str(&deep), value_of, NULL, &truth, NULL), BEF_USAGE);
		bef_text_clear(&deep);
	}
}

/* Seeded changes of good conditions: an answer or a refusal, never anything else (run under ASan too). */
static void a_changed_condition_is_answered_or_refused(void **state)
{
	static const char *const seeds[] = { "(__yes__:value = 'yes' OR NOT __n__:value IN (1, 2)) AND EXISTS __ip__",
		                             "[__ip__:value ISSUBSET '10.0.0.0/8']", "__text__ LIKE '%b_c' OR x MATCHES 'a*'" };
	static const char pieces[] = "()[]'\"_:=<>!,%\\ NOTINAD019.t";
	struct dice dice = { unit_seed() };

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char text[200];
		enum bef_truth truth;

		snprintf(text, sizeof(text), "%s", seeds[i % 3]);
		for (size_t n = 1 + dice_below(&dice, 4); n > 0; n--)
			text[dice_below(&dice, strlen(text))] = pieces[dice_below(&dice, sizeof(pieces) - 1)];
		if (bef_condition_eval(text, value_of, NULL, &truth, NULL) != BEF_OK)
			assert_int_equal(truth, BEF_UNKNOWN);
	}
}

static void what_an_answer_sets_is_found(void **state)
{
	static const struct {
		const char *text, *name, *value;
	} rows[] = {
		{ "__data__:value = 'yes'", "__data__", "yes" }, { " __data__ == 'a b' ", "__data__", "a b" },
		{ "__data__:value != 'yes'", NULL, NULL },       { "__data__:value = 5", NULL, NULL },
		{ "__data__:value = 'yes' OR 1 = 1", NULL, NULL }, { "data = 'yes'", NULL, NULL },
		{ "__data__:value", NULL, NULL },
	};
	char name[256], value[256];

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		bool is = bef_condition_simple(rows[i].text, name, value);

		must(is == (rows[i].name != NULL), "%s", rows[i].text);
		must(!is || (strcmp(name, rows[i].name) == 0 && strcmp(value, rows[i].value) == 0), "%s", rows[i].text);
	}
	assert_true(bef_condition_variable(" __kind__:value ", name));
	assert_string_equal(name, "__kind__");
	assert_false(bef_condition_variable("__kind__:value = 1", name));
}

UNIT_MAIN(unit(conditions_are_read_as_the_grammar_and_public_files_have_them),
          unit(what_is_not_understood_is_said_with_its_place),
          unit(a_changed_condition_is_answered_or_refused), unit(what_an_answer_sets_is_found))
