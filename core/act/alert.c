/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/alert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/act.h"
#include "alert/payload.h"
#include "base/i18n.h"
#include "base/json.h"

enum { LIFE_HOURS = 24 };

static json_t *raised_body(const struct bef_act *act, const struct bef_raising *what)
{
	json_t *to = json_array();
	json_t *body = json_pack("{s:s, s:s}", "text", what->text, "level", what->level);
	bool ok = to && body;
	char corrects[BEF_HASH_HEX];

	for (int i = 0; ok && i < what->to_count; i++)
		ok = json_array_append_new(to, json_string(what->to[i])) == 0;
	bef_json_put(body, "to", to, &ok);
	if (ok && what->corrects) {
		const struct bef_line *former = act->c->alert[what->corrects - 1].line;

		bef_hex(former->entry->id.byte, sizeof(former->entry->id.byte), corrects);
		bef_json_put_text(body, "corrects", corrects, &ok);
	}
	if (ok)
		return body;
	json_decref(body);
	return NULL;
}

static enum bef_rc put_outbox(struct bef_act *act, const struct bef_raising *what, const char *payload,
                              struct bef_err *err)
{
	int64_t now_ms = act->desk->pen.now_ms;
	struct bef_outgoing row = {
		.log = act->row.log,
		.alert = act->done.id,
		.payload = payload,
		.next_at_ms = now_ms,
		.expires_at_ms = now_ms + LIFE_HOURS * BEF_HOUR_MS,
	};

	for (int i = 0; i < what->to_count; i++) {
		struct bef_uuid id;
		char hex[2 * BEF_UUID_SIZE + 1];
		char message[64];
		enum bef_rc rc;

		/* No dot in it: the signature joins its parts with dots. */
		bef_uuid_v7(now_ms, &id);
		bef_hex(id.byte, sizeof(id.byte), hex);
		snprintf(message, sizeof(message), "msg_%s", hex);
		row.destination = what->to[i];
		row.message = message;
		rc = bef_store_outbox_put(act->store, &row, err);
		if (rc)
			return rc;
	}
	return BEF_OK;
}

enum bef_rc bef_act_raise(struct bef_act *act, const struct bef_raising *what, struct bef_err *err)
{
	BEF_AUTO(text) payload = { .max = 2 * BEF_BODY_MOST };
	char corrects[16];
	struct bef_alert_words words = {
		.c = act->c,
		.text = what->text,
		.level = what->level,
		.role = act->desk->pen.role,
		.at_ms = act->desk->pen.now_ms,
		.seq = (int)act->c->alert_count + 1,
	};
	enum bef_rc rc;

	if (what->corrects < 0 || (size_t)what->corrects > act->c->alert_count)
		return bef_fail(err, BEF_NOT_FOUND, tr("there is no alert %d in %s"), what->corrects,
		                act->done.ref);
	snprintf(corrects, sizeof(corrects), "%d", what->corrects);
	words.corrects = what->corrects ? corrects : NULL;
	rc = bef_alert_payload(&words, &payload, err);
	if (rc == BEF_OK)
		rc = bef_act_add(act, "alert.raised", raised_body(act, what), 0, err);
	return rc ? rc : put_outbox(act, what, bef_text_str(&payload), err);
}

static enum bef_rc do_raise(struct bef_act *act, void *request, struct bef_err *err)
{
	return bef_act_raise(act, request, err);
}

enum bef_rc bef_act_alert(struct bef_desk *desk, const struct bef_raising *what, struct bef_done *done,
                          struct bef_err *err)
{
	struct bef_raising request = *what;

	return bef_act_do(desk, BEF_ACT_CASE | BEF_ACT_WHEN_CLOSED, do_raise, &request, done, err);
}

/* --- sending ----------------------------------------------------------------- */

/* One row between its claim and the writing down of its result. */
struct trip {
	struct bef_claim claim;
	struct bef_post post;
	struct bef_settlement end;
};

static enum bef_rc claim(struct bef_desk *desk, const struct bef_sending *what, int64_t after,
                         struct trip *trip, struct bef_err *err)
{
	__attribute__((cleanup(bef_store_clear))) struct bef_store *store = NULL;
	enum bef_rc rc = bef_store_open(desk->base, BEF_STORE_WRITE, desk->wait_ms, &store, err);

	return rc ? rc
	          : bef_store_outbox_claim(store, what->log, after, what->now_ms(), what->force, &trip->claim, err);
}

static const struct bef_destination *destination(const struct bef_sending *what, const char *name)
{
	for (size_t i = 0; i < what->destination_count; i++)
		if (strcmp(what->destinations[i].name, name) == 0)
			return &what->destinations[i];
	return NULL;
}

static enum bef_rc travel(const struct bef_sending *what, struct trip *trip, struct bef_err *err)
{
	trip->post = (struct bef_post){
		.to = destination(what, trip->claim.destination),
		.message = trip->claim.message,
		.body = trip->claim.payload,
		.now_ms = what->now_ms(),
	};
	if (trip->post.to)
		return bef_post_all(what->program, &trip->post, 1, err);
	snprintf(trip->post.class_name, sizeof(trip->post.class_name), "suspend");
	snprintf(trip->post.detail, sizeof(trip->post.detail), "%.150s",
	         tr("this destination is not in the configuration"));
	return BEF_OK;
}

/* What an attempt's class means for the row: "suspend" waits for somebody to mend the destination,
 * "permanent" and "self" will not get better. */
static void judge(struct trip *trip, int64_t now_ms)
{
	const struct bef_post *post = &trip->post;
	const char *class_name = post->class_name;
	bool hopeless = strcmp(class_name, "permanent") == 0 || strcmp(class_name, "self") == 0;
	uint8_t chance;

	bef_random(&chance, sizeof(chance));
	trip->end = (struct bef_settlement){
		.outbox = trip->claim.outbox,
		.state = "ready",
		.class_name = class_name,
		.detail = post->detail,
		.status = post->status,
		.next_at_ms = now_ms + bef_backoff_ms(trip->claim.attempts + 1, "urgent", chance),
	};
	if (post->retry_after_s > 0)
		trip->end.next_at_ms = now_ms + post->retry_after_s * INT64_C(1000);
	if (strcmp(class_name, "ok") == 0)
		trip->end.state = "accepted";
	else if (hopeless || now_ms >= trip->claim.expires_at_ms)
		trip->end.state = "failed";
}

static json_t *result_body(const struct trip *trip)
{
	char alert[BEF_HASH_HEX];
	json_t *body;
	bool ok;

	bef_hex(trip->claim.alert.byte, sizeof(trip->claim.alert.byte), alert);
	body = json_pack("{s:s, s:s, s:i}", "alert", alert, "destination", trip->claim.destination, "attempts",
	                 trip->claim.attempts);
	ok = body != NULL;
	if (trip->post.status)
		bef_json_put_int(body, "status", trip->post.status, &ok);
	bef_json_put_text(body, "detail", *trip->post.detail ? trip->post.detail : NULL, &ok);
	if (ok)
		return body;
	json_decref(body);
	return NULL;
}

static enum bef_rc do_settle(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct trip *trip = request;
	bool accepted = strcmp(trip->end.state, "accepted") == 0;
	enum bef_rc rc = bef_act_enter(act, trip->claim.log, err);

	if (rc == BEF_OK)
		rc = bef_store_outbox_settle(act->store, &trip->end, err);
	if (rc || strcmp(trip->end.state, "ready") == 0)
		return rc;
	return bef_act_add(act, accepted ? "alert.delivered" : "alert.failed", result_body(trip), 0, err);
}

static void tell(struct bef_sending *what, const struct trip *trip)
{
	const struct bef_sent sent = {
		.destination = trip->claim.destination,
		.state = trip->end.state,
		.detail = trip->post.detail,
		.attempts = trip->claim.attempts,
		.elapsed_ms = trip->post.elapsed_ms,
		.next_at_ms = trip->end.next_at_ms,
	};

	what->accepted += strcmp(sent.state, "accepted") == 0;
	what->failed += strcmp(sent.state, "failed") == 0;
	what->waiting += strcmp(sent.state, "ready") == 0;
	if (what->told)
		what->told(what->arg, &sent);
}

enum bef_rc bef_act_send(struct bef_desk *desk, struct bef_sending *what, struct bef_err *err)
{
	int64_t after = 0;

	for (;;) {
		struct trip trip = { 0 };
		enum bef_rc rc = claim(desk, what, after, &trip, err);

		if (rc == BEF_OK)
			rc = travel(what, &trip, err);
		else if (rc == BEF_NOT_FOUND)
			return BEF_OK;
		if (rc == BEF_OK) {
			desk->pen.now_ms = what->now_ms();
			judge(&trip, desk->pen.now_ms);
			rc = bef_act_do(desk, BEF_ACT_NO_INCIDENT, do_settle, &trip, NULL, err);
		}
		if (rc == BEF_OK)
			tell(what, &trip);
		after = trip.claim.outbox;
		bef_claim_clear(&trip.claim);
		if (rc)
			return rc;
	}
}
