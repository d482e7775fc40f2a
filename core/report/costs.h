/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What an incident cost, as it was written down: the ledger that documents, lists, exports and papers are made of. */
#include "model/case.h"

struct bef_cost {
	const struct bef_line *line;
	int64_t cents;
};
/* Those of the case that count, in the order of time; *count of them, to be freed with free().  NULL: none, or no
 * memory (*failed). */
struct bef_cost *bef_costs(const struct bef_case *c, size_t *count, bool *failed);
/* Their sum; *count of them, unless it is NULL. */
int64_t bef_costs_total(const struct bef_case *c, size_t *count);
