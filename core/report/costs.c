/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/costs.h"

#include <stdlib.h>

static int by_time(const void *a_, const void *b_)
{
	const struct bef_cost *a = a_;
	const struct bef_cost *b = b_;

	if (a->line->at_ms != b->line->at_ms)
		return a->line->at_ms < b->line->at_ms ? -1 : 1;
	return a->line->number < b->line->number ? -1 : a->line->number > b->line->number;
}

struct bef_cost *bef_costs(const struct bef_case *c, size_t *count, bool *failed)
{
	struct bef_cost *list = NULL;
	size_t room = 0;

	*count = 0;
	for (size_t i = 0; i < c->line_count; i++) {
		const struct bef_line *line = &c->line[i];
		int64_t cents = bef_line_cost(line);

		if (cents && *count == room) {
			struct bef_cost *more = realloc(list, (room = room ? 2 * room : 16) * sizeof(*more));

			if (!more) {
				*failed = true;
				break;
			}
			list = more;
		}
		if (cents)
			list[(*count)++] = (struct bef_cost){ line, cents };
	}
	if (list)
		qsort(list, *count, sizeof(*list), by_time);
	return list;
}

int64_t bef_costs_total(const struct bef_case *c, size_t *count)
{
	int64_t total = 0;
	size_t found = 0;

	for (size_t i = 0; i < c->line_count; i++) {
		int64_t cents = bef_line_cost(&c->line[i]);

		total += cents;
		found += cents != 0;
	}
	if (count)
		*count = found;
	return total;
}
