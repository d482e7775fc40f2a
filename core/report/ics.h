/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The running legal clocks as an iCalendar file (RFC 5545): one event at each
 * prudent limit, with alarms 24, 6 and 1 hours before.  Instants are in UTC,
 * so that no calendar can shift them; the same clock keeps the same UID, so
 * that importing a later file moves the event rather than doubling it.
 */
#include "model/case.h"

/* Add the file to `out`; *events counts.  Titles of TLP:RED incidents stay out of it. */
enum bef_rc bef_ics_write(const struct bef_case *c, const char *ref, int64_t now_ms, struct bef_text *out, int *events,
                          struct bef_err *err) BEF_MUST_CHECK;
