/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* How wide the columns of a table are: decided from its head and the rows it has kept. */
#include "table.h"

/* The letters of a column: those of the first of two are bold. */
struct bef_ruler bef_column_ruler(struct bef_sheets *s, const struct bef_table *t, int column);
/* Set x, width and number of each. */
void bef_columns_choose(struct bef_sheets *s, struct bef_table *t);
