/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/csv.h"

#include <string.h>

void bef_csv_begin(struct bef_csv *csv)
{
	bef_text_puts(csv->out, "\xef\xbb\xbf");
}

/* A spreadsheet computes what begins so, even in quotes; an apostrophe makes it text. */
static bool is_formula(const char *text)
{
	return *text && strchr("=+-@\t\r|%", *text);
}

void bef_csv_cell(struct bef_csv *csv, const char *text)
{
	BEF_AUTO(text) tame = { .max = csv->out->max };

	bef_text_tame(&tame, text ? text : "", true);
	csv->out->failed = csv->out->failed || tame.failed;
	if (csv->begun)
		bef_text_putc(csv->out, csv->separator);
	csv->begun = true;
	bef_text_putc(csv->out, '"');
	if (is_formula(text ? text : "") || is_formula(bef_text_str(&tame)))
		bef_text_putc(csv->out, '\'');
	for (const char *c = bef_text_str(&tame); *c; c++) {
		if (*c == '"')
			bef_text_putc(csv->out, '"');
		bef_text_putc(csv->out, *c);
	}
	bef_text_putc(csv->out, '"');
}

void bef_csv_row_end(struct bef_csv *csv)
{
	bef_text_puts(csv->out, "\r\n");
	csv->begun = false;
}
