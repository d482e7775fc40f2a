/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Carrying out a playbook: starting it, and what is said of its steps. */
#include "act/desk.h"

struct bef_done;

/* "name=value", for a variable of a run: the playbook's own spelling of the name is "__name__". */
struct bef_setting {
	const char *name, *value;
};

struct bef_run_starting {
	const char *document; /* the playbook's text, pinned whole in the journal */
	size_t len;
	int parent, step;     /* the run (1-based) and the step that open it, or 0 */
	const struct bef_setting *set;
	int set_count;
};

/* Start a playbook.  BEF_USAGE: it cannot be run, or a variable cannot be set so.
 * BEF_REFUSED: the same playbook is already being carried out in this incident, or it is not the
 * step's turn to open it. */
enum bef_rc bef_act_run_start(struct bef_desk *desk, const struct bef_run_starting *what, struct bef_done *done,
                              struct bef_err *err) BEF_MUST_CHECK;

/* Go on with the text `document`, a newer version of the playbook of `run` (1-based, or 0): the steps done are
 * carried over.  BEF_REFUSED: it is another playbook, or the same text. */
enum bef_rc bef_act_run_adopt(struct bef_desk *desk, int run, const char *document, size_t len, struct bef_done *done,
                              struct bef_err *err) BEF_MUST_CHECK;

enum bef_rc bef_act_run_stop(struct bef_desk *desk, int run, const char *reason, struct bef_done *done,
                             struct bef_err *err) BEF_MUST_CHECK;

enum bef_step_gesture {
	BEF_GESTURE_DONE,
	BEF_GESTURE_SKIP,
	BEF_GESTURE_FAIL,
	BEF_GESTURE_ANSWER,
	BEF_GESTURE_ASSIGN,
	BEF_GESTURE_NOTE,
	BEF_GESTURE_LIFT, /* what a step put in place is reversed */
	BEF_GESTURE_KEEP, /* it stays for good, for a reason */
};

struct bef_step_saying {
	int run;  /* 1-based, or 0 for the one that is going on */
	int step; /* its number, or 0 for the next one */
	enum bef_step_gesture gesture;
	bool answer;            /* for BEF_GESTURE_ANSWER */
	const char *value;      /* the same of a switch: the case; or NULL */
	const char *text;       /* result, proof, reason; or NULL */
	const char *second;     /* who agrees to skip a mandatory step; or NULL */
	const char *to;         /* for BEF_GESTURE_ASSIGN */
	const char *by;         /* who did it, if not the author; or NULL */
	int64_t happened_at_ms; /* or 0 */
	const struct bef_setting *set; /* what came out of it, for later steps */
	int set_count;
	int number;             /* filled in: the step meant, its name, and its playbook's if several go on */
	char name[200], playbook[120];
	bool unopened;          /* filled in: done, though it opens a playbook that was not, and nobody said how */
};

/*
 * BEF_NOT_FOUND: no run, or no such step.
 * BEF_REFUSED: nothing of the step is in force; the step is not on the path now (done already, not reached); it is mandatory and
 * nobody else agreed to skip it; a proof is wanted and none was given.
 * BEF_USAGE: a reason is missing; a question is answered with yes or no, a switch with one of its
 * cases, and only they; a variable cannot be set so.
 */
enum bef_rc bef_act_step(struct bef_desk *desk, struct bef_step_saying *what, struct bef_done *done,
                         struct bef_err *err) BEF_MUST_CHECK;

/* True if the playbook with this id is being followed, neither finished nor stopped. */
bool bef_case_follows(const struct bef_case *c, const char *playbook_id);

/* The run meant by `number` (1-based), or, for 0, the one going on; -1 with the reason in `err`. */
int bef_case_run(const struct bef_case *c, int number, struct bef_err *err);
