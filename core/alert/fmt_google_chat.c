/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Google Chat, incoming webhook.  The words stand in `text`, which telephones announce; the facts in a card
 * below.  One incident is one thread.
 */
#include <string.h>

#include "alert/reply.h"
#include "alert/chat.h"
#include "base/json.h"

/* The service counts 32 000 bytes, cards included. */
static const struct bef_limits limits = { BEF_UNIT_BYTES, 1000, 16000, 31000 };
static const struct bef_chat_sheet sheet = { { 28000, BEF_UNIT_BYTES, bef_shape_entities }, true, "", 0 };
static const struct bef_chat_room fact_room = { 1000, BEF_UNIT_BYTES, bef_shape_entities };

static void append(json_t *list, json_t *value, bool *ok)
{
	if (json_array_append_new(list, value) != 0)
		*ok = false;
}

/* `value` alone in an object, or in a list. */
static json_t *in_object(const char *key, json_t *value, bool *ok)
{
	json_t *object = json_object();

	bef_json_put(object, key, value, ok);
	return object;
}

static json_t *in_list(json_t *value, bool *ok)
{
	json_t *list = json_array();

	append(list, value, ok);
	return list;
}

static json_t *widgets_of(const struct bef_shape *shape, bool *ok)
{
	const struct bef_alarm_fact *facts[BEF_ALARM_FACTS];
	int count = bef_chat_facts(shape, facts);
	json_t *widgets = json_array();

	for (int i = 0; i < count; i++) {
		json_t *text = json_object();

		bef_chat_put(text, "topLabel", facts[i]->label, &fact_room, ok);
		bef_chat_put(text, "text", facts[i]->value, &fact_room, ok);
		append(widgets, in_object("decoratedText", text, ok), ok);
	}
	return widgets;
}

static json_t *cards_of(const struct bef_shape *shape, bool *ok)
{
	json_t *section = in_object("widgets", widgets_of(shape, ok), ok);
	json_t *card = in_object("sections", in_list(section, ok), ok);
	json_t *entry = json_object();

	bef_json_put_text(entry, "cardId", shape->in->alarm->id, ok);
	bef_json_put(entry, "card", card, ok);
	return in_list(entry, ok);
}

static enum bef_rc body_of(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	/* The facts are in the card. */
	struct bef_shape words = { .in = shape->in, .title = shape->title, .text = shape->text };
	const struct bef_alarm_fact *facts[BEF_ALARM_FACTS];
	BEF_AUTO(text) text = { .max = 64000 };
	enum bef_rc rc = bef_chat_sheet(&words, &sheet, bef_chat_mention(shape->in), &text, err);
	json_t *body;
	bool ok = true;

	if (text.full)
		return bef_chat_too_large(out, err);
	if (rc)
		return rc;
	body = json_object();
	bef_json_put_text(body, "text", bef_text_str(&text), &ok);
	if (bef_chat_facts(shape, facts) > 0)
		bef_json_put(body, "cardsV2", cards_of(shape, &ok), &ok);
	return bef_shape_json(body, ok, out, err);
}

static bool is_mention(const char *mention)
{
	size_t len = strlen(mention);

	return len > 8 && strncmp(mention, "<users/", 7) == 0 && mention[len - 1] == '>' &&
	       strspn(mention + 7, BEF_CHAT_ALNUM "@._-") == len - 8;
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	const char *mention = bef_chat_mention(in);
	enum bef_rc rc;

	bef_request_start(in, out);
	if (*in->alarm->uuid && !strstr(bef_text_str(&out->url), "threadKey=")) {
		bef_text_puts(&out->url, strchr(bef_text_str(&out->url), '?') ? "&" : "?");
		bef_text_printf(&out->url, "threadKey=%s&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD",
		                in->alarm->uuid);
	}
	if (mention && !is_mention(mention))
		return bef_chat_wrong(in, "mention", "<users/all>, <users/USER-NUMBER>", err);
	rc = bef_shape_body(in, &limits, body_of, out, err);
	return rc ? rc : bef_chat_end(out, true, err);
}

static const struct bef_ruling rulings[] = {
	{ 200, "name", NULL, NULL, NULL, 0, true },
	{ 0, NULL, NULL, NULL, NULL, 0, false },
};

static void judge(struct bef_response *reply)
{
	bef_reply_rule(reply, rulings);
}

const struct bef_format bef_format_google_chat = {
	.name = "google_chat",
	.label = "Google Chat",
	.help_en = "url: of a webhook of the space, whole, with what follows the question mark; mention: <users/all>, <users/NUMBER>.",
	.help_fr = "url : celle d'un webhook de l'espace, entière, avec ce qui suit le point d'interrogation ; mention : <users/all>, <users/NUMÉRO>.",
	.needs = 1u << BEF_SECRET_URL,
	.per_minute = 30,
	.render = render,
	.judge = judge,
};
