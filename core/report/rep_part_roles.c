/* SPDX-License-Identifier: EUPL-1.2 */
/* Who holds which role, as far as the journal tells: whoever wrote in it last.  Declared in parts.h. */
#include <string.h>

#include "base/i18n.h"
#include "report/parts.h"

/* A crisis that nobody directs, coordinates, writes down or repairs is an alarm; the others may be nobody's. */
static bool is_needed(const char *role)
{
	return bef_word_in_list("director,coordinator,scribe,technical", role);
}

static const struct bef_line *last_in(const struct bef_case *c, const char *role)
{
	const struct bef_line *last = NULL;

	for (size_t i = 0; i < c->line_count; i++)
		if (strcmp(c->line[i].entry->role, role) == 0 && (!last || c->line[i].entry->recorded_at_ms >= last->entry->recorded_at_ms))
			last = &c->line[i];
	return last;
}

void bef_part_roles(const struct part *p)
{
	char when[BEF_DATE_SIZE];

	bef_doc_table(p->doc, tr("Who wrote in each role last"), COLUMNS(tr("Role"), tr("Who"), tr("Last entry")));
	for (const struct bef_word *role = bef_roles.row; role->name; role++) {
		const struct bef_line *last = last_in(p->c, role->name);

		if (!last && !is_needed(role->name))
			continue;
		bef_doc_cell(p->doc, "%s", tr(role->label));
		bef_doc_wanted(p->doc, last ? last->entry->author : NULL);
		bef_doc_cell(p->doc, "%s", last ? bef_part_when(p, last->entry->recorded_at_ms, when) : tr("nobody wrote in this role"));
	}
	bef_doc_table_end(p->doc);
}
