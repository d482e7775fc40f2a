/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The report that goes with a MISP event, for those who read rather than match.
 * It is the situation report: facts, hypotheses, what was done and is asked,
 * all of it marked as the incident.  The full report has the whole log, which
 * names the house's channels, and observables whatever the marking of each: those
 * are attributes here, one by one.
 */
#include <stdio.h>

#include "base/json.h"
#include "report/misp.h"

/* Written when the last entry was, by the program: the same case gives the same bytes. */
static bool write_markdown(const struct bef_report_input *in, int64_t last_ms, struct bef_text *out)
{
	struct bef_report_input own = *in;
	struct bef_err ignored = { 0 };
	int missing;

	own.now_ms = last_ms;
	own.author = "beffroi";
	return bef_report_write(bef_report_find("sitrep"), "md", &own, out, &missing, &ignored) == BEF_OK;
}

json_t *misp_report(const struct bef_report_input *in, int64_t last_ms, bool *ok)
{
	BEF_AUTO(text) content = { .max = 1 << 24 };
	BEF_AUTO(text) name = { .max = 256 };
	char uuid[BEF_EXPORT_ID] = "", seconds[32];
	json_t *object = json_object();
	const char *markdown;
	size_t len;

	if (!object || !bef_export_id(&in->c->log, NULL, "event-report:sitrep", uuid) || !write_markdown(in, last_ms, &content))
		*ok = false;
	bef_text_printf(&name, "Situation report %s", in->ref);
	*ok = *ok && !name.failed;
	snprintf(seconds, sizeof(seconds), "%lld", (long long)(last_ms / 1000));
	bef_json_put_text(object, "uuid", uuid, ok);
	bef_json_put_text(object, "event_id", "0", ok);
	bef_json_put_text(object, "name", bef_text_str(&name), ok);
	markdown = bef_trim(bef_text_str(&content), &len); /* as receivers keep it */
	bef_json_put(object, "content", json_stringn(markdown, len), ok);
	bef_json_put_text(object, "distribution", "5", ok); /* as the event */
	bef_json_put_text(object, "sharing_group_id", "0", ok);
	bef_json_put_text(object, "timestamp", seconds, ok);
	bef_json_put_bool(object, "deleted", false, ok);
	return object;
}
