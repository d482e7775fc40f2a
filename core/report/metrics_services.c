/* SPDX-License-Identifier: EUPL-1.2 */
/* How long services were out, for machines.  Declared in metrics.h. */
#include "base/json.h"
#include "model/outage.h"
#include "report/metrics.h"

static json_t *one_json(const struct bef_case *c, const struct bef_outage *one)
{
	const struct bef_asset *asset = &c->asset[one->asset];
	json_t *json = json_object();
	bool ok = json != NULL;

	bef_json_put_int(json, "asset", one->asset + 1, &ok);
	bef_json_put_text(json, "name", asset->name, &ok);
	bef_json_put_text(json, "status", asset->status, &ok);
	bef_json_put_instant(json, "down", one->down_at_ms, &ok);
	bef_json_put_instant(json, "back", one->back_at_ms, &ok);
	bef_json_put_int(json, "longest_s", one->longest_ms / 1000, &ok);
	bef_json_put_int(json, "total_s", one->total_ms / 1000, &ok);
	bef_json_put_int(json, "degraded_s", one->degraded_ms / 1000, &ok);
	bef_json_put(json, "rto_s", asset->rto_ms ? json_integer(asset->rto_ms / 1000) : json_null(), &ok);
	bef_json_put_bool(json, "rto_missed", one->rto_missed, &ok);
	bef_json_put(json, "lost_s", one->lost_ms >= 0 ? json_integer(one->lost_ms / 1000) : json_null(), &ok);
	bef_json_put(json, "rpo_s", asset->rpo_ms >= 0 ? json_integer(asset->rpo_ms / 1000) : json_null(), &ok);
	bef_json_put_bool(json, "rpo_missed", one->rpo_missed, &ok);
	if (ok)
		return json;
	json_decref(json);
	return NULL;
}

json_t *bef_services_json(const struct bef_case *c, int64_t now_ms)
{
	struct bef_outages outages;
	json_t *list = json_array();
	bool ok = bef_outages_of(c, now_ms, &outages) && list;

	for (size_t i = 0; i < outages.count && ok; i++)
		ok = json_array_append_new(list, one_json(c, &outages.one[i])) == 0;
	bef_outages_clear(&outages);
	if (ok)
		return list;
	json_decref(list);
	return NULL;
}
