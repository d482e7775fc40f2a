/* SPDX-License-Identifier: EUPL-1.2 */
/* CloudEvents 1.0 over HTTP, structured or binary; signed as Standard Webhooks when there is a secret. */
#include <stdio.h>
#include <string.h>

#include "alert/generic.h"
#include "alert/webhook.h"
#include "base/date.h"
#include "base/json.h"

static const struct bef_limits limits = { BEF_UNIT_BYTES, 1000, 16000, 24000 };

enum { ATTRIBUTES_MOST = 12 };

/* Context attributes (spec 1.0, "Required" and "Optional Attributes"); the last three are extensions,
 * whose names are lower-case letters alone. */
struct attribute {
	const char *name;
	char value[192];
};

static void add(struct attribute *list, int *count, const char *name, const char *value)
{
	struct attribute *a = &list[*count];

	if (!*value)
		return;
	a->name = name;
	snprintf(a->value, sizeof(a->value), "%.*s", (int)bef_utf8_cut(value, sizeof(a->value) - 1), value);
	(*count)++;
}

static int attributes_of(const struct bef_alarm *alarm, struct attribute list[ATTRIBUTES_MOST])
{
	char text[192];
	int count = 0;

	add(list, &count, "specversion", "1.0");
	add(list, &count, "id", alarm->id);
	snprintf(text, sizeof(text), "urn:uuid:%.40s", alarm->uuid);
	add(list, &count, "source", text);
	snprintf(text, sizeof(text), "org.beffroi.%.60s.v1", bef_shape_type(alarm));
	add(list, &count, "type", text);
	add(list, &count, "time", bef_date_utc(alarm->at_ms, text));
	add(list, &count, "subject", alarm->ref);
	add(list, &count, "tlp", alarm->tlp);
	if (alarm->reach >= BEF_REACH_REDUCED)
		add(list, &count, "severity", alarm->severity);
	/* The extension's order is that of text, hence the zeros. */
	snprintf(text, sizeof(text), "%08d", alarm->seq);
	add(list, &count, "sequence", text);
	return count;
}

static enum bef_rc structured_body(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	struct attribute list[ATTRIBUTES_MOST];
	int count = attributes_of(shape->in->alarm, list);
	json_t *event = json_object();
	bool ok = event != NULL;

	for (int i = 0; i < count; i++)
		bef_json_put_text(event, list[i].name, list[i].value, &ok);
	bef_json_put_text(event, "datacontenttype", "application/json", &ok);
	bef_json_put(event, "data", bef_generic_data(shape), &ok);
	return bef_shape_json(event, ok, out, err);
}

static enum bef_rc binary_body(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	return bef_shape_json(bef_generic_data(shape), true, out, err);
}

/* HTTP binding, 3.1.3.2: space, quote, percent and all outside U+0021 to U+007E. */
static bool binary_header(struct bef_request *out, const struct attribute *attribute)
{
	BEF_AUTO(text) value = { .max = 1024 };
	char name[32];

	for (const char *s = attribute->value; *s; s++) {
		if (*s <= ' ' || *s > '~' || *s == '"' || *s == '%')
			bef_text_printf(&value, "%%%02X", (unsigned char)*s);
		else
			bef_text_putc(&value, *s);
	}
	snprintf(name, sizeof(name), "ce-%s", attribute->name);
	return !value.failed && bef_request_header(out, name, bef_text_str(&value));
}

static bool binary_headers(const struct bef_alarm *alarm, struct bef_request *out)
{
	struct attribute list[ATTRIBUTES_MOST];
	int count = attributes_of(alarm, list);
	bool ok = bef_request_header(out, "Content-Type", "application/json");

	for (int i = 0; ok && i < count; i++)
		ok = binary_header(out, &list[i]);
	return ok;
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	const char *mode = in->to->set[BEF_SET_MODE];
	bool binary = mode && strcmp(mode, "binary") == 0;
	bool ok;
	enum bef_rc rc;

	bef_request_start(in, out);
	if (mode && !binary && strcmp(mode, "structured") != 0)
		return bef_fail(err, BEF_USAGE, tr("mode '%s' is neither structured nor binary"), BEF_SHORT(mode, 40));
	rc = bef_shape_body(in, &limits, binary ? binary_body : structured_body, out, err);
	if (rc)
		return rc;
	ok = binary ? binary_headers(in->alarm, out)
	            : bef_request_header(out, "Content-Type", "application/cloudevents+json; charset=utf-8");
	if (in->keys->value[BEF_SECRET_SIGNING])
		rc = bef_webhook_headers(in, out, err);
	return rc ? rc : bef_request_end(out, ok, err);
}

const struct bef_format bef_format_cloudevents = {
	.name = "cloudevents",
	.label = "CloudEvents",
	.help_en = "For a bus of events. mode: structured (default) or binary; secret: if there is one, it signs as for generic.",
	.help_fr = "Pour un bus d'événements. mode : structured (par défaut) ou binary ; secret : s'il y en a un, il signe comme pour generic.",
	.audience = BEF_AUDIENCE_ORGANISATION,
	.needs = 1u << BEF_SECRET_URL,
	.per_minute = 60,
	.render = render,
};
