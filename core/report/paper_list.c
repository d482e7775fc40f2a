/* SPDX-License-Identifier: EUPL-1.2 */
/* Sources of several lines: what was found, done, decided, kept and paid. */
#include <stdlib.h>
#include <string.h>

#include "base/amount.h"
#include "base/i18n.h"
#include "base/json.h"
#include "report/costs.h"
#include "report/paper_source.h"

enum { TIMELINE_MOST = 100 };

/* Short, with the year and the offset: a list has one zone. */
static const char *date_of(const struct bef_report_input *in, int64_t at_ms, char out[BEF_DATE_SIZE])
{
	return bef_date_format(at_ms, in->c->zone, BEF_DATE_OFFSET, out);
}

/* --- the course of the incident --- */

static bool is_telling(const struct bef_line *line)
{
	const char *kind = line->entry->kind;

	if (!bef_line_counts(line))
		return false;
	if (strcmp(kind, "note") == 0)
		return strcmp(bef_json_text_or(bef_line_body(line), "sort", ""), "fact") == 0;
	return strcmp(kind, "phase.changed") == 0 || strcmp(kind, "state.changed") == 0 || strcmp(kind, "decision.taken") == 0;
}

static int by_time(const void *a_, const void *b_)
{
	const struct bef_line *a = *(const struct bef_line *const *)a_;
	const struct bef_line *b = *(const struct bef_line *const *)b_;

	if (a->at_ms != b->at_ms)
		return a->at_ms < b->at_ms ? -1 : 1;
	return a->number < b->number ? -1 : 1;
}

static void add_sentence(const struct bef_report_input *in, const struct bef_line *line, struct bef_text *out)
{
	BEF_AUTO(text) said = { .max = 2 * BEF_PROSE_MOST };
	char when[BEF_DATE_SIZE];

	bef_line_say(in->c, line, &said);
	out->failed = out->failed || said.failed;
	bef_paper_line(out, tr("%s: %s"), date_of(in, line->at_ms, when), bef_text_str(&said));
}

void bef_paper_timeline(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	BEF_AUTO_FREE const struct bef_line **list = calloc(in->c->line_count + 1, sizeof(*list));
	size_t count = 0;

	(void)of;
	if (!list) {
		out->failed = true;
		return;
	}
	for (size_t i = 0; i < in->c->line_count; i++)
		if (is_telling(&in->c->line[i]))
			list[count++] = &in->c->line[i];
	qsort(list, count, sizeof(*list), by_time);
	for (size_t i = 0; i < count && i < TIMELINE_MOST; i++)
		add_sentence(in, list[i], out);
	if (count > TIMELINE_MOST)
		bef_paper_line(out, trn("%ld more in the log", "%ld more in the log", (long)(count - TIMELINE_MOST)),
		               (long)(count - TIMELINE_MOST));
}

/* --- what was done, what is to be done --- */

static bool is_measure(const struct bef_step *step)
{
	static const char *const phases[] = { "containment", "eradication", "recovery" };
	const char *phase = bef_json_text_or(step->extension, "phase", "");

	for (size_t i = 0; i < sizeof(phases) / sizeof(*phases); i++)
		if (strcmp(phase, phases[i]) == 0)
			return true;
	return false;
}

static void add_step_done(const struct bef_report_input *in, const struct bef_step *step, const struct bef_mark *mark,
                          struct bef_text *out)
{
	const char *settled = mark->lifted ? bef_line_text(mark->lifted, "mark") : NULL;
	char when[BEF_DATE_SIZE];

	bef_paper_line(out, tr("%s: %s (%s)%s%s"), date_of(in, mark->line->at_ms, when), bef_step_text(step, "name"),
	               bef_paper_who(mark->line), settled ? ", " : "",
	               settled ? bef_word_label(&bef_measure_marks, settled) : "");
}

static void add_action_done(const struct bef_report_input *in, const struct bef_action *action, struct bef_text *out)
{
	const char *result = bef_line_text(action->changed, "reason");
	char when[BEF_DATE_SIZE];

	bef_paper_line(out, tr("%s: %s (%s)%s%s"), date_of(in, action->changed->at_ms, when),
	               bef_json_text_or(bef_line_body(action->line), "text", tr("[erased]")),
	               action->owner ? action->owner : action->changed->entry->author, result ? ", " : "",
	               result ? result : "");
}

void bef_paper_measures(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	for (size_t r = 0; r < in->c->run_count; r++) {
		const struct bef_run *run = &in->c->run[r];

		for (int n = 1; !run->line->undone && n <= run->playbook->numbered; n++) {
			const struct bef_step *step = bef_playbook_number(run->playbook, n);
			const struct bef_mark *mark = &run->mark[step - run->playbook->step];

			if (mark->status == BEF_STEP_DONE && mark->line && is_measure(step))
				add_step_done(in, step, mark, out);
		}
	}
	for (size_t i = 0; i < in->c->action_count; i++) {
		const struct bef_action *action = &in->c->action[i];

		if (bef_line_counts(action->line) && action->changed && strcmp(action->state, "done") == 0)
			add_action_done(in, action, out);
	}
}

static void add_due(const struct bef_report_input *in, const char *what, const char *who, int64_t due_at_ms,
                    struct bef_text *out)
{
	BEF_AUTO(text) rest = { .max = 1 << 16 };
	char when[BEF_DATE_SIZE];

	if (who)
		bef_text_printf(&rest, " (%s)", who);
	if (due_at_ms)
		bef_text_printf(&rest, tr(", before %s"), date_of(in, due_at_ms, when));
	out->failed = out->failed || rest.failed;
	bef_paper_line(out, "%s%s", what, bef_text_str(&rest));
}

void bef_paper_todo(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	for (size_t i = 0; i < in->c->action_count; i++) {
		const struct bef_action *action = &in->c->action[i];

		if (bef_action_open(action))
			add_due(in, bef_json_text_or(bef_line_body(action->line), "text", tr("[erased]")), action->owner,
			        action->due_at_ms, out);
	}
	for (size_t r = 0; r < in->c->run_count; r++) {
		const struct bef_run *run = &in->c->run[r];

		for (int n = 1; bef_run_going_on(run) && n <= run->playbook->numbered; n++) {
			const struct bef_step *step = bef_playbook_number(run->playbook, n);
			const struct bef_mark *mark = &run->mark[step - run->playbook->step];

			if (bef_mark_open(mark))
				add_due(in, bef_step_text(step, "name"), mark->assigned ? bef_line_text(mark->assigned, "to") : NULL,
				        mark->due_at_ms, out);
		}
	}
}

/* --- decisions, evidence, costs, authors --- */

void bef_paper_decisions(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	for (size_t i = 0; i < in->c->decision_count; i++) {
		const struct bef_line *line = in->c->decision[i].line;

		if (bef_line_counts(line))
			add_sentence(in, line, out);
	}
}

static void add_item(const struct bef_report_input *in, size_t i, struct bef_text *out)
{
	const struct bef_evidence *item = &in->c->evidence[i];
	const json_t *body = bef_line_body(item->line);
	const char *where = bef_json_text(body, "where");
	const char *hash = bef_json_text(body, "sha256");
	const char *what = bef_json_text(body, "text");
	char when[BEF_DATE_SIZE];

	bef_paper_line(out, tr("Item %zu: %s%s%s%s, %lld bytes, SHA-256 %s, collected %s by %s%s%s, held by %s"), i + 1,
	               bef_json_text_or(body, "name", ""), what ? " (" : "", what ? what : "", what ? ")" : "",
	               (long long)bef_json_int(body, "size", 0), hash ? hash : tr("not computed"),
	               date_of(in, item->line->at_ms, when), bef_paper_who(item->line), where ? ", " : "", where ? where : "",
	               item->handed ? bef_json_text_or(bef_line_body(item->handed), "to", "") : bef_paper_who(item->line));
}

void bef_paper_evidence(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	for (size_t i = 0; i < in->c->evidence_count; i++)
		if (bef_line_counts(in->c->evidence[i].line))
			add_item(in, i, out);
}

static void add_cost(struct bef_text *out, const char *what, int64_t cents)
{
	char amount[BEF_AMOUNT_SIZE];

	bef_paper_line(out, tr("%s: %s EUR"), what, bef_amount_format(cents, amount));
}

void bef_paper_costs(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	size_t count = 0;
	BEF_AUTO_FREE struct bef_cost *cost = bef_costs(in->c, &count, &out->failed);

	(void)of;
	for (size_t i = 0; i < count; i++)
		add_cost(out, bef_json_text_or(bef_line_body(cost[i].line), "text", ""), cost[i].cents);
	if (count)
		add_cost(out, tr("Total"), bef_costs_total(in->c, NULL));
}

void bef_paper_authors(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	for (size_t i = 0; i < in->c->line_count; i++) {
		const char *author = in->c->line[i].entry->author;
		bool known = false;

		for (size_t j = 0; j < i && !known; j++)
			known = strcmp(in->c->line[j].entry->author, author) == 0;
		if (!known)
			bef_text_printf(out, "%s%s", out->len ? ", " : "", author);
	}
}
