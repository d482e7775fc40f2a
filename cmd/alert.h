/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* The words of 'alert': a table in cmd_alert.c, and a function each, of one shape. */
#include "act/alert.h"
#include "alert/destination.h"
#include "app.h"

struct bef_alert_opts {
	const char *level, *reason, *format;
	int corrects;
	struct bef_list to, set;
	bool all;
};

typedef enum bef_rc bef_alert_fn(struct bef_app *app, const struct bef_alert_opts *opts, char **words, int count,
                                 struct bef_err *err);

extern const struct bef_alert_word {
	const char *en, *fr;
	int least, most; /* words after it; outside, the words are a message */
	bool number;     /* the first of them is one */
	bef_alert_fn *run;
} bef_alert_words[]; /* ends with a NULL name */

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

/* The alarm of a test, as this destination gets it.  `id` has BEF_MESSAGE_SIZE bytes and is lent to the alarm. */
enum bef_rc bef_alert_test_alarm(struct bef_app *app, const struct bef_destination *to, char *id, struct bef_alarm *out,
                                 struct bef_err *err);

/* A destination that is being added: what is known of it so far (alert_add.c, alert_add_ask.c). */
struct bef_adding {
	struct bef_app *app;
	const struct bef_alert_opts *opts;
	const char *name;
	const struct bef_format *format;
	struct bef_keys keys;           /* the secrets that were typed */
	struct bef_text set[BEF_SET_COUNT]; /* the settings that were typed */
	enum bef_audience audience;
	enum bef_lang lang;
	bool asked;                     /* a setting was asked for, and may be asked for again */
};
/* An answer without the blanks around it; "" at the end of input, or where nobody is to be asked. */
enum bef_rc bef_adding_ask(const struct bef_adding *a, bool hidden, const char *question, struct bef_text *out,
                           struct bef_err *err) BEF_MUST_CHECK;
/* True if `--set` gave this name, in one of the ways there are for it. */
bool bef_adding_given(const struct bef_adding *a, const char *en, const char *fr);
/* Which service.  BEF_USAGE: none of that name. */
enum bef_rc bef_adding_format(struct bef_adding *a, struct bef_err *err) BEF_MUST_CHECK;
/* Secrets and settings that the service needs and `--set` did not give: the address, or all others, since a password
 * goes with an account. */
enum bef_rc bef_adding_secrets(struct bef_adding *a, bool url, struct bef_err *err) BEF_MUST_CHECK;
enum bef_rc bef_adding_settings(struct bef_adding *a, struct bef_err *err) BEF_MUST_CHECK;
/* A server that wants an account or a place besides: its address gives nothing away, and may be seen. */
bool bef_adding_url_is_plain(const struct bef_adding *a);
/* Who can read there, and in which language. */
enum bef_rc bef_adding_readers(struct bef_adding *a, struct bef_err *err) BEF_MUST_CHECK;

/* BEF_NOT_FOUND: the configuration names no destination; what to type next. */
enum bef_rc bef_no_destination(struct bef_err *err);
/* BEF_NOT_FOUND: no destination or group of that name. */
enum bef_rc bef_unknown_destination(struct bef_app *app, const char *name, struct bef_err *err);
