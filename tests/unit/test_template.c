/* SPDX-License-Identifier: EUPL-1.2 */
/* Templates: what they say of a made-up document, what is refused, and that the table of names is true. */
#include "unit.h"

#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "report/template.h"
#include "report/variable.h"

static const char data_text[] =
	"{\"title\": \"<b>=1 & | *x*\", \"severity\": \"3\", \"drill\": true, \"entries\": 0, \"summary\": \"\","
	" \"heads\": [\"aa\", \"bb\"], \"actions\": [{\"text\": \"one\", \"owner\": \"lea\"}, {\"text\": \"two\"}],"
	" \"runs\": [{\"playbook\": \"p\", \"steps\": [{\"name\": \"s1\"}, {\"name\": \"s2\"}]}],"
	" \"evidence\": [], \"journal\": [{\"body\": {\"text\": \"deep\"}}]}";

static json_t *made_up(void)
{
	json_t *data = NULL;
	struct bef_err err;

	assert_ok(bef_json_load(data_text, sizeof(data_text) - 1, &data, &err), err);
	return data;
}

/* What a template of this kind says. */
static void says(enum bef_template_kind kind, const char *text, const char *wanted)
{
	json_t *data = made_up();
	struct bef_text out = { .max = 1 << 16 };
	struct bef_template t;
	struct bef_err err;

	assert_ok(bef_template_parse(&t, kind, text, &err), err);
	assert_ok(bef_template_fill(&t, data, &out, &err), err);
	assert_string_equal(bef_text_str(&out), wanted);
	bef_template_clear(&t);
	bef_text_clear(&out);
	json_decref(data);
}

static void values_are_escaped_for_the_kind_of_file(void **state)
{
	(void)state;
	says(BEF_TEMPLATE_HTML, "<p>{{title}}</p>", "<p>&lt;b&gt;=1 &amp; | *x*</p>");
	says(BEF_TEMPLATE_MD, "{{title}}", "&lt;b>=1 &amp; \\| \\*x\\*");
	says(BEF_TEMPLATE_TXT, "{{title}}", "<b>=1 & | *x*");
	says(BEF_TEMPLATE_CSV, "{{title}};{{entries}};{{summary}};{{reporter}}", "\"<b>=1 & | *x*\";0;\"\";\"\"");
	says(BEF_TEMPLATE_TXT, "{{ title }}{{reporter}}.", "<b>=1 & | *x*.");
}

static void sections(void **state)
{
	(void)state;
	says(BEF_TEMPLATE_TXT, "{{#actions}}{{text}} {{owner}},{{/actions}}", "one lea,two ,");
	says(BEF_TEMPLATE_TXT, "{{#actions}}{{text}}/{{severity}} {{/actions}}", "one/3 two/3 ");
	says(BEF_TEMPLATE_TXT, "{{#heads}}<{{.}}>{{/heads}}", "<aa><bb>");
	says(BEF_TEMPLATE_TXT, "{{#runs}}{{playbook}}{{#steps}} {{name}}{{/steps}}{{/runs}}", "p s1 s2");
	says(BEF_TEMPLATE_TXT, "{{#drill}}DRILL{{/drill}}{{^drill}}real{{/drill}}", "DRILL");
	says(BEF_TEMPLATE_TXT, "{{^evidence}}none{{/evidence}}{{#evidence}}some{{/evidence}}", "none");
	says(BEF_TEMPLATE_TXT, "{{^summary}}no{{/summary}}{{^entries}}zero{{/entries}}", "nozero");
	says(BEF_TEMPLATE_TXT, "{{#journal}}{{body.text}}{{/journal}}", "deep");
	says(BEF_TEMPLATE_TXT, "a{{! {{#x}} }}b", "a }}b"); /* a comment ends at the first braces */
}

static void a_mark_alone_leaves_no_line(void **state)
{
	(void)state;
	says(BEF_TEMPLATE_MD, "|a|\n{{#actions}}\n|{{text}}|\n{{/actions}}\nend\n", "|a|\n|one|\n|two|\nend\n");
	says(BEF_TEMPLATE_TXT, "a\n  {{! words }}  \r\nb", "a\nb");
	says(BEF_TEMPLATE_TXT, "{{#drill}}\nx\n{{/drill}}", "x\n");
	says(BEF_TEMPLATE_TXT, "{{title}}\n", "<b>=1 & | *x*\n");
}

static void what_is_no_template_is_refused_with_its_line(void **state)
{
	static const char *const bad[][2] = {
		{ "a\nb {{title", "line 2" }, { "{{#actions}}", "line 1" }, { "\n{{/actions}}", "line 2" },
		{ "{{#actions}}{{#heads}}{{/actions}}{{/heads}}", "line 1" }, { "{{}}", "without a name" }, { "{{> other}}", "do not exist" },
		{ "{{{title}}}", "do not exist" }, { "{{&title}}", "do not exist" }, { "{{Title}}", "small letters" },
		{ "{{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}}", "too long" },
		{ "{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}", "too deep" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct bef_template t;
		struct bef_err err;

		assert_int_equal(bef_template_parse(&t, BEF_TEMPLATE_TXT, bad[i][0], &err), BEF_USAGE);
		assert_non_null(strstr(err.msg, bad[i][1]));
		bef_template_clear(&t);
	}
}

/* --- the check --- */

static void note_unknown(void *arg, unsigned line, const char *name, const char *near)
{
	struct bef_text *out = arg;

	bef_text_printf(out, "%u %s %s;", line, name, near ? near : "-");
}

static void finds(const char *text, const char *wanted)
{
	struct bef_text out = { .max = 4096 };
	struct bef_template t;
	struct bef_err err;

	assert_ok(bef_template_parse(&t, BEF_TEMPLATE_TXT, text, &err), err);
	bef_template_check(&t, note_unknown, &out);
	assert_string_equal(bef_text_str(&out), wanted);
	bef_text_clear(&out);
	bef_template_clear(&t);
}

static void unknown_names_are_named(void **state)
{
	(void)state;
	finds("{{title}} {{#actions}}{{owner}} {{severity_label}} {{due_at_local}}{{/actions}}", "");
	finds("{{titel}}\n\n{{#actions}}{{ownr}}{{/actions}}", "1 titel title;3 ownr owner;");
	finds("{{owner}}", "1 owner -;"); /* of an action, outside any */
	finds("{{#runs}}{{#steps}}{{name}}{{playbook}}{{/steps}}{{name}}{{/runs}}", "1 name -;");
	finds("{{title_label}}", "1 title_label -;");
	finds("{{#journal}}{{body.whatever}}{{/journal}}{{actions.text}}", "");
	finds("{{#nothing_like_it}}{{title}}{{/nothing_like_it}}", "1 nothing_like_it -;");
}

static void a_runaway_is_stopped(void **state)
{
	json_t *data = json_object(), *list = json_array();
	struct bef_text text = { .max = 4096 };
	struct bef_text out = { .max = 1 << 16 };
	struct bef_template t;
	struct bef_err err;

	(void)state;
	for (int i = 0; i < 200; i++)
		json_array_append_new(list, json_integer(i));
	json_object_set_new(data, "heads", list);
	for (int i = 0; i < 8; i++)
		bef_text_puts(&text, "{{#heads}}");
	bef_text_puts(&text, "{{summary}}");
	for (int i = 0; i < 8; i++)
		bef_text_puts(&text, "{{/heads}}");
	assert_ok(bef_template_parse(&t, BEF_TEMPLATE_TXT, bef_text_str(&text), &err), err);
	assert_int_equal(bef_template_fill(&t, data, &out, &err), BEF_REFUSED);
	bef_template_clear(&t);
	bef_text_clear(&out);
	bef_text_clear(&text);
	json_decref(data);
}

/* --- the table against what a case really gives (a golden file of the tests) --- */

static void each_is_known(const json_t *value, const char *path)
{
	const char *key;
	json_t *item;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)value, i, item)
		each_is_known(item, path);
	json_object_foreach ((json_t *)(uintptr_t)value, key, item) {
		char below[256];
		const struct bef_template_variable *v;

		snprintf(below, sizeof(below), "%s%s%s", path, *path ? "." : "", key);
		v = bef_variable_find("", below);
		if (!v)
			fail_msg("%s is in no row of the table", below);
		if (v->sort != BEF_VAR_ANY)
			each_is_known(item, below);
	}
}

static void the_table_knows_all_of_a_case(void **state)
{
	struct bef_text text;
	struct bef_err err;
	json_t *data = NULL;

	(void)state;
	assert_ok(bef_file_read("tests/golden/case.json", 1 << 20, &text, &err), err);
	assert_ok(bef_json_load(bef_text_str(&text), text.len, &data, &err), err);
	each_is_known(data, "");
	json_decref(data);
	bef_text_clear(&text);
}

UNIT_MAIN(unit(values_are_escaped_for_the_kind_of_file), unit(sections), unit(a_mark_alone_leaves_no_line),
          unit(what_is_no_template_is_refused_with_its_line), unit(unknown_names_are_named), unit(a_runaway_is_stopped),
          unit(the_table_knows_all_of_a_case))
