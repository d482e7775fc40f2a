/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * A question within something else that is being said: of a step, of a
 * variable.  As in 'open', what stands in brackets is what Enter alone does and
 * '<' goes back; '?' says so; 'q' leaves.
 */
#include "app.h"

enum bef_reply { BEF_REPLIED, BEF_REPLY_BACK, BEF_REPLY_LEAVE };

/* Ask and read one line (at most BEF_PROSE_MOST bytes) into `out`.  `enter`: what Enter alone does, or NULL
 * where that needs no word.  A question too long for a prompt stands above it. */
enum bef_rc bef_question(struct bef_app *app, const char *question, const char *enter, struct bef_text *out,
                         enum bef_reply *answer, struct bef_err *err) BEF_MUST_CHECK;
