/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Teams, a flow of Workflows that posts an Adaptive Card.  Free text stands in text runs, where nothing is
 * markup: of the blocks that read Markdown, telephones show the backslashes of what was escaped.  The flow
 * answers before it posts: an alert is accepted, never posted.
 */
#include <stdio.h>
#include <string.h>

#include "alert/reply.h"
#include "alert/chat.h"
#include "base/json.h"

#define ZERO_WIDTH_SPACE "\xe2\x80\x8b"

enum { MENTION_MOST = 120 };

/* Braces twice are a date for the card ("{{DATE(...)}}"). */
static void escape(struct bef_text *out, const char *s)
{
	for (; *s; s++) {
		bef_text_putc(out, *s);
		if (*s == '{' && s[1] == '{')
			bef_text_puts(out, ZERO_WIDTH_SPACE);
	}
}

/* Teams counts 28 672 bytes in its own way, by which 24 453 of ours were too many. */
static const struct bef_limits limits = { BEF_UNIT_BYTES, 1000, 16000, 18000 };
static const struct bef_chat_room room = { 16000, BEF_UNIT_BYTES, escape };
/* Facts are read as Markdown and say nothing that was typed freely; they are split all the same. */
static const struct bef_chat_room fact_room = { 400, BEF_UNIT_BYTES, bef_chat_split };

static void append(json_t *list, json_t *value, bool *ok)
{
	if (json_array_append_new(list, value) != 0)
		*ok = false;
}

static json_t *element(const char *type, bool *ok)
{
	json_t *object = json_object();

	bef_json_put_text(object, "type", type, ok);
	return object;
}

/* Text as it is, in a block of its own.  `size`, `weight` and `color` may be NULL. */
static json_t *run_of(const char *text, const char *size, const char *weight, const char *color, bool *ok)
{
	json_t *block = element("RichTextBlock", ok);
	json_t *inlines = json_array();
	json_t *run = element("TextRun", ok);

	bef_chat_put(run, "text", text, &room, ok);
	bef_json_put_text(run, "size", size, ok);
	bef_json_put_text(run, "weight", weight, ok);
	bef_json_put_text(run, "color", color, ok);
	append(inlines, run, ok);
	bef_json_put(block, "inlines", inlines, ok);
	return block;
}

static void add_facts(json_t *blocks, const struct bef_shape *shape, bool *ok)
{
	const struct bef_alarm_fact *facts[BEF_ALARM_FACTS];
	int count = bef_chat_facts(shape, facts);
	json_t *set;
	json_t *list;

	if (count == 0)
		return;
	set = element("FactSet", ok);
	list = json_array();
	for (int i = 0; i < count; i++) {
		json_t *fact = json_object();

		bef_chat_put(fact, "title", facts[i]->label, &fact_room, ok);
		bef_chat_put(fact, "value", facts[i]->value, &fact_room, ok);
		append(list, fact, ok);
	}
	bef_json_put(set, "facts", list, ok);
	append(blocks, set, ok);
}

static void put_at(json_t *object, const char *mention, bool *ok)
{
	char at[sizeof("<at></at>") + MENTION_MOST];

	snprintf(at, sizeof(at), "<at>%s</at>", mention);
	bef_json_put_text(object, "text", at, ok);
}

/* A mention needs its words in a block and this record, which must agree to the letter. */
static json_t *entities_of(const char *mention, bool *ok)
{
	json_t *list = json_array();
	json_t *entity = element("mention", ok);
	json_t *who = json_object();

	put_at(entity, mention, ok);
	bef_json_put_text(who, "id", mention, ok);
	bef_json_put_text(who, "name", mention, ok);
	bef_json_put(entity, "mentioned", who, ok);
	append(list, entity, ok);
	return list;
}

static json_t *mention_of(const char *mention, bool *ok)
{
	json_t *block = element("TextBlock", ok);

	put_at(block, mention, ok);
	bef_json_put_bool(block, "wrap", true, ok);
	return block;
}

static json_t *blocks_of(const struct bef_shape *shape, const char *mention, bool *ok)
{
	static const char *const colors[BEF_TONE_COUNT] = {
		[BEF_TONE_INFO] = "Default",     [BEF_TONE_MINOR] = "Accent", [BEF_TONE_MAJOR] = "Warning",
		[BEF_TONE_CRISIS] = "Attention", [BEF_TONE_CLEAR] = "Good",
	};
	const char *color = colors[bef_alarm_tone(shape->in->alarm)];
	const char *tlp = bef_chat_tlp(shape->in->alarm);
	json_t *blocks = json_array();

	append(blocks, run_of(bef_text_str(&shape->title), "Large", "Bolder", color, ok), ok);
	if (mention)
		append(blocks, mention_of(mention, ok), ok);
	if (shape->text.len > 0)
		append(blocks, run_of(bef_text_str(&shape->text), NULL, NULL, NULL, ok), ok);
	add_facts(blocks, shape, ok);
	if (*tlp)
		append(blocks, run_of(tlp, "Small", NULL, NULL, ok), ok);
	return blocks;
}

static json_t *card_of(const struct bef_shape *shape, bool *ok)
{
	const char *mention = bef_chat_mention(shape->in);
	json_t *card = element("AdaptiveCard", ok);
	json_t *teams = json_object();

	bef_json_put_text(card, "$schema", "http://adaptivecards.io/schemas/adaptive-card.json", ok);
	bef_json_put_text(card, "version", "1.4", ok);
	bef_chat_put(card, "fallbackText", bef_text_str(&shape->title), &room, ok);
	bef_json_put_text(teams, "width", "Full", ok);
	if (mention)
		bef_json_put(teams, "entities", entities_of(mention, ok), ok);
	bef_json_put(card, "msteams", teams, ok);
	bef_json_put(card, "body", blocks_of(shape, mention, ok), ok);
	return card;
}

static enum bef_rc body_of(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	json_t *body = json_object();
	json_t *list = json_array();
	json_t *attachment = json_object();
	bool ok = true;

	bef_json_put_text(attachment, "contentType", "application/vnd.microsoft.card.adaptive", &ok);
	bef_json_put(attachment, "contentUrl", json_null(), &ok);
	bef_json_put(attachment, "content", card_of(shape, &ok), &ok);
	append(list, attachment, &ok);
	bef_json_put_text(body, "type", "message", &ok);
	bef_json_put(body, "attachments", list, &ok);
	return bef_shape_json(body, ok, out, err);
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	const char *mention = bef_chat_mention(in);
	enum bef_rc rc;

	bef_request_start(in, out);
	if (mention && (strlen(mention) > MENTION_MOST || !bef_chat_made_of(mention, BEF_CHAT_ALNUM "@._+-")))
		return bef_chat_wrong(in, "mention", "person@company.example, or the number of an Entra object",
		                      err);
	rc = bef_shape_body(in, &limits, body_of, out, err);
	return rc ? rc : bef_chat_end(out, true, err);
}

/* What the connectors of old answered with status 200, and a flow may still pass on. */
static const struct bef_ruling rulings[] = {
	{ 200, "", "HTTP error 429", "retry", N_("too many requests"), 60, false },
	{ 200, "", "failed with error", "permanent", N_("Teams could not post the message"), 0, false },
	{ 429, "", "", NULL, NULL, 60, false },
	{ 0, NULL, NULL, NULL, NULL, 0, false },
};

static void judge(struct bef_response *reply)
{
	bef_reply_rule(reply, rulings);
}

const struct bef_format bef_format_teams = {
	.name = "teams",
	.label = "Microsoft Teams",
	.help_en = "url: of a flow of Workflows that posts what a webhook brings; it dies with its owner's account: give it a second one. mention: person@company.example or the number of an Entra object.",
	.help_fr = "url : celle d'un flux Workflows qui publie ce qu'un webhook apporte ; il disparaît avec le compte de son propriétaire : lui en donner un second. mention : personne@societe.example ou le numéro d'un objet Entra.",
	.needs = 1u << BEF_SECRET_URL,
	.per_minute = 60,
	.render = render,
	.judge = judge,
};
