/* SPDX-License-Identifier: EUPL-1.2 */
/* What was collected, and whose hands it went through.  Declared in parts.h. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/parts.h"

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
		bef_doc_cell(p->doc, "%s", bef_part_who(line));
		bef_doc_cell(p->doc, "%s", bef_json_text_or(body, "to", ""));
		bef_doc_cell(p->doc, "%s", bef_part_or_withheld(p, BEF_MATTER_DETAILS, bef_json_text_or(body, "where", "")));
		bef_doc_cell(p->doc, "%s", bef_json_text_or(body, "reason", ""));
	}
	bef_doc_table_end(p->doc);
}

void bef_part_evidence(const struct part *p)
{
	if (p->c->evidence_count == 0) {
		bef_doc_paragraph(p->doc, "%s", tr("No evidence was attached."));
		return;
	}
	if (!bef_part_shows(p, BEF_MATTER_EVIDENCE, p->c->evidence_count))
		return;
	bef_doc_table(p->doc, "", COLUMNS(tr("Item"), tr("File"), tr("Bytes"), tr("SHA-256"), tr("Collected"), tr("By"), tr("How, where"), tr("What")));
	for (size_t i = 0; i < p->c->evidence_count; i++) {
		const struct bef_line *line = p->c->evidence[i].line;
		const json_t *body = bef_line_body(line);
		const char *how = bef_json_text(body, "how");
		const char *where = bef_part_or_withheld(p, BEF_MATTER_DETAILS, bef_json_text(body, "where"));
		char when[BEF_DATE_SIZE];

		bef_doc_cell(p->doc, "%zu", i + 1);
		bef_doc_cell(p->doc, "%s", bef_json_text_or(body, "name", tr("[erased]")));
		bef_doc_cell(p->doc, "%lld", (long long)bef_line_int(line, "size"));
		bef_doc_wanted(p->doc, bef_json_text(body, "sha256"));
		bef_doc_cell(p->doc, "%s", bef_part_when(p, line->at_ms, when));
		bef_doc_cell(p->doc, "%s", bef_part_who(line));
		bef_doc_cell(p->doc, "%s%s%s", how ? how : "", how && where ? ", " : "", where ? where : "");
		bef_doc_cell(p->doc, "%s%s%s", bef_json_text_or(body, "text", ""), line->struck ? " - " : "", bef_part_state(line));
	}
	bef_doc_table_end(p->doc);
	custody(p);
}
