/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * A playbook from a plain text, so that nobody writes UUIDs by hand:
 *
 *     # Broken water pipe
 *     key: water
 *     1. Close the main valve
 *        role: technical
 *        within: 15 min
 *        why: every minute counts
 *        The red wheel behind the stairs.
 *     2. Tell the neighbours
 *        if: Does water run into other flats?
 *
 * Numbered lines are steps; "word: text" below them says more (both languages'
 * words); other lines are what to do.  Steps one after the other with the same
 * "if" stand in the same branch.
 */
#include <jansson.h>

#include "base/err.h"

/* The CACAO 2.0 document, of now, with identifiers drawn for it; the caller's.  BEF_USAGE: a line is not
 * understood; the message says which. */
enum bef_rc bef_outline_read(const char *text, int64_t now_ms, json_t **out, struct bef_err *err) BEF_MUST_CHECK;
