/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/file.h"

#include "bodies.h"

static enum bef_rc load(const char *quoted, struct bef_playbook **out, struct bef_err *err)
{
	char *text = unit_playbook_text(quoted);
	enum bef_rc rc = bef_playbook_load(text, strlen(text), out, err);

	free(text);
	return rc;
}

/* A playbook of these steps; `start` names the first. */
static char *with_steps(const char *start, const char *steps)
{
	char *text;

	if (asprintf(&text,
	             "{'type':'playbook','spec_version':'cacao-2.0','id':'playbook--1','workflow_start':'%s',"
	             "'workflow':{%s}}", start, steps) < 0)
		abort();
	return text;
}

static void the_shipped_playbooks_load_and_speak_both_languages(void **state)
{
	struct bef_text text;
	struct bef_playbook *playbook;
	struct bef_err err;

	(void)state;
	assert_ok(bef_file_read("playbooks/ransomware.json", BEF_PLAYBOOK_MOST, &text, &err), err);
	assert_ok(bef_playbook_load(text.data, text.len, &playbook, &err), err);
	assert_true(playbook->numbered > 30 && playbook->step_count > playbook->numbered);
	assert_true(bef_playbook_is(playbook, "ransomware") && bef_playbook_is(playbook, "RANÇONGICIEL"));
	assert_false(bef_playbook_is(playbook, ""));
	for (int lang = 0; lang < BEF_LANG_COUNT; lang++) {
		bef_lang_set((enum bef_lang)lang);
		assert_non_null(bef_playbook_text(playbook, "name"));
		for (int n = 1; n <= playbook->numbered; n++) {
			const struct bef_step *step = bef_playbook_number(playbook, n);

			must(step && step->number == n && step->extension, "step %d", n);
			must(json_object_get(step->extension, bef_lang_name((enum bef_lang)lang)), "step %d",
			     n);
			must(*bef_step_text(step, "name") && *bef_step_text(step, "text"), "step %d", n);
			assert_int_equal(bef_playbook_step(playbook, step->id), step - playbook->step);
		}
	}
	bef_lang_set(BEF_EN);
	assert_null(bef_playbook_number(playbook, 0));
	assert_null(bef_playbook_number(playbook, playbook->numbered + 1));
	assert_int_equal(bef_playbook_step(playbook, "no such"), -1);
	assert_int_equal(bef_playbook_step(playbook, NULL), -1);
	bef_playbook_free(playbook);
	bef_text_clear(&text);
}

static void steps_are_numbered_in_reading_order(void **state)
{
	static const char *const ids[] = { "action--a", "action--f", "if-condition--q", "action--y",
	                                   "action--n",
		                           "action--b", "action--b2", "action--c", "action--z" };
	struct bef_playbook *playbook;
	struct bef_err err;

	(void)state;
	assert_ok(load(UNIT_PLAYBOOK, &playbook, &err), err);
	assert_int_equal(playbook->numbered, ROWS(ids));
	for (size_t i = 0; i < ROWS(ids); i++)
		assert_string_equal(bef_playbook_number(playbook, (int)i + 1)->id, ids[i]);
	assert_true(playbook->step[bef_playbook_step(playbook, "action--a")].mandatory);
	assert_true(playbook->step[bef_playbook_step(playbook, "action--a")].within_ms == 3600000);
	bef_playbook_free(playbook);
}

static void a_text_falls_back_on_the_other_language_then_on_cacao(void **state)
{
	static const struct { const char *step, *field; enum bef_lang lang; const char *text; } rows[] = {
		{ "action--a", "name", BEF_FR, "Couper" }, { "action--a", "name", BEF_EN, "Cut" },
		{ "action--a", "text", BEF_FR, "Cut it" }, { "action--a", "why", BEF_EN, NULL },
		{ "action--f", "name", BEF_FR, "F" }, { "action--f", "text", BEF_FR, NULL },
		{ "action--f", "do_not", BEF_FR, NULL }, { "if-condition--q", "question", BEF_FR, "data hit?" },
		{ "start--1", "question", BEF_FR, "Start" },
	};
	struct bef_playbook *playbook;
	struct bef_err err;

	(void)state;
	assert_ok(load(UNIT_PLAYBOOK, &playbook, &err), err);
	for (size_t i = 0; i < ROWS(rows); i++) {
		const char *text;

		bef_lang_set(rows[i].lang);
		text = bef_step_text(&playbook->step[bef_playbook_step(playbook, rows[i].step)], rows[i].field);
		must(rows[i].text ? text && strcmp(text, rows[i].text) == 0 : !text, "%s.%s: '%s'",
		     rows[i].step,
		     rows[i].field, text);
	}
	bef_lang_set(BEF_EN);
	bef_playbook_free(playbook);
}

#define START "'s':{'type':'start','on_completion':'a'}"
#define END "'e':{'type':'end'}"

static void what_cannot_be_run_is_refused_with_its_step_and_reason(void **state)
{
	static const struct { const char *start, *steps, *said; } rows[] = {
		{ "s", START ",'a':{'type':'action','on_completion':'e'}," END, NULL },
		{ "s", "", "no steps" },
		{ "s", START, "no steps" },
		{ "x", START ",'a':{'type':'end'}", "workflow_start" },
		{ "a", START ",'a':{'type':'end'}", "workflow_start" },
		{ "s", START ",'a':{'type':'while-condition','on_true':'e','on_completion':'e'}," END, NULL },
		{ "s", START ",'a':{'type':'while-condition','on_completion':'e'}," END, "on_true" },
		{ "s", START ",'a':{'type':'switch-condition','cases':{'x':'e'},'on_completion':'e'}," END, NULL },
		{ "s", START ",'a':{'type':'switch-condition','on_completion':'e'}," END, "cases" },
		{ "s", START ",'a':{'type':'switch-condition','cases':{'x':'gone'},'on_completion':'e'}," END, "gone" },
		{ "s", START ",'a':{'type':'switch-condition','cases':{'x':5},'on_completion':'e'}," END, "no step" },
		{ "s", START ",'a':{'type':'playbook-action','playbook_id':'p','on_completion':'e'}," END, NULL },
		{ "s", START ",'a':{'type':'playbook-action','on_completion':'e'}," END, "names no playbook" },
		{ "s", START ",'a':{'type':'elsewhere','on_completion':'e'}," END, "elsewhere" },
		{ "s", START ",'a':{'type':'action','on_completion':'e','delay':-1}," END, "delay" },
		{ "s", START ",'a':{'type':'action','on_completion':'e','timeout':-1}," END, "timeout" },
		{ "s", START ",'a':{'type':5}," END, "'?'" },
		{ "s", START ",'a':5," END, "'?'" },
		{ "s", "'s':{'type':'start'}," END, "nothing comes after" },
		{ "s", START ",'a':{'type':'action','on_failure':'e'}," END, "nothing comes after" },
		{ "s", START ",'a':{'type':'action','on_completion':'gone'}," END, "gone" },
		{ "s", START ",'a':{'type':'action','on_completion':'e','on_failure':'gone'}," END, "gone" },
		{ "s", START ",'a':{'type':'if-condition','on_completion':'e'}," END, "on_true" },
		{ "s",
		  START ",'a':{'type':'if-condition','on_true':'e','on_false':'gone','on_completion':'e'}," END, "gone" },
		{ "s", START ",'a':{'type':'parallel','on_completion':'e'}," END, "at least two branches" },
		{ "s", START ",'a':{'type':'parallel','next_steps':['e'],'on_completion':'e'}," END,
		  "at least two branches" },
		{ "s", START ",'a':{'type':'parallel','next_steps':['e','e','e','e','e','e','e','e','e'],"
		       "'on_completion':'e'}," END, NULL },
		{ "s", START ",'a':{'type':'parallel','next_steps':['e','gone'],'on_completion':'e'}," END,
		  "gone" },
		{ "s", START ",'a':{'type':'parallel','next_steps':['e',5],'on_completion':'e'}," END, "no step" },
		{ "s", START ",'a':{'type':'parallel','next_steps':['e','e']}," END, "nothing comes after" },
		{ "s", START ",'a':{'type':'action','on_completion':'a'}," END, "comes back" },
		{ "s",
		  START ",'a':{'type':'action','on_completion':'b'},'b':{'type':'action','on_completion':'a'}," END,
		  "comes back" },
		{ "s", START ",'a':{'type':'action','on_completion':'e','on_failure':'a'}," END, "comes back" },
		/* The end of a branch written as a way back to what opened it is read as an end. */
		{ "s", START ",'a':{'type':'if-condition','on_true':'b','on_completion':'e'},"
		       "'b':{'type':'action','on_completion':'a'}," END, NULL },
		{ "s", START ",'a':{'type':'if-condition','on_true':'b','on_completion':'b'},"
		       "'b':{'type':'action','on_completion':'a'}," END, "comes back" },
		{ "s", START ",'a':{'type':'if-condition','on_true':'b','on_completion':'e'},"
		       "'b':{'type':'if-condition','on_true':'c','on_completion':'e'},"
		       "'c':{'type':'action','on_completion':'a'}," END, "comes back" },
		{ "s", START ",'a':{'type':'parallel','next_steps':['b','e'],'on_completion':'e'},"
		       "'b':{'type':'action','on_completion':'s'}," END, "comes back" },
		{ "s",
		  START ",'a':{'type':'action','on_completion':'e'," UNIT_EXT("'within':'1 hour'") "}," END,
		"1 hour" },
		{ "s", START ",'a':{'type':'action','on_completion':'e'," UNIT_EXT("'within':'P1M'") "}," END,
		  "P1M" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		char *text = with_steps(rows[i].start, rows[i].steps);
		struct bef_playbook *playbook = NULL;
		struct bef_err err;
		enum bef_rc rc = load(text, &playbook, &err);

		must(rc == (rows[i].said ? BEF_USAGE : BEF_OK), "row %zu: %s", i, rc ? err.msg : "taken");
		must(!rc || (strstr(err.msg, rows[i].said) && !playbook), "row %zu: %s", i, err.msg);
		bef_playbook_free(playbook);
		free(text);
	}
}

static void what_is_no_cacao_2_playbook_is_refused(void **state)
{
	static const struct { const char *text, *said; } rows[] = {
		{ "[]", "CACAO" }, { "{}", "CACAO" }, { "{'type':'playbook'}", "spec_version" },
		{ "{'type':'bundle','spec_version':'cacao-2.0','id':'playbook--1'}", "type" },
		{ "{'type':'playbook','spec_version':'cacao-1.1','id':'playbook--1'}", "2.0" },
		{ "{'type':'playbook','spec_version':'cacao-2.0'}", "id" },
		{ "{'type':'playbook','spec_version':'cacao-2.0','id':'x--1'}", "id" },
		{ "{'type':'playbook','spec_version':'cacao-2.0','id':'playbook--1','workflow':[1,2,3]}",
		  "no steps" },
		{ "{'type':'playbook','type':'playbook'}", "JSON" }, { "", "JSON" }, { "5", "JSON" },
		{ "{", "JSON" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_playbook *playbook = NULL;
		struct bef_err err;

		assert_rc(load(rows[i].text, &playbook, &err), BEF_USAGE, err);
		must(strstr(err.msg, rows[i].said), "'%s': %s", rows[i].text, err.msg);
		assert_null(playbook);
	}
}

static void a_playbook_is_at_most_so_long_and_has_at_most_so_many_steps(void **state)
{
	struct bef_err err;
	struct bef_playbook *playbook = NULL;
	char *big = malloc(BEF_PLAYBOOK_MOST + 1);

	(void)state;
	memset(big, ' ', BEF_PLAYBOOK_MOST + 1);
	assert_rc(bef_playbook_load(big, BEF_PLAYBOOK_MOST + 1, &playbook, &err), BEF_USAGE, err);
	assert_non_null(strstr(err.msg, "4194304"));
	free(big);
	for (int count = BEF_STEPS_MOST - 1; count <= BEF_STEPS_MOST + 1; count++) {
		struct bef_text steps;
		char *text;

		bef_text_init(&steps, BEF_PLAYBOOK_MOST);
		bef_text_puts(&steps, "'s':{'type':'start','on_completion':'0'}");
		for (int i = 0; i < count - 2; i++)
			bef_text_printf(&steps, ",'%d':{'type':'action','on_completion':'%d'}", i, i + 1);
		bef_text_printf(&steps, ",'%d':{'type':'end'}", count - 2);
		text = with_steps("s", steps.data);
		assert_rc(load(text, &playbook, &err), count > BEF_STEPS_MOST ? BEF_USAGE : BEF_OK, err);
		if (count <= BEF_STEPS_MOST) {
			assert_int_equal(playbook->numbered, count - 2);
			bef_playbook_free(playbook);
		}
		free(text);
		bef_text_clear(&steps);
	}
}

static void a_playbook_cut_anywhere_is_refused(void **state)
{
	char *text = unit_playbook_text(UNIT_PLAYBOOK);
	size_t len = strlen(text);

	(void)state;
	for (size_t cut = 0; cut < len; cut++) {
		struct bef_playbook *playbook;
		struct bef_err err;
		char *exact = malloc(cut + !cut);

		memcpy(exact, text, cut);
		must(bef_playbook_load(exact, cut, &playbook, &err) == BEF_USAGE, "cut at %zu", cut);
		free(exact);
	}
	free(text);
}

static void mutated_playbooks_never_break_the_reader(void **state)
{
	struct dice dice = { unit_seed() };
	char *text = unit_playbook_text(UNIT_PLAYBOOK);
	char *room = malloc(2 * strlen(text));
	unsigned loaded = 0;

	(void)state;
	for (int i = 0; i < 8000; i++) {
		size_t len = strlen(text);
		struct bef_playbook *playbook;
		struct bef_err err;

		memcpy(room, text, len);
		len = dice_mutate(&dice, room, len, 2 * len);
		if (bef_playbook_load(room, len, &playbook, &err) != BEF_OK)
			continue;
		loaded++;
		for (int n = 1; n <= playbook->numbered; n++)
			assert_non_null(bef_step_text(bef_playbook_number(playbook, n), "name"));
		bef_playbook_text(playbook, "name");
		bef_playbook_is(playbook, "x");
		bef_playbook_free(playbook);
	}
	assert_true(loaded > 50);
	free(room);
	free(text);
	bef_playbook_free(NULL);
}

UNIT_MAIN(unit(the_shipped_playbooks_load_and_speak_both_languages), unit(steps_are_numbered_in_reading_order),
          unit(a_text_falls_back_on_the_other_language_then_on_cacao),
          unit(what_cannot_be_run_is_refused_with_its_step_and_reason),
          unit(what_is_no_cacao_2_playbook_is_refused),
          unit(a_playbook_is_at_most_so_long_and_has_at_most_so_many_steps),
unit(a_playbook_cut_anywhere_is_refused),
          unit(mutated_playbooks_never_break_the_reader))
