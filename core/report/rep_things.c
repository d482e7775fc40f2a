/* SPDX-License-Identifier: EUPL-1.2 */
/* In the full report: what of ours is affected, and what was seen of the attacker.  Nothing where there is none. */
#include "base/i18n.h"
#include "base/json.h"
#include "model/observable.h"
#include "report/parts.h"

static const char *state_of(const struct bef_line *line, const char *label)
{
	return line->erased ? tr("text erased") : line->struck ? tr("struck") : line->undone ? tr("undone") : label;
}

/* What was said last of it: at the change, else when it was noted. */
static const char *words_of(const struct bef_line *line, const struct bef_line *changed)
{
	const char *reason = changed ? bef_line_text(changed, "reason") : NULL;

	return reason ? reason : bef_line_text(line, "text");
}

static void assets(const struct part *p)
{
	if (p->c->asset_count == 0)
		return;
	bef_doc_heading(p->doc, 3, tr("Affected assets"));
	if (!bef_part_shows(p, BEF_MATTER_DETAILS, p->c->asset_count))
		return;
	bef_doc_table(p->doc, "", COLUMNS(tr("No."), tr("Asset"), tr("Type"), tr("State"), tr("Since"), tr("Owner"), tr("Criticality"), tr("What")));
	for (size_t i = 0; i < p->c->asset_count; i++) {
		const struct bef_asset *one = &p->c->asset[i];
		const struct bef_line *last = one->changed ? one->changed : one->line;
		const char *words = words_of(one->line, one->changed);
		char when[BEF_DATE_SIZE];

		bef_doc_cell(p->doc, "S%zu", i + 1);
		bef_doc_cell(p->doc, "%s", one->name ? one->name : tr("[erased]"));
		bef_doc_cell(p->doc, "%s", bef_word_label(&bef_asset_types, one->type));
		bef_doc_cell(p->doc, "%s", state_of(one->line, bef_word_label(&bef_asset_states, one->status)));
		bef_doc_cell(p->doc, "%s", bef_part_when(p, last->at_ms, when));
		bef_doc_cell(p->doc, "%s", one->owner ? one->owner : "");
		bef_doc_cell(p->doc, "%s", one->criticality ? bef_word_label(&bef_criticalities, one->criticality) : "");
		bef_doc_cell(p->doc, "%s", words ? words : "");
	}
	bef_doc_table_end(p->doc);
}

static void put_value(const struct part *p, const struct bef_observable *one)
{
	BEF_AUTO(text) value = { .max = 4 * BEF_PROSE_MOST };

	if (one->value)
		bef_defang(one->type, one->value, &value);
	else
		bef_text_puts(&value, tr("[erased]"));
	bef_part_cell(p, &value);
}

static void observables(const struct part *p)
{
	if (p->c->observable_count == 0)
		return;
	bef_doc_heading(p->doc, 3, tr("Observables"));
	if (!bef_part_shows(p, BEF_MATTER_DETAILS, p->c->observable_count))
		return;
	bef_doc_paragraph(p->doc, "%s", tr("Addresses are written so that nobody follows them by accident: hxxp, [.], [@]."));
	bef_doc_table(p->doc, "", COLUMNS(tr("No."), tr("Type"), tr("Value"), tr("State"), tr("Marking"), tr("First seen"), tr("Seen on"), tr("Source"), tr("What")));
	for (size_t i = 0; i < p->c->observable_count; i++) {
		const struct bef_observable *one = &p->c->observable[i];
		const char *words = words_of(one->line, one->changed);
		char when[BEF_DATE_SIZE];

		bef_doc_cell(p->doc, "O%zu", i + 1);
		bef_doc_cell(p->doc, "%s", bef_word_label(&bef_observable_types, one->type));
		put_value(p, one);
		bef_doc_cell(p->doc, "%s", state_of(one->line, bef_word_label(&bef_observable_states, one->status)));
		bef_doc_cell(p->doc, "%s%s%s", bef_word_label(&bef_tlps, bef_observable_tlp(p->c, one)), one->pap ? ", " : "",
		             one->pap ? bef_word_label(&bef_paps, one->pap) : "");
		bef_doc_cell(p->doc, "%s", bef_part_when(p, one->first_seen_at_ms ? one->first_seen_at_ms : one->line->at_ms, when));
		bef_doc_cell(p->doc, one->asset == BEF_NONE ? "" : "S%d", one->asset + 1);
		bef_doc_cell(p->doc, "%s", one->source ? one->source : "");
		bef_doc_cell(p->doc, "%s", words ? words : "");
	}
	bef_doc_table_end(p->doc);
}

void bef_part_things(const struct part *p)
{
	assets(p);
	observables(p);
}
