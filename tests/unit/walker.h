/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Carrying out a playbook by entries alone, with answers at random. */
#include "model/case.h"

#include "bodies.h"

static inline void walker_start(struct unit_story *story, const char *document, char run[BEF_HASH_HEX])
{
	struct unit_note note = { .kind = "run.started", .parents = &story->last, .parent_count = 1 };

	unit_story_start(story);
	unit_tell(story, NULL, "incident.opened",
	          "{'ref':'R','title':'t','type':'test','severity':'1','tlp':'red','zone':'UTC'}");
	note.body = unit_json("{'playbook':'p','key':'k','version':'v','sha256':"
	                      "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'}");
	json_object_set_new(note.body, "document", json_string(document));
	unit_add(&story->journal, &story->pen, &note, &story->last);
	story->pen.now_ms += 60000;
	bef_hex(story->last.byte, BEF_HASH_SIZE, run);
}

static inline void walker_answer(struct unit_story *story, const char *id, const struct bef_run *run, int at, struct dice *dice)
{
	static const char *const marks[] = { "done", "done", "skipped", "failed" };
	const struct bef_step *step = &run->playbook->step[at];
	const struct bef_mark *mark = &run->mark[at];
	/* A loop is left sooner or later. */
	bool yes = dice_chance(dice, step->type == BEF_STEP_WHILE ? 40 : 50);

	if (step->type == BEF_STEP_IF || step->type == BEF_STEP_WHILE)
		unit_tell(story, NULL, "step.answered", "{'run':'%s','step':'%s','answer':%s,'pass':%d}", id, step->id,
		          yes ? "true" : "false", mark->pass);
	else if (step->type == BEF_STEP_SWITCH && mark->status != BEF_STEP_BLOCKED && dice_chance(dice, 80)) {
		const struct bef_way *way = &step->way[dice_below(dice, (size_t)step->way_count)];

		unit_tell_body(story, NULL, "step.answered", json_pack("{s:s, s:s, s:s, s:i}", "run", id, "step", step->id,
		                                                       "case", way->value, "pass", mark->pass));
	} else
		unit_tell(story, NULL, "step.marked", "{'run':'%s','step':'%s','mark':'%s','pass':%d}", id, step->id,
		          mark->status == BEF_STEP_BLOCKED ? "done" : marks[dice_below(dice, ROWS(marks))], mark->pass);
}
