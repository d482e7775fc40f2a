/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Slack, incoming webhook.  Free text stands in plain_text objects, where nothing is markup; Slack's three
 * characters are entities all the same, since it decodes them there too.  `text` is what phones announce
 * and screen readers read: it says everything that matters.
 */
#include <string.h>

#include "alert/reply.h"
#include "alert/chat.h"
#include "base/json.h"

static const struct bef_limits limits = { BEF_UNIT_UTF16, 300, 3000, 60000 };
static const struct bef_chat_room header_room = { 150, BEF_UNIT_UTF16, bef_shape_entities };
static const struct bef_chat_room section_room = { 3000, BEF_UNIT_UTF16, bef_shape_entities };
static const struct bef_chat_room field_room = { 2000, BEF_UNIT_UTF16, bef_shape_entities };

static json_t *plain(const char *text, const struct bef_chat_room *room, bool *ok)
{
	json_t *object = json_object();

	bef_json_put_text(object, "type", "plain_text", ok);
	bef_chat_put(object, "text", text, room, ok);
	/* ":fire:" in a title is what somebody typed. */
	bef_json_put_bool(object, "emoji", false, ok);
	return object;
}

/* A block with one member, which is taken whatever happens. */
static void add_block(json_t *blocks, const char *type, const char *key, json_t *value, bool *ok)
{
	json_t *block = json_object();

	bef_json_put_text(block, "type", type, ok);
	bef_json_put(block, key, value, ok);
	if (json_array_append_new(blocks, block) != 0)
		*ok = false;
}

static json_t *mention_of(const char *mention, bool *ok)
{
	json_t *object = json_object();

	bef_json_put_text(object, "type", "mrkdwn", ok);
	bef_json_put_text(object, "text", mention, ok);
	bef_json_put_bool(object, "verbatim", true, ok);
	return object;
}

static void add_facts(json_t *blocks, const struct bef_shape *shape, bool *ok)
{
	const struct bef_alarm_fact *facts[BEF_ALARM_FACTS];
	int count = bef_chat_facts(shape, facts);
	json_t *fields = json_array();

	for (int i = 0; i < count; i++) {
		BEF_AUTO(text) pair = { .max = 512 };

		bef_text_printf(&pair, "%s\n%s", facts[i]->label, facts[i]->value);
		if (json_array_append_new(fields, plain(bef_text_str(&pair), &field_room, ok)) != 0 || pair.failed)
			*ok = false;
	}
	if (count > 0)
		add_block(blocks, "section", "fields", fields, ok);
	else
		json_decref(fields);
}

/* "@channel" is what people say; what Slack wants is "<!channel>". */
static const char *mention_for(const struct bef_rendering *in)
{
	static const char *const rows[][2] = {
		{ "@channel", "<!channel>" }, { "@here", "<!here>" }, { "@everyone", "<!everyone>" },
	};
	const char *mention = bef_chat_mention(in);

	for (size_t i = 0; mention && i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(mention, rows[i][0]) == 0)
			return rows[i][1];
	return mention;
}

static bool is_mention(const char *mention)
{
	size_t len = strlen(mention);

	return len > 3 && len < 80 && mention[0] == '<' && strchr("!@", mention[1]) && mention[len - 1] == '>' &&
	       strspn(mention + 2, BEF_CHAT_ALNUM "^") == len - 3;
}

static json_t *head_blocks(const struct bef_shape *shape, const char *mention, bool *ok)
{
	json_t *blocks = json_array();

	add_block(blocks, "header", "text", plain(bef_text_str(&shape->title), &header_room, ok), ok);
	if (mention)
		add_block(blocks, "section", "text", mention_of(mention, ok), ok);
	return blocks;
}

/* What stands beside the coloured bar: words, facts, marking. */
static json_t *attachment_of(const struct bef_shape *shape, bool *ok)
{
	const char *tlp = bef_chat_tlp(shape->in->alarm);
	json_t *attachment = json_object();
	json_t *blocks = json_array();
	json_t *elements = json_array();

	if (shape->text.len > 0)
		add_block(blocks, "section", "text", plain(bef_text_str(&shape->text), &section_room, ok), ok);
	add_facts(blocks, shape, ok);
	if (json_array_append_new(elements, plain(*tlp ? tlp : "beffroi", &field_room, ok)) != 0)
		*ok = false;
	add_block(blocks, "context", "elements", elements, ok);
	bef_json_put_text(attachment, "color", bef_shape_hex(bef_alarm_tone(shape->in->alarm)), ok);
	bef_json_put(attachment, "blocks", blocks, ok);
	return attachment;
}

static enum bef_rc body_of(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	const char *mention = mention_for(shape->in);
	BEF_AUTO(text) announced = { .max = 32000 };
	json_t *body = json_object();
	json_t *attachments = json_array();
	bool ok = true;

	bef_shape_entities(&announced, bef_text_str(&shape->title));
	bef_text_printf(&announced, "%s%s\n", mention ? " " : "", mention ? mention : "");
	bef_shape_cut(&announced, bef_text_str(&shape->text), section_room.most, section_room.unit,
	              section_room.escape);
	bef_json_put_text(body, "text", bef_text_str(&announced), &ok);
	bef_json_put(body, "blocks", head_blocks(shape, mention, &ok), &ok);
	if (json_array_append_new(attachments, attachment_of(shape, &ok)) != 0)
		ok = false;
	bef_json_put(body, "attachments", attachments, &ok);
	return bef_shape_json(body, ok && !announced.failed, out, err);
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	const char *mention = mention_for(in);
	enum bef_rc rc;

	bef_request_start(in, out);
	if (mention && !is_mention(mention))
		return bef_chat_wrong(in, "mention", "<!channel>, <!here>, <!subteam^ID>, <@USER>", err);
	rc = bef_shape_body(in, &limits, body_of, out, err);
	return rc ? rc : bef_chat_end(out, true, err);
}

static const struct bef_ruling rulings[] = {
	{ 200, NULL, "ok", NULL, NULL, 0, true },
	{ 0, NULL, "rollup_error", "retry", N_("Slack could not post it this time"), 0, false },
	{ 0, NULL, "invalid_payload", "permanent", N_("Slack refuses the message as it is"), 0, false },
	{ 0, NULL, "user_not_found", "permanent", N_("Slack does not know the mention"), 0, false },
	{ 0, NULL, "too_many_attachments", "permanent", N_("Slack refuses the message as it is"), 0, false },
	{ 0, NULL, "no_text", "permanent", N_("Slack refuses the message as it is"), 0, false },
	{ 0, NULL, "action_prohibited", "suspend", N_("the workspace forbids this webhook"), 0, false },
	{ 0, NULL, "posting_to_general_channel_denied", "suspend", N_("the workspace forbids this webhook"), 0, false },
	{ 0, NULL, "invalid_token", "suspend", N_("the webhook is no longer valid"), 0, false },
	{ 0, NULL, "no_service", "suspend", N_("the webhook is no longer valid"), 0, false },
	{ 0, NULL, "no_service_id", "suspend", N_("the webhook is no longer valid"), 0, false },
	{ 0, NULL, "no_active_hooks", "suspend", N_("the webhook is no longer valid"), 0, false },
	{ 0, NULL, "no_team", "suspend", N_("the workspace is closed"), 0, false },
	{ 0, NULL, "team_disabled", "suspend", N_("the workspace is closed"), 0, false },
	{ 0, NULL, "channel_not_found", "suspend", N_("the channel is gone"), 0, false },
	{ 0, NULL, "channel_is_archived", "suspend", N_("the channel is archived"), 0, false },
	/* A failure in disguise, or another service behind this address. */
	{ 200, "", "", "permanent", N_("it answered something else than ok: the message was not posted"), 0, false },
	{ 0, NULL, NULL, NULL, NULL, 0, false },
};

static void judge(struct bef_response *reply)
{
	bef_reply_rule(reply, rulings);
	bef_reply_wait(reply, "retry_after", 1);
}

const struct bef_format bef_format_slack = {
	.name = "slack",
	.label = "Slack",
	.help_en = "url: of an \"incoming webhook\" of the channel; mention: <!channel>, <!here>, <!subteam^ID>, <@USER>.",
	.help_fr = "url : celle d'un « incoming webhook » du canal ; mention : <!channel>, <!here>, <!subteam^ID>, <@UTILISATEUR>.",
	.needs = 1u << BEF_SECRET_URL,
	.per_minute = 60,
	.render = render,
	.judge = judge,
};
