/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Starting a playbook: by its name, or as a step of another one. */
#include "setting.h"

struct bef_start {
	const char *word; /* name, alias, file or id */
	int parent, step; /* the run (1-based) and the step that open it, or 0 */
	const struct bef_list *set; /* NAME=VALUE, or NULL */
};

/* Start it, asking on a terminal for what it wants to know first (CACAO's external variables).  If it is
 * already being followed, nothing happens.  *started, if wanted: the number of the entry that started it. */
enum bef_rc bef_start(struct bef_app *app, const struct bef_start *what, unsigned *started, struct bef_err *err)
	BEF_MUST_CHECK;
