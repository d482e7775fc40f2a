/* SPDX-License-Identifier: EUPL-1.2 */
/* The playbooks followed and the measures they left.  Declared in parts.h. */
#include "base/i18n.h"
#include "base/json.h"
#include "report/parts.h"

/* A row of a run's table: a step, in one turn of the loop around it if there is one. */
struct row {
	const struct bef_run *run;
	const struct bef_step *step;
	const struct bef_mark *mark;
	const struct bef_said *said; /* what was said of it last in that turn, or NULL */
};

/* What became of the playbook that a step opened. */
static enum bef_step_status child_status(const struct bef_run *child)
{
	return child->finished ? BEF_STEP_DONE : child->stopped ? BEF_STEP_FAILED : BEF_STEP_WAITING;
}

static void put_state(const struct part *p, const struct row *row)
{
	const struct bef_line *line = row->said && row->said->child < 0 ? row->said->line : NULL;
	const char *value = line ? bef_line_text(line, "case") : NULL;
	const json_t *answer = line ? json_object_get(bef_line_body(line), "answer") : NULL;

	if (value)
		bef_doc_cell(p->doc, tr("answered: %s"), value);
	else if (answer)
		bef_doc_cell(p->doc, "%s", json_is_true(answer) ? tr("answered yes") : tr("answered no"));
	else if (row->said && !line)
		bef_doc_cell(p->doc, "%s", bef_step_status_label(child_status(&p->c->run[row->said->child])));
	else if (line && line != row->mark->line) /* in a turn that is over */
		bef_doc_cell(p->doc, "%s", bef_word_label(&bef_run_marks, bef_line_text(line, "mark")));
	else
		bef_doc_cell(p->doc, "%s", bef_step_status_label(row->mark->status));
}

/* What was said with it; of a step that opened a playbook, which one. */
static const char *result_of(const struct part *p, const struct row *row)
{
	if (!row->said)
		return "";
	if (row->said->child >= 0)
		return bef_playbook_text(p->c->run[row->said->child].playbook, "name");
	return bef_json_text_or(bef_line_body(row->said->line), "text", "");
}

static void put_row(const struct part *p, const struct row *row)
{
	const struct bef_line *line = row->said ? row->said->line : NULL;
	const char *by = line ? bef_line_text(line, "by") : NULL;
	int turn = row->said ? row->said->pass : row->mark->pass;
	char when[BEF_DATE_SIZE];

	if (turn > 0)
		bef_doc_cell(p->doc, tr("%d, turn %d"), row->step->number, turn);
	else
		bef_doc_cell(p->doc, "%d", row->step->number);
	bef_doc_cell(p->doc, "%s%s%s", bef_step_text(row->step, "name"), row->step->mandatory ? " " : "",
	             row->step->mandatory ? tr("[mandatory]") : "");
	put_state(p, row);
	bef_doc_cell(p->doc, "%s", line ? bef_part_when(p, line->at_ms, when) : "");
	bef_doc_cell(p->doc, "%s", by ? by : line ? line->entry->author : "");
	bef_doc_cell(p->doc, "%s", result_of(p, row));
}

/* True if something said later, in the same turn, stands instead. */
static bool is_replaced(const struct bef_run *run, int last, int at)
{
	for (int i = last; i >= 0 && i != at; i = run->said[i].before)
		if (run->said[i].pass == run->said[at].pass && (run->said[i].child < 0 || run->said[at].child >= 0))
			return true;
	return false;
}

/* The rows of a step: one a turn, in the order of time, or one alone. */
static void put_step(const struct part *p, const struct bef_run *run, const struct bef_step *step)
{
	struct row row = { run, step, &run->mark[step - run->playbook->step], NULL };
	int last = row.mark->around >= 0 ? run->last_said[step - run->playbook->step] : -1;
	int count = 0;

	for (int i = last; i >= 0; i = run->said[i].before)
		count++;
	while (count-- > 0) {
		int at = last;

		for (int i = 0; i < count; i++)
			at = run->said[at].before;
		if (is_replaced(run, last, at))
			continue;
		row.said = &run->said[at];
		put_row(p, &row);
	}
	row.said = NULL;
	if (last < 0 || (!row.mark->line && row.mark->child < 0))
		put_row(p, &row);
}

static void put_run(const struct part *p, const struct bef_run *run)
{
	BEF_AUTO(text) caption = { .max = 4096 };

	bef_text_printf(&caption, tr("%s (%s, version %.10s): %d of %d steps settled"), bef_playbook_text(run->playbook, "name"),
	                run->playbook->key, run->playbook->version, run->done, run->total);
	if (run->stopped)
		bef_text_printf(&caption, tr(", stopped: %s"), bef_json_text_or(bef_line_body(run->stopped), "reason", ""));
	p->doc->out->failed = p->doc->out->failed || caption.failed;
	bef_doc_table(p->doc, bef_text_str(&caption), COLUMNS(tr("No."), tr("Step"), tr("State"), tr("When"), tr("By"), tr("Result, proof or reason")));
	for (int n = 1; n <= run->playbook->numbered; n++)
		put_step(p, run, bef_playbook_number(run->playbook, n));
	bef_doc_table_end(p->doc);
}

/* --- what steps put in place: in force, lifted, or kept for good --- */

static bool is_measure(const struct bef_run *run, int at)
{
	return !run->line->undone && (run->mark[at].lifted || bef_mark_in_force(run, at));
}

static bool any_measure(const struct bef_case *c)
{
	for (size_t r = 0; r < c->run_count; r++)
		for (int i = 0; i < c->run[r].playbook->step_count; i++)
			if (is_measure(&c->run[r], i))
				return true;
	return false;
}

static const char *by_of(const struct bef_line *line)
{
	return line ? bef_json_text_or(bef_line_body(line), "by", line->entry->author) : "";
}

static void put_measure(const struct part *p, const struct bef_run *run, int at)
{
	const struct bef_step *step = &run->playbook->step[at];
	const struct bef_line *taken = run->mark[at].line;
	const struct bef_line *settled = run->mark[at].lifted;
	const char *became = settled ? bef_line_text(settled, "mark") : NULL;
	char when[BEF_DATE_SIZE], then[BEF_DATE_SIZE];

	bef_doc_cell(p->doc, "%s, %d %s", bef_playbook_text(run->playbook, "name"), step->number, bef_step_text(step, "name"));
	bef_doc_cell(p->doc, "%s", taken ? bef_part_when(p, taken->at_ms, when) : "");
	bef_doc_cell(p->doc, "%s", by_of(taken));
	bef_doc_cell(p->doc, "%s", settled ? bef_word_label(&bef_measure_marks, became) : tr("in force"));
	bef_doc_cell(p->doc, "%s", settled ? bef_part_when(p, settled->at_ms, then) : "");
	bef_doc_cell(p->doc, "%s", by_of(settled));
	bef_doc_cell(p->doc, "%s", settled ? bef_json_text_or(bef_line_body(settled), "text", "") : "");
}

static void put_measures(const struct part *p)
{
	if (!any_measure(p->c))
		return;
	bef_doc_heading(p->doc, 3, tr("Measures taken, and what became of them"));
	bef_doc_table(p->doc, "", COLUMNS(tr("Measure"), tr("When"), tr("By"), tr("State"), tr("Settled"), tr("By"), tr("How or why")));
	for (size_t r = 0; r < p->c->run_count; r++)
		for (int n = 0; n < p->c->run[r].playbook->numbered; n++)
			if (is_measure(&p->c->run[r], p->c->run[r].playbook->shown[n]))
				put_measure(p, &p->c->run[r], p->c->run[r].playbook->shown[n]);
	bef_doc_table_end(p->doc);
}

void bef_part_runs(const struct part *p)
{
	int shown = 0;

	for (size_t i = 0; i < p->c->run_count; i++) {
		if (p->c->run[i].line->undone)
			continue;
		put_run(p, &p->c->run[i]);
		shown++;
	}
	if (!shown)
		bef_doc_paragraph(p->doc, "%s", tr("No playbook was followed."));
	put_measures(p);
}
