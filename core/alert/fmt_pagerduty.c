/* SPDX-License-Identifier: EUPL-1.2 */
/* PagerDuty, Events API v2.  The routing key stands in the body; a repeat with the same dedup_key is the same
 * alert there, so that a second attempt wakes nobody twice. */
#include <stdio.h>
#include <string.h>

#include "alert/shape.h"
#include "base/json.h"

/* A summary is at most 1024 characters, an event 512 kB. */
static const struct bef_limits limits = { BEF_UNIT_POINTS, 1000, 30000, 200000 };

/* What comes beside an incident has a key of its own, or nobody would be called once the incident itself
 * was taken charge of.  All that tells the incident's own course shares one, which the all-clear resolves. */
static void key_of(const struct bef_alarm *alarm, char out[128])
{
	static const char *const apart[] = { "overdue", "deadline", "missed", "review", "degraded", "test" };

	snprintf(out, 128, "%.40s", alarm->uuid);
	for (size_t i = 0; i < sizeof(apart) / sizeof(*apart); i++)
		if (strcmp(alarm->kind->name, apart[i]) == 0 && alarm->reach >= BEF_REACH_REDUCED)
			snprintf(out, 128, "%.40s/%s", alarm->uuid, apart[i]);
	if (alarm->test)
		snprintf(out, 128, "%.40s/test", alarm->uuid);
}

static const char *severity_of(const struct bef_alarm *alarm)
{
	static const char *const names[BEF_TONE_COUNT] = {
		[BEF_TONE_INFO] = "info",       [BEF_TONE_MINOR] = "warning", [BEF_TONE_MAJOR] = "error",
		[BEF_TONE_CRISIS] = "critical", [BEF_TONE_CLEAR] = "info",
	};

	return names[bef_alarm_tone(alarm)];
}

static json_t *details_of(const struct bef_shape *shape)
{
	json_t *details = json_object();
	bool ok = details != NULL;

	bef_json_put_text(details, "text", bef_text_str(&shape->text), &ok);
	for (int i = 0; i < shape->fact_count; i++)
		bef_json_put_text(details, shape->fact[i].name, shape->fact[i].value, &ok);
	if (ok)
		return details;
	json_decref(details);
	return NULL;
}

static json_t *payload_of(const struct bef_shape *shape)
{
	const struct bef_alarm *alarm = shape->in->alarm;
	json_t *payload = json_object();
	bool ok = payload != NULL;

	bef_json_put_text(payload, "summary", bef_text_str(&shape->title), &ok);
	bef_json_put_text(payload, "source", "beffroi", &ok);
	bef_json_put_text(payload, "severity", severity_of(alarm), &ok);
	bef_json_put_instant(payload, "timestamp", alarm->at_ms, &ok);
	bef_json_put_text(payload, "group", *alarm->ref ? alarm->ref : NULL, &ok);
	bef_json_put_text(payload, "class", bef_shape_type(alarm), &ok);
	bef_json_put(payload, "custom_details", details_of(shape), &ok);
	if (ok)
		return payload;
	json_decref(payload);
	return NULL;
}

static enum bef_rc body_of(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	const struct bef_alarm *alarm = shape->in->alarm;
	bool clear = bef_alarm_tone(alarm) == BEF_TONE_CLEAR;
	json_t *event = json_object();
	bool ok = event != NULL;
	char key[128];

	key_of(alarm, key);
	bef_json_put_text(event, "routing_key", shape->in->keys->value[BEF_SECRET_TOKEN], &ok);
	bef_json_put_text(event, "event_action", clear ? "resolve" : "trigger", &ok);
	bef_json_put_text(event, "dedup_key", key, &ok);
	bef_json_put(event, "payload", payload_of(shape), &ok);
	bef_json_put_text(event, "client", "beffroi", &ok);
	return bef_shape_json(event, ok, out, err);
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	enum bef_rc rc;

	bef_request_start(in, out);
	rc = bef_shape_body(in, &limits, body_of, out, err);
	return rc ? rc : bef_request_end(out, bef_request_header(out, "Content-Type", "application/json"), err);
}

/* 202: taken; whoever is on call is looked for afterwards.  429: "wait a few minutes", without a figure. */
static void judge(struct bef_response *reply)
{
	enum { LIMITED_S = 180 };

	if (reply->status == 429 && reply->retry_after_s == 0)
		reply->retry_after_s = LIMITED_S;
}

const struct bef_format bef_format_pagerduty = {
	.name = "pagerduty",
	.label = "PagerDuty",
	.help_en = "token: the integration key of a service (Events API v2). The all-clear resolves what the incident triggered.",
	.help_fr = "jeton : la clé d'intégration d'un service (Events API v2). La fin d'alerte résout ce que l'incident a déclenché.",
	.needs = 1u << BEF_SECRET_TOKEN,
	.url = "https://events.pagerduty.com/v2/enqueue",
	.per_minute = 60,
	.render = render,
	.judge = judge,
};
