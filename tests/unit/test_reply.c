/* SPDX-License-Identifier: EUPL-1.2 */
/* What the services' answers mean beyond HTTP, and how OVH's signature comes about. */
#include "unit.h"

#include "alerts.h"

static struct bef_response judged(const char *format, int status, const char *class_name, const char *text)
{
	struct bef_response reply = { .status = status, .text = text };

	snprintf(reply.class_name, sizeof(reply.class_name), "%s", class_name);
	bef_format_find(format)->judge(&reply);
	return reply;
}

static void free_mobiles_statuses_are_its_own(void **state)
{
	static const struct {
		int status;
		const char *http, *expected;
		int wait_s;
	} rows[] = {
		{ 200, "ok", "ok", 0 },          { 400, "permanent", "permanent", 0 }, { 402, "permanent", "retry", 60 },
		{ 403, "suspend", "suspend", 0 }, { 500, "ambiguous", "retry", 0 },     { 503, "retry", "retry", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_response reply = judged("free_mobile", rows[i].status, rows[i].http, "");

		must(strcmp(reply.class_name, rows[i].expected) == 0, "%d: %s", rows[i].status, reply.class_name);
		must(reply.retry_after_s == rows[i].wait_s, "%d", rows[i].status);
	}
}

static void pagerduty_wants_minutes(void **state)
{
	struct bef_response reply = { .status = 429, .text = "", .class_name = "retry", .retry_after_s = 7 };

	(void)state;
	assert_int_equal(judged("pagerduty", 429, "retry", "").retry_after_s, 180);
	assert_int_equal(judged("pagerduty", 202, "ok", "").retry_after_s, 0);
	bef_format_find("pagerduty")->judge(&reply);
	assert_int_equal(reply.retry_after_s, 7);
}

static void ovhs_yes_needs_a_receiver(void **state)
{
	static const struct {
		int status;
		const char *text, *expected;
		bool posted;
	} rows[] = {
		{ 200, "{\"validReceivers\":[\"+33612345678\"],\"totalCreditsRemoved\":1}", "ok", true },
		{ 200, "{\"validReceivers\":[],\"invalidReceivers\":[\"+33612345678\"]}", "permanent", false },
		{ 200, "{}", "permanent", false },
		/* What cannot be read turns no yes into a no. */
		{ 200, "{\"validReceivers\":[\"+336", "ok", false },
		{ 200, "", "ok", false },
		{ 403, "{\"validReceivers\":[]}", "ok", false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_response reply = judged("ovh_sms", rows[i].status, "ok", rows[i].text);

		must(strcmp(reply.class_name, rows[i].expected) == 0, "row %zu: %s", i, reply.class_name);
		must(reply.posted == rows[i].posted, "row %zu", i);
	}
	assert_string_equal(judged("ovh_sms", 200, "ok", "{\"validReceivers\":[\"+336\"],\"creditsLeft\":49.5}").detail,
	                    "only 49 SMS credits are left at OVH");
	assert_string_equal(judged("ovh_sms", 200, "ok", "{\"validReceivers\":[\"+336\"],\"creditsLeft\":50}").detail, "");
}

static void ovhs_clock_is_asked_and_used(void **state)
{
	static const struct {
		const char *text;
		int64_t offset;
	} rows[] = {
		{ "1795273505", 300 }, { " 1795273100\n", -105 }, { "", 0 }, { "soon", 0 }, { "-5", 0 },
		{ "17952732051795273205", 0 },
	};
	const struct bef_format *ovh = bef_format_find("ovh_sms");
	BEF_AUTO_ALERTS a = { .c.ref = NULL };
	BEF_AUTO(request) question = { .method = NULL };
	struct bef_rendering in = alerts_rendering(&a);
	struct bef_err err;

	(void)state;
	alerts_destination(&a, ovh);
	assert_ok(ovh->ask(&in, &question, &err), err);
	assert_string_equal(question.method, "GET");
	assert_string_equal(bef_text_str(&question.url), "https://eu.api.ovh.com/1.0/auth/time");
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_response reply = { .status = 200, .text = rows[i].text };
		int64_t offset = 99;

		ovh->asked(&reply, &a.to, 1795273205, &offset);
		must(offset == rows[i].offset, "row %zu: %d", i, (int)offset);
		assert_string_equal(reply.class_name, "ok");
	}
}

static void ovhs_signature_is_sha1_of_all_that_leaves(void **state)
{
	BEF_AUTO_ALERTS a = { .c.ref = NULL };
	BEF_AUTO(request) request = { .method = NULL };
	BEF_AUTO(text) whole = { .max = 4000 };
	struct bef_rendering in = alerts_rendering(&a);
	uint8_t digest[BEF_SHA1_SIZE];
	char hex[2 * BEF_SHA1_SIZE + 1], expected[80];
	struct bef_err err;

	(void)state;
	assert_true(bef_sha1("abc", 3, digest));
	bef_hex(digest, sizeof(digest), hex);
	assert_string_equal(hex, "a9993e364706816aba3e25717850c26c9cd0d89d"); /* FIPS 180-4's example */
	alerts_case(&a.c);
	alerts_destination(&a, bef_format_find("ovh_sms"));
	assert_ok(alerts_write(&a, bef_alarm_kind_find("crisis"), NULL, NULL, &err), err);
	assert_ok(alerts_read(&a, BEF_FR, BEF_REACH_FULL, &err), err);
	in.clock_offset_s = -100;
	assert_ok(a.to.format->render(&in, &request, &err), err);
	bef_text_printf(&whole, "tok-s3cr3t-0123456789abcdef+consumer-s3cr3t+POST+%s+%s+1795273105",
	                "https://eu.api.ovh.com/1.0/sms/sms-ab12345-1/jobs", bef_text_str(&request.body));
	assert_true(bef_sha1(whole.data, whole.len, digest));
	bef_hex(digest, sizeof(digest), hex);
	snprintf(expected, sizeof(expected), "X-Ovh-Signature: $1$%s", hex);
	assert_string_equal(bef_text_str(&request.header[4]), expected);
	assert_string_equal(bef_text_str(&request.header[3]), "X-Ovh-Timestamp: 1795273105");
}

static void what_is_told_is_english_whatever_the_session(void **state)
{
	static const struct {
		const char *format;
		int status;
		const char *text, *detail;
	} rows[] = {
		{ "free_mobile", 402, "", "Free Mobile: too many messages in too little time" },
		{ "ovh_sms", 200, "{\"validReceivers\":[]}", "OVH took no receiver: the number cannot get it" },
		{ "ovh_sms", 200, "{\"validReceivers\":[\"+336\"],\"creditsLeft\":3}", "only 3 SMS credits are left at OVH" },
		{ "slack", 410, "channel_is_archived", "the channel is archived" },
		{ "telegram", 400, "{\"parameters\":{\"migrate_to_chat_id\":-1009}}", "the group has a new number: set \"to\" to -1009" },
	};
	enum bef_lang former = bef_lang_set(BEF_FR);

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		assert_string_equal(judged(rows[i].format, rows[i].status, "permanent", rows[i].text).detail, rows[i].detail);
	bef_lang_set(former);
}

static void a_wrong_setting_is_named(void **state)
{
	static const struct {
		const char *format;
		int slot;
		const char *value, *word;
	} rows[] = {
		{ "ovh_sms", BEF_SET_TO, "0612345678", "to:" },     { "ovh_sms", BEF_SET_TO, "+33 6 12", "to:" },
		{ "mail", BEF_SET_TO, "cellule", "to:" },           { "mail", BEF_SET_FROM, "a@b@c", "from:" },
		{ "cloudevents", BEF_SET_MODE, "batch", "'batch'" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		BEF_AUTO_ALERTS a = { .c.ref = NULL };
		BEF_AUTO(request) request = { .method = NULL };
		struct bef_rendering in = alerts_rendering(&a);
		struct bef_err err;

		alerts_case(&a.c);
		alerts_destination(&a, bef_format_find(rows[i].format));
		free(a.to.set[rows[i].slot]);
		a.to.set[rows[i].slot] = strdup(rows[i].value);
		assert_ok(alerts_write(&a, bef_alarm_kind_find("crisis"), NULL, NULL, &err), err);
		assert_ok(alerts_read(&a, BEF_FR, BEF_REACH_FULL, &err), err);
		assert_rc(a.to.format->render(&in, &request, &err), BEF_USAGE, err);
		must(strstr(err.msg, rows[i].word) != NULL, "%s", err.msg);
	}
}

UNIT_MAIN(unit(free_mobiles_statuses_are_its_own), unit(pagerduty_wants_minutes), unit(ovhs_yes_needs_a_receiver),
          unit(ovhs_clock_is_asked_and_used), unit(ovhs_signature_is_sha1_of_all_that_leaves),
          unit(what_is_told_is_english_whatever_the_session), unit(a_wrong_setting_is_named))
