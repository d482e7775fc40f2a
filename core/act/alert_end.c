/* SPDX-License-Identifier: EUPL-1.2 */
/* What becomes of alerts that do not arrive: stand-ins, giving up, acknowledging.  Declared in alert.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/raise.h"
#include "act/send.h"
#include "base/i18n.h"
#include "base/json.h"

enum { PURGE_DAYS = 30 };

static bool has_it(const struct bef_case *c, const struct bef_hash *alert, const char *destination)
{
	for (size_t i = 0; i < c->delivery_count; i++)
		if (memcmp(&c->alert[c->delivery[i].alert].line->entry->id, alert, sizeof(*alert)) == 0 &&
		    strcmp(c->delivery[i].destination, destination) == 0)
			return true;
	return false;
}

static enum bef_rc put_stand_ins(struct bef_act *act, const struct bef_claim *claim, const char *const *to, int count,
                                 struct bef_err *err)
{
	struct bef_outgoing row = {
		.log = claim->log,
		.alert = claim->alert,
		.payload = claim->payload,
		.event = claim->event,
		.level = claim->level,
		.now_ms = act->desk->pen.now_ms,
		.next_at_ms = act->desk->pen.now_ms,
		.expires_at_ms = claim->expires_at_ms,
	};
	enum bef_rc rc = BEF_OK;

	for (int i = 0; i < count && rc == BEF_OK; i++)
		rc = bef_raise_row(act, &row, to[i], err);
	return rc;
}

enum bef_rc bef_act_reroute(struct bef_act *act, const struct bef_claim *claim, const struct bef_destination *from,
                            struct bef_err *err)
{
	const char *all[BEF_TO_MOST], *to[BEF_TO_MOST];
	const struct bef_done done = act->done;
	char alert[BEF_HASH_HEX];
	int all_count = 0, count = 0;
	json_t *body;
	enum bef_rc rc = bef_act_reload(act, err);

	if (rc == BEF_OK)
		rc = bef_store_outbox_rerouted(act->store, claim->outbox, err);
	if (rc)
		return rc;
	bef_bell_names(act->desk->bell, from->fallback, all, &all_count, BEF_TO_MOST);
	for (int i = 0; i < all_count; i++) {
		const struct bef_destination *d = bef_bell_find(act->desk->bell, all[i]);

		if (!has_it(act->c, &claim->alert, all[i]) && (!act->c->drill || d->drills != BEF_DRILLS_NO))
			to[count++] = all[i];
	}
	if (count == 0)
		return BEF_OK;
	bef_hex(claim->alert.byte, sizeof(claim->alert.byte), alert);
	body = json_pack("{s:s, s:s, s:o}", "alert", alert, "destination", from->name, "to", bef_raise_names(to, count));
	rc = bef_act_add(act, "alert.rerouted", body, 0, err);
	act->done = done;
	return rc ? rc : put_stand_ins(act, claim, to, count, err);
}

static enum bef_rc do_acknowledge(struct bef_act *act, void *request, struct bef_err *err)
{
	return bef_act_add(act, "alert.acknowledged", json_pack("{s:s}", "text", (const char *)request), 0, err);
}

enum bef_rc bef_act_acknowledge(struct bef_desk *desk, const char *text, struct bef_done *done, struct bef_err *err)
{
	return bef_act_do(desk, BEF_ACT_CASE | BEF_ACT_WHEN_CLOSED, do_acknowledge, (void *)(uintptr_t)text, done, err);
}

struct dropping {
	struct bef_act *act;
	const struct bef_hash *alert;
	const char *destination, *reason;
	int64_t row[BEF_TO_MOST];
	struct bef_ended end[BEF_TO_MOST];
	char name[BEF_TO_MOST][BEF_DESTINATION_NAME];
	int number, count;
};

static enum bef_rc note_dropped(void *arg, const struct bef_outbox_row *row, struct bef_err *err)
{
	struct dropping *how = arg;
	int i = how->count;

	(void)err;
	if (memcmp(&row->alert, how->alert, sizeof(row->alert)) != 0 || i == BEF_TO_MOST ||
	    (how->destination && !bef_fold_equal(how->destination, row->destination)))
		return BEF_OK;
	snprintf(how->name[i], sizeof(how->name[i]), "%s", row->destination);
	how->row[i] = row->outbox;
	how->end[i] = (struct bef_ended){ .alert = how->alert, .destination = how->name[i], .ending = "dropped",
		                          .reason = how->reason, .attempts = row->attempts };
	how->count++;
	return BEF_OK;
}

static enum bef_rc do_drop(struct bef_act *act, void *request, struct bef_err *err)
{
	struct dropping *how = request;
	enum bef_rc rc;

	if (how->number < 1 || (size_t)how->number > act->c->alert_count)
		return bef_fail(err, BEF_NOT_FOUND, tr("there is no alert %d in %s"), how->number, act->done.ref);
	how->alert = &act->c->alert[how->number - 1].line->entry->id;
	how->count = 0;
	rc = bef_store_outbox(act->store, act->row.log, false, note_dropped, how, err);
	if (rc == BEF_OK && how->count == 0)
		return bef_fail(err, BEF_NOT_FOUND, tr("nothing of alert %d is waiting"), how->number);
	for (int i = 0; i < how->count && rc == BEF_OK; i++) {
		rc = bef_store_outbox_end(act->store, how->row[i], "dropped", err);
		if (rc == BEF_OK)
			rc = bef_act_end_delivery(act, &how->end[i], err);
	}
	act->done.number = (unsigned)act->row.entries;
	return rc;
}

enum bef_rc bef_act_drop(struct bef_desk *desk, int number, const char *destination, const char *reason,
                         struct bef_done *done, struct bef_err *err)
{
	struct dropping how = { .destination = destination, .reason = reason, .number = number };

	return bef_act_do(desk, BEF_ACT_CASE | BEF_ACT_WHEN_CLOSED, do_drop, &how, done, err);
}

/* --- destinations ------------------------------------------------------------- */

static enum bef_rc do_tested(struct bef_act *act, void *request, struct bef_err *err)
{
	struct bef_health health;
	enum bef_rc rc = bef_store_health(act->store, request, &health, err);

	health = (struct bef_health){ .arrived_at_ms = health.arrived_at_ms, .tested_at_ms = act->desk->pen.now_ms,
		                      .tokens = health.tokens, .tokens_at_ms = health.tokens_at_ms };
	return rc ? rc : bef_store_health_put(act->store, request, &health, err);
}

enum bef_rc bef_act_tested(struct bef_desk *desk, const char *destination, struct bef_err *err)
{
	struct bef_err none = { 0 };
	enum bef_rc rc = bef_act_do(desk, BEF_ACT_NO_INCIDENT, do_tested, (void *)(uintptr_t)destination, NULL, &none);

	if (rc && rc != BEF_NOT_FOUND)
		*err = none;
	return rc == BEF_NOT_FOUND ? BEF_OK : rc;
}

static enum bef_rc do_hurry(struct bef_act *act, void *request, struct bef_err *err)
{
	struct bef_health health;
	enum bef_rc rc = bef_store_health(act->store, request, &health, err);

	health = (struct bef_health){ .arrived_at_ms = health.arrived_at_ms, .tested_at_ms = health.tested_at_ms,
		                      .told = health.told, .tokens = -1 };
	if (rc == BEF_OK)
		rc = bef_store_health_put(act->store, request, &health, err);
	return rc ? rc : bef_store_outbox_hurry(act->store, 0, request, act->desk->pen.now_ms, err);
}

enum bef_rc bef_act_hurry(struct bef_desk *desk, const char *destination, struct bef_err *err)
{
	return bef_act_do(desk, BEF_ACT_NO_INCIDENT, do_hurry, (void *)(uintptr_t)destination, NULL, err);
}

static enum bef_rc do_purge(struct bef_act *act, void *request, struct bef_err *err)
{
	(void)request;
	return bef_store_outbox_purge(act->store, act->desk->pen.now_ms - PURGE_DAYS * BEF_DAY_MS, err);
}

enum bef_rc bef_act_purge(struct bef_desk *desk, struct bef_err *err)
{
	return bef_act_do(desk, BEF_ACT_NO_INCIDENT, do_purge, NULL, NULL, err);
}
