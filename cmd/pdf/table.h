/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Rows.  How wide the columns are is decided from the first rows, which are
 * kept until then; the others are set as they come.  The head comes again on
 * each sheet, and a row taller than a sheet goes on.
 */
#include "sheet.h"

enum { BEF_COLUMNS_MOST = 16 };

struct bef_table {
	int columns;
	char *head[BEF_COLUMNS_MOST];
	double x[BEF_COLUMNS_MOST], width[BEF_COLUMNS_MOST];
	bool number[BEF_COLUMNS_MOST]; /* set to the right */
	double size;
	json_t *kept; /* rows, until the columns are known; or NULL */
};

/* False: no memory, or too many columns. */
bool bef_table_begin(struct bef_sheets *s, struct bef_table *t, const char *caption, const json_t *columns);
/* A row: an array of texts, as many as there are columns. */
bool bef_table_row(struct bef_sheets *s, struct bef_table *t, json_t *cells);
bool bef_table_end(struct bef_sheets *s, struct bef_table *t);
