/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "act/alert.h"
#include "act/draft.h"
#include "alert/payload.h"
#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "deliver.h"
#include "out.h"

struct alert_opts {
	const char *level;
	int corrects;
	struct bef_list to;
	bool all;
};

static const struct bef_opt alert_options[] = {
	BEF_LIST(struct alert_opts, to, 0, "to", "vers", N_("DESTINATION"), N_("where to (may be repeated; default: all, but for an exercise)")),
	BEF_TEXT(struct alert_opts, level, 0, "level", "niveau", N_("LEVEL"), N_("info, urgent (default) or critical")),
	BEF_NUMBER(struct alert_opts, corrects, 0, "corrects", "rectifie", N_("N"), N_("number of an alert that was wrong")),
	BEF_FLAG(struct alert_opts, all, 0, "all", "tout", N_("queue: those that arrived or were given up too")),
	BEF_OPT_END,
};

/* --- the queue --- */

struct queue {
	struct bef_app *app;
	int rows;
};

static enum bef_rc put_queued(void *arg, const struct bef_outbox_row *row, struct bef_err *err)
{
	struct queue *queue = arg;
	struct bef_app *app = queue->app;
	char when[BEF_DATE_SIZE];
	json_t *object;
	bool ok = true;

	queue->rows++;
	if (app->g.json) {
		object = bef_json_begin("queued");
		bef_json_put_text(object, "destination", row->destination, &ok);
		bef_json_put_text(object, "message", row->message, &ok);
		bef_json_put_text(object, "state", row->state, &ok);
		bef_json_put_int(object, "attempts", row->attempts, &ok);
		bef_json_put_text(object, "next_at", bef_date_utc(row->next_at_ms, when), &ok);
		bef_json_put_text(object, "detail", *row->last_detail ? row->last_detail : NULL, &ok);
		return bef_put_json(object, err);
	}
	bef_put_cell(app, BEF_STRONG, 20, row->destination);
	bef_put(app, BEF_PLAIN, trn("%s, %d attempt", "%s, %d attempts", row->attempts),
	        strcmp(row->state, "ready") == 0      ? tr("waiting")
	        : strcmp(row->state, "accepted") == 0 ? tr("accepted")
	                                              : tr("given up"),
	        row->attempts);
	if (strcmp(row->state, "ready") == 0)
		bef_put(app, BEF_PLAIN, tr(", next %s"),
		        bef_date_format(row->next_at_ms, app->desk.pen.zone, BEF_DATE_SHORT, when));
	bef_put(app, BEF_PLAIN, "%s%s\n", *row->last_detail ? tr(": ") : "", row->last_detail);
	return BEF_OK;
}

static enum bef_rc show_queue(struct bef_app *app, bool all, struct bef_err *err)
{
	struct queue queue = { app, 0 };
	BEF_AUTO_STORE *store = NULL;
	enum bef_rc rc = bef_app_read(app, &store, err);

	if (rc == BEF_OK)
		rc = bef_store_outbox(store, 0, all, put_queued, &queue, err);
	if (rc == BEF_OK && queue.rows == 0 && !app->g.json)
		bef_talk(app, "%s", tr("Nothing is waiting."));
	return rc;
}

static enum bef_rc no_destination(struct bef_err *err)
{
	bef_fail(err, BEF_NOT_FOUND, "%s", tr("no destination is configured"));
	bef_hint(err, "%s", tr("see: beffroi help variables   then: beffroi doctor"));
	return BEF_NOT_FOUND;
}

/* --- a test, without an incident --- */

static enum bef_rc test_one(struct bef_app *app, const struct bef_destination *to, struct bef_err *err)
{
	static const struct bef_case nothing = { .ref = "TEST", .tlp = "clear", .severity = "1", .phase = "detection",
		                                 .state = "open", .type = "test", .title = "test" };
	const struct bef_alert_words words = { .c = &nothing, .text = "test", .level = "info", .is_test = true,
		                               .at_ms = app->desk.pen.now_ms, .role = "" };
	BEF_AUTO(text) body = { .max = 65536 };
	struct bef_post post = { .to = to, .message = "msg_test", .now_ms = app->desk.pen.now_ms };
	struct bef_sent sent;
	enum bef_rc rc = bef_alert_payload(&words, &body, err);

	post.body = bef_text_str(&body);
	if (rc == BEF_OK)
		rc = bef_post_all(app->net, &post, 1, err);
	if (rc)
		return rc;
	sent = (struct bef_sent){ .destination = to->name, .detail = post.detail, .attempts = 1,
		                  .elapsed_ms = post.elapsed_ms, .state = "refused" };
	if (strcmp(post.class_name, "ok") == 0)
		sent.state = "accepted";
	bef_told(app, &sent);
	return strcmp(sent.state, "accepted") == 0 ? BEF_OK : BEF_UNDELIVERED;
}

static enum bef_rc test_all(struct bef_app *app, const char *name, struct bef_err *err)
{
	enum bef_rc worst = BEF_OK;
	int tried = 0;

	for (size_t i = 0; i < app->config.destination_count; i++) {
		enum bef_rc rc;

		if (name && !bef_fold_equal(name, app->config.destination[i].name))
			continue;
		tried++;
		if (app->g.dry_run) {
			bef_talk(app, "%s%s", tr("(nothing written) "), app->config.destination[i].name);
			continue;
		}
		rc = test_one(app, &app->config.destination[i], err);
		if (rc && rc != BEF_UNDELIVERED)
			return rc;
		worst = rc ? rc : worst;
	}
	if (tried == 0 && !name)
		return no_destination(err);
	if (tried == 0)
		return bef_fail(err, BEF_NOT_FOUND, tr("no destination '%.40s' in the configuration"), name);
	return worst ? bef_fail(err, BEF_UNDELIVERED, "%s", tr("a destination did not accept the test")) : BEF_OK;
}

/* --- raising one --- */

static enum bef_rc choose_destinations(struct bef_app *app, const struct alert_opts *opts, const char **to,
                                       int *count, struct bef_err *err)
{
	for (int i = 0; i < opts->to.count; i++) {
		for (size_t d = 0; d < app->config.destination_count; d++)
			if (bef_fold_equal(app->config.destination[d].name, opts->to.item[i]))
				to[*count] = app->config.destination[d].name;
		if (!to[(*count)++])
			return bef_fail(err, BEF_NOT_FOUND, tr("no destination '%.40s' in the configuration"),
			                opts->to.item[i]);
	}
	for (size_t d = 0; opts->to.count == 0 && d < app->config.destination_count; d++)
		to[(*count)++] = app->config.destination[d].name;
	if (*count > 0 && !(app->drill && opts->to.count == 0))
		return BEF_OK;
	if (*count > 0) {
		bef_fail(err, BEF_REFUSED, "%s", tr("this is an exercise: real destinations are named one by one"));
		bef_hint(err, "%s", tr("add: --to NAME"));
		return BEF_REFUSED;
	}
	return no_destination(err);
}

/* What leaves the machine is shown first. */
static enum bef_rc confirm(struct bef_app *app, const struct bef_raising *what, const struct bef_case *c, bool *sure,
                           struct bef_err *err)
{
	if (app->g.json)
		return BEF_OK;
	bef_talk(app, "%s", tr("Will leave for:"));
	for (int i = 0; i < what->to_count; i++)
		bef_talk(app, "  %s", what->to[i]);
	bef_talk(app, tr("  %s[%s] %s: %s"), c->drill ? tr("[DRILL] ") : "", c->ref,
	         bef_word_label(&bef_alert_levels, what->level), what->text);
	return app->in_tty && !app->g.no_input && !app->g.dry_run ? bef_ask_yes(app, tr("Send it?"), tr("--yes"), sure, err)
	                                                          : BEF_OK;
}

static enum bef_rc raise_alert(struct bef_app *app, const struct alert_opts *opts, char **words, int count,
                               struct bef_err *err)
{
	const struct bef_wanted_text want = { words, count, false, tr("alert > ") };
	const char *to[BEF_LIST_MOST + BEF_DESTINATIONS_MOST] = { NULL };
	struct bef_raising what = { .to = to, .corrects = opts->corrects };
	BEF_AUTO(text) text = { 0 };
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	struct bef_done done;
	bool sure = true;
	enum bef_rc rc = bef_app_word(&bef_alert_levels, opts->level, "urgent", &what.level, err);

	if (rc == BEF_OK)
		rc = bef_app_case(app, &c, &row, err);
	if (rc == BEF_OK)
		rc = choose_destinations(app, opts, to, &what.to_count, err);
	if (rc == BEF_OK)
		rc = bef_ask_text(app, &want, &text, err);
	what.text = bef_text_str(&text);
	if (rc == BEF_OK)
		rc = confirm(app, &what, c, &sure, err);
	if (rc || !sure)
		return rc;
	bef_app_tick(app);
	rc = bef_act_alert(&app->desk, &what, &done, err);
	if (rc)
		return rc;
	bef_desk_draft_drop(&app->desk);
	rc = bef_put_done(app, &done, "alert.raised", err, tr("Alert %d recorded (#%u)"), done.about, done.number);
	return rc || app->g.dry_run ? rc : bef_deliver(app, false, NULL, err);
}

static enum bef_rc alert_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct alert_opts *opts = opts_;
	const char *first = count > 0 && count <= 2 ? words[0] : "";

	if (count == 1 && (bef_fold_equal(first, "queue") || bef_fold_equal(first, "file")))
		return show_queue(app, opts->all, err);
	if (count == 1 && (bef_fold_equal(first, "send") || bef_fold_equal(first, "envoyer")))
		return app->g.dry_run ? show_queue(app, false, err) : bef_deliver(app, true, NULL, err);
	if (bef_fold_equal(first, "test") || bef_fold_equal(first, "tester"))
		return test_all(app, count == 2 ? words[1] : NULL, err);
	return raise_alert(app, opts, words, count, err);
}

const struct bef_cmd bef_cmd_alert = {
	.en = "alert", .fr = "alerter",
	.group = BEF_GROUP_CELL,
	.summary = N_("alert by webhook, see what has not arrived"),
	.args = N_("[TEXT... | queue | send | test [NAME]]"),
	.about = N_("The alert is in the journal before anything is sent. 'accepted' means that the receiver's machine took it, not that somebody read it."),
	.examples_en = "beffroi alert \"Do not switch any computer on\" --level critical\n"
	               "beffroi alert queue                   what has not arrived\n"
	               "beffroi alert send                    try again now\n"
	               "beffroi alert test                    a test to each destination\n",
	.examples_fr = "beffroi alerter \"Ne rallumez aucun poste\" --niveau critique\n"
	               "beffroi alerter file                  ce qui n'est pas arrivé\n"
	               "beffroi alerter envoyer               nouvel essai maintenant\n"
	               "beffroi alerter tester                un essai vers chaque destination\n",
	.most_words = -1,
	.opts = alert_options, .opts_size = sizeof(struct alert_opts),
	.run = alert_run,
};
