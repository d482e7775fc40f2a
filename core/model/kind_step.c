/* SPDX-License-Identifier: EUPL-1.2 */
/* What was said of the steps of playbook runs: done, answered, given to somebody; and of the measures they left. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"
#include "model/condition.h"
#include "model/running.h"

#define TEXT_OF(line, name, fallback) bef_json_text_or(bef_line_body(line), name, fallback)

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
	struct bef_said said = { .line = line, .pass = bef_pass_of_line(line), .child = -1 };
	struct bef_run *run = bef_run_own(c, line, &said.step);

	return !run || said.step < 0 || line->undone || bef_run_say(run, &said);
}

static const struct bef_step *step_of(const struct bef_case *c, const struct bef_line *line)
{
	int step = -1;
	const struct bef_run *run = bef_run_of_line(c, line, "run", &step);

	return step >= 0 ? &run->playbook->step[step] : NULL;
}

/* Of several playbooks, each has a step 6. */
bool bef_line_say_step(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const struct bef_step *step = step_of(c, line);
	int unused;

	if (step && c->run_count > 1)
		bef_text_printf(out, "%s, ", bef_playbook_text(bef_run_of_line(c, line, "run", &unused)->playbook, "name"));
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
	struct bef_run *run = bef_run_own(c, line, &step);

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
	struct bef_run *run = bef_run_own(c, line, &step);

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
