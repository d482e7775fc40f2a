/* SPDX-License-Identifier: EUPL-1.2 */
/* Legal facts and instants; what the organisation says of itself and the rules that it adds. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"

#define TEXT_OF(line, name, fallback) bef_json_text_or(bef_line_body(line), name, fallback)

/* --- answers, of the incident and of the organisation --- */

static const struct bef_field answered_fields[] = {
	{ "fact", BEF_FIELD_LINE, true, NULL },
	{ "answer", BEF_FIELD_WORD, false, &bef_answers }, /* of a yes-or-no question */
	{ "text", BEF_FIELD_PROSE, false, NULL },          /* of the others */
	{ "question", BEF_FIELD_LINE, false, NULL },       /* as it was put */
	{ "reason", BEF_FIELD_PROSE, false, NULL },
	{ "by", BEF_FIELD_LINE, false, NULL }, /* who says so, if not the author */
	{ NULL, 0, false, NULL },
};

static enum bef_truth truth_of(const char *answer)
{
	if (!answer || strcmp(answer, "unknown") == 0)
		return BEF_UNKNOWN;
	return strcmp(answer, "yes") == 0 ? BEF_TRUE : BEF_FALSE;
}

static bool fold_answered(struct bef_case *c, struct bef_line *line)
{
	const char *fact = bef_line_text(line, "fact");
	struct bef_answer *answer = (struct bef_answer *)(uintptr_t)bef_case_answer(c, fact);

	if (!fact)
		return true;
	if (!answer)
		answer = bef_case_grow(&c->answer, &c->answer_count, sizeof(*answer));
	if (!answer)
		return false;
	*answer = (struct bef_answer){
		.fact = fact,
		.truth = truth_of(bef_line_text(line, "answer")),
		.text = bef_line_text(line, "text"),
		.line = line,
	};
	return true;
}

static void say_why(const struct bef_line *line, struct bef_text *out)
{
	const char *reason = bef_line_text(line, "reason");
	const char *by = bef_line_text(line, "by");

	if (reason)
		bef_text_printf(out, " (%s)", reason);
	if (by)
		bef_text_printf(out, tr(", says %s"), by);
}

static void say_answered(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const char *answer = bef_line_text(line, "answer");

	(void)c;
	bef_text_printf(out, "%s -> %s", TEXT_OF(line, "question", TEXT_OF(line, "fact", "")),
	                answer ? bef_word_label(&bef_answers, answer) : TEXT_OF(line, "text", ""));
	say_why(line, out);
}

const struct bef_kind bef_kind_fact_answered = {
	.name = "fact.answered",
	.label = N_("legal fact"),
	.flags = BEF_KIND_UNDO | BEF_KIND_CLOCKS,
	.prose = "text",
	.fields = answered_fields,
	.fold = fold_answered,
	.say = say_answered,
};

const struct bef_kind bef_kind_profile_answered = {
	.name = "profile.answered",
	.label = N_("profile"),
	.flags = BEF_KIND_ORG,
	.prose = "text",
	.fields = answered_fields,
	.fold = fold_answered,
	.say = say_answered,
};

static const struct bef_field rule_fields[] = {
	{ "regime", BEF_FIELD_LINE, true, NULL },
	{ "document", BEF_FIELD_DOC, true, NULL }, /* a regime file, whole */
	{ "reason", BEF_FIELD_PROSE, false, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_rule(struct bef_case *c, struct bef_line *line)
{
	const struct bef_line **clause = bef_case_grow(&c->clause, &c->clause_count, sizeof(*clause));

	if (clause)
		*clause = line;
	return clause != NULL;
}

static void say_rule(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	(void)c;
	bef_text_printf(out, tr("rules added: %s"), TEXT_OF(line, "regime", ""));
	say_why(line, out);
}

const struct bef_kind bef_kind_profile_rule = {
	.name = "profile.rule",
	.label = N_("profile"),
	.flags = BEF_KIND_ORG,
	.prose = "reason",
	.fields = rule_fields,
	.fold = fold_rule,
	.say = say_rule,
};

/* --- instants --- */

static const struct bef_field instant_fields[] = {
	{ "event", BEF_FIELD_LINE, true, NULL },
	{ "at", BEF_FIELD_TIME, true, NULL },
	{ "reason", BEF_FIELD_PROSE, false, NULL },
	{ "by", BEF_FIELD_LINE, false, NULL }, /* who decided it, if not the author */
	{ NULL, 0, false, NULL },
};

static bool fold_instant(struct bef_case *c, struct bef_line *line)
{
	const char *event = bef_line_text(line, "event");
	struct bef_instant *instant = (struct bef_instant *)(uintptr_t)bef_case_instant(c, event);

	if (!event)
		return true;
	if (!instant)
		instant = bef_case_grow(&c->instant, &c->instant_count, sizeof(*instant));
	if (!instant)
		return false;
	*instant = (struct bef_instant){ event, bef_line_int(line, "at"), line };
	return true;
}

static void say_instant(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	char when[BEF_DATE_SIZE];

	bef_text_printf(out, tr("%s: %s"), TEXT_OF(line, "event", ""),
	                bef_date_format(bef_line_int(line, "at"), c->zone, BEF_DATE_DAY, when));
	say_why(line, out);
}

const struct bef_kind bef_kind_instant_decided = {
	.name = "instant.decided",
	.label = N_("legal instant"),
	.flags = BEF_KIND_UNDO | BEF_KIND_CLOCKS,
	.prose = "reason",
	.fields = instant_fields,
	.fold = fold_instant,
	.say = say_instant,
};
