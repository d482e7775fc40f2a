/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * CSV (RFC 4180) for a spreadsheet: every text in quotes and on one line, and
 * none that a spreadsheet would take for a formula; numbers bare, so that they
 * stay numbers.  Two dialects, whatever the language:
 *
 *     csv        as a French spreadsheet opens it: semicolons, decimal comma, UTF-8 with its mark
 *     csv-intl   commas, decimal point, UTF-8 without a mark
 */
#include "base/text.h"

struct bef_csv {
	struct bef_text *out;
	char separator; /* ';' where the comma is the decimal sign */
	bool begun;     /* the row has a cell */
};

/* Set the dialect of this name; false: it is neither. */
bool bef_csv_dialect(struct bef_csv *csv, const char *format);

/* The mark that says UTF-8, if the dialect has one, once, before the first row. */
void bef_csv_begin(struct bef_csv *csv);
/* The next cell.  NULL is an empty one. */
void bef_csv_cell(struct bef_csv *csv, const char *text);
void bef_csv_int(struct bef_csv *csv, int64_t number);
/* Hundredths: an amount of money, hours. */
void bef_csv_hundredths(struct bef_csv *csv, int64_t number);
void bef_csv_row_end(struct bef_csv *csv);
