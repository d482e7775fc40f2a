/* SPDX-License-Identifier: EUPL-1.2 */
/* Times in UTC, the whole log, how to check it.  Declared in parts.h. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/parts.h"

void bef_part_utc(const struct part *p)
{
	struct bef_metrics metrics;
	char when[BEF_DATE_SIZE], utc[BEF_DATE_SIZE];

	bef_metrics_of(p->c, p->in->now_ms, &metrics);
	bef_doc_heading(p->doc, 2, tr("Annex. The same times in UTC"));
	bef_doc_table(p->doc, "", COLUMNS(tr("Event"), p->c->zone, "UTC", tr("Entry")));
	for (int i = 0; i < BEF_MILESTONE_COUNT; i++) {
		const struct bef_milestone_at *at = &metrics.at[i];

		if (!at->at_ms)
			continue;
		bef_doc_cell(p->doc, "%s", bef_milestone_label((enum bef_milestone)i));
		bef_doc_cell(p->doc, "%s", bef_part_when(p, at->at_ms, when));
		bef_doc_cell(p->doc, "%s", bef_date_utc(at->at_ms, utc));
		if (at->line)
			bef_doc_cell(p->doc, "#%u", at->line->number);
		else
			bef_doc_cell(p->doc, "%s", "");
	}
	bef_doc_cell(p->doc, "%s", tr("this document"));
	bef_doc_cell(p->doc, "%s", bef_part_when(p, p->in->now_ms, when));
	bef_doc_cell(p->doc, "%s", bef_date_utc(p->in->now_ms, utc));
	bef_doc_cell(p->doc, "%s", "");
	bef_doc_table_end(p->doc);
}

static const char *label_of(const struct bef_line *line)
{
	const char *sort = strcmp(line->entry->kind, "note") == 0 ? bef_line_text(line, "sort") : NULL;

	if (sort)
		return bef_word_label(&bef_note_sorts, sort);
	return line->kind ? tr(line->kind->label) : line->entry->kind;
}

void bef_part_log(const struct part *p)
{
	const char *corrected = tr(" corrected"); /* without its space when nothing stands before it */

	bef_doc_heading(p->doc, 2, tr("Annex A. The whole log"));
	if (!bef_part_shows(p, BEF_MATTER_LOG, p->c->line_count))
		return;
	bef_doc_paragraph(p->doc, tr("Every entry, struck and undone ones included. Times of %s; the hour of writing in UTC."), p->c->zone);
	bef_doc_table(p->doc, "", COLUMNS(tr("No."), tr("Happened"), tr("Written (UTC)"), tr("Kind"), tr("Text"), tr("Author"), tr("State")));
	for (size_t i = 0; i < p->c->line_count; i++) {
		const struct bef_line *line = &p->c->line[i];
		BEF_AUTO(text) said = { .max = 2 * BEF_PROSE_MOST };
		char when[BEF_DATE_SIZE], utc[BEF_DATE_SIZE];

		bef_doc_cell(p->doc, "#%u", line->number);
		bef_doc_cell(p->doc, "%s", bef_part_when(p, line->at_ms, when));
		bef_doc_cell(p->doc, "%s", bef_date_utc(line->entry->recorded_at_ms, utc));
		bef_doc_cell(p->doc, "%s", label_of(line));
		bef_line_say(p->c, line, &said);
		p->doc->out->failed = p->doc->out->failed || said.failed;
		bef_doc_cell(p->doc, "%s", bef_part_or_withheld(p, bef_line_matter(p->c, line), bef_text_str(&said)));
		bef_doc_cell(p->doc, "%s%s%s", line->entry->author, *line->entry->role ? ", " : "",
		             *line->entry->role ? bef_word_label(&bef_roles, line->entry->role) : "");
		bef_doc_cell(p->doc, "%s%s", bef_part_state(line), line->amended ? corrected + (!*bef_part_state(line)) : "");
	}
	bef_doc_table_end(p->doc);
}

void bef_part_integrity(const struct part *p)
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
