/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* The words of 'alert': a table in cmd_alert.c, and a function each, of one shape. */
#include "act/alert.h"
#include "app.h"

struct bef_alert_opts {
	const char *level, *reason, *format;
	int corrects;
	struct bef_list to, set;
	bool all;
};

typedef enum bef_rc bef_alert_fn(struct bef_app *app, const struct bef_alert_opts *opts, char **words, int count,
                                 struct bef_err *err);

bef_alert_fn bef_alert_raise; /* TEXT...: preview, question, entry, delivery */
bef_alert_fn bef_alert_queue; /* what has not arrived; --all */
bef_alert_fn bef_alert_send;  /* try again now */
bef_alert_fn bef_alert_test;  /* [NAME]: a test to each destination */
bef_alert_fn bef_alert_list;  /* the destinations and how they are doing */
bef_alert_fn bef_alert_show;  /* N: one alert, its deliveries, every attempt; --to NAME: the very request */
bef_alert_fn bef_alert_log;   /* every attempt */
bef_alert_fn bef_alert_retry; /* [NAME]: forget that it failed, and try */
bef_alert_fn bef_alert_drop;  /* N --reason: give up */
bef_alert_fn bef_alert_ack;   /* TEXT...: somebody was told otherwise */
bef_alert_fn bef_alert_add;   /* NAME: a destination, asked for step by step */

/* BEF_NOT_FOUND: the configuration names no destination; what to type next. */
enum bef_rc bef_no_destination(struct bef_err *err);
/* BEF_NOT_FOUND: no destination or group of that name. */
enum bef_rc bef_unknown_destination(struct bef_app *app, const char *name, struct bef_err *err);
