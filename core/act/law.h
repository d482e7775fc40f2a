/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The law at this desk, and what acts have to do with it.
 *
 * Rules: those that the program carries; those of BASE/regimes/ (files of the
 * same shape, NAME.json), which take their place; then those that the
 * organisation wrote into its journal, so that they travel with it.
 */
#include "act/desk.h"
#include "model/assess.h"

struct bef_act;
struct bef_done;

struct bef_legal {
	struct bef_law *law;
	struct bef_case *profile; /* what the organisation said of itself */
	const struct bef_calendar *calendar; /* where the organisation is: its answer to "holidays" */
	struct bef_extra_days extra;
};

/* *out is the caller's.  BEF_USAGE: a file of BASE/regimes/ cannot be read; the message names it. */
enum bef_rc bef_legal_load(const struct bef_desk *desk, struct bef_store *store, struct bef_legal *out,
                           struct bef_err *err) BEF_MUST_CHECK;
void bef_legal_clear(struct bef_legal *legal);

/* Compute the clocks again and write down those that changed, in the act's own transaction.  Called
 * at the end of each act from which clocks may follow.  BEF_OK with nothing done if the rules cannot be read. */
enum bef_rc bef_act_clocks(struct bef_act *act, struct bef_err *err) BEF_MUST_CHECK;

/* The same with the law at hand and the case loaded. */
enum bef_rc bef_act_clocks_by(struct bef_act *act, const struct bef_legal *legal, struct bef_err *err) BEF_MUST_CHECK;

/* The same as an act of its own: after the rules or the profile changed.  *changed: some clock did. */
enum bef_rc bef_act_refresh(struct bef_desk *desk, bool *changed, struct bef_err *err) BEF_MUST_CHECK;

/* Answers, all or none.  They go to the incident's journal or, for questions about the organisation, to
 * the organisation's; then the clocks of the current incident follow, if there is one. */
struct bef_answering {
	const char *fact;
	const char *question; /* as it was put; or NULL */
	const char *answer;   /* a stored word of bef_answers, or NULL for a text */
	const char *text;     /* or NULL */
	const char *reason, *by;
	bool of_organisation;
};
enum { BEF_ANSWERS_MOST = 100 };
enum bef_rc bef_act_answer(struct bef_desk *desk, const struct bef_answering *what, size_t count, struct bef_done *done,
                           struct bef_err *err) BEF_MUST_CHECK;

/* Rules of the organisation's own: a regime file, checked, into its journal.  BEF_USAGE: what is wrong with it. */
enum bef_rc bef_act_add_rules(struct bef_desk *desk, const char *document, size_t len, const char *reason,
                              struct bef_done *done, struct bef_err *err) BEF_MUST_CHECK;
