/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What the journal knows of the law: who answered what, when each instant was
 * decided to be, and the clocks that follow.  A clock is written into the
 * journal by the act that starts or moves it, with its article, its start and
 * both its limits, so that a record reads the same whatever becomes of the
 * rules.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/truth.h"

struct bef_case;
struct bef_line;

/* The last answer to a question. */
struct bef_answer {
	const char *fact;
	enum bef_truth truth;  /* of a yes-or-no question */
	const char *text;      /* of the others, or NULL */
	const struct bef_line *line;
};

/* An instant that somebody decided, for a reason. */
struct bef_instant {
	const char *event;
	int64_t at_ms;
	const struct bef_line *line;
};

enum bef_clock_state {
	BEF_CLOCK_TO_QUALIFY, /* an answer or an instant is missing */
	BEF_CLOCK_RUNNING,
	BEF_CLOCK_LATE,
	BEF_CLOCK_DONE,
	BEF_CLOCK_NOT_APPLICABLE,
};

struct bef_clock {
	const char *rule;
	const json_t *json;          /* as computed last (core/model/assess.h), or NULL: nothing was */
	const struct bef_line *line; /* where it stands, or NULL */
	int64_t start_at_ms, safe_at_ms, extended_at_ms; /* 0: not known */
	const struct bef_line *first_sent, *sent; /* the first and the last submission, or NULL */
	const struct bef_line *dismissed;         /* "not applicable", said by somebody after the last submission; or NULL */
	int reminded;                /* percent of the time gone when last reminded of this limit; 0: never */
};

/* "to-qualify", "running", "late", "done", "not-applicable": as stored and printed in JSON. */
const char *bef_clock_state_name(enum bef_clock_state state);
const char *bef_clock_state_label(enum bef_clock_state state);

enum bef_clock_state bef_clock_state(const struct bef_clock *clock, int64_t now_ms);
/* True of one that counts from something that has not come: a later stage, a request of the authority. */
bool bef_clock_is_to_come(const struct bef_clock *clock);
/* True of one that asks for something now: to qualify, running or late. */
bool bef_clock_is_open(const struct bef_clock *clock);
/* True if it was sent after its prudent limit. */
bool bef_clock_was_late(const struct bef_clock *clock);
/* The rule's name in the chosen language. */
const char *bef_clock_name(const struct bef_clock *clock);

/* Those of the case; NULL if there is none. */
const struct bef_clock *bef_case_clock(const struct bef_case *c, const char *rule);
const struct bef_answer *bef_case_answer(const struct bef_case *c, const char *fact);
const struct bef_instant *bef_case_instant(const struct bef_case *c, const char *event);

/* Of the clocks that run or are late and have a limit, the one after `former` by its limit; NULL: the first.
 * NULL: there is none. */
const struct bef_clock *bef_clock_next(const struct bef_case *c, const struct bef_clock *former);

/* How many are to qualify, running, late at `now_ms`; `next` is the running one whose limit comes first. */
struct bef_clock_counts {
	int to_qualify, running, late, done;
	int unlimited; /* running without a limit: "without delay" */
	const struct bef_clock *next;
};
struct bef_clock_counts bef_case_clocks(const struct bef_case *c, int64_t now_ms);
