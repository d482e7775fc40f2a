/* SPDX-License-Identifier: EUPL-1.2 */
/* Standard Webhooks 1.0.0: {"type", "timestamp", "data"}, signed.  For a program that knows beffroi. */
#include <stdio.h>

#include "alert/generic.h"
#include "alert/shape.h"
#include "alert/webhook.h"
#include "base/date.h"
#include "base/json.h"

/* The specification advises to stay below 20 kB. */
static const struct bef_limits limits = { BEF_UNIT_BYTES, 1000, 16000, 20000 };

static json_t *incident_of(const struct bef_shape *shape)
{
	const struct bef_alarm *alarm = shape->in->alarm;
	json_t *incident = json_object();
	bool ok = incident != NULL;

	bef_json_put_text(incident, "ref", alarm->ref, &ok);
	bef_json_put_text(incident, "uuid", alarm->uuid, &ok);
	if (alarm->reach == BEF_REACH_FULL) {
		BEF_AUTO(text) title = { .max = 4000 };

		bef_shape_cut(&title, alarm->title, limits.title, limits.unit, NULL);
		bef_json_put_text(incident, "title", bef_text_str(&title), &ok);
		ok = ok && !title.failed;
	}
	if (alarm->reach >= BEF_REACH_REDUCED)
		bef_json_put_text(incident, "severity", alarm->severity, &ok);
	if (alarm->reach == BEF_REACH_FULL) {
		bef_json_put_text(incident, "type", alarm->type, &ok);
		bef_json_put_text(incident, "phase", alarm->phase, &ok);
		bef_json_put_text(incident, "state", alarm->state, &ok);
	}
	bef_json_put_text(incident, "tlp", alarm->tlp, &ok);
	if (ok)
		return incident;
	json_decref(incident);
	return NULL;
}

static void put_witness(json_t *data, const struct bef_alarm *alarm, bool *ok)
{
	char corrects[16];

	bef_json_put_text(data, "role", alarm->role, ok);
	snprintf(corrects, sizeof(corrects), "%d", alarm->corrects);
	bef_json_put_text(data, "corrects", alarm->corrects > 0 ? corrects : NULL, ok);
	bef_json_put_text(data, "head", alarm->head, ok);
	if (alarm->head)
		bef_json_put_int(data, "entries", alarm->entries, ok);
}

json_t *bef_generic_data(const struct bef_shape *shape)
{
	const struct bef_alarm *alarm = shape->in->alarm;
	enum bef_lang former = bef_lang_set(alarm->lang);
	json_t *data = json_object();
	bool ok = data != NULL;

	bef_json_put(data, "incident", incident_of(shape), &ok);
	bef_json_put_int(data, "seq", alarm->seq, &ok);
	bef_json_put_text(data, "level", alarm->reach >= BEF_REACH_REDUCED ? alarm->level : NULL, &ok);
	if (alarm->test || alarm->drill)
		bef_json_put_text(data, "mark", alarm->test ? tr("[TEST]") : tr("[DRILL]"), &ok);
	bef_json_put_text(data, "title_line", bef_text_str(&shape->title), &ok);
	bef_json_put_text(data, "text", bef_text_str(&shape->text), &ok);
	bef_json_put_bool(data, "is_test", alarm->test, &ok);
	bef_json_put_bool(data, "is_exercise", alarm->drill, &ok);
	if (alarm->reach == BEF_REACH_FULL)
		put_witness(data, alarm, &ok);
	bef_lang_set(former);
	if (ok)
		return data;
	json_decref(data);
	return NULL;
}

static enum bef_rc body_of(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	json_t *body = json_object();
	bool ok = body != NULL;

	bef_json_put_text(body, "type", bef_shape_type(shape->in->alarm), &ok);
	bef_json_put_instant(body, "timestamp", shape->in->alarm->at_ms, &ok);
	bef_json_put(body, "data", bef_generic_data(shape), &ok);
	return bef_shape_json(body, ok, out, err);
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	bool ok;
	enum bef_rc rc;

	bef_request_start(in, out);
	rc = bef_shape_body(in, &limits, body_of, out, err);
	if (rc)
		return rc;
	ok = bef_request_header(out, "Content-Type", "application/json");
	rc = bef_webhook_headers(in, out, err);
	return rc ? rc : bef_request_end(out, ok, err);
}

const struct bef_format bef_format_generic = {
	.name = "generic",
	.label = "Standard Webhooks",
	.help_en = "For a program of yours. url: where it listens; secret: whsec_..., at least 24 bytes, the same on both sides; old_secret: the one before, while you change it.",
	.help_fr = "Pour un programme à vous. url : là où il écoute ; secret : whsec_..., au moins 24 octets, le même des deux côtés ; ancien_secret : le précédent, le temps d'en changer.",
	.audience = BEF_AUDIENCE_ORGANISATION,
	.needs = 1u << BEF_SECRET_URL | 1u << BEF_SECRET_SIGNING,
	.per_minute = 60,
	.render = render,
};
