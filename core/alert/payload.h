/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What an alert says on the wire: Standard Webhooks 1.0.0, signed.
 *
 * The body is {"type", "timestamp", "data"}; the bytes made here are stored in
 * the outbox and are the bytes that are sent and signed.  Names of people stay
 * out of it; a TLP:RED incident sends no text and no title, only the call to
 * look at the tool.
 */
#include <stdint.h>

#include "base/text.h"
#include "model/case.h"

struct bef_alert_words {
	const struct bef_case *c; /* as it stands before the alert */
	const char *text, *level, *role;
	int64_t at_ms;
	int seq; /* 1 for the incident's first alert: receivers see gaps and repeats */
	const char *corrects; /* number of a former alert as text, or NULL */
	bool is_test;
};

/* Add the body to `out`.  BEF_FAILED: no memory. */
enum bef_rc bef_alert_payload(const struct bef_alert_words *words, struct bef_text *out, struct bef_err *err)
	BEF_MUST_CHECK;

enum { BEF_SECRET_MOST = 64, BEF_SECRET_LEAST = 24 };

/* The bytes of a "whsec_..." secret (Standard Webhooks: 24 to 64 bytes in base64).  Returns how many,
 * or 0: not such a secret. */
size_t bef_secret_parse(const char *text, uint8_t out[BEF_SECRET_MOST]);

/* The value of the webhook-signature header: "v1," and HMAC-SHA256 of "id.seconds.body". */
enum bef_rc bef_alert_signature(const uint8_t *secret, size_t secret_len, const char *id, int64_t seconds,
                                const char *body, struct bef_text *out, struct bef_err *err) BEF_MUST_CHECK;

/* Milliseconds to wait before attempt `next` (2, 3...): doubling from 2 s to a cap of one minute for
 * critical, five for urgent, fifteen for information; between half and the whole of it by `chance`
 * (0 to 255). */
int64_t bef_backoff_ms(int next, const char *level, uint8_t chance);
