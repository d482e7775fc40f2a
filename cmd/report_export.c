/* SPDX-License-Identifier: EUPL-1.2 */
/* The case for the tools of others. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "out.h"
#include "report.h"
#include "report/export.h"

static enum bef_rc read_opts(const struct bef_report_opts *opts, struct bef_export_opts *out, struct bef_err *err)
{
	const char *extension = opts->stix_extension ? opts->stix_extension : "core";
	enum bef_rc rc = bef_app_word(&bef_tlps, opts->max_tlp, NULL, &out->max_tlp, err);

	if (rc)
		return rc;
	out->plain = bef_fold_equal(extension, "none") || bef_fold_equal(extension, "aucune");
	if (opts->format && strcmp(opts->format, "json") != 0) {
		bef_fail(err, BEF_USAGE, tr("unknown format '%.40s'"), opts->format);
		bef_hint(err, tr("one of: %s"), "json");
		return BEF_USAGE;
	}
	if (out->plain || bef_fold_equal(extension, "core"))
		return BEF_OK;
	bef_fail(err, BEF_USAGE, tr("unknown extension '%.40s'"), extension);
	bef_hint(err, tr("one of: %s"), "core, none");
	return BEF_USAGE;
}

static void tell(struct bef_app *app, const struct bef_report_opts *opts, int left_out)
{
	if (left_out)
		bef_talk(app, trn("%d item left out: marked above %s", "%d items left out: marked above %s", left_out), left_out,
		         opts->max_tlp);
	if (!*app->desk.organisation)
		bef_talk(app, "%s", tr("the organisation has no name in the configuration: those who receive this cannot tell whose it is"));
}

enum bef_rc bef_report_export(struct bef_app *app, const struct bef_report_opts *opts, const struct bef_export *export,
                              struct bef_err *err)
{
	BEF_AUTO(text) text = { .max = 1 << 30 };
	BEF_AUTO_CASE *c = NULL;
	struct bef_export_opts chosen = { 0 };
	struct bef_incident_row row;
	struct bef_report_input in;
	char name[BEF_PATH];
	int left_out = 0;
	enum bef_rc rc = read_opts(opts, &chosen, err);

	if (rc == BEF_OK)
		rc = bef_app_case(app, &c, &row, err);
	if (rc)
		return rc;
	in = (struct bef_report_input){ .c = c, .ref = row.ref, .organisation = app->desk.organisation,
		                        .author = app->desk.pen.author, .now_ms = app->desk.pen.now_ms };
	rc = bef_export_write(export, &in, &chosen, &text, &left_out, err);
	snprintf(name, sizeof(name), "%s%s-%s.json", row.summary.drill ? tr("DRILL-") : "", row.ref, export->name);
	if (rc == BEF_OK)
		rc = bef_report_deliver(app, opts, name, &text, 0, err);
	if (rc)
		return rc;
	tell(app, opts, left_out);
	bef_report_witness(app, opts, export->name);
	return BEF_OK;
}
