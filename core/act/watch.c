/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/watch.h"

#include <stdio.h>
#include <string.h>

#include "act/alert.h"
#include "base/i18n.h"
#include "base/json.h"
#include "model/outage.h"

enum { STORM_MS = 600000 };

/* What one look gathers: the sentences of each sort in both languages, and its gravest level. */
struct gathering {
	struct bef_act *act;
	struct bef_watching *what;
	int64_t now_ms;
	struct {
		bool held; /* the last alert of this sort is too recent */
		const char *level;
		struct bef_text said[BEF_LANG_COUNT];
	} sort[BEF_WATCH_COUNT];
};

static const char *const events[BEF_WATCH_COUNT] = { "missed", "deadline", "overdue", "review" };

int bef_clock_reminder(const struct bef_clock *clock, int64_t now_ms)
{
	static const int marks[] = { 100, 90, 75, 50 };
	int64_t whole_ms = clock->safe_at_ms - clock->start_at_ms;
	int64_t gone_ms = now_ms - clock->start_at_ms;

	if (bef_clock_state(clock, 0) != BEF_CLOCK_RUNNING || !clock->safe_at_ms || whole_ms <= 0)
		return 0;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (gone_ms / marks[i] >= whole_ms / 100)
			return marks[i] > clock->reminded ? marks[i] : 0;
	return 0;
}

/* True if an alert of this sort left a moment ago.  What is missed is never held back. */
static bool is_storm(const struct bef_case *c, int sort, int64_t now_ms)
{
	for (size_t i = c->alert_count; sort != BEF_WATCH_MISSED && i-- > 0;) {
		const struct bef_line *line = c->alert[i].line;
		const char *event = bef_line_text(line, "event");

		if (event && strcmp(event, events[sort]) == 0)
			return line->at_ms <= now_ms && now_ms - line->at_ms < STORM_MS;
	}
	return false;
}

/* --- what is said ------------------------------------------------------------ */

/* One reminder, as each language says it. */
struct reminder {
	enum bef_watch_sort sort;
	const struct bef_clock *clock; /* of a legal limit, or NULL */
	const char *number;            /* "A3", "D2", "step 4" */
	const char *name;
	int64_t limit_ms;
};

static void add_words(const struct gathering *g, const struct reminder *r, struct bef_text *out)
{
	static const char *const forms[BEF_WATCH_COUNT] = {
		N_("LIMIT PASSED by %s: %s (%s)"), N_("%s left: %s, before %s"),
		N_("OVERDUE by %s: %s (%s)"), N_("to look at again since %s: %s (%s)"),
	};
	char when[BEF_DATE_SIZE], span[BEF_DATE_SIZE];
	BEF_AUTO(text) name = { .max = 1000 };

	if (r->number)
		bef_text_printf(&name, "%s, ", r->number);
	bef_text_puts(&name, r->clock ? bef_clock_name(r->clock) : BEF_SHORT(r->name ? r->name : "...", 160));
	bef_date_format(r->limit_ms, g->act->c->zone, BEF_DATE_DAY, when);
	bef_span_format(r->limit_ms > g->now_ms ? r->limit_ms - g->now_ms : g->now_ms - r->limit_ms, span);
	if (out->len)
		bef_text_putc(out, '\n');
	bef_text_printf(out, tr(forms[r->sort]), span, bef_text_str(&name), when);
}

static void gather(struct gathering *g, const struct reminder *r, const char *level)
{
	enum bef_lang lang = bef_lang();
	const char **worst = &g->sort[r->sort].level;

	for (int l = 0; l < BEF_LANG_COUNT; l++) {
		bef_lang_set((enum bef_lang)l);
		add_words(g, r, &g->sort[r->sort].said[l]);
	}
	bef_lang_set(lang);
	add_words(g, r, g->what->text);
	g->what->reminders++;
	if (!*worst || bef_level_number(level) < bef_level_number(*worst))
		*worst = level;
}

/* --- what is due ---------------------------------------------------------------- */

static enum bef_rc look_at_clocks(struct gathering *g, struct bef_err *err)
{
	const struct bef_case *c = g->act->c;
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; i < c->clock_count && rc == BEF_OK; i++) {
		const struct bef_clock *clock = &c->clock[i];
		int percent = bef_clock_reminder(clock, g->now_ms);
		const struct reminder r = { .sort = percent >= 100 ? BEF_WATCH_MISSED : BEF_WATCH_DEADLINE, .clock = clock,
			                    .limit_ms = clock->safe_at_ms };

		g->what->late += bef_clock_state(clock, g->now_ms) == BEF_CLOCK_LATE;
		if (!percent || g->sort[r.sort].held)
			continue;
		gather(g, &r, percent >= 100 ? "critical" : percent >= 75 ? "urgent" : "info");
		rc = bef_act_add(g->act, "deadline.reminded", json_pack("{s:s, s:i, s:I}", "rule", clock->rule, "percent", percent,
		                                                        "limit", (json_int_t)clock->safe_at_ms), 0, err);
	}
	return rc;
}

/* Anything but the law's: `about` with `step` was due at `limit`. */
static enum bef_rc remind(struct gathering *g, const struct reminder *r, const char *sort, const struct bef_line *about,
                          const char *step, struct bef_err *err)
{
	char hex[BEF_HASH_HEX];
	json_t *body;
	bool ok;

	if (!r->limit_ms || r->limit_ms > g->now_ms)
		return BEF_OK;
	g->what->late += r->sort == BEF_WATCH_OVERDUE;
	if (g->sort[r->sort].held || bef_case_reminded(g->act->c, about, step, r->limit_ms))
		return BEF_OK;
	gather(g, r, r->sort == BEF_WATCH_OVERDUE ? "urgent" : "info");
	bef_hex(about->entry->id.byte, sizeof(about->entry->id.byte), hex);
	body = json_pack("{s:s, s:s, s:I}", "about", hex, "what", sort, "limit", (json_int_t)r->limit_ms);
	ok = body != NULL;
	bef_json_put_text(body, "step", step, &ok);
	if (ok)
		return bef_act_add(g->act, "due.reminded", body, 0, err);
	json_decref(body);
	return bef_no_memory(err);
}

static enum bef_rc look_at_run(struct gathering *g, const struct bef_run *run, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (int s = 0; s < run->playbook->step_count && bef_run_going_on(run) && rc == BEF_OK; s++) {
		const struct bef_step *step = &run->playbook->step[s];
		char number[40];
		const struct reminder r = { .sort = BEF_WATCH_OVERDUE, .number = number, .name = bef_step_text(step, "name"),
			                    .limit_ms = run->mark[s].due_at_ms };

		snprintf(number, sizeof(number), "%d", step->number);
		if (bef_mark_open(&run->mark[s]))
			rc = remind(g, &r, "step", run->line, step->id, err);
	}
	return rc;
}

static enum bef_rc look_at_actions(struct gathering *g, struct bef_err *err)
{
	const struct bef_case *c = g->act->c;
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; i < c->action_count && rc == BEF_OK; i++) {
		const struct bef_action *action = &c->action[i];
		char number[40];
		const struct reminder r = { .sort = BEF_WATCH_OVERDUE, .number = number, .name = bef_line_text(action->line, "text"),
			                    .limit_ms = action->due_at_ms };

		snprintf(number, sizeof(number), "A%zu", i + 1);
		if (bef_action_open(action))
			rc = remind(g, &r, "action", action->line, NULL, err);
	}
	for (size_t i = 0; i < c->decision_count && rc == BEF_OK; i++) {
		const struct bef_decision *decision = &c->decision[i];
		char number[40];
		const struct reminder r = { .sort = BEF_WATCH_REVIEW, .number = number,
			                    .name = bef_line_text(decision->line, "choice"), .limit_ms = decision->review_at_ms };

		snprintf(number, sizeof(number), "D%zu", i + 1);
		if (bef_line_counts(decision->line) && !decision->superseded_by)
			rc = remind(g, &r, "review", decision->line, NULL, err);
	}
	return rc;
}

/* What is still out of service when the admissible interruption is over. */
static enum bef_rc look_at_services(struct gathering *g, struct bef_err *err)
{
	const struct bef_case *c = g->act->c;
	struct bef_outages outages;
	enum bef_rc rc = bef_outages_of(c, g->now_ms, &outages) ? BEF_OK : bef_no_memory(err);

	for (size_t i = 0; i < outages.count && rc == BEF_OK; i++) {
		const struct bef_outage *one = &outages.one[i];
		const struct bef_asset *asset = &c->asset[one->asset];
		char number[40];
		const struct reminder r = { .sort = BEF_WATCH_OVERDUE, .number = number, .name = asset->name,
			                    .limit_ms = one->current_ms ? g->now_ms - one->current_ms + asset->rto_ms : 0 };

		snprintf(number, sizeof(number), "S%d", one->asset + 1);
		if (bef_outage_is_late(c, one))
			rc = remind(g, &r, "service", asset->line, NULL, err);
	}
	bef_outages_clear(&outages);
	return rc;
}

static enum bef_rc look(struct gathering *g, struct bef_err *err)
{
	const struct bef_case *c = g->act->c;
	enum bef_rc rc;

	for (int sort = 0; sort < BEF_WATCH_COUNT; sort++)
		g->sort[sort].held = is_storm(c, sort, g->now_ms);
	rc = look_at_clocks(g, err);
	for (size_t i = 0; i < c->run_count && rc == BEF_OK; i++)
		rc = look_at_run(g, &c->run[i], err);
	if (rc == BEF_OK)
		rc = look_at_actions(g, err);
	return rc ? rc : look_at_services(g, err);
}

/* --- ringing ---------------------------------------------------------------------- */

static enum bef_rc ring(struct gathering *g, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (int sort = 0; sort < BEF_WATCH_COUNT && rc == BEF_OK; sort++) {
		const struct bef_raising alert = {
			.event = events[sort],
			.level = g->sort[sort].level,
			.text = bef_text_str(&g->sort[sort].said[BEF_EN]),
			.text_fr = bef_text_str(&g->sort[sort].said[BEF_FR]),
			.by_itself = true,
		};

		if (!alert.level)
			continue;
		rc = bef_act_reload(g->act, err);
		if (rc == BEF_OK)
			rc = bef_act_raise(g->act, &alert, err);
	}
	return rc;
}

static void gathering_clear(struct gathering *g)
{
	for (int sort = 0; sort < BEF_WATCH_COUNT; sort++)
		for (int l = 0; l < BEF_LANG_COUNT; l++)
			bef_text_clear(&g->sort[sort].said[l]);
}

/* The clocks as they are now; nothing to look at in an incident that is closed. */
static enum bef_rc enter(struct bef_act *act, struct bef_watching *what, struct bef_err *err)
{
	int64_t before;
	enum bef_rc rc = bef_act_enter(act, what->log, err);

	memcpy(what->ref, act->done.ref, sizeof(what->ref));
	if (rc || act->closed_at_ms)
		return rc;
	before = act->row.entries;
	rc = bef_act_reload(act, err);
	if (rc == BEF_OK && what->legal)
		rc = bef_act_clocks_by(act, what->legal, err);
	what->changed = act->row.entries > before;
	return rc ? rc : bef_act_reload(act, err);
}

static enum bef_rc do_watch(struct bef_act *act, void *request, struct bef_err *err)
{
	struct bef_watching *what = request;
	__attribute__((cleanup(gathering_clear))) struct gathering g = { .act = act, .what = what, .now_ms = act->desk->pen.now_ms };
	enum bef_rc rc;

	for (int sort = 0; sort < BEF_WATCH_COUNT; sort++)
		for (int l = 0; l < BEF_LANG_COUNT; l++)
			bef_text_init(&g.sort[sort].said[l], 1 << 16);
	rc = enter(act, what, err);
	if (rc || act->closed_at_ms)
		return rc;
	rc = look(&g, err);
	if (rc == BEF_OK)
		rc = bef_text_rc(what->text, err);
	return rc ? rc : ring(&g, err);
}

enum bef_rc bef_act_watch(struct bef_desk *desk, struct bef_watching *what, struct bef_err *err)
{
	return bef_act_do(desk, BEF_ACT_NO_INCIDENT, do_watch, what, NULL, err);
}
