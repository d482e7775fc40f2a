/* SPDX-License-Identifier: EUPL-1.2 */
/* The chat and push formats: addresses, headers, settings, and what each service's answers mean. */
#include "chatting.h"

/* Class and delay as HTTP alone has them, before the format has its say. */
static const char *by_http(int status)
{
	static const struct {
		int status;
		const char *class_name;
	} rows[] = { { 429, "retry" },   { 503, "retry" },   { 501, "permanent" }, { 401, "suspend" }, { 403, "suspend" },
		     { 404, "suspend" }, { 410, "suspend" }, { 0, "retry" } };

	for (size_t i = 0; i < ROWS(rows); i++)
		if (rows[i].status == status)
			return rows[i].class_name;
	return status < 300 ? "ok" : status < 500 ? "permanent" : "ambiguous";
}

static const struct row {
	const char *format;
	int status;
	const char *text, *class_name;
	int retry_after_s;
	bool posted;
} rows[] = {
	{ "slack", 200, "ok", "ok", 0, true },
	{ "slack", 200, "ok\n", "ok", 0, true },
	{ "slack", 200, "okay", "permanent", 0, false },
	{ "slack", 200, "", "permanent", 0, false },
	{ "slack", 200, "<html>Please log in</html>", "permanent", 0, false },
	{ "slack", 400, "invalid_payload", "permanent", 0, false },
	{ "slack", 400, "user_not_found", "permanent", 0, false },
	{ "slack", 400, "no_text", "permanent", 0, false },
	{ "slack", 400, "too_many_attachments", "permanent", 0, false },
	{ "slack", 403, "action_prohibited", "suspend", 0, false },
	{ "slack", 403, "invalid_token", "suspend", 0, false },
	{ "slack", 400, "invalid_token", "suspend", 0, false },
	{ "slack", 404, "channel_not_found", "suspend", 0, false },
	{ "slack", 404, "no_service", "suspend", 0, false },
	{ "slack", 410, "channel_is_archived", "suspend", 0, false },
	{ "slack", 429, "{\"ok\":false,\"retry_after\":30}", "retry", 30, false },
	{ "slack", 500, "rollup_error", "retry", 0, false },
	{ "slack", 500, "oops", "ambiguous", 0, false },
	{ "slack", 0, "", "retry", 0, false },
	{ "mattermost", 200, "ok", "ok", 0, true },
	{ "mattermost", 200, "<html>", "ok", 0, false },
	{ "mattermost", 400, "{\"id\":\"web.incoming_webhook.invalid.app_error\",\"message\":\"x", "suspend", 0, false },
	{ "mattermost", 400, "{\"id\":\"web.incoming_webhook.parse.app_error\"}", "permanent", 0, false },
	{ "mattermost", 501, "{\"id\":\"web.incoming_webhook.disabled.app_error\"}", "suspend", 0, false },
	{ "mattermost", 403, "{}", "suspend", 0, false },
	{ "rocketchat", 200, "{\"success\":true}", "ok", 0, false },
	{ "rocketchat", 200, "{\"success\":false,\"error\":\"x\"}", "permanent", 0, false },
	{ "rocketchat", 400, "{\"success\":false}", "permanent", 0, false },
	{ "rocketchat", 503, "This integration is currently disabled", "retry", 0, false },
	{ "zulip", 200, "{\"result\":\"success\",\"msg\":\"\",\"id\":42", "ok", 0, true },
	{ "zulip", 200, "{\"result\":\"error\"}", "permanent", 0, false },
	{ "zulip", 429, "{\"result\":\"error\",\"msg\":\"Limite d'API d\\u00e9pass\\u00e9e\",\"retry-after\":28.7062,"
	  "\"code\":\"RATE_LIMIT_HIT\"}", "retry", 29, false },
	{ "zulip", 400, "{\"code\":\"STREAM_DOES_NOT_EXIST\",\"msg\":\"x\",\"stream\":\"a\"}", "suspend", 0, false },
	{ "zulip", 400, "{\"code\":\"BAD_REQUEST\",\"msg\":\"STREAM_DOES_NOT_EXIST\"}", "permanent", 0, false },
	{ "zulip", 401, "{\"code\":\"UNAUTHORIZED\"}", "suspend", 0, false },
	{ "teams", 202, "", "ok", 0, false },
	{ "teams", 200, "1", "ok", 0, false },
	{ "teams", 200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 413 with",
	  "permanent", 0, false },
	{ "teams", 200, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with",
	  "retry", 60, false },
	{ "teams", 429, "{}", "retry", 60, false },
	{ "teams", 410, "", "suspend", 0, false },
	{ "discord", 200, "{\"type\":0,\"content\":\"[CRI", "ok", 0, true },
	{ "discord", 200, "{\"id\":\"1\",\"type\":0}", "ok", 0, true },
	{ "discord", 204, "", "ok", 0, false },
	{ "discord", 429, "{\"message\":\"You are being rate limited.\",\"retry_after\":0.857,\"global\":false}", "retry", 1, false },
	{ "discord", 429, "{\"retry_after\":64.57", "retry", 65, false },
	{ "discord", 404, "{\"message\":\"Unknown Webhook\",\"code\":10015}", "suspend", 0, false },
	{ "discord", 400, "{\"code\":50006}", "permanent", 0, false },
	{ "google_chat", 200, "{\n  \"name\": \"spaces/A/messages/B.C\",\n  \"sender\": {", "ok", 0, true },
	{ "google_chat", 200, "{}", "ok", 0, false },
	{ "google_chat", 429, "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\"}}", "retry", 0, false },
	{ "google_chat", 404, "{\"error\":{}}", "suspend", 0, false },
	{ "matrix", 200, "{\"event_id\":\"$abc\"}", "ok", 0, true },
	{ "matrix", 200, "{}", "ok", 0, false },
	{ "matrix", 429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"error\":\"x\",\"retry_after_ms\":2001}", "retry", 3, false },
	{ "matrix", 429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":99999999}", "retry", 3600, false },
	{ "matrix", 401, "{\"errcode\":\"M_UNKNOWN_TOKEN\"}", "suspend", 0, false },
	{ "matrix", 403, "{\"errcode\":\"M_FORBIDDEN\"}", "suspend", 0, false },
	{ "matrix", 413, "{\"errcode\":\"M_TOO_LARGE\"}", "permanent", 0, false },
	{ "ntfy", 200, "{\"id\":\"sPs71M8A2T\",\"time\":16439356", "ok", 0, true },
	{ "ntfy", 200, "<html>", "ok", 0, false },
	{ "ntfy", 429, "{\"code\":42901,\"http\":429,\"error\":\"limit reached\"}", "retry", 60, false },
	{ "ntfy", 429, "{\"code\":42908,\"http\":429,\"error\":\"limit reached\"}", "retry", 3600, false },
	{ "ntfy", 429, "", "retry", 60, false },
	{ "ntfy", 403, "{\"code\":40301,\"http\":403}", "suspend", 0, false },
	{ "gotify", 200, "{\"id\":25,\"appid\":5}", "ok", 0, true },
	{ "gotify", 401, "{\"error\":\"Unauthorized\"}", "suspend", 0, false },
	{ "gotify", 400, "{\"error\":\"Bad Request\"}", "permanent", 0, false },
	{ "telegram", 200, "{\"ok\":true,\"result\":{\"message_id\":7,\"text\":\"\\\"ok\\\":false", "ok", 0, true },
	{ "telegram", 200, "{\"ok\":false}", "permanent", 0, false },
	{ "telegram", 429, "{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":35}}", "retry", 35, false },
	{ "telegram", 400, "{\"ok\":false,\"description\":\"Bad Request: chat not found\"}", "permanent", 0, false },
	{ "telegram", 400, "{\"ok\":false,\"parameters\":{\"migrate_to_chat_id\":-1009876}}", "suspend", 0, false },
	{ "telegram", 403, "{\"ok\":false}", "suspend", 0, false },
	{ "telegram", 404, "{\"ok\":false,\"description\":\"Not Found\"}", "suspend", 0, false },
	/* A delay that the headers gave stands; an odd one is as good as none. */
	{ "discord", 429, "{\"retry_after\":-5}", "retry", 0, false },
	{ "discord", 429, "{\"retry_after\":\"soon\"}", "retry", 0, false },
	{ "discord", 429, "{\"retry_after\":1e999}", "retry", 0, false },
	{ "discord", 429, "{\"retry_after\":{}}", "retry", 0, false },
	{ "discord", 429, "{\"retry_after\":99999999999999999999}", "retry", 0, false },
	{ "discord", 429, "{\"retry_after\":99999999999}", "retry", 3600, false },
};

static void answers_mean_what_the_service_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct bef_format *format = bef_format_find(rows[i].format);
		struct bef_response reply = { .status = rows[i].status, .text = rows[i].text };

		snprintf(reply.class_name, sizeof(reply.class_name), "%s", by_http(rows[i].status));
		format->judge(&reply);
		must(strcmp(reply.class_name, rows[i].class_name) == 0, "%s %d %s: %s", rows[i].format, rows[i].status,
		     rows[i].text, reply.class_name);
		must(reply.retry_after_s == rows[i].retry_after_s, "%s %d %s: after %d s", rows[i].format, rows[i].status,
		     rows[i].text, reply.retry_after_s);
		must(reply.posted == rows[i].posted, "%s %d %s: posted %d", rows[i].format, rows[i].status, rows[i].text,
		     reply.posted);
	}
}

static void a_delay_of_the_headers_stands(void **state)
{
	struct bef_response reply = { .status = 429, .text = "{\"retry_after\":5}", .class_name = "retry", .retry_after_s = 17 };
	(void)state;

	bef_format_find("slack")->judge(&reply);
	assert_int_equal(reply.retry_after_s, 17);
}

static void telegram_says_where_the_group_went(void **state)
{
	struct bef_response reply = { .status = 400, .class_name = "permanent",
		                   .text = "{\"ok\":false,\"parameters\":{\"migrate_to_chat_id\":-1009876}}" };
	(void)state;

	bef_format_find("telegram")->judge(&reply);
	assert_string_equal(reply.detail, "the group has a new number: set \"to\" to -1009876");
}

static void matrix_asks_whether_the_room_is_encrypted(void **state)
{
	static const struct {
		int status;
		bool plaintext;
		const char *text, *class_name;
	} asked[] = {
		{ 404, false, "{\"errcode\":\"M_NOT_FOUND\",\"error\":\"Event not found.\"}", "ok" },
		{ 404, false, "{\"errcode\":\"M_UNRECOGNIZED\"}", "suspend" },
		{ 200, false, "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}", "suspend" },
		{ 200, true, "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}", "ok" },
		{ 403, true, "{\"errcode\":\"M_FORBIDDEN\"}", "suspend" },
		{ 429, false, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":100}", "retry" },
		{ 0, false, "", "retry" },
	};
	struct bef_err err = { 0 };
	struct chatting chat;
	int64_t offset = 0;
	(void)state;

	chatting_start(&chat, "matrix");
	chat.in = (struct bef_rendering){ .alarm = &chat.alarm, .to = &chat.to, .keys = &chat.keys };
	assert_ok(chat.to.format->ask(&chat.in, &chat.request, &err), err);
	assert_string_equal(chat.request.method, "GET");
	assert_true(strstr(bef_text_str(&chat.request.url),
	                   "/_matrix/client/v3/rooms/%21room%3Aexample.org/state/m.room.encryption") != NULL);
	for (size_t i = 0; i < ROWS(asked); i++) {
		struct bef_response reply = { .status = asked[i].status, .text = asked[i].text };

		snprintf(reply.class_name, sizeof(reply.class_name), "%s", by_http(asked[i].status));
		chat.to.plaintext = asked[i].plaintext;
		chat.to.format->asked(&reply, &chat.to, 0, &offset);
		must(strcmp(reply.class_name, asked[i].class_name) == 0, "%d %s: %s", asked[i].status, asked[i].text,
		     reply.class_name);
		assert_false(reply.posted);
	}
	chatting_clear(&chat);
}

static const struct {
	const char *format, *url, *expected;
} addresses[] = {
	{ "discord", "https://discord.com/api/webhooks/1/tok", "https://discord.com/api/v10/webhooks/1/tok?wait=true" },
	{ "discord", "https://discord.com/api/v8/webhooks/1/t?thread_id=5",
	  "https://discord.com/api/v10/webhooks/1/t?thread_id=5&wait=true" },
	{ "google_chat", "https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=t",
	  "https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=t&threadKey=11111111-2222-4333-8444-555555555555"
	  "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD" },
	{ "matrix", "https://matrix.example/", "https://matrix.example/_matrix/client/v3/rooms/%21room%3Aexample.org/send/"
	  "m.room.message/msg_00112233445566778899aabbccddeeff" },
	{ "ntfy", "https://ntfy.example", "https://ntfy.example" },
	{ "gotify", "https://push.example/gotify/", "https://push.example/gotify/message" },
	{ "zulip", "https://chat.example", "https://chat.example/api/v1/messages" },
	{ "telegram", NULL, "https://api.telegram.org/bot123:t0ken/sendMessage" },
	{ "teams", "https://x.environment.api.powerplatform.com:443/a?sig=a%2Fb&sv=1.0",
	  "https://x.environment.api.powerplatform.com:443/a?sig=a%2Fb&sv=1.0" },
};

static void addresses_are_made_as_documented(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(addresses); i++) {
		struct chatting chat;

		chatting_start(&chat, addresses[i].format);
		chat.keys.value[BEF_SECRET_URL] = addresses[i].url ? lend(addresses[i].url) : NULL;
		chatting_render(&chat);
		assert_string_equal(bef_text_str(&chat.request.url), addresses[i].expected);
		assert_string_equal(chat.request.method, strcmp(addresses[i].format, "matrix") == 0 ? "PUT" : "POST");
		/* The token is in the address or in a header, never in what is shown. */
		assert_null(strstr(bef_text_str(&chat.request.body), "t0ken"));
		chatting_clear(&chat);
	}
}

/* A setting that the service cannot want is refused before anything is sent; no secret is in the words. */
static void odd_settings_are_refused(void **state)
{
	static const struct {
		const char *format;
		int slot;
		const char *value, *token;
	} odd[] = {
		{ "slack", BEF_SET_MENTION, "channel", NULL },
		{ "slack", BEF_SET_MENTION, "<https://evil.example|x>", NULL },
		{ "mattermost", BEF_SET_MENTION, "channel", NULL },
		{ "rocketchat", BEF_SET_MENTION, "@all\n# x", NULL },
		{ "zulip", BEF_SET_MENTION, "@all", NULL },
		{ "teams", BEF_SET_MENTION, "The Boss", NULL },
		{ "discord", BEF_SET_MENTION, "<@&boss>", NULL },
		{ "google_chat", BEF_SET_MENTION, "@all", NULL },
		{ "matrix", BEF_SET_MENTION, "boss", NULL },
		{ "matrix", BEF_SET_TO, "#room:example.org", NULL },
		{ "ntfy", BEF_SET_TO, "a/b", NULL },
		{ "telegram", BEF_SET_TO, "cell", NULL },
		{ "telegram", BEF_SET_TOPIC, "x", NULL },
		{ "telegram", BEF_SET_MENTION, "boss", NULL },
		{ "telegram", BEF_SET_TO, "1", "123:to/ken" },
		{ "matrix", BEF_SET_TO, "!r:e", "tok\r\nX-Evil: 1" },
		{ "gotify", BEF_SET_TO, "", "tok\r\nX-Evil: 1" },
		{ "ntfy", BEF_SET_TO, "a", "tok\nX" },
	};
	(void)state;

	for (size_t i = 0; i < ROWS(odd); i++) {
		struct bef_err err = { 0 };
		struct chatting chat;

		chatting_start(&chat, odd[i].format);
		chat.to.set[odd[i].slot] = lend(odd[i].value);
		if (odd[i].token)
			chat.keys.value[BEF_SECRET_TOKEN] = lend(odd[i].token);
		must(chatting_try(&chat, &err) == BEF_USAGE, "%s: %s", odd[i].format, odd[i].value);
		must(err.msg[0] && !strstr(err.msg, "s3cret") && !strstr(err.msg, "Evil") && !strstr(err.msg, "to/ken"), "%s: %s", odd[i].format, err.msg);
		chatting_clear(&chat);
	}
}

UNIT_MAIN(unit(answers_mean_what_the_service_says), unit(a_delay_of_the_headers_stands),
          unit(telegram_says_where_the_group_went), unit(matrix_asks_whether_the_room_is_encrypted),
          unit(addresses_are_made_as_documented), unit(odd_settings_are_refused))
