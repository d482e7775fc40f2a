/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Opening, closing and reopening an incident. */
#include "act/desk.h"

struct bef_done;

/* Absent texts are NULL, absent instants 0. */
struct bef_opening {
	const char *title, *type, *severity, *tlp, *reporter, *summary;
	int64_t detected_at_ms, aware_at_ms;
	bool drill;
};

/* Give it the next reference of the year, register it in the organisation's journal, and make it
 * the current incident.  Makes the store at its first use.  BEF_USAGE: the title or another text
 * is too long or not on one line. */
enum bef_rc bef_act_open(struct bef_desk *desk, const struct bef_opening *what, struct bef_done *done,
                         struct bef_err *err) BEF_MUST_CHECK;

/* What is still open in a case, a line each in the chosen language, with what to type; the number
 * of lines.  They stand in the way of closing. */
int bef_case_open_points(const struct bef_case *c, bool hints, struct bef_text *out);

/* BEF_REFUSED: points are open and `despite` is false; they are in *points. */
enum bef_rc bef_act_close(struct bef_desk *desk, const char *reason, bool despite, struct bef_text *points,
                          struct bef_done *done, struct bef_err *err) BEF_MUST_CHECK;

/* BEF_REFUSED: it is not closed. */
enum bef_rc bef_act_reopen(struct bef_desk *desk, const char *reason, struct bef_done *done,
                           struct bef_err *err) BEF_MUST_CHECK;

/* Write a checkpoint of the incident: its heads, in the organisation's journal. */
enum bef_rc bef_act_witness(struct bef_desk *desk, const char *occasion, struct bef_err *err) BEF_MUST_CHECK;
