/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What became of one request or one mail, judged from three facts: libcurl's
 * code, the final status if one arrived, and whether the whole body left this
 * machine.  Pure: tables and the rules that join them.  Counting ("three times
 * in ten minutes") and exceptions for one vendor are the caller's.
 *
 * libcurl's numbers are written out here because curl/curl.h has one home,
 * wire.c; they are part of libcurl's ABI and do not change.
 */
#include <stdbool.h>
#include <stdint.h>

enum bef_outcome {
	BEF_OUTCOME_OK,        /* the receiver said yes */
	BEF_OUTCOME_RETRY,     /* surely not delivered; try again */
	BEF_OUTCOME_AMBIGUOUS, /* perhaps delivered; trying again may duplicate */
	BEF_OUTCOME_PERMANENT, /* this message will never pass as it is */
	BEF_OUTCOME_SUSPEND,   /* this destination is dead until somebody looks */
	BEF_OUTCOME_SELF,      /* our own mistake or configuration */
	BEF_OUTCOME_COUNT
};

struct bef_attempt {
	bool mail;
	bool asks;         /* a GET: nothing is delivered, so nothing can be delivered twice */
	int curl;          /* libcurl's code, 0 when the transfer ended well */
	long status;       /* of the last response or SMTP reply, 0 when there was none */
	long proxy_status; /* of a proxy that was asked for a tunnel, 0 when none answered */
	int64_t uploaded;  /* bytes of body handed to the network */
	int64_t body_len;
	bool vetoed;       /* every address of the host was refused by our policy */
	bool cert_wanted;  /* the TLS alert "certificate required" was seen */
};

struct bef_verdict {
	enum bef_outcome outcome;
	const char *why; /* constant text, or "" when the status says it all */
};

struct bef_verdict bef_classify(const struct bef_attempt *attempt);

/* Whether the last SMTP reply is what ended the attempt, rather than a silence or a cut after it. */
bool bef_mail_was_answered(const struct bef_attempt *attempt);

/* For bef_classify() alone: SMTP's rules, and what libcurl's code says by itself. */
struct bef_verdict bef_classify_mail(const struct bef_attempt *attempt);
struct bef_verdict bef_classify_curl(int curl);

/* The word used in a result line: "ok", "retry", … */
const char *bef_outcome_name(enum bef_outcome outcome);
