/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* The "data" of our own formats, generic and CloudEvents: one form for both. */
#include "alert/shape.h"

/* A new object, the caller's; NULL: no memory. */
json_t *bef_generic_data(const struct bef_shape *shape);
