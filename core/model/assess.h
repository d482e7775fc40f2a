/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * From the rules, the answers and the instants to the clocks: pure.  Answers
 * are yes, no or unknown, and unknown stays so (Kleene): a rule whose outcome
 * hangs on one is "to qualify", and that question is then worth asking.
 *
 * A clock is one object, as written into the journal:
 *
 *     rule, regime, status, article, checked_on    of the rule, pinned
 *     en, fr        its name
 *     state         to-qualify, running, not-applicable
 *     start_event?  what it counts from; provisional? when a better instant is not decided yet
 *     start_at?, safe_at?, extended_at?            UTC milliseconds (core/model/due.h)
 *     offset?, calc, calendar?                     absent offset: without delay
 *     waits_for?    the event that it counts from, which has not come
 *     missing?      questions and instants ("at:EVENT") that decide
 *     because?      the answers that decided, "fact=yes"
 *
 * A clock to qualify carries the limits that it would have.
 */
#include <jansson.h>

#include "model/case.h"
#include "model/due.h"
#include "model/law.h"

struct bef_assessing {
	const struct bef_law *law;
	const struct bef_case *c;
	const struct bef_case *profile;       /* answers of the organisation; or NULL */
	const struct bef_calendar *calendar;
	const struct bef_extra_days *extra;
};

/* The outcome of a condition. */
enum bef_truth bef_assess_condition(const struct bef_assessing *in, const json_t *condition);

/* The clocks that differ from those of the case, as an array (empty: nothing changed).  NULL: no memory. */
json_t *bef_assess_changes(const struct bef_assessing *in);

/* The arithmetic of a clock done again, with its steps in words.  False: it has no limit. */
bool bef_assess_due(const struct bef_assessing *in, const struct bef_clock *clock, struct bef_due *out);

/* The answer that counts: the incident's own, else the organisation's; or NULL. */
const struct bef_answer *bef_assess_answer(const struct bef_assessing *in, const char *fact);

/* The questions that could change an outcome, in the order of the list: ids, those of the organisation
 * first.  An array; NULL: no memory. */
json_t *bef_assess_questions(const struct bef_assessing *in);
