/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What can be said of a step, by which words and keys: one table for the card of
 * 'run' and for 'step', so that what was learnt on one screen holds on the other.
 * f d p s and the words of both languages are always accepted; x n a are shared.
 */
#include "act/run.h"

struct bef_gesture {
	const char *words; /* all that is accepted, folded, between commas */
	enum bef_step_gesture gesture;
	bool answer;       /* which, for BEF_GESTURE_ANSWER */
	enum { BEF_SAYS, BEF_CHOOSES, BEF_STARTS, BEF_TAKES } how; /* a case; the playbook that the step names; for oneself */
	const char *label; /* on the card, through tr(); NULL: said with 'step' only */
	const char *told;  /* once done, through tr() */
};

/* In the order of the card; the last has no words. */
extern const struct bef_gesture bef_gestures[];

/* True if the row can be said of a step of this type. */
bool bef_gesture_fits(const struct bef_gesture *row, enum bef_step_type type);
/* The row that `word` names, or NULL. */
const struct bef_gesture *bef_gesture_find(const char *word);
/* True of "je ne sais pas" and the like: no gesture, but an answer that deserves one. */
bool bef_gesture_is_doubt(const char *typed);
