/* SPDX-License-Identifier: EUPL-1.2 */
/* Notes by their sort: facts apart from hypotheses, and what is not known.  Declared in parts.h. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/parts.h"

static bool is_of(const struct bef_line *line, const char *sort)
{
	const char *of = strcmp(line->entry->kind, "note") == 0 && bef_line_counts(line) ? bef_line_text(line, "sort") : NULL;

	return of && strcmp(of, sort) == 0;
}

size_t bef_part_count_notes(const struct bef_case *c, const char *sort)
{
	size_t count = 0;

	for (size_t i = 0; i < c->line_count; i++)
		count += is_of(&c->line[i], sort);
	return count;
}

const struct bef_line *bef_part_last_note(const struct bef_case *c, const char *sort)
{
	const struct bef_line *last = NULL;

	for (size_t i = 0; i < c->line_count; i++)
		if (is_of(&c->line[i], sort) && (!last || c->line[i].at_ms >= last->at_ms))
			last = &c->line[i];
	return last;
}

static void put_note(const struct part *p, const struct bef_line *line)
{
	char when[BEF_DATE_SIZE];

	bef_doc_cell(p->doc, "#%u", line->number);
	bef_doc_cell(p->doc, "%s", bef_part_when(p, line->at_ms, when));
	bef_doc_cell(p->doc, "%s", bef_json_text_or(bef_line_body(line), "text", ""));
	bef_doc_cell(p->doc, "%s", bef_part_who(line));
}

static enum bef_matter matter_of(const char *sort)
{
	if (strcmp(sort, "hypothesis") == 0)
		return BEF_MATTER_HYPOTHESES;
	return strcmp(sort, "cost") == 0 ? BEF_MATTER_COSTS : BEF_MATTER_COUNT;
}

void bef_part_notes(const struct part *p, const char *sort, int most, const char *none)
{
	size_t count = bef_part_count_notes(p->c, sort);
	size_t skip = most && count > (size_t)most ? count - (size_t)most : 0;

	if (count == 0 || !bef_part_shows(p, matter_of(sort), count)) {
		if (count == 0)
			bef_doc_paragraph(p->doc, "%s", none);
		return;
	}
	bef_doc_table(p->doc, "", COLUMNS(tr("No."), tr("When"), tr("What"), tr("By")));
	for (size_t i = 0, at = 0; i < p->c->line_count; i++)
		if (is_of(&p->c->line[i], sort) && at++ >= skip)
			put_note(p, &p->c->line[i]);
	bef_doc_table_end(p->doc);
	if (skip)
		bef_doc_paragraph(p->doc, trn("%zu earlier one is in the log.", "%zu earlier ones are in the log.", (long)skip), skip);
}

/* --- what is not known --- */

static int answered_unknown(const struct part *p, int rows)
{
	for (size_t i = 0; i < p->c->answer_count; i++) {
		const struct bef_answer *answer = &p->c->answer[i];
		const char *word = bef_line_text(answer->line, "answer");

		if (!word || strcmp(word, "unknown") != 0)
			continue;
		if (!bef_readership_shows(p->doc->audience, BEF_MATTER_LAW)) {
			bef_readership_withheld(p->doc->audience, BEF_MATTER_LAW, 1);
			continue;
		}
		if (rows++ == 0)
			bef_doc_table(p->doc, "", COLUMNS(tr("Not known"), tr("Said by")));
		bef_doc_cell(p->doc, "%s", bef_json_text_or(bef_line_body(answer->line), "question", answer->fact));
		bef_doc_cell(p->doc, "%s", bef_part_who(answer->line));
	}
	return rows;
}

void bef_part_unknown(const struct part *p)
{
	const struct {
		bool so;
		const char *what;
	} rows[] = {
		{ strcmp(p->c->type, "undetermined") == 0, tr("what kind of incident it is") },
		{ !p->c->aware_at_ms, tr("when the organisation became aware (legal instant)") },
		{ !bef_case_instant(p->c, "occurred"), tr("when it began") },
	};
	int put = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (!rows[i].so)
			continue;
		if (put++ == 0)
			bef_doc_table(p->doc, "", COLUMNS(tr("Not known"), tr("Said by")));
		bef_doc_cell(p->doc, "%s", rows[i].what);
		bef_doc_cell(p->doc, "%s", tr("nobody has said"));
	}
	if (answered_unknown(p, put))
		bef_doc_table_end(p->doc);
	else
		bef_doc_paragraph(p->doc, "%s", tr("Nothing was recorded as unknown."));
}
