/* SPDX-License-Identifier: EUPL-1.2 */
/* Everything: one page that suffices, then the registers, then the whole log, struck lines included. */
#include "base/i18n.h"
#include "report/parts.h"

static void write_full(struct bef_doc *doc, const struct bef_report_input *in)
{
	int section = 0;
	const struct part p = { doc, in->c, in, &section };

	bef_part_section(&p, tr("In one page"));
	bef_part_key_facts(&p);
	bef_part_summary(&p);
	bef_part_section(&p, tr("Course of the incident"));
	bef_part_picture(&p);
	bef_part_moves(&p);
	bef_part_metrics(&p);
	bef_part_services(&p, false);
	bef_part_section(&p, tr("Established facts"));
	bef_part_notes(&p, "fact", 0, tr("No fact was recorded."));
	bef_part_section(&p, tr("Hypotheses, not established"));
	bef_part_notes(&p, "hypothesis", 0, tr("No hypothesis was recorded."));
	bef_part_section(&p, tr("Decision register"));
	bef_part_decisions(&p);
	bef_part_section(&p, tr("Action plan"));
	bef_part_actions(&p);
	bef_part_section(&p, tr("Playbooks followed"));
	bef_part_runs(&p);
	bef_part_steps(&p);
	bef_part_section(&p, tr("Evidence"));
	bef_part_evidence(&p);
	bef_part_things(&p);
	bef_part_section(&p, tr("Alerts"));
	bef_part_alerts(&p);
	bef_part_section(&p, tr("Costs"));
	bef_part_costs(&p);
	bef_part_section(&p, tr("Legal deadlines"));
	bef_part_law(&p);
	bef_part_log(&p);
	bef_part_integrity(&p);
}

const struct bef_report bef_report_full = {
	.en = "full", .fr = "complet",
	.title = N_("Full incident report"),
	.write = write_full,
};
