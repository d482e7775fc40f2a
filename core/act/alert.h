/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Alerts.  Raising one writes the entry and the outbox rows in one transaction;
 * nothing is sent before that has reached the disk.  Sending is in send.h.
 */
#include "act/bell.h"

struct bef_raising {
	const char *event; /* a stored word of bef_alert_events; NULL: a message */
	const char *text, *level;
	const char *text_fr; /* of a sentence of our own: the same in French; NULL: one text for all */
	const char *const *to; /* names of destinations; none, with by_itself: those that want to hear the event */
	int to_count;
	int corrects;         /* number of a former alert, or 0 */
	const struct bef_line *about; /* what made it ring, of the act's case; or NULL */
	bool by_itself;       /* nothing is raised if nobody wants to hear it; act->done stays */
};

/* BEF_NOT_FOUND: no such alert to correct.  BEF_REFUSED: an exercise may not reach one of them. */
enum bef_rc bef_act_alert(struct bef_desk *desk, const struct bef_raising *what, struct bef_done *done,
                          struct bef_err *err) BEF_MUST_CHECK;

/* The same within an act under way, whose case is loaded. */
enum bef_rc bef_act_raise(struct bef_act *act, const struct bef_raising *what, struct bef_err *err) BEF_MUST_CHECK;

/* Give a row's stand-ins the same alert: an entry and rows.  Nothing if they all have it. */
struct bef_claim;
enum bef_rc bef_act_reroute(struct bef_act *act, const struct bef_claim *claim, const struct bef_destination *from,
                            struct bef_err *err) BEF_MUST_CHECK;

/* Somebody has seen that the alerts reach nobody, and says who was told otherwise. */
enum bef_rc bef_act_acknowledge(struct bef_desk *desk, const char *text, struct bef_done *done, struct bef_err *err)
	BEF_MUST_CHECK;

/* Give up, with a reason, what has not arrived of alert `number`: everywhere, or for one destination (NULL:
 * everywhere).  BEF_NOT_FOUND: no such alert, or nothing of it waits. */
enum bef_rc bef_act_drop(struct bef_desk *desk, int number, const char *destination, const char *reason,
                         struct bef_done *done, struct bef_err *err) BEF_MUST_CHECK;

/* One destination's share of an alert has ended: the entry that says so. */
struct bef_ended {
	const struct bef_hash *alert;
	const char *destination, *ending; /* a stored word of bef_alert_endings */
	const char *detail, *reason;      /* or NULL */
	int attempts, status;
};
enum bef_rc bef_act_end_delivery(struct bef_act *act, const struct bef_ended *what, struct bef_err *err) BEF_MUST_CHECK;
