/* SPDX-License-Identifier: EUPL-1.2 */
/* The action plan: whole, what is still to do, what is done.  Declared in parts.h. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/parts.h"

static const char *text_of(const struct bef_action *action)
{
	return bef_json_text_or(bef_line_body(action->line), "text", tr("[erased]"));
}

static const char *result_of(const struct bef_action *action)
{
	const char *result = action->changed ? bef_line_text(action->changed, "reason") : NULL;

	return result ? result : "";
}

void bef_part_actions(const struct part *p)
{
	if (p->c->action_count == 0) {
		bef_doc_paragraph(p->doc, "%s", tr("No action was planned."));
		return;
	}
	bef_doc_table(p->doc, "", COLUMNS(tr("No."), tr("Action"), tr("Owner"), tr("Before"), tr("State"), tr("Result")));
	for (size_t i = 0; i < p->c->action_count; i++) {
		const struct bef_action *action = &p->c->action[i];
		const char *state = bef_part_state(action->line);
		char when[BEF_DATE_SIZE];

		bef_doc_cell(p->doc, "A%zu", i + 1);
		bef_doc_cell(p->doc, "%s", text_of(action));
		bef_doc_wanted(p->doc, action->owner);
		bef_doc_cell(p->doc, "%s", bef_part_when(p, action->due_at_ms, when));
		bef_doc_cell(p->doc, "%s", *state ? state : bef_word_label(&bef_action_states, action->state));
		bef_doc_cell(p->doc, "%s", result_of(action));
	}
	bef_doc_table_end(p->doc);
}

/* What is due first comes first, then the highest priority, then the order of coming. */
static int by_urgency(const void *a_, const void *b_)
{
	const struct bef_action *a = *(const struct bef_action *const *)a_;
	const struct bef_action *b = *(const struct bef_action *const *)b_;
	int64_t a_due = a->due_at_ms ? a->due_at_ms : INT64_MAX;
	int64_t b_due = b->due_at_ms ? b->due_at_ms : INT64_MAX;
	int order;

	if (a_due != b_due)
		return a_due < b_due ? -1 : 1;
	order = strcmp(bef_json_text_or(bef_line_body(a->line), "priority", "9"),
	               bef_json_text_or(bef_line_body(b->line), "priority", "9"));
	return order ? order : a->line->number < b->line->number ? -1 : 1;
}

static void put_open(const struct part *p, const struct bef_action *action)
{
	char when[BEF_DATE_SIZE];
	bool late = action->due_at_ms && action->due_at_ms < p->in->now_ms;

	bef_doc_cell(p->doc, "A%d", action->line->about + 1);
	bef_doc_cell(p->doc, "%s", text_of(action));
	bef_doc_wanted(p->doc, action->owner);
	bef_doc_wanted(p->doc, bef_part_when(p, action->due_at_ms, when));
	bef_doc_cell(p->doc, "%s", late ? tr("OVERDUE") : bef_word_label(&bef_action_states, action->state));
}

void bef_part_open_actions(const struct part *p, int most, bool late)
{
	const struct bef_action **open = calloc(p->c->action_count + 1, sizeof(*open));
	size_t count = 0;

	if (!open) {
		p->doc->out->failed = true;
		return;
	}
	for (size_t i = 0; i < p->c->action_count; i++)
		if (bef_action_open(&p->c->action[i]) &&
		    (!late || (p->c->action[i].due_at_ms && p->c->action[i].due_at_ms < p->in->now_ms)))
			open[count++] = &p->c->action[i];
	qsort(open, count, sizeof(*open), by_urgency);
	if (count == 0)
		bef_doc_paragraph(p->doc, "%s", late ? tr("No action is overdue.") : tr("No action is open."));
	else {
		bef_doc_table(p->doc, "", COLUMNS(tr("No."), tr("Action"), tr("Owner"), tr("Before"), tr("State")));
		for (size_t i = 0; i < count && (!most || i < (size_t)most); i++)
			put_open(p, open[i]);
		bef_doc_table_end(p->doc);
		if (most && count > (size_t)most)
			bef_doc_paragraph(p->doc, trn("%zu more is open.", "%zu more are open.", (long)(count - (size_t)most)), count - (size_t)most);
	}
	free(open);
}

void bef_part_done_actions(const struct part *p, int most)
{
	int done = 0;
	int skip;

	for (size_t i = 0; i < p->c->action_count; i++)
		done += !bef_action_open(&p->c->action[i]) && bef_line_counts(p->c->action[i].line);
	skip = done > most ? done - most : 0;
	if (done == 0)
		return;
	bef_doc_table(p->doc, tr("Actions settled"), COLUMNS(tr("No."), tr("Action"), tr("Owner"), tr("State"), tr("Result")));
	for (size_t i = 0; i < p->c->action_count; i++) {
		const struct bef_action *action = &p->c->action[i];

		if (bef_action_open(action) || !bef_line_counts(action->line) || skip-- > 0)
			continue;
		bef_doc_cell(p->doc, "A%zu", i + 1);
		bef_doc_cell(p->doc, "%s", text_of(action));
		bef_doc_cell(p->doc, "%s", action->owner ? action->owner : "");
		bef_doc_cell(p->doc, "%s", bef_word_label(&bef_action_states, action->state));
		bef_doc_cell(p->doc, "%s", result_of(action));
	}
	bef_doc_table_end(p->doc);
}
