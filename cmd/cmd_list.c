/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "out.h"

struct list_opts {
	bool all;
};

static const struct bef_opt list_options[] = {
	BEF_FLAG(struct list_opts, all, 0, "all", "tous", N_("the closed ones too")),
	BEF_OPT_END,
};

struct listing {
	struct bef_app *app;
	struct bef_uuid current;
	int shown;
};

static enum bef_rc put_row_json(const struct bef_incident_row *row, bool current, struct bef_err *err)
{
	const struct bef_summary *s = &row->summary;
	json_t *object = bef_json_begin("incident");
	char uuid[BEF_UUID_TEXT], date[BEF_DATE_SIZE];
	bool ok = object != NULL;

	bef_uuid_format(&row->uuid, uuid);
	bef_json_put_text(object, "incident", row->ref, &ok);
	bef_json_put_text(object, "log", uuid, &ok);
	bef_json_put_text(object, "title", s->title, &ok);
	bef_json_put_text(object, "incident_type", s->type, &ok);
	bef_json_put_text(object, "severity", s->severity, &ok);
	bef_json_put_text(object, "tlp", s->tlp, &ok);
	bef_json_put_text(object, "phase", s->phase, &ok);
	bef_json_put_text(object, "state", s->state, &ok);
	if (s->drill)
		bef_json_put_bool(object, "drill", true, &ok);
	bef_json_put_text(object, "opened_at", bef_date_utc(s->opened_at_ms, date), &ok);
	if (s->closed_at_ms)
		bef_json_put_text(object, "closed_at", bef_date_utc(s->closed_at_ms, date), &ok);
	bef_json_put_int(object, "entries", row->entries, &ok);
	bef_json_put_int(object, "open_actions", s->open_actions, &ok);
	if (s->next_due_at_ms)
		bef_json_put_text(object, "next_due_at", bef_date_utc(s->next_due_at_ms, date), &ok);
	if (current)
		bef_json_put_bool(object, "current", true, &ok);
	return bef_put_json(ok ? object : NULL, err);
}

/* The same without columns. */
static void put_row_narrow(struct bef_app *app, const struct bef_incident_row *row, bool current, bool late)
{
	const struct bef_summary *s = &row->summary;
	int64_t until_ms = s->closed_at_ms ? s->closed_at_ms : app->desk.pen.now_ms;
	BEF_AUTO(text) text = { .max = 4000 };
	char age[BEF_DATE_SIZE];

	bef_text_printf(&text, "%s  %s  %s  %s  %s%s%s", row->ref, s->severity,
	                s->closed_at_ms ? bef_word_label(&bef_states, "closed") : bef_word_label(&bef_phases, s->phase),
	                bef_span_format(until_ms - s->opened_at_ms, age), late ? tr("LATE") : "", late ? "  " : "",
	                s->drill ? tr("[DRILL] ") : "");
	bef_text_tame(&text, *s->title ? s->title : tr("[title erased]"), true);
	bef_put(app, BEF_STRONG, "%s ", current ? "*" : " ");
	bef_wrap_text(app, late ? BEF_BAD : BEF_PLAIN, 2, 4, &text);
}

static enum bef_rc put_row(void *arg, const struct bef_incident_row *row, struct bef_err *err)
{
	struct listing *listing = arg;
	struct bef_app *app = listing->app;
	const struct bef_summary *s = &row->summary;
	bool current = memcmp(&listing->current, &row->uuid, sizeof(row->uuid)) == 0;
	bool late = s->next_due_at_ms && s->next_due_at_ms < app->desk.pen.now_ms && !s->closed_at_ms;
	int64_t until_ms = s->closed_at_ms ? s->closed_at_ms : app->desk.pen.now_ms;
	BEF_AUTO(text) title = { .max = 2000 };
	char age[BEF_DATE_SIZE];

	listing->shown++;
	if (app->g.json)
		return put_row_json(row, current, err);
	if (app->out_tty && app->width < 60) {
		put_row_narrow(app, row, current, late);
		return BEF_OK;
	}
	bef_put(app, BEF_STRONG, "%s ", current ? "*" : " ");
	bef_put_cell(app, s->closed_at_ms ? BEF_FAINT : BEF_STRONG, 14, row->ref);
	bef_put_cell(app, *s->severity >= '3' ? BEF_BAD : BEF_PLAIN, 2, s->severity);
	bef_put_cell(app, BEF_PLAIN, 16, s->closed_at_ms ? bef_word_label(&bef_states, "closed")
	                                                 : bef_word_label(&bef_phases, s->phase));
	bef_put_cell(app, BEF_PLAIN, 10, bef_span_format(until_ms - s->opened_at_ms, age));
	if (late)
		bef_put(app, BEF_BAD, "%s ", tr("LATE"));
	if (s->drill)
		bef_put(app, BEF_WARN, "%s ", tr("[DRILL]"));
	bef_text_tame(&title, *s->title ? s->title : tr("[title erased]"), true);
	bef_wrap_text(app, BEF_PLAIN, 44 + (late ? 7 : 0) + (s->drill ? 11 : 0), 44, &title);
	return BEF_OK;
}

static enum bef_rc list_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct list_opts *opts = opts_;
	struct listing listing = { .app = app };
	BEF_AUTO_STORE *store = NULL;
	enum bef_rc rc = bef_app_read(app, &store, err);

	(void)words;
	(void)count;
	if (rc == BEF_OK)
		rc = bef_desk_current(&app->desk, &listing.current, err);
	if (rc == BEF_OK || (rc == BEF_NOT_FOUND && store))
		rc = bef_store_incidents(store, opts->all, BEF_NO_LIMIT, put_row, &listing, err);
	if (rc == BEF_OK && listing.shown == 0 && !app->g.json) {
		bef_talk(app, "%s", tr("No incident is open."));
		bef_next(app, bef_cmd_name(bef_cmd_find("open")), tr("open one"));
		bef_next(app, tr("list --all"), tr("see the closed ones"));
	}
	return rc;
}

const struct bef_cmd bef_cmd_list = {
	.en = "list", .fr = "liste",
	.group = BEF_GROUP_THREAD,
	.summary = N_("list the incidents"),
	.about = N_("A star marks the current one."),
	.examples_en = "beffroi list\nbeffroi list --all --json\n",
	.examples_fr = "beffroi liste\nbeffroi liste --tous --json\n",
	.most_words = 0,
	.opts = list_options, .opts_size = sizeof(struct list_opts),
	.run = list_run,
};
