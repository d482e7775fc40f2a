/* SPDX-License-Identifier: EUPL-1.2 */
/* How a destination is doing, and how much it may be given.  Declared in route.h. */
#include <stdio.h>
#include <string.h>

#include "act/route.h"

enum {
	ALONE_MS = 30000, ALONE_MOST_MS = 300000,
	SUSPENDED_MS = 3600000, /* between looks at one that somebody has to mend */
	STRIKES = 3,            /* "not found" and redirects before that: a deployment may be under way */
	BURST = 5,
};

bool bef_route_is(const struct bef_route *route, const char *class_name)
{
	return strcmp(route->got.reply.class_name, class_name) == 0;
}

static int64_t shaken(int64_t ms, int percent)
{
	uint8_t chance;

	bef_random(&chance, sizeof(chance));
	return ms + ms * percent / 100 * chance / 255;
}

static int per_minute(const struct bef_route *route)
{
	if (!route->to)
		return 20;
	return route->to->per_minute ? route->to->per_minute : route->to->format->per_minute;
}

/* Five messages, or what leaves in five seconds: one that takes many may take them at once. */
static int64_t burst(const struct bef_route *route)
{
	int most = per_minute(route) / 12;

	return (most > BURST ? most : BURST) * BEF_TOKEN;
}

/* The clock was set back since: what was to last until then is to last no longer than was meant. */
static void set_back(struct bef_health *h, int64_t by_ms)
{
	if (h->pause_until_ms)
		h->pause_until_ms -= by_ms;
	if (h->closed_until_ms)
		h->closed_until_ms -= by_ms;
}

/* Fill the bucket for the time that has gone. */
void bef_route_refill(struct bef_route *route, int64_t now_ms)
{
	struct bef_health *h = &route->health;
	int64_t gone = now_ms - h->tokens_at_ms;

	if (h->tokens < 0 || gone > BEF_HOUR_MS)
		h->tokens = burst(route);
	else if (gone < 0)
		set_back(h, -gone);
	else
		h->tokens += gone * per_minute(route) * BEF_TOKEN / BEF_MINUTE_MS;
	if (h->tokens > burst(route))
		h->tokens = burst(route);
	h->tokens_at_ms = now_ms;
}

int64_t bef_route_token_ms(const struct bef_route *route)
{
	int64_t lacks = BEF_TOKEN - route->health.tokens;

	return lacks > 0 ? lacks * BEF_MINUTE_MS / per_minute(route) / BEF_TOKEN + 1 : 0;
}

void bef_route_went_well(struct bef_route *route, int64_t now_ms)
{
	struct bef_health *h = &route->health;

	*h = (struct bef_health){ .arrived_at_ms = now_ms, .tested_at_ms = h->tested_at_ms, .tokens = h->tokens,
		                  .tokens_at_ms = h->tokens_at_ms };
}

static void leave_alone(struct bef_health *h, int64_t now_ms)
{
	int64_t ms = ALONE_MS;

	for (int i = 0; i < h->opens && ms < ALONE_MOST_MS; i++)
		ms *= 2;
	h->opens++;
	h->closed_until_ms = now_ms + shaken(ms < ALONE_MOST_MS ? ms : ALONE_MOST_MS, 20);
}

/* "Not found" may be a deployment; a redirect, a login page that goes away.  Not at once for ever. */
static bool may_pass(const struct bef_route *route)
{
	int status = route->got.reply.status;

	return bef_route_is(route, "suspend") && (status == 404 || status / 100 == 3) && route->health.failures < STRIKES;
}

void bef_route_went_wrong(struct bef_route *route, int64_t now_ms)
{
	struct bef_health *h = &route->health;
	const struct bef_response *reply = &route->got.reply;

	if (bef_route_is(route, "permanent"))
		return; /* the message's fault, not the destination's */
	h->failures++;
	if ((bef_route_is(route, "suspend") || bef_route_is(route, "self")) && !may_pass(route)) {
		snprintf(h->suspended, sizeof(h->suspended), "%s", *reply->detail ? reply->detail : "?");
		h->pause_until_ms = now_ms + SUSPENDED_MS;
	} else if (reply->retry_after_s > 0 && (reply->status == 429 || reply->status == 503)) {
		h->pause_until_ms = now_ms + shaken(reply->retry_after_s * INT64_C(1000), 20);
	} else if (h->failures >= BEF_FAILURES_MOST) {
		leave_alone(h, now_ms);
	}
}
