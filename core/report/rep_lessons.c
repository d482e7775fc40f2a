/* SPDX-License-Identifier: EUPL-1.2 */
/* Lessons learned, hot then cold: what the journal knows is written, what only people can say is left to them.
 * Nobody is looked for to be blamed. */
#include "base/i18n.h"
#include "report/parts.h"

#define LESSONS_WITHIN_MS (30 * BEF_DAY_MS) /* ANSSI: the process is over 30 days after the end */

static void status_of(const struct part *p)
{
	char when[BEF_DATE_SIZE];

	bef_part_section(p, tr("In one page"));
	bef_part_summary(p);
	bef_part_key_facts(p);
	if (p->c->closed_at_ms)
		bef_doc_field(p->doc, tr("To be finished before"), "", bef_part_when(p, p->c->closed_at_ms + LESSONS_WITHIN_MS, when), false);
	else
		bef_doc_paragraph(p->doc, "%s", tr("The incident is still open: this is a first state, for the talk right after."));
}

static void happened(const struct part *p)
{
	bef_part_section(p, tr("What happened"));
	bef_part_picture(p);
	bef_part_moves(p);
	bef_part_metrics(p);
	bef_part_services(p, false);
	bef_doc_heading(p->doc, 3, tr("Established facts"));
	bef_part_notes(p, "fact", 0, tr("No fact was recorded."));
	bef_doc_heading(p->doc, 3, tr("Hypotheses, not established"));
	bef_part_notes(p, "hypothesis", 0, tr("No hypothesis was recorded."));
	bef_doc_heading(p->doc, 3, tr("Impact"));
	bef_part_to_write(p, tr("Activities, people, data"), tr("In figures; \"unknown\" is an answer."));
	bef_part_to_write(p, tr("How it was detected, what set it off"), "");
	bef_part_cause(p, tr("Causes and contributing factors"), tr("What made it possible, not who."));
}

static void done(const struct part *p)
{
	bef_part_section(p, tr("What was done"));
	bef_part_runs(p);
	bef_part_steps(p);
	bef_part_section(p, tr("Decisions and why"));
	bef_part_decisions(p);
	bef_part_section(p, tr("Who did what"));
	bef_part_roles(p);
	bef_part_section(p, tr("Notifications and communication"));
	bef_part_sent(p);
	bef_part_notes(p, "communication", 0, tr("No communication was recorded."));
	bef_part_section(p, tr("Evidence"));
	bef_part_evidence(p);
	bef_part_section(p, tr("Costs"));
	bef_part_costs(p);
}

/* The same five, asked twice. */
static void five(const struct part *p)
{
	bef_part_to_write(p, tr("1. What was supposed to happen?"), tr("Plans, procedures, what we counted on."));
	bef_part_to_write(p, tr("2. What happened instead?"), tr("Facts and times, as above."));
	bef_part_to_write(p, tr("3. What went well, and why?"), tr("To be kept; and where we were only lucky."));
	bef_part_to_write(p, tr("4. What went badly, and why?"), tr("Of the organisation and the tools, not of persons."));
	bef_part_to_write(p, tr("5. What do we change?"), tr("Each answer becomes an action with one owner and one date."));
}

static void write_lessons(struct bef_doc *doc, const struct bef_report_input *in)
{
	int section = 0;
	const struct part p = { doc, in->c, in, &section };

	status_of(&p);
	happened(&p);
	done(&p);
	bef_part_section(&p, tr("Hot: right after, about one hour"));
	bef_doc_paragraph(doc, "%s", tr("Those who acted speak first, then those who watched."));
	bef_part_to_write(&p, tr("Date and people present"), "");
	five(&p);
	bef_part_section(&p, tr("Cold: some days to one month later"));
	bef_part_to_write(&p, tr("Date and people present"), "");
	five(&p);
	bef_part_section(&p, tr("Action plan"));
	bef_doc_paragraph(doc, "%s", tr("One owner and one date each; add them with: beffroi action TEXT --for WHO --before DATE"));
	bef_part_actions(&p);
	bef_part_utc(&p);
}

const struct bef_report bef_report_lessons = {
	.en = "lessons", .fr = "retex",
	.title = N_("Lessons learned"),
	.write = write_lessons,
};
