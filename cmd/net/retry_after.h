/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The Retry-After header, read by us: libcurl 7.88's own reading can be
 * negative (past date), zero (overflow), or taken from a 1xx response.
 */
#include <stdint.h>

#define BEF_RETRY_AFTER_MAX_S 3600

/*
 * Seconds to wait, 1 to BEF_RETRY_AFTER_MAX_S, or 0 when `value` says nothing
 * usable.  `value` is digits or an HTTP date; a date counts from `date`, the
 * same response's Date header, or from `now_s` when that is NULL or unreadable.
 */
int bef_retry_after_s(const char *value, const char *date, int64_t now_s);
