/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* A step as people see it: one card, shared by 'run' and 'step'. */
#include "act/run.h"
#include "app.h"

/* `whole`: with why, do-not, undo, sources. */
void bef_card(struct bef_app *app, const struct bef_case *c, const struct bef_run *run, int at, bool whole);

/* What was said of a step just now (`told`: "done"), for the answer: "step 3 done at 06:41 by lea (#12): Unplug it",
 * with its playbook where several go on. */
enum bef_rc bef_card_done(struct bef_app *app, const struct bef_done *done, const struct bef_step_saying *what,
                          const char *told, struct bef_err *err) BEF_MUST_CHECK;
