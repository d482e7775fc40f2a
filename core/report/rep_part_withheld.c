/* SPDX-License-Identifier: EUPL-1.2 */
/* What a document left out for its reader, and why: the end of every document that decides.  Declared in parts.h. */
#include "base/i18n.h"
#include "report/parts.h"

static void put_rows(struct bef_doc *doc)
{
	bef_doc_table(doc, "", COLUMNS(tr("What"), tr("Why"), tr("How many times")));
	for (int i = 0; i < BEF_MATTER_COUNT; i++) {
		if (bef_readership_shows(doc->audience, (enum bef_matter)i))
			continue;
		bef_doc_cell(doc, "%s", bef_matter_label((enum bef_matter)i));
		bef_doc_cell(doc, "%s", bef_matter_reason((enum bef_matter)i));
		bef_doc_cell(doc, "%d", doc->audience->count[i]);
	}
	bef_doc_table_end(doc);
}

void bef_part_withheld(struct bef_doc *doc)
{
	const struct bef_readership *audience = doc->audience;

	if (!bef_readership_decides(audience))
		return;
	bef_doc_heading(doc, 2, tr("What this document leaves out"));
	if (audience->reader)
		bef_doc_paragraph(doc, tr("Made for this reader: %s."), bef_word_label(&bef_audiences, audience->reader));
	if (!audience->hidden) {
		bef_doc_paragraph(doc, "%s", tr("Nothing of it was left out for this reader."));
		return;
	}
	put_rows(doc);
	if (!bef_readership_shows(audience, BEF_MATTER_NAMES))
		bef_doc_paragraph(doc, tr("Names: the journal gives %d as names (authors, owners, reporters, receivers). Free text was searched for these only: a name that is written nowhere else than in a sentence is still there. Somebody reads this document again before it leaves."),
		                  bef_names_persons(&audience->names));
	if (!bef_readership_shows(audience, BEF_MATTER_DETAILS))
		bef_doc_paragraph(doc, "%s", tr("Addresses and paths in free text were found by their shape: one that is written in an unusual way is still there."));
}
