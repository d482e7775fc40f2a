/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What kind_run.c and kind_step.c share: how an entry finds its run and its step.  Private to them. */
#include "model/case.h"

/* The run that this field of a line names, and the index of the step that the line names in it, or -1.  NULL: none. */
struct bef_run *bef_run_of_line(const struct bef_case *c, const struct bef_line *line, const char *field, int *step);
/* The run that a line speaks of, which it is then about. */
struct bef_run *bef_run_own(const struct bef_case *c, struct bef_line *line, int *step);
/* Which pass of a loop it is of; 0: the first, or an impossible one. */
int bef_pass_of_line(const struct bef_line *line);
