/* SPDX-License-Identifier: EUPL-1.2 */
/* Everything: one page that suffices, then the registers, then the whole log, struck lines included. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/parts.h"
#include "report/rep_law.h"
#include "report/timeline.h"

const char *bef_part_when(const struct part *p, int64_t at_ms, char out[BEF_DATE_SIZE])
{
	return at_ms ? bef_date_format(at_ms, p->c->zone, BEF_DATE_YEAR, out) : "";
}

static void fact(const struct part *p, const char *label, const char *value)
{
	bef_doc_cell(p->doc, "%s", label);
	bef_doc_wanted(p->doc, value);
}

static void key_facts(const struct part *p)
{
	const struct bef_case *c = p->c;
	char when[BEF_DATE_SIZE], span[BEF_DATE_SIZE], severity[80], state[80];
	int64_t end_ms = c->closed_at_ms ? c->closed_at_ms : p->in->now_ms;

	bef_doc_heading(p->doc, 2, tr("1. In one page"));
	bef_doc_table(p->doc, "", COLUMNS(tr("Fact"), tr("Value")));
	snprintf(severity, sizeof(severity), "%s - %s", c->severity, bef_word_label(&bef_severities, c->severity));
	fact(p, tr("Severity"), severity);
	fact(p, tr("Type"), bef_word_label(&bef_types, c->type));
	snprintf(state, sizeof(state), "%s / %s", bef_word_label(&bef_phases, c->phase),
	         bef_word_label(&bef_states, c->state));
	fact(p, tr("Phase / crisis state"), state);
	fact(p, tr("First sign"), bef_part_when(p, c->detected_at_ms, when));
	fact(p, tr("Awareness (legal instant)"), bef_part_when(p, c->aware_at_ms, when));
	fact(p, tr("Opened"), bef_part_when(p, c->opened_at_ms, when));
	fact(p, tr("Closed"), c->closed_at_ms ? bef_part_when(p, c->closed_at_ms, when) : tr("still open"));
	fact(p, tr("Duration since the first sign"), bef_span_format(end_ms - c->detected_at_ms, span));
	fact(p, tr("Duration since the opening"), bef_span_format(end_ms - c->opened_at_ms, span));
	fact(p, tr("Reported by"), c->reporter);
	bef_doc_table_end(p->doc);
	bef_doc_heading(p->doc, 3, tr("Summary"));
	if (c->summary)
		bef_doc_paragraph(p->doc, "%s", c->summary);
	else {
		p->doc->missing++;
		bef_doc_paragraph(p->doc, "%s", tr("[to complete]"));
	}
}

static void course(const struct part *p)
{
	const struct bef_case *c = p->c;
	BEF_AUTO(text) svg = { .max = 4 << 20 };
	char when[BEF_DATE_SIZE], span[BEF_DATE_SIZE];

	bef_doc_heading(p->doc, 2, tr("2. Course of the incident"));
	bef_timeline_svg(c, p->in->now_ms, &svg);
	if (svg.failed)
		p->doc->out->failed = true;
	p->doc->format->figure(p->doc, bef_text_str(&svg));
	bef_doc_table(p->doc, tr("Moves between phases and crisis states"),
	              COLUMNS(tr("When"), tr("From"), tr("To"), tr("After"), tr("By"), tr("Why")));
	for (size_t i = 0; i < c->move_count; i++) {
		const struct bef_move *move = &c->move[i];
		const struct bef_words *words = move->is_state ? &bef_states : &bef_phases;
		const char *by = bef_line_text(move->line, "by");
		const char *why = bef_line_text(move->line, "reason");

		bef_doc_cell(p->doc, "%s", bef_part_when(p, move->line->at_ms, when));
		bef_doc_cell(p->doc, "%s", bef_word_label(words, move->from));
		bef_doc_cell(p->doc, "%s", bef_word_label(words, move->to));
		bef_doc_cell(p->doc, "%s", bef_span_format(move->line->at_ms - c->opened_at_ms, span));
		bef_doc_cell(p->doc, "%s", by ? by : move->line->entry->author);
		bef_doc_cell(p->doc, "%s", why ? why : "");
	}
	bef_doc_table_end(p->doc);
}

static const char *line_state(const struct bef_line *line)
{
	return line->erased ? tr("text erased") : line->struck ? tr("struck") : line->undone ? tr("undone") : "";
}

static void decisions(const struct part *p)
{
	bef_doc_heading(p->doc, 2, tr("3. Decision register"));
	if (p->c->decision_count == 0) {
		bef_doc_paragraph(p->doc, "%s", tr("No decision was recorded."));
		return;
	}
	bef_doc_table(p->doc, "", COLUMNS(tr("No."), tr("When"), tr("By"), tr("Decision"), tr("Why"), tr("Ruled out"), tr("To review"), tr("State")));
	for (size_t i = 0; i < p->c->decision_count; i++) {
		const struct bef_decision *decision = &p->c->decision[i];
		const struct bef_line *line = decision->line;
		const json_t *options = json_object_get(bef_line_body(line), "options");
		const char *question = bef_line_text(line, "question");
		const char *by = bef_line_text(line, "by");
		BEF_AUTO(text) ruled_out = { .max = 1 << 16 };
		char when[BEF_DATE_SIZE], review[BEF_DATE_SIZE];

		for (size_t o = 0; o < json_array_size(options); o++)
			bef_text_printf(&ruled_out, "%s%s", o ? tr("; ") : "", json_string_value(json_array_get(options, o)));
		bef_doc_cell(p->doc, "D%zu", i + 1);
		bef_doc_cell(p->doc, "%s", bef_part_when(p, line->at_ms, when));
		bef_doc_cell(p->doc, "%s", by ? by : line->entry->author);
		bef_doc_cell(p->doc, "%s%s%s", question ? question : "", question ? " -> " : "",
		             bef_json_text_or(bef_line_body(line), "choice", ""));
		bef_doc_wanted(p->doc, bef_line_text(line, "reason"));
		p->doc->out->failed = p->doc->out->failed || ruled_out.failed;
		bef_doc_cell(p->doc, "%s", bef_text_str(&ruled_out));
		bef_doc_cell(p->doc, "%s", bef_part_when(p, decision->review_at_ms, review));
		bef_doc_cell(p->doc, "%s", decision->superseded_by ? tr("superseded") : line_state(line));
	}
	bef_doc_table_end(p->doc);
}

static void actions(const struct part *p)
{
	bef_doc_heading(p->doc, 2, tr("4. Action plan"));
	if (p->c->action_count == 0) {
		bef_doc_paragraph(p->doc, "%s", tr("No action was planned."));
		return;
	}
	bef_doc_table(p->doc, "", COLUMNS(tr("No."), tr("Action"), tr("Owner"), tr("Before"), tr("State"), tr("Result")));
	for (size_t i = 0; i < p->c->action_count; i++) {
		const struct bef_action *action = &p->c->action[i];
		const char *result = action->changed ? bef_line_text(action->changed, "reason") : NULL;
		char when[BEF_DATE_SIZE];

		bef_doc_cell(p->doc, "A%zu", i + 1);
		bef_doc_cell(p->doc, "%s", bef_json_text_or(bef_line_body(action->line), "text", tr("[erased]")));
		bef_doc_wanted(p->doc, action->owner);
		bef_doc_cell(p->doc, "%s", bef_part_when(p, action->due_at_ms, when));
		bef_doc_cell(p->doc, "%s", *line_state(action->line) ? line_state(action->line)
		                                                     : bef_word_label(&bef_action_states, action->state));
		bef_doc_cell(p->doc, "%s", result ? result : "");
	}
	bef_doc_table_end(p->doc);
}

static void custody(const struct part *p)
{
	const struct bef_case *c = p->c;
	bool any = false;

	for (size_t i = 0; i < c->evidence_count; i++)
		any = any || c->evidence[i].handovers;
	if (!any)
		return;
	bef_doc_table(p->doc, tr("Chain of custody"), COLUMNS(tr("Item"), tr("When"), tr("Handed over by"), tr("To"), tr("Where"), tr("Why")));
	for (size_t i = 0; i < c->line_count; i++) {
		const struct bef_line *line = &c->line[i];
		const json_t *body = bef_line_body(line);
		char when[BEF_DATE_SIZE];

		if (strcmp(line->entry->kind, "evidence.handed") != 0 || line->about == BEF_NONE || !bef_line_counts(line))
			continue;
		bef_doc_cell(p->doc, "%d", line->about + 1);
		bef_doc_cell(p->doc, "%s", bef_part_when(p, line->at_ms, when));
		bef_doc_cell(p->doc, "%s", bef_json_text_or(body, "by", line->entry->author));
		bef_doc_cell(p->doc, "%s", bef_json_text_or(body, "to", ""));
		bef_doc_cell(p->doc, "%s", bef_json_text_or(body, "where", ""));
		bef_doc_cell(p->doc, "%s", bef_json_text_or(body, "reason", ""));
	}
	bef_doc_table_end(p->doc);
}

static void evidence(const struct part *p)
{
	bef_doc_heading(p->doc, 2, tr("6. Evidence"));
	if (p->c->evidence_count == 0) {
		bef_doc_paragraph(p->doc, "%s", tr("No evidence was attached."));
		return;
	}
	bef_doc_table(p->doc, "", COLUMNS(tr("Item"), tr("File"), tr("Bytes"), tr("SHA-256"), tr("Collected"), tr("By"), tr("How, where"), tr("What")));
	for (size_t i = 0; i < p->c->evidence_count; i++) {
		const struct bef_line *line = p->c->evidence[i].line;
		const json_t *body = bef_line_body(line);
		const char *how = bef_json_text(body, "how");
		const char *where = bef_json_text(body, "where");
		char when[BEF_DATE_SIZE];

		bef_doc_cell(p->doc, "%zu", i + 1);
		bef_doc_cell(p->doc, "%s", bef_json_text_or(body, "name", tr("[erased]")));
		bef_doc_cell(p->doc, "%lld", (long long)bef_line_int(line, "size"));
		bef_doc_wanted(p->doc, bef_json_text(body, "sha256"));
		bef_doc_cell(p->doc, "%s", bef_part_when(p, line->at_ms, when));
		bef_doc_cell(p->doc, "%s", bef_json_text_or(body, "by", line->entry->author));
		bef_doc_cell(p->doc, "%s%s%s", how ? how : "", how && where ? ", " : "", where ? where : "");
		bef_doc_cell(p->doc, "%s%s%s", bef_json_text_or(body, "text", ""), line->struck ? " - " : "", line_state(line));
	}
	bef_doc_table_end(p->doc);
	custody(p);
}

static const char *ending_of(const struct bef_delivery *delivery)
{
	const char *state = bef_delivery_state(delivery);

	if (!delivery->line)
		return tr("waiting");
	return strcmp(state, "failed") == 0 ? tr("NOT delivered") : bef_word_label(&bef_alert_endings, state);
}

static void alerts(const struct part *p)
{
	bef_doc_heading(p->doc, 2, tr("7. Alerts"));
	if (p->c->alert_count == 0) {
		bef_doc_paragraph(p->doc, "%s", tr("No alert was raised."));
		return;
	}
	bef_doc_table(p->doc, "", COLUMNS(tr("No."), tr("When"), tr("Level"), tr("Text"), tr("Destination"), tr("Result")));
	for (size_t d = 0; d < p->c->delivery_count; d++) {
		const struct bef_delivery *delivery = &p->c->delivery[d];
		const struct bef_line *raised = p->c->alert[delivery->alert].line;
		char when[BEF_DATE_SIZE];

		bef_doc_cell(p->doc, "%d", delivery->alert + 1);
		bef_doc_cell(p->doc, "%s", bef_part_when(p, raised->at_ms, when));
		bef_doc_cell(p->doc, "%s", bef_word_label(&bef_alert_levels, bef_json_text_or(bef_line_body(raised), "level", "")));
		bef_doc_cell(p->doc, "%s", bef_alert_text(raised) ? bef_alert_text(raised) : tr("[erased]"));
		bef_doc_cell(p->doc, "%s", delivery->destination ? delivery->destination : "");
		bef_doc_cell(p->doc, "%s %s", ending_of(delivery), delivery->line ? bef_part_when(p, delivery->line->at_ms, when) : "");
	}
	bef_doc_table_end(p->doc);
}

static void costs(const struct part *p)
{
	int64_t total = 0;
	int rows = 0;

	for (size_t i = 0; i < p->c->line_count; i++) {
		const struct bef_line *line = &p->c->line[i];
		int64_t cents = bef_line_counts(line) && strcmp(line->entry->kind, "note") == 0 ? bef_line_int(line, "amount_cents") : 0;
		char when[BEF_DATE_SIZE];

		if (!cents)
			continue;
		if (rows++ == 0) {
			bef_doc_heading(p->doc, 2, tr("8. Costs"));
			bef_doc_table(p->doc, "", COLUMNS(tr("When"), tr("What"), tr("EUR")));
		}
		total += cents;
		bef_doc_cell(p->doc, "%s", bef_part_when(p, line->at_ms, when));
		bef_doc_cell(p->doc, "%s", bef_json_text_or(bef_line_body(line), "text", ""));
		bef_doc_cell(p->doc, "%lld,%02lld", (long long)(cents / 100), (long long)(cents % 100));
	}
	if (rows == 0)
		return;
	bef_doc_cell(p->doc, "%s", tr("Total"));
	bef_doc_cell(p->doc, "%s", "");
	bef_doc_cell(p->doc, "%lld,%02lld", (long long)(total / 100), (long long)(total % 100));
	bef_doc_table_end(p->doc);
}

static const char *label_of(const struct bef_line *line)
{
	const char *sort = strcmp(line->entry->kind, "note") == 0 ? bef_line_text(line, "sort") : NULL;

	if (sort)
		return bef_word_label(&bef_note_sorts, sort);
	return line->kind ? tr(line->kind->label) : line->entry->kind;
}

static void whole_log(const struct part *p)
{
	const char *corrected = tr(" corrected"); /* without its space when nothing stands before it */

	bef_doc_heading(p->doc, 2, tr("Annex A. The whole log"));
	bef_doc_paragraph(p->doc, tr("Every entry, struck and undone ones included. Times of %s; the hour of writing in UTC."), p->c->zone);
	bef_doc_table(p->doc, "", COLUMNS(tr("No."), tr("Happened"), tr("Written (UTC)"), tr("Kind"), tr("Text"), tr("Author"), tr("State")));
	for (size_t i = 0; i < p->c->line_count; i++) {
		const struct bef_line *line = &p->c->line[i];
		BEF_AUTO(text) said = { .max = 2 * BEF_PROSE_MOST };
		char when[BEF_DATE_SIZE], utc[BEF_DATE_SIZE];

		bef_line_say(p->c, line, &said);
		p->doc->out->failed = p->doc->out->failed || said.failed;
		bef_doc_cell(p->doc, "#%u", line->number);
		bef_doc_cell(p->doc, "%s", bef_part_when(p, line->at_ms, when));
		bef_doc_cell(p->doc, "%s", bef_date_utc(line->entry->recorded_at_ms, utc));
		bef_doc_cell(p->doc, "%s", label_of(line));
		bef_doc_cell(p->doc, "%s", bef_text_str(&said));
		bef_doc_cell(p->doc, "%s%s%s", line->entry->author, *line->entry->role ? ", " : "",
		             *line->entry->role ? bef_word_label(&bef_roles, line->entry->role) : "");
		bef_doc_cell(p->doc, "%s%s", line_state(line), line->amended ? corrected + (!*line_state(line)) : "");
	}
	bef_doc_table_end(p->doc);
}

static void integrity(const struct part *p)
{
	char hex[BEF_HASH_HEX];

	bef_doc_heading(p->doc, 2, tr("Annex B. Checking this record"));
	bef_doc_paragraph(p->doc, "%s", tr("Each entry names the digest of those before it and is signed by the machine and account that wrote it. Whoever keeps the head below can tell later whether anything before it was changed, removed or inserted. A signature proves which post wrote, not which person."));
	for (unsigned i = 0; i < p->c->head_count; i++) {
		bef_hex(p->c->head[i].byte, sizeof(p->c->head[i].byte), hex);
		bef_doc_paragraph(p->doc, tr("Head: %s"), hex);
	}
	bef_doc_paragraph(p->doc, "%s", tr("With the program: beffroi verify --head HEAD. Without it: beffroi log --format journal gives the signed bytes; the page in contrib/verify explains how to check them with jq and sha256sum."));
}

static void write_full(struct bef_doc *doc, const struct bef_report_input *in)
{
	const struct part p = { doc, in->c, in };

	key_facts(&p);
	course(&p);
	decisions(&p);
	actions(&p);
	bef_part_runs(&p);
	evidence(&p);
	bef_part_things(&p);
	alerts(&p);
	costs(&p);
	bef_report_law(doc, in->c, in->now_ms);
	whole_log(&p);
	integrity(&p);
}

const struct bef_report bef_report_full = {
	.en = "full", .fr = "complet",
	.title = N_("Full incident report"),
	.write = write_full,
};
