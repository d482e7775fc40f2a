/* SPDX-License-Identifier: EUPL-1.2 */
#include "start.h"

#include <string.h>

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
	enum bef_reply answer = BEF_REPLIED;
	enum bef_rc rc = BEF_OK;
	const char *name;
	json_t *definition;

	json_object_foreach ((json_t *)(uintptr_t)variables, name, definition) {
		if (rc || !bef_json_bool(definition, "external") || bef_settings_have(settings, name))
			continue;
		if (app->in_tty && !app->g.no_input)
			rc = bef_settings_ask(app, name, definition, settings, &answer, err);
		else if (!bef_json_text(definition, "value"))
			bef_talk(app, tr("%s is not known yet: give it with --var %s=VALUE"), name, name);
		if (rc == BEF_OK && answer != BEF_REPLIED)
			rc = bef_fail(err, BEF_REFUSED, "%s", tr("not started"));
	}
	return rc;
}

static enum bef_rc start(struct bef_app *app, const struct bef_start *what, const struct bef_playbook *playbook,
                         const struct bef_text *document, unsigned *started, struct bef_err *err)
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
	if (rc)
		return rc;
	*started = done.number;
	bef_talk(app, tr("Playbook started in %s (#%u)"), done.ref, done.number);
	return BEF_OK;
}

/* The entry that started the playbook with this id, if it is being followed; or 0. */
static unsigned followed(const struct bef_case *c, const char *id)
{
	unsigned number = 0;

	for (size_t i = 0; i < c->run_count; i++)
		if (bef_run_going_on(&c->run[i]) && strcmp(c->run[i].playbook->id, id) == 0)
			number = c->run[i].line->number;
	return number;
}

enum bef_rc bef_start(struct bef_app *app, const struct bef_start *what, unsigned *started, struct bef_err *err)
{
	struct bef_playbook *playbook = NULL;
	BEF_AUTO(text) document = { 0 };
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	unsigned number = 0;
	enum bef_rc rc = bef_playbook_find(app->desk.base, what->word, &playbook, &document, err);

	if (rc)
		return rc;
	rc = bef_app_case(app, &c, &row, err);
	if (rc == BEF_OK)
		number = followed(c, playbook->id);
	if (rc == BEF_OK && (what->parent || !number))
		rc = start(app, what, playbook, &document, &number, err);
	bef_playbook_free(playbook);
	if (started)
		*started = number;
	return rc;
}
