/* SPDX-License-Identifier: EUPL-1.2 */
/* What became of alerts: the queue, one alert in full, every attempt, the very request. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alert.h"
#include "alert/format.h"
#include "alert/settings.h"
#include "alert/shape.h"
#include "base/i18n.h"
#include "base/json.h"
#include "deliver.h"
#include "model/detail.h"
#include "out.h"

/* --- the queue --- */

struct queue {
	struct bef_app *app;
	int rows;
};

static enum bef_rc queued_json(const struct bef_outbox_row *row, struct bef_err *err)
{
	json_t *object = bef_json_begin("queued");
	char when[BEF_DATE_SIZE];
	bool ok = true;

	bef_json_put_text(object, "destination", row->destination, &ok);
	bef_json_put_text(object, "event", row->event, &ok);
	bef_json_put_text(object, "message", row->message, &ok);
	bef_json_put_text(object, "state", row->state, &ok);
	bef_json_put_int(object, "attempts", row->attempts, &ok);
	bef_json_put_text(object, "next_at", bef_date_utc(row->next_at_ms, when), &ok);
	bef_json_put_text(object, "detail", *row->last_detail ? row->last_detail : NULL, &ok);
	return bef_put_json(ok ? object : NULL, err);
}

static enum bef_rc put_queued(void *arg, const struct bef_outbox_row *row, struct bef_err *err)
{
	struct queue *queue = arg;
	struct bef_app *app = queue->app;
	bool ready = strcmp(row->state, "ready") == 0;
	BEF_AUTO(text) why = { .max = 600 };
	BEF_AUTO(text) said = { .max = 2000 };
	char when[BEF_DATE_SIZE];

	queue->rows++;
	if (app->g.json)
		return queued_json(row, err);
	bef_text_printf(&said, "%s%s", bef_word_label(&bef_alert_events, row->event), tr(": "));
	bef_text_printf(&said, trn("%s, %d attempt", "%s, %d attempts", row->attempts),
	                ready ? tr("waiting") : bef_word_label(&bef_alert_endings, row->state), row->attempts);
	if (ready)
		bef_text_printf(&said, tr(", next %s"), bef_date_format(row->next_at_ms, app->desk.pen.zone, BEF_DATE_SHORT, when));
	bef_detail_say(row->last_detail, &why);
	if (why.len)
		bef_text_printf(&said, " (%s)", bef_text_str(&why));
	bef_put_row(app, 20, row->destination, BEF_PLAIN, "%s", bef_text_str(&said));
	return BEF_OK;
}

enum bef_rc bef_alert_queue(struct bef_app *app, const struct bef_alert_opts *opts, char **words, int count,
                            struct bef_err *err)
{
	struct queue queue = { app, 0 };
	BEF_AUTO_STORE *store = NULL;
	enum bef_rc rc = bef_app_read(app, &store, err);

	(void)words;
	(void)count;
	if (rc == BEF_OK)
		rc = bef_store_outbox(store, 0, opts->all, put_queued, &queue, err);
	if (rc == BEF_OK && queue.rows == 0 && !app->g.json)
		bef_talk(app, "%s", tr("Nothing is waiting."));
	return rc;
}

enum bef_rc bef_alert_send(struct bef_app *app, const struct bef_alert_opts *opts, char **words, int count,
                           struct bef_err *err)
{
	if (app->g.dry_run)
		return bef_alert_queue(app, opts, words, count, err);
	return bef_deliver(app, true, BEF_DELIVER_LONG_MS, NULL, err);
}

/* --- attempts --- */

static enum bef_rc put_attempt(void *arg, const struct bef_attempt_row *row, struct bef_err *err)
{
	struct queue *queue = arg;
	struct bef_app *app = queue->app;
	BEF_AUTO(text) why = { .max = 600 };
	BEF_AUTO(text) said = { .max = 2000 };
	char when[BEF_DATE_SIZE];
	json_t *object;
	bool ok = true;

	queue->rows++;
	if (!app->g.json) {
		bef_detail_say(row->detail, &why);
		bef_put(app, BEF_FAINT, "%s  ", bef_date_format(row->started_at_ms, app->desk.pen.zone, BEF_DATE_SHORT, when));
		bef_text_printf(&said, tr("attempt %d: %s"), row->n,
		                !row->ended_at_ms                    ? tr("under way, or cut short")
		                : strcmp(row->class_name, "ok") == 0 ? tr("taken")
		                                                     : bef_text_str(&why));
		if (row->ended_at_ms)
			bef_text_printf(&said, " (%d ms)", row->elapsed_ms);
		bef_put_cell(app, BEF_STRONG, 20, row->destination);
		bef_wrap_text(app, strcmp(row->class_name, "ok") == 0 ? BEF_GOOD : BEF_BAD, 33, 33, &said);
		return BEF_OK;
	}
	object = bef_json_begin("attempt");
	bef_json_put_text(object, "destination", row->destination, &ok);
	bef_json_put_int(object, "n", row->n, &ok);
	bef_json_put_instant(object, "started_at", row->started_at_ms, &ok);
	bef_json_put_instant(object, "ended_at", row->ended_at_ms, &ok);
	bef_json_put_text(object, "class", *row->class_name ? row->class_name : NULL, &ok);
	bef_json_put_int(object, "status", row->status, &ok);
	bef_json_put_int(object, "elapsed_ms", row->elapsed_ms, &ok);
	bef_json_put_text(object, "detail", *row->detail ? row->detail : NULL, &ok);
	return bef_put_json(ok ? object : NULL, err);
}

enum bef_rc bef_alert_log(struct bef_app *app, const struct bef_alert_opts *opts, char **words, int count,
                          struct bef_err *err)
{
	struct queue queue = { app, 0 };
	BEF_AUTO_STORE *store = NULL;
	int64_t log = 0;
	enum bef_rc rc = bef_app_read(app, &store, err);

	(void)opts;
	(void)words;
	(void)count;
	if (rc == BEF_OK && app->g.incident)
		rc = bef_desk_resolve(&app->desk, store, &log, err);
	if (rc == BEF_OK)
		rc = bef_store_attempts(store, log, NULL, put_attempt, &queue, err);
	if (rc == BEF_OK && queue.rows == 0 && !app->g.json)
		bef_talk(app, "%s", tr("Nothing was sent yet."));
	return rc;
}

/* --- the very request --- */

enum { SHOWN_MOST = 1 << 20, SPELLED_MOST = 1 << 14 };

static void mask(struct bef_text *text, const char *piece)
{
	struct bef_text out = { .max = SHOWN_MOST };
	const char *from = bef_text_str(text), *found;

	if (strlen(piece) < 4)
		return;
	while ((found = strstr(from, piece))) {
		bef_text_add(&out, from, (size_t)(found - from));
		bef_text_puts(&out, "****");
		from = found + strlen(piece);
	}
	bef_text_puts(&out, from);
	bef_text_clear(text);
	*text = out;
}

/* As it is, and as it stands in a form or in JSON. */
static void mask_secret(struct bef_text *text, const char *secret)
{
	BEF_AUTO(text) percent = { .max = SPELLED_MOST };
	json_t *string = json_string(secret);
	char *quoted = string ? json_dumps(string, JSON_ENCODE_ANY) : NULL;
	size_t len = quoted ? strlen(quoted) : 0;

	bef_shape_percent(&percent, secret);
	mask(text, secret);
	mask(text, bef_text_str(&percent));
	if (len > 2) {
		quoted[len - 1] = '\0';
		mask(text, quoted + 1);
	}
	json_decref(string);
	free(quoted);
}

static void put_masked(struct bef_app *app, const char *line, const struct bef_keys *keys)
{
	BEF_AUTO(text) text = { .max = SHOWN_MOST };
	const char *proof = strncmp(line, "Authorization: ", 15) == 0 ? strchr(line + 15, ' ') : NULL;

	/* A name and a password are one word there. */
	bef_text_printf(&text, "%.*s%s", proof ? (int)(proof - line) : (int)strlen(line), line, proof ? " ****" : "");
	for (int s = 0; s < BEF_SECRET_COUNT; s++)
		if (s != BEF_SECRET_URL && keys->value[s])
			mask_secret(&text, keys->value[s]);
	bef_put(app, BEF_PLAIN, "%s\n", text.failed ? "****" : bef_text_str(&text));
}

static void put_request(struct bef_app *app, const struct bef_request *request, const struct bef_keys *keys)
{
	char masked[BEF_MASKED];

	bef_put(app, BEF_STRONG, "%s %s\n", request->mail_to.len ? "MAIL" : request->method ? request->method : "POST",
	        bef_url_masked(bef_text_str(&request->url), masked));
	for (int i = 0; i < request->header_count; i++)
		put_masked(app, bef_text_str(&request->header[i]), keys);
	bef_put(app, BEF_PLAIN, "\n");
	put_masked(app, bef_text_str(&request->body), keys);
}

static enum bef_rc show_request(struct bef_app *app, const struct bef_case *c, const struct bef_alert *alert,
                                const struct bef_destination *to, struct bef_err *err)
{
	__attribute__((cleanup(bef_keys_clear))) struct bef_keys keys = { 0 };
	__attribute__((cleanup(bef_alarm_clear))) struct bef_alarm alarm = { 0 };
	__attribute__((cleanup(bef_request_clear))) struct bef_request request = { 0 };
	const struct bef_rendering in = { &alarm, to, &keys, 0 };
	const char *event = bef_line_text(alert->line, "event");
	BEF_AUTO(text) json = { .max = 4 * BEF_PROSE_MOST };
	const struct bef_alarm_words words = {
		.c = c,
		.kind = bef_alarm_kind_find(event ? event : "message"),
		.text = bef_json_text_or(bef_line_body(alert->line), "text", ""),
		.text_fr = bef_line_text(alert->line, "text_fr"),
		.level = bef_json_text_or(bef_line_body(alert->line), "level", "urgent"),
		.at_ms = alert->line->at_ms,
		.seq = alert->line->about + 1,
	};
	const char *lacks = bef_destination_lacks(to);
	enum bef_rc rc = lacks ? bef_fail(err, BEF_USAGE, tr("destination %s lacks its %s"), to->name, tr(lacks))
	                       : bef_keys_read(to, &keys, err);

	if (rc == BEF_OK)
		rc = bef_alarm_write(&words, &json, err);
	if (rc == BEF_OK)
		rc = bef_alarm_read(bef_text_str(&json), "msg_00000000000000000000000000000000", to->lang, &alarm, err);
	if (rc)
		return rc;
	alarm.reach = bef_destination_reach(to, c->tlp);
	alarm.now_ms = app->desk.pen.now_ms;
	if (alarm.reach == BEF_REACH_NONE)
		return bef_fail(err, BEF_REFUSED, tr("nothing of %s may leave for %s, because of the marking"), c->ref, to->name);
	rc = to->format->render(&in, &request, err);
	if (rc == BEF_OK)
		put_request(app, &request, &keys);
	return rc;
}

/* --- one alert --- */

static enum bef_rc show_one(struct bef_app *app, struct bef_store *store, const struct bef_case *c, int at, struct bef_err *err)
{
	const struct bef_alert *alert = &c->alert[at];
	struct queue queue = { app, 0 };

	if (app->g.json)
		return bef_store_attempts(store, 0, &alert->line->entry->id, put_attempt, &queue, err);
	bef_put(app, BEF_STRONG, "%s\n", bef_sentence(c, alert->line));
	for (size_t d = 0; d < c->delivery_count; d++) {
		const struct bef_delivery *delivery = &c->delivery[d];
		char when[BEF_DATE_SIZE];

		if (delivery->alert != at)
			continue;
		bef_put_cell(app, BEF_STRONG, 20, delivery->destination);
		bef_put(app, bef_delivery_arrived(delivery) ? BEF_GOOD : BEF_BAD, "%s%s%s\n",
		        delivery->line ? bef_word_label(&bef_alert_endings, bef_delivery_state(delivery)) : tr("waiting"),
		        delivery->line ? " " : "",
		        delivery->line ? bef_date_format(delivery->line->at_ms, c->zone, BEF_DATE_SHORT, when) : "");
	}
	bef_put(app, BEF_PLAIN, "\n");
	return bef_store_attempts(store, 0, &alert->line->entry->id, put_attempt, &queue, err);
}

enum bef_rc bef_alert_show(struct bef_app *app, const struct bef_alert_opts *opts, char **words, int count,
                           struct bef_err *err)
{
	BEF_AUTO_STORE *store = NULL;
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	const struct bef_destination *to;
	int at = bef_number(words[0]) - 1;
	enum bef_rc rc = bef_app_case(app, &c, &row, err);

	(void)count;
	if (rc == BEF_OK && (size_t)at >= c->alert_count)
		return bef_fail(err, BEF_NOT_FOUND, tr("there is no alert %d in %s"), at + 1, row.ref);
	if (rc == BEF_OK)
		rc = bef_app_read(app, &store, err);
	if (rc)
		return rc;
	if (!opts->to.count)
		return show_one(app, store, c, at, err);
	to = bef_bell_find(&app->bell, opts->to.item[0]);
	return to ? show_request(app, c, &c->alert[at], to, err) : bef_unknown_destination(app, opts->to.item[0], err);
}
