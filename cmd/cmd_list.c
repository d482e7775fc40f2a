/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "out.h"
#include "report/csv.h"

struct list_opts {
	const char *format;
	bool all;
};

static const struct bef_opt list_options[] = {
	BEF_FLAG(struct list_opts, all, 0, "all", "tous", N_("the closed ones too")),
	BEF_TEXT(struct list_opts, format, 'f', "format", "format", N_("FORMAT"), N_("csv, or csv-intl (commas): for a spreadsheet")),
	BEF_OPT_END,
};

struct listing {
	struct bef_app *app;
	struct bef_uuid current;
	int shown;
	char separator; /* of a CSV; 0: none */
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

/* --- CSV --- */

static enum bef_rc put_csv_end(struct bef_csv *csv, struct bef_err *err)
{
	bef_csv_row_end(csv);
	fputs(bef_text_str(csv->out), stdout);
	return bef_text_rc(csv->out, err);
}

static enum bef_rc put_head_csv(char separator, struct bef_err *err)
{
	static const char *const columns[] = { N_("incident"), N_("title"), N_("type"), N_("severity"), N_("phase"), N_("crisis state"),
		                               N_("exercise"), N_("opened"), N_("closed"), N_("entries"), N_("open actions"), N_("next due") };
	BEF_AUTO(text) row = { .max = 4096 };
	struct bef_csv csv = { .out = &row, .separator = separator };

	bef_csv_begin(&csv);
	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		bef_csv_cell(&csv, tr(columns[i]));
	return put_csv_end(&csv, err);
}

static void put_csv_instant(struct bef_csv *csv, const char *zone, int64_t at_ms)
{
	char when[BEF_DATE_SIZE];

	bef_csv_cell(csv, at_ms ? bef_date_format(at_ms, zone, BEF_DATE_OFFSET, when) : NULL);
}

static enum bef_rc put_row_csv(const struct listing *listing, const struct bef_incident_row *row, struct bef_err *err)
{
	const struct bef_summary *s = &row->summary;
	const char *zone = listing->app->desk.pen.zone;
	BEF_AUTO(text) text = { .max = 8192 };
	struct bef_csv csv = { .out = &text, .separator = listing->separator };

	bef_csv_cell(&csv, row->ref);
	bef_csv_cell(&csv, *s->title ? s->title : tr("[title erased]"));
	bef_csv_cell(&csv, bef_word_label(&bef_types, s->type));
	bef_csv_int(&csv, bef_natural(s->severity, 9));
	bef_csv_cell(&csv, bef_word_label(&bef_phases, s->phase));
	bef_csv_cell(&csv, bef_word_label(&bef_states, s->state));
	bef_csv_cell(&csv, s->drill ? tr("yes") : NULL);
	put_csv_instant(&csv, zone, s->opened_at_ms);
	put_csv_instant(&csv, zone, s->closed_at_ms);
	bef_csv_int(&csv, row->entries);
	bef_csv_int(&csv, s->open_actions);
	put_csv_instant(&csv, zone, s->next_due_at_ms);
	return put_csv_end(&csv, err);
}

static enum bef_rc choose_format(struct listing *listing, const char *format, struct bef_err *err)
{
	struct bef_csv csv = { 0 };

	if (!format)
		return BEF_OK;
	if (!bef_csv_dialect(&csv, format)) {
		bef_fail(err, BEF_USAGE, tr("unknown format '%.40s'"), format);
		bef_hint(err, tr("one of: %s"), "csv, csv-intl");
		return BEF_USAGE;
	}
	listing->separator = csv.separator;
	return put_head_csv(csv.separator, err);
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
	if (listing->separator)
		return put_row_csv(listing, row, err);
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
		rc = choose_format(&listing, opts->format, err);
	if (rc == BEF_OK)
		rc = bef_desk_current(&app->desk, &listing.current, err);
	if (rc == BEF_OK || (rc == BEF_NOT_FOUND && store))
		rc = bef_store_incidents(store, opts->all, BEF_NO_LIMIT, put_row, &listing, err);
	if (rc == BEF_OK && listing.shown == 0 && !app->g.json && !opts->format) {
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
	.examples_en = "beffroi list\nbeffroi list --all --json\nbeffroi list --all -f csv > incidents.csv\n",
	.examples_fr = "beffroi liste\nbeffroi liste --tous --json\nbeffroi liste --tous -f csv > incidents.csv\n",
	.most_words = 0,
	.opts = list_options, .opts_size = sizeof(struct list_opts),
	.run = list_run,
};
