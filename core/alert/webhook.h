/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Standard Webhooks 1.0.0: how a body is signed.  Used by every format whose
 * receiver can check a signature.
 */
#include <stddef.h>
#include <stdint.h>

#include "alert/format.h"

/* 24 to 64 random bytes (the specification's range); the reference libraries accept fewer, we do not. */
enum { BEF_SIGNING_LEAST = 24, BEF_SIGNING_MOST = 64 };

/* The bytes of a "whsec_..." secret.  Returns how many, or 0: it is not such a secret. */
size_t bef_webhook_secret(const char *text, uint8_t out[BEF_SIGNING_MOST]);

/* Add "v1," and the base64 of HMAC-SHA256 over "id.seconds.body".  BEF_USAGE: it is no such secret. */
enum bef_rc bef_webhook_sign(const char *secret, const char *id, int64_t seconds, const char *body,
                             struct bef_text *out, struct bef_err *err) BEF_MUST_CHECK;

/* Add webhook-id, webhook-timestamp, webhook-signature and Idempotency-Key to a request whose body is
 * complete.  With the old secret given too there are two signatures, so that receivers can change over. */
enum bef_rc bef_webhook_headers(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
	BEF_MUST_CHECK;
