/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Keeping the store in order. */
#include "act/desk.h"

/* Drop every cache and compute it again from the journal, rewrite the database without free pages,
 * and make the reserve again.  *logs counts the journals. */
enum bef_rc bef_act_rebuild(struct bef_desk *desk, int *logs, struct bef_err *err) BEF_MUST_CHECK;
