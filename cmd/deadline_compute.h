/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* 'deadline compute': the arithmetic of a time limit alone, without incident or journal. */
#include "app.h"

struct bef_deadline_opts {
	const char *from, *zone, *offset, *calc, *holidays;
	struct bef_list extra;
	bool roll;
};

/* Print both instants, with --verbose how they were found.  BEF_USAGE: a word is missing or not
 * understood, the start is a time that the clocks skip or show twice, or what was given does not go
 * together. */
enum bef_rc bef_deadline_compute(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                                 struct bef_err *err) BEF_MUST_CHECK;
