/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Private to due.c, due_extend.c and due_say.c: one limit while it is being worked out. */
#include "base/day.h"
#include "model/due.h"

struct reckoning {
	const struct bef_due_ask *ask;
	struct bef_due *due;
	struct bef_civil start, last; /* local: the event, the day and time at which the safe reading ends */
};

/* True if day `a` comes after day `b`. */
bool bef_reckon_is_after(const struct bef_civil *a, const struct bef_civil *b);
bool bef_reckon_is_working(const struct bef_due_ask *ask, const struct bef_civil *day);

/* The extended readings: each starts from the safe one, and sets due->extended_ms if it goes further. */
void bef_reckon_eu1182(struct reckoning *r);
void bef_reckon_fr_statute(struct reckoning *r);
void bef_reckon_dora(struct reckoning *r);
void bef_reckon_contract(struct reckoning *r);

/* Add a step in words; those beyond BEF_DUE_STEPS_MOST are lost. */
void bef_reckon_say(struct bef_due *due, const char *fmt, ...) BEF_PRINTF(2, 3);
/* How the safe instant was found. */
void bef_reckon_say_safe(const struct reckoning *r);
void bef_reckon_say_not_working(const struct reckoning *r, const struct bef_civil *day);
/* The holidays from Monday to Friday between two days, both included; nothing if there are none. */
void bef_reckon_say_holidays(const struct reckoning *r, struct bef_civil day, const struct bef_civil *last);
