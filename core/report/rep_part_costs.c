/* SPDX-License-Identifier: EUPL-1.2 */
/* The ledger of costs.  Declared in parts.h. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/figure.h"
#include "report/parts.h"

static void draw(const struct part *p, const struct bef_cost *cost, size_t count)
{
	BEF_AUTO(text) svg = { .max = 4 << 20 };

	bef_figure_costs(p->c, cost, count, p->in->now_ms, &svg);
	p->doc->out->failed = p->doc->out->failed || svg.failed;
	p->doc->format->figure(p->doc, bef_text_str(&svg));
}

static void put_rows(const struct part *p, const struct bef_cost *cost, size_t count)
{
	char when[BEF_DATE_SIZE], euros[BEF_AMOUNT_SIZE];
	int64_t total = 0;

	bef_doc_table(p->doc, "", COLUMNS(tr("No."), tr("When"), tr("What"), tr("EUR"), tr("Running total")));
	for (size_t i = 0; i < count; i++) {
		total += cost[i].cents;
		bef_doc_cell(p->doc, "#%u", cost[i].line->number);
		bef_doc_cell(p->doc, "%s", bef_part_when(p, cost[i].line->at_ms, when));
		bef_doc_cell(p->doc, "%s", bef_json_text_or(bef_line_body(cost[i].line), "text", ""));
		bef_doc_cell(p->doc, "%s", bef_amount_format(cost[i].cents, euros));
		bef_doc_cell(p->doc, "%s", bef_amount_format(total, euros));
	}
	bef_doc_cell(p->doc, "%s", tr("Total"));
	bef_doc_cell(p->doc, "%s", "");
	bef_doc_cell(p->doc, "%s", "");
	bef_doc_cell(p->doc, "%s", bef_amount_format(total, euros));
	bef_doc_cell(p->doc, "%s", "");
	bef_doc_table_end(p->doc);
}

void bef_part_costs(const struct part *p)
{
	size_t count = 0;
	BEF_AUTO_FREE struct bef_cost *cost = bef_costs(p->c, &count, &p->doc->out->failed);

	if (count == 0) {
		bef_doc_paragraph(p->doc, "%s", tr("No cost was recorded."));
		return;
	}
	if (!bef_part_shows(p, BEF_MATTER_COSTS, count))
		return;
	draw(p, cost, count);
	put_rows(p, cost, count);
}
