/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/alert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/raise.h"
#include "base/i18n.h"
#include "base/json.h"

/* --- the entry --------------------------------------------------------------- */

json_t *bef_raise_names(const char *const *to, int count)
{
	json_t *list = json_array();

	for (int i = 0; list && i < count; i++)
		if (json_array_append_new(list, json_string(to[i])) != 0) {
			json_decref(list);
			return NULL;
		}
	return list;
}

static void put_line(json_t *body, const char *key, const struct bef_line *line, bool *ok)
{
	char hex[BEF_HASH_HEX];

	if (!line)
		return;
	bef_hex(line->entry->id.byte, sizeof(line->entry->id.byte), hex);
	bef_json_put_text(body, key, hex, ok);
}

static json_t *raised_body(const struct bef_act *act, const struct bef_raising *what)
{
	json_t *body = json_pack("{s:s, s:s}", "text", what->text, "level", what->level);
	bool ok = body != NULL;

	/* Both languages: who writes does not decide what a reader of the other one sees. */
	bef_json_put_text(body, "text_fr", what->text_fr, &ok);
	bef_json_put(body, "to", bef_raise_names(what->to, what->to_count), &ok);
	bef_json_put_text(body, "event", what->event, &ok);
	put_line(body, "about", what->about, &ok);
	if (what->corrects)
		put_line(body, "corrects", act->c->alert[what->corrects - 1].line, &ok);
	if (ok)
		return body;
	json_decref(body);
	return NULL;
}

enum bef_rc bef_act_end_delivery(struct bef_act *act, const struct bef_ended *what, struct bef_err *err)
{
	bool arrived = strcmp(what->ending, "accepted") == 0 || strcmp(what->ending, "posted") == 0;
	const struct bef_done done = act->done;
	char alert[BEF_HASH_HEX];
	json_t *body;
	bool ok;
	enum bef_rc rc;

	bef_hex(what->alert->byte, sizeof(what->alert->byte), alert);
	body = json_pack("{s:s, s:s, s:i, s:s}", "alert", alert, "destination", what->destination, "attempts", what->attempts,
	                 "ending", what->ending);
	ok = body != NULL;
	if (what->status)
		bef_json_put_int(body, "status", what->status, &ok);
	bef_json_put_text(body, "detail", what->detail && *what->detail ? what->detail : NULL, &ok);
	bef_json_put_text(body, "reason", what->reason, &ok);
	if (!ok) {
		json_decref(body);
		return bef_no_memory(err);
	}
	rc = bef_act_add(act, arrived ? "alert.delivered" : "alert.failed", body, 0, err);
	act->done = done;
	return rc;
}

/* --- the outbox -------------------------------------------------------------- */

enum bef_rc bef_raise_row(struct bef_act *act, struct bef_outgoing *row, const char *destination, struct bef_err *err)
{
	struct bef_uuid id;
	char hex[2 * BEF_UUID_SIZE + 1];
	char message[BEF_MESSAGE_SIZE];

	/* No dot in it: the signature joins its parts with dots. */
	bef_uuid_v7(act->desk->pen.now_ms, &id);
	bef_hex(id.byte, sizeof(id.byte), hex);
	snprintf(message, sizeof(message), "msg_%s", hex);
	row->destination = destination;
	row->message = message;
	return bef_store_outbox_put(act->store, row, err);
}

static enum bef_rc end_superseded(void *arg, const struct bef_outbox_row *row, struct bef_err *err)
{
	const struct bef_ended end = { .alert = &row->alert, .destination = row->destination, .ending = "superseded",
		                       .attempts = row->attempts };

	return bef_act_end_delivery(arg, &end, err);
}

/* What still waits and has been overtaken: the same sort of reminder, or any of them at the all-clear. */
static enum bef_rc supersede(struct bef_act *act, const struct bef_outgoing *row, const struct bef_alarm_kind *kind,
                             struct bef_err *err)
{
	struct bef_superseding what = { .log = row->log, .now_ms = row->now_ms, .by = row->alert, .destination = row->destination };

	if (kind->merges)
		what.event = kind->name;
	else if (strcmp(kind->name, "all-clear") != 0)
		return BEF_OK;
	return bef_store_outbox_supersede(act->store, &what, end_superseded, act, err);
}

static enum bef_rc put_outbox(struct bef_act *act, const struct bef_raising *what, const struct bef_alarm_kind *kind,
                              const char *payload, struct bef_err *err)
{
	int64_t now_ms = act->desk->pen.now_ms;
	struct bef_outgoing row = {
		.log = act->row.log,
		.alert = act->done.id,
		.payload = payload,
		.event = kind->name,
		.level = bef_level_number(what->level),
		.merges = kind->merges,
		.now_ms = now_ms,
		.expires_at_ms = now_ms + kind->life_h * BEF_HOUR_MS,
	};
	enum bef_rc rc = BEF_OK;

	for (int i = 0; i < what->to_count && rc == BEF_OK; i++) {
		const struct bef_destination *d = bef_bell_find(act->desk->bell, what->to[i]);

		row.next_at_ms = d ? bef_bell_leaves_at(d, kind, what->level, act->c, now_ms) : now_ms;
		rc = bef_raise_row(act, &row, what->to[i], err);
		if (rc == BEF_OK)
			rc = supersede(act, &row, kind, err);
	}
	/* What quiet hours held back is wanted now. */
	if (rc == BEF_OK && strcmp(kind->name, "crisis") == 0)
		rc = bef_store_outbox_hurry(act->store, act->row.log, NULL, now_ms, err);
	return rc;
}

/* --- raising ----------------------------------------------------------------- */

static enum bef_rc write_alarm(const struct bef_act *act, const struct bef_raising *what,
                               const struct bef_alarm_kind *kind, struct bef_text *out, struct bef_err *err)
{
	const struct bef_alarm_words words = {
		.c = act->c,
		.kind = kind,
		.text = what->text,
		.text_fr = what->text_fr,
		.level = what->level,
		.role = act->desk->pen.role,
		.at_ms = act->desk->pen.now_ms,
		.seq = (int)act->c->alert_count + 1,
		.corrects = what->corrects,
	};

	return bef_alarm_write(&words, out, err);
}

/* "What an exercise may reach" is a setting of the destination, never a slip of the hand. */
static enum bef_rc check_drill(const struct bef_act *act, const struct bef_raising *what, struct bef_err *err)
{
	for (int i = 0; act->c->drill && i < what->to_count; i++) {
		const struct bef_destination *d = bef_bell_find(act->desk->bell, what->to[i]);

		if (d && d->drills != BEF_DRILLS_NO)
			continue;
		bef_fail(err, BEF_REFUSED, tr("this is an exercise, and '%s' is not named for exercises"), what->to[i]);
		bef_hint(err, tr("in the configuration, under [destination.%s]: drills = yes"), what->to[i]);
		return BEF_REFUSED;
	}
	return BEF_OK;
}

/* Who hears it, unless the caller named them. */
static void choose(const struct bef_act *act, struct bef_raising *what, const struct bef_alarm_kind *kind,
                   const char *to[BEF_TO_MOST])
{
	const struct bef_bell *bell = act->desk->bell;

	if (!what->by_itself || what->to_count)
		return;
	for (size_t i = 0; bell && i < bell->count && what->to_count < BEF_TO_MOST; i++) {
		const struct bef_destination *d = &bell->destination[i];

		if (bef_bell_hears(d, kind, act->c))
			to[what->to_count++] = d->name;
	}
	what->to = to;
}

static enum bef_rc raise(struct bef_act *act, const struct bef_raising *what, struct bef_err *err)
{
	const struct bef_alarm_kind *kind = bef_alarm_kind_find(what->event ? what->event : what->corrects ? "correction" : "message");
	BEF_AUTO(text) payload = { .max = 4 * BEF_PROSE_MOST };
	struct bef_raising chosen = *what;
	const char *to[BEF_TO_MOST];
	enum bef_rc rc;

	if (what->corrects < 0 || (size_t)what->corrects > act->c->alert_count)
		return bef_fail(err, BEF_NOT_FOUND, tr("there is no alert %d in %s"), what->corrects, act->done.ref);
	choose(act, &chosen, kind, to);
	if (what->by_itself && chosen.to_count == 0)
		return BEF_OK;
	rc = check_drill(act, &chosen, err);
	if (rc == BEF_OK)
		rc = write_alarm(act, &chosen, kind, &payload, err);
	if (rc == BEF_OK)
		rc = bef_act_add(act, "alert.raised", raised_body(act, &chosen), 0, err);
	return rc ? rc : put_outbox(act, &chosen, kind, bef_text_str(&payload), err);
}

enum bef_rc bef_act_raise(struct bef_act *act, const struct bef_raising *what, struct bef_err *err)
{
	const struct bef_done done = act->done;
	enum bef_rc rc = raise(act, what, err);

	if (what->by_itself) {
		bool rang = act->done.number != done.number;

		act->done = done;
		act->done.rang = done.rang || rang;
	} else if (rc == BEF_OK) {
		act->done.rang = true;
	}
	return rc;
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
