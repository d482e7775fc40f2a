/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What follows by itself from what somebody did to a run, in the same
 * transaction, as entries of their own: variables set, values handed between a
 * playbook and the one that opened it, questions whose condition has an answer.
 * Private to core/act/.
 */
#include "act/act.h"
#include "act/run.h"

/* Called after the entry itself, about which the answer stays.  Sets `set` in the run that the entry is
 * about.  act->c is then as it is now.
 * BEF_USAGE: no such variable, a constant, or not of its type. */
enum bef_rc bef_act_follow(struct bef_act *act, const struct bef_setting *set, int count, struct bef_err *err)
	BEF_MUST_CHECK;

/* The entry's id that names a run. */
void bef_run_id(const struct bef_run *run, char out[BEF_HASH_HEX]);
