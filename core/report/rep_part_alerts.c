/* SPDX-License-Identifier: EUPL-1.2 */
/* What rang, where, and whether it arrived.  Declared in parts.h. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/parts.h"

static const char *ending_of(const struct bef_delivery *delivery)
{
	const char *state = bef_delivery_state(delivery);

	if (!delivery->line)
		return tr("waiting");
	return strcmp(state, "failed") == 0 ? tr("NOT delivered") : bef_word_label(&bef_alert_endings, state);
}

void bef_part_alerts(const struct part *p)
{
	if (p->c->alert_count == 0) {
		bef_doc_paragraph(p->doc, "%s", tr("No alert was raised."));
		return;
	}
	if (!bef_part_shows(p, BEF_MATTER_ALERTS, p->c->alert_count))
		return;
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
