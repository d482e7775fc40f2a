/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/raise.h"
#include "base/i18n.h"
#include "base/json.h"

enum { HOPELESS_LONG_MS = 5000, LOOK_AGAIN_MS = 400 };

static bool is_class(const struct bef_route *route, const char *name)
{
	return bef_route_is(route, name);
}

void bef_route_refuse(struct bef_route *route, const char *class_name, const char *detail)
{
	route->got = (struct bef_return){ .reply = { .text = "" } };
	snprintf(route->got.reply.class_name, sizeof(route->got.reply.class_name), "%s", class_name);
	snprintf(route->got.reply.detail, sizeof(route->got.reply.detail), "%.*s", (int)bef_utf8_cut(detail, 190), detail);
}

/* --- the row ---------------------------------------------------------------------- */

/* Refused as it is, for its size or its form: the bare call may pass. */
static bool try_plain(const struct bef_route *route)
{
	int status = route->got.reply.status;

	return is_class(route, "permanent") && !route->claim.plain && route->to && !route->to->format->is_mail &&
	       (status == 400 || status == 413 || status == 414 || status == 422 || status == 431);
}

int64_t bef_backoff_ms(int next, int level, uint8_t chance)
{
	int64_t cap = level == 0 ? BEF_MINUTE_MS : level == 1 ? 5 * BEF_MINUTE_MS : BEF_BACKOFF_MOST_MS;
	int64_t wait = 1000;

	for (int i = 1; i < next && wait < cap; i++)
		wait *= 2;
	wait = (wait < cap ? wait : cap) * chance / 255;
	return wait < 1000 ? 1000 : wait;
}

static int64_t next_at(const struct bef_route *route, int64_t now_ms)
{
	const struct bef_response *reply = &route->got.reply;
	uint8_t chance;
	int64_t wait;

	bef_random(&chance, sizeof(chance));
	wait = bef_backoff_ms(route->claim.attempts + 1, route->claim.level, chance);
	if (reply->retry_after_s > 0)
		wait = reply->retry_after_s * INT64_C(1000);
	/* The destination's own pause holds it back longer. */
	if (is_class(route, "suspend") || is_class(route, "self"))
		wait = BEF_MINUTE_MS;
	if (wait > BEF_BACKOFF_MOST_MS)
		wait = BEF_BACKOFF_MOST_MS;
	return now_ms + wait;
}

static struct bef_settlement judge(const struct bef_route *route, int64_t now_ms)
{
	const struct bef_response *reply = &route->got.reply;
	struct bef_settlement how = {
		.now_ms = now_ms,
		.next_at_ms = now_ms,
		.state = "ready",
		.class_name = reply->class_name,
		.detail = reply->detail,
		.status = reply->status,
		.elapsed_ms = route->got.elapsed_ms,
		.ambiguous = route->claim.ambiguous || is_class(route, "ambiguous"),
		.plain = route->claim.plain || try_plain(route),
		.unsent = route->ending != NULL,
	};

	if (route->ending)
		how.state = route->ending;
	else if (is_class(route, "ok"))
		how.state = reply->posted ? "posted" : "accepted";
	else if (is_class(route, "permanent") && !try_plain(route))
		how.state = "failed";
	else if (!try_plain(route))
		how.next_at_ms = next_at(route, now_ms);
	return how;
}

/* --- the turn ----------------------------------------------------------------------------- */

static void count(struct bef_turn *turn, const struct bef_settlement *how)
{
	struct bef_route *route = turn->route;
	bool ready = strcmp(how->state, "ready") == 0;
	bool arrived = strcmp(how->state, "accepted") == 0 || strcmp(how->state, "posted") == 0;
	struct bef_sending *what = turn->what;

	what->accepted += arrived;
	what->waiting += ready;
	what->failed += !ready && !arrived;
	if (ready && (!what->next_at_ms || how->next_at_ms < what->next_at_ms))
		what->next_at_ms = how->next_at_ms;
	snprintf(turn->detail, sizeof(turn->detail), "%s", how->detail);
	turn->settled = true;
	snprintf(turn->event, sizeof(turn->event), "%s", route->claim.event);
	turn->sent = (struct bef_sent){
		.destination = route->name,
		.event = turn->event,
		.state = how->state,
		.detail = turn->detail,
		.attempts = route->claim.attempts - how->unsent,
		.elapsed_ms = route->got.elapsed_ms,
		.next_at_ms = how->next_at_ms > route->health.pause_until_ms ? how->next_at_ms : route->health.pause_until_ms,
	};
}

static enum bef_rc settle(struct bef_act *act, struct bef_turn *turn, struct bef_err *err)
{
	struct bef_route *route = turn->route;
	struct bef_claim *claim = &route->claim;
	struct bef_settlement how = judge(route, act->desk->pen.now_ms);
	bool ok = is_class(route, "ok");
	const struct bef_ended end = { &claim->alert, route->name, how.state, ok ? NULL : how.detail, NULL,
		                       claim->attempts - how.unsent, how.status };
	enum bef_rc rc = bef_act_enter(act, claim->log, err);

	if (rc == BEF_OK)
		rc = bef_store_outbox_settle(act->store, claim, &how, err);
	/* Somebody else has taken the row over: what they find out counts. */
	if (rc)
		return rc == BEF_NOT_FOUND ? BEF_OK : rc;
	if (ok)
		bef_route_went_well(route, how.now_ms);
	else if (!route->ending)
		bef_route_went_wrong(route, how.now_ms);
	count(turn, &how);
	if (strcmp(how.state, "ready") != 0)
		rc = bef_act_end_delivery(act, &end, err);
	return rc || ok ? rc : bef_route_failed(act, route, &how, err);
}

/* A destination that fails slowly, or that somebody has to mend, is not tried with all that waits for it. */
static bool has_enough(const struct bef_route *route)
{
	bool bad = !is_class(route, "ok") && !is_class(route, "permanent") && !route->ending;

	return route->tried > 0 && bad &&
	       (is_class(route, "suspend") || is_class(route, "self") || route->got.elapsed_ms >= HOPELESS_LONG_MS);
}

/* What may be taken.  A destination that asked for a pause gets nothing; one that is left alone or waits to be
 * mended gets what was never tried, of the gravest level or of any; an empty bucket lets only critical messages by. */
static bool may_take(const struct bef_turn *turn, struct bef_claiming *wanted)
{
	const struct bef_route *route = turn->route;
	const struct bef_health *h = &route->health;
	bool paused = h->pause_until_ms > wanted->now_ms && h->pause_until_ms < wanted->now_ms + BEF_DAY_MS;
	bool alone = h->closed_until_ms > wanted->now_ms;

	wanted->least = h->tokens < BEF_TOKEN || (alone && !turn->what->force) ? 0 : 2;
	wanted->fresh = has_enough(route) || (!turn->what->force && (paused || alone));
	return turn->what->force || !paused || *h->suspended;
}

static enum bef_rc take(struct bef_act *act, struct bef_turn *turn, struct bef_err *err)
{
	struct bef_route *route = turn->route;
	struct bef_health *h = &route->health;
	struct bef_claiming wanted = { .destination = route->name, .log = turn->what->log, .now_ms = act->desk->pen.now_ms };
	struct bef_incident_row row;
	uint32_t lease;
	enum bef_rc rc;

	bef_random(&lease, sizeof(lease));
	wanted.lease = (int64_t)lease + 1;
	bef_route_refill(route, wanted.now_ms);
	rc = may_take(turn, &wanted) ? bef_store_outbox_claim(act->store, &wanted, &route->claim, err) : BEF_NOT_FOUND;
	if (rc == BEF_OK)
		rc = bef_store_incident(act->store, route->claim.log, &row, err);
	if (rc)
		return rc;
	snprintf(route->tlp, sizeof(route->tlp), "%s", row.summary.tlp);
	h->tokens -= h->tokens < BEF_TOKEN ? h->tokens : BEF_TOKEN;
	route->tried++;
	return BEF_OK;
}

/* When something may leave for it again. */
static int64_t held_until(const struct bef_route *route, int64_t now_ms)
{
	const struct bef_health *h = &route->health;
	int64_t until_ms = h->pause_until_ms > h->closed_until_ms ? h->pause_until_ms : h->closed_until_ms;
	int64_t token_ms = now_ms + bef_route_token_ms(route);

	return until_ms > token_ms ? until_ms : token_ms;
}

/* When to look again: whoever is sending may be done in a moment. */
static int64_t look_at(const struct bef_route *route, const struct bef_outlook *outlook, int64_t now_ms)
{
	int64_t until_ms = held_until(route, now_ms);

	if (outlook->leased_ms)
		return now_ms + LOOK_AGAIN_MS;
	if (until_ms > now_ms)
		return until_ms;
	return outlook->next_at_ms ? outlook->next_at_ms : now_ms + BEF_MINUTE_MS;
}

/* Something waits for it and was not tried: that is told too. */
static void tell_held(struct bef_turn *turn, const struct bef_outlook *outlook, int64_t now_ms)
{
	const struct bef_health *h = &turn->route->health;
	bool held = held_until(turn->route, now_ms) > now_ms;
	int64_t look_ms = look_at(turn->route, outlook, now_ms);

	turn->settled = true;
	turn->what->waiting++;
	if (!turn->what->next_at_ms || look_ms < turn->what->next_at_ms)
		turn->what->next_at_ms = look_ms;
	snprintf(turn->detail, sizeof(turn->detail), "%s",
	         outlook->leased_ms      ? N_("another command is sending to it")
	         : *h->suspended         ? h->suspended
	         : h->tokens < BEF_TOKEN ? N_("as many as it takes in a minute have left")
	         : held                  ? N_("it is left alone for a while")
	                                 : N_("an earlier alert still waits there"));
	turn->sent = (struct bef_sent){ .destination = turn->route->name, .event = "", .state = "ready", .detail = turn->detail,
		                        .next_at_ms = outlook->leased_ms ? outlook->leased_ms : look_ms };
}

static enum bef_rc do_turn(struct bef_act *act, void *request, struct bef_err *err)
{
	struct bef_turn *turn = request;
	struct bef_route *route = turn->route;
	struct bef_outbox_due due = { turn->what->log, act->desk->pen.now_ms, turn->what->since_ms };
	struct bef_outlook outlook;
	enum bef_rc rc;

	/* On a full disk an act is run twice: each time from the same start. */
	if (route->claim.payload != turn->route_before.claim.payload)
		bef_claim_clear(&route->claim);
	*route = turn->route_before;
	*turn->what = turn->what_before;
	rc = bef_store_health(act->store, route->name, &route->health, err);
	if (rc == BEF_OK && route->claim.outbox)
		rc = settle(act, turn, err);
	if (rc)
		return rc;
	route->claim = (struct bef_claim){ 0 };
	rc = turn->last ? BEF_NOT_FOUND : take(act, turn, err);
	route->over = rc == BEF_NOT_FOUND;
	if (rc && !route->over)
		return rc;
	if (route->over && route->tried == 0 && !turn->last) {
		rc = bef_store_outbox_outlook(act->store, route->name, &due, &outlook, err);
		if (rc)
			return rc;
		tell_held(turn, &outlook, due.now_ms);
	}
	return bef_store_health_put(act->store, route->name, &route->health, err);
}

enum bef_rc bef_route_turn(struct bef_desk *desk, struct bef_turn *turn, struct bef_err *err)
{
	enum bef_rc rc;

	desk->pen.now_ms = turn->what->now_ms();
	turn->route_before = *turn->route;
	turn->what_before = *turn->what;
	rc = bef_act_do(desk, BEF_ACT_NO_INCIDENT, do_turn, turn, NULL, err);
	if (rc == BEF_OK) {
		bef_claim_clear(&turn->route_before.claim);
		return BEF_OK;
	}
	if (turn->route->claim.payload != turn->route_before.claim.payload)
		bef_claim_clear(&turn->route->claim);
	*turn->route = turn->route_before;
	return rc;
}
