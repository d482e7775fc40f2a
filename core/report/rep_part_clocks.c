/* SPDX-License-Identifier: EUPL-1.2 */
/* Legal clocks at a glance, and what was sent.  Declared in parts.h. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/parts.h"

/* Those with a limit first, the nearest first; then those that ask for an answer. */
static int by_limit(const void *a_, const void *b_)
{
	const struct bef_clock *a = *(const struct bef_clock *const *)a_;
	const struct bef_clock *b = *(const struct bef_clock *const *)b_;
	int64_t a_ms = a->safe_at_ms ? a->safe_at_ms : INT64_MAX;
	int64_t b_ms = b->safe_at_ms ? b->safe_at_ms : INT64_MAX;

	return a_ms != b_ms ? (a_ms < b_ms ? -1 : 1) : a < b ? -1 : a > b;
}

static void put_clock(const struct part *p, const struct bef_clock *clock)
{
	enum bef_clock_state state = bef_clock_state(clock, p->in->now_ms);
	char when[BEF_DATE_SIZE], ago[BEF_DATE_SIZE];

	bef_doc_cell(p->doc, "%s", bef_clock_name(clock));
	if (clock->safe_at_ms)
		bef_doc_cell(p->doc, "%s (%s)", bef_part_when(p, clock->safe_at_ms, when),
		             bef_ago_format(clock->safe_at_ms, p->in->now_ms, ago));
	else
		bef_doc_cell(p->doc, "%s", state == BEF_CLOCK_TO_QUALIFY ? "" : tr("without delay"));
	bef_doc_cell(p->doc, "%s", bef_clock_state_label(state));
}

/* What has no limit yet and may not apply at all would bury the rest. */
static bool is_shown(const struct bef_clock *clock, int64_t now_ms)
{
	return bef_clock_is_open(clock) && !bef_clock_is_to_come(clock) &&
	       (clock->safe_at_ms || bef_clock_state(clock, now_ms) != BEF_CLOCK_TO_QUALIFY);
}

void bef_part_clocks(const struct part *p)
{
	const struct bef_clock **open = calloc(p->c->clock_count + 1, sizeof(*open));
	size_t count = 0;
	int waiting = 0;

	if (!open) {
		p->doc->out->failed = true;
		return;
	}
	for (size_t i = 0; i < p->c->clock_count; i++)
		if (is_shown(&p->c->clock[i], p->in->now_ms))
			open[count++] = &p->c->clock[i];
		else
			waiting += bef_clock_state(&p->c->clock[i], p->in->now_ms) == BEF_CLOCK_TO_QUALIFY;
	qsort(open, count, sizeof(*open), by_limit);
	if (count == 0)
		bef_doc_paragraph(p->doc, "%s", tr("No legal clock is running."));
	else if (bef_part_shows(p, BEF_MATTER_LAW, count)) {
		bef_doc_table(p->doc, tr("Legal clocks, the nearest first"), COLUMNS(tr("Notification"), tr("Limit"), tr("State")));
		for (size_t i = 0; i < count; i++)
			put_clock(p, open[i]);
		bef_doc_table_end(p->doc);
	}
	if (waiting)
		bef_doc_paragraph(p->doc, trn("%d more legal question waits for an answer: beffroi deadline answer",
		                              "%d more legal questions wait for an answer: beffroi deadline answer", waiting), waiting);
	free(open);
}

void bef_part_sent(const struct part *p)
{
	size_t count = 0;
	char when[BEF_DATE_SIZE];

	for (size_t i = 0; i < p->c->clock_count; i++)
		count += p->c->clock[i].sent != NULL;
	if (count == 0) {
		bef_doc_paragraph(p->doc, "%s", tr("No notification was recorded as sent."));
		return;
	}
	if (!bef_part_shows(p, BEF_MATTER_LAW, count))
		return;
	bef_doc_table(p->doc, tr("Notifications sent"), COLUMNS(tr("Notification"), tr("Sent"), tr("By"), tr("Reference")));
	for (size_t i = 0; i < p->c->clock_count; i++) {
		const struct bef_line *sent = p->c->clock[i].sent;

		if (!sent)
			continue;
		bef_doc_cell(p->doc, "%s", bef_clock_name(&p->c->clock[i]));
		bef_doc_cell(p->doc, "%s", bef_part_when(p, sent->at_ms, when));
		bef_doc_cell(p->doc, "%s", bef_part_who(sent));
		bef_doc_wanted(p->doc, bef_line_text(sent, "reference"));
	}
	bef_doc_table_end(p->doc);
}
