/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "act/draft.h"
#include "act/say.h"
#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"
#include "report/csv.h"

struct action_opts {
	const char *owner, *before, *priority, *reason;
	const char *format;
	struct bef_list after;
	bool all;
};

static const struct bef_opt action_options[] = {
	BEF_TEXT(struct action_opts, owner, 'p', "for", "pour", N_("NAME"), N_("who does it")),
	BEF_TEXT(struct action_opts, before, 0, "before", "avant", N_("TIME"), N_("due time: 13:00, +2h, tomorrow 9h")),
	BEF_TEXT(struct action_opts, priority, 0, "priority", "prio", N_("0-3"), N_("0 is the most pressing")),
	BEF_LIST(struct action_opts, after, 0, "after", "apres", N_("A"), N_("an action that must be done first (may be repeated)")),
	BEF_TEXT(struct action_opts, reason, 'm', "reason", "motif", N_("TEXT"), N_("why, or with what result")),
	BEF_FLAG(struct action_opts, all, 0, "all", "tout", N_("list the settled ones too")),
	BEF_TEXT(struct action_opts, format, 'f', "format", "format", N_("FORMAT"), N_("csv, or csv-intl (commas): for a spreadsheet")),
	BEF_OPT_END,
};

static enum bef_rc put_owner_and_due(struct bef_app *app, const struct action_opts *opts, struct bef_saying *what,
                                     int64_t *due_ms, bool *ok, struct bef_err *err)
{
	enum bef_rc rc = bef_app_time(app, opts->before, BEF_WHEN_DUE, due_ms, err);

	bef_json_put_text(what->body, "owner", opts->owner, ok);
	if (rc == BEF_OK && *due_ms)
		bef_json_put_int(what->body, "due_at", *due_ms, ok);
	return rc;
}

static enum bef_rc link_after(const struct bef_list *after, struct bef_link *link, struct bef_err *err)
{
	*link = (struct bef_link){ .field = "after", .list = BEF_LINK_ACTION, .many = true };
	if (after->count > BEF_LINKS_MOST)
		return bef_fail(err, BEF_USAGE, "%s", tr("too many actions after --after"));
	for (int i = 0; i < after->count; i++) {
		link->number[link->count++] = bef_number(after->item[i]);
		if (link->number[i] == 0)
			return bef_fail(err, BEF_USAGE, tr("'%s' is not a number"), BEF_SHORT(after->item[i], 40));
	}
	return BEF_OK;
}

static enum bef_rc plan(struct bef_app *app, const struct action_opts *opts, char **words, int count,
                        struct bef_err *err)
{
	const struct bef_wanted_text want = { words, count, false, tr("action > ") };
	__attribute__((cleanup(bef_saying_clear))) struct bef_saying what = {
		.kind = "action.planned", .body = json_object(),
	};
	BEF_AUTO(text) text = { 0 };
	const char *priority = NULL;
	struct bef_done done;
	char due[BEF_DATE_SIZE];
	int64_t due_ms = 0;
	bool ok = what.body != NULL;
	enum bef_rc rc = bef_ask_text(app, &want, &text, err);

	if (rc == BEF_OK)
		rc = bef_app_word(&bef_priorities, opts->priority, NULL, &priority, err);
	if (rc == BEF_OK)
		rc = put_owner_and_due(app, opts, &what, &due_ms, &ok, err);
	if (rc == BEF_OK && opts->after.count)
		rc = link_after(&opts->after, &what.link, err);
	bef_json_put_text(what.body, "text", bef_text_str(&text), &ok);
	bef_json_put_text(what.body, "priority", priority, &ok);
	if (rc == BEF_OK && !ok)
		rc = bef_no_memory(err);
	bef_app_tick(app);
	if (rc == BEF_OK)
		rc = bef_act_say(&app->desk, &what, &done, err);
	if (rc)
		return rc;
	bef_desk_draft_drop(&app->desk);
	if (!due_ms)
		return bef_put_done(app, &done, what.kind, err, tr("Action A%d for %s (#%u)"), done.about,
		                    opts->owner ? opts->owner : tr("nobody yet"), done.number);
	bef_date_format(due_ms, app->desk.pen.zone, BEF_DATE_DAY, due);
	return bef_put_done(app, &done, what.kind, err, tr("Action A%d for %s, before %s (#%u)"), done.about,
	                    opts->owner ? opts->owner : tr("nobody yet"), due, done.number);
}

static enum bef_rc change(struct bef_app *app, const struct action_opts *opts, int number, const char *state_word,
                          struct bef_err *err)
{
	__attribute__((cleanup(bef_saying_clear))) struct bef_saying what = {
		.kind = "action.changed", .body = json_object(),
		.link = { .field = "action", .list = BEF_LINK_ACTION, .number = { number }, .count = 1 },
	};
	const char *state = NULL;
	struct bef_done done;
	int64_t due_ms = 0;
	bool ok = what.body != NULL;
	enum bef_rc rc = bef_app_word(&bef_action_states, state_word, NULL, &state, err);

	if (rc == BEF_OK)
		rc = put_owner_and_due(app, opts, &what, &due_ms, &ok, err);
	if (rc == BEF_OK && !state && !opts->owner && !due_ms) {
		bef_fail(err, BEF_USAGE, tr("what about action A%d?"), number);
		bef_hint(err, tr("beffroi action %d done   (or failed, dropped, open; or --for NAME, --before TIME)"), number);
		return BEF_USAGE;
	}
	bef_json_put_text(what.body, "state", state, &ok);
	bef_json_put_text(what.body, "reason", opts->reason, &ok);
	if (rc == BEF_OK && !ok)
		rc = bef_no_memory(err);
	bef_app_tick(app);
	if (rc == BEF_OK)
		rc = bef_act_say(&app->desk, &what, &done, err);
	return rc ? rc
	          : bef_put_done(app, &done, what.kind, err, tr("Action A%d: %s (#%u)"), number,
	                         state ? bef_word_label(&bef_action_states, state) : tr("changed"), done.number);
}

static void put_action(struct bef_app *app, const struct bef_case *c, size_t i)
{
	const struct bef_action *action = &c->action[i];
	bool open = bef_action_open(action);
	bool late = open && action->due_at_ms && action->due_at_ms < app->desk.pen.now_ms;
	const char *text = bef_line_text(action->line, "text");
	BEF_AUTO(text) row = { .max = 2 * BEF_PROSE_MOST };
	char number[24], due[BEF_DATE_SIZE];

	snprintf(number, sizeof(number), "A%zu", i + 1);
	bef_put_cell(app, BEF_STRONG, 5, number);
	bef_put_cell(app, late ? BEF_BAD : open ? BEF_WARN : BEF_FAINT, 12,
	             late ? tr("LATE") : bef_word_label(&bef_action_states, action->state));
	bef_text_tame(&row, text ? text : "...", true);
	if (action->owner)
		bef_text_printf(&row, " -> %s", action->owner);
	if (action->due_at_ms)
		bef_text_printf(&row, tr(", before %s"),
		                bef_date_format(action->due_at_ms, c->zone, BEF_DATE_DAY, due));
	bef_wrap_text(app, BEF_PLAIN, 17, 17, &row);
}

/* --- CSV: number 0 is the head --- */

static void put_csv_cells(struct bef_csv *csv, const struct bef_case *c, size_t i)
{
	const struct bef_action *action = &c->action[i];
	const char *priority = bef_line_text(action->line, "priority");
	char due[BEF_DATE_SIZE];

	bef_csv_int(csv, (int64_t)i + 1);
	bef_csv_cell(csv, bef_json_text_or(bef_line_body(action->line), "text", tr("[erased]")));
	bef_csv_cell(csv, action->owner);
	bef_csv_cell(csv, action->due_at_ms ? bef_date_format(action->due_at_ms, c->zone, BEF_DATE_OFFSET, due) : NULL);
	bef_csv_cell(csv, bef_word_label(&bef_action_states, action->state));
	if (priority && bef_natural(priority, 9) >= 0)
		bef_csv_int(csv, bef_natural(priority, 9));
	else
		bef_csv_cell(csv, priority);
	bef_csv_cell(csv, action->changed ? bef_line_text(action->changed, "reason") : NULL);
}

static enum bef_rc put_csv(struct bef_csv dialect, const struct bef_case *c, size_t number, struct bef_err *err)
{
	static const char *const columns[] = { N_("number"), N_("action"), N_("owner"), N_("before"), N_("state"), N_("priority"), N_("result") };
	BEF_AUTO(text) row = { .max = 4 * BEF_PROSE_MOST };
	struct bef_csv csv = { .out = &row, .separator = dialect.separator };

	if (number == 0)
		bef_csv_begin(&csv);
	for (size_t i = 0; number == 0 && i < sizeof(columns) / sizeof(*columns); i++)
		bef_csv_cell(&csv, tr(columns[i]));
	if (number)
		put_csv_cells(&csv, c, number - 1);
	bef_csv_row_end(&csv);
	fputs(bef_text_str(&row), stdout);
	return bef_text_rc(&row, err);
}

static enum bef_rc list_csv(struct bef_app *app, const char *format, bool all, struct bef_err *err)
{
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	struct bef_csv csv = { 0 };
	enum bef_rc rc;

	if (!bef_csv_dialect(&csv, format)) {
		bef_fail(err, BEF_USAGE, tr("unknown format '%.40s'"), format);
		bef_hint(err, tr("one of: %s"), "csv, csv-intl");
		return BEF_USAGE;
	}
	rc = bef_app_case(app, &c, &row, err);
	if (rc == BEF_OK)
		rc = put_csv(csv, c, 0, err);
	for (size_t i = 0; rc == BEF_OK && i < c->action_count; i++)
		if (all ? bef_line_counts(c->action[i].line) : bef_action_open(&c->action[i]))
			rc = put_csv(csv, c, i + 1, err);
	return rc;
}

static enum bef_rc list(struct bef_app *app, bool all, struct bef_err *err)
{
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	size_t shown = 0;
	enum bef_rc rc = bef_app_case(app, &c, &row, err);

	for (size_t i = 0; rc == BEF_OK && i < c->action_count; i++) {
		if (all ? !bef_line_counts(c->action[i].line) : !bef_action_open(&c->action[i]))
			continue;
		shown++;
		if (app->g.json)
			rc = bef_put_json(bef_action_json(c, i), err);
		else
			put_action(app, c, i);
	}
	if (rc == BEF_OK && shown == 0 && !app->g.json)
		bef_talk(app, all ? tr("%s has no action. To plan one: beffroi action \"...\" --for NAME")
		                  : tr("%s has no action to do. To plan one: beffroi action \"...\" --for NAME"), row.ref);
	return rc;
}

static enum bef_rc action_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct action_opts *opts = opts_;
	int number = count > 0 ? bef_number(words[0]) : 0;

	if (count == 0)
		return opts->format ? list_csv(app, opts->format, opts->all, err) : list(app, opts->all, err);
	if (number && count <= 2)
		return change(app, opts, number, count == 2 ? words[1] : NULL, err);
	return plan(app, opts, words, count, err);
}

const struct bef_cmd bef_cmd_action = {
	.en = "action", .fr = "action", .also = "actions",
	.group = BEF_GROUP_CELL,
	.summary = N_("plan an action, settle it, list them"),
	.args = N_("[TEXT... | N done|failed|dropped|open]"),
	.examples_en = "beffroi action \"Restore payroll\" --for karim --before 13:00\n"
	               "beffroi action 5 done\n"
	               "beffroi action                         those to do\n",
	.examples_fr = "beffroi action \"Restaurer la paie\" --pour karim --avant 13h\n"
	               "beffroi action 5 fait\n"
	               "beffroi action                         celles qui restent à faire\n",
	.most_words = -1,
	.opts = action_options, .opts_size = sizeof(struct action_opts),
	.run = action_run,
};
