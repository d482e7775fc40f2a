/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What the parts of the full report share.  Private to rep_full.c and rep_runs.c. */
#include "report/report.h"

#define COLUMNS(...) (const char *const[]){ __VA_ARGS__ }, (int)(sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

/* What every part of the document needs. */
struct part {
	struct bef_doc *doc;
	const struct bef_case *c;
	const struct bef_report_input *in;
};

/* An instant in the incident's zone; "" for none. */
const char *bef_part_when(const struct part *p, int64_t at_ms, char out[BEF_DATE_SIZE]);
/* The playbooks followed, step by step, then what they put in place. */
void bef_part_runs(const struct part *p);
/* Affected assets and observables, as parts of what precedes them. */
void bef_part_things(const struct part *p);
