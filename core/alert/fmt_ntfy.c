/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * ntfy: JSON to the server's root, since its headers hold ASCII only.  Above 4096 bytes a message becomes
 * an attachment, or an error.  It never says how long to wait, and bars who does not.
 */
#include <string.h>

#include "alert/reply.h"
#include "alert/chat.h"
#include "base/json.h"

static const struct bef_limits limits = { BEF_UNIT_BYTES, 250, 3800, 30000 };
static const struct bef_chat_sheet sheet = { { 3800, BEF_UNIT_BYTES, NULL }, false, "", 250 };

static void put_tone(json_t *body, enum bef_tone tone, bool *ok)
{
	static const struct {
		int priority;
		const char *tag;
	} rows[BEF_TONE_COUNT] = {
		[BEF_TONE_INFO] = { 2, NULL },
		[BEF_TONE_MINOR] = { 3, NULL },
		[BEF_TONE_MAJOR] = { 4, "warning" },
		[BEF_TONE_CRISIS] = { 5, "rotating_light" },
		[BEF_TONE_CLEAR] = { 4, "white_check_mark" },
	};
	json_t *tags;

	bef_json_put_int(body, "priority", rows[tone].priority, ok);
	if (!rows[tone].tag)
		return;
	tags = json_array();
	if (json_array_append_new(tags, json_string(rows[tone].tag)) != 0)
		*ok = false;
	bef_json_put(body, "tags", tags, ok);
}

static enum bef_rc body_of(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	BEF_AUTO(text) message = { .max = 16000 };
	enum bef_rc rc = bef_chat_sheet(shape, &sheet, NULL, &message, err);
	json_t *body;
	bool ok = true;

	if (message.full)
		return bef_chat_too_large(out, err);
	if (rc)
		return rc;
	body = json_object();
	bef_json_put_text(body, "topic", shape->in->to->set[BEF_SET_TO], &ok);
	bef_json_put_text(body, "title", bef_text_str(&shape->headline), &ok);
	bef_json_put_text(body, "message", bef_text_str(&message), &ok);
	put_tone(body, bef_alarm_tone(shape->in->alarm), &ok);
	return bef_shape_json(body, ok, out, err);
}

/* A token, or a name and a password, or nothing for a topic that is open to all. */
static bool authorize(const struct bef_rendering *in, struct bef_request *out)
{
	const char *token = in->keys->value[BEF_SECRET_TOKEN];
	const char *password = in->keys->value[BEF_SECRET_PASSWORD];
	const char *user = in->to->set[BEF_SET_USER];

	if (token)
		return bef_chat_bearer(out, token);
	return !user || !password || bef_shape_basic(out, user, password);
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	const char *topic = in->to->set[BEF_SET_TO];
	enum bef_rc rc;

	bef_request_start(in, out);
	if (!topic || strlen(topic) > 64 || !bef_chat_made_of(topic, BEF_CHAT_ALNUM "_-"))
		return bef_chat_wrong(in, "to", "alerts-7Qk2 (A-Z a-z 0-9 _ -)", err);
	rc = bef_shape_body(in, &limits, body_of, out, err);
	return rc ? rc : bef_chat_end(out, authorize(in, out), err);
}

/* What is over for today comes back tomorrow: the next tries are an hour apart, and meanwhile the
 * fallback has its turn. */
static const struct bef_ruling rulings[] = {
	{ 200, "id", NULL, NULL, NULL, 0, true },
	{ 0, "code", "42901", "retry", N_("too many requests"), 60, false },
	{ 0, "code", "42908", "retry", N_("the messages allowed for today are used up"), 3600, false },
	{ 0, "code", "42909", "retry", N_("too many failed logins from this machine"), 600, false },
	{ 429, "", "", NULL, NULL, 60, false },
	{ 0, NULL, NULL, NULL, NULL, 0, false },
};

static void judge(struct bef_response *reply)
{
	bef_reply_rule(reply, rulings);
}

const struct bef_format bef_format_ntfy = {
	.name = "ntfy",
	.label = "ntfy",
	.help_en = "url: of the server; to: the topic (whoever guesses it reads it: make it long, or protect it); token, or user and password, if it is protected.",
	.help_fr = "url : celle du serveur ; vers : le sujet (qui le devine le lit : le choisir long, ou le protéger) ; jeton, ou utilisateur et mot_de_passe, s'il est protégé.",
	.needs = 1u << BEF_SECRET_URL,
	.needs_set = 1u << BEF_SET_TO,
	.per_minute = 12,
	.render = render,
	.judge = judge,
};
