/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The watch: limits are reminded of when 50, 75 and 90 percent of the time are
 * gone and when they pass, once each.  Which reminders were given is in the
 * journal, in the transaction that raises the alert, so that the watch may run
 * as often as one likes, and on several machines.  A limit that moves is
 * reminded of anew.
 */
#include "act/law.h"

struct bef_watching {
	const struct bef_legal *legal; /* NULL: the clocks are taken as they were written down */
	int64_t log;           /* the incident */
	const char *const *to; /* names of destinations; none for exercises */
	int to_count;
	/* Filled in. */
	char ref[BEF_REF_SIZE];
	int reminders; /* given now */
	int late;      /* limits that have passed */
	bool changed;  /* clocks were computed again and differ */
	struct bef_text *text; /* what the alert says, one reminder a line; the caller's */
};

/* One look at one incident.  BEF_OK with nothing done if it is closed. */
enum bef_rc bef_act_watch(struct bef_desk *desk, struct bef_watching *what, struct bef_err *err) BEF_MUST_CHECK;

/* The reminder that is due of a clock and was not given: 50, 75, 90, 100, or 0. */
int bef_clock_reminder(const struct bef_clock *clock, int64_t now_ms);
