/* SPDX-License-Identifier: EUPL-1.2 */
/* Observables and assets as JSON, raw: for machines.  Declared in case.h. */
#include "base/json.h"
#include "model/case.h"

static json_t *begin(const struct bef_case *c, const char *type, bool *ok)
{
	json_t *json = json_object();

	*ok = json != NULL;
	bef_json_put_int(json, "v", 1, ok);
	bef_json_put_text(json, "type", type, ok);
	bef_json_put_text(json, "incident", c->ref, ok);
	return json;
}

static json_t *end(json_t *json, const struct bef_line *line, const struct bef_line *changed, bool ok)
{
	bef_json_put_int(json, "entry", line->number, &ok);
	if (changed)
		bef_json_put_int(json, "changed", changed->number, &ok);
	bef_json_put_text(json, "text", bef_line_text(line, "text"), &ok);
	bef_json_put_text(json, "reason", changed ? bef_line_text(changed, "reason") : NULL, &ok);
	if (line->struck)
		bef_json_put_bool(json, "struck", true, &ok);
	if (line->erased)
		bef_json_put_bool(json, "erased", true, &ok);
	if (line->undone)
		bef_json_put_bool(json, "undone", true, &ok);
	if (ok)
		return json;
	json_decref(json);
	return NULL;
}

json_t *bef_observable_json(const struct bef_case *c, size_t i)
{
	const struct bef_observable *one = &c->observable[i];
	bool ok;
	json_t *json = begin(c, "observable", &ok);

	bef_json_put_int(json, "observable", (int64_t)i + 1, &ok);
	bef_json_put_text(json, "observable_type", one->type, &ok);
	bef_json_put_text(json, "value", one->value, &ok);
	bef_json_put_text(json, "status", one->status, &ok);
	bef_json_put_text(json, "tlp", bef_observable_tlp(c, one), &ok);
	bef_json_put_text(json, "pap", one->pap, &ok);
	bef_json_put_text(json, "source", one->source, &ok);
	bef_json_put_instant(json, "first_seen", one->first_seen_at_ms, &ok);
	bef_json_put_instant(json, "last_seen", one->last_seen_at_ms, &ok);
	bef_json_put_bool(json, "to_ids", bef_observable_detects(one), &ok);
	if (one->asset != BEF_NONE)
		bef_json_put_int(json, "asset", one->asset + 1, &ok);
	return end(json, one->line, one->changed, ok);
}

json_t *bef_asset_json(const struct bef_case *c, size_t i)
{
	const struct bef_asset *one = &c->asset[i];
	bool ok;
	json_t *json = begin(c, "asset", &ok);

	bef_json_put_int(json, "asset", (int64_t)i + 1, &ok);
	bef_json_put_text(json, "name", one->name, &ok);
	bef_json_put_text(json, "asset_type", one->type, &ok);
	bef_json_put_text(json, "status", one->status, &ok);
	bef_json_put_text(json, "owner", one->owner, &ok);
	bef_json_put_text(json, "criticality", one->criticality, &ok);
	if (one->rto_ms)
		bef_json_put_int(json, "rto_s", one->rto_ms / 1000, &ok);
	if (one->rpo_ms >= 0)
		bef_json_put_int(json, "rpo_s", one->rpo_ms / 1000, &ok);
	bef_json_put_instant(json, "data_until", one->data_until_ms, &ok);
	return end(json, one->line, one->changed, ok);
}
