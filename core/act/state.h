/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Small files of the account's state directory, by their name below it: the
 * current incident, heads, drafts.  Losing one loses no entry.  Private to
 * core/act/.
 */
#include "act/desk.h"

/* Written in place and not synced; false if it could not be, which is never a reason to fail. */
bool bef_state_write(const struct bef_desk *desk, const char *name, const void *data, size_t len);
/* At most `max` bytes into `out`, which is the caller's to clear.  BEF_NOT_FOUND: there is none. */
enum bef_rc bef_state_read(const struct bef_desk *desk, const char *name, size_t max, struct bef_text *out,
                           struct bef_err *err) BEF_MUST_CHECK;
