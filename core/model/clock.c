/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/clock.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"
#include "model/law.h"

static const struct {
	const char *name, *label;
} states[] = {
	[BEF_CLOCK_TO_QUALIFY] = { "to-qualify", N_("to qualify") },
	[BEF_CLOCK_RUNNING] = { "running", N_("running") },
	[BEF_CLOCK_LATE] = { "late", N_("LATE") },
	[BEF_CLOCK_DONE] = { "done", N_("done") },
	[BEF_CLOCK_NOT_APPLICABLE] = { "not-applicable", N_("not applicable") },
};

const char *bef_clock_state_name(enum bef_clock_state state)
{
	return states[state].name;
}

const char *bef_clock_state_label(enum bef_clock_state state)
{
	return tr(states[state].label);
}

static bool says(const struct bef_clock *clock, const char *state)
{
	return strcmp(bef_json_text_or(clock->json, "state", "to-qualify"), state) == 0;
}

enum bef_clock_state bef_clock_state(const struct bef_clock *clock, int64_t now_ms)
{
	if (clock->dismissed)
		return BEF_CLOCK_NOT_APPLICABLE;
	if (clock->sent)
		return BEF_CLOCK_DONE;
	if (says(clock, "not-applicable"))
		return BEF_CLOCK_NOT_APPLICABLE;
	if (!says(clock, "running"))
		return BEF_CLOCK_TO_QUALIFY;
	return clock->safe_at_ms && clock->safe_at_ms < now_ms ? BEF_CLOCK_LATE : BEF_CLOCK_RUNNING;
}

bool bef_clock_is_to_come(const struct bef_clock *clock)
{
	const char *event = bef_json_text(clock->json, "waits_for");

	return event && bef_clock_state(clock, 0) <= BEF_CLOCK_RUNNING && !bef_event_is_decided(event);
}

bool bef_clock_is_open(const struct bef_clock *clock)
{
	return bef_clock_state(clock, 0) <= BEF_CLOCK_LATE && !bef_clock_is_to_come(clock);
}

bool bef_clock_was_late(const struct bef_clock *clock)
{
	return clock->first_sent && clock->safe_at_ms && clock->first_sent->at_ms > clock->safe_at_ms;
}

const char *bef_clock_name(const struct bef_clock *clock)
{
	return bef_json_text_or(clock->json, bef_lang() == BEF_FR ? "fr" : "en", clock->rule);
}

const struct bef_clock *bef_case_clock(const struct bef_case *c, const char *rule)
{
	for (size_t i = 0; rule && i < c->clock_count; i++)
		if (strcmp(c->clock[i].rule, rule) == 0)
			return &c->clock[i];
	return NULL;
}

const struct bef_answer *bef_case_answer(const struct bef_case *c, const char *fact)
{
	for (size_t i = 0; fact && c && i < c->answer_count; i++)
		if (strcmp(c->answer[i].fact, fact) == 0)
			return &c->answer[i];
	return NULL;
}

const struct bef_instant *bef_case_instant(const struct bef_case *c, const char *event)
{
	for (size_t i = 0; event && i < c->instant_count; i++)
		if (strcmp(c->instant[i].event, event) == 0)
			return &c->instant[i];
	return NULL;
}

/* Of two of one instant, the one known first comes first. */
static bool comes_after(const struct bef_clock *clock, const struct bef_clock *former)
{
	if (clock->safe_at_ms != former->safe_at_ms)
		return clock->safe_at_ms > former->safe_at_ms;
	return clock > former;
}

const struct bef_clock *bef_clock_next(const struct bef_case *c, const struct bef_clock *former)
{
	const struct bef_clock *next = NULL;

	for (size_t i = 0; i < c->clock_count; i++) {
		const struct bef_clock *clock = &c->clock[i];

		if (bef_clock_state(clock, 0) == BEF_CLOCK_RUNNING && clock->safe_at_ms &&
		    (!former || comes_after(clock, former)) && (!next || comes_after(next, clock)))
			next = clock;
	}
	return next;
}

struct bef_clock_counts bef_case_clocks(const struct bef_case *c, int64_t now_ms)
{
	struct bef_clock_counts n = { 0 };

	for (size_t i = 0; i < c->clock_count; i++) {
		const struct bef_clock *clock = &c->clock[i];
		enum bef_clock_state state = bef_clock_state(clock, now_ms);

		if (bef_clock_is_to_come(clock))
			continue;
		n.to_qualify += state == BEF_CLOCK_TO_QUALIFY;
		n.running += state == BEF_CLOCK_RUNNING;
		n.late += state == BEF_CLOCK_LATE;
		n.unlimited += state == BEF_CLOCK_RUNNING && !clock->safe_at_ms;
		n.done += state == BEF_CLOCK_DONE;
	}
	n.next = bef_clock_next(c, NULL);
	return n;
}
