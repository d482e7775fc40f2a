/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * A playbook being carried out.  What was said of its steps is in entries; where
 * the run stands is computed from them each time, by walking the playbook from
 * its start (CACAO 2.0, 3.2 and 4: a branch runs to its end, then the step that
 * opened it goes on).
 *
 * A step inside a loop is done once a pass.  Passes are numbered by the loop
 * that surrounds the step most closely, from 1, and never start again; what is
 * outside any loop has pass 0.
 *
 * Nothing here decides: an answer given by a condition is an entry too.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
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
	BEF_STEP_WAITING, /* the playbook it opened is being followed */
	BEF_STEP_COUNT,
};

/* Where one step stands, in the last pass that reached it. */
struct bef_mark {
	const struct bef_line *line;     /* the last done, skipped, failed or answer; or NULL */
	const struct bef_line *assigned; /* the last assignment, or NULL */
	const struct bef_line *lifted;   /* what it put in place was lifted, or is kept for good; or NULL */
	enum bef_step_status status;
	enum { BEF_WALK_NEVER, BEF_WALK_WAITS, BEF_WALK_ENDED } branches;
	int around;            /* pass of the loop around it; 0: outside any; -1: not reached */
	int pass;              /* what entries name: the same, but of a while the turn it is in */
	int passes;            /* of a while: how many times it was asked */
	int child;             /* of a playbook step: the run it opened, or -1 */
	int64_t ready_at_ms;   /* since when it could be done */
	int64_t not_before_ms; /* CACAO's delay, or 0 */
	int64_t due_at_ms;     /* 0: none; overdue is not failed */
	int link;              /* for path.c while it looks: the next one, and what was seen of this one */
	unsigned seen;
};

/* Something said of a step: one entry.  Those of one step are a list, the last first. */
struct bef_said {
	const struct bef_line *line;
	int step;
	int pass;
	int child;  /* a run that the step opened, or -1 */
	int before; /* position of the one before, or -1 */
};

/* A variable of a run. */
struct bef_variable {
	const char *name;  /* "__address__" */
	const json_t *definition; /* CACAO's, or NULL: it was only ever set */
	const char *value; /* or NULL: unknown; "" is known to be empty */
	const struct bef_line *line; /* which set it, or NULL */
	int step;          /* whose own it is, or -1 */
	int asked_by;      /* the question whose answer set it, or -1 */
};

struct bef_run {
	const struct bef_line *line; /* run.started */
	const struct bef_line *stopped;
	struct bef_playbook *playbook; /* owned */
	struct bef_mark *mark;         /* one per step of the playbook */
	int *last_said;                /* one per step: position in `said`, or -1 */
	struct bef_said *said;
	size_t said_count;
	struct bef_variable *variable;
	size_t variable_count;
	int parent, parent_step, parent_pass; /* the run and the step that opened this one, or -1 */
	bool finished;                 /* an end was reached on every branch */
	int done, total;               /* numbered steps: on the path and settled; those and all that may still come */
};

/* Make the lists of a run whose playbook is there.  False: no memory. */
bool bef_run_init(struct bef_run *run);
void bef_run_clear(struct bef_run *run);
/* Go on with another version of the playbook (taken in any case): what was said of steps that are in both
 * stands.  False: no memory; the run is then as it was. */
bool bef_run_adopt(struct bef_case *c, struct bef_run *run, struct bef_playbook *playbook);

/* Note what an entry said of a step, or that a step opened a run.  False: no memory. */
bool bef_run_say(struct bef_run *run, const struct bef_said *said);

/* Compute status, due times and counts.  The runs that this one opened come first. */
void bef_run_walk(struct bef_run *run, const struct bef_case *c);

/* True while it is being followed: neither finished, nor stopped, nor undone.  A run that does not
 * go on asks for nothing: none of its steps is late. */
bool bef_run_going_on(const struct bef_run *run);
/* True of a step that can be done now, be it for a second time. */
bool bef_mark_open(const struct bef_mark *mark);

/* True of a step that is done, says how to reverse it, and was neither lifted nor kept for good. */
bool bef_mark_in_force(const struct bef_run *run, int at);

const char *bef_step_status_name(enum bef_step_status status); /* stored word, for JSON */
const char *bef_step_status_label(enum bef_step_status status); /* for people, in the chosen language */

/* Index of the most urgent step that can be done now (bef_case_tasks()), or -1; the same for a role (NULL: any). */
int bef_run_next(const struct bef_run *run);
int bef_run_next_for(const struct bef_run *run, const char *role);

/* The same of those that could not be done in `former` (or NULL), which is this run as it stood before. */
int bef_run_next_opened(const struct bef_run *run, const struct bef_run *former, const char *role);

/* A step that can be done now: a run of the case and a step of it, by position. */
struct bef_task {
	int run, at;
};
/* Those of the runs that go on, the most urgent first: what is due soonest, late or not, then what has no
 * time but is mandatory, then the rest; among equals the last run first, in the order of numbers.  `role`:
 * theirs only, or NULL.  At most `most` are put into `out`; returns how many. */
size_t bef_case_tasks(const struct bef_case *c, const char *role, struct bef_task *out, size_t most);

/* The steps that must be settled before the step `at` can come, as far as they can be done now or their
 * playbook is open: at most `most` positions into `out`.  0: the way that leads there was not taken. */
int bef_run_waits_for(const struct bef_run *run, int at, int *out, int most);

/* The variable `name` as `step` (or -1) sees it: its own, else the playbook's; or NULL. */
struct bef_variable *bef_run_variable(const struct bef_run *run, int step, const char *name);
/* Set it, making it if it is not declared; of a constant, nothing happens.  `value` may be NULL.
 * False: no memory. */
bool bef_run_set(struct bef_run *run, const struct bef_variable *to);
/* Its type ("string" where none is given), and whether it may be set. */
const char *bef_variable_type(const struct bef_variable *variable);
bool bef_variable_is_constant(const struct bef_variable *variable);

/* Add `text` to `out` with each "__name__:value" whose value is known replaced by it, once. */
void bef_run_expand(const struct bef_run *run, int step, const char *text, struct bef_text *out);
