/* SPDX-License-Identifier: EUPL-1.2 */
/* Would alerts leave?  Declared in doctor.h. */
#include "alert/settings.h"
#include "base/i18n.h"
#include "doctor.h"

enum { STALE_DAYS = 30 };

static bool knows(const struct bef_bell *bell, const char *name)
{
	const char *to[BEF_DESTINATIONS_MOST];
	int count = 0;

	return bef_bell_names(bell, name, to, &count, BEF_DESTINATIONS_MOST);
}

/* One that nobody has heard of for a month may be dead: tokens expire, accounts go. */
static bool is_stale(struct bef_check_up *c, const struct bef_destination *d)
{
	BEF_AUTO_STORE *store = NULL;
	struct bef_health health;
	struct bef_err none = { 0 };
	int64_t last_ms;

	if (bef_app_read(c->app, &store, &none) != BEF_OK || bef_store_health(store, d->name, &health, &none) != BEF_OK)
		return true;
	last_ms = health.arrived_at_ms > health.tested_at_ms ? health.arrived_at_ms : health.tested_at_ms;
	return c->app->desk.pen.now_ms - last_ms > STALE_DAYS * BEF_DAY_MS;
}

static void check_destination(struct bef_check_up *c, const struct bef_destination *d)
{
	__attribute__((cleanup(bef_keys_clear))) struct bef_keys keys = { 0 };
	const char *lacks = bef_destination_lacks(d);
	struct bef_err why = { 0 };

	if (lacks)
		bef_finding(c, BEF_FINDING_WARN, tr("alerts"), tr("destination %s lacks its %s"), d->name, tr(lacks));
	else if (bef_keys_read(d, &keys, &why) != BEF_OK)
		bef_finding(c, BEF_FINDING_WARN, tr("alerts"), "%s%s%s", why.msg, *why.hint ? " -> " : "", why.hint);
	else if (*d->fallback && !knows(&c->app->bell, d->fallback))
		bef_finding(c, BEF_FINDING_WARN, tr("alerts"), tr("destination %s: nobody is called '%s', which should stand in for it"), d->name, d->fallback);
	else if (is_stale(c, d))
		bef_finding(c, BEF_FINDING_LOOK, tr("alerts"), tr("destination %s was not tried for 30 days: beffroi alert test %s"), d->name,
		            d->name);
	else
		bef_finding(c, BEF_FINDING_OK, tr("alerts"), tr("destination %s"), d->name);
}

void bef_doctor_alerts(struct bef_check_up *c)
{
	const struct bef_config *config = &c->app->config;

	if (config->destination_count == 0)
		bef_finding(c, BEF_FINDING_LOOK, tr("alerts"), "%s", tr("no destination: nobody will be alerted by this program"));
	for (size_t i = 0; i < config->destination_count; i++)
		check_destination(c, &config->destination[i]);
	for (size_t g = 0; g < config->group_count; g++)
		for (int i = 0; i < config->group[g].count; i++)
			if (!bef_bell_find(&c->app->bell, config->group[g].member[i]))
				bef_finding(c, BEF_FINDING_WARN, tr("alerts"), tr("group %s: there is no destination '%s'"), config->group[g].name,
				        config->group[g].member[i]);
	if (config->destination_count && config->phone_count == 0)
		bef_finding(c, BEF_FINDING_LOOK, tr("alerts"), "%s", tr("no telephone number: section [phones], for when alerts reach nobody"));
}
