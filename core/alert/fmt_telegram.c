/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Telegram, a bot's sendMessage.  No parse_mode: with one, a stray character in a title is an alert lost;
 * what is bold or wakes somebody is told by entities, counted in UTF-16 units.
 */
#include <stdio.h>
#include <string.h>

#include "alert/reply.h"
#include "alert/chat.h"
#include "base/i18n.h"
#include "base/json.h"

static const struct bef_limits limits = { BEF_UNIT_UTF16, 300, 4096, 100000 };
/* "@name" in the text notifies that user. */
static const struct bef_chat_sheet sheet = { { 4096, BEF_UNIT_UTF16, bef_shape_quiet }, true, "", 0 };

static json_t *add_entity(json_t *entities, const char *type, size_t offset, size_t length, bool *ok)
{
	json_t *entity = json_object();

	bef_json_put_text(entity, "type", type, ok);
	bef_json_put_int(entity, "offset", (int64_t)offset, ok);
	bef_json_put_int(entity, "length", (int64_t)length, ok);
	if (json_array_append_new(entities, entity) != 0)
		*ok = false;
	return entity; /* borrowed from the list */
}

/* A number is that of a user without a public name: it takes a record to wake them. */
static bool is_number(const char *mention)
{
	return bef_chat_made_of(mention, BEF_CHAT_DIGITS) && strlen(mention) < 16;
}

static json_t *entities_of(const struct bef_shape *shape, const char *mention, bool *ok)
{
	BEF_AUTO(text) title = { .max = 4000 };
	json_t *entities = json_array();
	size_t length;

	sheet.room.escape(&title, bef_text_str(&shape->title));
	length = bef_shape_size(bef_text_str(&title), BEF_UNIT_UTF16);
	if (title.failed)
		*ok = false;
	add_entity(entities, "bold", 0, length, ok);
	if (mention && is_number(mention)) {
		json_t *user = json_object();

		bef_json_put(user, "id", json_integer(strtoll(mention, NULL, 10)), ok);
		bef_json_put(add_entity(entities, "text_mention", length + 1, strlen(mention), ok), "user", user, ok);
	}
	return entities;
}

static enum bef_rc body_of(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	const struct bef_destination *to = shape->in->to;
	const char *mention = bef_chat_mention(shape->in);
	BEF_AUTO(text) text = { .max = 64000 };
	enum bef_rc rc = bef_chat_sheet(shape, &sheet, mention, &text, err);
	json_t *body;
	json_t *preview;
	bool ok = true;

	if (text.full)
		return bef_chat_too_large(out, err);
	if (rc)
		return rc;
	body = json_object();
	preview = json_object();
	bef_json_put_text(body, "chat_id", to->set[BEF_SET_TO], &ok);
	if (to->set[BEF_SET_TOPIC])
		bef_json_put_int(body, "message_thread_id", bef_natural(to->set[BEF_SET_TOPIC], 2000000000), &ok);
	bef_json_put_text(body, "text", bef_text_str(&text), &ok);
	bef_json_put(body, "entities", entities_of(shape, mention, &ok), &ok);
	bef_json_put_bool(preview, "is_disabled", true, &ok);
	bef_json_put(body, "link_preview_options", preview, &ok);
	bef_json_put_bool(body, "protect_content", true, &ok);
	return bef_shape_json(body, ok, out, err);
}

static bool is_chat(const char *to)
{
	if (*to == '@')
		return bef_chat_made_of(to + 1, BEF_CHAT_ALNUM "_");
	return bef_chat_made_of(to + (*to == '-'), BEF_CHAT_DIGITS);
}

static enum bef_rc check(const struct bef_rendering *in, struct bef_err *err)
{
	char *const *set = in->to->set;
	const char *mention = bef_chat_mention(in);

	if (!set[BEF_SET_TO] || !is_chat(set[BEF_SET_TO]))
		return bef_chat_wrong(in, "to", "-1001234567890, @CHANNEL", err);
	if (set[BEF_SET_TOPIC] && bef_natural(set[BEF_SET_TOPIC], 2000000000) < 0)
		return bef_chat_wrong(in, "topic", "42", err);
	if (mention && !is_number(mention) &&
	    !(*mention == '@' && bef_chat_made_of(mention + 1, BEF_CHAT_ALNUM "_")))
		return bef_chat_wrong(in, "mention", "@USER, 123456789", err);
	return BEF_OK;
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	const char *token = in->keys->value[BEF_SECRET_TOKEN];
	enum bef_rc rc;

	bef_request_start(in, out);
	/* The message never shows the token. */
	if (!token || !bef_chat_made_of(token, BEF_CHAT_ALNUM ":_-"))
		return bef_chat_wrong(in, "token", "123456789:ABC-def_...", err);
	rc = check(in, err);
	if (rc)
		return rc;
	bef_request_path(out, "/bot");
	bef_text_printf(&out->url, "%s/sendMessage", token);
	rc = bef_shape_body(in, &limits, body_of, out, err);
	return rc ? rc : bef_chat_end(out, true, err);
}

static const struct bef_ruling rulings[] = {
	{ 200, "ok", "true", NULL, NULL, 0, true },
	{ 200, "ok", "false", "permanent", N_("Telegram refuses the message"), 0, false },
	{ 401, "", "", "suspend", N_("the bot's token is no longer valid"), 0, false },
	{ 403, "", "", "suspend", N_("the bot is not in the chat, or was barred from it"), 0, false },
	{ 404, "", "", "suspend", N_("the bot's token is no longer valid"), 0, false },
	{ 0, NULL, NULL, NULL, NULL, 0, false },
};

static void judge(struct bef_response *reply)
{
	char chat[24];

	bef_reply_rule(reply, rulings);
	bef_reply_wait(reply, "retry_after", 1);
	if (reply->status == 400 && bef_reply_member(reply->text, "migrate_to_chat_id", chat, sizeof(chat)) &&
	    is_chat(chat)) {
		bef_reply_set(reply, "suspend", NULL);
		snprintf(reply->detail, sizeof(reply->detail), N_("the group has a new number: set \"to\" to %s"),
		         chat);
	}
}

const struct bef_format bef_format_telegram = {
	.name = "telegram",
	.label = "Telegram",
	.help_en = "token: the bot's; to: the chat's number or @CHANNEL; topic: number of a thread; mention: @USER or a number.",
	.help_fr = "jeton : celui du robot ; vers : le numéro de la discussion ou @CANAL ; sujet : numéro d'un fil ; mention : @UTILISATEUR ou un numéro.",
	.needs = 1u << BEF_SECRET_TOKEN,
	.needs_set = 1u << BEF_SET_TO,
	.url = "https://api.telegram.org",
	.per_minute = 20,
	.render = render,
	.judge = judge,
};
