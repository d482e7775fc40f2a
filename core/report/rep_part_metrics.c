/* SPDX-License-Identifier: EUPL-1.2 */
/* How long things took.  Declared in parts.h. */
#include "base/i18n.h"
#include "report/parts.h"

static void put_intervals(const struct part *p, const struct bef_metrics *metrics)
{
	char span[BEF_DATE_SIZE];

	bef_doc_table(p->doc, tr("Intervals between dated events"), COLUMNS(tr("Interval"), tr("Length")));
	for (int i = 0; i < BEF_INTERVALS; i++) {
		bef_doc_cell(p->doc, "%s", bef_interval_label(i));
		bef_doc_cell(p->doc, "%s", bef_interval_say(&metrics->interval[i], span));
	}
	bef_doc_table_end(p->doc);
}

static void put_stays(const struct part *p, const struct bef_metrics *metrics)
{
	char span[BEF_DATE_SIZE];

	bef_doc_table(p->doc, tr("Time in each phase since the opening"), COLUMNS(tr("Phase"), tr("Length"), tr("Times entered")));
	for (int i = 0; i < metrics->stays; i++) {
		bef_doc_cell(p->doc, "%s", bef_word_label(&bef_phases, metrics->stay[i].phase));
		bef_doc_cell(p->doc, "%s", bef_span_format(metrics->stay[i].span_ms, span));
		bef_doc_cell(p->doc, "%d", metrics->stay[i].visits);
	}
	bef_doc_table_end(p->doc);
}

void bef_part_metrics(const struct part *p)
{
	struct bef_metrics metrics;

	bef_metrics_of(p->c, p->in->now_ms, &metrics);
	bef_doc_heading(p->doc, 3, tr("How long it took"));
	put_intervals(p, &metrics);
	put_stays(p, &metrics);
}
