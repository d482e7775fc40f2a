/* SPDX-License-Identifier: EUPL-1.2 */
/* Playbook runs: begun, stopped, their values, a newer version.  Their steps are in kind_step.c. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"
#include "model/running.h"

#define TEXT_OF(line, name, fallback) bef_json_text_or(bef_line_body(line), name, fallback)

extern const struct bef_kind bef_kind_run_started;

static const struct bef_field started_fields[] = {
	{ "playbook", BEF_FIELD_LINE, true, NULL }, /* playbook--UUID */
	{ "key", BEF_FIELD_LINE, true, NULL },
	{ "version", BEF_FIELD_LINE, true, NULL },
	{ "sha256", BEF_FIELD_ID, true, NULL },     /* of `document` */
	{ "document", BEF_FIELD_DOC, true, NULL },  /* the text itself: a record replays for ever */
	{ "parent", BEF_FIELD_ID, false, NULL },    /* the run whose step opened it */
	{ "step", BEF_FIELD_LINE, false, NULL },    /* that step, and its pass */
	{ "pass", BEF_FIELD_INT, false, NULL },
	{ NULL, 0, false, NULL },
};

struct bef_run *bef_run_of_line(const struct bef_case *c, const struct bef_line *line, const char *field, int *step)
{
	const struct bef_line *target = bef_line_target(c, line, field);
	struct bef_run *run;

	if (!target || target->about == BEF_NONE || target->kind != &bef_kind_run_started)
		return NULL;
	run = &c->run[target->about];
	*step = bef_playbook_step(run->playbook, bef_line_text(line, "step"));
	return run;
}

int bef_pass_of_line(const struct bef_line *line)
{
	int64_t pass = bef_line_int(line, "pass");

	return pass > 0 && pass < INT32_MAX ? (int)pass : 0;
}

/* Both ends of what holds two runs together: the step knows its run, the run its step. */
static bool join_parent(struct bef_case *c, struct bef_line *line)
{
	struct bef_said said = { .line = line, .pass = bef_pass_of_line(line), .child = line->about };
	struct bef_run *run = &c->run[line->about];
	struct bef_run *parent = bef_run_of_line(c, line, "parent", &run->parent_step);

	if (!parent || run->parent_step < 0)
		return true;
	run->parent = (int)(parent - c->run);
	run->parent_pass = said.pass;
	said.step = run->parent_step;
	return line->undone || bef_run_say(parent, &said);
}

/* A playbook that cannot be read here (a newer kind of step, an erased body) gives no run: for want of
 * memory, that would be a run left out in silence. */
static bool fold_started(struct bef_case *c, struct bef_line *line)
{
	const char *document = bef_line_text(line, "document");
	struct bef_playbook *playbook;
	struct bef_run *run;
	enum bef_rc rc = document ? bef_playbook_load(document, strlen(document), &playbook, NULL) : BEF_NOT_FOUND;

	if (rc)
		return rc != BEF_FAILED;
	run = bef_case_grow(&c->run, &c->run_count, sizeof(*run));
	if (!run) {
		bef_playbook_free(playbook);
		return false;
	}
	line->about = (int)c->run_count - 1;
	run->line = line;
	run->playbook = playbook;
	return bef_run_init(run) && join_parent(c, line);
}

static void say_started(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *name = line->about != BEF_NONE
	                           ? bef_playbook_text(c->run[line->about].playbook, "name")
	                           : NULL;

	bef_text_printf(out, tr("playbook started: %s"), name ? name : TEXT_OF(line, "key", ""));
}

const struct bef_kind bef_kind_run_started = {
	.name = "run.started",
	.label = N_("playbook"),
	.flags = BEF_KIND_UNDO | BEF_KIND_KEEPS_NUMBER,
	.fields = started_fields,
	.fold = fold_started,
	.say = say_started,
};

struct bef_run *bef_run_own(const struct bef_case *c, struct bef_line *line, int *step)
{
	struct bef_run *run = bef_run_of_line(c, line, "run", step);

	if (run)
		line->about = (int)(run - c->run);
	return run;
}

static const struct bef_field stopped_fields[] = {
	{ "run", BEF_FIELD_ID, true, NULL },
	{ "reason", BEF_FIELD_PROSE, true, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_stopped(struct bef_case *c, struct bef_line *line)
{
	int step;
	struct bef_run *run = bef_run_own(c, line, &step);

	if (run && !line->undone)
		run->stopped = line;
	return true;
}

static void say_stopped(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	(void)c;
	bef_text_printf(out, tr("playbook stopped (%s)"), TEXT_OF(line, "reason", ""));
}

const struct bef_kind bef_kind_run_stopped = {
	.name = "run.stopped",
	.label = N_("playbook"),
	.flags = BEF_KIND_UNDO | BEF_KIND_REF,
	.prose = "reason",
	.fields = stopped_fields,
	.fold = fold_stopped,
	.say = say_stopped,
};

static const struct bef_field variable_fields[] = {
	{ "run", BEF_FIELD_ID, true, NULL },
	{ "name", BEF_FIELD_LINE, true, NULL },   /* "__address__" */
	{ "value", BEF_FIELD_LINE, false, NULL }, /* absent: unknown again */
	{ "step", BEF_FIELD_LINE, false, NULL },  /* whose own variable it is; absent: the playbook's */
	{ "by", BEF_FIELD_LINE, false, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_variable(struct bef_case *c, struct bef_line *line)
{
	int step;
	struct bef_run *run = bef_run_own(c, line, &step);
	const struct bef_variable to = { .name = bef_line_text(line, "name"), .value = bef_line_text(line, "value"),
		                         .line = line, .step = step, .asked_by = -1 };

	return !run || !to.name || line->undone || bef_run_set(run, &to);
}

static void say_variable(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *value = bef_line_text(line, "value");

	(void)c;
	bef_text_printf(out, "%s = %s", TEXT_OF(line, "name", "?"), value ? value : tr("(unknown)"));
}

const struct bef_kind bef_kind_run_variable = {
	.name = "run.variable",
	.label = N_("playbook"),
	.flags = BEF_KIND_UNDO | BEF_KIND_REF,
	.prose = "value",
	.fields = variable_fields,
	.fold = fold_variable,
	.say = say_variable,
};

static const struct bef_field adopted_fields[] = {
	{ "run", BEF_FIELD_ID, true, NULL },
	{ "version", BEF_FIELD_LINE, true, NULL },
	{ "sha256", BEF_FIELD_ID, true, NULL },    /* of `document` */
	{ "document", BEF_FIELD_DOC, true, NULL }, /* the newer text */
	{ NULL, 0, false, NULL },
};

/* A text that cannot be read here, or is another playbook, changes nothing. */
static bool fold_adopted(struct bef_case *c, struct bef_line *line)
{
	const char *document = bef_line_text(line, "document");
	int step;
	struct bef_run *run = bef_run_own(c, line, &step);
	struct bef_playbook *playbook;
	enum bef_rc rc = run && document && !line->undone ? bef_playbook_load(document, strlen(document), &playbook, NULL)
	                                                   : BEF_NOT_FOUND;

	if (rc)
		return rc != BEF_FAILED;
	if (strcmp(playbook->id, run->playbook->id) == 0)
		return bef_run_adopt(c, run, playbook);
	bef_playbook_free(playbook);
	return true;
}

static void say_adopted(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *name = line->about != BEF_NONE ? bef_playbook_text(c->run[line->about].playbook, "name") : NULL;

	bef_text_printf(out, tr("playbook in a newer version: %s, %s"), name ? name : "?", TEXT_OF(line, "version", "?"));
}

const struct bef_kind bef_kind_run_adopted = {
	.name = "run.adopted",
	.label = N_("playbook"),
	.flags = BEF_KIND_UNDO | BEF_KIND_REF,
	.fields = adopted_fields,
	.fold = fold_adopted,
	.say = say_adopted,
};
