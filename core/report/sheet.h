/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Lists of one incident for a spreadsheet: costs for the insurer, deadlines,
 * affected assets, observables, evidence.  One row a thing, in CSV (report/csv.h);
 * each row names its incident and its marking, since rows are copied elsewhere.
 *
 * To add one: a row function, a count and a line of the table in sheet.c.
 */
#include "report/report.h"

struct bef_sheet;

/* In either language; NULL: there is none of this name. */
const struct bef_sheet *bef_sheet_find(const char *word);
/* The one after `sheet`, or the first for NULL; NULL after the last. */
const struct bef_sheet *bef_sheet_next(const struct bef_sheet *sheet);
const char *bef_sheet_word(const struct bef_sheet *sheet);  /* as typed, in the chosen language */
const char *bef_sheet_title(const struct bef_sheet *sheet); /* in the chosen language */

/* `format`: "csv" or "csv-intl".  BEF_USAGE: another; BEF_FAILED: no memory. */
enum bef_rc bef_sheet_write(const struct bef_sheet *sheet, const char *format, const struct bef_report_input *in,
                            struct bef_text *out, struct bef_err *err) BEF_MUST_CHECK;
