/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The formats: one file fmt_NAME.c and one line of formats.def each.  A format
 * is three pure functions at most: the request for an alarm, what an answer of
 * that service means beyond HTTP, and a question to ask before the first
 * message.  None of them reads a clock, a file or the network.
 */
#include "alert/alarm.h"
#include "alert/destination.h"
#include "base/text.h"

enum { BEF_REQUEST_HEADERS = 16 };

/* One request, ready to leave.  HTTP, or one mail when mail_to is not empty. */
struct bef_request {
	const char *method; /* "POST" (also when NULL), "PUT", "GET" */
	struct bef_text url, body;
	struct bef_text header[BEF_REQUEST_HEADERS]; /* "Name: value", without line end */
	int header_count;
	/* Mail: the URL is smtps://host:465/helo or smtp://host:587/helo (then STARTTLS or nothing); the body
	 * is the whole message with CRLF; addresses are bare ASCII. */
	struct bef_text mail_from, mail_to;
	const char *user, *password; /* SMTP AUTH, borrowed; or NULL */
	struct bef_text *bytes; /* not NULL: the body is bytes, not text, and so is the answer, which goes there */
};
void bef_request_clear(struct bef_request *request); /* wipes it */
/* Add "name: value".  False: no room, no memory or a control character in it. */
bool bef_request_header(struct bef_request *request, const char *name, const char *value);

/* What a renderer gets. */
struct bef_rendering {
	const struct bef_alarm *alarm; /* its lang, reach, now_ms and again are set */
	const struct bef_destination *to;
	const struct bef_keys *keys;
	int64_t clock_offset_s; /* of the service's clock against ours, when its question told */
};

/* What came back, and what it means.  A format may overrule the second half. */
struct bef_response {
	int status;           /* HTTP or SMTP */
	const char *text;     /* beginning of the answer's body, tamed; "" */
	/* in and out */
	char class_name[16];  /* ok retry ambiguous permanent suspend self */
	char detail[200];     /* one English line; shown through model/detail.h */
	int retry_after_s;    /* 0: none was asked for */
	bool posted;          /* the service says that the message exists, not only that it took it */
};

struct bef_format {
	const char *name;  /* as in the configuration: "slack" */
	const char *label; /* as its makers write it: "Slack" */
	const char *help_en, *help_fr; /* what its settings mean there, for 'help alerts' */
	unsigned needs;    /* bits of bef_secret_slot that must be given */
	unsigned needs_set; /* bits of bef_setting_slot that must be given */
	const char *url;   /* where the service is when the configuration does not say, or NULL: url is needed */
	bool is_mail;
	enum bef_audience audience; /* who can read there when the configuration does not say */
	int per_minute;    /* its published rate, or a polite one */
	/* BEF_USAGE: a setting is not what this service wants; the message says which. */
	enum bef_rc (*render)(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err);
	void (*judge)(struct bef_response *reply);  /* NULL: HTTP's statuses say it all */
	/* A question before the first message of a round (is the room encrypted?  what time is it there?);
	 * `asked` reads the reply: class ok to go on, and may set *clock_offset_s.  NULL: none. */
	enum bef_rc (*ask)(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err);
	void (*asked)(struct bef_response *reply, const struct bef_destination *to, int64_t now_s, int64_t *clock_offset_s);
};

extern const struct bef_format *const bef_formats[]; /* ends with NULL */
const struct bef_format *bef_format_find(const char *name); /* or NULL */
