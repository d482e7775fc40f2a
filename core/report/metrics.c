/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/metrics.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

static const struct {
	const char *name, *label;
} milestones[BEF_MILESTONE_COUNT] = {
	[BEF_STARTED] = { "started", N_("start (estimated)") },
	[BEF_DETECTED] = { "detected", N_("detection") },
	[BEF_OPENED] = { "opened", N_("opening") },
	[BEF_TAKEN] = { "taken_in_charge", N_("taking charge") },
	[BEF_QUALIFIED] = { "qualified", N_("qualification") },
	[BEF_CONTAINING] = { "containment_begun", N_("containment begun") },
	[BEF_CONTAINED] = { "contained", N_("containment reached") },
	[BEF_RECOVERING] = { "recovery_begun", N_("recovery begun") },
	[BEF_RETURNED] = { "returned", N_("return to normal") },
	[BEF_ENDED] = { "closed", N_("closing") },
};

static const struct {
	const char *name, *label;
	enum bef_milestone from, to;
} intervals[BEF_INTERVALS] = {
	{ "detect", N_("to detect: start to detection"), BEF_STARTED, BEF_DETECTED },
	{ "take_charge", N_("to take charge: detection to first gesture"), BEF_DETECTED, BEF_TAKEN },
	{ "qualify", N_("to qualify: detection to qualification"), BEF_DETECTED, BEF_QUALIFIED },
	{ "contain", N_("to contain: detection to containment reached"), BEF_DETECTED, BEF_CONTAINED },
	{ "restore", N_("to restore: detection to return to normal"), BEF_DETECTED, BEF_RETURNED },
	{ "close", N_("to close: detection to closing"), BEF_DETECTED, BEF_ENDED },
};

/* --- milestones --- */

static void reach(struct bef_metrics *m, enum bef_milestone which, const struct bef_line *line, int64_t at_ms)
{
	m->at[which] = (struct bef_milestone_at){ .at_ms = at_ms, .line = line };
}

/* The opening's own hour stands in the case when nobody dated the first sign: it is not one. */
static void find_detected(const struct bef_case *c, struct bef_metrics *m)
{
	for (size_t i = 0; i < c->line_count; i++)
		if (!c->line[i].undone && strncmp(c->line[i].entry->kind, "incident.", 9) == 0 &&
		    bef_line_int(&c->line[i], "detected_at"))
			reach(m, BEF_DETECTED, &c->line[i], c->detected_at_ms);
}

/* What a person did about it; not what the program wrote down by itself, nor an alert that rang. */
static bool is_gesture(const struct bef_case *c, const struct bef_line *line)
{
	return line->kind && line != c->opened && !(line->kind->flags & (BEF_KIND_SYSTEM | BEF_KIND_FOLLOWS)) &&
	       strcmp(line->entry->kind, "alert.raised") != 0 && bef_line_counts(line) &&
	       line->entry->recorded_at_ms >= c->opened_at_ms && line->at_ms >= c->opened_at_ms;
}

static void find_taken(const struct bef_case *c, struct bef_metrics *m)
{
	for (size_t i = 0; i < c->line_count; i++)
		if (is_gesture(c, &c->line[i]) && (!m->at[BEF_TAKEN].line || c->line[i].at_ms < m->at[BEF_TAKEN].at_ms))
			reach(m, BEF_TAKEN, &c->line[i], c->line[i].at_ms);
}

static void earliest(struct bef_metrics *m, enum bef_milestone which, const struct bef_line *line)
{
	if (!m->at[which].line || line->at_ms < m->at[which].at_ms)
		reach(m, which, line, line->at_ms);
}

static void find_qualified(const struct bef_case *c, struct bef_metrics *m)
{
	for (size_t i = 0; i < c->line_count; i++) {
		const struct bef_line *line = &c->line[i];

		if (strcmp(line->entry->kind, "incident.changed") == 0 && bef_line_counts(line) &&
		    (bef_line_text(line, "type") || bef_line_text(line, "severity")))
			earliest(m, BEF_QUALIFIED, line);
	}
}

static void take_move(struct bef_metrics *m, const struct bef_move *move)
{
	int containment = bef_word_index(&bef_phases, "containment");
	int from = bef_word_index(&bef_phases, move->from);
	int to = bef_word_index(&bef_phases, move->to);

	if (to > bef_word_index(&bef_phases, "qualification"))
		earliest(m, BEF_QUALIFIED, move->line);
	if (to == containment)
		earliest(m, BEF_CONTAINING, move->line);
	if (to <= containment)
		m->at[BEF_CONTAINED] = m->at[BEF_RETURNED] = (struct bef_milestone_at){ 0 };
	else if (from <= containment && m->at[BEF_CONTAINING].line)
		reach(m, BEF_CONTAINED, move->line, move->line->at_ms);
	if (strcmp(move->to, "recovery") == 0)
		earliest(m, BEF_RECOVERING, move->line);
	if (strcmp(move->to, "return") == 0)
		reach(m, BEF_RETURNED, move->line, move->line->at_ms);
	else if (to < bef_word_index(&bef_phases, "return"))
		m->at[BEF_RETURNED] = (struct bef_milestone_at){ 0 };
}

static void find_milestones(const struct bef_case *c, struct bef_metrics *m)
{
	const struct bef_instant *occurred = bef_case_instant(c, "occurred");

	if (occurred)
		reach(m, BEF_STARTED, occurred->line, occurred->at_ms);
	find_detected(c, m);
	reach(m, BEF_OPENED, c->opened, c->opened_at_ms);
	find_taken(c, m);
	find_qualified(c, m);
	for (size_t i = 0; i < c->move_count; i++)
		if (!c->move[i].is_state)
			take_move(m, &c->move[i]);
	if (c->closed_at_ms)
		reach(m, BEF_ENDED, c->closed, c->closed_at_ms);
}

/* --- lengths --- */

static void find_intervals(struct bef_metrics *m)
{
	for (int i = 0; i < BEF_INTERVALS; i++) {
		struct bef_interval *interval = &m->interval[i];
		int64_t from_ms = m->at[intervals[i].from].at_ms;
		int64_t to_ms = m->at[intervals[i].to].at_ms;

		interval->from = intervals[i].from;
		interval->to = intervals[i].to;
		if (!from_ms || !to_ms)
			continue;
		interval->span_ms = to_ms - from_ms;
		interval->state = to_ms < from_ms ? BEF_INTERVAL_CONTRADICTORY : BEF_INTERVAL_KNOWN;
	}
}

static void find_stays(const struct bef_case *c, int64_t now_ms, struct bef_metrics *m)
{
	struct bef_stay by_phase[16] = { 0 };
	int phase = 0;
	int64_t since_ms = c->opened_at_ms;
	int64_t end_ms = c->closed_at_ms ? c->closed_at_ms : now_ms;

	by_phase[0].visits = 1;
	for (size_t i = 0; i <= c->move_count; i++) {
		bool last = i == c->move_count;
		int64_t until_ms = last ? end_ms : c->move[i].line->at_ms;
		int to = last ? 0 : bef_word_index(&bef_phases, c->move[i].to);

		if (!last && (c->move[i].is_state || to < 0 || to >= 16))
			continue;
		by_phase[phase].span_ms += until_ms > since_ms ? until_ms - since_ms : 0;
		if (last)
			break;
		phase = to;
		since_ms = until_ms;
		by_phase[phase].visits++;
	}
	for (int i = 0; i < 16 && bef_phases.row[i].name; i++) {
		by_phase[i].phase = bef_phases.row[i].name;
		if (by_phase[i].visits)
			m->stay[m->stays++] = by_phase[i];
	}
}

void bef_metrics_of(const struct bef_case *c, int64_t now_ms, struct bef_metrics *out)
{
	*out = (struct bef_metrics){ .stays = 0 };
	find_milestones(c, out);
	find_intervals(out);
	find_stays(c, now_ms, out);
}

/* --- in words, and for machines --- */

const char *bef_milestone_label(enum bef_milestone which)
{
	return tr(milestones[which].label);
}

const char *bef_interval_name(int i)
{
	return intervals[i].name;
}

const char *bef_interval_label(int i)
{
	return tr(intervals[i].label);
}

const char *bef_interval_say(const struct bef_interval *interval, char out[BEF_DATE_SIZE])
{
	if (interval->state == BEF_INTERVAL_KNOWN)
		return bef_span_format(interval->span_ms, out);
	return interval->state == BEF_INTERVAL_UNKNOWN ? tr("unknown") : tr("unknown: the times contradict each other");
}

static json_t *intervals_json(const struct bef_metrics *m, bool *ok)
{
	json_t *object = json_object();

	*ok = *ok && object;
	for (int i = 0; i < BEF_INTERVALS; i++)
		bef_json_put(object, intervals[i].name,
		             m->interval[i].state == BEF_INTERVAL_KNOWN ? json_integer(m->interval[i].span_ms / 1000) : json_null(), ok);
	return object;
}

static json_t *stays_json(const struct bef_metrics *m, bool *ok)
{
	json_t *list = json_array();

	*ok = *ok && list;
	for (int i = 0; i < m->stays && *ok; i++)
		*ok = json_array_append_new(list, json_pack("{s:s, s:I, s:i}", "phase", m->stay[i].phase, "seconds",
		                                            (json_int_t)(m->stay[i].span_ms / 1000), "visits", m->stay[i].visits)) == 0;
	return list;
}

json_t *bef_metrics_json(const struct bef_metrics *m)
{
	json_t *object = json_object();
	json_t *at = json_object();
	bool ok = object && at;

	for (int i = 0; i < BEF_MILESTONE_COUNT; i++)
		bef_json_put_instant(at, milestones[i].name, m->at[i].at_ms, &ok);
	bef_json_put(object, "milestones", at, &ok);
	bef_json_put(object, "intervals", intervals_json(m, &ok), &ok);
	bef_json_put(object, "phases", stays_json(m, &ok), &ok);
	if (ok)
		return object;
	json_decref(object);
	return NULL;
}
