/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the incident did, as `impact` objects of the incident extension: of what
 * the journal records, and of nothing else.  No word is guessed at, no share is
 * estimated.
 *
 * Vocabularies and scales: Incident Core Extension 2.1 (OASIS, draft of
 * February 2024), sections 2.3 and 4, appendix A.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "model/outage.h"
#include "report/costs.h"
#include "report/stix.h"

#define STIX_IMPACT "extension-definition--7cc33dd6-f6a1-489b-98ea-522d351d71b9"

/* All of them are marked as the incident. */
static bool leaves(struct stix *s)
{
	s->left_out += !s->whole;
	return s->whole;
}

/* Put one of this category, which `detail` tells of (taken); its id goes to the incident. */
static void put_impact(struct stix *s, json_t *object, const char *category, json_t *detail)
{
	stix_text(s, object, "impact_category", category);
	stix_extend(s, object, STIX_IMPACT, "new-sdo");
	bef_json_put(json_object_get(object, "extensions"), category, detail, &s->ok);
	if (s->ok && json_array_append_new(s->impacts, json_string(bef_json_text_or(object, "id", ""))) != 0)
		s->ok = false;
	stix_put(s, object);
}

/* Instants of the record are as good as the clock that people read. */
static void put_time(struct stix *s, json_t *object, const char *key, int64_t at_ms)
{
	char fidelity[40];

	if (!at_ms)
		return;
	snprintf(fidelity, sizeof(fidelity), "%.20s_fidelity", key);
	stix_instant(s, object, key, at_ms);
	stix_text(s, object, fidelity, "minute");
}

/* --- availability: one object a time that an asset was out of use (model/outage.h) --- */

/* Of what is out of service nothing is left: 100.  "Degraded" is the draft's own "significant" (appendix A): 50. */
static int share_of(enum bef_availability how)
{
	return how == BEF_DOWN ? 100 : 50;
}

/* With the id of the one that takes its place, if another begins where it ends. */
static void put_end(struct stix *s, json_t *object, const struct bef_stretch *stretch, bool superseded)
{
	char name[BEF_EXPORT_NAME], next[BEF_EXPORT_ID];

	put_time(s, object, "end_time", stretch->until->at_ms);
	if (!superseded)
		return;
	if (!bef_export_id(&s->c->log, "impact", bef_export_name(stretch->until, "impact", "", name), next))
		s->ok = false;
	else
		stix_text(s, object, "superseded_by_ref", next);
}

static void put_stretch(struct stix *s, const struct bef_outage *outage, size_t at)
{
	const struct bef_stretch *stretch = &outage->stretch[at];
	bool superseded = at + 1 < outage->stretch_count && stretch[1].from == stretch->until;
	char name[BEF_EXPORT_NAME], id[BEF_EXPORT_ID], asset[BEF_EXPORT_ID];
	struct stix_head head = stix_head_of(s, "impact", bef_export_name(stretch->from, "impact", "", name), stretch->from);
	json_t *object;

	if (!leaves(s))
		return;
	/* Whatever changes the asset may have ended it. */
	head.modified_ms = s->touched_ms[s->c->asset[outage->asset].line->number - 1];
	object = stix_new(s, &head, id);
	stix_list(s, object, "labels", bef_line_text(stretch->from, "status"));
	put_time(s, object, "start_time", stretch->from->at_ms);
	if (stretch->until)
		put_end(s, object, stretch, superseded);
	if (stix_asset_id(s, outage->asset, asset))
		stix_list(s, object, "impacted_refs", asset);
	put_impact(s, object, "availability-ext", json_pack("{s:i}", "availability_impact", share_of(stretch->how)));
}

/* The same case gives the same bytes whenever it is written: nothing here asks what time it is. */
static void put_availability(struct stix *s)
{
	struct bef_outages outages;

	s->ok = bef_outages_of(s->c, 0, &outages) && s->ok;
	for (size_t i = 0; i < outages.count && s->ok; i++)
		for (size_t at = 0; at < outages.one[i].stretch_count && s->c->asset[outages.one[i].asset].name; at++)
			put_stretch(s, &outages.one[i], at);
	bef_outages_clear(&outages);
}

/* --- of the whole incident ------------------------------------------------------ */

static json_t *begin(struct stix *s, const char *name)
{
	const struct stix_head head = stix_head_of_incident(s, "impact", name);
	char id[BEF_EXPORT_ID];

	return stix_new(s, &head, id);
}

/* JSON has no decimals: whole euros are an integer, the others a number of binary digits. */
static json_t *euros(int64_t cents)
{
	return cents % 100 ? json_real((double)cents / 100) : json_integer(cents / 100);
}

/* What was written down was spent or lost: at least and at most that.  No kind of cost is recorded. */
static void put_economic(struct stix *s)
{
	size_t count = 0;
	bool failed = false;
	BEF_AUTO_FREE struct bef_cost *cost = bef_costs(s->c, &count, &failed);
	json_t *object;
	int64_t sum = bef_costs_total(s->c, NULL);

	s->ok = s->ok && !failed;
	if (sum <= 0 || !leaves(s))
		return;
	object = begin(s, "impact:economic");
	put_time(s, object, "start_time", cost[0].line->at_ms);
	stix_list(s, object, "impacted_refs", s->organisation);
	put_impact(s, object, "economic-ext",
	           json_pack("{s:s, s:s, s:o, s:o}", "variety", "uncategorized", "currency", "EUR", "min_amount", euros(sum),
	                     "max_amount", euros(sum)));
}

/* Nobody said for how much of it: the weakest word of each enumeration. */
static void put_data_impact(struct stix *s, const struct stix_data_loss *loss, bool integrity)
{
	const struct bef_instant *occurred = bef_case_instant(s->c, "occurred");
	json_t *object = begin(s, integrity ? "impact:integrity" : "impact:confidentiality");
	json_t *detail = json_object();
	const char *how = !(integrity ? loss->integrity : loss->confidentiality) ? "none"
	                  : integrity                                             ? "potential-modification"
	                                                                          : "suspected-loss";

	stix_text(s, detail, "information_type", "pii");
	stix_text(s, detail, integrity ? "alteration" : "loss_type", how);
	if (loss->records >= 0)
		bef_json_put_int(detail, "record_count", loss->records, &s->ok);
	if (loss->people >= 0)
		bef_json_put(object, "impacted_entity_counts", json_pack("{s:I}", "individual", (json_int_t)loss->people), &s->ok);
	if (occurred && !loss->none)
		put_time(s, object, "start_time", occurred->at_ms);
	put_impact(s, object, integrity ? "integrity-ext" : "confidentiality-ext", detail);
}

void stix_put_impacts(struct stix *s)
{
	struct stix_data_loss loss = stix_data_loss_of(s->c);

	if (s->opts->plain)
		return;
	put_availability(s);
	if ((loss.none || loss.confidentiality) && leaves(s))
		put_data_impact(s, &loss, false);
	if ((loss.none || loss.integrity) && leaves(s))
		put_data_impact(s, &loss, true);
	put_economic(s);
}
