/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* A step as people see it: one card, shared by 'run' and 'step'. */
#include "app.h"

/* `whole`: with why, do-not, undo, sources. */
void bef_card(struct bef_app *app, const struct bef_case *c, const struct bef_run *run, int at, bool whole);

/* What was said of a step just now, for the answer: "step 3 done at 06:41 by lea". */
enum bef_rc bef_card_done(struct bef_app *app, const struct bef_done *done, int number, const char *what,
                          struct bef_err *err) BEF_MUST_CHECK;
