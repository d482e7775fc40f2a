/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* One destination during one round of sending.  Private to core/act/. */
#include "act/send.h"
#include "alert/courier.h"

struct bef_route {
	char name[BEF_DESTINATION_NAME];
	const struct bef_destination *to; /* NULL: the configuration no longer has it */
	struct bef_keys keys;
	struct bef_courier courier;
	struct bef_claim claim;  /* outbox 0: none */
	char tlp[16];            /* of the claim's incident, as it is now */
	struct bef_return got;   /* how its attempt ended */
	const char *ending;      /* of the claim, when nothing had to be sent to know it; or NULL */
	struct bef_health health;
	int64_t clock_offset_s;
	int64_t deadline_ms;     /* monotonic: the courier is not waited for any longer */
	bool has_keys, asked, asking, over;
	int tried;               /* rows in this round */
};

/* Write down how the claim of the route ended (if it has one) and take the next: one transaction.  The
 * route is over if there is none.  *sent is filled in if something was written down. */
struct bef_turn {
	struct bef_route *route;
	struct bef_sending *what;
	struct bef_route route_before; /* as they were, for an act that is run twice */
	struct bef_sending what_before;
	struct bef_sent sent;
	bool settled, last;      /* last: take no other */
	char detail[200], event[24];
};
enum bef_rc bef_route_turn(struct bef_desk *desk, struct bef_turn *turn, struct bef_err *err) BEF_MUST_CHECK;

/* The first thing to know of an attempt that could not even begin: its class and why. */
void bef_route_refuse(struct bef_route *route, const char *class_name, const char *detail);

/* True if the attempt ended with this class. */
bool bef_route_is(const struct bef_route *route, const char *class_name);

/* --- route_health.c: on route->health, to be written down by the caller --- */

enum { BEF_TOKEN = 1000, BEF_FAILURES_MOST = 5 }; /* failures in a row before a destination is left alone */
void bef_route_refill(struct bef_route *route, int64_t now_ms);
/* Milliseconds until the bucket holds a message again. */
int64_t bef_route_token_ms(const struct bef_route *route);
void bef_route_went_well(struct bef_route *route, int64_t now_ms);
void bef_route_went_wrong(struct bef_route *route, int64_t now_ms);

/* --- route_failure.c --- */

/* An attempt did not arrive: in the transaction that writes it down. */
enum bef_rc bef_route_failed(struct bef_act *act, struct bef_route *route, const struct bef_settlement *how,
                             struct bef_err *err) BEF_MUST_CHECK;
