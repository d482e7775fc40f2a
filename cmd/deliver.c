/* SPDX-License-Identifier: EUPL-1.2 */
#include "deliver.h"

#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"

void bef_told(void *arg, const struct bef_sent *sent)
{
	struct bef_app *app = arg;
	char when[BEF_DATE_SIZE];

	if (app->g.json) {
		json_t *object = bef_json_begin("delivery");
		bool ok = object != NULL;

		bef_json_put_text(object, "destination", sent->destination, &ok);
		bef_json_put_text(object, "state", sent->state, &ok);
		bef_json_put_int(object, "attempts", sent->attempts, &ok);
		bef_json_put_text(object, "detail", *sent->detail ? sent->detail : NULL, &ok);
		if (bef_put_json(ok ? object : NULL, NULL) != BEF_OK)
			bef_talk(app, "%s", tr("out of memory"));
		return;
	}
	bef_put_cell(app, BEF_STRONG, 20, sent->destination);
	if (strcmp(sent->state, "accepted") == 0)
		bef_put(app, BEF_GOOD, tr("accepted (%d.%d s)"), sent->elapsed_ms / 1000, sent->elapsed_ms % 1000 / 100);
	else if (strcmp(sent->state, "failed") == 0)
		bef_put(app, BEF_BAD, tr("GIVEN UP: %s"), sent->detail);
	else if (strcmp(sent->state, "refused") == 0)
		bef_put(app, BEF_BAD, tr("FAILED: %s"), sent->detail);
	else
		bef_put(app, BEF_BAD, tr("NOT ARRIVED: %s; next attempt %s"), sent->detail,
		        bef_date_format(sent->next_at_ms, app->desk.pen.zone, BEF_DATE_CLOCK, when));
	bef_put(app, BEF_PLAIN, "\n");
}

static enum bef_rc not_arrived(int waiting, int failed, struct bef_err *err)
{
	bef_fail(err, BEF_UNDELIVERED, tr("recorded, but not arrived: %d waiting, %d given up"), waiting, failed);
	bef_hint(err, "%s", tr("phone meanwhile; try again with: beffroi alert send   see: beffroi alert queue"));
	return BEF_UNDELIVERED;
}

static enum bef_rc send_once(struct bef_app *app, struct bef_sending *what, struct bef_err *err)
{
	enum bef_rc rc;

	bef_hold_interrupts(true); /* Ctrl-C ends the attempt; its result is still written down */
	rc = bef_act_send(&app->desk, what, err);
	bef_hold_interrupts(false);
	return rc;
}

/* Most failures that pass do so within seconds: those due for a second attempt get it at once. */
static enum bef_rc send_again(struct bef_app *app, struct bef_sending *what, struct bef_err *err)
{
	int before = what->waiting;
	int settled = what->accepted + what->failed;
	enum bef_rc rc;

	if (!app->g.json)
		bef_talk(app, "%s", tr("Second attempt in two seconds..."));
	sleep(2);
	what->waiting = 0;
	rc = send_once(app, what, err);
	what->waiting = before - (what->accepted + what->failed - settled);
	return rc;
}

enum bef_rc bef_deliver(struct bef_app *app, bool force, struct bef_sending *counts, struct bef_err *err)
{
	struct bef_sending what = {
		.program = app->net,
		.destinations = app->config.destination,
		.destination_count = app->config.destination_count,
		.force = force,
		.now_ms = bef_now_ms,
		.told = bef_told,
		.arg = app,
	};
	enum bef_rc rc;

	rc = send_once(app, &what, err);
	if (rc == BEF_OK && what.waiting && !force)
		rc = send_again(app, &what, err);
	if (counts)
		*counts = what;
	if (rc)
		return rc;
	if (what.accepted + what.failed + what.waiting == 0 && !app->g.json && force)
		bef_talk(app, "%s", tr("Nothing is waiting."));
	return what.waiting || what.failed ? not_arrived(what.waiting, what.failed, err) : BEF_OK;
}
