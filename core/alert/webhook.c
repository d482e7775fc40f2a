/* SPDX-License-Identifier: EUPL-1.2 */
#include "alert/webhook.h"

#include <stdio.h>
#include <string.h>

#include "alert/shape.h"
#include "base/crypto.h"

size_t bef_webhook_secret(const char *text, uint8_t out[BEF_SIGNING_MOST])
{
	size_t len;

	if (strncmp(text, "whsec_", 6) != 0)
		return 0;
	len = bef_unbase64(text + 6, out, BEF_SIGNING_MOST);
	return len != SIZE_MAX && len >= BEF_SIGNING_LEAST ? len : 0;
}

enum bef_rc bef_webhook_sign(const char *secret, const char *id, int64_t seconds, const char *body,
                             struct bef_text *out, struct bef_err *err)
{
	BEF_AUTO(text) signed_bytes = { .max = strlen(body) + 256 };
	uint8_t key[BEF_SIGNING_MOST];
	size_t key_len = bef_webhook_secret(secret, key);
	char base64[64];
	struct bef_hash mac;
	enum bef_rc rc;

	if (key_len == 0) {
		bef_fail(err, BEF_USAGE, "%s", tr("the signing secret is not a usable one"));
		bef_hint(err, "%s", tr("a secret is whsec_ and the base64 of 24 to 64 random bytes"));
		return BEF_USAGE;
	}
	bef_text_printf(&signed_bytes, "%.100s.%lld.", id, (long long)seconds);
	bef_text_puts(&signed_bytes, body);
	rc = bef_text_rc(&signed_bytes, err);
	if (rc == BEF_OK) {
		bef_hmac(key, key_len, signed_bytes.data, signed_bytes.len, &mac);
		bef_base64(mac.byte, sizeof(mac.byte), base64);
		bef_text_printf(out, "v1,%s", base64);
		rc = bef_text_rc(out, err);
	}
	explicit_bzero(key, sizeof(key));
	return rc;
}

enum bef_rc bef_webhook_headers(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	const char *old = in->keys->value[BEF_SECRET_SIGNING_OLD];
	int64_t seconds = in->alarm->now_ms / 1000;
	BEF_AUTO(text) signatures = { .max = 256 };
	char stamp[24];
	bool ok;
	enum bef_rc rc = bef_webhook_sign(in->keys->value[BEF_SECRET_SIGNING], in->alarm->id, seconds,
	                                  bef_text_str(&out->body), &signatures, err);

	if (rc == BEF_OK && old) {
		bef_text_putc(&signatures, ' ');
		rc = bef_webhook_sign(old, in->alarm->id, seconds, bef_text_str(&out->body), &signatures, err);
	}
	if (rc)
		return rc;
	/* Time and signature are new at each attempt, the id never is. */
	snprintf(stamp, sizeof(stamp), "%lld", (long long)seconds);
	ok = bef_request_header(out, "webhook-id", in->alarm->id);
	ok = bef_request_header(out, "Idempotency-Key", in->alarm->id) && ok;
	ok = bef_request_header(out, "webhook-timestamp", stamp) && ok;
	ok = bef_request_header(out, "webhook-signature", bef_text_str(&signatures)) && ok;
	return bef_request_end(out, ok, err);
}
