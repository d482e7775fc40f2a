/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "base/i18n.h"
#include "base/json.h"
#include "out.h"

static enum bef_rc use_run(struct bef_app *app, const void *opts, char **words, int count, struct bef_err *err)
{
	struct bef_incident_row row;
	BEF_AUTO_STORE *store = NULL;
	json_t *object;
	bool ok = true;
	int64_t log;
	enum bef_rc rc;

	(void)opts;
	if (count == 0) {
		bef_fail(err, BEF_USAGE, "%s", tr("which incident?"));
		bef_hint(err, "%s", tr("see them with: beffroi list   then: beffroi use 2"));
		return BEF_USAGE;
	}
	snprintf(app->desk.incident, sizeof(app->desk.incident), "%.60s", words[0]);
	rc = bef_app_read(app, &store, err);
	if (rc == BEF_OK)
		rc = bef_desk_resolve(&app->desk, store, &log, err);
	if (rc == BEF_OK)
		rc = bef_store_incident(store, log, &row, err);
	if (rc == BEF_OK && !app->g.dry_run)
		rc = bef_desk_choose(&app->desk, &row.uuid, err);
	if (rc)
		return rc;
	if (!app->g.json) {
		bef_put(app, BEF_PLAIN, tr("Current incident: %s (%s)"), row.ref, row.summary.title);
		bef_put(app, BEF_PLAIN, "\n");
		return BEF_OK;
	}
	object = bef_json_begin("current");
	bef_json_put_text(object, "incident", row.ref, &ok);
	return bef_put_json(object, err);
}

const struct bef_cmd bef_cmd_use = {
	.en = "use", .fr = "choisir",
	.group = BEF_GROUP_THREAD,
	.summary = N_("choose the current incident"),
	.args = N_("N"),
	.examples_en = "beffroi use 2\nbeffroi use INC-2026-002\n",
	.examples_fr = "beffroi choisir 2\nbeffroi choisir INC-2026-002\n",
	.most_words = 1,
	.run = use_run,
};
