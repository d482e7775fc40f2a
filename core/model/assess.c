/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/assessing.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"

/* --- instants --- */

/* One rule while its clock is made; `done` holds the clocks of the rules before it. */
struct making {
	const struct bef_assessing *in;
	const struct bef_rule *rule;
	const json_t *done;
	json_t *clock;
	bool ok;
};

static const json_t *former(const struct making *m, const char *rule)
{
	return json_object_get(m->done, rule);
}

static int64_t sent_at(const struct making *m, const char *rule, bool last)
{
	const struct bef_clock *clock = bef_case_clock(m->in->c, rule);
	const struct bef_line *line = clock ? last ? clock->sent : clock->first_sent : NULL;

	return line ? line->at_ms : 0;
}

static int64_t event_at(const struct making *m, const char *event)
{
	const struct bef_instant *instant = bef_case_instant(m->in->c, event);

	if (strncmp(event, "sent:", 5) == 0)
		return sent_at(m, event + 5, false);
	if (strncmp(event, "last-sent:", 10) == 0)
		return sent_at(m, event + 10, true);
	if (strncmp(event, "due:", 4) == 0)
		return bef_json_int(former(m, event + 4), "safe_at", 0);
	if (instant)
		return instant->at_ms;
	if (strcmp(event, "detected") == 0)
		return m->in->c->detected_at_ms;
	return strcmp(event, "aware") == 0 ? m->in->c->aware_at_ms : 0;
}

/* The first of the list that is known; *first says whether it is the one wanted most.  NULL: none. */
static const char *start_of(const struct making *m, const json_t *events, int64_t *at_ms, bool *first)
{
	json_t *event;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)events, i, event) {
		*at_ms = event_at(m, json_string_value(event));
		*first = i == 0;
		if (*at_ms)
			return json_string_value(event);
	}
	return NULL;
}

/* What comes before was judged not to apply, so this does not either. */
static bool is_cut_off(const struct making *m, const json_t *events)
{
	const char *event = json_string_value(json_array_get(events, 0));
	const char *colon = event ? strchr(event, ':') : NULL;
	const struct bef_clock *clock = colon ? bef_case_clock(m->in->c, colon + 1) : NULL;
	const json_t *before = colon ? former(m, colon + 1) : NULL;

	if (!colon || json_array_size(events) > 1)
		return false;
	return (clock && clock->dismissed) || strcmp(bef_json_text_or(before, "state", ""), "not-applicable") == 0;
}

/* --- limits --- */

static void put_due(struct making *m, const struct bef_due *due)
{
	bef_json_put_int(m->clock, "safe_at", due->safe_ms, &m->ok);
	bef_json_put_int(m->clock, "extended_at", due->extended_ms, &m->ok);
	bef_json_put_text(m->clock, "calendar", m->in->calendar->version, &m->ok);
}

/* What the rule says of the arithmetic, but for where it starts and how long it lasts. */
static struct bef_due_ask asking(const struct making *m)
{
	int calc = bef_word_index(&bef_calcs, bef_json_text_or(m->rule->json, "calc", ""));

	return (struct bef_due_ask){
		.zone = m->in->c->zone,
		.calc = calc < 0 ? BEF_CALC_ELAPSED : (enum bef_calc)calc,
		.calendar = m->in->calendar,
		.extra = m->in->extra,
		.roll = bef_assess_condition(m->in, json_object_get(m->rule->json, "roll_unless")) != BEF_TRUE,
	};
}

static bool compute(const struct making *m, const char *offset, int64_t from_ms, struct bef_due *due)
{
	struct bef_due_ask ask = asking(m);

	ask.from_ms = from_ms;
	return bef_offset_parse(offset, &ask.offset, NULL) == BEF_OK && bef_due_compute(&ask, due, NULL) == BEF_OK;
}

/* True once it counts from something: with a limit, or without delay. */
static bool put_limit(struct making *m, const json_t *events, const char *offset)
{
	struct bef_due due;
	int64_t at_ms;
	bool first;
	const char *event = start_of(m, events, &at_ms, &first);

	bef_json_put_text(m->clock, "offset", offset, &m->ok);
	if (!event)
		return false;
	bef_json_put_text(m->clock, "start_event", event, &m->ok);
	bef_json_put_int(m->clock, "start_at", at_ms, &m->ok);
	if (!first)
		bef_json_put_bool(m->clock, "provisional", true, &m->ok);
	if (offset && compute(m, offset, at_ms, &due))
		put_due(m, &due);
	return true;
}

enum { LEGS_MOST = 4 };

/* The sooner of several, as DORA has it (2025/301, article 5(1) and (2)).  Without the first of them
 * nothing runs yet. */
static bool put_sooner(struct making *m, const json_t *list)
{
	const struct bef_due_ask ask = asking(m);
	struct bef_due_leg leg[LEGS_MOST] = { 0 };
	const char *event[LEGS_MOST] = { NULL };
	struct bef_due due;
	size_t count = 0, which;
	json_t *one;
	size_t i;
	bool first;

	json_array_foreach ((json_t *)(uintptr_t)list, i, one) {
		if (count == LEGS_MOST || bef_offset_parse(bef_json_text_or(one, "offset", ""), &leg[count].offset, NULL))
			return false;
		event[count] = start_of(m, json_object_get(one, "start"), &leg[count].from_ms, &first);
		count++;
	}
	if (!event[0] || bef_due_min(&ask, leg, count, &due, &which, NULL) != BEF_OK)
		return false;
	bef_json_put_text(m->clock, "start_event", event[which], &m->ok);
	bef_json_put_int(m->clock, "start_at", leg[which].from_ms, &m->ok);
	bef_json_put_text(m->clock, "offset", bef_json_text(json_array_get(list, which), "offset"), &m->ok);
	put_due(m, &due);
	return true;
}

bool bef_assess_due(const struct bef_assessing *in, const struct bef_clock *clock, struct bef_due *out)
{
	const struct making m = { .in = in, .rule = bef_law_rule(in->law, clock->rule) };
	const char *offset = bef_json_text(clock->json, "offset");

	return m.rule && offset && clock->safe_at_ms && compute(&m, offset, clock->start_at_ms, out);
}

/* --- the clock of one rule --- */

static void put_list(struct making *m, const char *member, json_t *list)
{
	if (json_array_size(list) > 0)
		bef_json_put(m->clock, member, list, &m->ok);
	else
		json_decref(list);
}

/* What it waits for: a record of ours that will come, or an instant that somebody has to decide. */
static const char *put_waiting(struct making *m, const json_t *events, json_t *missing)
{
	const char *event = json_string_value(json_array_get(events, 0));
	char text[80];

	bef_json_put_text(m->clock, "waits_for", event, &m->ok);
	if (!event || !bef_event_is_decided(event))
		return "running";
	snprintf(text, sizeof(text), "at:%.70s", event);
	bef_assess_add(missing, text, &m->ok);
	return "to-qualify";
}

static const json_t *wanted_start(const struct bef_rule *rule)
{
	const json_t *list = json_object_get(json_object_get(rule->json, "combine"), "min");

	return list ? json_object_get(json_array_get(list, 0), "start") : json_object_get(rule->json, "clock_start");
}

/* The state, with what it hangs on. */
static void put_state(struct making *m)
{
	const json_t *condition = json_object_get(m->rule->json, "applies_if");
	const json_t *list = json_object_get(json_object_get(m->rule->json, "combine"), "min");
	enum bef_truth truth = bef_assess_condition(m->in, condition);
	json_t *missing = json_array();
	json_t *because = json_array();
	const char *state = "running";

	m->ok = m->ok && missing && because;
	if (truth == BEF_FALSE || is_cut_off(m, wanted_start(m->rule))) {
		bef_assess_reasons(m->in, condition, BEF_FALSE, because, &m->ok);
		state = "not-applicable";
	} else {
		bool starts = list ? put_sooner(m, list)
		                   : put_limit(m, json_object_get(m->rule->json, "clock_start"), bef_json_text(m->rule->json, "offset"));

		bef_assess_unknown(m->in, condition, missing, &m->ok);
		if (truth == BEF_TRUE)
			bef_assess_reasons(m->in, condition, BEF_TRUE, because, &m->ok);
		if (!starts)
			state = put_waiting(m, wanted_start(m->rule), missing);
		if (truth == BEF_UNKNOWN)
			state = "to-qualify";
	}
	bef_json_put_text(m->clock, "state", state, &m->ok);
	put_list(m, "missing", missing);
	put_list(m, "because", because);
}

static json_t *clock_of(const struct bef_assessing *in, const struct bef_rule *rule, const json_t *done)
{
	struct making m = { in, rule, done, json_object(), true };

	bef_json_put_text(m.clock, "rule", rule->id, &m.ok);
	bef_json_put_text(m.clock, "regime", rule->regime, &m.ok);
	bef_json_put_text(m.clock, "status", rule->status, &m.ok);
	bef_json_put_text(m.clock, "article", bef_json_text(rule->json, "article"), &m.ok);
	bef_json_put_text(m.clock, "checked_on", bef_json_text(rule->json, "checked_on"), &m.ok);
	bef_json_put_text(m.clock, "calc", bef_json_text(rule->json, "calc"), &m.ok);
	bef_json_put_text(m.clock, "en", bef_json_text(json_object_get(rule->json, "name"), "en"), &m.ok);
	bef_json_put_text(m.clock, "fr", bef_json_text(json_object_get(rule->json, "name"), "fr"), &m.ok);
	put_state(&m);
	if (m.clock && m.ok)
		return m.clock;
	json_decref(m.clock);
	return NULL;
}

/* Not law yet, and nobody asked to follow it all the same; or not law on that day. */
static bool is_off(const struct bef_assessing *in, const struct bef_rule *rule)
{
	const char *from = bef_json_text(rule->json, "valid_from");
	const char *to = bef_json_text(rule->json, "valid_to");
	char follow[80], day[BEF_DATE_SIZE];
	const struct bef_answer *answer;

	bef_date_utc(in->c->detected_at_ms, day);
	if ((from && strncmp(day, from, 10) < 0) || (to && strncmp(day, to, 10) > 0))
		return true;
	snprintf(follow, sizeof(follow), "follow-%.60s", rule->regime);
	answer = bef_assess_answer(in, follow);
	return !bef_rule_is_on(rule) && !(answer && answer->truth == BEF_TRUE);
}

/* What the organisation is rules it out, whatever the incident: not worth a line.  What the incident rules
 * out is: somebody will ask why nobody was notified. */
static bool says_nothing(const struct bef_assessing *in, const struct bef_rule *rule, const json_t *clock,
                         const struct bef_clock *known)
{
	struct bef_assessing always = *in;

	always.c = in->profile;
	return !known && in->profile && strcmp(bef_json_text_or(clock, "state", ""), "not-applicable") == 0 &&
	       bef_assess_condition(&always, json_object_get(rule->json, "applies_if")) == BEF_FALSE;
}

json_t *bef_assess_changes(const struct bef_assessing *in)
{
	json_t *done = json_object();
	json_t *changes = json_array();
	bool ok = done && changes;

	for (size_t i = 0; i < in->law->rule_count && ok; i++) {
		const struct bef_rule *rule = &in->law->rule[i];
		const struct bef_clock *known = bef_case_clock(in->c, rule->id);
		json_t *clock = is_off(in, rule) ? NULL : clock_of(in, rule, done);

		if (!clock) {
			ok = is_off(in, rule);
			continue;
		}
		if (!says_nothing(in, rule, clock, known) && !(known && json_equal(clock, (json_t *)(uintptr_t)known->json)))
			ok = json_array_append(changes, clock) == 0;
		ok = json_object_set_new(done, rule->id, clock) == 0 && ok;
	}
	json_decref(done);
	if (ok)
		return changes;
	json_decref(changes);
	return NULL;
}

/* --- what is worth asking --- */

json_t *bef_assess_questions(const struct bef_assessing *in)
{
	json_t *wanted = json_array();
	json_t *sorted = json_array();
	bool ok = wanted && sorted;

	for (size_t i = 0; i < in->law->rule_count; i++) {
		const struct bef_rule *rule = &in->law->rule[i];
		const struct bef_clock *known = bef_case_clock(in->c, rule->id);

		if (is_off(in, rule) || (known && (known->dismissed || known->sent)))
			continue;
		bef_assess_unknown(in, json_object_get(rule->json, "applies_if"), wanted, &ok);
		if (bef_assess_condition(in, json_object_get(rule->json, "applies_if")) == BEF_TRUE)
			bef_assess_unknown(in, json_object_get(rule->json, "roll_unless"), wanted, &ok);
	}
	for (int of_organisation = 1; of_organisation >= 0; of_organisation--)
		for (size_t q = 0; q < in->law->question_count; q++) {
			const struct bef_question *question = &in->law->question[q];
			json_t *item;
			size_t i;

			json_array_foreach (wanted, i, item)
				if (question->of_organisation == (of_organisation == 1) &&
				    strcmp(json_string_value(item), question->id) == 0)
					ok = json_array_append(sorted, item) == 0 && ok;
		}
	json_decref(wanted);
	if (ok)
		return sorted;
	json_decref(sorted);
	return NULL;
}
