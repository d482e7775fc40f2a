/* SPDX-License-Identifier: EUPL-1.2 */
#include "alert/payload.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

/* Untrusted text on its way out: tamed, on one line for a title. */
static void put_tame(json_t *object, const char *key, const char *text, bool one_line, bool *ok)
{
	BEF_AUTO(text) tame = { .max = 4 * BEF_PROSE_MOST };

	bef_text_tame(&tame, text, one_line);
	if (tame.failed)
		*ok = false;
	bef_json_put_text(object, key, bef_text_str(&tame), ok);
}

static json_t *incident_of(const struct bef_alert_words *words, bool red)
{
	const struct bef_case *c = words->c;
	char uuid[BEF_UUID_TEXT];
	json_t *incident = json_object();
	bool ok = incident != NULL;

	bef_uuid_format(&c->log, uuid);
	bef_json_put_text(incident, "ref", c->ref, &ok);
	bef_json_put_text(incident, "uuid", uuid, &ok);
	if (!red)
		put_tame(incident, "title", bef_case_title(c), true, &ok);
	bef_json_put_text(incident, "severity", c->severity, &ok);
	bef_json_put_text(incident, "type", c->type, &ok);
	bef_json_put_text(incident, "phase", c->phase, &ok);
	bef_json_put_text(incident, "state", c->state, &ok);
	bef_json_put_text(incident, "tlp", c->tlp, &ok);
	if (ok)
		return incident;
	json_decref(incident);
	return NULL;
}

static json_t *data_of(const struct bef_alert_words *words)
{
	bool red = words->c->tlp && strcmp(words->c->tlp, "red") == 0;
	const char *text = red ? tr("new event: see the tool") : words->text;
	char head[32] = "";
	json_t *data = json_object();
	bool ok = data != NULL;

	bef_json_put(data, "incident", incident_of(words, red), &ok);
	bef_json_put_int(data, "seq", words->seq, &ok);
	bef_json_put_text(data, "level", words->level, &ok);
	if (words->is_test || words->c->drill) {
		char marked[64];

		snprintf(marked, sizeof(marked), "%s", words->is_test ? tr("[TEST]") : tr("[DRILL]"));
		bef_json_put_text(data, "mark", marked, &ok);
	}
	put_tame(data, "text", text, false, &ok);
	bef_json_put_text(data, "role", words->role && *words->role ? words->role : NULL, &ok);
	bef_json_put_text(data, "corrects", words->corrects, &ok);
	bef_json_put_bool(data, "is_test", words->is_test, &ok);
	bef_json_put_bool(data, "is_exercise", words->c->drill, &ok);
	/* Each recipient becomes a witness of where the journal ended. */
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

enum bef_rc bef_alert_payload(const struct bef_alert_words *words, struct bef_text *out, struct bef_err *err)
{
	char when[BEF_DATE_SIZE];
	json_t *body = json_object();
	char *bytes = NULL;
	bool ok = body != NULL;

	bef_json_put_text(body, "type", words->is_test ? "test.ping" : "incident.alert", &ok);
	bef_json_put_text(body, "timestamp", bef_date_utc(words->at_ms, when), &ok);
	bef_json_put(body, "data", data_of(words), &ok);
	if (ok)
		bytes = json_dumps(body, JSON_COMPACT);
	json_decref(body);
	if (!bytes)
		return bef_no_memory(err);
	bef_text_puts(out, bytes);
	free(bytes);
	return bef_text_rc(out, err);
}

size_t bef_secret_parse(const char *text, uint8_t out[BEF_SECRET_MOST])
{
	size_t len;

	if (strncmp(text, "whsec_", 6) != 0)
		return 0;
	len = bef_unbase64(text + 6, out, BEF_SECRET_MOST);
	return len != SIZE_MAX && len >= BEF_SECRET_LEAST ? len : 0;
}

enum bef_rc bef_alert_signature(const uint8_t *secret, size_t secret_len, const char *id, int64_t seconds,
                                const char *body, struct bef_text *out, struct bef_err *err)
{
	BEF_AUTO(text) signed_bytes = { .max = 4 * BEF_BODY_MOST };
	struct bef_hash mac;
	char base64[64];
	enum bef_rc rc;

	bef_text_printf(&signed_bytes, "%s.%lld.", id, (long long)seconds);
	bef_text_puts(&signed_bytes, body);
	rc = bef_text_rc(&signed_bytes, err);
	if (rc)
		return rc;
	bef_hmac(secret, secret_len, signed_bytes.data, signed_bytes.len, &mac);
	bef_base64(mac.byte, sizeof(mac.byte), base64);
	bef_text_printf(out, "v1,%s", base64);
	return bef_text_rc(out, err);
}

int64_t bef_backoff_ms(int next, const char *level, uint8_t chance)
{
	int64_t cap = strcmp(level, "critical") == 0 ? BEF_MINUTE_MS
	              : strcmp(level, "urgent") == 0 ? 5 * BEF_MINUTE_MS
	                                             : 15 * BEF_MINUTE_MS;
	int64_t wait = 1000;

	for (int i = 1; i < next && wait < cap; i++)
		wait *= 2;
	if (wait > cap)
		wait = cap;
	return wait / 2 + wait / 2 * chance / 255;
}
