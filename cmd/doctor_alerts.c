/* SPDX-License-Identifier: EUPL-1.2 */
/* Would alerts leave?  Declared in doctor.h. */
#include "alert/settings.h"
#include "base/i18n.h"
#include "doctor.h"

static bool knows(const struct bef_bell *bell, const char *name)
{
	const char *to[BEF_DESTINATIONS_MOST];
	int count = 0;

	return bef_bell_names(bell, name, to, &count, BEF_DESTINATIONS_MOST);
}

static void check_destination(struct bef_check_up *c, const struct bef_destination *d)
{
	__attribute__((cleanup(bef_keys_clear))) struct bef_keys keys = { 0 };
	const char *lacks = bef_destination_lacks(d);
	struct bef_err why = { 0 };

	if (lacks)
		bef_finding(c, BEF_FINDING_WARN, tr("alerts"), tr("destination %s lacks its %s"), d->name, lacks);
	else if (bef_keys_read(d, &keys, &why) != BEF_OK)
		bef_finding(c, BEF_FINDING_WARN, tr("alerts"), "%s%s%s", why.msg, *why.hint ? " -> " : "", why.hint);
	else if (*d->fallback && !knows(&c->app->bell, d->fallback))
		bef_finding(c, BEF_FINDING_WARN, tr("alerts"), tr("destination %s: nobody is called '%s', which should stand in for it"), d->name, d->fallback);
	else
		bef_finding(c, BEF_FINDING_OK, tr("alerts"), tr("destination %s (try it: beffroi alert test %s)"), d->name, d->name);
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
