/* SPDX-License-Identifier: EUPL-1.2 */
/* Would an alert arrive?  Declared in doctor.h. */
#include <string.h>

#include "alert.h"
#include "alert/format.h"
#include "alert/settings.h"
#include "base/i18n.h"
#include "doctor.h"
#include "model/detail.h"

enum { QUIET_DAYS = 30 };

/* Can its secrets be read, and a message to it be made?  A program that gives a secret is not run: it may ask
 * somebody. */
static bool is_ready(struct bef_app *app, const struct bef_destination *d, struct bef_err *why)
{
	__attribute__((cleanup(bef_keys_clear))) struct bef_keys keys = { 0 };
	__attribute__((cleanup(bef_alarm_clear))) struct bef_alarm alarm = { 0 };
	__attribute__((cleanup(bef_request_clear))) struct bef_request request = { 0 };
	const struct bef_rendering in = { &alarm, d, &keys, 0 };
	char id[BEF_MESSAGE_SIZE];

	for (int s = 0; s < BEF_SECRET_COUNT; s++)
		if (d->secret[s].way == BEF_SECRET_COMMAND)
			return true;
	return bef_keys_read(d, &keys, why) == BEF_OK && bef_alert_test_alarm(app, d, id, &alarm, why) == BEF_OK &&
	       d->format->render(&in, &request, why) == BEF_OK;
}

static bool is_known(const struct bef_bell *bell, const char *name)
{
	const char *to[BEF_DESTINATIONS_MOST];
	int count = 0;

	return bef_bell_names(bell, name, to, &count, BEF_DESTINATIONS_MOST);
}

static void tell_suspended(struct bef_check *c, const struct bef_destination *d, const struct bef_health *h)
{
	BEF_AUTO(text) why = { .max = 600 };

	bef_detail_say(h->suspended, &why);
	bef_finding(c, BEF_FINDING_WARN, tr("alerts"), tr("destination %s does not answer: %s"), d->name, bef_text_str(&why));
}

/* A destination that is whole, that answers, that was tried lately. */
static void check_destination(struct bef_check *c, struct bef_store *store, const struct bef_destination *d)
{
	const char *lacks = bef_destination_lacks(d);
	struct bef_health h = { 0 };
	struct bef_err why = { 0 };
	int64_t taken_ms;

	if (store && bef_store_health(store, d->name, &h, NULL) != BEF_OK)
		h = (struct bef_health){ 0 };
	taken_ms = h.arrived_at_ms > h.tested_at_ms ? h.arrived_at_ms : h.tested_at_ms;
	if (lacks)
		bef_finding(c, BEF_FINDING_WARN, tr("alerts"), tr("destination %s lacks its %s"), d->name, lacks);
	else if (!is_ready(c->app, d, &why))
		bef_finding(c, BEF_FINDING_WARN, tr("alerts"), strstr(why.msg, d->name) ? "%.0s%s" : tr("destination %s: %s"), d->name, why.msg);
	else if (*h.suspended)
		tell_suspended(c, d, &h);
	else if (*d->fallback && !is_known(&c->app->bell, d->fallback))
		bef_finding(c, BEF_FINDING_WARN, tr("alerts"), tr("destination %s: nobody is called '%s', which should stand in for it"), d->name, d->fallback);
	else if (store && c->app->desk.pen.now_ms - taken_ms > QUIET_DAYS * BEF_DAY_MS)
		bef_finding(c, BEF_FINDING_LOOK, tr("alerts"), tr("destination %s: nothing arrived for 30 days; beffroi alert test %s"), d->name, d->name);
	else
		bef_finding(c, BEF_FINDING_OK, tr("alerts"), tr("destination %s (try it: beffroi alert test %s)"), d->name, d->name);
}

void bef_check_alerts(struct bef_check *c)
{
	const struct bef_config *config = &c->app->config;
	BEF_AUTO_STORE *store = NULL;

	if (bef_app_read(c->app, &store, NULL) != BEF_OK)
		store = NULL; /* before the first incident there is no journal */
	if (config->destination_count == 0)
		bef_finding(c, BEF_FINDING_LOOK, tr("alerts"), "%s", tr("no destination: nobody will be alerted by this program"));
	for (size_t i = 0; i < config->destination_count; i++)
		check_destination(c, store, &config->destination[i]);
	for (size_t g = 0; g < config->group_count; g++)
		for (int i = 0; i < config->group[g].count; i++)
			if (!bef_bell_find(&c->app->bell, config->group[g].member[i]))
				bef_finding(c, BEF_FINDING_WARN, tr("alerts"), tr("group %s: there is no destination '%s'"), config->group[g].name,
				            config->group[g].member[i]);
	if (config->destination_count && !config->phone_count)
		bef_finding(c, BEF_FINDING_LOOK, tr("alerts"), "%s", tr("nobody to phone when they reach nobody: section [phones]"));
}
