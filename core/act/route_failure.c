/* SPDX-License-Identifier: EUPL-1.2 */
/* What follows from an attempt that failed: stand-ins, the note that nobody was reached, the others told.
 * Declared in route.h. */
#include <stdio.h>
#include <string.h>

#include "act/raise.h"
#include "act/route.h"
#include "base/i18n.h"
#include "base/json.h"
#include "model/detail.h"

enum {
	STAND_IN_ATTEMPTS = 3, STAND_IN_MS = 300000,
	DEGRADED_MS = 900000,
};

static bool wants_stand_ins(const struct bef_route *route, const struct bef_settlement *how)
{
	const struct bef_claim *claim = &route->claim;
	bool late = how->now_ms - claim->created_at_ms >= STAND_IN_MS || claim->attempts >= STAND_IN_ATTEMPTS;
	bool hopeless = strcmp(how->state, "ready") != 0 || *route->health.suspended;

	return route->to && *route->to->fallback && !claim->rerouted && (hopeless || (late && claim->level < 2));
}

static enum bef_rc note_unheard(struct bef_act *act, const struct bef_claim *claim, struct bef_err *err)
{
	const struct bef_done done = act->done;
	const struct bef_line *raised;
	struct bef_fares fares;
	char alert[BEF_HASH_HEX];
	enum bef_rc rc = bef_store_outbox_fares(act->store, &claim->alert, &fares, err);

	if (rc || fares.arrived || fares.tried < fares.all)
		return rc;
	bef_hex(claim->alert.byte, sizeof(claim->alert.byte), alert);
	rc = bef_act_reload(act, err);
	raised = rc ? NULL : bef_case_line(act->c, alert);
	if (!raised || raised->about == BEF_NONE || act->c->alert[raised->about].unheard)
		return rc;
	rc = bef_act_add(act, "alert.unheard", json_pack("{s:s}", "alert", alert), 0, err);
	act->done = done;
	return rc;
}

/* The destinations that want to know, are not this one, and are not in trouble themselves. */
static enum bef_rc healthy_others(struct bef_act *act, const struct bef_route *route, const char **to, int *count,
                                  struct bef_err *err)
{
	const struct bef_alarm_kind *kind = bef_alarm_kind_find("degraded");
	const struct bef_bell *bell = act->desk->bell;

	for (size_t i = 0; bell && i < bell->count && *count < BEF_TO_MOST; i++) {
		const struct bef_destination *d = &bell->destination[i];
		struct bef_health health;
		enum bef_rc rc;

		if (strcmp(d->name, route->name) == 0 || !bef_bell_hears(d, kind, act->c))
			continue;
		rc = bef_store_health(act->store, d->name, &health, err);
		if (rc)
			return rc;
		if (!*health.suspended && health.failures == 0)
			to[(*count)++] = d->name;
	}
	return BEF_OK;
}

/* The others are told, once an outage, that this one does not answer. */
static enum bef_rc tell_others(struct bef_act *act, struct bef_route *route, struct bef_err *err)
{
	static const char fmt[] = N_("Alerts do not reach '%s' (%s). Tell its readers otherwise.");
	BEF_AUTO(text) en = { .max = 1000 };
	BEF_AUTO(text) fr = { .max = 1000 };
	BEF_AUTO(text) why = { .max = 600 };
	const char *detail = route->got.reply.detail;
	const char *to[BEF_TO_MOST];
	struct bef_raising what = { .event = "degraded", .level = "urgent", .by_itself = true, .to = to };
	enum bef_lang lang = bef_lang_set(BEF_EN);
	enum bef_rc rc;

	bef_text_printf(&en, tr(fmt), route->name, detail);
	bef_lang_set(BEF_FR);
	bef_detail_say(detail, &why);
	bef_text_printf(&fr, tr(fmt), route->name, bef_text_str(&why));
	bef_lang_set(lang);
	what.text = bef_text_str(&en);
	what.text_fr = bef_text_str(&fr);
	rc = bef_act_reload(act, err);
	if (rc == BEF_OK)
		rc = healthy_others(act, route, to, &what.to_count, err);
	if (rc || what.to_count == 0)
		return rc;
	route->health.told = true;
	return bef_act_raise(act, &what, err);
}

static bool is_outage(const struct bef_route *route, int64_t now_ms)
{
	const struct bef_health *h = &route->health;
	bool late = now_ms - route->claim.created_at_ms >= DEGRADED_MS && route->claim.level < 2;

	return !h->told && (*h->suspended || h->failures >= BEF_FAILURES_MOST || late) && strcmp(route->claim.event, "degraded") != 0;
}

enum bef_rc bef_route_failed(struct bef_act *act, struct bef_route *route, const struct bef_settlement *how,
                                 struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	if (strcmp(how->state, "expired") != 0 && route->ending)
		return BEF_OK; /* withheld on purpose */
	if (wants_stand_ins(route, how))
		rc = bef_act_reroute(act, &route->claim, route->to, err);
	if (rc == BEF_OK)
		rc = note_unheard(act, &route->claim, err);
	if (rc == BEF_OK && is_outage(route, how->now_ms))
		rc = tell_others(act, route, err);
	return rc;
}
