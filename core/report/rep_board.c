/* SPDX-License-Identifier: EUPL-1.2 */
/* For management: what happened, what it costs, what is asked of them; a page that suffices. */
#include "base/i18n.h"
#include "report/parts.h"

enum { FIRST_OF_BOARD = 3 }; /* intervals: contain, restore, close; the others are in the full report */

/* Money as written down, time as dated, and what only somebody can say. */
static void impact(const struct part *p)
{
	struct bef_metrics metrics;
	char span[BEF_DATE_SIZE], euros[BEF_AMOUNT_SIZE];
	size_t rows;
	int64_t total = bef_costs_total(p->c, &rows);

	bef_metrics_of(p->c, p->in->now_ms, &metrics);
	bef_doc_heading(p->doc, 3, tr("Impact"));
	bef_doc_table(p->doc, "", COLUMNS(tr("Measure"), tr("Value")));
	bef_doc_cell(p->doc, "%s", tr("Costs recorded so far, EUR"));
	bef_doc_cell(p->doc, "%s", bef_part_or_withheld(p, BEF_MATTER_COSTS, rows ? bef_amount_format(total, euros) : tr("unknown")));
	for (int i = FIRST_OF_BOARD; i < BEF_INTERVALS; i++) {
		bef_doc_cell(p->doc, "%s", bef_interval_label(i));
		bef_doc_cell(p->doc, "%s", bef_interval_say(&metrics.interval[i], span));
	}
	bef_doc_table_end(p->doc);
	bef_part_services(p, true);
	bef_part_to_write(p, tr("Activities hit, degraded modes"), tr("What no longer works, for whom, how it is worked around."));
}

static void write_board(struct bef_doc *doc, const struct bef_report_input *in)
{
	int section = 0;
	const struct part p = { doc, in->c, in, &section };

	bef_part_section(&p, tr("In one page"));
	bef_part_summary(&p);
	bef_part_six_facts(&p);
	impact(&p);
	bef_part_cause(&p, tr("Cause, in one line"), tr("Established, or said to be a hypothesis."));
	bef_part_section(&p, tr("Five actions"));
	bef_part_open_actions(&p, 5, false);
	bef_part_section(&p, tr("Decisions taken, decisions asked"));
	bef_part_decisions(&p);
	bef_part_reviews(&p);
	bef_part_section(&p, tr("Residual risk"));
	bef_part_to_write(&p, tr("What may still happen, and what is done against it"), "");
	bef_doc_heading(doc, 3, tr("Hypotheses, not established"));
	bef_part_notes(&p, "hypothesis", 5, tr("No hypothesis was recorded."));
	bef_part_section(&p, tr("Legal duties"));
	bef_part_clocks(&p);
	bef_part_sent(&p);
	bef_part_section(&p, tr("Course and cost"));
	bef_part_picture(&p);
	bef_part_moves(&p);
	bef_part_costs(&p);
	bef_part_utc(&p);
}

const struct bef_report bef_report_board = {
	.en = "board", .fr = "direction",
	.title = N_("Report to management"),
	.write = write_board,
};
