/* SPDX-License-Identifier: EUPL-1.2 */
/* Handover between shifts: what was written since a time, what is open, late or next, who holds what. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/parts.h"

enum { MOST_CHANGES = 200 };

/* When nobody said since when: a working shift. */
static int64_t since_of(const struct bef_report_input *in)
{
	return in->since_ms ? in->since_ms : in->now_ms - 8 * BEF_HOUR_MS;
}

/* By when it was written: what tells of an earlier time was not there to be read before. */
static bool is_new(const struct bef_line *line, int64_t since_ms)
{
	return line->entry->recorded_at_ms >= since_ms && !(line->kind && line->kind->flags & BEF_KIND_FOLLOWS && !line->kind->prose);
}

static void put_change(const struct part *p, const struct bef_line *line, int64_t since_ms)
{
	BEF_AUTO(text) said = { .max = 2 * BEF_PROSE_MOST };
	char when[BEF_DATE_SIZE];

	bef_line_say(p->c, line, &said);
	p->doc->out->failed = p->doc->out->failed || said.failed;
	bef_doc_cell(p->doc, "#%u", line->number);
	bef_doc_cell(p->doc, "%s%s", bef_part_when(p, line->at_ms, when), line->at_ms < since_ms ? tr(" (written later)") : "");
	bef_doc_cell(p->doc, "%s", bef_part_or_withheld(p, bef_line_matter(p->c, line), bef_text_str(&said)));
	bef_doc_cell(p->doc, "%s", line->entry->author);
	bef_doc_cell(p->doc, "%s", bef_part_state(line));
}

static void changes(const struct part *p)
{
	int64_t since_ms = since_of(p->in);
	char when[BEF_DATE_SIZE];
	size_t count = 0;
	size_t at = 0;

	for (size_t i = 0; i < p->c->line_count; i++)
		count += is_new(&p->c->line[i], since_ms);
	bef_part_section(p, tr("What is new"));
	bef_doc_paragraph(p->doc, trn("%zu entry written since %s.", "%zu entries written since %s.", (long)count), count,
	                  bef_part_when(p, since_ms, when));
	if (count == 0)
		return;
	if (count > MOST_CHANGES)
		bef_doc_paragraph(p->doc, tr("Only the last %d are shown: beffroi log has them all."), MOST_CHANGES);
	bef_doc_table(p->doc, "", COLUMNS(tr("No."), tr("Happened"), tr("Text"), tr("Author"), tr("State")));
	for (size_t i = 0; i < p->c->line_count; i++)
		if (is_new(&p->c->line[i], since_ms) && ++at + MOST_CHANGES > count)
			put_change(p, &p->c->line[i], since_ms);
	bef_doc_table_end(p->doc);
}

/* Alerts that reached nobody yet. */
static void unheard(const struct part *p)
{
	size_t count = 0;
	char when[BEF_DATE_SIZE];

	for (size_t i = 0; i < p->c->alert_count; i++)
		count += p->c->alert[i].waiting || p->c->alert[i].unheard;
	bef_doc_heading(p->doc, 3, tr("Alerts not heard"));
	if (count == 0) {
		bef_doc_paragraph(p->doc, "%s", tr("Every alert has reached somebody, or none was raised."));
		return;
	}
	if (!bef_part_shows(p, BEF_MATTER_ALERTS, count))
		return;
	bef_doc_table(p->doc, "", COLUMNS(tr("No."), tr("When"), tr("Text"), tr("State")));
	for (size_t i = 0; i < p->c->alert_count; i++) {
		const struct bef_alert *alert = &p->c->alert[i];

		if (!alert->waiting && !alert->unheard)
			continue;
		bef_doc_cell(p->doc, "%zu", i + 1);
		bef_doc_cell(p->doc, "%s", bef_part_when(p, alert->line->at_ms, when));
		bef_doc_cell(p->doc, "%s", bef_json_text_or(bef_line_body(alert->line), "text", ""));
		bef_doc_cell(p->doc, "%s", alert->unheard ? tr("reached nobody") : tr("waiting"));
	}
	bef_doc_table_end(p->doc);
}

/* Filled in by hand when one goes and the other comes. */
static void read_back(const struct part *p)
{
	bef_part_section(p, tr("Read back"));
	bef_part_to_write(p, tr("Leaves"), tr("Name, role, hour; how long they have been at it."));
	bef_part_to_write(p, tr("Arrives"), tr("Name, role, hour."));
	bef_part_to_write(p, tr("Said again in their own words at"), tr("Whoever arrives says the situation back; corrections are noted."));
}

static void write_handover(struct bef_doc *doc, const struct bef_report_input *in)
{
	int section = 0;
	const struct part p = { doc, in->c, in, &section };

	bef_part_section(&p, tr("Situation"));
	bef_part_summary(&p);
	bef_part_six_facts(&p);
	bef_part_services(&p, true);
	changes(&p);
	bef_part_section(&p, tr("Open decisions"));
	bef_part_reviews(&p);
	bef_part_notes(&p, "request", 10, tr("No request was recorded."));
	bef_part_section(&p, tr("Actions and steps"));
	bef_doc_heading(doc, 3, tr("Overdue"));
	bef_part_open_actions(&p, 0, true);
	bef_doc_heading(doc, 3, tr("Open"));
	bef_part_open_actions(&p, 20, false);
	bef_part_tasks(&p, 10);
	bef_part_section(&p, tr("What comes next"));
	bef_part_clocks(&p);
	unheard(&p);
	bef_part_section(&p, tr("Who holds which role"));
	bef_part_roles(&p);
	read_back(&p);
	bef_part_utc(&p);
}

const struct bef_report bef_report_handover = {
	.en = "handover", .fr = "releve",
	.title = N_("Handover"),
	.write = write_handover,
};
