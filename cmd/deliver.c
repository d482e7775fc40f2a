/* SPDX-License-Identifier: EUPL-1.2 */
#include "deliver.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "model/detail.h"
#include "out.h"

enum { SECOND_MS = 1000 };

/* The last word on each destination that did not take something yet. */
struct pending {
	char name[BEF_DESTINATION_NAME], detail[200];
	int64_t next_at_ms;
	bool waits;
};

struct telling {
	struct bef_app *app;
	struct pending pending[BEF_DESTINATIONS_MOST];
	int count, failed, waiting;
	int64_t since_ms;
};

static struct pending *pending_of(struct telling *t, const char *name)
{
	for (int i = 0; i < t->count; i++)
		if (strcmp(t->pending[i].name, name) == 0)
			return &t->pending[i];
	if (t->count == BEF_DESTINATIONS_MOST)
		return &t->pending[0];
	t->pending[t->count] = (struct pending){ 0 };
	snprintf(t->pending[t->count].name, sizeof(t->pending[0].name), "%s", name);
	return &t->pending[t->count++];
}

static void tell_json(struct bef_app *app, const struct bef_sent *sent)
{
	json_t *object = bef_json_begin("delivery");
	bool ok = object != NULL;

	bef_json_put_text(object, "destination", sent->destination, &ok);
	bef_json_put_text(object, "event", *sent->event ? sent->event : NULL, &ok);
	bef_json_put_text(object, "state", sent->state, &ok);
	bef_json_put_int(object, "attempts", sent->attempts, &ok);
	bef_json_put_text(object, "detail", *sent->detail ? sent->detail : NULL, &ok);
	if (bef_put_json(ok ? object : NULL, NULL) != BEF_OK)
		bef_talk(app, "%s", tr("out of memory"));
}

static bool is_ready(const struct bef_sent *sent)
{
	return strcmp(sent->state, "ready") == 0;
}

static bool has_arrived(const struct bef_sent *sent)
{
	return strcmp(sent->state, "accepted") == 0 || strcmp(sent->state, "posted") == 0;
}

/* A failure that will be tried again is not the last word: it is kept for the end. */
static void told(void *arg, const struct bef_sent *sent)
{
	struct telling *t = arg;
	struct bef_app *app = t->app;
	BEF_AUTO(text) why = { .max = 600 };
	struct pending *p = pending_of(t, sent->destination);

	p->waits = is_ready(sent) || (p->waits && sent->attempts == 1);
	if (is_ready(sent)) {
		p->next_at_ms = sent->next_at_ms;
		snprintf(p->detail, sizeof(p->detail), "%s", sent->detail);
	}
	t->failed += !is_ready(sent) && !has_arrived(sent);
	if (app->g.json) {
		tell_json(app, sent);
		return;
	}
	if (is_ready(sent))
		return;
	bef_detail_say(sent->detail, &why);
	if (has_arrived(sent))
		bef_put_row(app, 20, sent->destination, BEF_GOOD, strcmp(sent->state, "posted") == 0 ? tr("%s: posted (%d.%d s)") : tr("%s: accepted (%d.%d s)"),
		            bef_word_label(&bef_alert_events, sent->event), sent->elapsed_ms / 1000, sent->elapsed_ms % 1000 / 100);
	else if (strcmp(sent->state, "failed") == 0)
		bef_put_row(app, 20, sent->destination, BEF_BAD, tr("GIVEN UP: %s"), bef_text_str(&why));
	else
		bef_put_row(app, 20, sent->destination, BEF_WARN, "%s%s%s", bef_word_label(&bef_alert_endings, sent->state),
		            why.len ? tr(": ") : "", bef_text_str(&why));
	fflush(stdout);
}

static enum bef_rc count_tried(void *arg, const struct bef_outbox_row *row, struct bef_err *err)
{
	struct telling *t = arg;
	int64_t now_ms = t->app->desk.pen.now_ms;

	(void)err;
	/* The first attempt of somebody else's, under way. */
	if (row->attempts == 1 && row->created_at_ms < t->since_ms && row->lease_until_ms > now_ms)
		return BEF_OK;
	t->waiting += row->attempts > 0 || row->next_at_ms <= now_ms;
	return BEF_OK;
}

/* What still waits, apart from what quiet hours hold back. */
static enum bef_rc tell_pending(struct telling *t, struct bef_err *err)
{
	struct bef_app *app = t->app;
	BEF_AUTO_STORE *store = NULL;
	char when[BEF_DATE_SIZE];
	enum bef_rc rc = bef_app_read(app, &store, err);

	if (rc == BEF_OK)
		rc = bef_store_outbox(store, 0, false, count_tried, t, err);
	for (int i = 0; i < t->count; i++) {
		const struct pending *p = &t->pending[i];
		BEF_AUTO(text) why = { .max = 600 };

		if (!p->waits || !t->waiting || app->g.json)
			continue;
		bef_detail_say(p->detail, &why);
		bef_put_row(app, 20, p->name, BEF_BAD, tr("NOT ARRIVED: %s; next attempt %s"), bef_text_str(&why),
		            bef_date_format(p->next_at_ms, app->desk.pen.zone, BEF_DATE_CLOCK, when));
	}
	return rc;
}

static enum bef_rc not_arrived(int waiting, int failed, struct bef_err *err)
{
	bef_fail(err, BEF_UNDELIVERED, tr("recorded, but not arrived: %d waiting, %d given up"), waiting, failed);
	bef_hint(err, "%s", tr("phone meanwhile; try again with: beffroi alert send   see: beffroi alert queue"));
	return BEF_UNDELIVERED;
}

/* True if another attempt is due before until_ms, after having waited for it. */
static bool wait_for_next(const struct bef_sending *what, int64_t until_ms)
{
	int64_t wait = what->next_at_ms ? what->next_at_ms - what->now_ms() : -1;
	struct timespec pause;

	if (!what->next_at_ms || bef_monotonic_ms() + (wait > 0 ? wait : 0) >= until_ms || bef_interrupted())
		return false;
	if (wait < 0)
		wait = 0;
	if (wait >= SECOND_MS && bef_clock_stands())
		return false; /* one would wait in vain */
	pause = (struct timespec){ .tv_sec = wait / 1000, .tv_nsec = (wait % 1000 + 1) * 1000000 };
	nanosleep(&pause, NULL);
	return true;
}

static enum bef_rc send_all(struct bef_app *app, struct bef_sending *what, int budget_ms, struct bef_err *err)
{
	int64_t start_ms = bef_monotonic_ms(), until_ms = start_ms + budget_ms;
	enum bef_rc rc;

	bef_hold_interrupts(true); /* Ctrl-C ends the attempt; its result is still written down */
	do {
		int before = what->accepted + what->failed + what->waiting;

		what->next_at_ms = 0;
		what->budget_ms = (int)(until_ms - bef_monotonic_ms());
		rc = bef_act_send(&app->desk, what, err);
		if (what->accepted + what->failed + what->waiting == before)
			break;
		/* Nobody waits for longer than that for a next attempt, however long this one may last. */
	} while (rc == BEF_OK && wait_for_next(what, start_ms + BEF_DELIVER_MS < until_ms ? start_ms + BEF_DELIVER_MS : until_ms));
	bef_hold_interrupts(false);
	return rc;
}

static enum bef_rc deliver(struct bef_app *app, int64_t since_ms, bool force, int budget_ms, struct bef_delivered *out,
                           struct bef_err *err)
{
	struct telling t = { .app = app, .since_ms = since_ms };
	struct bef_sending what = { .program = app->net, .force = force, .since_ms = since_ms, .now_ms = bef_now_ms,
		                    .told = told, .arg = &t };
	struct bef_delivered counts;
	enum bef_rc rc = send_all(app, &what, budget_ms, err);

	app->desk.rang = false; /* what this rang left with it */
	if (rc == BEF_OK)
		rc = tell_pending(&t, err);
	counts = (struct bef_delivered){ what.accepted, t.failed, t.waiting };
	if (out)
		*out = counts;
	if (rc)
		return rc;
	if (force && counts.accepted + counts.failed + counts.waiting == 0 && !app->g.json)
		bef_talk(app, "%s", tr("Nothing is waiting."));
	return counts.waiting || counts.failed ? not_arrived(counts.waiting, counts.failed, err) : BEF_OK;
}

enum bef_rc bef_deliver(struct bef_app *app, bool force, int budget_ms, struct bef_delivered *out, struct bef_err *err)
{
	return deliver(app, 0, force, budget_ms, out, err);
}

/* --- after a command ------------------------------------------------------------ */

static enum bef_rc tell_held(void *arg, const struct bef_outbox_row *row, struct bef_err *err)
{
	struct bef_app *app = arg;
	char when[BEF_DATE_SIZE];

	(void)err;
	if (row->attempts == 0 && row->next_at_ms > app->desk.pen.now_ms)
		bef_talk(app, tr("%s: quiet hours; it leaves %s"), row->destination,
		         bef_date_format(row->next_at_ms, app->desk.pen.zone, BEF_DATE_DAY, when));
	return BEF_OK;
}

enum bef_rc bef_deliver_after(struct bef_app *app, struct bef_err *err)
{
	struct bef_err unread = { 0 };
	enum bef_rc rc = deliver(app, app->began_ms, false, BEF_DELIVER_MS, NULL, err);
	BEF_AUTO_STORE *store = NULL;

	if (!app->g.json && bef_app_read(app, &store, &unread) == BEF_OK &&
	    bef_store_outbox(store, 0, false, tell_held, app, &unread) != BEF_OK)
		bef_talk(app, "%s", unread.msg);
	return rc;
}

void bef_deliver_warn(struct bef_app *app)
{
	const char *ref = app->desk.unheard;

	if (!*ref)
		return;
	bef_talk(app, tr("NOBODY WAS REACHED by the alerts of %s. Phone:"), ref);
	for (size_t i = 0; i < app->config.phone_count; i++)
		bef_talk(app, "  %s  %s", app->config.phone[i].number, app->config.phone[i].who);
	if (app->config.phone_count == 0)
		bef_talk(app, "%s", tr("  (no number in the configuration: section [phones])"));
	bef_talk(app, tr("then say who was told: beffroi alert ack \"...\" -i %s"), ref);
}
