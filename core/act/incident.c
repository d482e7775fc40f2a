/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/incident.h"

#include <stdio.h>
#include <string.h>

#include "act/act.h"
#include "base/i18n.h"
#include "base/json.h"

static json_t *opening_body(const struct bef_opening *what, const char *ref, const char *zone)
{
	json_t *body = json_object();
	bool ok = body != NULL;

	bef_json_put_text(body, "ref", ref, &ok);
	bef_json_put_text(body, "title", what->title, &ok);
	bef_json_put_text(body, "type", what->type, &ok);
	bef_json_put_text(body, "severity", what->severity, &ok);
	bef_json_put_text(body, "tlp", what->tlp, &ok);
	bef_json_put_text(body, "zone", zone, &ok);
	if (what->drill)
		bef_json_put_bool(body, "drill", true, &ok);
	if (what->detected_at_ms)
		bef_json_put_int(body, "detected_at", what->detected_at_ms, &ok);
	if (what->aware_at_ms)
		bef_json_put_int(body, "aware_at", what->aware_at_ms, &ok);
	bef_json_put_text(body, "reporter", what->reporter, &ok);
	bef_json_put_text(body, "summary", what->summary, &ok);
	if (!ok) {
		json_decref(body);
		return NULL;
	}
	return body;
}

static enum bef_rc next_ref(struct bef_act *act, char ref[BEF_REF_SIZE], struct bef_err *err)
{
	int year = bef_year_in(act->desk->pen.zone, act->desk->pen.now_ms);
	int number = 0;
	enum bef_rc rc = bef_store_last_number(act->store, year, &number, err);

	snprintf(ref, BEF_REF_SIZE, "INC-%04d-%03d", year, number + 1);
	return rc;
}

static enum bef_rc register_it(struct bef_act *act, const char *ref, struct bef_err *err)
{
	char uuid[BEF_UUID_TEXT];
	char opened[BEF_HASH_HEX];

	bef_uuid_format(&act->row.uuid, uuid);
	bef_hex(act->done.id.byte, sizeof(act->done.id.byte), opened);
	return bef_act_add_org(act, "incident.registered",
	                       json_pack("{s:s, s:s, s:s}", "incident", uuid, "ref", ref, "opened", opened), err);
}

static enum bef_rc do_open(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct bef_opening *what = request;
	struct bef_uuid uuid;
	char ref[BEF_REF_SIZE];
	enum bef_rc rc = next_ref(act, ref, err);

	if (rc)
		return rc;
	bef_uuid_v4(&uuid);
	rc = bef_store_log_insert(act->store, &uuid, false, &act->row, err);
	if (rc == BEF_OK)
		rc = bef_act_add(act, "incident.opened", opening_body(what, ref, act->desk->pen.zone),
		                 what->detected_at_ms, err);
	if (rc == BEF_OK)
		rc = register_it(act, ref, err);
	/* Before the commit: an incident that cannot be made the current one is not opened, since the notes
	 * that follow would go to another. */
	return rc || act->desk->dry_run ? rc : bef_desk_choose(act->desk, &act->row.uuid, err);
}

/* Where there is no journal yet, trying makes none. */
static enum bef_rc try_first(const struct bef_desk *desk, const struct bef_opening *what, struct bef_done *done,
                             struct bef_err *err)
{
	json_t *body;
	enum bef_rc rc;

	*done = (struct bef_done){ .number = 1 };
	snprintf(done->ref, sizeof(done->ref), "INC-%04d-001", bef_year_in(desk->pen.zone, desk->pen.now_ms));
	body = opening_body(what, done->ref, desk->pen.zone);
	rc = body ? bef_kind_check(bef_kind_find("incident.opened"), body, false, err) : bef_no_memory(err);
	json_decref(body);
	return rc;
}

enum bef_rc bef_act_open(struct bef_desk *desk, const struct bef_opening *what, struct bef_done *done,
                         struct bef_err *err)
{
	struct bef_opening request = *what;
	enum bef_rc rc = bef_act_do(desk, BEF_ACT_CREATE, do_open, &request, done, err);

	return rc == BEF_NOT_FOUND && desk->dry_run ? try_first(desk, what, done, err) : rc;
}

/* What to type about a point, at the end of its line. */
static void end_point(struct bef_text *out, const char *hint)
{
	if (hint)
		bef_text_puts(out, hint);
	bef_text_putc(out, '\n');
}

/* What steps put in place and nobody lifted: a cut that is forgotten is found months later. */
static int measures_open(const struct bef_case *c, int at, bool hints, struct bef_text *out)
{
	const struct bef_run *run = &c->run[at];
	int points = 0;

	for (int n = 0; n < run->playbook->numbered; n++) {
		int step = run->playbook->shown[n];

		if (!bef_mark_in_force(run, step))
			continue;
		bef_text_printf(out, tr("measure in force: step %d, %s"), n + 1,
		                BEF_SHORT(bef_step_text(&run->playbook->step[step], "name"), 100));
		if (hints && c->run_count > 1)
			bef_text_printf(out, tr("   -> lifted: beffroi step %d lift --run %d   stays: beffroi step %d keep REASON --run %d"),
			                n + 1, at + 1, n + 1, at + 1);
		else if (hints)
			bef_text_printf(out, tr("   -> lifted: beffroi step %d lift   stays: beffroi step %d keep REASON"), n + 1, n + 1);
		bef_text_putc(out, '\n');
		points++;
	}
	return points;
}

/* Notifications that are owed, one by one; those that a question still decides, all at once. */
static int clocks_open(const struct bef_case *c, bool hints, struct bef_text *out)
{
	int to_qualify = bef_case_clocks(c, 0).to_qualify;
	int points = to_qualify > 0;

	for (size_t i = 0; i < c->clock_count; i++) {
		const struct bef_clock *clock = &c->clock[i];

		if (!bef_clock_is_open(clock) || bef_clock_state(clock, 0) == BEF_CLOCK_TO_QUALIFY)
			continue;
		bef_text_printf(out, tr("legal deadline: %s"), BEF_SHORT(bef_clock_name(clock), 120));
		if (hints)
			bef_text_printf(out, tr("   -> beffroi deadline %.60s sent, or not-applicable"), clock->rule);
		bef_text_putc(out, '\n');
		points++;
	}
	if (to_qualify) {
		bef_text_printf(out, trn("%d legal deadline to qualify", "%d legal deadlines to qualify", to_qualify), to_qualify);
		end_point(out, hints ? tr("   -> beffroi deadline qualify") : NULL);
	}
	return points;
}

/* Decisions that somebody meant to look at again, and nobody replaced. */
static int reviews_open(const struct bef_case *c, bool hints, struct bef_text *out)
{
	int points = 0;

	for (size_t i = 0; i < c->decision_count; i++) {
		const struct bef_decision *decision = &c->decision[i];
		char when[BEF_DATE_SIZE];

		if (!decision->review_at_ms || decision->superseded_by || !bef_line_counts(decision->line))
			continue;
		bef_text_printf(out, tr("decision D%zu to review %s: %s"), i + 1,
		                bef_date_format(decision->review_at_ms, c->zone, BEF_DATE_DAY, when),
		                BEF_SHORT(bef_json_text_or(bef_line_body(decision->line), "choice", "..."), 100));
		if (hints)
			bef_text_printf(out, tr("   -> beffroi decide ... --supersedes %zu"), i + 1);
		bef_text_putc(out, '\n');
		points++;
	}
	return points;
}

int bef_case_open_points(const struct bef_case *c, bool hints, struct bef_text *out)
{
	int points = 0;

	for (size_t i = 0; i < c->action_count; i++) {
		const char *text = bef_line_text(c->action[i].line, "text");

		if (!bef_action_open(&c->action[i]))
			continue;
		bef_text_printf(out, tr("action A%zu: %s"), i + 1, BEF_SHORT(text ? text : "...", 120));
		if (hints)
			bef_text_printf(out, tr("   -> beffroi action %zu done"), i + 1);
		bef_text_putc(out, '\n');
		points++;
	}
	for (size_t i = 0; i < c->run_count; i++) {
		const struct bef_run *run = &c->run[i];
		int next = bef_run_next(run);

		if (!bef_run_going_on(run) || next < 0)
			continue;
		bef_text_printf(out, tr("playbook %s: step %d of %d, %s"), bef_playbook_text(run->playbook, "name"),
		                run->playbook->step[next].number, run->total,
		                BEF_SHORT(bef_step_text(&run->playbook->step[next], "name"), 100));
		end_point(out, hints ? tr("   -> beffroi run") : NULL);
		points++;
	}
	for (size_t i = 0; i < c->run_count; i++)
		points += measures_open(c, (int)i, hints, out);
	points += clocks_open(c, hints, out);
	points += reviews_open(c, hints, out);
	for (size_t i = 0; i < c->alert_count; i++) {
		if (c->alert[i].waiting == 0)
			continue;
		bef_text_printf(out, tr("alert %zu has not arrived everywhere"), i + 1);
		end_point(out, hints ? tr("   -> beffroi alert queue") : NULL);
		points++;
	}
	return points;
}

struct closing {
	const char *reason;
	bool despite;
	struct bef_text *points;
};

/* The open points as a list of lines for the record. */
static json_t *list_points(const char *text)
{
	json_t *list = json_array();

	while (list && *text) {
		size_t len = strcspn(text, "\n");

		if (json_array_append_new(list, json_stringn(text, bef_utf8_cut(text, len > 490 ? 490 : len))) != 0) {
			json_decref(list);
			return NULL;
		}
		text += len + (text[len] == '\n');
	}
	return list;
}

static enum bef_rc do_close(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct closing *how = request;
	BEF_AUTO(text) bare = { .max = 1 << 20 };
	json_t *body = json_object();
	bool ok = body != NULL;
	int open;
	enum bef_rc rc;

	bef_text_clear(how->points);
	open = bef_case_open_points(act->c, true, how->points);
	if (open > 0 && !how->despite) {
		json_decref(body);
		bef_fail(err, BEF_REFUSED, trn("%d point is still open", "%d points are still open", open), open);
		bef_hint(err, "%s", tr("close all the same with: beffroi close --despite --reason ..."));
		return BEF_REFUSED;
	}
	bef_json_put_text(body, "reason", how->reason, &ok);
	if (open > 0) {
		bef_case_open_points(act->c, false, &bare);
		bef_json_put(body, "despite", bare.failed ? NULL : list_points(bef_text_str(&bare)), &ok);
	}
	if (!ok) {
		json_decref(body);
		return bef_no_memory(err);
	}
	rc = bef_act_add(act, "incident.closed", body, 0, err);
	return rc ? rc : bef_act_checkpoint(act, "closing", err);
}

enum bef_rc bef_act_close(struct bef_desk *desk, const char *reason, bool despite, struct bef_text *points,
                          struct bef_done *done, struct bef_err *err)
{
	struct closing how = { reason, despite, points };

	return bef_act_do(desk, BEF_ACT_CASE, do_close, &how, done, err);
}

static enum bef_rc do_reopen(struct bef_act *act, void *request, struct bef_err *err)
{
	if (!act->c->closed)
		return bef_fail(err, BEF_REFUSED, tr("%s is not closed"), act->done.ref);
	return bef_act_add(act, "incident.reopened", json_pack("{s:s}", "reason", (const char *)request), 0, err);
}

enum bef_rc bef_act_reopen(struct bef_desk *desk, const char *reason, struct bef_done *done, struct bef_err *err)
{
	return bef_act_do(desk, BEF_ACT_CASE | BEF_ACT_WHEN_CLOSED, do_reopen, (void *)(uintptr_t)reason, done,
	                  err);
}

static enum bef_rc do_witness(struct bef_act *act, void *request, struct bef_err *err)
{
	return bef_act_checkpoint(act, request, err);
}

enum bef_rc bef_act_witness(struct bef_desk *desk, const char *occasion, struct bef_err *err)
{
	return bef_act_do(desk, BEF_ACT_WHEN_CLOSED, do_witness, (void *)(uintptr_t)occasion, NULL, err);
}
