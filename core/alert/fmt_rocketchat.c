/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Rocket.Chat, incoming webhook.  `text` is never empty: an empty message is answered with success and
 * posts nothing.  `channel` is never sent: it is refused unless the integration allows it.  Its parser knows
 * no escape character, so that an asterisk may turn into bold type; what could wake or mislead is split.
 */
#include "alert/reply.h"
#include "alert/chat.h"
#include "base/json.h"

/* Besides what chats have in common: a hash sign names a room or heads a title, two bars hide what follows. */
static void escape(struct bef_text *out, const char *s)
{
	BEF_AUTO(text) split = { .max = out->max };

	bef_chat_split(&split, s);
	if (split.failed)
		out->failed = true;
	for (s = bef_text_str(&split); *s; s++) {
		bef_text_putc(out, *s);
		if (*s == '#' || *s == '|')
			bef_text_puts(out, "\xe2\x80\x8b");
	}
}

static const struct bef_limits limits = { BEF_UNIT_POINTS, 300, 4500, 60000 };
static const struct bef_chat_room short_room = { 400, BEF_UNIT_POINTS, escape };
/* Servers refuse messages above a length that is 5000 unless changed. */
static const struct bef_chat_room text_room = { 4500, BEF_UNIT_POINTS, escape };

static const char *const field_names[] = { "title", "value", "short" };

static json_t *attachment_of(const struct bef_shape *shape, bool *ok)
{
	json_t *attachment = json_object();

	bef_json_put_text(attachment, "color", bef_shape_hex(bef_alarm_tone(shape->in->alarm)), ok);
	bef_chat_put(attachment, "text", bef_text_str(&shape->text), &text_room, ok);
	bef_chat_put_fields(attachment, shape, &short_room, field_names, ok);
	bef_chat_put(attachment, "footer", bef_chat_tlp(shape->in->alarm), &short_room, ok);
	return attachment;
}

static enum bef_rc body_of(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	const char *mention = bef_chat_mention(shape->in);
	BEF_AUTO(text) text = { .max = 8000 };
	json_t *body = json_object();
	json_t *attachments = json_array();
	bool ok = true;

	bef_shape_cut(&text, bef_text_str(&shape->title), short_room.most, short_room.unit, short_room.escape);
	bef_text_printf(&text, "%s%s", mention ? " " : "", mention ? mention : "");
	bef_json_put_text(body, "text", bef_text_str(&text), &ok);
	if (json_array_append_new(attachments, attachment_of(shape, &ok)) != 0)
		ok = false;
	bef_json_put(body, "attachments", attachments, &ok);
	return bef_shape_json(body, ok && !text.failed, out, err);
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	const char *mention = bef_chat_mention(in);
	enum bef_rc rc;

	bef_request_start(in, out);
	if (mention && (*mention != '@' || !bef_chat_made_of(mention, BEF_CHAT_ALNUM "@ ._-")))
		return bef_chat_wrong(in, "mention", "@all, @here, @USER", err);
	rc = bef_shape_body(in, &limits, body_of, out, err);
	return rc ? rc : bef_chat_end(out, true, err);
}

/* Success is only accepted: the integration's own script may have dropped the message. */
static const struct bef_ruling rulings[] = {
	{ 200, "success", "false", "permanent", N_("Rocket.Chat refuses the message"), 0, false },
	{ 503, "", "", NULL, N_("unavailable for now, or the integration is switched off"), 0, false },
	{ 0, NULL, NULL, NULL, NULL, 0, false },
};

static void judge(struct bef_response *reply)
{
	bef_reply_rule(reply, rulings);
}

const struct bef_format bef_format_rocketchat = {
	.name = "rocketchat",
	.label = "Rocket.Chat",
	.help_en = "url: of an incoming integration; mention: @all, @here, @USER.",
	.help_fr = "url : celle d'une intégration entrante ; mention : @all, @here, @UTILISATEUR.",
	.audience = BEF_AUDIENCE_ORGANISATION,
	.needs = 1u << BEF_SECRET_URL,
	.per_minute = 30,
	.render = render,
	.judge = judge,
};
