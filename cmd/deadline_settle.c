/* SPDX-License-Identifier: EUPL-1.2 */
/* A notification that was sent, or does not apply; rules and clauses; computing again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/act.h"
#include "act/attach.h"
#include "act/say.h"
#include "base/i18n.h"
#include "base/json.h"
#include "deadline.h"
#include "out.h"

void bef_deadline_tell(struct bef_app *app)
{
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	struct bef_clock_counts n;
	char when[BEF_DATE_SIZE];

	if (app->g.json || app->g.quiet || bef_app_case(app, &c, &row, NULL) != BEF_OK)
		return;
	n = bef_case_clocks(c, app->desk.pen.now_ms);
	bef_talk(app, tr("legal clocks of %s: %d running, %d late, %d to qualify"), row.ref, n.running, n.late, n.to_qualify);
	if (n.next)
		bef_talk(app, tr("next: %s, before %s"), bef_clock_name(n.next),
		         bef_date_format(n.next->safe_at_ms, c->zone, BEF_DATE_DAY, when));
	bef_next(app, tr("deadline"), tr("see them"));
}

/* The receipt goes in first: its number is then named by the entry. */
static enum bef_rc attach_proof(struct bef_app *app, const char *path, const char *rule, int *item, struct bef_err *err)
{
	BEF_AUTO(text) text = { .max = 300 };
	struct bef_attachment what = { .path = path, .by = app->g.by };
	struct bef_done done;
	enum bef_rc rc;

	bef_text_printf(&text, tr("receipt of the notification %s"), rule);
	what.text = bef_text_str(&text);
	rc = bef_act_attach(&app->desk, &what, &done, err);
	*item = rc ? 0 : done.about;
	return rc;
}

/* Filing late is still owed, with the reasons for the delay (GDPR, article 33(1)). */
static enum bef_rc check_late(const struct bef_bench *b, const struct bef_rule *rule, const struct bef_deadline_opts *opts,
                              int64_t at_ms, struct bef_err *err)
{
	const struct bef_clock *clock = bef_case_clock(b->c, rule->id);
	char span[BEF_DATE_SIZE];

	if (opts->late || !clock || !clock->safe_at_ms || clock->sent || at_ms <= clock->safe_at_ms)
		return BEF_OK;
	bef_fail(err, BEF_USAGE, tr("sent %s after the limit: say why it is late, whoever receives it will ask"),
	         bef_span_format(at_ms - clock->safe_at_ms, span));
	bef_hint(err, "%s", tr("add: --late-because \"...\""));
	return BEF_USAGE;
}

static enum bef_rc fill_sent(struct bef_app *app, const struct bef_deadline_opts *opts, const struct bef_rule *rule,
                             struct bef_saying *what, struct bef_err *err)
{
	bool ok = what->body != NULL;
	int item = 0;
	enum bef_rc rc = opts->proof ? attach_proof(app, opts->proof, rule->id, &item, err) : BEF_OK;

	bef_json_put_text(what->body, "rule", rule->id, &ok);
	bef_json_put_text(what->body, "reference", opts->reference, &ok);
	bef_json_put_text(what->body, "channel", opts->channel, &ok);
	bef_json_put_text(what->body, "late_reasons", opts->late, &ok);
	bef_json_put_text(what->body, "text", opts->reason, &ok);
	bef_json_put_text(what->body, "by", app->g.by, &ok);
	if (item)
		what->link = (struct bef_link){ .field = "receipt", .list = BEF_LINK_EVIDENCE, .number = { item }, .count = 1 };
	return rc ? rc : ok ? BEF_OK : bef_no_memory(err);
}

enum bef_rc bef_deadline_sent(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                              struct bef_err *err)
{
	__attribute__((cleanup(bef_saying_clear))) struct bef_saying what = { .kind = "deadline.sent", .body = json_object() };
	BEF_AUTO_BENCH b = { 0 };
	const struct bef_rule *rule;
	const struct bef_clock *clock;
	struct bef_done done;
	char when[BEF_DATE_SIZE];
	enum bef_rc rc = bef_bench_open(app, &b, err);

	(void)count;
	if (rc == BEF_OK)
		rc = bef_bench_rule(&b, words[0], &rule, err);
	if (rc == BEF_OK)
		rc = bef_app_time(app, opts->at, BEF_WHEN_FACT, &what.happened_at_ms, err);
	bef_app_tick(app);
	if (rc == BEF_OK)
		rc = check_late(&b, rule, opts, what.happened_at_ms ? what.happened_at_ms : app->desk.pen.now_ms, err);
	if (rc == BEF_OK)
		rc = fill_sent(app, opts, rule, &what, err);
	if (rc == BEF_OK)
		rc = bef_act_say(&app->desk, &what, &done, err);
	if (rc)
		return rc;
	clock = bef_case_clock(b.c, rule->id);
	bef_date_format(what.happened_at_ms ? what.happened_at_ms : app->desk.pen.now_ms, b.c->zone, BEF_DATE_DAY, when);
	rc = bef_put_done(app, &done, what.kind, err, tr("Sent: %s, %s (#%u)"),
	                  clock ? bef_clock_name(clock) : bef_both(rule->json, "name"), when, done.number);
	if (rc == BEF_OK && !opts->proof && !opts->reference)
		bef_talk(app, "%s", tr("no receipt was given: add one with: beffroi attach FILE"));
	if (rc == BEF_OK)
		bef_deadline_tell(app);
	return rc;
}

enum bef_rc bef_deadline_dismiss(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                                 struct bef_err *err)
{
	__attribute__((cleanup(bef_saying_clear))) struct bef_saying what = { .kind = "deadline.dismissed", .body = json_object() };
	BEF_AUTO_BENCH b = { 0 };
	const struct bef_rule *rule = NULL;
	struct bef_done done;
	bool ok = what.body != NULL;
	enum bef_rc rc = bef_bench_open(app, &b, err);

	(void)count;
	if (rc == BEF_OK)
		rc = bef_bench_rule(&b, words[0], &rule, err);
	if (rc == BEF_OK && !opts->reason) {
		bef_fail(err, BEF_USAGE, "%s", tr("say why it does not apply: somebody will ask"));
		bef_hint(err, "%s", tr("add: --reason \"...\" (and --by NAME if somebody else decided it)"));
		rc = BEF_USAGE;
	}
	if (rc)
		return rc;
	bef_json_put_text(what.body, "rule", rule->id, &ok);
	bef_json_put_text(what.body, "reason", opts->reason, &ok);
	bef_json_put_text(what.body, "by", app->g.by, &ok);
	bef_app_tick(app);
	rc = ok ? bef_act_say(&app->desk, &what, &done, err) : bef_no_memory(err);
	if (rc == BEF_OK)
		rc = bef_put_done(app, &done, what.kind, err, tr("Not applicable: %s (#%u)"), bef_both(rule->json, "name"),
		                  done.number);
	if (rc == BEF_OK)
		bef_deadline_tell(app);
	return rc;
}

enum bef_rc bef_deadline_refresh(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                                 struct bef_err *err)
{
	bool changed = false;
	enum bef_rc rc;

	(void)opts;
	(void)words;
	(void)count;
	bef_app_tick(app);
	rc = bef_act_refresh(&app->desk, &changed, err);
	if (rc == BEF_OK && !changed)
		bef_talk(app, "%s", tr("the clocks were right already"));
	if (rc == BEF_OK)
		bef_deadline_tell(app);
	return rc;
}
