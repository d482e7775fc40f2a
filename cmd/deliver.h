/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Sending what waits in the outbox, and telling how each attempt ended. */
#include "act/alert.h"
#include "app.h"

/* Try what is due, and what failed in passing once more after two seconds; with `force`, all that waits.
 * *counts (or NULL) is filled in.  BEF_UNDELIVERED: something did not arrive; the hint says what to do. */
enum bef_rc bef_deliver(struct bef_app *app, bool force, struct bef_sending *counts, struct bef_err *err) BEF_MUST_CHECK;

/* One attempt, for the person who waits; a bef_sent_fn whose argument is the app. */
void bef_told(void *app, const struct bef_sent *sent);
