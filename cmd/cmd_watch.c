/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "act/watch.h"
#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "deliver.h"
#include "out.h"

struct watch_opts {
	const char *interval;
	bool once;
};

static const struct bef_opt watch_options[] = {
	BEF_FLAG(struct watch_opts, once, 0, "once", "une-fois", N_("look once and leave (the default): for a timer")),
	BEF_TEXT(struct watch_opts, interval, 0, "interval", "intervalle", N_("LENGTH"), N_("stay, and look every 60s, 5m...")),
	BEF_OPT_END,
};

/* The open incidents, noted first: no list is held open while acts write. */
struct open_logs {
	int64_t *log;
	size_t count;
};

static enum bef_rc note_log(void *arg, const struct bef_incident_row *row, struct bef_err *err)
{
	struct open_logs *logs = arg;
	int64_t *log = bef_case_grow(&logs->log, &logs->count, sizeof(*log));

	if (!log)
		return bef_no_memory(err);
	*log = row->log;
	return BEF_OK;
}

/* What one round found, over all incidents. */
struct round {
	int reminders, late, changed;
	struct bef_delivered sent;
};

static void put_reminders(struct bef_app *app, const struct bef_watching *what)
{
	const char *line = bef_text_str(what->text);

	while (*line) {
		size_t len = strcspn(line, "\n");

		bef_put(app, BEF_STRONG, "%s  ", what->ref);
		bef_put(app, BEF_PLAIN, "%.*s\n", (int)len, line);
		line += len + (line[len] == '\n');
	}
}

static enum bef_rc watch_one(struct bef_app *app, const struct bef_legal *legal, int64_t log, struct round *round,
                             struct bef_err *err)
{
	BEF_AUTO(text) text = { .max = 1 << 16 };
	struct bef_watching what = { .legal = legal, .log = log, .text = &text };
	enum bef_rc rc;

	bef_app_tick(app);
	rc = bef_act_watch(&app->desk, &what, err);
	round->reminders += what.reminders;
	round->late += what.late;
	round->changed += what.changed;
	if (rc == BEF_OK && !app->g.json)
		put_reminders(app, &what);
	return rc;
}

static enum bef_rc read_house(struct bef_app *app, struct bef_legal *legal, struct open_logs *logs, struct bef_err *err)
{
	BEF_AUTO_STORE *store = NULL;
	enum bef_rc rc = bef_app_read(app, &store, err);

	if (rc)
		return rc;
	rc = bef_legal_load(&app->desk, store, legal, err);
	if (rc == BEF_FAILED)
		return rc;
	/* Rules that cannot be read move no clock; those that run are reminded of all the same. */
	if (rc)
		bef_talk(app, "%s", err->msg);
	return bef_store_incidents(store, false, BEF_NO_LIMIT, note_log, logs, err);
}

static enum bef_rc look(struct bef_app *app, struct round *round, struct bef_err *err)
{
	__attribute__((cleanup(bef_legal_clear))) struct bef_legal legal = { 0 };
	struct open_logs logs = { 0 };
	struct bef_err undelivered = { 0 };
	enum bef_rc rc = read_house(app, &legal, &logs, err);

	for (size_t i = 0; i < logs.count && rc == BEF_OK; i++)
		rc = watch_one(app, legal.law ? &legal : NULL, logs.log[i], round, err);
	free(logs.log);
	if (rc || app->g.dry_run)
		return rc;
	app->desk.rang = false; /* what this round rang leaves in this round */
	if (app->bell.count == 0)
		return BEF_OK;
	rc = bef_deliver(app, false, BEF_DELIVER_LONG_MS, &round->sent, &undelivered);
	if (rc == BEF_OK || rc == BEF_UNDELIVERED)
		rc = rc ? rc : bef_act_purge(&app->desk, &undelivered);
	if (rc && rc != BEF_UNDELIVERED)
		*err = undelivered;
	return rc == BEF_UNDELIVERED ? BEF_OK : rc;
}

static enum bef_rc put_round(struct bef_app *app, const struct round *round, struct bef_err *err)
{
	json_t *object;
	bool ok = true;

	if (!app->g.json) {
		bef_put(app, round->late ? BEF_BAD : BEF_PLAIN,
		        tr("%d reminders, %d alerts arrived, %d waiting, %d given up, %d limits passed\n"), round->reminders,
		        round->sent.accepted, round->sent.waiting, round->sent.failed, round->late);
		return BEF_OK;
	}
	object = bef_json_begin("watch");
	bef_json_put_int(object, "reminders", round->reminders, &ok);
	bef_json_put_int(object, "accepted", round->sent.accepted, &ok);
	bef_json_put_int(object, "waiting", round->sent.waiting, &ok);
	bef_json_put_int(object, "failed", round->sent.failed, &ok);
	bef_json_put_int(object, "late", round->late, &ok);
	bef_json_put_int(object, "changed", round->changed, &ok);
	return ok ? bef_put_json(object, err) : bef_no_memory(err);
}

static enum bef_rc one_round(struct bef_app *app, struct bef_err *err)
{
	struct round round = { 0 };
	enum bef_rc rc = look(app, &round, err);

	if (rc == BEF_OK)
		rc = put_round(app, &round, err);
	if (rc)
		return rc;
	if (round.sent.waiting + round.sent.failed)
		return bef_fail(err, BEF_UNDELIVERED, tr("%d alerts have not arrived"), round.sent.waiting + round.sent.failed);
	return round.late ? BEF_ATTENTION : BEF_OK;
}

/* "60s", "5m", "1h" */
static int64_t interval_s(const char *text)
{
	char unit = 's';
	long count = bef_natural_unit(text, 86400, &unit);

	return count * (unit == 'h' ? 3600 : unit == 'm' ? 60 : !unit || unit == 's' ? 1 : 0);
}

/* Stay until somebody interrupts: a round that fails is told and the next one tries again. */
static enum bef_rc stay(struct bef_app *app, int64_t every_s)
{
	while (!bef_interrupted()) {
		const struct timespec pause = { .tv_sec = every_s };
		struct bef_err err = { 0 };
		enum bef_rc rc = one_round(app, &err);

		if (rc && rc != BEF_ATTENTION)
			bef_talk(app, "%s", err.msg);
		fflush(stdout);
		nanosleep(&pause, NULL);
	}
	return BEF_OK;
}

static enum bef_rc watch_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct watch_opts *opts = opts_;
	int64_t every_s = opts->interval ? interval_s(opts->interval) : 0;

	(void)words;
	(void)count;
	if (opts->interval && every_s < 1) {
		bef_fail(err, BEF_USAGE, tr("'%.40s' is no interval"), opts->interval);
		bef_hint(err, "%s", tr("write it so: 60s, 5m, 1h"));
		return BEF_USAGE;
	}
	return every_s && !opts->once ? stay(app, every_s) : one_round(app, err);
}

const struct bef_cmd bef_cmd_watch = {
	.en = "watch", .fr = "veille",
	.group = BEF_GROUP_HOUSE,
	.summary = N_("remind of limits, send what waits: for a timer"),
	.about = N_("Each limit is reminded of when half, three quarters and nine tenths of the time are gone and when it passes, once. It may run as often as one likes, on several machines. Exit status 7: a limit has passed; 6: an alert has not arrived."),
	.examples_en = "beffroi watch                         one look, for a timer or cron\n"
	               "beffroi watch --interval 60s          stay and look every minute\n",
	.examples_fr = "beffroi veille                        un tour, pour une minuterie ou cron\n"
	               "beffroi veille --intervalle 60s       rester et regarder chaque minute\n",
	.most_words = 0,
	.opts = watch_options, .opts_size = sizeof(struct watch_opts),
	.run = watch_run,
};
