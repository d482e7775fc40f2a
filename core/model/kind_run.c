/* SPDX-License-Identifier: EUPL-1.2 */
/* Playbook runs and the marks put on their steps. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"
#include "model/condition.h"

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

/* The run named by a line, and the step within it, or NULL. */
static struct bef_run *run_of(const struct bef_case *c, const struct bef_line *line, const char *field, int *step)
{
	const struct bef_line *target = bef_line_target(c, line, field);
	struct bef_run *run;

	if (!target || target->about == BEF_NONE || target->kind != &bef_kind_run_started)
		return NULL;
	run = &c->run[target->about];
	*step = bef_playbook_step(run->playbook, bef_line_text(line, "step"));
	return run;
}

static int pass_of(const struct bef_line *line)
{
	int64_t pass = bef_line_int(line, "pass");

	return pass > 0 && pass < INT32_MAX ? (int)pass : 0;
}

/* Both ends of what holds two runs together: the step knows its run, the run its step. */
static bool join_parent(struct bef_case *c, struct bef_line *line)
{
	struct bef_said said = { .line = line, .pass = pass_of(line), .child = line->about };
	struct bef_run *run = &c->run[line->about];
	struct bef_run *parent = run_of(c, line, "parent", &run->parent_step);

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

/* The run that a line speaks of, which it is then about. */
static struct bef_run *own_run(const struct bef_case *c, struct bef_line *line, int *step)
{
	struct bef_run *run = run_of(c, line, "run", step);

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
	struct bef_run *run = own_run(c, line, &step);

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

static const struct bef_field marked_fields[] = {
	{ "run", BEF_FIELD_ID, true, NULL },
	{ "step", BEF_FIELD_LINE, true, NULL }, /* the step's id in the playbook */
	{ "mark", BEF_FIELD_WORD, true, &bef_run_marks },
	{ "text", BEF_FIELD_PROSE, false, NULL },   /* result, proof, or reason */
	{ "second", BEF_FIELD_LINE, false, NULL },  /* who agreed to skip a mandatory step */
	{ "by", BEF_FIELD_LINE, false, NULL },      /* who did it, if not the author */
	{ "pass", BEF_FIELD_INT, false, NULL },     /* of the loop around it, from 1 */
	{ NULL, 0, false, NULL },
};

static bool fold_mark(struct bef_case *c, struct bef_line *line)
{
	struct bef_said said = { .line = line, .pass = pass_of(line), .child = -1 };
	struct bef_run *run = own_run(c, line, &said.step);

	return !run || said.step < 0 || line->undone || bef_run_say(run, &said);
}

static const struct bef_step *step_of(const struct bef_case *c, const struct bef_line *line)
{
	int step = -1;
	const struct bef_run *run = run_of(c, line, "run", &step);

	return step >= 0 ? &run->playbook->step[step] : NULL;
}

/* Of several playbooks, each has a step 6. */
bool bef_line_say_step(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const struct bef_step *step = step_of(c, line);
	int unused;

	if (step && c->run_count > 1)
		bef_text_printf(out, "%s, ", bef_playbook_text(run_of(c, line, "run", &unused)->playbook, "name"));
	if (step)
		bef_text_printf(out, tr("step %d %s"), step->number, bef_step_text(step, "name"));
	return step != NULL;
}

static void say_step(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	if (!bef_line_say_step(c, line, out))
		bef_text_puts(out, tr("step of a playbook that cannot be read"));
}

static void say_marked(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *text = bef_line_text(line, "text");
	const char *second = bef_line_text(line, "second");
	const char *by = bef_line_text(line, "by");

	say_step(c, line, out);
	bef_text_printf(out, tr(": %s"), bef_word_label(&bef_run_marks, TEXT_OF(line, "mark", "")));
	if (text)
		bef_text_printf(out, " (%s)", text);
	if (by)
		bef_text_printf(out, tr(", by %s"), by);
	if (second)
		bef_text_printf(out, tr(", agreed by %s"), second);
}

const struct bef_kind bef_kind_step_marked = {
	.name = "step.marked",
	.label = N_("step"),
	.flags = BEF_KIND_UNDO | BEF_KIND_REF,
	.prose = "text",
	.fields = marked_fields,
	.fold = fold_mark,
	.say = say_marked,
};

static const struct bef_field answered_fields[] = {
	{ "run", BEF_FIELD_ID, true, NULL },
	{ "step", BEF_FIELD_LINE, true, NULL },
	{ "answer", BEF_FIELD_BOOL, false, NULL }, /* of an if or a while */
	{ "case", BEF_FIELD_LINE, false, NULL },   /* of a switch */
	{ "text", BEF_FIELD_PROSE, false, NULL },  /* why */
	{ "by", BEF_FIELD_LINE, false, NULL },
	{ "computed", BEF_FIELD_BOOL, false, NULL }, /* by the condition, from variables, not by somebody */
	{ "pass", BEF_FIELD_INT, false, NULL },
	{ NULL, 0, false, NULL },
};

static void say_answered(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *text = bef_line_text(line, "text");
	const char *value = bef_line_text(line, "case");

	say_step(c, line, out);
	if (!value)
		value = bef_json_bool(bef_line_body(line), "answer") ? tr("yes") : tr("no");
	bef_text_printf(out, tr(": %s"), value);
	if (text)
		bef_text_printf(out, " (%s)", text);
	if (bef_json_bool(bef_line_body(line), "computed"))
		bef_text_puts(out, tr(", by the condition"));
}

/* The value that makes a yes/no condition true, or its opposite; NULL where there is no such pair. */
static const char *value_for(const char *value, bool answer)
{
	static const char *const pairs[][2] = { { "yes", "no" }, { "no", "yes" }, { "true", "false" }, { "false", "true" } };

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (strcmp(value, pairs[i][0]) == 0)
			return pairs[i][!answer];
	return NULL;
}

/* Somebody's answer is also the value of the variable that the question asks about: other questions
 * on the same variable need not be asked. */
static bool fold_answer(struct bef_case *c, struct bef_line *line)
{
	const json_t *answer = json_object_get(bef_line_body(line), "answer");
	bool theirs = answer && !line->undone && !bef_json_bool(bef_line_body(line), "computed");
	const struct bef_step *step;
	struct bef_variable *variable;
	const char *condition;
	char name[256], value[256];
	struct bef_run *run;

	if (!fold_mark(c, line))
		return false;
	step = theirs ? step_of(c, line) : NULL;
	condition = step ? bef_json_text(step->json, "condition") : NULL;
	if (!condition || !bef_condition_simple(condition, name, value))
		return true;
	run = &c->run[line->about];
	variable = bef_run_variable(run, (int)(step - run->playbook->step), name);
	if (!variable || bef_variable_is_constant(variable) || !value_for(value, json_is_true(answer)))
		return true;
	variable->value = value_for(value, json_is_true(answer));
	variable->line = line;
	variable->asked_by = (int)(step - run->playbook->step);
	return true;
}

const struct bef_kind bef_kind_step_answered = {
	.name = "step.answered",
	.label = N_("step"),
	.flags = BEF_KIND_UNDO | BEF_KIND_REF,
	.prose = "text",
	.fields = answered_fields,
	.fold = fold_answer,
	.say = say_answered,
};

static const struct bef_field assigned_fields[] = {
	{ "run", BEF_FIELD_ID, true, NULL },
	{ "step", BEF_FIELD_LINE, true, NULL },
	{ "to", BEF_FIELD_LINE, true, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_assigned(struct bef_case *c, struct bef_line *line)
{
	int step;
	struct bef_run *run = own_run(c, line, &step);

	if (run && step >= 0 && !line->undone)
		run->mark[step].assigned = line;
	return true;
}

static void say_assigned(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	say_step(c, line, out);
	bef_text_printf(out, " -> %s", TEXT_OF(line, "to", ""));
}

const struct bef_kind bef_kind_step_assigned = {
	.name = "step.assigned",
	.label = N_("step"),
	.flags = BEF_KIND_UNDO | BEF_KIND_REF,
	.fields = assigned_fields,
	.fold = fold_assigned,
	.say = say_assigned,
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
	struct bef_run *run = own_run(c, line, &step);
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

static const struct bef_field lifted_fields[] = {
	{ "run", BEF_FIELD_ID, true, NULL },
	{ "step", BEF_FIELD_LINE, true, NULL },
	{ "mark", BEF_FIELD_WORD, true, &bef_measure_marks },
	{ "text", BEF_FIELD_PROSE, false, NULL }, /* how it was reversed, or why it stays */
	{ "by", BEF_FIELD_LINE, false, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_lifted(struct bef_case *c, struct bef_line *line)
{
	int step;
	struct bef_run *run = own_run(c, line, &step);

	if (run && step >= 0 && !line->undone)
		run->mark[step].lifted = line;
	return true;
}

static void say_lifted(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *text = bef_line_text(line, "text");

	say_step(c, line, out);
	bef_text_printf(out, tr(": %s"), bef_word_label(&bef_measure_marks, TEXT_OF(line, "mark", "")));
	if (text)
		bef_text_printf(out, " (%s)", text);
}

const struct bef_kind bef_kind_measure_settled = {
	.name = "measure.settled",
	.label = N_("measure"),
	.flags = BEF_KIND_UNDO | BEF_KIND_REF,
	.prose = "text",
	.fields = lifted_fields,
	.fold = fold_lifted,
	.say = say_lifted,
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
	struct bef_run *run = own_run(c, line, &step);
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
