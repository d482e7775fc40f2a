/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * An alarm and a destination for the tests of the chat formats: one incident
 * whose words each test changes, rendered by a format of the table.
 */
#include "alert/format.h"
#include "alert/shape.h"
#include "unit.h"

#define SPLIT "\xe2\x80\x8b" /* a zero-width space */
#define DOTS "\xe2\x80\xa6"

struct chatting {
	struct bef_alarm alarm;
	struct bef_destination to;
	struct bef_keys keys;
	struct bef_rendering in;
	struct bef_request request;
	json_t *body; /* parsed, or NULL */
};

static inline char *lend(const char *text)
{
	return (char *)(uintptr_t)text;
}

/* A grave incident of a company in Paris, at 03:12 on 21 November 2026, in English, to `format`. */
static inline void chatting_start(struct chatting *chat, const char *format)
{
	*chat = (struct chatting){
		.alarm = {
			.kind = bef_alarm_kind_find("crisis"), .id = "msg_00112233445566778899aabbccddeeff",
			.ref = "INC-2026-001", .uuid = "11111111-2222-4333-8444-555555555555",
			.title = "Files encrypted", .type = "ransomware", .severity = "4", .phase = "containment",
			.state = "crisis", .tlp = "green", .zone = "Europe/Paris", .level = "critical",
			.text = "The file server asks for a ransom.", .at_ms = INT64_C(1795227120000),
			.opened_at_ms = INT64_C(1795220000000), .seq = 7, .now_ms = INT64_C(1795227125000),
			.reach = BEF_REACH_FULL,
		},
		.to = { .name = "cell", .audience = BEF_AUDIENCE_ORGANISATION },
	};
	chat->to.format = bef_format_find(format);
	must(chat->to.format, "no format %s", format);
	chat->keys.value[BEF_SECRET_URL] = lend("https://chat.example/hook/s3cret");
	chat->keys.value[BEF_SECRET_TOKEN] = lend("123:t0ken");
	chat->to.set[BEF_SET_TO] = lend(strcmp(format, "matrix") == 0   ? "!room:example.org"
	                                : strcmp(format, "telegram") == 0 ? "-1001234"
	                                                                  : "alerts");
	chat->to.set[BEF_SET_USER] = lend("bot@example.org");
}

static inline void chatting_clear(struct chatting *chat)
{
	json_decref(chat->body);
	chat->body = NULL;
	bef_request_clear(&chat->request);
}

static inline enum bef_rc chatting_try(struct chatting *chat, struct bef_err *err)
{
	chatting_clear(chat);
	chat->in = (struct bef_rendering){ .alarm = &chat->alarm, .to = &chat->to, .keys = &chat->keys };
	return chat->to.format->render(&chat->in, &chat->request, err);
}

/* Render; a JSON body is parsed. */
static inline void chatting_render(struct chatting *chat)
{
	struct bef_err err = { 0 };

	assert_ok(chatting_try(chat, &err), err);
	if (bef_text_str(&chat->request.body)[0] == '{')
		assert_ok(bef_json_load(chat->request.body.data, chat->request.body.len, &chat->body, &err), err);
}

/* The text at a path such as "attachments.0.blocks.1.text.text". */
static inline const json_t *node(const json_t *at, const char *path)
{
	char name[64];

	while (at && *path) {
		size_t len = strcspn(path, "/");

		snprintf(name, sizeof(name), "%.*s", (int)len, path);
		at = json_is_array(at) ? json_array_get(at, (size_t)bef_natural(name, 1000)) : json_object_get(at, name);
		path += len + (path[len] == '/');
	}
	return at;
}

static inline const char *said(const struct chatting *chat, const char *path)
{
	const char *text = json_string_value(node(chat->body, path));

	return text ? text : "(nothing)";
}

static inline int times(const char *text, const char *what)
{
	int n = 0;

	for (const char *at = strstr(text, what); at; at = strstr(at + 1, what))
		n++;
	return n;
}

/* `count` times `unit`; free it. */
static inline char *many(const char *unit, size_t count)
{
	size_t len = strlen(unit);
	char *text = malloc(count * len + 1);

	assert_non_null(text);
	for (size_t i = 0; i < count; i++)
		memcpy(text + i * len, unit, len);
	text[count * len] = '\0';
	return text;
}
