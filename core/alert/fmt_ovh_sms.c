/* SPDX-License-Identifier: EUPL-1.2 */
/* SMS by OVHcloud's API, POST /sms/SERVICE/jobs.  A request is signed with SHA-1 over a time that must be
 * theirs, so their clock is asked first.  A second part costs less than a misunderstanding; a third is not sent. */
#include <stdio.h>
#include <string.h>

#include "alert/shape.h"
#include "alert/sms.h"
#include "base/crypto.h"
#include "base/json.h"

enum { CREDITS_LOW = 50, LIFE_MIN = 2880 };

static bool is_number(const char *to)
{
	size_t digits = strspn(to + (*to == '+'), "0123456789");

	return *to == '+' && digits >= 8 && digits <= 15 && !to[1 + digits];
}

static enum bef_rc body_of(const struct bef_rendering *in, struct bef_text *out, struct bef_err *err)
{
	const char *sender = in->to->set[BEF_SET_FROM];
	BEF_AUTO(text) message = { .max = 4 * BEF_SMS_TWO };
	json_t *job;
	bool ok = true;
	enum bef_rc rc = bef_sms_alarm(in->alarm, BEF_SMS_TWO, &message, err);

	if (rc)
		return rc;
	job = json_pack("{s:s, s:[s], s:s, s:s, s:s, s:s, s:b, s:i}", "message", bef_text_str(&message), "receivers",
	                in->to->set[BEF_SET_TO], "charset", "UTF-8", "coding", "7bit", "class", "phoneDisplay", "priority",
	                "high", "noStopClause", 1, "validityPeriod", LIFE_MIN);
	bef_json_put_text(job, "sender", sender, &ok);
	/* Without a sender of ours the message comes from one of their short numbers. */
	bef_json_put_bool(job, "senderForResponse", !sender, &ok);
	return bef_shape_json(job, ok, out, err);
}

/* "$1$" and SHA-1 of secret, consumer key, method, address, body and time, with + between. */
static enum bef_rc sign(const struct bef_rendering *in, const char *stamp, const struct bef_request *request,
                        char out[48], struct bef_err *err)
{
	BEF_AUTO(text) whole = { .max = 1 << 16 };
	uint8_t digest[BEF_SHA1_SIZE];
	bool ok;

	bef_text_printf(&whole, "%s+%s+POST+%s+%s+%s", in->keys->value[BEF_SECRET_TOKEN],
	                in->keys->value[BEF_SECRET_CONSUMER], bef_text_str(&request->url),
	                bef_text_str(&request->body), stamp);
	ok = !whole.failed && bef_sha1(whole.data, whole.len, digest);
	if (whole.data)
		explicit_bzero(whole.data, whole.size);
	if (whole.failed)
		return bef_text_rc(&whole, err);
	if (!ok)
		return bef_fail(err, BEF_FAILED, "%s", tr("OVH wants SHA-1, and this machine's libcrypto gives none"));
	memcpy(out, "$1$", 3);
	bef_hex(digest, sizeof(digest), out + 3);
	return BEF_OK;
}

static enum bef_rc sign_headers(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	int64_t now_s = in->alarm->now_ms / 1000 + in->clock_offset_s;
	char stamp[24], signature[48];
	enum bef_rc rc;
	bool ok;

	snprintf(stamp, sizeof(stamp), "%lld", (long long)now_s);
	rc = sign(in, stamp, out, signature, err);
	if (rc)
		return rc;
	ok = bef_request_header(out, "Content-Type", "application/json");
	ok = bef_request_header(out, "X-Ovh-Application", in->to->set[BEF_SET_USER]) && ok;
	ok = bef_request_header(out, "X-Ovh-Consumer", in->keys->value[BEF_SECRET_CONSUMER]) && ok;
	ok = bef_request_header(out, "X-Ovh-Timestamp", stamp) && ok;
	ok = bef_request_header(out, "X-Ovh-Signature", signature) && ok;
	return bef_request_end(out, ok, err);
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	enum bef_rc rc;

	bef_request_start(in, out);
	if (!is_number(in->to->set[BEF_SET_TO]))
		return bef_fail(err, BEF_USAGE, "%s", tr("to: a telephone number starts with + and the country, as +33612345678"));
	bef_request_path(out, "/sms/");
	bef_shape_percent(&out->url, in->to->set[BEF_SET_SERVICE]);
	bef_text_puts(&out->url, "/jobs");
	rc = body_of(in, &out->body, err);
	return rc ? rc : sign_headers(in, out, err);
}

static enum bef_rc ask(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	bef_request_start(in, out);
	out->method = "GET";
	bef_request_path(out, "/auth/time");
	return bef_request_end(out, true, err);
}

/* A whole number of seconds since 1970.  Anything else, and our own clock must do. */
static void asked(struct bef_response *reply, const struct bef_destination *to, int64_t now_s, int64_t *clock_offset_s)
{
	long theirs;
	size_t len;
	char text[24];
	const char *start = bef_trim(reply->text, &len);

	(void)to;
	snprintf(text, sizeof(text), "%.*s", len < sizeof(text) ? (int)len : 0, start);
	theirs = bef_natural(text, 99999999999);
	*clock_offset_s = theirs > 0 ? theirs - now_s : 0;
	snprintf(reply->class_name, sizeof(reply->class_name), "ok");
}

/* A job is made even when no number of it can be reached: 200 says nothing by itself. */
static void judge(struct bef_response *reply)
{
	json_t *job = NULL;
	int64_t credits;

	if (reply->status != 200)
		return;
	if (bef_json_load(reply->text, strlen(reply->text), &job, NULL) != BEF_OK)
		return;
	credits = bef_json_int(job, "creditsLeft", -1);
	if (json_is_number(json_object_get(job, "creditsLeft")))
		credits = (int64_t)json_number_value(json_object_get(job, "creditsLeft"));
	if (json_array_size(json_object_get(job, "validReceivers")) == 0) {
		snprintf(reply->class_name, sizeof(reply->class_name), "permanent");
		snprintf(reply->detail, sizeof(reply->detail), "%s", N_("OVH took no receiver: the number cannot get it"));
	} else {
		reply->posted = true;
		if (credits >= 0 && credits < CREDITS_LOW)
			snprintf(reply->detail, sizeof(reply->detail), N_("only %d SMS credits are left at OVH"), (int)credits);
	}
	json_decref(job);
}

const struct bef_format bef_format_ovh_sms = {
	.name = "ovh_sms",
	.label = "OVHcloud SMS",
	.help_en = "SMS to a number; each costs. to: +33612345678; user: application key; token: application secret; consumer: consumer key; service: sms-xx00000-1; from: a declared sender, else a short number.",
	.help_fr = "SMS vers un numéro ; chacun est payant. vers : +33612345678 ; utilisateur : « application key » ; jeton : « application secret » ; consommateur : « consumer key » ; service : sms-xx00000-1 ; expediteur : un expéditeur déclaré, sinon un numéro court.",
	.needs = 1u << BEF_SECRET_TOKEN | 1u << BEF_SECRET_CONSUMER,
	.needs_set = 1u << BEF_SET_TO | 1u << BEF_SET_USER | 1u << BEF_SET_SERVICE,
	.url = "https://eu.api.ovh.com/1.0",
	.per_minute = 20,
	.render = render,
	.judge = judge,
	.ask = ask,
	.asked = asked,
};
