/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/file.h"
#include "model/case.h"

#include "bodies.h"

/* A story with a run of `document` (taken) in it; gives the run's id. */
static void start_run(struct unit_story *story, char *document, char run[BEF_HASH_HEX])
{
	struct unit_note note = { .kind = "run.started", .parents = &story->last, .parent_count = 1 };

	unit_story_start(story);
	unit_tell(story, NULL, "incident.opened",
	          "{'ref':'R','title':'t','type':'test','severity':'1','tlp':'red','zone':'UTC','aware_at':%lld}",
	          (long long)UNIT_NOW - 3600000);
	note.body = unit_json("{'playbook':'p','key':'k','version':'v','sha256':"
	                      "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'}");
	json_object_set_new(note.body, "document", json_string(document));
	free(document);
	unit_add(&story->journal, &story->pen, &note, &story->last);
	story->pen.now_ms += 60000;
	bef_hex(story->last.byte, BEF_HASH_SIZE, run);
}

/* "a done", "q yes", "q no", "b failed", "z skipped" */
static void mark(struct unit_story *story, const char *run, const char *what, char out_id[BEF_HASH_HEX])
{
	char step[20];
	char said[20];
	const char *prefix = what[0] == 'q' ? "if-condition" : "action";

	assert_int_equal(sscanf(what, "%19s %19s", step, said), 2);
	if (strcmp(said, "yes") == 0 || strcmp(said, "no") == 0)
		unit_tell(story, out_id, "step.answered", "{'run':'%s','step':'%s--%s','answer':%s}", run,
		          prefix, step,
		          said[0] == 'y' ? "true" : "false");
	else
		unit_tell(story, out_id, "step.marked", "{'run':'%s','step':'%s--%s','mark':'%s'}", run,
		          prefix, step,
		          said);
}

static struct bef_case *fold(struct unit_story *story)
{
	struct bef_case *c;
	struct bef_err err;

	assert_ok(bef_case_fold(&story->journal, &c, &err), err);
	return c;
}

/* The status of a f q y n b b2 c z, a letter each: . off, R ready, D done, S skipped, F failed, B blocked. */
static const char *statuses(const struct bef_run *run)
{
	static char text[20];

	assert_int_equal(run->playbook->numbered, 9);
	for (int n = 1; n <= 9; n++) {
		const struct bef_step *step = bef_playbook_number(run->playbook, n);

		text[n - 1] = ".RDSFB"[run->mark[step - run->playbook->step].status];
	}
	text[9] = '\0';
	return text;
}

/* Once a has not failed, f cannot come; once q is settled, a branch that is not on cannot. */
static int ways_not_taken(const char *statuses)
{
	bool asked = strchr("DSF", statuses[2]) != NULL;

	return (statuses[0] == 'D' || statuses[0] == 'S') + (asked && statuses[3] == '.') + (asked && statuses[4] == '.');
}

static void the_marks_tell_where_a_run_stands(void **state)
{
	static const struct {
		const char *marks; /* separated by commas */
		const char *expected;
		int next; /* number, 0: none */
		bool finished;
	} rows[] = {
		{ "", "R........", 1, false },
		{ "a done", "D.R......", 3, false },
		{ "a skipped", "S.R......", 3, false },
		{ "a failed", "FR.......", 2, false },
		{ "a failed,f done", "FDR......", 3, false },
		{ "a failed,f failed", "FFR......", 3, false }, /* on_completion: whatever comes of it */
		{ "a failed,f done,a done", "D.R......", 3, false }, /* done after all */
		{ "a done,q yes", "D.DR.....", 4, false },
		{ "a done,q no", "D.D.R....", 5, false },
		{ "a done,q yes,y done", "D.DD.R.R.", 8, false },
		{ "a done,q no,n skipped", "D.D.SR.R.", 8, false },
		{ "a done,q skipped", "D.S..R.R.", 8, false },
		{ "a done,q failed", "D.F..R.R.", 8, false },
		{ "a done,q done", "D.R......", 3, false }, /* done, but what is the answer? */
		{ "a done,q no,q yes", "D.DR.....", 4, false },
		{ "a done,q skipped,b done", "D.S..DRR.", 7, false },
		{ "a done,q skipped,c done", "D.S..R.D.", 6, false },
		{ "a done,q skipped,c done,b done,b2 done", "D.S..DDDR", 9, false },
		{ "a done,q skipped,b done,b2 done,c done", "D.S..DDDR", 9, false },
		{ "a done,q skipped,b done,c done,b2 done", "D.S..DDDR", 9, false },
		{ "a done,q skipped,b failed", "D.S..B.R.", 8, false }, /* no way on from a failure */
		{ "a done,q skipped,b failed,c done", "D.S..B.D.", 6, false },
		{ "a done,q skipped,b failed,b skipped", "D.S..SRR.", 7, false },
		{ "a done,q yes,y done,b done,b2 done,c skipped,z done", "D.DD.DDSD", 0, true },
		{ "a done,q skipped,b done,b2 done,c done,z failed", "D.S..DDDF", 0, true },
		/* done before their turn, or not on the way */
		{ "z done", "R........", 1, false },
		{ "b2 done,c done,a done,q skipped,b done", "D.S..DDDR", 9, false },
		{ "a done,q yes,y done,n done", "D.DD.R.R.", 8, false },
		{ "nowhere done", "R........", 1, false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct unit_story story;
		struct bef_case *c;
		char run[BEF_HASH_HEX];
		char *marks = strdup(rows[i].marks);
		char *rest = marks;
		char *what;
		int next;

		start_run(&story, unit_playbook_text(UNIT_PLAYBOOK), run);
		while ((what = strsep(&rest, ",")) != NULL)
			if (*what)
				mark(&story, run, what, NULL);
		c = fold(&story);
		assert_int_equal(c->run_count, 1);
		must(strcmp(statuses(&c->run[0]), rows[i].expected) == 0, "'%s': %s, not %s", rows[i].marks,
		     statuses(&c->run[0]), rows[i].expected);
		next = bef_run_next(&c->run[0]);
		must((next < 0 ? 0 : c->run[0].playbook->step[next].number) == rows[i].next, "'%s'",
		     rows[i].marks);
		must(c->run[0].finished == rows[i].finished, "'%s'", rows[i].marks);
		must(c->run[0].total == 9 - ways_not_taken(rows[i].expected), "'%s': %d", rows[i].marks, c->run[0].total);
		next = 0;
		for (const char *s = rows[i].expected; *s; s++)
			next += *s == 'D' || *s == 'S' || *s == 'F';
		must(c->run[0].done == next, "'%s': %d", rows[i].marks, c->run[0].done);
		bef_case_free(c);
		free(marks);
	}
}

/* Numbers: a 1, w 2, b 3, i 4, c 5, s 6, x 7, d 8, o 9, z 10, h 11 (the exception). */
#define LOOPS                                                                                   \
	"{'type':'playbook','spec_version':'cacao-2.0','id':'playbook--2','workflow_start':'start',"        \
	"'workflow_exception':'action--h','workflow':{"                                         \
	STEP("start", "start", "Start", "'on_completion':'action--a'") ","                      \
	STEP("action--a", "action", "A", "'on_success':'while-condition--w','delay':60000,'timeout':600000") "," \
	STEP("while-condition--w", "while-condition", "W",                                      \
	     "'on_true':'action--b','on_completion':'switch-condition--s'") ","                 \
	STEP("action--b", "action", "B", "'on_completion':'while-condition--i'") ","            \
	STEP("while-condition--i", "while-condition", "I", "'on_true':'action--c','on_completion':'end'") "," \
	STEP("action--c", "action", "C", "'on_completion':'while-condition--i'") ","            \
	STEP("switch-condition--s", "switch-condition", "S",                                    \
	     "'cases':{'mail':'action--x','default':'action--d'},'on_completion':'playbook-action--o'") "," \
	STEP("action--x", "action", "X", "'on_completion':'end'") ","                           \
	STEP("action--d", "action", "D", "'on_completion':'end'") ","                           \
	STEP("playbook-action--o", "playbook-action", "O",                                      \
	     "'playbook_id':'playbook--1','on_success':'action--z'") ","                        \
	STEP("action--z", "action", "Z", "'on_completion':'end'") ","                           \
	STEP("action--h", "action", "H", "'on_completion':'end'") ","                           \
	STEP("end", "end", "E", "'x':1") "}}"

/* "w 1 yes": step, pass, what was said; "o 0 child" opens a run; "o 0 child:end" one that is over. */
static void say_in_pass(struct unit_story *story, const char *run, const char *what)
{
	static const char *const types[] = { "a action", "w while-condition", "b action", "i while-condition",
		                             "c action", "s switch-condition", "x action", "d action",
		                             "o playbook-action", "z action", "h action" };
	char step[8], said[24], child[BEF_HASH_HEX];
	const char *type = NULL;
	int pass;

	assert_int_equal(sscanf(what, "%7s %d %23s", step, &pass, said), 3);
	for (size_t i = 0; i < ROWS(types); i++)
		if (types[i][0] == step[0])
			type = types[i] + 2;
	if (strncmp(said, "child", 5) == 0) {
		unit_tell(story, child, "run.started", "{'playbook':'playbook--1','key':'k','version':'v',"
		          "'sha256':'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',"
		          "'parent':'%s','step':'%s--%s','document':'%s'}", run, type, step,
		          "{\\'type\\':\\'playbook\\',\\'spec_version\\':\\'cacao-2.0\\',\\'id\\':\\'playbook--1\\',"
		          "\\'workflow_start\\':\\'s\\',\\'workflow\\':{\\'s\\':{\\'type\\':\\'start\\',"
		          "\\'on_completion\\':\\'t\\'},\\'t\\':{\\'type\\':\\'action\\',\\'on_completion\\':\\'e\\'},"
		          "\\'e\\':{\\'type\\':\\'end\\'}}}");
		if (said[5])
			unit_tell(story, NULL, "step.marked", "{'run':'%s','step':'t','mark':'done'}", child);
	} else if (strcmp(said, "yes") == 0 || strcmp(said, "no") == 0)
		unit_tell(story, NULL, "step.answered", "{'run':'%s','step':'%s--%s','answer':%s,'pass':%d}", run, type,
		          step, said[0] == 'y' ? "true" : "false", pass);
	else if (said[0] == '=')
		unit_tell(story, NULL, "step.answered", "{'run':'%s','step':'%s--%s','case':'%s'}", run, type, step,
		          said + 1);
	else
		unit_tell(story, NULL, "step.marked", "{'run':'%s','step':'%s--%s','mark':'%s','pass':%d}", run, type,
		          step, said, pass);
}

static void loops_switches_and_other_playbooks_are_followed(void **state)
{
	static const struct {
		const char *said, *expected;
		bool finished;
	} rows[] = {
		{ "", "R..........", false },
		{ "a 0 done", "DR.........", false },
		{ "a 0 done,w 1 no", "DD...R.....", false },
		{ "a 0 done,w 1 yes", "DDR........", false },
		{ "a 0 done,w 1 yes,b 1 done", "DDDR.......", false },
		{ "a 0 done,w 1 yes,b 1 done,i 1 yes", "DDDDR......", false },
		{ "a 0 done,w 1 yes,b 1 done,i 1 yes,c 1 done", "DDDRD......", false },
		{ "a 0 done,w 1 yes,b 1 done,i 1 no", "DRDD.......", false },
		{ "a 0 done,w 1 yes,b 1 done,i 1 yes,c 1 done,i 2 no", "DRDDD......", false },
		/* The second turn begins with steps that are to be done again. */
		{ "a 0 done,w 1 yes,b 1 done,i 1 no,w 2 yes", "DDRD.......", false },
		{ "a 0 done,w 1 yes,b 1 done,i 1 no,w 2 yes,b 1 done", "DDRD.......", false },
		{ "a 0 done,w 1 yes,b 1 done,i 1 no,w 2 yes,b 2 done", "DDDR.......", false },
		{ "a 0 done,w 1 yes,b 1 done,i 1 no,w 2 yes,b 2 done,i 2 yes", "DDDDR......", false },
		{ "a 0 done,w 1 yes,b 1 done,i 1 no,w 2 yes,b 2 done,i 2 no,w 3 no", "DDDD.R.....", false },
		{ "a 0 done,w 1 skipped", "DS...R.....", false },
		{ "a 0 done,w 1 no,s 0 =mail", "DD...DR....", false },
		{ "a 0 done,w 1 no,s 0 =other", "DD...D.R...", false },
		{ "a 0 done,w 1 no,s 0 yes", "DD...R.....", false },
		{ "a 0 done,w 1 no,s 0 skipped", "DD...S..R..", false },
		{ "a 0 done,w 1 no,s 0 skipped,o 0 child", "DD...S..W..", false },
		{ "a 0 done,w 1 no,s 0 skipped,o 0 child:end", "DD...S..DR.", false },
		{ "a 0 done,w 1 no,s 0 skipped,o 0 done", "DD...S..DR.", false },
		{ "a 0 done,w 1 no,s 0 skipped,o 0 child,o 0 skipped", "DD...S..SR.", false },
		{ "a 0 done,w 1 no,s 0 skipped,o 0 child:end,z 0 done", "DD...S..DD.", true },
		/* A failure that has no way of its own goes where the playbook says. */
		{ "a 0 failed", "F.........R", false },
		{ "a 0 failed,h 0 done", "F.........D", true },
		{ "a 0 done,w 1 no,s 0 =mail,x 0 failed", "DD...DF.R..", false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct unit_story story;
		struct bef_case *c;
		char run[BEF_HASH_HEX];
		char *said = strdup(rows[i].said);
		char *rest = said;
		char *what;

		start_run(&story, unit_playbook_text(LOOPS), run);
		while ((what = strsep(&rest, ",")) != NULL)
			if (*what)
				say_in_pass(&story, run, what);
		c = fold(&story);
		assert_int_equal(c->run[0].playbook->numbered, 11);
		for (int n = 1; n <= 11; n++) {
			const struct bef_step *step = bef_playbook_number(c->run[0].playbook, n);
			char is = ".RDSFBW"[c->run[0].mark[step - c->run[0].playbook->step].status];

			must(is == rows[i].expected[n - 1], "'%s', step %d: %c", rows[i].said, n, is);
		}
		must(c->run[0].finished == rows[i].finished, "'%s'", rows[i].said);
		if (i == 0) {
			int at = bef_playbook_step(c->run[0].playbook, "action--a");
			const struct bef_mark *first = &c->run[0].mark[at];

			assert_int_equal(first->not_before_ms, first->ready_at_ms + 60000);
			assert_int_equal(first->due_at_ms, first->ready_at_ms + 660000);
		}
		bef_case_free(c);
		free(said);
	}
}

static void variables_are_set_by_entries_and_put_into_texts(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	struct bef_text out;
	char run[BEF_HASH_HEX];

	(void)state;
	start_run(&story, unit_playbook_text(
		"{'type':'playbook','spec_version':'cacao-2.0','id':'playbook--3','workflow_start':'s',"
		"'playbook_variables':{'__host__':{'type':'string','value':null},"
		"'__who__':{'type':'string','value':'lea','constant':true},'__empty__':{'type':'string','value':''}},"
		"'workflow':{'s':{'type':'start','on_completion':'a'},'a':{'type':'action','on_completion':'e',"
		"'step_variables':{'__host__':{'type':'string','value':'inner'}}},'e':{'type':'end'}}}"), run);
	for (int turn = 0; turn < 2; turn++) {
		unit_tell(&story, NULL, "run.variable", "{'run':'%s','name':'__host__','value':'srv%d'}", run, turn);
		unit_tell(&story, NULL, "run.variable", "{'run':'%s','name':'__who__','value':'eve'}", run);
		unit_tell(&story, NULL, "run.variable", "{'run':'%s','name':'__new__','value':'__host__:value'}", run);
	}
	c = fold(&story);
	bef_text_init(&out, 1000);
	bef_run_expand(&c->run[0], -1, "on __host__:value by __who__:value, __empty__:value, __gone__:value, __host__, "
	               "__new__:value, ____:value __:value _", &out);
	assert_string_equal(bef_text_str(&out), "on srv1 by lea, , __gone__:value, __host__, __host__:value, "
	                                        "____:value __:value _");
	bef_text_clear(&out);
	bef_run_expand(&c->run[0], bef_playbook_step(c->run[0].playbook, "a"), "__host__:value", &out);
	assert_string_equal(bef_text_str(&out), "inner");
	bef_text_clear(&out);
	bef_case_free(c);
}

static void an_undone_mark_is_no_mark(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	char run[BEF_HASH_HEX];
	char id[BEF_HASH_HEX];

	(void)state;
	start_run(&story, unit_playbook_text(UNIT_PLAYBOOK), run);
	mark(&story, run, "a skipped", NULL);
	mark(&story, run, "a done", id);
	unit_tell(&story, NULL, "entry.undone", "{'target':'%s'}", id);
	unit_tell(&story, NULL, "step.assigned", "{'run':'%s','step':'if-condition--q','to':'Léa'}", run);
	unit_tell(&story, id, "run.stopped", "{'run':'%s','reason':'x'}", run);
	c = fold(&story);
	assert_string_equal(statuses(&c->run[0]), "S.R......");
	assert_non_null(c->run[0].stopped);
	assert_string_equal(bef_line_text(c->run[0].mark[bef_playbook_step(c->run[0].playbook,
	                                                                   "if-condition--q")].assigned,
	                                  "to"), "Léa");
	bef_case_free(c);
}

static int64_t due_minutes(const struct bef_case *c, const char *step)
{
	int at = bef_playbook_step(c->run[0].playbook, step);

	assert_true(at >= 0);
	return c->run[0].mark[at].due_at_ms ? (c->run[0].mark[at].due_at_ms - UNIT_NOW) / 60000 : -999;
}

/* The incident opens at minute 0, the run starts at 1, each mark comes a minute after the last. */
static void a_delay_counts_from_what_its_step_says(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	char run[BEF_HASH_HEX];

	(void)state;
	start_run(&story, unit_playbook_text(UNIT_PLAYBOOK), run);
	mark(&story, run, "a done", NULL);  /* minute 2 */
	mark(&story, run, "q yes", NULL);   /* 3 */
	mark(&story, run, "y done", NULL);  /* 4 */
	mark(&story, run, "b done", NULL);  /* 5 */
	mark(&story, run, "c done", NULL);  /* 6 */
	mark(&story, run, "b2 done", NULL); /* 7: now z is ready */
	c = fold(&story);
	assert_int_equal(due_minutes(c, "action--a"), 1 + 60);
	assert_int_equal(due_minutes(c, "action--y"), -60 + 72 * 60); /* aware an hour before the opening */
	assert_int_equal(due_minutes(c, "action--b"), -999);
	assert_int_equal(due_minutes(c, "action--b2"), 5 + 120);
	assert_int_equal(due_minutes(c, "action--c"), 24 * 60); /* from the opening, when nothing is said */
	assert_int_equal(due_minutes(c, "action--z"), 7 + 30);
	assert_int_equal(due_minutes(c, "action--n"), -999); /* not on the way */
	bef_case_free(c);
	/* Done before its turn: what follows counts from when its turn came. */
	start_run(&story, unit_playbook_text(UNIT_PLAYBOOK), run);
	mark(&story, run, "b done", NULL);    /* 2 */
	mark(&story, run, "a done", NULL);    /* 3 */
	mark(&story, run, "q skipped", NULL); /* 4 */
	c = fold(&story);
	assert_int_equal(due_minutes(c, "action--b2"), 4 + 120);
	bef_case_free(c);
}

static void a_shipped_playbook_is_walked_to_its_end(void **state)
{
	struct bef_text text;
	struct bef_err err;
	int most = 0;

	(void)state;
	assert_ok(bef_file_read("playbooks/ransomware.json", BEF_PLAYBOOK_MOST, &text, &err), err);
	for (int way = 0; way < 3; way++) { /* all done and yes, all skipped, all failed and no */
		static const char *const marks[] = { "done", "skipped", "failed" };
		struct unit_story story;
		char run[BEF_HASH_HEX];
		int steps = 0;

		start_run(&story, strdup(text.data), run);
		for (;;) {
			struct bef_journal copy = { 0 };
			struct bef_case *c;
			const struct bef_step *step;
			int next;

			assert_ok(bef_journal_merge(&copy, &story.journal, &err), err);
			assert_ok(bef_case_fold(&copy, &c, &err), err);
			assert_int_equal(c->run_count, 1);
			next = bef_run_next(&c->run[0]);
			if (next < 0) {
				assert_true(c->run[0].finished);
				assert_int_equal(c->run[0].done, steps);
				bef_case_free(c);
				break;
			}
			assert_false(c->run[0].finished);
			step = &c->run[0].playbook->step[next];
			if (step->type == BEF_STEP_IF && way != 1)
				unit_tell(&story, NULL, "step.answered",
				          "{'run':'%s','step':'%s','answer':%s}", run, step->id,
				          way ? "false" : "true");
			else
				unit_tell(&story, NULL, "step.marked", "{'run':'%s','step':'%s','mark':'%s'}",
				          run, step->id,
				          c->run[0].mark[next].status == BEF_STEP_BLOCKED ? "skipped" : marks[way]);
			steps += c->run[0].mark[next].status == BEF_STEP_READY;
			bef_case_free(c);
			assert_true(steps < 200);
		}
		most = steps > most ? steps : most;
		bef_journal_clear(&story.journal);
	}
	assert_true(most > 30);
	bef_text_clear(&text);
}

/* Branches that all meet again, over and over: 8^60 ways through, walked in the time of one. */
static void a_hostile_playbook_of_branches_that_meet_ends_at_once(void **state)
{
	for (int shape = 0; shape < 3; shape++) {
		struct bef_text doc;
		struct unit_story story;
		struct bef_case *c;
		char run[BEF_HASH_HEX];

		(void)state;
		bef_text_init(&doc, BEF_PLAYBOOK_MOST);
		bef_text_puts(&doc,
		              "{'type':'playbook','spec_version':'cacao-2.0','id':'playbook--1','workflow_start':'s',"
		              "'workflow':{'s':{'type':'start','on_completion':'0'},'498':{'type':'end'}");
		for (int i = 0; i < 498; i++) {
			int next = i + 1;
			int far = i + 2 < 498 ? i + 2 : 498;

			if (shape == 0) { /* each opens eight branches into what follows */
				bef_text_printf(&doc, ",'%d':{'type':'parallel','next_steps':[", i);
				for (int b = 0; b < 8; b++)
					bef_text_printf(&doc, "%s'%d'", b ? "," : "",
					                i + 1 + b < 498 ? i + 1 + b : 498);
				bef_text_printf(&doc, "],'on_completion':'%d'}", next);
			} else if (shape == 1) { /* questions whose answers and sequel are the same steps */
				bef_text_printf(&doc,
				                ",'%d':{'type':'if-condition','on_true':'%d','on_false':'%d',"
				                "'on_completion':'%d'}", i, next, far, next);
			} else { /* failures that lead to where success leads */
				bef_text_printf(&doc,
				                ",'%d':{'type':'action','on_failure':'%d','on_success':'%d'}",
				i, far, next);
			}
		}
		bef_text_puts(&doc, "}}");
		assert_false(doc.failed);
		start_run(&story, unit_playbook_text(doc.data), run);
		bef_text_clear(&doc);
		for (int i = 0; i < 498 && shape; i++)
			if (shape == 1)
				unit_tell(&story, NULL, "step.answered",
				          "{'run':'%s','step':'%d','answer':%s}", run, i,
				          i % 2 ? "true" : "false");
			else
				unit_tell(&story, NULL, "step.marked", "{'run':'%s','step':'%d','mark':'%s'}",
				          run, i,
				          i % 3 ? "done" : "failed");
		c = fold(&story);
		assert_int_equal(c->run_count, 1);
		assert_true(c->run[0].finished);
		assert_int_equal(bef_run_next(&c->run[0]), -1);
		bef_case_free(c);
	}
}

static void a_playbook_that_cannot_be_read_gives_no_run(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	struct bef_text said;
	char run[BEF_HASH_HEX];

	(void)state;
	start_run(&story, strdup("{}"), run);
	mark(&story, run, "a done", NULL);
	c = fold(&story);
	assert_int_equal(c->run_count, 0);
	bef_text_init(&said, 1000);
	bef_line_say(c, bef_case_number(c, 2), &said);
	assert_string_equal(bef_text_str(&said), "playbook started: k");
	bef_line_say(c, bef_case_number(c, 3), &said);
	bef_text_clear(&said);
	bef_case_free(c);
	/* A playbook without a name of any kind is called by the key it was started with. */
	start_run(&story, unit_playbook_text("{'type':'playbook','spec_version':'cacao-2.0','id':'playbook--1',"
	                                     "'workflow_start':'s','workflow':{'s':{'type':'start','on_completion':'e'},"
	                                     "'e':{'type':'end'}}}"), run);
	c = fold(&story);
	assert_true(c->run_count == 1 && c->run[0].finished && c->run[0].total == 0);
	bef_text_init(&said, 1000);
	bef_line_say(c, bef_case_number(c, 2), &said);
	assert_string_equal(bef_text_str(&said), "playbook started: k");
	bef_text_clear(&said);
	bef_case_free(c);
}

static void every_status_has_a_name(void **state)
{
	(void)state;
	for (int status = 0; status < BEF_STEP_COUNT; status++)
		assert_true(bef_handle_ok(bef_step_status_name((enum bef_step_status)status)) &&
		            *bef_step_status_label((enum bef_step_status)status));
}

/* "1 4 5": the numbers of what a step waits for. */
static const char *waited_for(const struct bef_run *run, int number)
{
	static char text[80];
	int found[9];
	int count = bef_run_waits_for(run, (int)(bef_playbook_number(run->playbook, number) - run->playbook->step), found, 9);

	text[0] = '\0';
	for (int i = 0; i < count; i++)
		sprintf(text + strlen(text), "%s%d", i ? " " : "", run->playbook->step[found[i]].number);
	return text;
}

static void a_step_tells_what_it_waits_for(void **state)
{
	static const struct {
		const char *marks;
		int number;
		const char *expected;
	} rows[] = {
		{ "", 9, "1" }, { "", 4, "1" }, { "a done", 9, "3" }, { "a done", 5, "3" }, { "a done", 2, "" },
		{ "a done,q yes", 5, "" }, { "a done,q yes", 6, "4" }, { "a done,q yes,y done", 9, "6 8" },
		{ "a done,q no,n done,b done", 9, "7 8" }, { "a done,q no,n done,b done,c done", 9, "7" },
		{ "a done,q yes,y done", 7, "6" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct unit_story story;
		struct bef_case *c;
		char run[BEF_HASH_HEX];
		char *marks = strdup(rows[i].marks);
		char *rest = marks;
		char *what;

		start_run(&story, unit_playbook_text(UNIT_PLAYBOOK), run);
		while ((what = strsep(&rest, ",")) != NULL)
			if (*what)
				mark(&story, run, what, NULL);
		c = fold(&story);
		must(strcmp(waited_for(&c->run[0], rows[i].number), rows[i].expected) == 0, "'%s' %d: %s", rows[i].marks,
		     rows[i].number, waited_for(&c->run[0], rows[i].number));
		bef_case_free(c);
		free(marks);
	}
}

static void what_is_due_soonest_comes_first_then_what_is_mandatory(void **state)
{
	static const struct {
		int64_t due[4];
		bool mandatory[4];
		const char *expected; /* numbers, the most urgent first */
	} rows[] = {
		{ { 0, 0, 0, 0 }, { 0 }, "1234" },
		{ { 0, 0, 0, 0 }, { 0, 0, 1, 0 }, "3124" },
		{ { 0, 5, 0, 9 }, { 0, 0, 1, 0 }, "2431" },
		{ { 9, 5, 5, 1 }, { 0, 0, 1, 0 }, "4321" },
		{ { -5, 5, 0, -9 }, { 1, 1, 1, 1 }, "4123" },
	};
	static const char document[] =
		"{'type':'playbook','spec_version':'cacao-2.0','id':'playbook--1','workflow_start':'s','workflow':{"
		"'s':{'type':'start','on_completion':'p'},'e':{'type':'end'},"
		"'p':{'type':'parallel','next_steps':['1','2','3','4'],'on_completion':'e'},"
		"'1':{'type':'action','on_completion':'e'},'2':{'type':'action','on_completion':'e'},"
		"'3':{'type':'action','on_completion':'e'},'4':{'type':'action','on_completion':'e'}}}";
	struct unit_story story;
	char run[BEF_HASH_HEX];
	struct bef_case *c;
	struct bef_run *r;

	(void)state;
	start_run(&story, unit_playbook_text(document), run);
	c = fold(&story);
	r = &c->run[0];
	assert_int_equal(r->total, 4);
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_task task[4];
		char got[5] = "";

		for (int n = 0; n < 4; n++) {
			r->mark[r->playbook->shown[n]].due_at_ms = rows[i].due[n];
			r->playbook->step[r->playbook->shown[n]].mandatory = rows[i].mandatory[n];
		}
		assert_int_equal(bef_case_tasks(c, NULL, task, 4), 4);
		for (int n = 0; n < 4; n++)
			got[n] = (char)('0' + r->playbook->step[task[n].at].number);
		must(strcmp(got, rows[i].expected) == 0, "row %zu: %s", i, got);
		assert_int_equal(bef_run_next(r), task[0].at);
		assert_int_equal(bef_case_tasks(c, NULL, task, 2), 2);
		must(r->playbook->step[task[1].at].number == rows[i].expected[1] - '0', "row %zu, two of them", i);
	}
	bef_case_free(c);
}

UNIT_MAIN(unit(the_marks_tell_where_a_run_stands), unit(loops_switches_and_other_playbooks_are_followed),
          unit(variables_are_set_by_entries_and_put_into_texts), unit(an_undone_mark_is_no_mark),
          unit(a_delay_counts_from_what_its_step_says), unit(a_shipped_playbook_is_walked_to_its_end),
          unit(a_hostile_playbook_of_branches_that_meet_ends_at_once),
          unit(a_playbook_that_cannot_be_read_gives_no_run), unit(every_status_has_a_name),
          unit(a_step_tells_what_it_waits_for), unit(what_is_due_soonest_comes_first_then_what_is_mandatory))
