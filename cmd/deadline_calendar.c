/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "deadline.h"
#include "out.h"
#include "report/ics.h"

enum bef_rc bef_deadline_calendar(struct bef_app *app, const struct bef_bench *bench,
                                  const struct bef_deadline_opts *opts, struct bef_err *err)
{
	BEF_AUTO(text) text = { .max = 1 << 24 };
	char path[BEF_PATH];
	int events;
	enum bef_rc rc;

	if (strcmp(opts->format, "ics") != 0) {
		bef_fail(err, BEF_USAGE, tr("unknown format '%.40s'"), opts->format);
		bef_hint(err, tr("one of: %s"), "ics");
		return BEF_USAGE;
	}
	rc = bef_ics_write(bench->c, bench->row.ref, app->desk.pen.now_ms, &text, &events, err);
	if (rc)
		return rc;
	snprintf(path, sizeof(path), "%s-%s.ics", bef_lang() == BEF_FR ? "echeances" : "deadlines", bench->row.ref);
	rc = bef_put_file(app, opts->output ? opts->output : path, opts->overwrite, &text, err);
	if (rc == BEF_OK && !(opts->output && strcmp(opts->output, "-") == 0))
		bef_talk(app, trn("%s: %d event with reminders (24 h, 6 h, 1 h). Import it into any calendar.",
		                  "%s: %d events with reminders (24 h, 6 h, 1 h). Import it into any calendar.", events),
		         opts->output ? opts->output : path, events);
	return rc;
}
