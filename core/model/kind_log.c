/* SPDX-License-Identifier: EUPL-1.2 */
/* Notes, decisions, actions, evidence. */
#include <string.h>

#include "base/amount.h"
#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"

#define TEXT_OF(line, name, fallback) bef_json_text_or(bef_line_body(line), name, fallback)

static const struct bef_field note_fields[] = {
	{ "sort", BEF_FIELD_WORD, true, &bef_note_sorts },
	{ "text", BEF_FIELD_PROSE, true, NULL },
	{ "by", BEF_FIELD_LINE, false, NULL },          /* who said or did it, if not the author */
	{ "amount_cents", BEF_FIELD_INT, false, NULL }, /* euro cents, for a cost */
	{ "run", BEF_FIELD_ID, false, NULL },           /* written while carrying out this run */
	{ "step", BEF_FIELD_LINE, false, NULL },        /* and this step of it */
	{ NULL, 0, false, NULL },
};

static void say_note(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *by = bef_line_text(line, "by");
	int64_t cents = bef_line_int(line, "amount_cents");
	BEF_AUTO(text) step = { .max = BEF_PROSE_MOST };
	char amount[BEF_AMOUNT_SIZE];

	bef_text_puts(out, TEXT_OF(line, "text", ""));
	if (bef_line_say_step(c, line, &step))
		bef_text_printf(out, " [%s]", bef_text_str(&step));
	if (cents)
		bef_text_printf(out, " [%s EUR]", bef_amount_format(cents, amount));
	if (by)
		bef_text_printf(out, " (%s)", by);
}

const struct bef_kind bef_kind_note = {
	.name = "note",
	.label = N_("fact"),
	.flags = BEF_KIND_LIGHT | BEF_KIND_STRIKE | BEF_KIND_UNDO,
	.prose = "text",
	.fields = note_fields,
	.say = say_note,
};

static const struct bef_field decision_fields[] = {
	{ "choice", BEF_FIELD_PROSE, true, NULL },
	{ "question", BEF_FIELD_LINE, false, NULL },
	{ "options", BEF_FIELD_LINES, false, NULL }, /* the ones not chosen */
	{ "reason", BEF_FIELD_PROSE, false, NULL },
	{ "reversible", BEF_FIELD_BOOL, false, NULL },
	{ "review_at", BEF_FIELD_TIME, false, NULL },
	{ "supersedes", BEF_FIELD_ID, false, NULL },
	{ "by", BEF_FIELD_LINE, false, NULL }, /* who decided, if not the author */
	{ NULL, 0, false, NULL },
};

static bool fold_decision(struct bef_case *c, struct bef_line *line)
{
	struct bef_decision *decision = bef_case_grow(&c->decision, &c->decision_count, sizeof(*decision));
	const struct bef_line *former = bef_line_target(c, line, "supersedes");

	if (!decision)
		return false;
	line->about = (int)c->decision_count - 1;
	decision->line = line;
	decision->review_at_ms = bef_line_int(line, "review_at");
	if (former && former->about != BEF_NONE && former->kind == line->kind && bef_line_counts(line))
		c->decision[former->about].superseded_by = line;
	return true;
}

static void say_decision(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *question = bef_line_text(line, "question");
	const char *reason = bef_line_text(line, "reason");
	const char *by = bef_line_text(line, "by");
	const struct bef_line *former = bef_line_target(c, line, "supersedes");

	if (line->about != BEF_NONE)
		bef_text_printf(out, "D%d ", line->about + 1);
	if (question)
		bef_text_printf(out, "%s -> ", question);
	bef_text_puts(out, TEXT_OF(line, "choice", ""));
	if (reason)
		bef_text_printf(out, " (%s)", reason);
	if (former && former->about != BEF_NONE)
		bef_text_printf(out, tr(", supersedes D%d"), former->about + 1);
	if (by)
		bef_text_printf(out, tr(", decided by %s"), by);
}

const struct bef_kind bef_kind_decision_taken = {
	.name = "decision.taken",
	.label = N_("decision"),
	.flags = BEF_KIND_STRIKE | BEF_KIND_UNDO | BEF_KIND_KEEPS_NUMBER,
	.prose = "choice",
	.fields = decision_fields,
	.fold = fold_decision,
	.say = say_decision,
};

static const struct bef_field planned_fields[] = {
	{ "text", BEF_FIELD_PROSE, true, NULL },
	{ "owner", BEF_FIELD_LINE, false, NULL },
	{ "due_at", BEF_FIELD_TIME, false, NULL },
	{ "priority", BEF_FIELD_WORD, false, &bef_priorities },
	{ "after", BEF_FIELD_IDS, false, NULL }, /* actions that must be done first */
	{ NULL, 0, false, NULL },
};

static bool fold_planned(struct bef_case *c, struct bef_line *line)
{
	struct bef_action *action = bef_case_grow(&c->action, &c->action_count, sizeof(*action));

	if (!action)
		return false;
	line->about = (int)c->action_count - 1;
	*action = (struct bef_action){
		.line = line,
		.state = "open",
		.owner = bef_line_text(line, "owner"),
		.due_at_ms = bef_line_int(line, "due_at"),
	};
	return true;
}

static void say_planned(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *owner = bef_line_text(line, "owner");
	int64_t due_at_ms = bef_line_int(line, "due_at");
	char when[BEF_DATE_SIZE];

	if (line->about != BEF_NONE)
		bef_text_printf(out, "A%d ", line->about + 1);
	bef_text_puts(out, TEXT_OF(line, "text", ""));
	if (owner)
		bef_text_printf(out, " -> %s", owner);
	if (due_at_ms)
		bef_text_printf(out, tr(", before %s"), bef_date_format(due_at_ms, c->zone, BEF_DATE_DAY, when));
}

const struct bef_kind bef_kind_action_planned = {
	.name = "action.planned",
	.label = N_("action"),
	.flags = BEF_KIND_STRIKE | BEF_KIND_UNDO | BEF_KIND_KEEPS_NUMBER,
	.prose = "text",
	.fields = planned_fields,
	.fold = fold_planned,
	.say = say_planned,
};

static const struct bef_field action_fields[] = {
	{ "action", BEF_FIELD_ID, true, NULL },
	{ "state", BEF_FIELD_WORD, false, &bef_action_states },
	{ "owner", BEF_FIELD_LINE, false, NULL },
	{ "due_at", BEF_FIELD_TIME, false, NULL },
	{ "reason", BEF_FIELD_PROSE, false, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_action(struct bef_case *c, struct bef_line *line)
{
	const struct bef_line *target = bef_line_target(c, line, "action");
	struct bef_action *action;

	if (!target || target->about == BEF_NONE || target->kind != &bef_kind_action_planned)
		return true;
	line->about = target->about;
	if (line->undone)
		return true;
	action = &c->action[target->about];
	action->changed = line;
	action->state = TEXT_OF(line, "state", action->state);
	action->owner = TEXT_OF(line, "owner", action->owner);
	action->due_at_ms = bef_json_int(bef_line_body(line), "due_at", action->due_at_ms);
	return true;
}

static void say_action(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *state = bef_line_text(line, "state");
	const char *owner = bef_line_text(line, "owner");
	const char *reason = bef_line_text(line, "reason");

	if (line->about != BEF_NONE)
		bef_text_printf(out, "A%d %s", line->about + 1,
		                c->action[line->about].line->erased
		                        ? "..."
		                        : TEXT_OF(c->action[line->about].line, "text", "..."));
	if (state)
		bef_text_printf(out, tr(": %s"), bef_word_label(&bef_action_states, state));
	if (owner)
		bef_text_printf(out, " -> %s", owner);
	if (reason)
		bef_text_printf(out, " (%s)", reason);
}

const struct bef_kind bef_kind_action_changed = {
	.name = "action.changed",
	.label = N_("action"),
	.flags = BEF_KIND_UNDO | BEF_KIND_REF,
	.prose = "reason",
	.fields = action_fields,
	.fold = fold_action,
	.say = say_action,
};

static const struct bef_field collected_fields[] = {
	{ "name", BEF_FIELD_LINE, true, NULL },
	{ "size", BEF_FIELD_INT, true, NULL },       /* bytes */
	{ "sha256", BEF_FIELD_ID, false, NULL },     /* absent: reading was broken off */
	{ "copied", BEF_FIELD_BOOL, true, NULL },    /* false: referenced where it is */
	{ "path", BEF_FIELD_LINE, false, NULL },     /* where it was when attached */
	{ "how", BEF_FIELD_LINE, false, NULL },      /* method of collection */
	{ "where", BEF_FIELD_LINE, false, NULL },    /* place or machine of origin */
	{ "by", BEF_FIELD_LINE, false, NULL },       /* who collected it, if not the author */
	{ "text", BEF_FIELD_PROSE, false, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_collected(struct bef_case *c, struct bef_line *line)
{
	struct bef_evidence *item = bef_case_grow(&c->evidence, &c->evidence_count, sizeof(*item));

	if (!item)
		return false;
	line->about = (int)c->evidence_count - 1;
	item->line = line;
	return true;
}

static void say_collected(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *text = bef_line_text(line, "text");
	const char *hash = bef_line_text(line, "sha256");

	(void)c;
	if (line->about != BEF_NONE)
		bef_text_printf(out, tr("item %d "), line->about + 1);
	bef_text_printf(out, "%s, sha256 %.12s", TEXT_OF(line, "name", ""), hash ? hash : "-");
	if (text)
		bef_text_printf(out, " (%s)", text);
}

const struct bef_kind bef_kind_evidence_collected = {
	.name = "evidence.collected",
	.label = N_("evidence"),
	.flags = BEF_KIND_STRIKE,
	.prose = "text",
	.fields = collected_fields,
	.fold = fold_collected,
	.say = say_collected,
};

static const struct bef_field handed_fields[] = {
	{ "item", BEF_FIELD_ID, true, NULL },
	{ "to", BEF_FIELD_LINE, true, NULL },
	{ "where", BEF_FIELD_LINE, false, NULL },
	{ "reason", BEF_FIELD_PROSE, false, NULL },
	{ "by", BEF_FIELD_LINE, false, NULL }, /* who handed it over, if not the author */
	{ NULL, 0, false, NULL },
};

static bool fold_handed(struct bef_case *c, struct bef_line *line)
{
	const struct bef_line *target = bef_line_target(c, line, "item");

	if (!target || target->about == BEF_NONE || target->kind != &bef_kind_evidence_collected)
		return true;
	line->about = target->about;
	if (line->undone)
		return true;
	c->evidence[target->about].handed = line;
	c->evidence[target->about].handovers++;
	return true;
}

static void say_handed(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *reason = bef_line_text(line, "reason");
	const char *where = bef_line_text(line, "where");

	(void)c;
	bef_text_printf(out, tr("item %d handed over to %s"), line->about + 1, TEXT_OF(line, "to", ""));
	if (where)
		bef_text_printf(out, ", %s", where);
	if (reason)
		bef_text_printf(out, " (%s)", reason);
}

const struct bef_kind bef_kind_evidence_handed = {
	.name = "evidence.handed",
	.label = N_("custody"),
	.flags = BEF_KIND_UNDO | BEF_KIND_REF,
	.prose = "reason",
	.fields = handed_fields,
	.fold = fold_handed,
	.say = say_handed,
};
