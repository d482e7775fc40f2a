/* SPDX-License-Identifier: EUPL-1.2 */
#include "start.h"

#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"
#include "shipped.h"

/* What the playbook wants from whoever starts it (CACAO 2.0, 10.18.2: external). */
static enum bef_rc ask_externals(struct bef_app *app, const struct bef_playbook *playbook,
                                 struct bef_settings *settings, struct bef_err *err)
{
	const json_t *variables = json_object_get(playbook->doc, "playbook_variables");
	enum bef_rc rc = BEF_OK;
	const char *name;
	json_t *definition;

	json_object_foreach ((json_t *)(uintptr_t)variables, name, definition) {
		if (rc || !bef_json_bool(definition, "external") || bef_settings_have(settings, name))
			continue;
		if (app->in_tty && !app->g.no_input)
			rc = bef_settings_ask(app, name, definition, settings, err);
		else if (!bef_json_text(definition, "value"))
			bef_talk(app, tr("%s is not known yet: give it with --var %s=VALUE"), name, name);
	}
	return rc;
}

static enum bef_rc start(struct bef_app *app, const struct bef_start *what, const struct bef_playbook *playbook,
                         const struct bef_text *document, struct bef_err *err)
{
	BEF_AUTO_SETTINGS settings = { .count = 0 };
	struct bef_run_starting request = { .document = document->data, .len = document->len,
		                            .parent = what->parent, .step = what->step };
	struct bef_done done;
	enum bef_rc rc = what->set ? bef_settings_read(what->set, &settings, err) : BEF_OK;

	if (rc == BEF_OK)
		rc = ask_externals(app, playbook, &settings, err);
	if (rc)
		return rc;
	request.set = settings.row;
	request.set_count = settings.count;
	bef_app_tick(app);
	rc = bef_act_run_start(&app->desk, &request, &done, err);
	if (rc == BEF_OK)
		bef_talk(app, tr("Playbook started in %s (#%u)"), done.ref, done.number);
	return rc;
}

enum bef_rc bef_start(struct bef_app *app, const struct bef_start *what, struct bef_err *err)
{
	struct bef_playbook *playbook = NULL;
	BEF_AUTO(text) document = { 0 };
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	enum bef_rc rc = bef_playbook_find(app->desk.base, what->word, &playbook, &document, err);

	if (rc)
		return rc;
	rc = bef_app_case(app, &c, &row, err);
	if (rc == BEF_OK && (what->parent || !bef_case_follows(c, playbook->id)))
		rc = start(app, what, playbook, &document, err);
	bef_playbook_free(playbook);
	return rc;
}
