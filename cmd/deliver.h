/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Sending what waits in the outbox, and telling how each attempt ended. */
#include "act/send.h"
#include "app.h"

enum { BEF_DELIVER_MS = 5000, BEF_DELIVER_LONG_MS = 45000 };

/* How it went, in rows of the outbox. */
struct bef_delivered {
	int accepted, failed, waiting;
};

/* Try what is due for at most budget_ms, what fails in passing again within that time; with `force`, all that
 * waits, wherever.  *out (or NULL) is filled in.  BEF_UNDELIVERED: something did not arrive; the hint says
 * what to do. */
enum bef_rc bef_deliver(struct bef_app *app, bool force, int budget_ms, struct bef_delivered *out, struct bef_err *err)
	BEF_MUST_CHECK;

/* After a command that rang: deliver, and say what quiet hours hold back. */
enum bef_rc bef_deliver_after(struct bef_app *app, struct bef_err *err) BEF_MUST_CHECK;

/* If an incident's alerts reach nobody and nobody has acknowledged it: say so, with whom to phone. */
void bef_deliver_warn(struct bef_app *app);
