/* SPDX-License-Identifier: EUPL-1.2 */
/* Every story starts at UNIT_NOW; each entry comes a minute after the one before. */
#include "report/metrics.h"

#include "unit.h"

#define MINUTE INT64_C(60000)

struct line {
	const char *kind, *body;
	int happened; /* minutes after the start when it is not when it was written; 0: then */
};

enum { UNKNOWN = -1, CONTRADICTORY = -2, LATER = 600 };

/* A story, and what comes of it: intervals in minutes. */
struct row {
	const char *what;
	struct line line[12];
	int expected[BEF_INTERVALS]; /* detect, take charge, qualify, contain, restore, close */
};

#define OPENED "{'ref':'INC-2025-001','title':'t','type':'undetermined','severity':'2','tlp':'amber','zone':'Europe/Paris'%s}"
/* Ten minutes before the story: 1762146600000 - 600000. */
#define SEEN ",'detected_at':1762146000000"
#define PHASE(name) { "phase.changed", "{'phase':'" name "'}", 0 }
#define NOTE { "note", "{'sort':'fact','text':'x'}", 0 }

static const struct row rows[] = {
	{ "nothing but the opening: nothing is known, not even zero", { { "opened", "", 0 } },
	  { UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN } },
	{ "a first sign that was dated, and nobody who did anything", { { "opened", SEEN, 0 } },
	  { UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN } },
	{ "a note is a gesture", { { "opened", SEEN, 0 }, NOTE }, { UNKNOWN, 11, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN } },
	{ "a note of what came before the opening is none", { { "opened", SEEN, 0 }, { "note", "{'sort':'fact','text':'x'}", -5 }, NOTE },
	  { UNKNOWN, 12, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN } },
	{ "what the program writes by itself is none", { { "opened", SEEN, 0 }, { "alert.raised", "{'level':'info','text':'x','to':['a']}", 0 },
	  NOTE }, { UNKNOWN, 12, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN } },
	{ "qualified by a severity said again", { { "opened", SEEN, 0 }, NOTE, { "incident.changed", "{'severity':'3'}", 0 } },
	  { UNKNOWN, 11, 12, UNKNOWN, UNKNOWN, UNKNOWN } },
	{ "a new title qualifies nothing", { { "opened", SEEN, 0 }, { "incident.changed", "{'title':'u'}", 0 } },
	  { UNKNOWN, 11, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN } },
	{ "all of it", { { "opened", SEEN, 0 }, { "instant.decided", "{'event':'occurred','at':1762143000000,'reason':'r'}", 0 },
	  PHASE("qualification"), PHASE("containment"), PHASE("eradication"), PHASE("recovery"), PHASE("return"),
	  { "incident.closed", "{}", 0 } }, { 50, 11, 13, 14, 16, 17 } },
	{ "a failure sends back: what was reached is not", { { "opened", SEEN, 0 }, PHASE("containment"), PHASE("recovery"), PHASE("return"),
	  PHASE("containment") }, { UNKNOWN, 11, 11, UNKNOWN, UNKNOWN, UNKNOWN } },
	{ "and is reached again later", { { "opened", SEEN, 0 }, PHASE("containment"), PHASE("recovery"), PHASE("containment"),
	  PHASE("recovery"), PHASE("return") }, { UNKNOWN, 11, 11, 14, 15, UNKNOWN } },
	{ "a phase past containment without it reaches nothing", { { "opened", SEEN, 0 }, PHASE("recovery") },
	  { UNKNOWN, 11, 11, UNKNOWN, UNKNOWN, UNKNOWN } },
	{ "lessons after the return do not undo it", { { "opened", SEEN, 0 }, PHASE("return"), PHASE("lessons") },
	  { UNKNOWN, 11, 11, UNKNOWN, 11, UNKNOWN } },
	{ "closed, then opened again: not closed", { { "opened", SEEN, 0 }, { "incident.closed", "{}", 0 },
	  { "incident.reopened", "{'reason':'r'}", 0 } }, { UNKNOWN, 11, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN } },
	{ "begun after it was detected: the times contradict each other", { { "opened", SEEN, 0 },
	  { "instant.decided", "{'event':'occurred','at':1762146300000,'reason':'r'}", 0 } },
	  { CONTRADICTORY, 11, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN } },
};

static void tell(struct unit_story *story, const struct line *line)
{
	struct unit_note note = { .kind = line->kind, .parents = &story->last, .parent_count = story->journal.count > 0 };
	char text[500];

	if (strcmp(line->kind, "opened") == 0) {
		snprintf(text, sizeof(text), OPENED, line->body);
		note.kind = "incident.opened";
	} else
		snprintf(text, sizeof(text), "%s", line->body);
	note.body = unit_json(text);
	note.happened_at_ms = line->happened ? UNIT_NOW + line->happened * MINUTE : 0;
	unit_add(&story->journal, &story->pen, &note, &story->last);
	story->pen.now_ms += MINUTE;
}

static struct bef_case *told(const struct row *row)
{
	struct unit_story story;
	struct bef_case *c;
	struct bef_err err;

	unit_story_start(&story);
	for (const struct line *line = row->line; line->kind; line++)
		tell(&story, line);
	assert_ok(bef_case_fold(&story.journal, &c, &err), err);
	return c;
}

static void each_story_has_its_intervals(void **state)
{
	(void)state;
	for (size_t r = 0; r < ROWS(rows); r++) {
		struct bef_case *c = told(&rows[r]);
		struct bef_metrics m;

		bef_metrics_of(c, UNIT_NOW + LATER * MINUTE, &m);
		for (int i = 0; i < BEF_INTERVALS; i++) {
			int found = m.interval[i].state == BEF_INTERVAL_KNOWN ? (int)(m.interval[i].span_ms / MINUTE)
			            : m.interval[i].state == BEF_INTERVAL_UNKNOWN ? UNKNOWN : CONTRADICTORY;

			must(found == rows[r].expected[i], "%s: %s is %d instead of %d", rows[r].what, bef_interval_name(i), found,
			     rows[r].expected[i]);
		}
		bef_case_free(c);
	}
}

static void what_is_unknown_is_said_so_and_is_null_for_machines(void **state)
{
	struct bef_case *c = told(&rows[0]);
	struct bef_metrics m;
	char words[BEF_DATE_SIZE];
	json_t *json;

	(void)state;
	bef_lang_set(BEF_EN);
	bef_metrics_of(c, UNIT_NOW, &m);
	json = bef_metrics_json(&m);
	assert_non_null(json);
	for (int i = 0; i < BEF_INTERVALS; i++) {
		assert_string_equal(bef_interval_say(&m.interval[i], words), "unknown");
		assert_true(json_is_null(json_object_get(json_object_get(json, "intervals"), bef_interval_name(i))));
	}
	assert_null(json_object_get(json_object_get(json, "milestones"), "detected"));
	json_decref(json);
	bef_case_free(c);
}

static void stays_in_phases_add_up_to_the_whole(void **state)
{
	(void)state;
	for (size_t r = 0; r < ROWS(rows); r++) {
		struct bef_case *c = told(&rows[r]);
		int64_t end_ms = c->closed_at_ms ? c->closed_at_ms : UNIT_NOW + LATER * MINUTE;
		struct bef_metrics m;
		int64_t sum = 0;

		bef_metrics_of(c, UNIT_NOW + LATER * MINUTE, &m);
		for (int i = 0; i < m.stays; i++)
			sum += m.stay[i].span_ms;
		must(sum == end_ms - c->opened_at_ms, "%s", rows[r].what);
		bef_case_free(c);
	}
}

static void what_was_undone_reaches_nothing(void **state)
{
	struct unit_story story;
	char id[BEF_HASH_HEX];
	struct bef_metrics m;
	struct bef_case *c;
	struct bef_err err;

	(void)state;
	unit_story_start(&story);
	unit_tell(&story, NULL, "incident.opened", OPENED, SEEN);
	unit_tell(&story, id, "phase.changed", "{'phase':'containment'}");
	unit_tell(&story, NULL, "entry.undone", "{'target':'%s'}", id);
	assert_ok(bef_case_fold(&story.journal, &c, &err), err);
	bef_metrics_of(c, UNIT_NOW, &m);
	assert_true(m.at[BEF_CONTAINING].at_ms == 0 && m.at[BEF_TAKEN].at_ms == 0);
	bef_case_free(c);
}

UNIT_MAIN(unit(each_story_has_its_intervals), unit(what_is_unknown_is_said_so_and_is_null_for_machines),
          unit(stays_in_phases_add_up_to_the_whole), unit(what_was_undone_reaches_nothing))
