/* SPDX-License-Identifier: EUPL-1.2 */
/* For the insurer's expert: facts, measures, costs, evidence; the declaration itself is a paper ("claim"). */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/paper_source.h"
#include "report/parts.h"

/* What the organisation said of itself once for all. */
static void of_organisation(const struct part *p, const char *label, const char *fact)
{
	const struct bef_answer *answer = p->in->profile ? bef_case_answer(p->in->profile, fact) : NULL;

	bef_doc_field(p->doc, label, "", answer ? answer->text : NULL, true);
}

static void from_journal(const struct part *p, const char *label, const char *source)
{
	BEF_AUTO(text) text = { .max = BEF_PAPER_VALUE_MOST };

	bef_paper_source_add(p->in, source, &text);
	p->doc->out->failed = p->doc->out->failed || text.failed;
	bef_doc_field(p->doc, label, "", bef_text_str(&text), true);
}

/* A loss is only paid if a complaint was filed within 72 hours of awareness (Code des assurances, L12-10-1). */
static void contract(const struct part *p)
{
	char when[BEF_DATE_SIZE];

	bef_part_section(p, tr("Contract and complaint"));
	of_organisation(p, tr("Insurer, broker"), "org-insurer");
	of_organisation(p, tr("Policy number"), "org-policy");
	bef_part_to_write(p, tr("Claim number"), tr("Given by the insurer."));
	bef_doc_field(p->doc, tr("Awareness (legal instant)"), "", bef_part_when(p, p->c->aware_at_ms, when), true);
	from_journal(p, tr("Complaint"), "complaint");
	bef_doc_paragraph(p->doc, "%s", tr("In France, losses from an attack are only paid if a complaint was filed within 72 hours of awareness (Code des assurances, L12-10-1)."));
}

static void losses(const struct part *p)
{
	bef_part_section(p, tr("Costs and losses"));
	bef_part_services(p, false);
	bef_part_costs(p);
	bef_part_to_write(p, tr("Lost turnover, extra working hours"), tr("How it was reckoned, over which days."));
	bef_part_to_write(p, tr("Invoices and quotes to attach"), tr("One line each, with its number."));
}

static void write_insurer(struct bef_doc *doc, const struct bef_report_input *in)
{
	int section = 0;
	const struct part p = { doc, in->c, in, &section };

	bef_part_section(&p, tr("In one page"));
	bef_part_summary(&p);
	bef_part_key_facts(&p);
	contract(&p);
	bef_part_section(&p, tr("Established facts"));
	bef_part_picture(&p);
	bef_part_moves(&p);
	bef_part_notes(&p, "fact", 0, tr("No fact was recorded."));
	bef_part_cause(&p, tr("Causes and contributing factors"), "");
	bef_doc_heading(doc, 3, tr("Hypotheses, not established"));
	bef_part_notes(&p, "hypothesis", 0, tr("No hypothesis was recorded."));
	bef_part_section(&p, tr("Measures taken"));
	bef_part_runs(&p);
	bef_part_actions(&p);
	bef_part_decisions(&p);
	losses(&p);
	bef_part_section(&p, tr("Evidence"));
	bef_part_evidence(&p);
	bef_part_section(&p, tr("Notifications"));
	bef_part_sent(&p);
	bef_part_metrics(&p);
	bef_part_utc(&p);
	bef_part_integrity(&p);
}

const struct bef_report bef_report_insurer = {
	.en = "insurer", .fr = "assurance",
	.title = N_("File for the insurer"),
	.write = write_insurer,
	.needs_profile = true,
};
