/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * CSV (RFC 4180) for a spreadsheet: UTF-8 with its mark, every cell in quotes
 * and on one line, and no cell that a spreadsheet would take for a formula.
 */
#include "base/text.h"

struct bef_csv {
	struct bef_text *out;
	char separator; /* ';' where the comma is the decimal sign */
	bool begun;     /* the row has a cell */
};

/* The mark that says UTF-8, once, before the first row. */
void bef_csv_begin(struct bef_csv *csv);
/* The next cell.  NULL is an empty one. */
void bef_csv_cell(struct bef_csv *csv, const char *text);
void bef_csv_row_end(struct bef_csv *csv);
