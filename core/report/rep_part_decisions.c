/* SPDX-License-Identifier: EUPL-1.2 */
/* The register of decisions, and those to be seen again.  Declared in parts.h. */
#include "base/i18n.h"
#include "base/json.h"
#include "report/parts.h"

static void put_choice(const struct part *p, const struct bef_line *line)
{
	const char *question = bef_line_text(line, "question");

	bef_doc_cell(p->doc, "%s%s%s", question ? question : "", question ? " -> " : "",
	             bef_json_text_or(bef_line_body(line), "choice", ""));
}

static void put_ruled_out(const struct part *p, const struct bef_line *line)
{
	const json_t *options = json_object_get(bef_line_body(line), "options");
	BEF_AUTO(text) text = { .max = 1 << 16 };

	for (size_t o = 0; o < json_array_size(options); o++)
		bef_text_printf(&text, "%s%s", o ? tr("; ") : "", json_string_value(json_array_get(options, o)));
	p->doc->out->failed = p->doc->out->failed || text.failed;
	bef_doc_cell(p->doc, "%s", bef_part_or_withheld(p, BEF_MATTER_REASONS, bef_text_str(&text)));
}

void bef_part_decisions(const struct part *p)
{
	if (p->c->decision_count == 0) {
		bef_doc_paragraph(p->doc, "%s", tr("No decision was recorded."));
		return;
	}
	bef_doc_table(p->doc, "", COLUMNS(tr("No."), tr("When"), tr("By"), tr("Decision"), tr("Why"), tr("Ruled out"), tr("To review"), tr("State")));
	for (size_t i = 0; i < p->c->decision_count; i++) {
		const struct bef_decision *decision = &p->c->decision[i];
		const struct bef_line *line = decision->line;
		char when[BEF_DATE_SIZE], review[BEF_DATE_SIZE];

		bef_doc_cell(p->doc, "D%zu", i + 1);
		bef_doc_cell(p->doc, "%s", bef_part_when(p, line->at_ms, when));
		bef_doc_cell(p->doc, "%s", bef_part_who(line));
		put_choice(p, line);
		bef_doc_wanted(p->doc, bef_part_or_withheld(p, BEF_MATTER_REASONS, bef_line_text(line, "reason")));
		put_ruled_out(p, line);
		bef_doc_cell(p->doc, "%s", bef_part_when(p, decision->review_at_ms, review));
		bef_doc_cell(p->doc, "%s", decision->superseded_by ? tr("superseded") : bef_part_state(line));
	}
	bef_doc_table_end(p->doc);
}

void bef_part_reviews(const struct part *p)
{
	char when[BEF_DATE_SIZE];
	int rows = 0;

	for (size_t i = 0; i < p->c->decision_count; i++) {
		const struct bef_decision *decision = &p->c->decision[i];

		if (!decision->review_at_ms || decision->superseded_by || !bef_line_counts(decision->line))
			continue;
		if (rows++ == 0)
			bef_doc_table(p->doc, tr("Decisions to see again"), COLUMNS(tr("No."), tr("Decision"), tr("Decided by"), tr("To review"), tr("State")));
		bef_doc_cell(p->doc, "D%zu", i + 1);
		put_choice(p, decision->line);
		bef_doc_cell(p->doc, "%s", bef_part_who(decision->line));
		bef_doc_cell(p->doc, "%s", bef_part_when(p, decision->review_at_ms, when));
		bef_doc_cell(p->doc, "%s", decision->review_at_ms <= p->in->now_ms ? tr("OVERDUE") : tr("to come"));
	}
	if (rows)
		bef_doc_table_end(p->doc);
	else
		bef_doc_paragraph(p->doc, "%s", tr("No decision is to be seen again."));
}
