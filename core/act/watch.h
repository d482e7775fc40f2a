/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The watch.  Legal limits are reminded of when 50, 75 and 90 percent of the
 * time are gone and when they pass; steps and actions when they are overdue;
 * decisions when they are to be looked at again: once each.  Which reminders
 * were given is in the journal, in the transaction that raises the alert, so
 * that the watch may run as often as one likes, and on several machines.  A
 * limit that moves is reminded of anew.
 *
 * Storms are merged: one look raises one alert a sort of reminder, whatever
 * their number, and what is not critical waits until ten minutes have gone
 * since the last of its sort.
 */
#include "act/law.h"

/* The sorts, in the order in which they ring. */
enum bef_watch_sort { BEF_WATCH_MISSED, BEF_WATCH_DEADLINE, BEF_WATCH_OVERDUE, BEF_WATCH_REVIEW, BEF_WATCH_COUNT };

struct bef_watching {
	const struct bef_legal *legal; /* NULL: the clocks are taken as they were written down */
	int64_t log;           /* the incident */
	/* Filled in. */
	char ref[BEF_REF_SIZE];
	int reminders; /* given now */
	int late;      /* limits that have passed: of the law, of actions, of steps */
	bool changed;  /* clocks were computed again and differ */
	struct bef_text *text; /* the reminders in the chosen language, one a line; the caller's */
};

/* One look at one incident.  BEF_OK with nothing done if it is closed. */
enum bef_rc bef_act_watch(struct bef_desk *desk, struct bef_watching *what, struct bef_err *err) BEF_MUST_CHECK;

/* The reminder that is due of a clock and was not given: 50, 75, 90, 100, or 0. */
int bef_clock_reminder(const struct bef_clock *clock, int64_t now_ms);
