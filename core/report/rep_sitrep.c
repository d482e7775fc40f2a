/* SPDX-License-Identifier: EUPL-1.2 */
/* Situation report: where it stands, what is established and what is supposed, what is asked, what comes next. */
#include "base/i18n.h"
#include "base/json.h"
#include "report/parts.h"

enum { RECENT = 10 };

/* The last one that somebody wrote; else the incident's summary. */
static void situation(const struct part *p)
{
	const struct bef_line *said = bef_part_last_note(p->c, "sitrep");
	char when[BEF_DATE_SIZE];

	bef_part_section(p, tr("Situation"));
	if (!said)
		bef_part_summary(p);
	else {
		bef_doc_paragraph(p->doc, "%s", bef_json_text_or(bef_line_body(said), "text", ""));
		bef_doc_paragraph(p->doc, tr("Situation report No. %zu, written %s by %s (#%u)."), bef_part_count_notes(p->c, "sitrep"),
		                  bef_part_when(p, said->at_ms, when), bef_part_who(said), said->number);
	}
	bef_part_six_facts(p);
}

static void known(const struct part *p)
{
	bef_part_section(p, tr("Known, supposed, unknown"));
	bef_doc_heading(p->doc, 3, tr("Known: established facts"));
	bef_part_notes(p, "fact", RECENT, tr("No fact was recorded."));
	bef_doc_heading(p->doc, 3, tr("Supposed: hypotheses, not established"));
	bef_part_notes(p, "hypothesis", RECENT, tr("No hypothesis was recorded."));
	bef_doc_heading(p->doc, 3, tr("Unknown"));
	bef_part_unknown(p);
}

static void impact(const struct part *p)
{
	char euros[BEF_AMOUNT_SIZE];
	size_t rows;
	int64_t total = bef_costs_total(p->c, &rows);

	bef_part_section(p, tr("Impact"));
	bef_part_services(p, true);
	bef_part_to_write(p, tr("Activities hit, degraded modes"), tr("What no longer works, for whom, how it is worked around."));
	if (rows && bef_part_shows(p, BEF_MATTER_COSTS, rows))
		bef_doc_field(p->doc, tr("Costs recorded so far, EUR"), "", bef_amount_format(total, euros), false);
}

/* The qualification is asked about again each time, and so is what was ruled out. */
static void questions(const struct part *p)
{
	const struct bef_case *c = p->c;
	struct bef_metrics metrics;
	char when[BEF_DATE_SIZE];

	bef_metrics_of(c, p->in->now_ms, &metrics);
	bef_doc_heading(p->doc, 3, tr("Two questions, each time"));
	bef_doc_paragraph(p->doc, tr("The qualification is %s - %s, %s, last said %s."), c->severity,
	                  bef_word_label(&bef_severities, c->severity), bef_word_label(&bef_types, c->type),
	                  bef_part_when(p, metrics.at[BEF_QUALIFIED].at_ms ? metrics.at[BEF_QUALIFIED].at_ms : c->opened_at_ms, when));
	bef_part_to_write(p, tr("Does it still hold?"), tr("Yes or no, and what says so."));
	bef_part_to_write(p, tr("Which alternative was ruled out, and why?"), "");
}

static void write_sitrep(struct bef_doc *doc, const struct bef_report_input *in)
{
	int section = 0;
	const struct part p = { doc, in->c, in, &section };

	situation(&p);
	known(&p);
	impact(&p);
	bef_part_section(&p, tr("Done, to do"));
	bef_part_done_actions(&p, RECENT);
	bef_part_open_actions(&p, RECENT, false);
	bef_part_tasks(&p, 5);
	bef_part_section(&p, tr("Communication"));
	bef_part_notes(&p, "communication", RECENT, tr("No communication was recorded."));
	bef_part_sent(&p);
	bef_part_section(&p, tr("Decisions asked"));
	bef_part_notes(&p, "request", RECENT, tr("No request was recorded."));
	bef_part_reviews(&p);
	questions(&p);
	bef_part_section(&p, tr("Deadlines and next report"));
	bef_part_clocks(&p);
	bef_part_to_write(&p, tr("Next situation report"), tr("Every 2 to 4 hours at first, then less often."));
	bef_part_utc(&p);
}

const struct bef_report bef_report_sitrep = {
	.en = "sitrep", .fr = "point",
	.title = N_("Situation report"),
	.write = write_sitrep,
};
