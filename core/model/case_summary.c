/* SPDX-License-Identifier: EUPL-1.2 */
/* A case in the few words that a list shows.  Declared in case.h. */
#include <string.h>

#include "model/case.h"

static void copy(char *out, size_t size, const char *text)
{
	size_t len = bef_utf8_cut(text ? text : "", size - 1);

	memcpy(out, text ? text : "", len);
	out[len] = '\0';
}

static void sooner(int64_t *best_ms, int64_t at_ms)
{
	if (at_ms && (!*best_ms || at_ms < *best_ms))
		*best_ms = at_ms;
}

void bef_case_summary(const struct bef_case *c, struct bef_summary *out)
{
	*out = (struct bef_summary){ 0 };
	copy(out->ref, sizeof(out->ref), c->ref);
	copy(out->title, sizeof(out->title), c->title ? c->title : "");
	copy(out->type, sizeof(out->type), c->type);
	copy(out->severity, sizeof(out->severity), c->severity);
	copy(out->tlp, sizeof(out->tlp), c->tlp);
	copy(out->phase, sizeof(out->phase), c->phase);
	copy(out->state, sizeof(out->state), c->state);
	out->drill = c->drill;
	out->opened_at_ms = c->opened_at_ms;
	out->closed_at_ms = c->closed_at_ms;
	for (size_t i = 0; i < c->action_count; i++) {
		const struct bef_action *action = &c->action[i];

		if (!bef_action_open(action))
			continue;
		out->open_actions++;
		sooner(&out->next_due_at_ms, action->due_at_ms);
	}
	for (size_t i = 0; i < c->decision_count; i++)
		if (bef_line_counts(c->decision[i].line) && !c->decision[i].superseded_by)
			sooner(&out->next_due_at_ms, c->decision[i].review_at_ms);
	for (size_t i = 0; i < c->clock_count; i++)
		if (bef_clock_is_open(&c->clock[i]) && bef_clock_state(&c->clock[i], 0) == BEF_CLOCK_RUNNING)
			sooner(&out->next_due_at_ms, c->clock[i].safe_at_ms);
	for (size_t i = 0; i < c->alert_count; i++)
		out->waiting_alerts += c->alert[i].waiting > 0;
	out->unheard = c->unheard != NULL;
}
