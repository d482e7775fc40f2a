/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Figures of the documents, as SVG of our own making.  Each has a title and a
 * description for those who do not see it, says nothing by colour alone, and
 * goes with a table that holds the same numbers (report/timeline.h has the one
 * of the phases).
 */
#include "model/case.h"
#include "model/outage.h"
#include "report/costs.h"

/* Steps of the playbooks followed, by the role that is responsible for them. */
struct bef_role_steps {
	const char *role; /* stored word, as the playbook says it; NULL: nobody is named */
	int settled, to_do, late;
};
enum { BEF_ROLE_STEPS_MOST = 16 };

/* One row a role, in the order of coming; those beyond the last are counted with nobody's.  Returns how many. */
int bef_steps_by_role(const struct bef_case *c, int64_t now_ms, struct bef_role_steps out[BEF_ROLE_STEPS_MOST]);
/* Add a figure of it: one bar a role, settled in full, to do hatched, with the numbers written. */
void bef_figure_roles(const struct bef_role_steps *row, int count, struct bef_text *out);

/* Add a figure of the sum of costs over time, to `now_ms`. */
void bef_figure_costs(const struct bef_case *c, const struct bef_cost *cost, size_t count, int64_t now_ms,
                      struct bef_text *out);

/* Add a figure of what was out of service and degraded when, up to `now_ms`: a row each, the first
 * BEF_SERVICES_DRAWN of them, with a mark where the admissible interruption ends.  `name` gives what to call one
 * (text that is not escaped). */
enum { BEF_SERVICES_DRAWN = 24 };
typedef const char *bef_service_name_fn(void *how, const struct bef_outage *outage);
void bef_figure_services(const struct bef_case *c, const struct bef_outages *outages, int64_t now_ms,
                         bef_service_name_fn *name, void *how, struct bef_text *out);
