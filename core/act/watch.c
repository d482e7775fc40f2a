/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/watch.h"

#include <stdio.h>
#include <string.h>

#include "act/act.h"
#include "act/alert.h"
#include "base/i18n.h"

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

static void add_words(const struct bef_case *c, const struct bef_clock *clock, int percent, int64_t now_ms,
                      struct bef_text *out)
{
	char when[BEF_DATE_SIZE], span[BEF_DATE_SIZE];

	if (out->len)
		bef_text_putc(out, '\n');
	bef_date_format(clock->safe_at_ms, c->zone, BEF_DATE_DAY, when);
	bef_span_format(clock->safe_at_ms > now_ms ? clock->safe_at_ms - now_ms : now_ms - clock->safe_at_ms, span);
	bef_text_printf(out, percent >= 100 ? tr("LIMIT PASSED by %s: %s (%s)") : tr("%s left: %s, before %s"), span,
	                bef_clock_name(clock), when);
}

/* The entries, and the words of one alert for all of them: a storm of them helps nobody. */
static enum bef_rc note_reminders(struct bef_act *act, struct bef_watching *what, int *worst, struct bef_err *err)
{
	int64_t now_ms = act->desk->pen.now_ms;
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; i < act->c->clock_count && rc == BEF_OK; i++) {
		const struct bef_clock *clock = &act->c->clock[i];
		int percent = bef_clock_reminder(clock, now_ms);

		what->late += bef_clock_state(clock, now_ms) == BEF_CLOCK_LATE;
		if (!percent)
			continue;
		add_words(act->c, clock, percent, now_ms, what->text);
		what->reminders++;
		*worst = percent > *worst ? percent : *worst;
		rc = bef_act_add(act, "deadline.reminded", json_pack("{s:s, s:i, s:I}", "rule", clock->rule, "percent", percent,
		                                                     "limit", (json_int_t)clock->safe_at_ms), 0, err);
	}
	return rc;
}

static enum bef_rc do_watch(struct bef_act *act, void *request, struct bef_err *err)
{
	struct bef_watching *what = request;
	struct bef_raising alert = { .to = what->to, .to_count = what->to_count };
	int64_t before;
	int worst = 0;
	enum bef_rc rc = bef_act_enter(act, what->log, err);

	memcpy(what->ref, act->done.ref, sizeof(what->ref));
	if (rc || act->closed_at_ms)
		return rc;
	before = act->row.entries;
	rc = bef_act_reload(act, err);
	if (rc == BEF_OK && what->legal)
		rc = bef_act_clocks_by(act, what->legal, err);
	what->changed = act->row.entries > before;
	if (rc == BEF_OK)
		rc = bef_act_reload(act, err);
	if (rc == BEF_OK)
		rc = note_reminders(act, what, &worst, err);
	if (rc == BEF_OK)
		rc = bef_text_rc(what->text, err);
	if (rc || !worst || alert.to_count == 0 || act->c->drill)
		return rc;
	rc = bef_act_reload(act, err);
	alert.text = bef_text_str(what->text);
	alert.level = worst >= 100 ? "critical" : worst >= 75 ? "urgent" : "info";
	return rc ? rc : bef_act_raise(act, &alert, err);
}

enum bef_rc bef_act_watch(struct bef_desk *desk, struct bef_watching *what, struct bef_err *err)
{
	return bef_act_do(desk, BEF_ACT_NO_INCIDENT, do_watch, what, NULL, err);
}
