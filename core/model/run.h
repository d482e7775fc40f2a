/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * A playbook being carried out.  The marks put on its steps are entries; where
 * the run stands is computed from them each time, by walking the playbook from
 * its start (CACAO 2.0, 3.2 and 4: a branch runs to its end, then the step that
 * opened it goes on).
 */
#include <stdbool.h>
#include <stdint.h>

#include "model/playbook.h"

struct bef_line;
struct bef_case;

enum bef_step_status {
	BEF_STEP_OFF,     /* not on the path taken so far */
	BEF_STEP_READY,   /* can be done now */
	BEF_STEP_DONE,
	BEF_STEP_SKIPPED,
	BEF_STEP_FAILED,  /* failed, and the path went on */
	BEF_STEP_BLOCKED, /* failed, and nothing else can be done until it is done or skipped */
	BEF_STEP_COUNT,
};

/* What the entries said of one step. */
struct bef_mark {
	const struct bef_line *line;     /* the last done, skipped, failed or answer; or NULL */
	const struct bef_line *assigned; /* the last assignment, or NULL */
	enum bef_step_status status;     /* computed */
	enum { BEF_WALK_NEVER, BEF_WALK_WAITS, BEF_WALK_ENDED } branches; /* computed */
	int64_t ready_at_ms;             /* since when it could be done; computed */
	int64_t due_at_ms;               /* 0: none; computed */
};

struct bef_run {
	const struct bef_line *line; /* run.started */
	const struct bef_line *stopped;
	struct bef_playbook *playbook; /* owned */
	struct bef_mark *mark;         /* one per step of the playbook */
	bool finished;                 /* an end was reached on every branch */
	int done, total;               /* numbered steps: on the path and settled; in all */
};

/* Compute status, due times and counts from the marks. */
void bef_run_walk(struct bef_run *run, const struct bef_case *c);

/* True while it is being followed: neither finished, nor stopped, nor undone.  A run that does not
 * go on asks for nothing: none of its steps is late. */
bool bef_run_going_on(const struct bef_run *run);
/* True of a step that can be done now, be it for a second time. */
bool bef_mark_open(const struct bef_mark *mark);

const char *bef_step_status_name(enum bef_step_status status); /* stored word, for JSON */

/* Index of the first step that can be done now, in the order of their numbers, or -1. */
int bef_run_next(const struct bef_run *run);
