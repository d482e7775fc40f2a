/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What the parts of the MISP export share.  Private to misp*.c. */
#include "report/export.h"

/* What an attribute is. */
struct misp_kind {
	const char *ours, *category, *type; /* the type is one that the category allows */
};
struct misp_kind misp_observable_kind(const struct bef_observable *one);
struct misp_kind misp_asset_kind(const struct bef_asset *one);

/* The EventReport of the event, as of its last entry; the caller's.  *ok: false if memory ran out. */
json_t *misp_report(const struct bef_report_input *in, int64_t last_ms, bool *ok);
