/* SPDX-License-Identifier: EUPL-1.2 */
#include "deadline.h"

#include "base/day.h"
#include "base/i18n.h"
#include "base/json.h"
#include "model/due.h"
#include "out.h"

/* --- what was asked --- */

static enum bef_rc missing(const char *what, struct bef_err *err)
{
	bef_fail(err, BEF_USAGE, "%s", what);
	bef_hint(err, "%s", tr("beffroi deadline compute --from \"2026-11-20 18:30\" --offset PT72H"));
	return BEF_USAGE;
}

/* Which of the two instants is meant is not guessed: a limit would be an hour off. */
static enum bef_rc refuse_doubled(const struct bef_when *when, const char *zone, struct bef_err *err)
{
	char before[BEF_DATE_SIZE], after[BEF_DATE_SIZE];

	bef_fail(err, BEF_USAGE, tr("the clocks showed that time twice that night (%.40s)"), zone);
	bef_hint(err, tr("add the offset after the time: %s for the first, %s for the second"),
	         bef_offset_format(when->at_ms, zone, before), bef_offset_format(when->other_ms, zone, after));
	return BEF_USAGE;
}

static enum bef_rc read_start(struct bef_app *app, const struct bef_deadline_opts *opts, struct bef_due_ask *ask,
                              struct bef_err *err)
{
	struct bef_when when = { 0 };
	char date[BEF_DATE_SIZE];
	enum bef_rc rc;

	if (!opts->from)
		return missing(tr("say when it starts"), err);
	ask->zone = opts->zone ? opts->zone : app->desk.pen.zone;
	rc = bef_when_parse(opts->from, BEF_WHEN_ANY, app->desk.pen.now_ms, ask->zone, &when, err);
	if (rc)
		return rc;
	if (when.doubled)
		return refuse_doubled(&when, ask->zone, err);
	ask->from_ms = when.at_ms;
	if (app->in_tty && !app->g.json)
		bef_talk(app, tr("start: %s (%s)"), bef_moment_format(ask->from_ms, ask->zone, date), ask->zone);
	return BEF_OK;
}

static enum bef_rc read_offset(const struct bef_deadline_opts *opts, struct bef_due_ask *ask, struct bef_err *err)
{
	if (opts->offset)
		return bef_offset_parse(opts->offset, &ask->offset, err);
	return ask->calc == BEF_CALC_NONE ? BEF_OK : missing(tr("say how long it is"), err);
}

static enum bef_rc read_ask(struct bef_app *app, const struct bef_deadline_opts *opts, struct bef_due_ask *ask,
                            struct bef_extra_days *extra, struct bef_err *err)
{
	const char *calendar = opts->holidays ? opts->holidays : "fr";
	const char *calc;
	enum bef_rc rc = bef_app_word(&bef_calcs, opts->calc, "eu1182", &calc, err);

	if (rc)
		return rc;
	ask->calc = (enum bef_calc)bef_word_index(&bef_calcs, calc);
	ask->roll = opts->roll;
	ask->extra = extra;
	rc = bef_calendar_parse(calendar, &ask->calendar, err);
	for (int i = 0; rc == BEF_OK && i < opts->extra.count; i++)
		rc = bef_extra_days_add(extra, opts->extra.item[i], err);
	if (rc == BEF_OK)
		rc = read_start(app, opts, ask, err);
	return rc ? rc : read_offset(opts, ask, err);
}

/* --- what is answered --- */

static json_t *steps_json(const struct bef_due *due, bool *ok)
{
	json_t *steps = json_array();

	for (int i = 0; steps && i < due->step_count; i++)
		*ok = json_array_append_new(steps, json_string(due->step[i])) == 0 && *ok;
	return steps;
}

static json_t *extra_json(const struct bef_extra_days *extra, bool *ok)
{
	json_t *days = json_array();

	for (size_t i = 0; days && i < extra->count; i++) {
		int day = extra->day[i];
		json_t *text = json_sprintf("%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);

		*ok = json_array_append_new(days, text) == 0 && *ok;
	}
	return days;
}

static enum bef_rc put_json(struct bef_app *app, const struct bef_deadline_opts *opts, const struct bef_due_ask *ask,
                            const struct bef_due *due, struct bef_err *err)
{
	json_t *object = bef_json_begin("due");
	bool ok = object != NULL;

	bef_json_put_instant(object, "safe", due->safe_ms, &ok);
	bef_json_put_instant(object, "extended", due->extended_ms, &ok);
	bef_json_put_instant(object, "from", ask->from_ms, &ok);
	bef_json_put_text(object, "zone", ask->zone, &ok);
	bef_json_put_text(object, "offset", opts->offset, &ok);
	bef_json_put_text(object, "calc", bef_calcs.row[ask->calc].name, &ok);
	bef_json_put_text(object, "calc_version", BEF_DUE_VERSION, &ok);
	bef_json_put_text(object, "holidays", ask->calendar->name, &ok);
	bef_json_put_text(object, "holidays_version", ask->calendar->version, &ok);
	if (ask->extra->count)
		bef_json_put(object, "holiday_extra", extra_json(ask->extra, &ok), &ok);
	if (ask->roll)
		bef_json_put_bool(object, "roll", true, &ok);
	if (app->g.verbose)
		bef_json_put(object, "steps", steps_json(due, &ok), &ok);
	if (!ok)
		json_decref(object);
	return bef_put_json(ok ? object : NULL, err);
}

static void put_limit(struct bef_app *app, enum bef_style style, const char *label, int64_t at_ms, const char *zone,
                      const char *after)
{
	char date[BEF_DATE_SIZE], offset[BEF_DATE_SIZE];
	BEF_AUTO(text) line = { .max = 400 };

	bef_put_cell(app, style, 20, label);
	bef_text_printf(&line, "%s (%s, UTC%s)%s", bef_limit_format(at_ms, zone, date), zone,
	                bef_offset_format(at_ms, zone, offset), after);
	bef_wrap_text(app, style, 20, 20, &line);
}

static void put_both(struct bef_app *app, const struct bef_due_ask *ask, const struct bef_due *due)
{
	if (due->safe_ms)
		put_limit(app, BEF_STRONG, tr("safe limit"), due->safe_ms, ask->zone, "");
	if (due->extended_ms > due->safe_ms)
		put_limit(app, BEF_PLAIN, tr("extended reading"), due->extended_ms, ask->zone, tr(", not guaranteed"));
	else if (due->safe_ms) {
		bef_put_cell(app, BEF_PLAIN, 20, tr("extended reading"));
		bef_wrap(app, BEF_PLAIN, 20, 20, tr("the same: nothing extends this limit"));
	}
	for (int i = 0; i < due->step_count && (app->g.verbose || !due->safe_ms); i++) {
		bef_put(app, BEF_PLAIN, due->safe_ms ? "  - " : "");
		bef_wrap(app, BEF_PLAIN, due->safe_ms ? 4 : 0, 4, due->step[i]);
	}
}

enum bef_rc bef_deadline_compute(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                                 struct bef_err *err)
{
	struct bef_due_ask ask = { 0 };
	struct bef_extra_days extra = { .count = 0 };
	struct bef_due due;
	enum bef_rc rc;

	if (count > 0)
		return bef_fail(err, BEF_USAGE, tr("'%.60s' is a word too many"), words[0]);
	rc = read_ask(app, opts, &ask, &extra, err);
	if (rc == BEF_OK)
		rc = bef_due_compute(&ask, &due, err);
	if (rc)
		return rc;
	if (app->g.json)
		return put_json(app, opts, &ask, &due, err);
	put_both(app, &ask, &due);
	return BEF_OK;
}
