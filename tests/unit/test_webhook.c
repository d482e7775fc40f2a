/* SPDX-License-Identifier: EUPL-1.2 */
/* Standard Webhooks: the known answer, secrets, and both signatures while a secret changes. */
#include "unit.h"

#include "alert/webhook.h"
#include "alerts.h"

static void the_known_answer_comes_out(void **state)
{
	BEF_AUTO(text) out = { .max = 100 };
	struct bef_err err;

	(void)state;
	/* Four implementations agree on it. */
	assert_ok(bef_webhook_sign(ALERTS_SIGNING, "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", 1674087231, "{\"a\":\"é\"}", &out, &err),
	          err);
	assert_string_equal(bef_text_str(&out), "v1,LJNEFinyY/4bek7e8ortxSstNqVMXmRKS/gRGqrsCSw=");
}

static void a_secret_is_24_to_64_bytes(void **state)
{
	static const struct {
		size_t bytes, expected;
	} rows[] = { { 0, 0 }, { 23, 0 }, { 24, 24 }, { 32, 32 }, { 64, 64 }, { 65, 0 } };
	uint8_t key[BEF_SIGNING_MOST];

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		char text[120] = "whsec_";
		uint8_t bytes[65] = { 1 };

		bef_base64(bytes, rows[i].bytes, text + 6);
		must(bef_webhook_secret(text, key) == rows[i].expected, "%zu bytes", rows[i].bytes);
		must(bef_webhook_secret(text + 6, key) == 0, "%zu bytes without whsec_", rows[i].bytes);
	}
	assert_int_equal(bef_webhook_secret("whsec_YmVm*mVvaS10ZXN0LXNlY3JldC0zMi1ieXRlcy1vayE=", key), 0);
	assert_int_equal(bef_webhook_secret("", key), 0);
}

static void a_bad_secret_is_not_told(void **state)
{
	BEF_AUTO(text) out = { .max = 100 };
	struct bef_err err;

	(void)state;
	assert_rc(bef_webhook_sign("whsec_hush", "msg_1", 1, "{}", &out, &err), BEF_USAGE, err);
	assert_null(strstr(err.msg, "hush"));
	assert_null(strstr(err.hint, "hush"));
	assert_int_equal(out.len, 0);
}

static const char *header_of(const struct bef_request *request, const char *name)
{
	size_t len = strlen(name);

	for (int i = 0; i < request->header_count; i++)
		if (strncmp(bef_text_str(&request->header[i]), name, len) == 0 && request->header[i].data[len] == ':')
			return request->header[i].data + len + 2;
	return "";
}

static void a_new_attempt_has_the_same_id_and_another_signature(void **state)
{
	BEF_AUTO_ALERTS a = { .c.ref = NULL };
	BEF_AUTO(request) first = { .method = NULL };
	BEF_AUTO(request) second = { .method = NULL };
	struct bef_rendering in = alerts_rendering(&a);
	struct bef_err err;

	(void)state;
	alerts_case(&a.c);
	alerts_destination(&a, bef_format_find("generic"));
	assert_ok(alerts_write(&a, bef_alarm_kind_find("crisis"), NULL, NULL, &err), err);
	assert_ok(alerts_read(&a, BEF_FR, BEF_REACH_FULL, &err), err);
	assert_ok(a.to.format->render(&in, &first, &err), err);
	a.alarm.now_ms += 60000;
	a.keys.value[BEF_SECRET_SIGNING_OLD] = strdup(ALERTS_SIGNING_OLD);
	assert_ok(a.to.format->render(&in, &second, &err), err);
	assert_string_equal(header_of(&first, "webhook-id"), ALERTS_ID);
	assert_string_equal(header_of(&second, "webhook-id"), ALERTS_ID);
	assert_string_equal(header_of(&second, "Idempotency-Key"), ALERTS_ID);
	assert_string_equal(bef_text_str(&first.body), bef_text_str(&second.body));
	assert_string_equal(header_of(&first, "webhook-timestamp"), "1795273205");
	assert_string_equal(header_of(&second, "webhook-timestamp"), "1795273265");
	assert_int_equal(strlen(header_of(&first, "webhook-signature")), 47);
	assert_int_equal(strlen(header_of(&second, "webhook-signature")), 47 + 1 + 47);
	assert_memory_not_equal(header_of(&first, "webhook-signature"), header_of(&second, "webhook-signature"), 47);
}

UNIT_MAIN(unit(the_known_answer_comes_out), unit(a_secret_is_24_to_64_bytes), unit(a_bad_secret_is_not_told),
          unit(a_new_attempt_has_the_same_id_and_another_signature))
