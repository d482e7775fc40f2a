/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What an attribute of a MISP event is.  Private to misp.c and misp_kind.c. */
#include "report/export.h"

struct misp_kind {
	const char *ours, *category, *type; /* the type is one that the category allows */
};
struct misp_kind misp_observable_kind(const struct bef_observable *one);
struct misp_kind misp_asset_kind(const struct bef_asset *one);
