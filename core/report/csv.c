/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/csv.h"

#include <string.h>

bool bef_csv_dialect(struct bef_csv *csv, const char *format)
{
	if (strcmp(format, "csv") == 0)
		csv->separator = ';';
	else if (strcmp(format, "csv-intl") == 0)
		csv->separator = ',';
	else
		return false;
	return true;
}

void bef_csv_begin(struct bef_csv *csv)
{
	if (csv->separator == ';')
		bef_text_puts(csv->out, "\xef\xbb\xbf");
}

/* A spreadsheet computes what begins so, even in quotes; an apostrophe makes it text. */
static bool is_formula(const char *text)
{
	return *text && strchr("=+-@\t\r|%", *text);
}

static void next(struct bef_csv *csv)
{
	if (csv->begun)
		bef_text_putc(csv->out, csv->separator);
	csv->begun = true;
}

void bef_csv_cell(struct bef_csv *csv, const char *text)
{
	BEF_AUTO(text) tame = { .max = csv->out->max };

	bef_text_tame(&tame, text ? text : "", true);
	csv->out->failed = csv->out->failed || tame.failed;
	next(csv);
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

void bef_csv_int(struct bef_csv *csv, int64_t number)
{
	next(csv);
	bef_text_printf(csv->out, "%lld", (long long)number);
}

void bef_csv_hundredths(struct bef_csv *csv, int64_t number)
{
	long long whole = number / 100, rest = number % 100;

	next(csv);
	bef_text_printf(csv->out, "%s%lld%c%02lld", number < 0 ? "-" : "", whole < 0 ? -whole : whole,
	                csv->separator == ';' ? ',' : '.', rest < 0 ? -rest : rest);
}

void bef_csv_row_end(struct bef_csv *csv)
{
	bef_text_puts(csv->out, "\r\n");
	csv->begun = false;
}
