/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The register of personal data breaches (GDPR, article 33(5)): every incident,
 * notified or not, in a row.  Written incident by incident, so that one case at
 * a time is in memory.
 *
 *     bef_register_begin(&r, "csv", &house, &text, err);
 *     for each incident: bef_register_row(&r, &in, err);
 *     bef_register_end(&r);
 */
#include "report/csv.h"
#include "report/report.h"

struct bef_register {
	const char *format;
	struct bef_text *out; /* may be emptied between rows */
	struct bef_csv csv;
	struct bef_doc doc;
	struct bef_text subtitle, footer;
	int missing; /* "[to complete]" so far */
};
void bef_register_clear(struct bef_register *r);

/* Formats: "html", "md", "csv", "csv-intl", "json" (a line an incident, type "register").
 * `in` says who writes and when; it has no case.  BEF_USAGE: no such format. */
enum bef_rc bef_register_begin(struct bef_register *r, const char *format, const struct bef_report_input *in,
                               const char *zone, struct bef_text *out, struct bef_err *err) BEF_MUST_CHECK;
enum bef_rc bef_register_row(struct bef_register *r, const struct bef_report_input *in, struct bef_err *err)
	BEF_MUST_CHECK;
void bef_register_end(struct bef_register *r);
