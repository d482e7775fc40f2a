/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/send.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "act/route.h"
#include "alert/settings.h"
#include "base/i18n.h"

enum { ROUTES_MOST = 64, TOTAL_MS = 25000, MAIL_MS = 60000, LEAST_MS = 300, GRACE_MS = 2000, ROUNDS_MOST = 4 };
#define FAR_MS (100 * BEF_DAY_MS)

struct round {
	struct bef_desk *desk;
	struct bef_sending *what;
	struct bef_route *route;
	size_t count;
	int64_t until_ms; /* monotonic */
};

/* --- one route --------------------------------------------------------------- */

static void route_clear(struct bef_route *route)
{
	bef_courier_stop(&route->courier);
	bef_keys_clear(&route->keys);
	bef_claim_clear(&route->claim);
}

/* How much its destination may be told now; a message that was refused as it is leaves as a mere call. */
static enum bef_reach reach_of(const struct bef_route *route)
{
	enum bef_reach reach = bef_destination_reach(route->to, route->tlp);

	return route->claim.plain && reach > BEF_REACH_THIN ? BEF_REACH_THIN : reach;
}

static enum bef_rc give(struct round *round, struct bef_route *route, const struct bef_request *request, struct bef_err *err)
{
	int64_t left = round->until_ms - bef_monotonic_ms();
	int most = request->mail_to.len ? MAIL_MS : TOTAL_MS; /* a mail server may take its time after the final dot */
	int total_ms = left > most ? most : left < LEAST_MS ? LEAST_MS : (int)left;

	route->deadline_ms = bef_monotonic_ms() + total_ms + GRACE_MS;
	return bef_courier_give(&route->courier, request, route->to, total_ms, err);
}

/* Render and hand over: the question that the format asks first, or the message. */
static enum bef_rc dispatch(struct round *round, struct bef_route *route, struct bef_err *err)
{
	__attribute__((cleanup(bef_alarm_clear))) struct bef_alarm alarm = { 0 };
	__attribute__((cleanup(bef_request_clear))) struct bef_request request = { 0 };
	const struct bef_format *format = route->to->format;
	const struct bef_rendering in = { &alarm, route->to, &route->keys, route->clock_offset_s };
	enum bef_rc rc = bef_alarm_read(route->claim.payload, route->claim.message, route->to->lang, &alarm, err);

	if (rc)
		return rc;
	alarm.now_ms = round->what->now_ms();
	alarm.reach = reach_of(route);
	alarm.again = route->claim.ambiguous;
	/* The marking is read again at each attempt: it may have been raised since. */
	alarm.tlp = route->tlp;
	route->asking = format->ask && !route->asked;
	rc = route->asking ? format->ask(&in, &request, err) : format->render(&in, &request, err);
	return rc ? rc : give(round, route, &request, err);
}

/* Whatever keeps the message here is the destination's fault, not the message's: it waits. */
static enum bef_rc begin(struct round *round, struct bef_route *route, struct bef_err *err)
{
	const char *lacks = bef_destination_lacks(route->to);
	enum bef_rc rc = BEF_OK;

	if (lacks)
		return bef_fail(err, BEF_USAGE, tr("it lacks its %s"), lacks);
	if (!route->has_keys)
		rc = bef_keys_read(route->to, &route->keys, err);
	if (rc)
		return rc;
	route->has_keys = true;
	if (route->courier.pid == 0)
		rc = bef_courier_start(&route->courier, round->what->program, err);
	return rc ? rc : dispatch(round, route, err);
}

typedef enum bef_rc step_fn(struct round *round, struct bef_route *route, struct bef_err *err);

/* Take a step whose failure will be stored: what is stored is English, whoever sends. */
static enum bef_rc in_english(step_fn *step, struct round *round, struct bef_route *route, struct bef_err *why)
{
	enum bef_lang former = bef_lang_set(BEF_EN);
	enum bef_rc rc = step(round, route, why);

	bef_lang_set(former);
	return rc;
}

/* True if the claim's fate is known without sending anything. */
static bool decided(struct round *round, struct bef_route *route)
{
	route->ending = NULL;
	if (round->what->now_ms() >= route->claim.expires_at_ms)
		route->ending = "expired";
	else if (!route->to)
		bef_route_refuse(route, "suspend", N_("this destination is not in the configuration"));
	else if (!*route->claim.payload || reach_of(route) == BEF_REACH_NONE)
		route->ending = "withheld";
	if (route->ending)
		bef_route_refuse(route, "", *route->claim.payload ? "" : N_("its text was erased"));
	return route->ending || !route->to;
}

/* Take rows until one is on its way, or none is left. */
static enum bef_rc advance(struct round *round, struct bef_route *route, struct bef_err *err)
{
	for (;;) {
		struct bef_turn turn = { .route = route, .what = round->what, .last = bef_monotonic_ms() >= round->until_ms };
		struct bef_err why = { 0 };
		enum bef_rc rc = bef_route_turn(round->desk, &turn, err);

		if (rc)
			return rc;
		if (turn.settled && round->what->told)
			round->what->told(round->what->arg, &turn.sent);
		if (route->over)
			return BEF_OK;
		if (decided(round, route))
			continue;
		rc = in_english(begin, round, route, &why);
		if (rc == BEF_OK)
			return BEF_OK;
		bef_courier_stop(&route->courier);
		bef_route_refuse(route, rc == BEF_FAILED ? "retry" : "self", why.msg);
	}
}

/* --- what came back ------------------------------------------------------------ */

static enum bef_rc heard(struct round *round, struct bef_route *route, struct bef_err *err)
{
	struct bef_response *reply = &route->got.reply;
	const struct bef_format *format = route->to->format;
	struct bef_err why = { 0 };

	if (!route->asking) {
		if (format->judge)
			format->judge(reply);
		return advance(round, route, err);
	}
	format->asked(reply, route->to, round->what->now_ms() / 1000, &route->clock_offset_s);
	route->asking = false;
	route->asked = strcmp(reply->class_name, "ok") == 0;
	/* A question is no message: whatever became of it, nothing has been told to anybody. */
	if (strcmp(reply->class_name, "ambiguous") == 0)
		snprintf(reply->class_name, sizeof(reply->class_name), "retry");
	if (!route->asked)
		return advance(round, route, err);
	if (in_english(dispatch, round, route, &why) == BEF_OK)
		return BEF_OK;
	bef_route_refuse(route, "self", why.msg);
	return advance(round, route, err);
}

/* It should have answered long ago: it is killed, and what it carried may have arrived. */
static enum bef_rc give_up(struct round *round, struct bef_route *route, struct bef_err *err)
{
	bef_courier_stop(&route->courier);
	route->asking = false;
	bef_route_refuse(route, "ambiguous", N_("the network program gave no answer"));
	return advance(round, route, err);
}

static int wait_ms(const struct round *round)
{
	int64_t now = bef_monotonic_ms(), soonest = now + MAIL_MS;

	for (size_t i = 0; i < round->count; i++)
		if (round->route[i].courier.away && round->route[i].deadline_ms < soonest)
			soonest = round->route[i].deadline_ms;
	return soonest > now ? (int)(soonest - now) : 0;
}

/* Wait for whoever comes back first. */
static enum bef_rc listen_once(struct round *round, bool *any, struct bef_err *err)
{
	struct pollfd wait[ROUTES_MOST];
	enum bef_rc rc = BEF_OK;

	*any = false;
	for (size_t i = 0; i < round->count; i++) {
		wait[i] = (struct pollfd){ .fd = round->route[i].courier.away ? round->route[i].courier.fd : -1, .events = POLLIN };
		*any = *any || round->route[i].courier.away;
	}
	if (!*any)
		return BEF_OK;
	if (poll(wait, (nfds_t)round->count, wait_ms(round)) < 0 && errno != EINTR)
		return bef_fail(err, BEF_FAILED, tr("cannot wait for the network program: %s"), strerror(errno));
	for (size_t i = 0; i < round->count && rc == BEF_OK; i++) {
		struct bef_route *route = &round->route[i];

		if (!route->courier.away)
			continue;
		if (wait[i].revents && bef_courier_take(&route->courier, &route->got))
			rc = heard(round, route, err);
		else if (bef_monotonic_ms() >= route->deadline_ms)
			rc = give_up(round, route, err);
	}
	return rc;
}

/* --- the round ------------------------------------------------------------------ */

static enum bef_rc note_route(void *arg, const char *name, struct bef_err *err)
{
	struct round *round = arg;
	struct bef_route *route = &round->route[round->count];

	(void)err;
	if (round->count == ROUTES_MOST)
		return BEF_OK;
	*route = (struct bef_route){ .to = bef_bell_find(round->desk->bell, name), .courier = { .fd = -1 } };
	snprintf(route->name, sizeof(route->name), "%s", name);
	round->count++;
	return BEF_OK;
}

static enum bef_rc find_routes(struct round *round, struct bef_err *err)
{
	__attribute__((cleanup(bef_store_clear))) struct bef_store *store = NULL;
	enum bef_rc rc = bef_store_open(round->desk->base, BEF_STORE_READ, round->desk->wait_ms, &store, err);

	struct bef_outbox_due due = { round->what->log, round->what->now_ms(), round->what->since_ms };

	/* Whoever insists means also what is not due for days. */
	if (round->what->force)
		due.now_ms += FAR_MS;
	round->count = 0;
	return rc ? rc : bef_store_outbox_destinations(store, &due, note_route, round, err);
}

/* A program is asked for a secret of its, which may take five seconds. */
static bool asks_program(const struct bef_route *route)
{
	for (int s = 0; route->to && s < BEF_SECRET_COUNT; s++)
		if (route->to->secret[s].way == BEF_SECRET_COMMAND)
			return true;
	return false;
}

static enum bef_rc run_round(struct round *round, struct bef_err *err)
{
	enum bef_rc rc = find_routes(round, err);
	bool any = rc == BEF_OK;

	/* Those that may keep the others waiting come last. */
	for (size_t i = 0; i < 2 * round->count && rc == BEF_OK; i++)
		if (asks_program(&round->route[i % round->count]) == (i >= round->count))
			rc = advance(round, &round->route[i % round->count], err);
	while (any && rc == BEF_OK)
		rc = listen_once(round, &any, err);
	for (size_t i = 0; i < round->count; i++)
		route_clear(&round->route[i]);
	return rc;
}

static enum bef_rc do_hurry(struct bef_act *act, void *request, struct bef_err *err)
{
	const struct bef_sending *what = request;

	return bef_store_outbox_hurry(act->store, what->log, NULL, act->desk->pen.now_ms, err);
}

enum bef_rc bef_act_send(struct bef_desk *desk, struct bef_sending *what, struct bef_err *err)
{
	struct round round = { .desk = desk, .what = what, .until_ms = bef_monotonic_ms() + what->budget_ms };
	enum bef_rc rc = BEF_OK;
	int before;

	desk->pen.now_ms = what->now_ms();
	if (what->force)
		rc = bef_act_do(desk, BEF_ACT_NO_INCIDENT, do_hurry, what, NULL, err);
	if (rc)
		return rc;
	round.route = calloc(ROUTES_MOST, sizeof(*round.route));
	if (!round.route)
		return bef_no_memory(err);
	/* Again while attempts gave rows to stand-ins, which are other destinations. */
	for (int i = 0; i < ROUNDS_MOST; i++) {
		before = what->accepted + what->failed + what->waiting;
		rc = run_round(&round, err);
		what->force = false; /* to insist once is to try once */
		if (rc || what->accepted + what->failed + what->waiting == before)
			break;
	}
	free(round.route);
	return rc;
}
