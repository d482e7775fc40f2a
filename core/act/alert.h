/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Alerts.  Raising one writes the entry and the outbox rows in one transaction;
 * nothing is sent before that has reached the disk.  Sending takes rows one at
 * a time, never inside a transaction; the final result becomes an entry.
 *
 * At least once: after a crash between the post and the writing down of its
 * result the same message is sent again, with the same id.
 */
#include "act/desk.h"
#include "alert/post.h"

struct bef_done;

struct bef_raising {
	const char *text, *level;
	const char *const *to; /* names of destinations */
	int to_count;
	int corrects; /* number of a former alert, or 0 */
};

enum bef_rc bef_act_alert(struct bef_desk *desk, const struct bef_raising *what, struct bef_done *done,
                          struct bef_err *err) BEF_MUST_CHECK;

/* The same within an act under way, whose case is loaded. */
struct bef_act;
enum bef_rc bef_act_raise(struct bef_act *act, const struct bef_raising *what, struct bef_err *err) BEF_MUST_CHECK;

/* What happened to one row, for the person who waits. */
struct bef_sent {
	const char *destination;
	const char *state; /* accepted, failed, or ready: still waiting */
	const char *detail;
	int attempts, elapsed_ms;
	int64_t next_at_ms;
};
typedef void bef_sent_fn(void *arg, const struct bef_sent *sent);

struct bef_sending {
	const char *program; /* path of beffroi-net */
	struct bef_destination *destinations;
	size_t destination_count;
	int64_t log;  /* rows of this incident only, or 0 */
	bool force;   /* also those whose next attempt is not due yet */
	int64_t (*now_ms)(void);
	bef_sent_fn *told;
	void *arg;
	int accepted, failed, waiting; /* counted here */
};

/* Try each row once.  BEF_OK even if some did not arrive: see the counts. */
enum bef_rc bef_act_send(struct bef_desk *desk, struct bef_sending *what, struct bef_err *err) BEF_MUST_CHECK;
