/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/case.h"

#include "world.h"

enum { SEEDS = 150 };

/* Folds a journal (taken) and gives the JSON of the case. */
static char *folded(struct bef_journal *journal)
{
	struct bef_case *c;
	struct bef_err err;
	json_t *json;
	char *text;

	assert_ok(bef_case_fold(journal, &c, &err), err);
	assert_true(journal->count == 0 && journal->entry == NULL);
	json = bef_case_json(c);
	assert_non_null(json);
	text = json_dumps(json, JSON_COMPACT);
	json_decref(json);
	bef_case_free(c);
	return text;
}

static void must_be_equal(const char *a, const char *b, uint64_t seed, const char *what)
{
	size_t at = 0;

	while (a[at] && a[at] == b[at])
		at++;
	at = at > 150 ? at - 150 : 0;
	must(strcmp(a, b) == 0, "seed %llu: %s: '%.300s' and '%.300s'", (unsigned long long)seed, what,
	     a + at, b + at);
}

static void any_arrival_of_the_same_entries_folds_to_the_same_bytes(void **state)
{
	(void)state;
	for (uint64_t seed = unit_seed(); seed < unit_seed() + SEEDS; seed++) {
		struct world w;
		struct bef_journal journal;
		char *first;

		world_make(&w, seed);
		world_copy(&w, world_everything(&w), &journal);
		first = folded(&journal);
		for (int i = 0; i < 4; i++) {
			char *other;

			world_copy(&w, world_everything(&w), &journal);
			other = folded(&journal);
			must_be_equal(first, other, seed, "another arrival");
			free(other);
		}
		free(first);
		world_clear(&w);
	}
}

static void two_copies_merged_either_way_fold_to_the_same_bytes(void **state)
{
	(void)state;
	for (uint64_t seed = unit_seed(); seed < unit_seed() + SEEDS; seed++) {
		struct world w;
		struct bef_journal a, b, whole;
		struct bef_err err;
		uint64_t mine;
		char *text[3];

		world_make(&w, seed);
		mine = dice_next(&w.dice) & world_everything(&w);
		for (int way = 0; way < 2; way++) {
			world_copy(&w, way ? mine : world_everything(&w) & ~mine, &a);
			world_copy(&w, way ? world_everything(&w) & ~mine : mine, &b);
			assert_ok(bef_journal_merge(&a, &b, &err), err);
			bef_journal_clear(&b);
			text[way] = folded(&a);
		}
		world_copy(&w, world_everything(&w), &whole);
		text[2] = folded(&whole);
		must_be_equal(text[0], text[1], seed, "b into a, a into b");
		must_be_equal(text[0], text[2], seed, "merged, never apart");
		for (int i = 0; i < 3; i++)
			free(text[i]);
		world_clear(&w);
	}
}

/* What is true of any case, whatever happened. */
static void every_view_of_any_case_can_be_drawn(void **state)
{
	size_t said = 0;

	(void)state;
	for (uint64_t seed = unit_seed(); seed < unit_seed() + SEEDS; seed++) {
		struct world w;
		struct bef_journal journal;
		struct bef_case *c;
		struct bef_summary summary;
		struct bef_err err;

		world_make(&w, seed);
		/* Now and then a part only: references lead nowhere. */
		world_copy(&w, seed % 2 ? world_everything(&w) : dice_next(&w.dice) & world_everything(&w),
		           &journal);
		assert_ok(bef_case_fold(&journal, &c, &err), err);
		bef_case_summary(c, &summary);
		assert_non_null(bef_case_title(c));
		must(summary.open_actions <= (int)c->action_count, "seed %llu", (unsigned long long)seed);
		for (int lang = 0; lang < BEF_LANG_COUNT; lang++) {
			bef_lang_set((enum bef_lang)lang);
			for (size_t i = 0; i < c->line_count; i++) {
				struct bef_text text;

				bef_text_init(&text, 1 << 20);
				bef_line_say(c, &c->line[i], &text);
				must(!text.failed && bef_utf8_check(bef_text_str(&text), text.len) == text.len,
				     "seed %llu, #%zu", (unsigned long long)seed, i + 1);
				must(!strstr(bef_text_str(&text), "(null)"), "seed %llu, #%zu: %s",
				     (unsigned long long)seed, i + 1, text.data);
				said += text.len;
				bef_text_clear(&text);
				assert_ptr_equal(bef_case_number(c, c->line[i].number), &c->line[i]);
				bef_line_prose(&c->line[i]);
			}
		}
		bef_lang_set(BEF_EN);
		assert_null(bef_case_number(c, 0));
		assert_null(bef_case_number(c, (unsigned)c->line_count + 1));
		assert_true((c->head_count > 0) == (c->line_count > 0));
		for (unsigned i = 1; i < c->head_count; i++)
			assert_true(memcmp(&c->head[i - 1], &c->head[i], sizeof(*c->head)) < 0);
		for (size_t i = 0; i < c->alert_count; i++)
			assert_true(c->alert[i].waiting >= 0);
		for (size_t i = 0; i < c->run_count; i++)
			assert_true(c->run[i].done <= c->run[i].total);
		bef_case_free(c);
		world_clear(&w);
	}
	assert_true(said > 10000);
}

/* --- by hand ----------------------------------------------------------------- */

static struct bef_case *fold(struct unit_story *story)
{
	struct bef_case *c;
	struct bef_err err;

	assert_ok(bef_case_fold(&story->journal, &c, &err), err);
	return c;
}

static void begin(struct unit_story *story)
{
	unit_story_start(story);
	unit_tell(story, NULL, "incident.opened", UNIT_OPENING);
}

#define say_is(c, number, expected)                                                            \
	do {                                                                                   \
		struct bef_text unit_said;                                                     \
		bef_text_init(&unit_said, 10000);                                              \
		bef_line_say((c), bef_case_number((c), (number)), &unit_said);                 \
		assert_string_equal(bef_text_str(&unit_said), (expected));                     \
		bef_text_clear(&unit_said);                                                    \
	} while (0)

static void an_opening_gives_the_case_its_facts(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	struct bef_summary summary;

	(void)state;
	begin(&story);
	c = fold(&story);
	assert_string_equal(c->ref, "INC-2025-001");
	assert_string_equal(c->title, "écran de rançon");
	assert_string_equal(c->type, "ransomware");
	assert_string_equal(c->phase, "detection");
	assert_string_equal(c->state, "open");
	assert_true(c->opened_at_ms == UNIT_NOW && c->detected_at_ms == UNIT_NOW && !c->closed_at_ms &&
	            !c->drill);
	bef_case_summary(c, &summary);
	assert_string_equal(summary.ref, "INC-2025-001");
	assert_string_equal(summary.severity, "3");
	bef_case_free(c);
}

static void an_empty_journal_is_an_empty_case(void **state)
{
	struct bef_journal journal = { 0 };
	struct bef_case *c;
	struct bef_summary summary;
	struct bef_err err;
	json_t *json;

	(void)state;
	assert_ok(bef_case_fold(&journal, &c, &err), err);
	bef_case_summary(c, &summary);
	assert_string_equal(summary.title, "");
	json = bef_case_json(c);
	assert_non_null(json);
	json_decref(json);
	bef_case_free(c);
	bef_case_free(NULL);
}

static void an_undone_undo_restores_what_was_undone(void **state)
{
	(void)state;
	/* n undos, each of the one before: an odd number undoes the phase. */
	for (int n = 0; n < 6; n++) {
		struct unit_story story;
		struct bef_case *c;
		char last[BEF_HASH_HEX];

		begin(&story);
		unit_tell(&story, last, "phase.changed", "{'phase':'containment'}");
		for (int i = 0; i < n; i++)
			unit_tell(&story, last, "entry.undone", "{'target':'%s'}", last);
		c = fold(&story);
		assert_string_equal(c->phase, n % 2 ? "detection" : "containment");
		assert_int_equal(bef_case_number(c, 2)->undone, n % 2);
		assert_int_equal(c->move_count, n % 2 == 0);
		bef_case_free(c);
	}
}

static void what_may_not_be_undone_is_not(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	char id[BEF_HASH_HEX];

	(void)state;
	begin(&story);
	unit_tell(&story, id, "alert.raised", "{'text':'x','level':'urgent','to':['mail']}");
	unit_tell(&story, NULL, "entry.undone", "{'target':'%s'}", id);
	unit_tell(&story, id, "note", "{'sort':'fact','text':'mot de passe'}");
	unit_tell(&story, id, "entry.erased", "{'target':'%s','reason':'secret'}", id);
	unit_tell(&story, NULL, "entry.undone", "{'target':'%s'}", id);
	c = fold(&story);
	assert_false(bef_case_number(c, 2)->undone);
	assert_false(bef_case_number(c, 5)->undone);
	assert_true(bef_case_number(c, 4)->erased);
	bef_case_free(c);
}

static void amendments_add_up_and_the_last_one_wins(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	char note[BEF_HASH_HEX];
	char amendment[BEF_HASH_HEX];

	(void)state;
	begin(&story);
	unit_tell(&story, note, "note", "{'sort':'fact','text':'un'}");
	unit_tell(&story, NULL, "entry.amended", "{'target':'%s','set':{'text':'deux','by':'Léa'}}", note);
	unit_tell(&story, NULL, "entry.amended", "{'target':'%s','happened_at':1762140000000}", note);
	unit_tell(&story, amendment, "entry.amended", "{'target':'%s','set':{'text':'quatre'}}", note);
	unit_tell(&story, NULL, "entry.amended", "{'target':'%s','set':{'text':'trois'}}", note);
	unit_tell(&story, NULL, "entry.undone", "{'target':'%s'}", amendment);
	c = fold(&story);
	assert_string_equal(bef_line_prose(bef_case_number(c, 2)), "trois");
	assert_string_equal(bef_line_text(bef_case_number(c, 2), "by"), "Léa");
	assert_true(bef_case_number(c, 2)->at_ms == INT64_C(1762140000000));
	assert_true(bef_case_number(c, 2)->amended);
	assert_int_equal(bef_case_number(c, 2)->by->number, 6);
	assert_true(bef_case_number(c, 5)->undone);
	assert_non_null(strstr(bef_case_number(c, 2)->entry->body, "un"));
	say_is(c, 2, "trois (Léa)");
	bef_case_free(c);
}

static void an_impossible_amendment_is_ignored_and_the_others_hold(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	char note[BEF_HASH_HEX];

	(void)state;
	begin(&story);
	unit_tell(&story, note, "note", "{'sort':'fact','text':'un'}");
	unit_tell(&story, NULL, "entry.amended", "{'target':'%s','set':{'text':'deux'}}", note);
	unit_tell(&story, NULL, "entry.amended", "{'target':'%s','set':{'sort':'no such sort'}}", note);
	unit_tell(&story, NULL, "entry.amended", "{'target':'%s','set':{'by':'Léa'}}", note);
	c = fold(&story);
	assert_string_equal(bef_line_prose(bef_case_number(c, 2)), "deux");
	assert_string_equal(bef_line_text(bef_case_number(c, 2), "sort"), "fact");
	assert_string_equal(bef_line_text(bef_case_number(c, 2), "by"), "Léa");
	bef_case_free(c);
}

static void an_amended_reason_of_a_correction_is_read(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	char id[BEF_HASH_HEX];

	(void)state;
	begin(&story);
	unit_tell(&story, id, "note", "{'sort':'fact','text':'un'}");
	unit_tell(&story, id, "entry.struck", "{'target':'%s','reason':'doublon'}", id);
	unit_tell(&story, NULL, "entry.amended", "{'target':'%s','set':{'reason':'erreur de dossier'}}", id);
	c = fold(&story);
	assert_string_equal(bef_line_prose(bef_case_number(c, 3)), "erreur de dossier");
	assert_true(bef_case_number(c, 2)->struck);
	bef_case_free(c);
}

static void a_drill_stays_one_for_ever(void **state)
{
	static const struct { const char *drill, *set; bool expected; } rows[] = {
		{ "true", "false", true }, { "true", "true", true }, { "false", "true", false },
		{ NULL, "true", false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		for (int erased = 0; erased < 2; erased++) {
			struct unit_story story;
			struct bef_case *c;
			char id[BEF_HASH_HEX];
			char drill[40] = "";

			unit_story_start(&story);
			if (rows[i].drill)
				snprintf(drill, sizeof(drill), ",'drill':%s", rows[i].drill);
			unit_tell(&story, id, "incident.opened",
			          "{'ref':'R','title':'t','type':'test','severity':'1',"
			          "'tlp':'red','zone':'UTC'%s}", drill);
			unit_tell(&story, NULL, "entry.amended",
			          "{'target':'%s','set':{'drill':%s,'title':'u'}}", id,
			          rows[i].set);
			if (erased)
				unit_tell(&story, NULL, "entry.erased",
				          "{'target':'%s','reason':'x','kept':{'ref':'R'%s}}",
				          id, drill);
			c = fold(&story);
			assert_int_equal(c->drill, rows[i].expected);
			if (erased)
				assert_null(c->title);
			else
				assert_string_equal(c->title, "u");
			bef_case_free(c);
		}
}

static void a_struck_note_is_hidden_but_can_be_read(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	char id[BEF_HASH_HEX];
	char phase[BEF_HASH_HEX];

	(void)state;
	begin(&story);
	unit_tell(&story, id, "note", "{'sort':'fact','text':'un'}");
	unit_tell(&story, phase, "phase.changed", "{'phase':'containment'}");
	unit_tell(&story, NULL, "entry.struck", "{'target':'%s','reason':'doublon'}", id);
	unit_tell(&story, NULL, "entry.struck", "{'target':'%s','reason':'not possible'}", phase);
	c = fold(&story);
	assert_true(bef_case_number(c, 2)->struck);
	assert_false(bef_line_counts(bef_case_number(c, 2)));
	assert_false(bef_line_shown(bef_case_number(c, 2)));
	say_is(c, 2, "un");
	say_is(c, 4, "strikes #2 (doublon)");
	assert_false(bef_line_shown(bef_case_number(c, 4)));
	assert_false(bef_case_number(c, 3)->struck);
	assert_string_equal(c->phase, "containment");
	bef_case_free(c);
}

static void an_erased_line_says_who_erased_it_and_keeps_what_was_kept(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	char id[BEF_HASH_HEX];

	(void)state;
	begin(&story);
	unit_tell(&story, id, "action.planned",
	          "{'text':'appeler Paul','due_at':1762150000000,'owner':'Paul'}");
	unit_tell(&story, NULL, "entry.amended", "{'target':'%s','set':{'text':'appeler Anne'}}", id);
	snprintf(story.pen.author, sizeof(story.pen.author), "eve");
	unit_tell(&story, NULL, "entry.erased",
	          "{'target':'%s','reason':'x','kept':{'due_at':1762150000000}}", id);
	snprintf(story.pen.author, sizeof(story.pen.author), "late");
	unit_tell(&story, NULL, "entry.amended", "{'target':'%s','set':{'text':'appeler Anne'}}", id);
	unit_tell(&story, NULL, "entry.erased", "{'target':'%s','reason':'again'}", id);
	unit_tell(&story, NULL, "action.changed", "{'action':'%s','state':'done'}", id);
	c = fold(&story);
	assert_true(bef_case_number(c, 2)->erased);
	say_is(c, 2, "[text erased by eve]");
	assert_null(bef_line_prose(bef_case_number(c, 2)));
	assert_int_equal(c->action_count, 1);
	assert_true(c->action[0].due_at_ms == INT64_C(1762150000000));
	assert_null(c->action[0].owner);
	assert_string_equal(c->action[0].state, "done");
	say_is(c, 7, "A1 ...: done");
	bef_case_free(c);
}

/* A copy that still holds the erased bytes and one that does not are the same case. */
static void an_erased_correction_corrects_the_same_with_and_without_its_bytes(void **state)
{
	(void)state;
	for (int kind = 0; kind < 3; kind++) {
		static const char *const corrections[][2] = {
			{ "entry.amended",
			  "{'target':'%s','set':{'text':'deux'},'happened_at':1762140000000}" },
			{ "entry.struck", "{'target':'%s','reason':'x'}" },
			{ "entry.undone", "{'target':'%s'}" },
		};
		char *text[2];

		for (int gone = 0; gone < 2; gone++) {
			struct unit_story story;
			char note[BEF_HASH_HEX];
			char id[BEF_HASH_HEX];

			unit_drawn = 0;
			begin(&story);
			unit_tell(&story, note, "note", "{'sort':'fact','text':'un'}");
			unit_tell(&story, id, corrections[kind][0], corrections[kind][1], note);
			unit_tell(&story, NULL, "entry.erased",
			          "{'target':'%s','reason':'y','kept':{'target':'%s'}}", id,
			          note);
			if (gone)
				story.journal.entry[2].body = NULL;
			text[gone] = folded(&story.journal);
		}
		must_be_equal(text[0], text[1], 0, corrections[kind][0]);
		must(strstr(text[0],
		            kind == 0 ? "\"amended\":true" : kind == 1 ? "\"struck\":true" : "\"undone\":true"),
		     "%s", corrections[kind][0]);
		free(text[0]);
		free(text[1]);
	}
}

static void decisions_keep_their_numbers_when_one_is_undone(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	char id[4][BEF_HASH_HEX];

	(void)state;
	begin(&story);
	for (int i = 0; i < 3; i++)
		unit_tell(&story, id[i], "decision.taken", "{'choice':'%c'}", 'a' + i);
	unit_tell(&story, NULL, "entry.undone", "{'target':'%s'}", id[1]);
	unit_tell(&story, id[3], "decision.taken", "{'choice':'d','supersedes':'%s'}", id[0]);
	c = fold(&story);
	assert_int_equal(c->decision_count, 4);
	say_is(c, 2, "D1 a");
	say_is(c, 3, "D2 b");
	say_is(c, 4, "D3 c");
	say_is(c, 6, "D4 d, supersedes D1");
	assert_true(c->decision[1].line->undone);
	assert_int_equal(c->decision[0].superseded_by->number, 6);
	bef_case_free(c);
	begin(&story);
	unit_tell(&story, id[0], "decision.taken", "{'choice':'a'}");
	unit_tell(&story, id[1], "decision.taken", "{'choice':'b','supersedes':'%s'}", id[0]);
	unit_tell(&story, NULL, "entry.undone", "{'target':'%s'}", id[1]);
	c = fold(&story);
	assert_null(c->decision[0].superseded_by);
	bef_case_free(c);
}

static void an_action_follows_its_changes(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	struct bef_summary summary;
	char id[BEF_HASH_HEX];
	char done[BEF_HASH_HEX];

	(void)state;
	begin(&story);
	unit_tell(&story, id, "action.planned",
	          "{'text':'couper','owner':'Léa','due_at':1762150000000,'priority':'0'}");
	unit_tell(&story, NULL, "action.changed", "{'action':'%s','owner':'Paul'}", id);
	unit_tell(&story, done, "action.changed", "{'action':'%s','state':'done'}", id);
	unit_tell(&story, NULL, "entry.undone", "{'target':'%s'}", done);
	unit_tell(&story, NULL, "action.planned", "{'text':'autre','due_at':1762140000000}");
	c = fold(&story);
	bef_case_summary(c, &summary);
	assert_int_equal(summary.open_actions, 2);
	assert_true(summary.next_due_at_ms == INT64_C(1762140000000));
	assert_string_equal(c->action[0].owner, "Paul");
	assert_string_equal(c->action[0].state, "open");
	assert_int_equal(c->action[0].changed->number, 3);
	say_is(c, 4, "A1 couper: done");
	bef_case_free(c);
}

static void an_undone_line_still_says_what_it_was(void **state)
{
	static const struct { const char *about, *said, *kind, *body, *expected; } rows[] = {
		{ NULL, NULL, "phase.changed", "{'phase':'containment'}", "phase: Containment" },
		{ NULL, NULL, "state.changed", "{'state':'crisis','by':'Paul'}",
		  "crisis state: crisis, decided by Paul" },
		{ NULL, NULL, "incident.closed", "{'reason':'fini'}", "incident closed (fini)" },
		{ "action.planned", "{'text':'couper'}", "action.changed", "{'action':'%s','state':'done'}",
		  "A1 couper: done" },
		{ "evidence.collected", "{'name':'disque','size':5,'copied':true}", "evidence.handed",
		  "{'item':'%s','to':'gendarmerie'}", "item 1 handed over to gendarmerie" },
		{ "run.started", NULL, "step.marked", "{'run':'%s','step':'action--a','mark':'done'}",
		  "step 1 Cut: done" },
		{ "run.started", NULL, "step.assigned", "{'run':'%s','step':'action--f','to':'Léa'}",
		  "step 2 F -> Léa" },
		{ "run.started", NULL, "step.answered", "{'run':'%s','step':'if-condition--q','answer':true}",
		  "step 3 Q: yes" },
		{ "run.started", NULL, "run.stopped", "{'run':'%s','reason':'fini'}",
		  "playbook stopped (fini)" },
		{ NULL, NULL, "run.started", NULL, "playbook started: Small" },
	};
	const char *run = "{'playbook':'p','key':'k','version':'v','sha256':'"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','document':''}";

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct unit_story story;
		struct bef_case *c;
		char id[BEF_HASH_HEX] = "";

		begin(&story);
		for (int part = 0; part < 2; part++) {
			const char *kind = part ? rows[i].kind : rows[i].about;
			const char *body = part ? rows[i].body : rows[i].said;

			if (kind && strcmp(kind, "run.started") == 0) {
				struct unit_note note = { .kind = kind, .parents = &story.last,
				                          .parent_count = 1 };
				char *document = unit_playbook_text(UNIT_PLAYBOOK);

				note.body = unit_json(run);
				json_object_set_new(note.body, "document", json_string(document));
				free(document);
				unit_add(&story.journal, &story.pen, &note, &story.last);
				bef_hex(story.last.byte, BEF_HASH_SIZE, id);
			} else if (kind) {
				unit_tell(&story, id, kind, body, id);
			}
		}
		unit_tell(&story, NULL, "entry.undone", "{'target':'%s'}", id);
		c = fold(&story);
		assert_true(bef_case_number(c, rows[i].about ? 3 : 2)->undone);
		say_is(c, rows[i].about ? 3 : 2, rows[i].expected);
		bef_case_free(c);
	}
}

static void closing_and_reopening_move_the_state(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	char id[BEF_HASH_HEX];

	(void)state;
	begin(&story);
	unit_tell(&story, NULL, "state.changed", "{'state':'crisis'}");
	unit_tell(&story, NULL, "incident.closed", "{'despite':['a','b']}");
	unit_tell(&story, id, "incident.reopened", "{'reason':'revenu'}");
	c = fold(&story);
	assert_string_equal(c->state, "open");
	assert_true(c->closed_at_ms == 0 && !c->closed);
	assert_int_equal(c->move_count, 3);
	assert_string_equal(c->move[1].from, "crisis");
	say_is(c, 2, "crisis state: no crisis -> crisis");
	say_is(c, 3, "incident closed despite 2 open points");
	bef_case_free(c);
	begin(&story);
	unit_tell(&story, NULL, "incident.closed", "{}");
	unit_tell(&story, id, "incident.reopened", "{'reason':'revenu'}");
	unit_tell(&story, NULL, "entry.undone", "{'target':'%s'}", id);
	c = fold(&story);
	assert_string_equal(c->state, "closed");
	assert_true(c->closed_at_ms == UNIT_NOW + 60000);
	bef_case_free(c);
}

static void an_alert_waits_until_each_destination_has_an_answer(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	struct bef_summary summary;
	char id[BEF_HASH_HEX];

	(void)state;
	begin(&story);
	unit_tell(&story, id, "alert.raised", "{'text':'x','level':'urgent','to':['mail','sms','mail']}");
	unit_tell(&story, NULL, "alert.failed", "{'alert':'%s','destination':'mail','attempts':3}", id);
	unit_tell(&story, NULL, "alert.delivered", "{'alert':'%s','destination':'mail','attempts':1}", id);
	unit_tell(&story, NULL, "alert.delivered", "{'alert':'%s','destination':'nowhere','attempts':1}", id);
	c = fold(&story);
	bef_case_summary(c, &summary);
	assert_int_equal(summary.waiting_alerts, 1);
	assert_int_equal(c->alert[0].waiting, 1);
	say_is(c, 4, "alert 1 accepted by mail after 1 attempt");
	bef_case_free(c);
}

static void evidence_passes_from_hand_to_hand(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	char id[BEF_HASH_HEX];

	(void)state;
	begin(&story);
	unit_tell(&story, id, "evidence.collected", "{'name':'disque','size':5,'copied':true}");
	unit_tell(&story, NULL, "evidence.handed", "{'item':'%s','to':'Léa'}", id);
	unit_tell(&story, NULL, "evidence.handed", "{'item':'%s','to':'gendarmerie','where':'Lyon'}", id);
	c = fold(&story);
	assert_int_equal(c->evidence[0].handovers, 2);
	assert_int_equal(c->evidence[0].handed->number, 4);
	say_is(c, 4, "item 1 handed over to gendarmerie, Lyon");
	bef_case_free(c);
}

static void a_cost_is_shown_in_euros_and_cents(void **state)
{
	static const struct { long long cents; const char *said; } rows[] = {
		{ 123456, "x [1234.56 EUR]" }, { 5, "x [0.05 EUR]" }, { -150, "x [-1.50 EUR]" },
		{ -5, "x [-0.05 EUR]" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct unit_story story;
		struct bef_case *c;

		begin(&story);
		unit_tell(&story, NULL, "note", "{'sort':'cost','text':'x','amount_cents':%lld}",
		          rows[i].cents);
		c = fold(&story);
		say_is(c, 2, rows[i].said);
		bef_case_free(c);
	}
}

static void nothing_points_at_itself_ahead_or_at_what_is_not_there(void **state)
{
	static const char nowhere[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	static const struct { const char *kind, *body; } rows[] = {
		{ "entry.undone", "{'target':'%s'}" },
		{ "entry.struck", "{'target':'%s','reason':'x'}" },
		{ "entry.erased", "{'target':'%s','reason':'x'}" },
		{ "entry.amended", "{'target':'%s','set':{'text':'x'}}" },
		{ "action.changed", "{'action':'%s','state':'done'}" },
		{ "evidence.handed", "{'item':'%s','to':'x'}" },
		{ "step.marked", "{'run':'%s','step':'x','mark':'done'}" },
		{ "step.answered", "{'run':'%s','step':'x','answer':true}" },
		{ "step.assigned", "{'run':'%s','step':'x','to':'x'}" },
		{ "run.stopped", "{'run':'%s','reason':'x'}" },
		{ "alert.delivered", "{'alert':'%s','destination':'x','attempts':1}" },
		{ "alert.failed", "{'alert':'%s','destination':'x','attempts':1}" },
		{ "decision.taken", "{'choice':'x','supersedes':'%s'}" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		for (int wrong_kind = 0; wrong_kind < 2; wrong_kind++) {
			struct unit_story story;
			struct bef_case *c;
			struct bef_text said;
			char opening[BEF_HASH_HEX];

			unit_story_start(&story);
			unit_tell(&story, opening, "incident.opened", UNIT_OPENING);
			unit_tell(&story, NULL, rows[i].kind, rows[i].body, wrong_kind ? opening : nowhere);
			c = fold(&story);
			bef_text_init(&said, 1000);
			bef_line_say(c, bef_case_number(c, 2), &said);
			must(said.len > 0 && !strstr(said.data, "(null)"), "%s: '%s'", rows[i].kind,
			     bef_text_str(&said));
			bef_text_clear(&said);
			bef_case_free(c);
		}
}

static void a_kind_of_a_newer_version_is_kept_and_named(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	char id[BEF_HASH_HEX];
	json_t *json;

	(void)state;
	begin(&story);
	unit_tell(&story, id, "moon.landed", "{'crew':3}");
	unit_tell(&story, NULL, "entry.amended", "{'target':'%s','set':{'crew':2}}", id);
	c = fold(&story);
	say_is(c, 2, "[entry of a kind this version does not know: moon.landed]");
	json = bef_line_json(c, bef_case_number(c, 2));
	assert_int_equal(bef_json_int(json_object_get(json, "body"), "crew", 0), 3);
	json_decref(json);
	bef_case_free(c);
}

static void a_body_that_breaks_its_kind_s_promise_is_unreadable_not_fatal(void **state)
{
	struct unit_story story;
	struct bef_case *c;

	(void)state;
	begin(&story);
	unit_tell(&story, NULL, "note", "{'sort':'no such','text':'x'}");
	unit_tell(&story, NULL, "phase.changed", "{}");
	unit_tell(&story, NULL, "decision.taken", "{'choice':5}");
	unit_tell(&story, NULL, "note", "{'sort':'fact','text':'x','from_a_newer_version':[1]}");
	c = fold(&story);
	say_is(c, 2, "[content not readable]");
	assert_true(bef_case_number(c, 2)->unreadable);
	assert_string_equal(c->phase, "detection");
	assert_int_equal(c->decision_count, 1);
	say_is(c, 5, "x");
	bef_case_free(c);
}

UNIT_MAIN(unit(any_arrival_of_the_same_entries_folds_to_the_same_bytes),
          unit(two_copies_merged_either_way_fold_to_the_same_bytes), unit(every_view_of_any_case_can_be_drawn),
          unit(an_opening_gives_the_case_its_facts), unit(an_empty_journal_is_an_empty_case),
          unit(an_undone_undo_restores_what_was_undone), unit(what_may_not_be_undone_is_not),
          unit(amendments_add_up_and_the_last_one_wins),
          unit(an_impossible_amendment_is_ignored_and_the_others_hold),
          unit(an_amended_reason_of_a_correction_is_read), unit(a_drill_stays_one_for_ever),
          unit(a_struck_note_is_hidden_but_can_be_read),
          unit(an_erased_line_says_who_erased_it_and_keeps_what_was_kept),
          unit(an_erased_correction_corrects_the_same_with_and_without_its_bytes),
          unit(decisions_keep_their_numbers_when_one_is_undone), unit(an_action_follows_its_changes),
          unit(an_undone_line_still_says_what_it_was), unit(closing_and_reopening_move_the_state),
          unit(an_alert_waits_until_each_destination_has_an_answer), unit(evidence_passes_from_hand_to_hand),
          unit(a_cost_is_shown_in_euros_and_cents),
          unit(nothing_points_at_itself_ahead_or_at_what_is_not_there),
          unit(a_kind_of_a_newer_version_is_kept_and_named),
          unit(a_body_that_breaks_its_kind_s_promise_is_unreadable_not_fatal))
