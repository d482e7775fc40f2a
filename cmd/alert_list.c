/* SPDX-License-Identifier: EUPL-1.2 */
/* The destinations: how each is doing, another chance. */
#include <stdio.h>
#include <string.h>

#include "alert.h"
#include "alert/format.h"
#include "alert/settings.h"
#include "audience.h"
#include "base/i18n.h"
#include "base/json.h"
#include "deliver.h"
#include "model/detail.h"
#include "out.h"

/* --- list --- */

struct waiting {
	const char *name;
	int rows;
};

static enum bef_rc count_waiting(void *arg, const struct bef_outbox_row *row, struct bef_err *err)
{
	struct waiting *waiting = arg;

	(void)err;
	waiting->rows += strcmp(row->destination, waiting->name) == 0;
	return BEF_OK;
}

/* How it is doing, in a few words. */
static void health_words(struct bef_app *app, const struct bef_destination *d, const struct bef_health *h,
                         struct bef_text *out)
{
	const char *lacks = bef_destination_lacks(d);
	BEF_AUTO(text) why = { .max = 600 };
	char when[BEF_DATE_SIZE];

	bef_detail_say(h->suspended, &why);
	if (lacks)
		bef_text_printf(out, tr("LACKS its %s"), tr(lacks));
	else if (*h->suspended)
		bef_text_printf(out, tr("SUSPENDED: %s"), bef_text_str(&why));
	else if (h->failures)
		bef_text_printf(out, trn("%d failure in a row", "%d failures in a row", h->failures), h->failures);
	else if (h->arrived_at_ms || h->tested_at_ms)
		bef_text_printf(out, tr("last taken %s"), bef_ago_format(h->arrived_at_ms > h->tested_at_ms ? h->arrived_at_ms : h->tested_at_ms,
		                                                          app->desk.pen.now_ms, when));
	else
		bef_text_puts(out, tr("never tried: beffroi alert test"));
}

static void add_if(struct bef_text *out, bool wanted, const char *words)
{
	if (wanted)
		bef_text_printf(out, "%s%s", out->len ? ", " : "", words);
}

/* What it wants to hear, and may. */
static const char *filter_words(const struct bef_destination *d, struct bef_text *out)
{
	char quiet[32];

	add_if(out, true, bef_audience_label(d->audience));
	for (int k = 0; bef_alarm_kinds[k].name; k++)
		add_if(out, d->kinds & 1U << k, bef_word_label(&bef_alert_events, bef_alarm_kinds[k].name));
	if (*d->least_severity)
		bef_text_printf(out, tr(", severity %s and above"), d->least_severity);
	if (*d->max_tlp)
		bef_text_printf(out, tr(", up to %s"), bef_word_label(&bef_tlps, d->max_tlp));
	if (d->quiet_from != d->quiet_to) {
		snprintf(quiet, sizeof(quiet), "%02d:%02d-%02d:%02d", d->quiet_from / 60, d->quiet_from % 60, d->quiet_to / 60,
		         d->quiet_to % 60);
		bef_text_printf(out, tr(", quiet %s"), quiet);
	}
	add_if(out, d->drills != BEF_DRILLS_NO, d->drills == BEF_DRILLS_ONLY ? tr("exercises only") : tr("exercises too"));
	add_if(out, d->insecure_http, tr("http in clear allowed"));
	if (*d->fallback)
		bef_text_printf(out, tr(", stands in: %s"), d->fallback);
	return bef_text_str(out);
}

static enum bef_rc list_json(const struct bef_destination *d, const struct bef_health *h, int waiting, struct bef_err *err)
{
	json_t *object = bef_json_begin("destination");
	bool ok = object != NULL;

	bef_json_put_text(object, "name", d->name, &ok);
	bef_json_put_text(object, "format", d->format->name, &ok);
	bef_json_put_text(object, "lacks", bef_destination_lacks(d), &ok);
	bef_json_put_text(object, "suspended", *h->suspended ? h->suspended : NULL, &ok);
	bef_json_put_int(object, "failures", h->failures, &ok);
	bef_json_put_int(object, "waiting", waiting, &ok);
	bef_json_put_instant(object, "arrived_at", h->arrived_at_ms, &ok);
	bef_json_put_instant(object, "tested_at", h->tested_at_ms, &ok);
	return bef_put_json(ok ? object : NULL, err);
}

static enum bef_rc put_destination(struct bef_app *app, struct bef_store *store, const struct bef_destination *d, struct bef_err *err)
{
	struct waiting waiting = { d->name, 0 };
	struct bef_health h = { 0 };
	BEF_AUTO(text) health = { .max = 1000 };
	BEF_AUTO(text) filter = { .max = 2000 };
	enum bef_rc rc = store ? bef_store_health(store, d->name, &h, err) : BEF_OK;

	if (rc == BEF_OK && store)
		rc = bef_store_outbox(store, 0, false, count_waiting, &waiting, err);
	if (rc || app->g.json)
		return rc ? rc : list_json(d, &h, waiting.rows, err);
	health_words(app, d, &h, &health);
	if (waiting.rows)
		bef_text_printf(&health, trn(", %d waiting", ", %d waiting", waiting.rows), waiting.rows);
	bef_put_row(app, 20, d->name, h.failures || *h.suspended || bef_destination_lacks(d) ? BEF_BAD : BEF_PLAIN, "%s, %s",
	            d->format->label, bef_text_str(&health));
	bef_put_row(app, 20, "", BEF_FAINT, "%s", filter_words(d, &filter));
	return BEF_OK;
}

enum bef_rc bef_alert_list(struct bef_app *app, const struct bef_alert_opts *opts, char **words, int count,
                           struct bef_err *err)
{
	BEF_AUTO_STORE *store = NULL;
	struct bef_err none = { 0 };
	enum bef_rc rc = BEF_OK;

	(void)opts;
	(void)words;
	(void)count;
	if (app->bell.count == 0)
		return bef_no_destination(err);
	if (bef_app_read(app, &store, &none) != BEF_OK)
		store = NULL; /* before the first incident there is no journal */
	for (size_t i = 0; i < app->bell.count && rc == BEF_OK; i++)
		rc = put_destination(app, store, &app->bell.destination[i], err);
	for (size_t g = 0; g < app->bell.group_count && rc == BEF_OK && !app->g.json; g++) {
		const struct bef_team *team = &app->bell.group[g];

		bef_put_cell(app, BEF_STRONG, 20, team->name);
		for (int i = 0; i < team->count; i++)
			bef_put(app, bef_bell_find(&app->bell, team->member[i]) ? BEF_PLAIN : BEF_BAD, "%s%s", i ? ", " : tr("group: "),
			        team->member[i]);
		bef_put(app, BEF_PLAIN, "\n");
	}
	return rc;
}

/* --- another chance --- */

enum bef_rc bef_alert_retry(struct bef_app *app, const struct bef_alert_opts *opts, char **words, int count,
                            struct bef_err *err)
{
	const char *to[BEF_DESTINATIONS_MOST];
	int named = 0;
	enum bef_rc rc = BEF_OK;

	if (count && !bef_bell_names(&app->bell, words[0], to, &named, BEF_DESTINATIONS_MOST))
		return bef_unknown_destination(app, words[0], err);
	if (app->g.dry_run)
		return bef_alert_queue(app, opts, words, count, err);
	bef_app_tick(app);
	for (size_t i = 0; count == 0 && i < app->bell.count; i++)
		to[named++] = app->bell.destination[i].name;
	for (int i = 0; i < named && rc == BEF_OK; i++)
		rc = bef_act_hurry(&app->desk, to[i], err);
	return rc ? rc : bef_deliver(app, false, BEF_DELIVER_LONG_MS, NULL, err);
}
