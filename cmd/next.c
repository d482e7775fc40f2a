/* SPDX-License-Identifier: EUPL-1.2 */
#include "next.h"

#include "base/i18n.h"
#include "out.h"
#include "shipped.h"

static bool any_action_open(const struct bef_case *c)
{
	for (size_t i = 0; i < c->action_count; i++)
		if (bef_action_open(&c->action[i]))
			return true;
	return false;
}

static bool any_finished(const struct bef_case *c)
{
	for (size_t i = 0; i < c->run_count; i++)
		if (c->run[i].finished && !c->run[i].line->undone)
			return true;
	return false;
}

void bef_put_next(struct bef_app *app, const struct bef_case *c)
{
	char key[BEF_PLAYBOOK_KEY] = "";
	struct bef_task task;

	if (c->closed)
		return;
	if (bef_case_tasks(c, NULL, &task, 1))
		bef_next(app, tr("run"), tr("go on with the playbook"));
	else if (any_action_open(c))
		bef_next(app, tr("action"), tr("what is left to do"));
	else if (any_finished(c))
		bef_next(app, tr("close"), tr("close the incident, or see what is still open"));
	else {
		/* Only proposed: what cannot be read is not said here. */
		if (c->run_count == 0 && bef_playbook_for(app->desk.base, c->type, key, NULL) == BEF_OK && *key)
			bef_next(app, tr("run"), tr("start the playbook"));
		bef_next(app, tr("note"), tr("record a fact"));
	}
}
