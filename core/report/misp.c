/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A MISP event (draft-dulaunoy-misp-core-format): most scalars are strings, and
 * 1 is the highest threat level.  Shared with nobody by itself: distribution 0,
 * not published.
 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/rsit.h"
#include "report/misp.h"

struct misp {
	const struct bef_case *c;
	const struct bef_report_input *in;
	const struct bef_export_opts *opts;
	json_t *attributes;
	const int64_t *touched_ms; /* bef_export_touched() */
	int left_out;
	bool ok, whole;
};

static void put_seconds(struct misp *m, json_t *object, const char *key, int64_t at_ms)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld", (long long)(at_ms / 1000));
	bef_json_put_text(object, key, text, &m->ok);
}

static void put_tag(struct misp *m, json_t *object, const char *name)
{
	json_t *tags = json_object_get(object, "Tag");

	if (!tags) {
		tags = json_array();
		bef_json_put(object, "Tag", tags, &m->ok);
	}
	if (m->ok && json_array_append_new(tags, json_pack("{s:s, s:b}", "name", name, "exportable", 1)) != 0)
		m->ok = false;
}

static void put_tlp(struct misp *m, json_t *object, const char *tlp)
{
	char tag[32];

	snprintf(tag, sizeof(tag), "tlp:%.20s", tlp);
	put_tag(m, object, tag);
}

/* What makes an attribute. */
struct attribute {
	const struct bef_line *line;
	struct misp_kind kind;
	const char *value, *comment;
	bool to_ids;
};

static json_t *attribute_of(struct misp *m, const struct attribute *a)
{
	char name[BEF_EXPORT_NAME], uuid[BEF_EXPORT_ID] = "";
	json_t *object = json_object();

	if (!object || !bef_export_id(&m->c->log, NULL, bef_export_name(a->line, "attribute", "", name), uuid))
		m->ok = false;
	bef_json_put_text(object, "uuid", uuid, &m->ok);
	bef_json_put_text(object, "event_id", "0", &m->ok);
	bef_json_put_text(object, "type", a->kind.type, &m->ok);
	bef_json_put_text(object, "category", a->kind.category, &m->ok);
	bef_json_put_text(object, "value", a->value, &m->ok);
	bef_json_put_bool(object, "to_ids", a->to_ids, &m->ok);
	bef_json_put_text(object, "distribution", "5", &m->ok); /* as the event */
	bef_json_put_text(object, "sharing_group_id", "0", &m->ok);
	put_seconds(m, object, "timestamp", m->touched_ms[a->line->number - 1]);
	bef_json_put_bool(object, "deleted", false, &m->ok);
	bef_json_put_text(object, "comment", a->comment ? a->comment : "", &m->ok);
	return object;
}

static void put_observable(struct misp *m, const struct bef_observable *one)
{
	const struct attribute a = { one->line, misp_observable_kind(one), one->value, bef_line_text(one->line, "text"),
		                     strcmp(one->status, "confirmed") == 0 && bef_observable_detects(one) };
	json_t *object = attribute_of(m, &a);
	char tag[64];

	bef_json_put_instant(object, "first_seen", one->first_seen_at_ms, &m->ok);
	if (one->last_seen_at_ms >= one->first_seen_at_ms)
		bef_json_put_instant(object, "last_seen", one->last_seen_at_ms, &m->ok);
	put_tlp(m, object, bef_observable_tlp(m->c, one));
	if (one->pap)
		put_tag(m, object, bef_word_label(&bef_paps, one->pap));
	snprintf(tag, sizeof(tag), "beffroi:status=\"%.20s\"", one->status);
	put_tag(m, object, tag);
	if (m->ok && json_array_append_new(m->attributes, object) != 0)
		m->ok = false;
	else if (!m->ok)
		json_decref(object);
}

static void put_asset(struct misp *m, const struct bef_asset *one)
{
	const struct attribute a = { one->line, misp_asset_kind(one), one->name, bef_line_text(one->line, "text"),
		                     false };
	json_t *object = attribute_of(m, &a);
	char tag[64];

	put_tlp(m, object, m->c->tlp);
	snprintf(tag, sizeof(tag), "beffroi:asset=\"%.30s\"", one->status);
	put_tag(m, object, tag);
	if (m->ok && json_array_append_new(m->attributes, object) != 0)
		m->ok = false;
	else if (!m->ok)
		json_decref(object);
}

static void put_attributes(struct misp *m)
{
	for (size_t i = 0; i < m->c->observable_count; i++) {
		const struct bef_observable *one = &m->c->observable[i];

		if (!bef_export_is_shared(one, &m->ok))
			continue;
		if (bef_export_may(m->opts, bef_observable_tlp(m->c, one)))
			put_observable(m, one);
		else
			m->left_out++;
	}
	for (size_t i = 0; i < m->c->asset_count; i++) {
		if (!bef_line_counts(m->c->asset[i].line) || !m->c->asset[i].name)
			continue;
		if (m->whole)
			put_asset(m, &m->c->asset[i]);
		else
			m->left_out++;
	}
}

/* The same organisation in every event. */
static void put_organisation(struct misp *m, json_t *event)
{
	const char *name = *m->in->organisation ? m->in->organisation : "Unnamed organisation";
	BEF_AUTO(text) key = { .max = 1024 };
	char uuid[BEF_EXPORT_ID] = "";

	bef_text_printf(&key, "identity:%s", name);
	if (key.failed || !bef_export_id(&bef_export_space, NULL, bef_text_str(&key), uuid))
		m->ok = false;
	bef_json_put(event, "Org", json_pack("{s:s, s:s, s:s}", "id", "0", "name", name, "uuid", uuid), &m->ok);
	bef_json_put(event, "Orgc", json_pack("{s:s, s:s, s:s}", "id", "0", "name", name, "uuid", uuid), &m->ok);
	bef_json_put_text(event, "org_id", "0", &m->ok);
	bef_json_put_text(event, "orgc_id", "0", &m->ok);
}

static void put_info(struct misp *m, json_t *event)
{
	BEF_AUTO(text) info = { .max = 4096 };
	BEF_AUTO(text) line = { .max = 4096 };

	if (m->c->drill)
		bef_text_puts(&info, "[EXERCISE] ");
	bef_text_tame(&info, m->whole ? bef_case_title(m->c) : "Observables of an incident", true);
	bef_text_add(&line, bef_text_str(&info), bef_utf8_cut(bef_text_str(&info), 256));
	m->ok = m->ok && !info.failed && !line.failed;
	bef_json_put_text(event, "info", bef_text_str(&line), &m->ok);
}

static void put_tags(struct misp *m, json_t *event)
{
	const struct bef_rsit *rsit = bef_rsit_find(m->c->type);
	char tag[160];

	put_tlp(m, event, m->whole ? m->c->tlp : m->opts->max_tlp);
	if (!m->whole)
		return;
	snprintf(tag, sizeof(tag), "rsit:%.60s=\"%.60s\"", rsit->class_, rsit->rsit);
	put_tag(m, event, tag);
	if (m->c->type && strcmp(m->c->type, rsit->rsit) != 0) {
		snprintf(tag, sizeof(tag), "beffroi:incident-type=\"%.60s\"", m->c->type);
		put_tag(m, event, tag);
	}
}

/* Severity runs from 1 (an anomaly) to 4 (a crisis); threat levels from 4 (undefined) down to 1 (high). */
static void put_levels(struct misp *m, json_t *event)
{
	static const char *const threat[] = { "4", "4", "3", "2", "1" };
	long severity = bef_natural(m->c->severity ? m->c->severity : "1", 4);
	bool fresh = m->c->phase && strcmp(m->c->phase, "detection") == 0;

	bef_json_put_text(event, "threat_level_id", threat[severity > 0 ? severity : 0], &m->ok);
	bef_json_put_text(event, "analysis", m->c->closed_at_ms ? "2" : fresh ? "0" : "1", &m->ok);
}

static json_t *event_of(struct misp *m)
{
	int64_t last_ms = 0, day_ms = m->c->detected_at_ms ? m->c->detected_at_ms : m->c->opened_at_ms;
	char uuid[BEF_UUID_TEXT], date[BEF_DATE_SIZE];
	json_t *event = json_object();

	for (size_t i = 0; i < m->c->line_count; i++)
		if (m->c->line[i].entry->recorded_at_ms > last_ms)
			last_ms = m->c->line[i].entry->recorded_at_ms;
	bef_uuid_format(&m->c->log, uuid);
	bef_date_utc(day_ms, date);
	date[10] = '\0';
	bef_json_put_text(event, "uuid", uuid, &m->ok);
	put_info(m, event);
	bef_json_put_text(event, "date", date, &m->ok);
	put_levels(m, event);
	bef_json_put_bool(event, "published", false, &m->ok);
	put_seconds(m, event, "timestamp", last_ms);
	bef_json_put_text(event, "publish_timestamp", "0", &m->ok);
	bef_json_put_text(event, "distribution", "0", &m->ok);
	bef_json_put_text(event, "sharing_group_id", "0", &m->ok);
	put_organisation(m, event);
	put_tags(m, event);
	bef_json_put(event, "Attribute", json_incref(m->attributes), &m->ok);
	if (m->whole)
		bef_json_put(event, "EventReport", json_pack("[o]", misp_report(m->in, last_ms, &m->ok)), &m->ok);
	return event;
}

static enum bef_rc make(const struct bef_report_input *in, const struct bef_export_opts *opts, struct bef_exported *out,
                        struct bef_err *err)
{
	BEF_AUTO_FREE int64_t *touched_ms = bef_export_touched(in->c);
	struct misp m = { .c = in->c, .in = in, .opts = opts, .attributes = json_array(),
		          .whole = bef_export_may(opts, in->c->tlp), .touched_ms = touched_ms };
	json_t *file = json_object();

	m.ok = m.attributes && file && touched_ms;
	if (m.ok)
		put_attributes(&m);
	m.left_out += !m.whole;
	bef_json_put(file, "Event", event_of(&m), &m.ok);
	json_decref(m.attributes);
	out->left_out = m.left_out;
	if (m.ok) {
		out->json = file;
		return BEF_OK;
	}
	json_decref(file);
	return bef_no_memory(err);
}

const struct bef_export bef_export_misp = {
	.name = "misp",
	.title = N_("MISP event, to be imported by a MISP server"),
	.make = make,
};
