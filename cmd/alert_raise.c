/* SPDX-License-Identifier: EUPL-1.2 */
/* A message from a person, shown before it leaves; giving one up; saying who was told otherwise. */
#include <string.h>

#include "act/draft.h"
#include "alert.h"
#include "alert/format.h"
#include "ask.h"
#include "base/i18n.h"
#include "out.h"

enum { TO_MOST = BEF_DESTINATIONS_MOST };

enum bef_rc bef_no_destination(struct bef_err *err)
{
	bef_fail(err, BEF_NOT_FOUND, "%s", tr("no destination is configured"));
	bef_hint(err, "%s", tr("add one with: beffroi alert add NAME   see: beffroi help alerts"));
	return BEF_NOT_FOUND;
}

enum bef_rc bef_unknown_destination(struct bef_app *app, const char *name, struct bef_err *err)
{
	BEF_AUTO(text) all = { .max = 4000 };

	for (size_t i = 0; i < app->config.destination_count; i++)
		bef_text_printf(&all, "%s%s", i ? ", " : "", app->config.destination[i].name);
	for (size_t i = 0; i < app->config.group_count; i++)
		bef_text_printf(&all, ", %s", app->config.group[i].name);
	bef_fail(err, BEF_NOT_FOUND, tr("no destination '%s' in the configuration"), BEF_SHORT(name, 40));
	if (all.len)
		bef_hint(err, tr("there are: %s"), bef_text_str(&all));
	return BEF_NOT_FOUND;
}

/* Named, or all that want to hear a message of this incident. */
static enum bef_rc choose(struct bef_app *app, const struct bef_alert_opts *opts, const struct bef_case *c,
                          struct bef_raising *what, const char *to[TO_MOST], struct bef_err *err)
{
	const struct bef_alarm_kind *kind = bef_alarm_kind_find(opts->corrects ? "correction" : "message");
	const struct bef_bell *bell = &app->bell;

	what->to = to;
	for (int i = 0; i < opts->to.count; i++)
		if (!bef_bell_names(bell, opts->to.item[i], to, &what->to_count, TO_MOST))
			return bef_unknown_destination(app, opts->to.item[i], err);
	for (size_t d = 0; opts->to.count == 0 && d < bell->count; d++)
		if (bef_bell_hears(&bell->destination[d], kind, c))
			to[what->to_count++] = bell->destination[d].name;
	if (what->to_count > 0)
		return BEF_OK;
	if (bell->count == 0)
		return bef_no_destination(err);
	if (c->drill) {
		bef_fail(err, BEF_REFUSED, "%s", tr("this is an exercise, and no destination is named for exercises"));
		bef_hint(err, "%s", tr("in the configuration, under a [destination.NAME]: drills = yes"));
		return BEF_REFUSED;
	}
	bef_fail(err, BEF_REFUSED, "%s", tr("no destination wants messages of this incident"));
	bef_hint(err, "%s", tr("name it: --to NAME   see: beffroi alert list"));
	return BEF_REFUSED;
}

/* What the marking leaves of it. */
static const char *reach_words(const struct bef_destination *d, const struct bef_case *c)
{
	switch (bef_destination_reach(d, c->tlp)) {
	case BEF_REACH_NONE:
		return tr(": NOTHING, because of the marking");
	case BEF_REACH_THIN:
		return tr(": only that there is something, because of the marking");
	case BEF_REACH_REDUCED:
		return tr(": neither title nor text, because of the marking");
	case BEF_REACH_FULL:
		break;
	}
	return "";
}

/* What leaves the machine is shown first. */
static enum bef_rc confirm(struct bef_app *app, const struct bef_raising *what, const struct bef_case *c, bool *sure,
                           struct bef_err *err)
{
	if (app->g.json)
		return BEF_OK;
	bef_talk(app, "%s", tr("Will leave for:"));
	for (int i = 0; i < what->to_count; i++) {
		const struct bef_destination *d = bef_bell_find(&app->bell, what->to[i]);

		bef_talk(app, "  %s (%s)%s", d->name, d->format->label, reach_words(d, c));
	}
	bef_talk(app, tr("  %s[%s] %s: %s"), c->drill ? tr("[DRILL] ") : "", c->ref,
	         bef_word_label(&bef_alert_levels, what->level), what->text);
	return app->in_tty && !app->g.no_input && !app->g.dry_run ? bef_ask_yes(app, tr("Send it?"), tr("--yes"), sure, err)
	                                                          : BEF_OK;
}

enum bef_rc bef_alert_raise(struct bef_app *app, const struct bef_alert_opts *opts, char **words, int count,
                            struct bef_err *err)
{
	const struct bef_wanted_text want = { words, count, false, tr("alert > ") };
	const char *to[TO_MOST];
	struct bef_raising what = { .corrects = opts->corrects };
	BEF_AUTO(text) text = { 0 };
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	struct bef_done done;
	bool sure = true;
	enum bef_rc rc = bef_app_word(&bef_alert_levels, opts->level, "urgent", &what.level, err);

	if (rc == BEF_OK)
		rc = bef_app_case(app, &c, &row, err);
	if (rc == BEF_OK)
		rc = choose(app, opts, c, &what, to, err);
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
	return bef_put_done(app, &done, "alert.raised", err, tr("Alert %d recorded (#%u)"), done.about, done.number);
}

enum bef_rc bef_alert_drop(struct bef_app *app, const struct bef_alert_opts *opts, char **words, int count,
                           struct bef_err *err)
{
	struct bef_done done;
	enum bef_rc rc;

	(void)count;
	if (!opts->reason) {
		bef_fail(err, BEF_USAGE, "%s", tr("an alert is given up for a reason"));
		bef_hint(err, tr("beffroi alert drop %s --reason \"told by phone\""), words[0]);
		return BEF_USAGE;
	}
	bef_app_tick(app);
	rc = bef_act_drop(&app->desk, bef_number(words[0]), opts->to.count ? opts->to.item[0] : NULL, opts->reason, &done, err);
	return rc ? rc : bef_put_done(app, &done, "alert.failed", err, tr("Alert %d given up where it had not arrived (#%u)"),
	                              bef_number(words[0]), done.number);
}

enum bef_rc bef_alert_ack(struct bef_app *app, const struct bef_alert_opts *opts, char **words, int count,
                          struct bef_err *err)
{
	BEF_AUTO(text) text = { .max = BEF_PROSE_MOST };
	struct bef_done done;
	enum bef_rc rc = bef_words_join(words, count, BEF_PROSE_MOST, &text, err);

	(void)opts;
	bef_app_tick(app);
	if (rc == BEF_OK)
		rc = bef_act_acknowledge(&app->desk, bef_text_str(&text), &done, err);
	return rc ? rc : bef_put_done(app, &done, "alert.acknowledged", err, tr("Acknowledged (#%u)"), done.number);
}
