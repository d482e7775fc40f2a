/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mattermost, incoming webhook.  Only the top-level text notifies by name, so it holds the configured
 * mention and nothing else; all free text stands in the attachment.  The server also translates Slack's
 * "<!channel>", hence the zero-width spaces.
 */
#include <string.h>

#include "alert/reply.h"
#include "alert/chat.h"
#include "base/json.h"

/* A text above 16 383 characters becomes several posts; old servers keep 7 600 of all attachments. */
static const struct bef_limits limits = { BEF_UNIT_POINTS, 300, 5500, 60000 };
static const struct bef_chat_room title_room = { 400, BEF_UNIT_POINTS, bef_chat_markdown };
static const struct bef_chat_room text_room = { 5500, BEF_UNIT_POINTS, bef_chat_markdown };
/* What a phone announces is not read as Markdown: backslashes would show. */
static const struct bef_chat_room plain_room = { 400, BEF_UNIT_POINTS, bef_chat_split };

static const char *const field_names[] = { "title", "value", "short" };

static json_t *attachment_of(const struct bef_shape *shape, bool *ok)
{
	json_t *attachment = json_object();
	BEF_AUTO(text) announced = { .max = 32000 };

	bef_text_printf(&announced, "%s\n%s", bef_text_str(&shape->title), bef_text_str(&shape->text));
	bef_chat_put(attachment, "fallback", bef_text_str(&announced), &plain_room, ok);
	*ok = *ok && !announced.failed;
	bef_json_put_text(attachment, "color", bef_shape_hex(bef_alarm_tone(shape->in->alarm)), ok);
	bef_chat_put(attachment, "title", bef_text_str(&shape->title), &title_room, ok);
	bef_chat_put(attachment, "text", bef_text_str(&shape->text), &text_room, ok);
	bef_chat_put_fields(attachment, shape, &title_room, field_names, ok);
	bef_chat_put(attachment, "footer", bef_chat_tlp(shape->in->alarm), &plain_room, ok);
	return attachment;
}

/* Acknowledgements (requested_ack) are not asked for: they need a licence, and a server without one may refuse
 * the post.  A crisis alone would be refused, which no test would have shown. */
static void put_priority(json_t *body, enum bef_tone tone, bool *ok)
{
	static const char *const priorities[BEF_TONE_COUNT] = {
		[BEF_TONE_MAJOR] = "important", [BEF_TONE_CRISIS] = "urgent", [BEF_TONE_CLEAR] = "important",
	};
	json_t *priority;

	if (!priorities[tone])
		return;
	priority = json_object();
	bef_json_put_text(priority, "priority", priorities[tone], ok);
	bef_json_put(body, "priority", priority, ok);
}

static enum bef_rc body_of(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	json_t *body = json_object();
	json_t *attachments = json_array();
	bool ok = true;

	bef_json_put_text(body, "text", bef_chat_mention(shape->in), &ok);
	if (json_array_append_new(attachments, attachment_of(shape, &ok)) != 0)
		ok = false;
	bef_json_put(body, "attachments", attachments, &ok);
	put_priority(body, bef_alarm_tone(shape->in->alarm), &ok);
	return bef_shape_json(body, ok, out, err);
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	const char *mention = bef_chat_mention(in);
	enum bef_rc rc;

	bef_request_start(in, out);
	if (mention && (*mention != '@' || !bef_chat_made_of(mention, BEF_CHAT_ALNUM "@ ._-")))
		return bef_chat_wrong(in, "mention", "@channel, @here, @all, @USER", err);
	rc = bef_shape_body(in, &limits, body_of, out, err);
	return rc ? rc : bef_chat_end(out, true, err);
}

static const struct bef_ruling rulings[] = {
	{ 200, NULL, "ok", NULL, NULL, 0, true },
	{ 501, "", "", "suspend", N_("incoming webhooks are switched off on this server"), 0, false },
	{ 400, "id", "web.incoming_webhook.invalid.app_error", "suspend", N_("the webhook is no longer valid"), 0,
	  false },
	{ 0, NULL, NULL, NULL, NULL, 0, false },
};

static void judge(struct bef_response *reply)
{
	bef_reply_rule(reply, rulings);
}

const struct bef_format bef_format_mattermost = {
	.name = "mattermost",
	.label = "Mattermost",
	.help_en = "url: of an incoming webhook of the channel; mention: @channel, @here, @all, @USER.",
	.help_fr = "url : celle d'un webhook entrant du canal ; mention : @channel, @here, @all, @UTILISATEUR.",
	.audience = BEF_AUDIENCE_ORGANISATION,
	.needs = 1u << BEF_SECRET_URL,
	.per_minute = 30,
	.render = render,
	.judge = judge,
};
