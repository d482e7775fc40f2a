/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/draft.h"
#include "act/say.h"
#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"
#include "question.h"

struct decide_opts {
	const char *at, *question, *reason, *review;
	int supersedes;
	struct bef_list options;
	bool reversible, editor;
};

/* Whoever was asked for the decision is asked for the reason too; else it is said with an option. */
static bool asks_why(const struct bef_app *app, const struct decide_opts *opts, int words)
{
	return words == 0 && !opts->reason && !opts->editor && app->in_tty && !app->g.no_input;
}

static const struct bef_opt decide_options[] = {
	BEF_TEXT(struct decide_opts, question, 0, "question", "question", N_("TEXT"), N_("the question that was put")),
	BEF_LIST(struct decide_opts, options, 0, "rejected", "ecarte", N_("TEXT"), N_("an option that was not chosen (may be repeated)")),
	BEF_TEXT(struct decide_opts, reason, 'm', "reason", "motif", N_("TEXT"), N_("why")),
	BEF_TEXT(struct decide_opts, review, 0, "review", "revoir", N_("TIME"), N_("when to look at it again: +2h, 18:00, tomorrow 9h")),
	BEF_FLAG(struct decide_opts, reversible, 0, "reversible", "reversible", N_("it can be taken back")),
	BEF_NUMBER(struct decide_opts, supersedes, 0, "supersedes", "remplace", N_("D"), N_("number of the decision that this one replaces")),
	BEF_TEXT(struct decide_opts, at, 't', "at", "heure", N_("TIME"), N_("when it was taken")),
	BEF_FLAG(struct decide_opts, editor, 'e', "editor", "editeur", N_("write in your editor")),
	BEF_OPT_END,
};

static json_t *list_of(const struct bef_list *list)
{
	json_t *items = json_array();

	for (int i = 0; items && i < list->count; i++)
		if (json_array_append_new(items, json_string(list->item[i])) != 0) {
			json_decref(items);
			return NULL;
		}
	return items;
}

static enum bef_rc fill(struct bef_app *app, const struct decide_opts *opts, const char *choice,
                        const char *reason, struct bef_saying *what, int64_t *review_ms, struct bef_err *err)
{
	bool ok = what->body != NULL;
	enum bef_rc rc = bef_app_time(app, opts->at, BEF_WHEN_FACT, &what->happened_at_ms, err);

	if (rc == BEF_OK)
		rc = bef_app_time(app, opts->review, BEF_WHEN_DUE, review_ms, err);
	if (rc)
		return rc;
	bef_json_put_text(what->body, "choice", choice, &ok);
	bef_json_put_text(what->body, "question", opts->question, &ok);
	if (opts->options.count)
		bef_json_put(what->body, "options", list_of(&opts->options), &ok);
	bef_json_put_text(what->body, "reason", reason, &ok);
	if (opts->reversible)
		bef_json_put_bool(what->body, "reversible", true, &ok);
	if (*review_ms)
		bef_json_put_int(what->body, "review_at", *review_ms, &ok);
	bef_json_put_text(what->body, "by", app->g.by, &ok);
	if (opts->supersedes) {
		what->link = (struct bef_link){ .field = "supersedes", .list = BEF_LINK_DECISION,
			                        .number = { opts->supersedes }, .count = 1 };
	}
	return ok ? BEF_OK : bef_no_memory(err);
}

static enum bef_rc decide_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct decide_opts *opts = opts_;
	const struct bef_wanted_text want = { words, count, opts->editor, tr("decision > ") };
	__attribute__((cleanup(bef_saying_clear))) struct bef_saying what = {
		.kind = "decision.taken", .body = json_object(),
	};
	BEF_AUTO(text) text = { 0 };
	BEF_AUTO(text) why = { 0 };
	enum bef_reply reply = BEF_REPLIED;
	struct bef_done done;
	char now[BEF_DATE_SIZE], review[BEF_DATE_SIZE];
	int64_t review_ms = 0;
	enum bef_rc rc = bef_ask_text(app, &want, &text, err);

	if (rc == BEF_OK && asks_why(app, opts, count))
		rc = bef_question(app, tr("Why?"), tr("left out"), &why, &reply, err);
	if (rc == BEF_OK && reply != BEF_REPLIED) {
		bef_desk_draft_drop(&app->desk);
		bef_talk(app, "%s", tr("  Nothing recorded."));
		return BEF_OK;
	}
	if (rc == BEF_OK)
		rc = fill(app, opts, bef_text_str(&text), why.len ? bef_text_str(&why) : opts->reason, &what, &review_ms, err);
	if (rc)
		return rc;
	bef_app_tick(app);
	rc = bef_act_say(&app->desk, &what, &done, err);
	if (rc)
		return rc;
	bef_desk_draft_drop(&app->desk);
	bef_date_format(app->desk.pen.now_ms, app->desk.pen.zone, BEF_DATE_CLOCK, now);
	if (!review_ms)
		return bef_put_done(app, &done, what.kind, err, tr("Decision D%d taken at %s by %s (#%u)"), done.about,
		                    now, app->g.by ? app->g.by : app->desk.pen.author, done.number);
	bef_date_format(review_ms, app->desk.pen.zone, BEF_DATE_DAY, review);
	return bef_put_done(app, &done, what.kind, err, tr("Decision D%d taken at %s by %s (#%u). Review: %s"),
	                    done.about, now, app->g.by ? app->g.by : app->desk.pen.author, done.number, review);
}

const struct bef_cmd bef_cmd_decide = {
	.en = "decide", .fr = "decider",
	.group = BEF_GROUP_CELL,
	.summary = N_("record a decision"),
	.args = N_("[TEXT...]"),
	.about = N_("A decision register is read again by hostile eyes: say why, and what was ruled out."),
	.examples_en = "beffroi decide \"Cut Internet for the whole site\" -m \"still spreading\" --review +2h\n"
	               "beffroi decide \"Reconnect\" --supersedes D1\n",
	.examples_fr = "beffroi decider \"Couper Internet pour tout le site\" -m \"propagation en cours\" --revoir +2h\n"
	               "beffroi decider \"Rebrancher\" --remplace D1\n",
	.most_words = -1,
	.opts = decide_options, .opts_size = sizeof(struct decide_opts),
	.run = decide_run,
};
