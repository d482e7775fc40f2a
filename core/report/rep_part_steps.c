/* SPDX-License-Identifier: EUPL-1.2 */
/* Steps by role, and the ones that come next.  Declared in parts.h. */
#include "base/i18n.h"
#include "report/figure.h"
#include "report/parts.h"

static const char *role_label(const char *role)
{
	return role ? bef_word_label(&bef_roles, role) : tr("no role");
}

void bef_part_steps(const struct part *p)
{
	struct bef_role_steps row[BEF_ROLE_STEPS_MOST];
	int count = bef_steps_by_role(p->c, p->in->now_ms, row);
	BEF_AUTO(text) svg = { .max = 1 << 20 };

	if (count == 0)
		return;
	bef_doc_heading(p->doc, 3, tr("Steps by role"));
	bef_figure_roles(row, count, &svg);
	p->doc->out->failed = p->doc->out->failed || svg.failed;
	p->doc->format->figure(p->doc, bef_text_str(&svg));
	bef_doc_table(p->doc, "", COLUMNS(tr("Role"), tr("Steps settled"), tr("To do"), tr("Of which overdue")));
	for (int i = 0; i < count; i++) {
		bef_doc_cell(p->doc, "%s", role_label(row[i].role));
		bef_doc_cell(p->doc, "%d", row[i].settled);
		bef_doc_cell(p->doc, "%d", row[i].to_do);
		bef_doc_cell(p->doc, "%d", row[i].late);
	}
	bef_doc_table_end(p->doc);
}

void bef_part_tasks(const struct part *p, int most)
{
	struct bef_task task[64];
	size_t count = bef_case_tasks(p->c, NULL, task, (size_t)most < 64 ? (size_t)most : 64);
	char when[BEF_DATE_SIZE];

	if (count == 0) {
		bef_doc_paragraph(p->doc, "%s", tr("No step of a playbook is waiting."));
		return;
	}
	bef_doc_table(p->doc, tr("Next steps"), COLUMNS(tr("Step"), tr("Role"), tr("Before"), tr("State")));
	for (size_t i = 0; i < count; i++) {
		const struct bef_run *run = &p->c->run[task[i].run];
		const struct bef_step *step = &run->playbook->step[task[i].at];
		const struct bef_mark *mark = &run->mark[task[i].at];
		bool late = mark->due_at_ms && mark->due_at_ms < p->in->now_ms;

		bef_doc_cell(p->doc, "%s, %d %s", bef_playbook_text(run->playbook, "name"), step->number, bef_step_text(step, "name"));
		bef_doc_cell(p->doc, "%s", role_label(bef_step_role(step)));
		bef_doc_cell(p->doc, "%s", bef_part_when(p, mark->due_at_ms, when));
		bef_doc_cell(p->doc, "%s", late ? tr("OVERDUE") : bef_step_status_label(mark->status));
	}
	bef_doc_table_end(p->doc);
}
