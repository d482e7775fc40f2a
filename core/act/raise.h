/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What raising an alert and giving it to stand-ins share.  Private to core/act/. */
#include "act/alert.h"

enum { BEF_TO_MOST = 64 };

/* One more row, under an id of its own. */
enum bef_rc bef_raise_row(struct bef_act *act, struct bef_outgoing *row, const char *destination, struct bef_err *err)
	BEF_MUST_CHECK;
/* A list of names; NULL: no memory. */
json_t *bef_raise_names(const char *const *to, int count);
