/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Corrections: each is an entry, the original stays.  Only erasing removes
 * anything: the text of one entry, for good, with its salt; the digest stays
 * and the chain still verifies.
 */
#include <jansson.h>

#include "act/desk.h"

struct bef_done;

enum { BEF_UNDO_WINDOW_MIN = 15 };

/* New text and/or a new time for entry `number`.  BEF_NOT_FOUND; BEF_REFUSED: it has no text, or it
 * was erased. */
struct bef_amendment {
	unsigned number;
	const char *text; /* or NULL */
	int64_t happened_at_ms; /* or 0 */
	const char *reason; /* or NULL */
};
enum bef_rc bef_act_amend(struct bef_desk *desk, const struct bef_amendment *what, struct bef_done *done,
                          struct bef_err *err) BEF_MUST_CHECK;

/* Cross out entry `number`.  BEF_REFUSED: such an entry is not struck but undone. */
enum bef_rc bef_act_strike(struct bef_desk *desk, unsigned number, const char *reason, struct bef_done *done,
                           struct bef_err *err) BEF_MUST_CHECK;

/* Remove the text of entry `number` from the disk.  When it returns BEF_OK the bytes are nowhere in
 * the store's files.  BEF_FAILED with the erasure recorded is possible: the message says so. */
enum bef_rc bef_act_erase(struct bef_desk *desk, unsigned number, const char *reason, struct bef_done *done,
                          struct bef_err *err) BEF_MUST_CHECK;

/* The entry that undo would undo: the newest of this author, not older than the window, that can be
 * undone; or, with `number`, that one.  BEF_NOT_FOUND; BEF_REFUSED: the message says why not. */
enum bef_rc bef_undo_target(const struct bef_case *c, const struct bef_pen *pen, unsigned number,
                            const struct bef_line **out, struct bef_err *err) BEF_MUST_CHECK;
enum bef_rc bef_act_undo(struct bef_desk *desk, unsigned number, struct bef_done *done, struct bef_err *err)
	BEF_MUST_CHECK;
