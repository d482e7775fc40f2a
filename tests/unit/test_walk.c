/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every shipped playbook carried out with answers at random until each of its steps was met, each
 * answer folded from the beginning as after a restart: it always comes to an
 * end, and there is always something to do until then.
 */
#include <glob.h>

#include "base/file.h"

#include "walker.h"

enum { WALKS = 60, ACTS_MOST = 600 };

static void walk_once(const char *document, struct dice *dice, bool *met)
{
	struct unit_story story;
	char id[BEF_HASH_HEX];
	bool finished = false;

	walker_start(&story, document, id);
	for (int acts = 0; !finished; acts++) {
		struct bef_case *c;
		struct bef_err err;
		const struct bef_run *run;
		size_t told = 0;

		must(acts < ACTS_MOST, "%d acts and no end", acts);
		assert_ok(bef_case_fold(&story.journal, &c, &err), err);
		run = &c->run[0];
		for (int n = 0; n < run->playbook->numbered; n++)
			met[n] = met[n] || run->mark[run->playbook->shown[n]].status != BEF_STEP_OFF;
		finished = run->finished;
		/* What was folded is given back, to be told more and folded again. */
		story.journal = c->journal;
		c->journal = (struct bef_journal){ 0 };
		for (int n = 0; !finished && n < run->playbook->numbered; n++)
			if (bef_mark_open(&run->mark[run->playbook->shown[n]]) && (told++ == 0 || dice_chance(dice, 80)))
				walker_answer(&story, id, run, run->playbook->shown[n], dice);
		must(finished || told > 0, "nothing to do, and no end");
		bef_case_free(c);
	}
	bef_journal_clear(&story.journal);
}

static bool all(const bool *met, int count)
{
	while (count > 0 && met[count - 1])
		count--;
	return count == 0;
}

static void walk(const char *path, struct dice *dice)
{
	struct bef_playbook *playbook;
	struct bef_text document;
	struct bef_err err;
	bool *met;

	assert_ok(bef_file_read(path, BEF_PLAYBOOK_MOST, &document, &err), err);
	assert_ok(bef_playbook_load(document.data, document.len, &playbook, &err), err);
	met = calloc((size_t)playbook->numbered + 1, sizeof(*met));
	for (int i = 0; i < WALKS && (i < 2 || !all(met, playbook->numbered)); i++)
		walk_once(document.data, dice, met);
	for (int n = 0; n < playbook->numbered; n++)
		must(met[n], "%s: step %d was never met in %d walks", path, n + 1, WALKS);
	free(met);
	bef_playbook_free(playbook);
	bef_text_clear(&document);
}

static void every_shipped_playbook_comes_to_an_end_whatever_is_answered(void **state)
{
	struct dice dice = { unit_seed() };
	glob_t files;
	int walked = 0;

	(void)state;
	assert_int_equal(glob("playbooks/*.json", 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++)
		if (!strstr(files.gl_pathv[i], ".schema.")) {
			walk(files.gl_pathv[i], &dice);
			walked++;
		}
	globfree(&files);
	assert_true(walked >= 18);
}

/* PUBLIC_PLAYBOOKS=FOLDER: others than those beside the project. */
static const char *public_files(void)
{
	static char pattern[500];
	const char *folder = getenv("PUBLIC_PLAYBOOKS");

	snprintf(pattern, sizeof(pattern), "%s/*.json", folder ? folder : "../shared/corpus/cacao");
	return pattern;
}

/* Not ours: read where they are beside the project. */
static void every_public_playbook_that_can_be_run_comes_to_an_end(void **state)
{
	struct dice dice = { unit_seed() };
	glob_t files;
	int walked = 0;

	(void)state;
	if (glob(public_files(), 0, NULL, &files) != 0)
		skip();
	for (size_t i = 0; i < files.gl_pathc; i++) {
		struct bef_playbook *playbook;
		struct bef_text document;

		if (bef_file_read(files.gl_pathv[i], BEF_PLAYBOOK_MOST, &document, NULL) == BEF_OK &&
		    bef_playbook_load(document.data, document.len, &playbook, NULL) == BEF_OK) {
			bef_playbook_free(playbook);
			walk(files.gl_pathv[i], &dice);
			walked++;
		}
		bef_text_clear(&document);
	}
	globfree(&files);
	assert_true(walked > 0);
}

UNIT_MAIN(unit(every_shipped_playbook_comes_to_an_end_whatever_is_answered),
          unit(every_public_playbook_that_can_be_run_comes_to_an_end))
