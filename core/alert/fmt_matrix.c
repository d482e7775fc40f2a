/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Matrix, and Tchap: the client's own API with a lasting token.  The transaction is named after the alert,
 * so that sending again makes no second message.  m.text, because clients do not ring for m.notice.  What
 * is sent is not encrypted: an encrypted room is refused unless the configuration allows it.
 */
#include <string.h>

#include "alert/reply.h"
#include "alert/chat.h"
#include "base/i18n.h"
#include "base/json.h"

/* An event has 65 536 bytes, of which the server needs some; the words are in it twice. */
static const struct bef_limits limits = { BEF_UNIT_BYTES, 1000, 16000, 60000 };
static const struct bef_chat_sheet sheet = { { 25000, BEF_UNIT_BYTES, NULL }, true, "", 0 };

static void put_lines(struct bef_text *out, const char *s)
{
	BEF_AUTO(text) html = { .max = 1 << 18 };

	bef_shape_html(&html, s);
	if (html.failed)
		out->failed = true;
	for (s = bef_text_str(&html); *s; s++) {
		if (*s == '\n')
			bef_text_puts(out, "<br>");
		else
			bef_text_putc(out, *s);
	}
}

static void put_html(const struct bef_shape *shape, const char *mention, struct bef_text *out)
{
	const struct bef_alarm_fact *facts[BEF_ALARM_FACTS];
	int count = bef_chat_facts(shape, facts);

	/* No colour: the red of a crisis can hardly be read on a dark screen. */
	bef_text_puts(out, "<p><strong>");
	put_lines(out, bef_text_str(&shape->title));
	bef_text_printf(out, "</strong>%s%s</p><p>", mention ? " " : "", mention ? mention : "");
	put_lines(out, bef_text_str(&shape->text));
	bef_text_puts(out, "</p><p>");
	for (int i = 0; i < count; i++) {
		BEF_AUTO(text) line = { .max = 512 };

		bef_text_printf(&line, tr("%s: %s"), facts[i]->label, facts[i]->value);
		put_lines(out, bef_text_str(&line));
		out->failed = out->failed || line.failed;
		bef_text_puts(out, "<br>");
	}
	bef_text_printf(out, "%s</p>", bef_chat_tlp(shape->in->alarm));
}

/* Always there: a room's members are woken by this list and by nothing that the text says. */
static json_t *mentions_of(const char *mention, bool *ok)
{
	json_t *object = json_object();
	json_t *users;

	if (!mention)
		return object;
	if (strcmp(mention, "@room") == 0) {
		bef_json_put_bool(object, "room", true, ok);
		return object;
	}
	users = json_array();
	if (json_array_append_new(users, json_string(mention)) != 0)
		*ok = false;
	bef_json_put(object, "user_ids", users, ok);
	return object;
}

static enum bef_rc body_of(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	const char *mention = bef_chat_mention(shape->in);
	enum bef_lang former = bef_lang_set(shape->in->alarm->lang);
	BEF_AUTO(text) plain = { .max = 1 << 18 };
	BEF_AUTO(text) html = { .max = 1 << 18 };
	enum bef_rc rc;
	json_t *body;
	bool ok = true;

	put_html(shape, mention, &html);
	bef_lang_set(former);
	rc = bef_chat_sheet(shape, &sheet, mention, &plain, err);
	if (plain.full || html.full)
		return bef_chat_too_large(out, err);
	if (rc)
		return rc;
	body = json_object();
	bef_json_put_text(body, "msgtype", "m.text", &ok);
	bef_json_put_text(body, "body", bef_text_str(&plain), &ok);
	bef_json_put_text(body, "format", "org.matrix.custom.html", &ok);
	bef_json_put_text(body, "formatted_body", bef_text_str(&html), &ok);
	bef_json_put(body, "m.mentions", mentions_of(mention, &ok), &ok);
	return bef_shape_json(body, ok && !html.failed, out, err);
}

/* Begin a request about the room.  A name (#room:server) would have to be looked up, and can be given to
 * another room: the number (!...:server) cannot. */
static enum bef_rc start(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	const char *room = in->to->set[BEF_SET_TO];

	bef_request_start(in, out);
	if (!room || *room != '!')
		return bef_chat_wrong(in, "to", "!ROOM:server.example", err);
	bef_request_path(out, "/_matrix/client/v3/rooms/");
	bef_shape_percent(&out->url, room);
	return BEF_OK;
}

static bool is_mention(const char *mention)
{
	const char *colon = strchr(mention, ':');

	if (strcmp(mention, "@room") == 0)
		return true;
	return *mention == '@' && colon > mention + 1 && colon[1] &&
	       bef_chat_made_of(mention, BEF_CHAT_ALNUM "@:._=/+-");
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	const char *mention = bef_chat_mention(in);
	enum bef_rc rc = start(in, out, err);

	if (rc == BEF_OK && mention && !is_mention(mention))
		rc = bef_chat_wrong(in, "mention", "@room, @user:server.example", err);
	if (rc)
		return rc;
	out->method = "PUT";
	bef_text_puts(&out->url, "/send/m.room.message/");
	bef_shape_percent(&out->url, in->alarm->id);
	rc = bef_shape_body(in, &limits, body_of, out, err);
	return rc ? rc : bef_chat_end(out, bef_chat_bearer(out, in->keys->value[BEF_SECRET_TOKEN]), err);
}

static const struct bef_ruling rulings[] = {
	{ 200, "event_id", NULL, NULL, NULL, 0, true },
	{ 0, "errcode", "M_LIMIT_EXCEEDED", "retry", N_("too many requests"), 0, false },
	{ 0, "errcode", "M_UNKNOWN_TOKEN", "suspend", N_("the token is no longer valid"), 0, false },
	{ 0, "errcode", "M_MISSING_TOKEN", "suspend", N_("the token is missing"), 0, false },
	{ 0, "errcode", "M_USER_DEACTIVATED", "suspend", N_("the account is closed"), 0, false },
	{ 0, "errcode", "M_FORBIDDEN", "suspend", N_("the account is not in the room, or may not write there"), 0,
	  false },
	{ 0, "errcode", "M_UNRECOGNIZED", "suspend", N_("this address is not that of a Matrix server"), 0, false },
	{ 0, "errcode", "M_TOO_LARGE", "permanent", N_("too large"), 0, false },
	{ 0, NULL, NULL, NULL, NULL, 0, false },
};

static void judge(struct bef_response *reply)
{
	bef_reply_rule(reply, rulings);
	bef_reply_wait(reply, "retry_after_ms", 1000);
}

static enum bef_rc ask(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	enum bef_rc rc = start(in, out, err);

	if (rc)
		return rc;
	out->method = "GET";
	bef_text_puts(&out->url, "/state/m.room.encryption");
	return bef_request_end(out, bef_chat_bearer(out, in->keys->value[BEF_SECRET_TOKEN]), err);
}

static void asked(struct bef_response *reply, const struct bef_destination *to, int64_t now_s, int64_t *clock_offset_s)
{
	char code[40] = "";

	(void)now_s;
	(void)clock_offset_s;
	judge(reply);
	reply->posted = false;
	bef_reply_member(reply->text, "errcode", code, sizeof(code));
	if (reply->status == 404 && strcmp(code, "M_UNRECOGNIZED") != 0)
		bef_reply_set(reply, "ok", N_("the room is not encrypted"));
	else if (reply->status >= 200 && reply->status < 300 && to->plaintext)
		bef_reply_set(reply, "ok", N_("the room is encrypted, and clear text is allowed there"));
	else if (reply->status >= 200 && reply->status < 300)
		bef_reply_set(reply, "suspend",
		              N_("the room is encrypted: nothing is sent there in clear unless plaintext is set"));
}

const struct bef_format bef_format_matrix = {
	.name = "matrix",
	.label = "Matrix, Tchap",
	.help_en = "url: of the server; to: the room's number, !ROOM:server; token: a bot's lasting one; mention: @room, @user:server. What is sent is not encrypted: a room that is gets nothing, unless plaintext = yes.",
	.help_fr = "url : celle du serveur ; vers : le numéro du salon, !SALON:serveur ; jeton : celui d'un robot, durable ; mention : @room, @personne:serveur. L'envoi n'est pas chiffré : un salon chiffré ne reçoit rien, sauf texte_en_clair = oui.",
	.audience = BEF_AUDIENCE_ORGANISATION,
	.needs = 1u << BEF_SECRET_URL | 1u << BEF_SECRET_TOKEN,
	.needs_set = 1u << BEF_SET_TO,
	.per_minute = 30,
	.render = render,
	.judge = judge,
	.ask = ask,
	.asked = asked,
};
