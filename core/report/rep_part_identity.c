/* SPDX-License-Identifier: EUPL-1.2 */
/* What the incident is, where it stands, how it went.  Declared in parts.h. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "report/paper_source.h"
#include "report/parts.h"
#include "report/timeline.h"

static void fact(const struct part *p, const char *label, const char *value)
{
	bef_doc_cell(p->doc, "%s", label);
	bef_doc_wanted(p->doc, value);
}

static void first_facts(const struct part *p)
{
	const struct bef_case *c = p->c;
	char severity[80], state[80];

	bef_doc_table(p->doc, "", COLUMNS(tr("Fact"), tr("Value")));
	snprintf(severity, sizeof(severity), "%s - %s", c->severity, bef_word_label(&bef_severities, c->severity));
	fact(p, tr("Severity"), severity);
	fact(p, tr("Type"), bef_word_label(&bef_types, c->type));
	snprintf(state, sizeof(state), "%s / %s", bef_word_label(&bef_phases, c->phase),
	         bef_word_label(&bef_states, c->state));
	fact(p, tr("Phase / crisis state"), state);
}

/* The hour of the opening stands for the first sign in the case when nobody dated it: that is not known. */
static int64_t first_sign(const struct part *p)
{
	struct bef_metrics metrics;

	bef_metrics_of(p->c, p->in->now_ms, &metrics);
	return metrics.at[BEF_DETECTED].at_ms;
}

void bef_part_six_facts(const struct part *p)
{
	const struct bef_case *c = p->c;
	char when[BEF_DATE_SIZE], span[BEF_DATE_SIZE];
	int64_t end_ms = c->closed_at_ms ? c->closed_at_ms : p->in->now_ms;

	first_facts(p);
	fact(p, tr("First sign"), bef_part_when(p, first_sign(p), when));
	fact(p, tr("Awareness (legal instant)"), bef_part_when(p, c->aware_at_ms, when));
	fact(p, c->closed_at_ms ? tr("Duration, from the opening to the closing") : tr("Duration since the opening"),
	     bef_span_format(end_ms - c->opened_at_ms, span));
	bef_doc_table_end(p->doc);
}

void bef_part_key_facts(const struct part *p)
{
	const struct bef_case *c = p->c;
	char when[BEF_DATE_SIZE], span[BEF_DATE_SIZE];
	int64_t end_ms = c->closed_at_ms ? c->closed_at_ms : p->in->now_ms;
	int64_t sign_ms = first_sign(p);

	first_facts(p);
	fact(p, tr("First sign"), bef_part_when(p, sign_ms, when));
	fact(p, tr("Awareness (legal instant)"), bef_part_when(p, c->aware_at_ms, when));
	fact(p, tr("Opened"), bef_part_when(p, c->opened_at_ms, when));
	fact(p, tr("Closed"), c->closed_at_ms ? bef_part_when(p, c->closed_at_ms, when) : tr("still open"));
	fact(p, tr("Duration since the first sign"), sign_ms ? bef_span_format(end_ms - sign_ms, span) : tr("unknown"));
	fact(p, tr("Duration since the opening"), bef_span_format(end_ms - c->opened_at_ms, span));
	fact(p, tr("Reported by"), c->reporter);
	bef_doc_table_end(p->doc);
}

void bef_part_summary(const struct part *p)
{
	bef_doc_heading(p->doc, 3, tr("Summary"));
	if (p->c->summary) {
		bef_doc_paragraph(p->doc, "%s", p->c->summary);
		return;
	}
	p->doc->missing++;
	bef_doc_paragraph(p->doc, "%s", tr("[to complete]"));
}

void bef_part_cause(const struct part *p, const char *label, const char *help)
{
	BEF_AUTO(text) cause = { .max = BEF_PAPER_VALUE_MOST };

	bef_paper_source_add(p->in, "cause", &cause);
	bef_paper_source_add(p->in, "fact:root-cause", &cause);
	p->doc->out->failed = p->doc->out->failed || cause.failed;
	bef_doc_field(p->doc, label, cause.len ? "" : help, bef_text_str(&cause), true);
}

void bef_part_picture(const struct part *p)
{
	BEF_AUTO(text) svg = { .max = 4 << 20 };

	bef_timeline_svg(p->c, p->in->now_ms, &svg);
	p->doc->out->failed = p->doc->out->failed || svg.failed;
	p->doc->format->figure(p->doc, bef_text_str(&svg));
}

void bef_part_moves(const struct part *p)
{
	const struct bef_case *c = p->c;
	char when[BEF_DATE_SIZE], span[BEF_DATE_SIZE];

	if (c->move_count == 0) {
		bef_doc_paragraph(p->doc, "%s", tr("The incident is in its first phase; no crisis was declared."));
		return;
	}
	bef_doc_table(p->doc, tr("Moves between phases and crisis states"),
	              COLUMNS(tr("When"), tr("From"), tr("To"), tr("After"), tr("By"), tr("Why")));
	for (size_t i = 0; i < c->move_count; i++) {
		const struct bef_move *move = &c->move[i];
		const struct bef_words *words = move->is_state ? &bef_states : &bef_phases;
		const char *why = bef_line_text(move->line, "reason");

		bef_doc_cell(p->doc, "%s", bef_part_when(p, move->line->at_ms, when));
		bef_doc_cell(p->doc, "%s", bef_word_label(words, move->from));
		bef_doc_cell(p->doc, "%s", bef_word_label(words, move->to));
		bef_doc_cell(p->doc, "%s", bef_span_format(move->line->at_ms - c->opened_at_ms, span));
		bef_doc_cell(p->doc, "%s", bef_part_who(move->line));
		bef_doc_cell(p->doc, "%s", why ? bef_part_or_withheld(p, BEF_MATTER_REASONS, why) : "");
	}
	bef_doc_table_end(p->doc);
}
