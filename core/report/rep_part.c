/* SPDX-License-Identifier: EUPL-1.2 */
/* What the parts of the documents share.  Declared in parts.h. */

#include "base/i18n.h"
#include "base/json.h"
#include "report/parts.h"

const char *bef_part_when(const struct part *p, int64_t at_ms, char out[BEF_DATE_SIZE])
{
	return at_ms ? bef_date_format(at_ms, p->c->zone, BEF_DATE_YEAR, out) : "";
}

void bef_part_section(const struct part *p, const char *title)
{
	BEF_AUTO(text) text = { .max = 4096 };

	bef_text_printf(&text, "%d. %s", ++*p->section, title);
	p->doc->out->failed = p->doc->out->failed || text.failed;
	bef_doc_heading(p->doc, 2, bef_text_str(&text));
}

bool bef_part_shows(const struct part *p, enum bef_matter matter, size_t count)
{
	if (bef_readership_shows(p->doc->audience, matter))
		return true;
	bef_readership_withheld(p->doc->audience, matter, (int)count);
	bef_doc_paragraph(p->doc, tr("[withheld] (%s: %s)"), bef_matter_label(matter), bef_matter_reason(matter));
	return false;
}

const char *bef_part_or_withheld(const struct part *p, enum bef_matter matter, const char *text)
{
	if (!text || !*text || bef_readership_shows(p->doc->audience, matter))
		return text;
	bef_readership_withheld(p->doc->audience, matter, 1);
	return tr("[withheld]");
}

void bef_part_to_write(const struct part *p, const char *label, const char *help)
{
	bef_doc_field(p->doc, label, help, NULL, true);
}

void bef_part_cell(const struct part *p, const struct bef_text *text)
{
	p->doc->out->failed = p->doc->out->failed || text->failed;
	bef_doc_cell(p->doc, "%s", bef_text_str(text));
}

const char *bef_part_who(const struct bef_line *line)
{
	return bef_json_text_or(bef_line_body(line), "by", line->entry->author);
}

const char *bef_part_state(const struct bef_line *line)
{
	return line->erased ? tr("text erased") : line->struck ? tr("struck") : line->undone ? tr("undone") : "";
}
