/* SPDX-License-Identifier: EUPL-1.2 */
/* The kinds of alarm, and an alarm written down and read again.  What it says is in alarm_say.c. */
#include "alert/alarm.h"

#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "model/entry.h"

/* An end of alert, a deadline that was missed and a correction are worth telling for three days; what else could not
 * be sent for a day would mislead. */
const struct bef_alarm_kind bef_alarm_kinds[] = {
	{ "opened", "ouverture", "incident.opened", N_("INCIDENT"), false, false, 24 },
	{ "crisis", "crise", "incident.crisis", N_("CRISIS"), false, true, 24 },
	{ "severity", "gravite", "incident.severity", N_("SEVERITY"), false, false, 24 },
	{ "overdue", "retard", "step.overdue", N_("OVERDUE"), true, false, 24 },
	{ "deadline", "echeance", "deadline.approaching", N_("DEADLINE"), true, false, 24 },
	{ "missed", "depassee", "deadline.missed", N_("DEADLINE MISSED"), false, true, 72 },
	{ "review", "reexamen", "decision.review", N_("REVIEW"), true, false, 24 },
	{ "sitrep", "point-situation", "sitrep.published", N_("SITUATION"), true, false, 24 },
	{ "all-clear", "fin-alerte", "incident.all_clear", N_("ALL CLEAR"), false, true, 72 },
	{ "degraded", "degrade", "delivery.degraded", N_("ALERTING DEGRADED"), false, true, 24 },
	{ "message", "message", "incident.alert", N_("MESSAGE"), false, false, 24 },
	{ "correction", "correction", "alert.corrected", N_("CORRECTION"), false, false, 72 },
	{ "test", "essai", "test.ping", N_("TEST"), false, true, 1 },
	{ .name = NULL },
};

const struct bef_alarm_kind *bef_alarm_kind_find(const char *name)
{
	for (const struct bef_alarm_kind *kind = bef_alarm_kinds; kind->name; kind++)
		if (bef_fold_equal(name, kind->name) || bef_fold_equal(name, kind->fr))
			return kind;
	return NULL;
}

/* Untrusted text is tamed once, here: what is written down holds no control and no bidi character. */
static void put_tame(json_t *object, const char *key, const char *text, bool one_line, bool *ok)
{
	BEF_AUTO(text) tame = { .max = 4 * BEF_PROSE_MOST };

	if (!text)
		return;
	bef_text_tame(&tame, text, one_line);
	if (tame.failed)
		*ok = false;
	bef_json_put_text(object, key, bef_text_str(&tame), ok);
}

static json_t *incident_of(const struct bef_case *c)
{
	char uuid[BEF_UUID_TEXT];
	json_t *incident = json_object();
	bool ok = incident != NULL;

	bef_uuid_format(&c->log, uuid);
	put_tame(incident, "ref", c->ref, true, &ok);
	bef_json_put_text(incident, "uuid", uuid, &ok);
	put_tame(incident, "title", bef_case_title(c), true, &ok);
	put_tame(incident, "severity", c->severity, true, &ok);
	put_tame(incident, "type", c->type, true, &ok);
	put_tame(incident, "phase", c->phase, true, &ok);
	put_tame(incident, "state", c->state, true, &ok);
	put_tame(incident, "tlp", c->tlp, true, &ok);
	put_tame(incident, "zone", c->zone, true, &ok);
	bef_json_put_instant(incident, "opened", c->opened_at_ms, &ok);
	if (ok)
		return incident;
	json_decref(incident);
	return NULL;
}

static json_t *data_of(const struct bef_alarm_words *words)
{
	char head[32] = "";
	json_t *data = json_object();
	bool ok = data != NULL;

	bef_json_put(data, "incident", incident_of(words->c), &ok);
	bef_json_put_int(data, "seq", words->seq, &ok);
	bef_json_put_text(data, "level", words->level ? words->level : "info", &ok);
	put_tame(data, "text", words->text ? words->text : "", false, &ok);
	put_tame(data, "text_fr", words->text_fr, false, &ok);
	put_tame(data, "role", words->role && *words->role ? words->role : NULL, true, &ok);
	bef_json_put_int(data, "corrects", words->corrects, &ok);
	bef_json_put_bool(data, "is_test", words->test, &ok);
	bef_json_put_bool(data, "is_exercise", words->c->drill, &ok);
	if (words->c->head_count) {
		bef_head_format(&words->c->head[0], head);
		bef_json_put_text(data, "head", head, &ok);
		bef_json_put_int(data, "entries", (int64_t)words->c->line_count, &ok);
	}
	if (ok)
		return data;
	json_decref(data);
	return NULL;
}

enum bef_rc bef_alarm_write(const struct bef_alarm_words *words, struct bef_text *out, struct bef_err *err)
{
	BEF_AUTO_FREE char *bytes = NULL;
	json_t *doc = json_object();
	bool ok = doc != NULL;

	bef_json_put_int(doc, "v", 1, &ok);
	bef_json_put_text(doc, "kind", words->kind->name, &ok);
	bef_json_put_instant(doc, "timestamp", words->at_ms, &ok);
	bef_json_put(doc, "data", data_of(words), &ok);
	if (ok)
		bytes = json_dumps(doc, JSON_COMPACT);
	json_decref(doc);
	if (!bytes)
		return bef_no_memory(err);
	bef_text_puts(out, bytes);
	return bef_text_rc(out, err);
}

static bool is_tame(const char *s)
{
	size_t len = strlen(s);
	uint32_t c = 0;

	for (size_t n; len > 0; s += n, len -= n) {
		n = bef_utf8_next(s, len, &c);
		if (n == 0 || bef_char_is_hostile(c))
			return false;
	}
	return true;
}

static void read_incident(const json_t *incident, struct bef_alarm *out)
{
	out->ref = bef_json_text_or(incident, "ref", "");
	out->uuid = bef_json_text_or(incident, "uuid", "");
	out->title = bef_json_text_or(incident, "title", "");
	out->type = bef_json_text_or(incident, "type", "");
	out->severity = bef_json_text_or(incident, "severity", "");
	out->phase = bef_json_text_or(incident, "phase", "");
	out->state = bef_json_text_or(incident, "state", "");
	out->tlp = bef_json_text_or(incident, "tlp", "");
	out->zone = bef_json_text_or(incident, "zone", "UTC");
	if (!bef_date_utc_parse(bef_json_text_or(incident, "opened", ""), &out->opened_at_ms))
		out->opened_at_ms = 0;
}

static void read_data(const json_t *data, enum bef_lang lang, struct bef_alarm *out)
{
	const char *text = bef_json_text_or(data, "text", "");

	out->text = lang == BEF_FR ? bef_json_text_or(data, "text_fr", text) : text;
	out->level = bef_json_text_or(data, "level", "info");
	out->role = bef_json_text(data, "role");
	out->head = bef_json_text(data, "head");
	out->entries = bef_json_int(data, "entries", 0);
	out->seq = (int)bef_json_int(data, "seq", 0);
	out->corrects = (int)bef_json_int(data, "corrects", 0);
	out->test = bef_json_bool(data, "is_test");
	out->drill = bef_json_bool(data, "is_exercise");
}

enum bef_rc bef_alarm_read(const char *json, const char *id, enum bef_lang lang, struct bef_alarm *out,
                           struct bef_err *err)
{
	const json_t *data;
	enum bef_rc rc;

	*out = (struct bef_alarm){ .id = id, .lang = lang };
	rc = bef_json_load(json, strlen(json), &out->doc, err);
	if (rc == BEF_FAILED)
		return rc;
	data = json_object_get(out->doc, "data");
	read_incident(json_object_get(data, "incident"), out);
	read_data(data, lang, out);
	out->kind = bef_alarm_kind_find(bef_json_text_or(out->doc, "kind", ""));
	if (rc == BEF_OK && bef_json_int(out->doc, "v", 0) == 1 && json_object_get(data, "incident") && out->kind &&
	    bef_date_utc_parse(bef_json_text_or(out->doc, "timestamp", ""), &out->at_ms) && is_tame(out->title) &&
	    is_tame(out->text))
		return BEF_OK;
	bef_alarm_clear(out);
	return bef_fail(err, BEF_BROKEN, "%s", tr("an alert that waits is not what was written"));
}

void bef_alarm_clear(struct bef_alarm *alarm)
{
	json_decref(alarm->doc);
	*alarm = (struct bef_alarm){ 0 };
}

static bool is_kind(const struct bef_alarm *alarm, const char *name)
{
	return strcmp(alarm->kind->name, name) == 0;
}

enum bef_tone bef_alarm_tone(const struct bef_alarm *alarm)
{
	if (alarm->test || is_kind(alarm, "test"))
		return BEF_TONE_INFO;
	if (is_kind(alarm, "all-clear"))
		return BEF_TONE_CLEAR;
	if (strcmp(alarm->level, "critical") == 0)
		return BEF_TONE_CRISIS;
	if (is_kind(alarm, "overdue") || is_kind(alarm, "review"))
		return BEF_TONE_MINOR;
	return strcmp(alarm->level, "urgent") == 0 ? BEF_TONE_MAJOR : BEF_TONE_INFO;
}
