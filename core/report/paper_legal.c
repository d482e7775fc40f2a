/* SPDX-License-Identifier: EUPL-1.2 */
/* Sources about the law: what was answered, which instants were decided, what was sent or dismissed. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/paper_source.h"

/* --- answers --- */

/* The incident's own, else the organisation's. */
static const struct bef_answer *answer_to(const struct bef_report_input *in, const char *fact)
{
	const struct bef_answer *own = bef_case_answer(in->c, fact);

	return own ? own : bef_case_answer(in->profile, fact);
}

/* The words of the answer; NULL when it is unknown, or was erased. */
static const char *words_of(const struct bef_answer *answer)
{
	if (!answer)
		return NULL;
	if (answer->text && *answer->text)
		return answer->text;
	return answer->truth == BEF_UNKNOWN ? NULL : bef_word_label(&bef_answers, answer->truth == BEF_TRUE ? "yes" : "no");
}

void bef_paper_fact(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	const char *words = words_of(answer_to(in, of));

	bef_text_puts(out, words ? words : "");
}

/* "yes (lea, 2025-11-03 06:30:00 +01:00: the reason)" */
static void add_answer(const struct bef_report_input *in, const char *before, const struct bef_answer *answer,
                       struct bef_text *out)
{
	const char *reason = bef_line_text(answer->line, "reason");
	char when[BEF_DATE_SIZE];

	bef_paper_line(out, "%s%s (%s, %s%s%s)", before, words_of(answer), bef_paper_who(answer->line),
	               bef_date_format(answer->line->at_ms, in->c->zone, BEF_DATE_OFFSET, when), reason ? tr(": ") : "",
	               reason ? reason : "");
}

void bef_paper_answer(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	const struct bef_answer *answer = answer_to(in, of);

	if (words_of(answer))
		add_answer(in, "", answer, out);
}

/* As the law puts it now, else as it was put. */
static const char *question_of(const struct bef_report_input *in, const char *fact, const struct bef_answer *answer)
{
	const struct bef_question *question = in->law ? bef_law_question(in->law, fact) : NULL;
	const char *words = question ? bef_both(question->json, "question") : NULL;

	if (!words && answer)
		words = bef_line_text(answer->line, "question");
	return words ? words : fact;
}

/* --- instants --- */

void bef_paper_decided(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	const struct bef_instant *instant = bef_case_instant(in->c, of);
	const char *reason = instant ? bef_line_text(instant->line, "reason") : NULL;

	if (!instant || !instant->at_ms)
		return;
	bef_paper_instant(in, instant->at_ms, out);
	bef_text_printf(out, tr(", decided by %s"), bef_paper_who(instant->line));
	if (reason)
		bef_text_printf(out, " (%s)", reason);
}

/* --- rules --- */

static const char *name_of(const struct bef_report_input *in, const char *rule)
{
	const struct bef_clock *clock = bef_case_clock(in->c, rule);
	const struct bef_rule *known = in->law ? bef_law_rule(in->law, rule) : NULL;

	return clock && clock->json ? bef_clock_name(clock) : known ? bef_both(known->json, "name") : rule;
}

static bool is_sending(const struct bef_line *line)
{
	return strcmp(line->entry->kind, "deadline.sent") == 0 && bef_line_counts(line) && bef_line_text(line, "rule");
}

/* What the receipt says: the number, the channel. */
static void add_receipt(const struct bef_line *line, struct bef_text *out)
{
	const char *reference = bef_line_text(line, "reference");
	const char *channel = bef_line_text(line, "channel");
	const char *text = bef_line_text(line, "text");

	if (reference)
		bef_text_printf(out, tr(", reference %s"), reference);
	if (channel)
		bef_text_printf(out, ", %s", channel);
	if (text)
		bef_text_printf(out, ", %s", text);
}

void bef_paper_told(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	for (size_t i = 0; i < in->c->line_count; i++) {
		const struct bef_line *line = &in->c->line[i];
		BEF_AUTO(text) receipt = { .max = 2 * BEF_PROSE_MOST };
		char when[BEF_DATE_SIZE];

		if (!is_sending(line))
			continue;
		add_receipt(line, &receipt);
		out->failed = out->failed || receipt.failed;
		bef_paper_line(out, tr("%s: sent %s by %s%s"), name_of(in, bef_line_text(line, "rule")),
		               bef_date_format(line->at_ms, in->c->zone, BEF_DATE_OFFSET, when), bef_paper_who(line),
		               bef_text_str(&receipt));
	}
}

void bef_paper_sent(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	for (size_t i = 0; i < in->c->line_count; i++) {
		const struct bef_line *line = &in->c->line[i];

		if (!is_sending(line) || strcmp(bef_line_text(line, "rule"), of) != 0)
			continue;
		bef_text_puts(out, out->len ? "\n" : "");
		bef_paper_instant(in, line->at_ms, out);
		add_receipt(line, out);
	}
}

void bef_paper_complaint(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	bef_paper_sent(in, "plainte72", out);
}

static void add_dismissal(const struct bef_report_input *in, const char *before, const struct bef_line *line,
                          struct bef_text *out)
{
	char when[BEF_DATE_SIZE];

	bef_paper_line(out, "%s%s (%s, %s)", before, bef_json_text_or(bef_line_body(line), "reason", ""), bef_paper_who(line),
	               bef_date_format(line->at_ms, in->c->zone, BEF_DATE_OFFSET, when));
}

/* A decision, else the answers. */
void bef_paper_dismissed(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	const struct bef_clock *clock = bef_case_clock(in->c, of);

	if (clock && clock->dismissed)
		add_dismissal(in, "", clock->dismissed, out);
	else if (clock && bef_clock_state(clock, 0) == BEF_CLOCK_NOT_APPLICABLE)
		bef_paper_because(in, of, out);
}

void bef_paper_not_told(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	for (size_t i = 0; i < in->c->clock_count; i++) {
		BEF_AUTO(text) name = { .max = 4096 };

		if (!in->c->clock[i].dismissed)
			continue;
		bef_text_printf(&name, tr("%s: "), name_of(in, in->c->clock[i].rule));
		out->failed = out->failed || name.failed;
		add_dismissal(in, bef_text_str(&name), in->c->clock[i].dismissed, out);
	}
}

void bef_paper_limit(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	const struct bef_clock *clock = bef_case_clock(in->c, of);

	if (clock && bef_clock_state(clock, 0) != BEF_CLOCK_NOT_APPLICABLE)
		bef_paper_instant(in, clock->safe_at_ms, out);
}

void bef_paper_clock(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	const struct bef_clock *clock = bef_case_clock(in->c, of);

	if (!clock)
		return;
	bef_text_puts(out, bef_clock_is_to_come(clock) ? tr("to come")
	                                               : bef_clock_state_label(bef_clock_state(clock, in->now_ms)));
	if (!bef_clock_is_open(clock) || !clock->safe_at_ms)
		return;
	bef_text_puts(out, tr(", limit: "));
	bef_paper_instant(in, clock->safe_at_ms, out);
}

/* What was said when it was sent, else what was prepared. */
void bef_paper_delay(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	const struct bef_clock *clock = bef_case_clock(in->c, "rgpd33.initiale");
	const char *reasons = clock && clock->first_sent ? bef_line_text(clock->first_sent, "late_reasons") : NULL;

	(void)of;
	if (reasons)
		bef_text_puts(out, reasons);
	else
		bef_paper_fact(in, "delay-reasons", out);
}

/* --- why a rule applies or not --- */

/* "fact=yes" as the question, its answer and who gave it; the journal may hold what it was then. */
static void add_reason(const struct bef_report_input *in, const char *because, struct bef_text *out)
{
	BEF_AUTO(text) before = { .max = 1 << 16 };
	BEF_AUTO(text) fact = { .max = 1 << 10 };
	const char *equals = strchr(because, '=');
	const struct bef_answer *answer;

	bef_text_add(&fact, because, equals ? (size_t)(equals - because) : strlen(because));
	answer = answer_to(in, bef_text_str(&fact));
	bef_text_printf(&before, "%s ", question_of(in, bef_text_str(&fact), answer));
	out->failed = out->failed || before.failed || fact.failed;
	if (words_of(answer))
		add_answer(in, bef_text_str(&before), answer, out);
	else
		bef_paper_line(out, "%s%s", bef_text_str(&before), equals ? bef_word_label(&bef_answers, equals + 1) : "");
}

void bef_paper_because(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	const struct bef_clock *clock = bef_case_clock(in->c, of);
	const json_t *list = clock ? json_object_get(clock->json, "because") : NULL;

	for (size_t i = 0; i < json_array_size(list); i++)
		if (json_is_string(json_array_get(list, i)))
			add_reason(in, json_string_value(json_array_get(list, i)), out);
}

void bef_paper_off(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	for (size_t i = 0; i < in->c->clock_count; i++) {
		const struct bef_clock *clock = &in->c->clock[i];

		if (clock->dismissed || bef_clock_state(clock, 0) != BEF_CLOCK_NOT_APPLICABLE)
			continue;
		bef_paper_line(out, tr("%s (%s):"), name_of(in, clock->rule), bef_json_text_or(clock->json, "article", ""));
		bef_paper_because(in, clock->rule, out);
	}
}

void bef_paper_undecided(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	for (size_t i = 0; i < in->c->clock_count; i++) {
		const struct bef_clock *clock = &in->c->clock[i];
		const json_t *list = json_object_get(clock->json, "missing");

		if (bef_clock_state(clock, 0) != BEF_CLOCK_TO_QUALIFY || bef_clock_is_to_come(clock))
			continue;
		bef_paper_line(out, tr("%s:"), name_of(in, clock->rule));
		for (size_t m = 0; m < json_array_size(list); m++) {
			const char *fact = json_string_value(json_array_get(list, m));

			if (fact && strncmp(fact, "at:", 3) != 0)
				bef_paper_line(out, "- %s", question_of(in, fact, answer_to(in, fact)));
		}
	}
}
