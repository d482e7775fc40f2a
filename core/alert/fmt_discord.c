/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Discord, webhook.  The version of its API is put into the address: without one, delays may come in
 * milliseconds.  wait=true makes it answer with the message, or with an error when it did not keep it.
 * allowed_mentions is always there: its default lets a text wake the persons it names.
 */
#include <string.h>

#include "alert/reply.h"
#include "alert/chat.h"
#include "base/json.h"

enum { EMBED_MOST = 6000 };

static const struct bef_limits limits = { BEF_UNIT_UTF16, 300, 4096, 100000 };
static const struct bef_chat_room content_room = { 1900, BEF_UNIT_UTF16, bef_chat_markdown };
static const struct bef_chat_room words_room = { 4096, BEF_UNIT_UTF16, bef_chat_markdown };
static const struct bef_chat_room field_room = { 256, BEF_UNIT_UTF16, bef_chat_markdown };
static const char *const field_names[] = { "name", "value", "inline" };

/* What Discord adds up: every text of the embed. */
static size_t embed_size(const json_t *embed)
{
	const json_t *fields = json_object_get(embed, "fields");
	size_t sum = bef_shape_size(bef_json_text_or(embed, "description", ""), BEF_UNIT_UTF16) +
	             bef_shape_size(bef_json_text_or(json_object_get(embed, "footer"), "text", ""), BEF_UNIT_UTF16);

	for (size_t i = 0; i < json_array_size(fields); i++)
		sum += bef_shape_size(bef_json_text_or(json_array_get(fields, i), "name", ""), BEF_UNIT_UTF16) +
		       bef_shape_size(bef_json_text_or(json_array_get(fields, i), "value", ""), BEF_UNIT_UTF16);
	return sum;
}

static json_t *embed_of(const struct bef_shape *shape, bool *ok)
{
	const struct bef_alarm *alarm = shape->in->alarm;
	const char *tlp = bef_chat_tlp(alarm);
	json_t *embed = json_object();

	bef_chat_put(embed, "description", bef_text_str(&shape->text), &words_room, ok);
	bef_json_put_int(embed, "color", bef_shape_rgb(bef_alarm_tone(alarm)), ok);
	bef_json_put_instant(embed, "timestamp", alarm->at_ms, ok);
	bef_chat_put_fields(embed, shape, &field_room, field_names, ok);
	if (*tlp) {
		json_t *footer = json_object();

		bef_json_put_text(footer, "text", tlp, ok);
		bef_json_put(embed, "footer", footer, ok);
	}
	return embed;
}

/* A mention is "<@&ROLE>", "<@USER>", "@everyone" or "@here". */
static bool is_everybody(const char *mention)
{
	return strcmp(mention, "@everyone") == 0 || strcmp(mention, "@here") == 0;
}

static bool is_mention(const char *mention)
{
	size_t len = strlen(mention);
	size_t skip = strncmp(mention, "<@&", 3) == 0 ? 3 : 2;

	if (is_everybody(mention))
		return true;
	return len > skip + 1 && len < 40 && strncmp(mention, "<@", 2) == 0 && mention[len - 1] == '>' &&
	       strspn(mention + skip, BEF_CHAT_DIGITS) == len - skip - 1;
}

/* Whom the message may wake: nobody but the one mention, and that one only if there is one. */
static json_t *allowed(const char *mention, bool *ok)
{
	bool everybody = mention && is_everybody(mention);
	bool role = mention && strncmp(mention, "<@&", 3) == 0;
	json_t *object = json_object();
	json_t *parse = json_array();

	if (everybody && json_array_append_new(parse, json_string("everyone")) != 0)
		*ok = false;
	bef_json_put(object, "parse", parse, ok);
	if (mention && !everybody) {
		const char *id = mention + (role ? 3 : 2);
		json_t *ids = json_array();

		if (json_array_append_new(ids, json_stringn(id, strlen(id) - 1)) != 0)
			*ok = false;
		bef_json_put(object, role ? "roles" : "users", ids, ok);
	}
	return object;
}

static enum bef_rc body_of(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	const char *mention = bef_chat_mention(shape->in);
	BEF_AUTO(text) content = { .max = 16000 };
	json_t *body = json_object();
	json_t *embeds = json_array();
	json_t *embed;
	bool ok = true;

	bef_shape_cut(&content, bef_text_str(&shape->title), content_room.most, content_room.unit,
	              content_room.escape);
	bef_text_printf(&content, "%s%s", mention ? " " : "", mention ? mention : "");
	bef_json_put_text(body, "content", bef_text_str(&content), &ok);
	embed = embed_of(shape, &ok);
	if (embed_size(embed) > EMBED_MOST && shape->fact_count > 0) {
		json_decref(embed);
		json_decref(embeds);
		json_decref(body);
		return bef_chat_too_large(out, err);
	}
	if (json_array_append_new(embeds, embed) != 0)
		ok = false;
	bef_json_put(body, "embeds", embeds, &ok);
	bef_json_put(body, "allowed_mentions", allowed(mention, &ok), &ok);
	return bef_shape_json(body, ok && !content.failed, out, err);
}

/* ".../api/webhooks/ID/TOKEN" or "/api/v9/webhooks/..." -> ".../api/v10/webhooks/ID/TOKEN?wait=true". */
static void set_address(struct bef_text *url)
{
	BEF_AUTO(text) given = *url;
	const char *at = bef_text_str(&given);
	const char *api = strstr(at, "/api/");
	const char *hooks = api ? strstr(api, "/webhooks/") : NULL;

	*url = (struct bef_text){ .max = given.max, .failed = given.failed };
	if (hooks) {
		bef_text_add(url, at, (size_t)(api - at));
		bef_text_puts(url, "/api/v10");
		at = hooks;
	}
	bef_text_puts(url, at);
	if (!strstr(at, "wait=true"))
		bef_text_puts(url, strchr(at, '?') ? "&wait=true" : "?wait=true");
	if (given.data)
		explicit_bzero(given.data, given.size);
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	const char *mention = bef_chat_mention(in);
	enum bef_rc rc;

	bef_request_start(in, out);
	set_address(&out->url);
	if (mention && !is_mention(mention))
		return bef_chat_wrong(in, "mention", "<@&ROLE-NUMBER>, <@USER-NUMBER>, @everyone, @here", err);
	rc = bef_shape_body(in, &limits, body_of, out, err);
	return rc ? rc : bef_chat_end(out, true, err);
}

static const struct bef_ruling rulings[] = {
	{ 200, "id", NULL, NULL, NULL, 0, true },
	/* The answer is the message, perhaps cut before its number. */
	{ 200, "", "{", NULL, NULL, 0, true },
	{ 404, "", "", "suspend", N_("the webhook is gone: using it again would get this machine barred"), 0, false },
	{ 0, NULL, NULL, NULL, NULL, 0, false },
};

static void judge(struct bef_response *reply)
{
	bef_reply_rule(reply, rulings);
	bef_reply_wait(reply, "retry_after", 1);
}

const struct bef_format bef_format_discord = {
	.name = "discord",
	.label = "Discord",
	.help_en = "url: of a webhook of the channel; mention: <@&ROLE-NUMBER>, <@USER-NUMBER>, @everyone, @here.",
	.help_fr = "url : celle d'un webhook du salon ; mention : <@&NUMÉRO-DE-RÔLE>, <@NUMÉRO-DE-PERSONNE>, @everyone, @here.",
	.needs = 1u << BEF_SECRET_URL,
	.per_minute = 30,
	.render = render,
	.judge = judge,
};
