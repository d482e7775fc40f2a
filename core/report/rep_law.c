/* SPDX-License-Identifier: EUPL-1.2 */
/* Everything here is pinned in the journal: the report reads the same whatever becomes of the rules. */

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/law.h"
#include "report/parts.h"

static const char *day_of(const struct bef_case *c, int64_t at_ms, char out[BEF_DATE_SIZE])
{
	return at_ms ? bef_date_format(at_ms, c->zone, BEF_DATE_YEAR, out) : "";
}

static const char *who(const struct bef_line *line)
{
	return bef_json_text_or(bef_line_body(line), "by", line->entry->author);
}

/* An event in words; of another rule's sending or limit, with that rule's name in the journal. */
static void say_event(const struct bef_case *c, const char *event, struct bef_text *out)
{
	const char *colon = strchr(event, ':');
	const struct bef_clock *clock = colon ? bef_case_clock(c, colon + 1) : NULL;

	if (!colon)
		bef_event_say(NULL, event, out);
	else
		bef_text_printf(out, strncmp(event, "due:", 4) == 0 ? tr("limit of: %s") : tr("sending of: %s"),
		                clock ? bef_clock_name(clock) : colon + 1);
}

static void put_start(struct bef_doc *doc, const struct bef_case *c, const struct bef_clock *clock)
{
	const char *event = bef_json_text_or(clock->json, "start_event", bef_json_text(clock->json, "waits_for"));
	BEF_AUTO(text) text = { .max = 4096 };
	char when[BEF_DATE_SIZE];

	if (event)
		say_event(c, event, &text);
	if (clock->start_at_ms)
		bef_text_printf(&text, "%s%s", text.len ? ", " : "", day_of(c, clock->start_at_ms, when));
	if (bef_json_bool(clock->json, "provisional"))
		bef_text_printf(&text, " %s", tr("(for want of a better instant)"));
	doc->out->failed = doc->out->failed || text.failed;
	bef_doc_cell(doc, "%s", bef_text_str(&text));
}

static void put_limit(struct bef_doc *doc, const struct bef_case *c, const struct bef_clock *clock)
{
	enum bef_clock_state state = bef_clock_state(clock, 0);
	char when[BEF_DATE_SIZE];

	if (clock->safe_at_ms)
		bef_doc_cell(doc, "%s", day_of(c, clock->safe_at_ms, when));
	else
		bef_doc_cell(doc, "%s", state == BEF_CLOCK_NOT_APPLICABLE || bef_json_text(clock->json, "waits_for") || !clock->json
		                                ? "" : tr("without delay"));
}

/* Who gave the answer "fact=yes" in this incident; NULL: the organisation did, once for all. */
static const char *who_answered(const struct bef_case *c, const char *because)
{
	size_t len = strcspn(because, "=");

	for (size_t i = 0; i < c->answer_count; i++)
		if (strlen(c->answer[i].fact) == len && memcmp(c->answer[i].fact, because, len) == 0)
			return who(c->answer[i].line);
	return NULL;
}

/* The answers that put it aside, as the journal holds them. */
static void add_because(const struct bef_case *c, const struct bef_clock *clock, struct bef_text *out)
{
	const json_t *list = json_object_get(clock->json, "because");

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *because = json_string_value(json_array_get(list, i));
		const char *by = because ? who_answered(c, because) : NULL;

		bef_text_printf(out, "%s%s%s%s%s", i ? ", " : "", because ? because : "", by ? " (" : "", by ? by : "", by ? ")" : "");
	}
}

/* When and under which number it was sent, and why late; or why it does not apply, and who says so. */
static void put_end(struct bef_doc *doc, const struct bef_case *c, const struct bef_clock *clock)
{
	const char *reference = clock->sent ? bef_line_text(clock->sent, "reference") : NULL;
	const char *late = clock->first_sent ? bef_line_text(clock->first_sent, "late_reasons") : NULL;
	BEF_AUTO(text) text = { .max = 1 << 20 };
	char when[BEF_DATE_SIZE];

	if (clock->dismissed)
		bef_text_printf(&text, tr("%s, says %s"), bef_json_text_or(bef_line_body(clock->dismissed), "reason", ""),
		                who(clock->dismissed));
	else if (clock->sent) {
		bef_text_printf(&text, tr("sent %s"), day_of(c, clock->sent->at_ms, when));
		if (reference)
			bef_text_printf(&text, tr(", reference %s"), reference);
		if (bef_clock_was_late(clock))
			bef_text_printf(&text, tr(", after the limit"));
		if (late)
			bef_text_printf(&text, tr(" (late because: %s)"), late);
	} else if (bef_clock_state(clock, 0) == BEF_CLOCK_NOT_APPLICABLE)
		add_because(c, clock, &text);
	doc->out->failed = doc->out->failed || text.failed;
	bef_doc_cell(doc, "%s", bef_text_str(&text));
}

static void clocks(struct bef_doc *doc, const struct bef_case *c, int64_t now_ms)
{
	if (!c->clock_count)
		return;
	bef_doc_table(doc, tr("Clocks: the prudent limit of each"),
	              COLUMNS(tr("Notification"), tr("Basis"), tr("Counts from"), tr("Limit"), tr("State"), tr("What became of it")));
	for (size_t i = 0; i < c->clock_count; i++) {
		const struct bef_clock *clock = &c->clock[i];

		bef_doc_cell(doc, "%s", bef_clock_name(clock));
		bef_doc_cell(doc, "%s", bef_json_text_or(clock->json, "article", ""));
		put_start(doc, c, clock);
		put_limit(doc, c, clock);
		bef_doc_cell(doc, "%s", bef_clock_is_to_come(clock) ? tr("to come")
		                                                    : bef_clock_state_label(bef_clock_state(clock, now_ms)));
		put_end(doc, c, clock);
	}
	bef_doc_table_end(doc);
}

static void answers(struct bef_doc *doc, const struct bef_case *c)
{
	if (!c->answer_count)
		return;
	bef_doc_table(doc, tr("Questions answered"), COLUMNS(tr("Question"), tr("Answer"), tr("By"), tr("When"), tr("Why")));
	for (size_t i = 0; i < c->answer_count; i++) {
		const struct bef_answer *answer = &c->answer[i];
		const char *word = bef_line_text(answer->line, "answer");
		char when[BEF_DATE_SIZE];

		bef_doc_cell(doc, "%s", bef_json_text_or(bef_line_body(answer->line), "question", answer->fact));
		bef_doc_cell(doc, "%s", word ? bef_word_label(&bef_answers, word) : answer->text ? answer->text : tr("[erased]"));
		bef_doc_cell(doc, "%s", who(answer->line));
		bef_doc_cell(doc, "%s", day_of(c, answer->line->at_ms, when));
		bef_doc_cell(doc, "%s", bef_json_text_or(bef_line_body(answer->line), "reason", ""));
	}
	bef_doc_table_end(doc);
}

static void instants(struct bef_doc *doc, const struct bef_case *c)
{
	if (!c->instant_count)
		return;
	bef_doc_table(doc, tr("Instants decided"), COLUMNS(tr("Instant"), tr("When"), tr("By"), tr("Why")));
	for (size_t i = 0; i < c->instant_count; i++) {
		const struct bef_instant *instant = &c->instant[i];
		BEF_AUTO(text) event = { .max = 4096 };
		char when[BEF_DATE_SIZE];

		say_event(c, instant->event, &event);
		doc->out->failed = doc->out->failed || event.failed;
		bef_doc_cell(doc, "%s", bef_text_str(&event));
		bef_doc_cell(doc, "%s", day_of(c, instant->at_ms, when));
		bef_doc_cell(doc, "%s", who(instant->line));
		bef_doc_cell(doc, "%s", bef_json_text_or(bef_line_body(instant->line), "reason", ""));
	}
	bef_doc_table_end(doc);
}

void bef_part_law(const struct part *p)
{
	const struct bef_case *c = p->c;

	if (!c->clock_count && !c->answer_count && !c->instant_count) {
		bef_doc_paragraph(p->doc, "%s", tr("No legal question was answered and no legal clock runs."));
		return;
	}
	if (!bef_part_shows(p, BEF_MATTER_LAW, c->clock_count + c->answer_count + c->instant_count))
		return;
	clocks(p->doc, c, p->in->now_ms);
	answers(p->doc, c);
	instants(p->doc, c);
	bef_doc_paragraph(p->doc, "%s", tr("What follows from these answers is to be confirmed by a lawyer."));
}
