/* SPDX-License-Identifier: EUPL-1.2 */
/* Lists of one incident for a spreadsheet.  Declared in report.h. */
#include <stdio.h>

#include "base/i18n.h"
#include "report.h"
#include "report/sheet.h"

enum bef_rc bef_report_sheet(struct bef_app *app, const struct bef_report_opts *opts, const struct bef_sheet *sheet,
                             struct bef_err *err)
{
	BEF_AUTO(text) text = { .max = 1 << 30 };
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	struct bef_report_input in;
	char name[BEF_PATH];
	enum bef_rc rc = bef_app_case(app, &c, &row, err);

	if (rc)
		return rc;
	in = (struct bef_report_input){ .c = c, .ref = row.ref, .organisation = app->desk.organisation,
		                        .author = app->desk.pen.author, .now_ms = app->desk.pen.now_ms };
	rc = bef_sheet_write(sheet, opts->format ? opts->format : "csv", &in, &text, err);
	snprintf(name, sizeof(name), "%s%s-%s.csv", row.summary.drill ? tr("DRILL-") : "", row.ref, bef_sheet_word(sheet));
	if (rc == BEF_OK)
		rc = bef_report_deliver(app, opts, name, &text, 0, err);
	if (rc == BEF_OK)
		bef_report_witness(app, opts, bef_sheet_word(sheet));
	return rc;
}
