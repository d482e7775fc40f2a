/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Sending what waits in the outbox: one courier a destination, all at once; in
 * each, one message after the other.
 *
 * A row is taken in a transaction that is on the disk before anything leaves,
 * so that an attempt that dies has been counted; its result is written down,
 * with its entry if it is final, in the transaction that takes the next row.
 * Nothing is held open while the network is waited for.
 *
 * At least once: after a crash between the post and the writing down of its
 * result, the same message is sent again under the same id, and says so where
 * the service would show it twice.
 */
#include "act/bell.h"

/* What happened to one row, for the person who waits. */
struct bef_sent {
	const char *destination;
	const char *event; /* what rang; "" when several wait */
	const char *state; /* ready (still waiting) or a stored word of bef_alert_endings */
	const char *detail; /* English: see model/detail.h */
	int attempts, elapsed_ms;
	int64_t next_at_ms;
};
typedef void bef_sent_fn(void *arg, const struct bef_sent *sent);

struct bef_sending {
	const char *program; /* path of beffroi-net */
	int64_t log;   /* rows of this incident only, or 0 */
	bool force;    /* also what is not due yet, and to destinations that were left alone: once, then it is false */
	int64_t since_ms; /* what is older and is being sent by another command is not waited for; 0: all is */
	int budget_ms; /* no attempt is begun after that, and none lasts longer */
	int64_t (*now_ms)(void);
	bef_sent_fn *told;
	void *arg;
	int accepted, failed, waiting; /* results counted here: arrived, ended otherwise, still waiting */
	int64_t next_at_ms;            /* the soonest next attempt of what waits; 0: none */
};

/* Try what is due.  BEF_OK even if some did not arrive: see the counts.  The desk needs a bell. */
enum bef_rc bef_act_send(struct bef_desk *desk, struct bef_sending *what, struct bef_err *err) BEF_MUST_CHECK;

/* A test went well: the destination is no longer suspended.  Nothing where there is no journal yet. */
enum bef_rc bef_act_tested(struct bef_desk *desk, const char *destination, struct bef_err *err) BEF_MUST_CHECK;
/* Forget that the destination failed, and make what waits for it due now. */
enum bef_rc bef_act_hurry(struct bef_desk *desk, const char *destination, struct bef_err *err) BEF_MUST_CHECK;
/* Forget the payloads of what ended more than thirty days ago: the journal keeps what was said. */
enum bef_rc bef_act_purge(struct bef_desk *desk, struct bef_err *err) BEF_MUST_CHECK;

enum { BEF_BACKOFF_MOST_MS = 900000 }; /* sql.def counts on it: what waits for longer does so by another clock */
/* Milliseconds to wait before attempt `next` (2, 3...): anything up to 2 s doubled each time, never less than
 * one second, never more than one minute for a critical message, five for an urgent one, fifteen for the
 * others ("full jitter" with a floor).  `chance`: 0 to 255. */
int64_t bef_backoff_ms(int next, int level, uint8_t chance);
