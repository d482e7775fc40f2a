/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The writers' gate: a lock file taken with flock(2) before the database is
 * opened.  The kernel serves waiters in turn, where SQLite's retries let some of
 * 32 writers wait for seconds.  The lock goes with its process, however it ends.
 */
#include "base/err.h"

/* Wait at most `wait_ms`.  On success *out is the descriptor to close.  The holder's pid, host,
 * account and since when are in the file for those who wait.
 * BEF_BUSY: the message says who holds it. */
enum bef_rc bef_gate_take(const char *dir, int wait_ms, int *out, struct bef_err *err) BEF_MUST_CHECK;
