/* SPDX-License-Identifier: EUPL-1.2 */
/* Prometheus Alertmanager, POST /api/v2/alerts.  An alert is its labels: what changes stays out of them. */
#include <string.h>

#include "alert/shape.h"
#include "base/date.h"
#include "base/json.h"

static const struct bef_limits limits = { BEF_UNIT_POINTS, 500, 8000, 64000 };

static const char path[] = "/api/v2/alerts";

/* One name for the course of the incident, one each for what goes on beside it and would otherwise be lost
 * in an alert that is known already. */
static const struct {
	const char *kind, *alertname;
} names[] = {
	{ "overdue", "beffroi_overdue" },   { "deadline", "beffroi_deadline" }, { "missed", "beffroi_missed" },
	{ "review", "beffroi_review" },     { "degraded", "beffroi_degraded" }, { NULL, "beffroi_incident" },
};

static const char *name_of(const struct bef_alarm *alarm)
{
	size_t i = 0;

	if (alarm->test)
		return "beffroi_test";
	if (alarm->reach < BEF_REACH_REDUCED)
		return "beffroi_incident";
	while (names[i].kind && strcmp(names[i].kind, alarm->kind->name) != 0)
		i++;
	return names[i].alertname;
}

static json_t *labels_of(const struct bef_alarm *alarm, const char *alertname)
{
	json_t *labels = json_object();
	bool ok = labels != NULL;

	bef_json_put_text(labels, "alertname", alertname, &ok);
	bef_json_put_text(labels, "service", "beffroi", &ok);
	bef_json_put_text(labels, "incident", *alarm->ref ? alarm->ref : NULL, &ok);
	bef_json_put_text(labels, "uuid", alarm->uuid, &ok);
	if (alarm->drill)
		bef_json_put_text(labels, "exercise", "true", &ok);
	if (ok)
		return labels;
	json_decref(labels);
	return NULL;
}

static json_t *annotations_of(const struct bef_shape *shape)
{
	json_t *annotations = json_object();
	bool ok = annotations != NULL;

	bef_json_put_text(annotations, "summary", bef_text_str(&shape->title), &ok);
	if (shape->text.len > 0)
		bef_json_put_text(annotations, "description", bef_text_str(&shape->text), &ok);
	for (int i = 0; i < shape->fact_count; i++)
		bef_json_put_text(annotations, shape->fact[i].name, shape->fact[i].value, &ok);
	if (ok)
		return annotations;
	json_decref(annotations);
	return NULL;
}

/* Without an end an alert is resolved after five minutes; a resolved one ends in the past. */
static void put_span(json_t *alert, const struct bef_alarm *alarm, bool clear, bool *ok)
{
	int64_t from = alarm->opened_at_ms && alarm->opened_at_ms < alarm->at_ms ? alarm->opened_at_ms : alarm->at_ms;
	int64_t to = clear        ? alarm->at_ms
	             : alarm->test ? alarm->now_ms + 5 * BEF_MINUTE_MS
	                           : alarm->now_ms + BEF_DAY_MS;

	bef_json_put_instant(alert, "startsAt", from, ok);
	bef_json_put_instant(alert, "endsAt", to > from ? to : from, ok);
}

static bool add_alert(json_t *list, const struct bef_shape *shape, const char *alertname, bool clear)
{
	json_t *alert = json_object();
	bool ok = alert != NULL;

	bef_json_put(alert, "labels", labels_of(shape->in->alarm, alertname), &ok);
	bef_json_put(alert, "annotations", annotations_of(shape), &ok);
	put_span(alert, shape->in->alarm, clear, &ok);
	if (json_array_append_new(list, alert) != 0)
		return false;
	return ok;
}

/* The all-clear resolves whatever may burn about the incident; what never burnt is no news there. */
static enum bef_rc body_of(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	bool clear = bef_alarm_tone(shape->in->alarm) == BEF_TONE_CLEAR;
	json_t *list = json_array();
	bool ok = list != NULL;

	if (!clear)
		ok = ok && add_alert(list, shape, name_of(shape->in->alarm), false);
	for (size_t i = 0; clear && i < sizeof(names) / sizeof(*names); i++)
		ok = ok && add_alert(list, shape, names[i].alertname, true);
	return bef_shape_json(list, ok, out, err);
}

/* The address may be given with or without the path. */
static void finish_url(struct bef_request *out)
{
	size_t len = sizeof(path) - 1;

	if (out->url.len < len || strcmp(out->url.data + out->url.len - len, path) != 0)
		bef_request_path(out, path);
}

static bool add_password(const struct bef_rendering *in, struct bef_request *out)
{
	const char *user = in->to->set[BEF_SET_USER], *password = in->keys->value[BEF_SECRET_PASSWORD];

	return user && password ? bef_shape_basic(out, user, password) : true;
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	bool ok;
	enum bef_rc rc;

	bef_request_start(in, out);
	finish_url(out);
	rc = bef_shape_body(in, &limits, body_of, out, err);
	if (rc)
		return rc;
	ok = bef_request_header(out, "Content-Type", "application/json") && add_password(in, out);
	return bef_request_end(out, ok, err);
}

const struct bef_format bef_format_alertmanager = {
	.name = "alertmanager",
	.label = "Prometheus Alertmanager",
	.help_en = "url: of the server (/api/v2/alerts is added); user and password if it wants them.",
	.help_fr = "url : celle du serveur (/api/v2/alerts est ajouté) ; utilisateur et mot_de_passe s'il en veut.",
	.audience = BEF_AUDIENCE_ORGANISATION,
	.needs = 1u << BEF_SECRET_URL,
	.per_minute = 120,
	.render = render,
};
