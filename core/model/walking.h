/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* The ways out of a step, for run.c (which takes them) and path.c (which looks at them).  Private to them. */
#include "model/run.h"

/* Where a step that ended so leads, its branches apart; or -1. */
int bef_way_after(const struct bef_playbook *p, const struct bef_step *step, enum bef_step_status status);
/* The branch that the answer to an if or a switch opens, or -1. */
int bef_way_answered(const struct bef_step *step, const struct bef_line *line);
/* How many numbered steps are settled, or can still come: those of a way that was not taken cannot. */
int bef_run_count(const struct bef_run *run);
