/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Times as people type them, in French and in English whatever the language:
 * now, 14:05, 14h05, -10m, il y a 12 min, +2h, hier 18h30, 3/11 6h12 (day
 * first, always), 2025-11-03 06:12, 2025-11-03T06:12Z.
 *
 * A bare hour is the last such moment for a fact and the next for something
 * due.  A local time that clocks skipped is refused with the reason; one that
 * they showed twice is given back with both instants, for the caller to ask.
 */
#include "base/date.h"
#include "base/err.h"

/* BEF_WHEN_ANY: past or to come, for what only computes; a bare hour is of today. */
enum bef_when_sense { BEF_WHEN_FACT, BEF_WHEN_DUE, BEF_WHEN_ANY };

struct bef_when {
	int64_t at_ms;
	int64_t other_ms; /* the later of the two if `doubled` */
	bool doubled;     /* the clocks showed this time twice */
	bool old;         /* a fact of more than 30 days ago: ask */
};

/* BEF_USAGE: not understood, skipped by the clocks, a fact ahead of `now_ms` by more than five
 * minutes, or something due in the past. */
enum bef_rc bef_when_parse(const char *text, enum bef_when_sense sense, int64_t now_ms,
                           const char *zone, struct bef_when *out, struct bef_err *err) BEF_MUST_CHECK;

/* A length of time without a sign: "4h", "1h30", "2 days", "30 min", at most ten years.  False: it is none. */
bool bef_span_parse(const char *text, int64_t *out_ms);

/* Length in bytes of a time at the start of `text`, followed by a space: "14:05 ...", "-10m ...".
 * 0 if the text does not start with one.  For the scribe's mode. */
size_t bef_when_prefix(const char *text);
