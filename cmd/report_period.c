/* SPDX-License-Identifier: EUPL-1.2 */
/* All incidents of a span of time: one at a time is read, counted and forgotten. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "out.h"
#include "report.h"
#include "report/period.h"

/* --- which period --- */

/* The instant at which a day begins where we are. */
static bool day_begins(int year, int month, int day, const char *zone, int64_t *out)
{
	struct bef_civil civil = { .year = year, .month = month, .day = day };
	int64_t at_ms[2];

	if (!bef_civil_exists(&civil))
		return false;
	while (bef_civil_instants(&civil, zone, at_ms) == 0 && civil.hour < 4)
		civil.hour++; /* clocks that skip midnight */
	*out = at_ms[0];
	return true;
}

static enum bef_rc not_a(const char *what, const char *typed, const char *example, struct bef_err *err)
{
	bef_fail(err, BEF_USAGE, tr("not %s: '%.40s'"), what, typed);
	bef_hint(err, tr("for example: %s"), example);
	return BEF_USAGE;
}

static enum bef_rc of_month(const char *typed, const char *zone, int64_t *from, int64_t *to, struct bef_err *err)
{
	char year_text[8] = "";
	long year, month;

	if (strlen(typed) == 7 && typed[4] == '-')
		memcpy(year_text, typed, 4);
	year = bef_natural(year_text, 9998);
	month = *year_text ? bef_natural(typed + 5, 12) : -1;
	if (month < 1 || !day_begins((int)year, (int)month, 1, zone, from) ||
	    !day_begins((int)(year + month / 12), (int)(month % 12 + 1), 1, zone, to))
		return not_a(tr("a month"), typed, "--month 2025-11", err);
	return BEF_OK;
}

static enum bef_rc of_year(const char *typed, const char *zone, int64_t *from, int64_t *to, struct bef_err *err)
{
	long year = strlen(typed) == 4 ? bef_natural(typed, 9998) : -1;

	if (year < 0 || !day_begins((int)year, 1, 1, zone, from) || !day_begins((int)year + 1, 1, 1, zone, to))
		return not_a(tr("a year"), typed, "--year 2025", err);
	return BEF_OK;
}

/* A day, 2025-11-03 or 3/11/2025: its first instant, or (with `end`) that of the next. */
static bool of_day(const char *typed, const char *zone, bool end, int64_t *out)
{
	int year, month, day, used = 0;

	if (sscanf(typed, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 &&
	    sscanf(typed, "%2d/%2d/%4d%n", &day, &month, &year, &used) != 3)
		return false;
	if (!used || typed[used] || !day_begins(year, month, day, zone, out))
		return false;
	if (end) {
		struct bef_civil next;

		bef_civil_from(bef_civil_seconds(&(struct bef_civil){ .year = year, .month = month, .day = day }) + 86400, &next);
		return day_begins(next.year, next.month, next.day, zone, out);
	}
	return true;
}

static enum bef_rc bound(const struct bef_pen *pen, const char *typed, bool end, int64_t *out, struct bef_err *err)
{
	struct bef_when when;
	enum bef_rc rc;

	if (!typed || of_day(typed, pen->zone, end, out))
		return BEF_OK;
	rc = bef_when_parse(typed, BEF_WHEN_ANY, pen->now_ms, pen->zone, &when, err);
	if (rc == BEF_OK)
		*out = when.at_ms;
	else
		bef_hint(err, "%s", tr("a day, included: 2025-11-03, 3/11/2025; or a time: 2025-11-03 06:12"));
	return rc;
}

/* By day or by any time; without a word, this year until now. */
static enum bef_rc choose(const struct bef_app *app, const struct bef_report_opts *opts, int64_t *from, int64_t *to, struct bef_err *err)
{
	const struct bef_pen *pen = &app->desk.pen;
	enum bef_rc rc;

	if (opts->month)
		return of_month(opts->month, pen->zone, from, to, err);
	if (opts->year)
		return of_year(opts->year, pen->zone, from, to, err);
	*to = pen->now_ms + 1;
	if (!day_begins(bef_year_in(pen->zone, pen->now_ms), 1, 1, pen->zone, from))
		*from = 0;
	rc = bound(pen, opts->from, false, from, err);
	if (rc == BEF_OK)
		rc = bound(pen, opts->to, true, to, err);
	if (rc == BEF_OK && *to <= *from)
		rc = bef_fail(err, BEF_USAGE, "%s", tr("the period ends before it begins"));
	return rc;
}

/* --- all of them --- */

struct gathering {
	struct bef_store *store;
	struct bef_period *period;
};

static enum bef_rc gather(void *arg, const struct bef_incident_row *row, struct bef_err *err)
{
	struct gathering *g = arg;
	BEF_AUTO_CASE *c = NULL;
	enum bef_rc rc;

	if (row->summary.opened_at_ms < g->period->from_ms || row->summary.opened_at_ms >= g->period->to_ms)
		return BEF_OK;
	rc = bef_store_case(g->store, row->log, &c, err);
	return rc ? rc : bef_period_add(g->period, row->ref, c, err);
}

enum bef_rc bef_report_period(struct bef_app *app, const struct bef_report_opts *opts, struct bef_err *err)
{
	const char *format = opts->format ? opts->format : "html";
	struct bef_report_input in = { .organisation = app->desk.organisation, .author = app->desk.pen.author,
		                       .now_ms = app->desk.pen.now_ms };
	BEF_AUTO(text) text = { .max = 1 << 30 };
	BEF_AUTO(period) period = { 0 };
	BEF_AUTO_STORE *store = NULL;
	struct gathering g = { .period = &period };
	int64_t from = 0, to = 0;
	char name[64];
	enum bef_rc rc = choose(app, opts, &from, &to, err);

	if (rc == BEF_OK)
		rc = bef_app_read(app, &store, err);
	g.store = store;
	bef_period_begin(&period, from, to, app->desk.pen.zone, app->desk.pen.now_ms);
	if (rc == BEF_OK)
		rc = bef_store_incidents(store, true, BEF_NO_LIMIT, gather, &g, err);
	if (rc == BEF_OK)
		rc = bef_period_write(&period, format, &in, &text, err);
	if (rc)
		return rc;
	snprintf(name, sizeof(name), "%s.%.4s", bef_lang() == BEF_FR ? "rapport-periode" : "report-period",
	         opts->tagged ? "pdf" : strncmp(format, "csv", 3) == 0 ? "csv" : format);
	return bef_report_deliver(app, opts, name, &text, 0, err);
}
