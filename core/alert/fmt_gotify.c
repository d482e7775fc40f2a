/* SPDX-License-Identifier: EUPL-1.2 */
/* Gotify: the application's token goes into a header, never into the address, which servers log. */
#include "alert/reply.h"
#include "alert/chat.h"
#include "base/json.h"

/* No limit is published; a telephone shows no more than this. */
static const struct bef_limits limits = { BEF_UNIT_BYTES, 250, 8000, 32000 };
static const struct bef_chat_sheet sheet = { { 8000, BEF_UNIT_BYTES, NULL }, false, "", 250 };

static const int priorities[BEF_TONE_COUNT] = {
	[BEF_TONE_INFO] = 2, [BEF_TONE_MINOR] = 5, [BEF_TONE_MAJOR] = 8, [BEF_TONE_CRISIS] = 10, [BEF_TONE_CLEAR] = 7,
};

static enum bef_rc body_of(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	BEF_AUTO(text) message = { .max = 32000 };
	enum bef_rc rc = bef_chat_sheet(shape, &sheet, NULL, &message, err);
	json_t *body;
	json_t *extras;
	json_t *display;
	bool ok = true;

	if (message.full)
		return bef_chat_too_large(out, err);
	if (rc)
		return rc;
	body = json_object();
	extras = json_object();
	display = json_object();
	bef_json_put_text(body, "title", bef_text_str(&shape->headline), &ok);
	bef_json_put_text(body, "message", bef_text_str(&message), &ok);
	bef_json_put_int(body, "priority", priorities[bef_alarm_tone(shape->in->alarm)], &ok);
	bef_json_put_text(display, "contentType", "text/plain", &ok);
	bef_json_put(extras, "client::display", display, &ok);
	bef_json_put(body, "extras", extras, &ok);
	return bef_shape_json(body, ok, out, err);
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	enum bef_rc rc;

	bef_request_start(in, out);
	bef_request_path(out, "/message");
	rc = bef_shape_body(in, &limits, body_of, out, err);
	return rc ? rc : bef_chat_end(out, bef_request_header(out, "X-Gotify-Key", in->keys->value[BEF_SECRET_TOKEN]),
	                              err);
}

static const struct bef_ruling rulings[] = {
	{ 200, "id", NULL, NULL, NULL, 0, true },
	{ 0, NULL, NULL, NULL, NULL, 0, false },
};

static void judge(struct bef_response *reply)
{
	bef_reply_rule(reply, rulings);
}

const struct bef_format bef_format_gotify = {
	.name = "gotify",
	.label = "Gotify",
	.help_en = "url: of the server; token: of an application.",
	.help_fr = "url : celle du serveur ; jeton : celui d'une application.",
	.audience = BEF_AUDIENCE_ORGANISATION,
	.needs = 1u << BEF_SECRET_URL | 1u << BEF_SECRET_TOKEN,
	.per_minute = 60,
	.render = render,
	.judge = judge,
};
