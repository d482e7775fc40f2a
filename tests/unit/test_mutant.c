/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Playbooks changed at random, their pointers above all: each is refused, or
 * checked, shown and carried out without a crash and without an endless walk.
 * MUTANTS=N tries N of them, UNIT_SEED=S others; run under ASan for hours once,
 * for a few hundred each time.
 */
#include <glob.h>
#include <time.h>

#include "base/file.h"
#include "model/check.h"

#include "walker.h"

enum { ROUNDS = 12 };

/* A member of a random step of the workflow, or the step itself. */
static const char *any_key(const json_t *object, struct dice *dice)
{
	size_t at = json_object_size(object) ? dice_below(dice, json_object_size(object)) : 0;
	const char *key;
	json_t *value;

	json_object_foreach ((json_t *)(uintptr_t)object, key, value)
		if (at-- == 0)
			return key;
	return NULL;
}

static json_t *any_value(const json_t *workflow, struct dice *dice)
{
	static const char *const words[] = { "", "end", "while-condition", "switch-condition", "parallel", "if-condition",
		                             "playbook-action", "__a__:value = 'yes'", "__a__:value", "P1D", "\xc3\xa9\n\x1b[2J" };

	switch (dice_below(dice, 6)) {
	case 0:
		return json_integer((json_int_t)dice_next(dice));
	case 1:
		return json_string(words[dice_below(dice, ROWS(words))]);
	case 2:
		return json_pack("[s?, s?]", any_key(workflow, dice), any_key(workflow, dice));
	case 3:
		return json_pack("{s:s?}", words[dice_below(dice, ROWS(words))], any_key(workflow, dice));
	default:
		return json_string(any_key(workflow, dice) ? any_key(workflow, dice) : "");
	}
}

static void mutate(json_t *document, struct dice *dice)
{
	static const char *const members[] = { "on_completion", "on_success", "on_failure", "on_true", "on_false", "next_steps",
		                               "cases", "type", "condition", "switch", "delay", "timeout", "playbook_id",
		                               "out_args", "in_args", "commands", "step_variables", "step_extensions", "name" };
	json_t *workflow = json_object_get(document, "workflow");
	const char *id = any_key(workflow, dice);
	json_t *step = id ? json_object_get(workflow, id) : NULL;

	if (!step || dice_chance(dice, 5))
		json_object_set_new(document, any_key(document, dice), any_value(workflow, dice));
	else if (dice_chance(dice, 15))
		json_object_del(step, any_key(step, dice) ? any_key(step, dice) : "");
	else if (json_is_object(step))
		json_object_set_new(step, members[dice_below(dice, ROWS(members))], any_value(workflow, dice));
}

static void count_finding(void *arg, const struct bef_finding *finding)
{
	assert_non_null(finding->what);
	assert_non_null(finding->remedy);
	++*(unsigned *)arg;
}

static void carry_out(const char *document, struct dice *dice)
{
	struct unit_story story;
	char id[BEF_HASH_HEX];

	walker_start(&story, document, id);
	for (int round = 0; round < ROUNDS; round++) {
		struct bef_case *c;
		struct bef_err err;
		clock_t began = clock();

		assert_ok(bef_case_fold(&story.journal, &c, &err), err);
		must(clock() - began < 5 * CLOCKS_PER_SEC, "a walk of %ld s", (long)((clock() - began) / CLOCKS_PER_SEC));
		story.journal = c->journal;
		c->journal = (struct bef_journal){ 0 };
		for (int n = 0; c->run_count && n < c->run[0].playbook->numbered; n++) {
			int at = c->run[0].playbook->shown[n];

			if (bef_mark_open(&c->run[0].mark[at]) && dice_chance(dice, 70))
				walker_answer(&story, id, &c->run[0], at, dice);
		}
		json_decref(bef_case_json(c));
		bef_case_free(c);
	}
	bef_journal_clear(&story.journal);
}

static bool try_one(const char *seed, struct dice *dice)
{
	json_t *document = json_loads(seed, JSON_REJECT_DUPLICATES, NULL);
	unsigned findings = 0;
	struct bef_playbook *playbook;
	struct bef_err err = { 0 };
	char *text;
	bool loaded;

	assert_non_null(document);
	for (size_t n = 1 + dice_below(dice, 5); n > 0; n--)
		mutate(document, dice);
	text = json_dumps(document, JSON_COMPACT);
	loaded = text && bef_playbook_load(text, strlen(text), &playbook, &err) == BEF_OK;
	bef_playbook_check(document, loaded ? playbook : NULL, count_finding, &findings);
	json_decref(document);
	if (loaded) {
		bef_playbook_free(playbook);
		carry_out(text, dice);
	} else
		assert_true(!text || *err.msg);
	free(text);
	return loaded;
}

static void a_changed_playbook_is_refused_or_carried_out(void **state)
{
	const char *wanted = getenv("MUTANTS");
	long count = wanted ? atol(wanted) : 400;
	struct dice dice = { unit_seed() };
	struct bef_text seeds[40];
	size_t seed_count = 0;
	long loaded = 0;
	glob_t files;

	(void)state;
	assert_int_equal(glob("tests/cases/*.json", 0, NULL, &files), 0);
	glob("playbooks/transfer-fraud.json", GLOB_APPEND, NULL, &files);
	glob("../shared/corpus/cacao/*.json", GLOB_APPEND, NULL, &files);
	for (size_t i = 0; i < files.gl_pathc && seed_count < ROWS(seeds); i++)
		seed_count += bef_file_read(files.gl_pathv[i], BEF_PLAYBOOK_MOST, &seeds[seed_count], NULL) == BEF_OK;
	globfree(&files);
	for (long i = 0; i < count; i++)
		loaded += try_one(bef_text_str(&seeds[dice_below(&dice, seed_count)]), &dice);
	must(loaded > count / 20, "%ld of %ld could be carried out", loaded, count);
	for (size_t i = 0; i < seed_count; i++)
		bef_text_clear(&seeds[i]);
}

UNIT_MAIN(unit(a_changed_playbook_is_refused_or_carried_out))
