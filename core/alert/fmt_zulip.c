/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Zulip, its own API: a bot posts to a stream, one topic an incident.  Zulip's Markdown has no backslash,
 * so what is markup is written as an entity, which it shows as the character.  Its messages to people are
 * translated by the server: only `code` is read.
 */
#include <string.h>

#include "alert/reply.h"
#include "alert/chat.h"
#include "base/i18n.h"

enum { TOPIC_MOST = 60 };

static void escape(struct bef_text *out, const char *s)
{
	for (const char *at = s; *at; at++) {
		bool starts = at == s || at[-1] == '\n';

		/* A hash sign heads a title at the start of a line and points to a stream before an asterisk,
		 * which is an entity anyway. */
		if (strchr("&<>*`~$|", *at) || (starts && *at == '#'))
			bef_text_printf(out, "&#%d;", *at);
		else
			bef_text_putc(out, *at);
		if (*at == '@' || (*at == ']' && at[1] == '('))
			bef_text_puts(out, "\xe2\x80\x8b");
	}
}

static const struct bef_limits limits = { BEF_UNIT_POINTS, 300, 10000, 200000 };
static const struct bef_chat_sheet sheet = { { 10000, BEF_UNIT_POINTS, escape }, true, "**", 0 };

static void put_topic(const struct bef_rendering *in, struct bef_text *form)
{
	BEF_AUTO(text) topic = { .max = 4 * TOPIC_MOST };
	const char *wanted = in->to->set[BEF_SET_TOPIC];

	if (!wanted || !*wanted)
		wanted = *in->alarm->ref ? in->alarm->ref : "beffroi";
	bef_shape_cut(&topic, wanted, TOPIC_MOST, BEF_UNIT_POINTS, NULL);
	bef_shape_form(form, "topic", bef_text_str(&topic));
	form->failed = form->failed || topic.failed;
}

static enum bef_rc body_of(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	BEF_AUTO(text) content = { .max = 100000 };
	enum bef_rc rc = bef_chat_sheet(shape, &sheet, bef_chat_mention(shape->in), &content, err);

	if (content.full)
		return bef_chat_too_large(out, err);
	if (rc)
		return rc;
	bef_shape_form(out, "type", "stream");
	bef_shape_form(out, "to", shape->in->to->set[BEF_SET_TO]);
	put_topic(shape->in, out);
	bef_shape_form(out, "content", bef_text_str(&content));
	return bef_text_rc(out, err);
}

static bool is_mention(const char *mention)
{
	size_t len = strlen(mention);

	return len > 3 && strncmp(mention, "@*", 2) == 0 && mention[len - 1] == '*' && !strchr(mention, '\n');
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	const char *mention = bef_chat_mention(in);
	enum bef_rc rc;
	bool ok;

	bef_request_start(in, out);
	bef_request_path(out, "/api/v1/messages");
	if (mention && !is_mention(mention))
		return bef_chat_wrong(in, "mention", "@**all**, @**NAME**, @*GROUP*", err);
	rc = bef_shape_body(in, &limits, body_of, out, err);
	if (rc)
		return rc;
	ok = bef_shape_basic(out, in->to->set[BEF_SET_USER], in->keys->value[BEF_SECRET_TOKEN]) &&
	     bef_request_header(out, "Content-Type", "application/x-www-form-urlencoded");
	return bef_request_end(out, ok, err);
}

static const struct bef_ruling rulings[] = {
	{ 200, "result", "success", NULL, NULL, 0, true },
	{ 0, "code", "RATE_LIMIT_HIT", "retry", N_("too many requests"), 0, false },
	{ 0, "code", "STREAM_DOES_NOT_EXIST", "suspend", N_("the stream does not exist"), 0, false },
	{ 0, "code", "CHANNEL_DOES_NOT_EXIST", "suspend", N_("the stream does not exist"), 0, false },
	{ 0, "code", "UNAUTHORIZED", "suspend", N_("the bot's name or key is not accepted"), 0, false },
	{ 0, "code", "INVALID_API_KEY", "suspend", N_("the bot's name or key is not accepted"), 0, false },
	{ 0, "code", "USER_DEACTIVATED", "suspend", N_("the bot's account is closed"), 0, false },
	{ 0, "code", "REALM_DEACTIVATED", "suspend", N_("the organisation is closed"), 0, false },
	{ 200, "result", "error", "permanent", N_("Zulip refuses the message"), 0, false },
	{ 0, NULL, NULL, NULL, NULL, 0, false },
};

static void judge(struct bef_response *reply)
{
	bef_reply_rule(reply, rulings);
	bef_reply_wait(reply, "retry-after", 1);
}

const struct bef_format bef_format_zulip = {
	.name = "zulip",
	.label = "Zulip",
	.help_en = "url: of the server; to: the channel (stream); user: the bot's mail address; token: its key; topic: instead of the incident's number; mention: @**all**, @**NAME**, @*GROUP*.",
	.help_fr = "url : celle du serveur ; vers : le canal (stream) ; utilisateur : l'adresse de courriel du robot ; jeton : sa clé ; sujet : à la place du numéro de l'incident ; mention : @**all**, @**NOM**, @*GROUPE*.",
	.audience = BEF_AUDIENCE_ORGANISATION,
	.needs = 1u << BEF_SECRET_URL | 1u << BEF_SECRET_TOKEN,
	.needs_set = 1u << BEF_SET_TO | 1u << BEF_SET_USER,
	.per_minute = 60,
	.render = render,
	.judge = judge,
};
