/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/when.h"
#include "out.h"
#include "thing.h"

struct asset_opts {
	const char *type, *status, *owner, *criticality, *rto, *rpo, *data_until, *at, *reason;
	bool all;
};

static const struct bef_opt asset_options[] = {
	BEF_TEXT(struct asset_opts, type, 0, "type", "type", N_("TYPE"), N_("workstation, server, account, mailbox, network, connected-object, service, site, data, phone, backup, other")),
	BEF_TEXT(struct asset_opts, status, 0, "status", "etat", N_("STATE"), N_("suspected (default), compromised, isolated, down, degraded, cleaned, rebuilt, back-in-service, lost, not-affected")),
	BEF_TEXT(struct asset_opts, owner, 'p', "owner", "responsable", N_("NAME"), N_("who answers for it")),
	BEF_TEXT(struct asset_opts, criticality, 0, "criticality", "criticite", N_("LEVEL"), N_("vital, high, normal or low")),
	BEF_TEXT(struct asset_opts, rto, 0, "rto", "dmia", N_("LENGTH"), N_("longest interruption that is admissible: 4h, 2 days")),
	BEF_TEXT(struct asset_opts, rpo, 0, "rpo", "pdma", N_("LENGTH"), N_("data that may be lost at most: 0h, 24h")),
	BEF_TEXT(struct asset_opts, data_until, 0, "data-until", "donnees-jusqu-a", N_("TIME"), N_("up to when the data were got back")),
	BEF_TEXT(struct asset_opts, at, 't', "at", "heure", N_("TIME"), N_("since when it is so")),
	BEF_TEXT(struct asset_opts, reason, 'm', "reason", "motif", N_("TEXT"), N_("what is known of it, or why this changes")),
	BEF_FLAG(struct asset_opts, all, 0, "all", "tout", N_("list: the struck and undone ones too")),
	BEF_OPT_END,
};

static enum bef_rc put_length(const char *typed, int64_t least_ms, const char *field, json_t *body, bool *ok, struct bef_err *err)
{
	int64_t length_ms;

	if (!typed)
		return BEF_OK;
	if (!bef_span_parse(typed, &length_ms) || length_ms < least_ms) {
		bef_fail(err, BEF_USAGE, tr("not a length of time: '%s'"), BEF_SHORT(typed, 40));
		bef_hint(err, tr("for example: %s"), "30 min, 4h, 1h30");
		return BEF_USAGE;
	}
	bef_json_put_int(body, field, length_ms / 1000, ok);
	return BEF_OK;
}

static enum bef_rc put_objectives(struct bef_app *app, const struct asset_opts *opts, json_t *body, bool *ok, struct bef_err *err)
{
	int64_t until_ms = 0;
	enum bef_rc rc = put_length(opts->rto, 1000, "rto_s", body, ok, err);

	if (rc == BEF_OK)
		rc = put_length(opts->rpo, 0, "rpo_s", body, ok, err);
	if (rc == BEF_OK)
		rc = bef_app_time(app, opts->data_until, BEF_WHEN_FACT, &until_ms, err);
	if (until_ms)
		bef_json_put_int(body, "data_until", until_ms, ok);
	return rc;
}

static enum bef_rc put_common(struct bef_app *app, const struct asset_opts *opts, json_t *body, bool *ok, struct bef_err *err)
{
	const char *status = NULL, *criticality = NULL;
	enum bef_rc rc = bef_app_word(&bef_asset_states, opts->status, NULL, &status, err);

	if (rc == BEF_OK)
		rc = bef_app_word(&bef_criticalities, opts->criticality, NULL, &criticality, err);
	bef_json_put_text(body, "status", status, ok);
	bef_json_put_text(body, "criticality", criticality, ok);
	bef_json_put_text(body, "owner", opts->owner, ok);
	return rc ? rc : put_objectives(app, opts, body, ok, err);
}

static enum bef_rc take(struct bef_app *app, const void *opts_, const char *typed, struct bef_things *things,
                        struct bef_err *err)
{
	const struct asset_opts *opts = opts_;
	BEF_AUTO(text) name = { .max = 500 };
	const char *type = NULL;
	size_t len;
	const char *start = bef_trim(typed, &len);
	json_t *body = json_object();
	bool ok = body != NULL;
	enum bef_rc rc = bef_app_word(&bef_asset_types, opts->type, NULL, &type, err);

	bef_text_add(&name, start, len);
	if (rc == BEF_OK)
		rc = put_common(app, opts, body, &ok, err);
	bef_json_put_text(body, "name", bef_text_str(&name), &ok);
	bef_json_put_text(body, "type", type, &ok);
	bef_json_put_text(body, "text", opts->reason, &ok);
	if (rc == BEF_OK && (len == 0 || name.failed || bef_utf8_check(start, len) < len))
		rc = bef_fail(err, BEF_USAGE, "%s", tr("the name of an asset is a line of text, at most 500 bytes"));
	if (rc == BEF_OK && ok)
		return bef_things_take(things, body, err);
	json_decref(body);
	return rc ? rc : bef_no_memory(err);
}

static void say(const json_t *body, struct bef_text *out)
{
	const char *type = bef_json_text(body, "type");

	if (type)
		bef_text_printf(out, "%s ", bef_word_label(&bef_asset_types, type));
	bef_text_puts(out, bef_json_text_or(body, "name", ""));
	if (bef_json_text(body, "status"))
		bef_text_printf(out, tr(": %s"), bef_word_label(&bef_asset_states, bef_json_text(body, "status")));
}

static enum bef_rc add(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct asset_opts *opts = opts_;
	__attribute__((cleanup(bef_things_clear))) struct bef_things things = { .kind = "asset.added" };
	struct bef_done done;
	enum bef_rc rc = bef_app_time(app, opts->at, BEF_WHEN_FACT, &things.happened_at_ms, err);

	if (rc == BEF_OK)
		rc = bef_thing_each(app, opts, words, count, take, &things, err);
	bef_app_tick(app);
	if (rc == BEF_OK)
		rc = bef_act_things_add(&app->desk, &things, &done, err);
	return rc ? rc : bef_thing_answer(app, &things, &done, 'S', say, err);
}

static enum bef_rc set_one(struct bef_app *app, json_t *body, int number, int64_t at_ms, struct bef_err *err)
{
	struct bef_thing_change what = { .of_asset = true, .number = number, .body = body, .happened_at_ms = at_ms };
	struct bef_done done;
	enum bef_rc rc;

	bef_app_tick(app);
	rc = bef_act_thing_change(&app->desk, &what, &done, err);
	return rc ? rc
	          : bef_put_done(app, &done, "asset.changed", err, tr("Asset S%d: %s (#%u)"), number,
	                         json_object_get(body, "status") ? bef_word_label(&bef_asset_states, bef_json_text(body, "status"))
	                                                         : tr("changed"),
	                         done.number);
}

/* "asset set S1 isolated" is as good as --status isolated. */
static enum bef_rc set(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	struct asset_opts opts = *(const struct asset_opts *)opts_;
	json_t *body = json_object();
	int64_t at_ms = 0;
	bool ok = body != NULL;
	enum bef_rc rc = bef_app_time(app, opts.at, BEF_WHEN_FACT, &at_ms, err);

	if (count > 1 && !opts.status && !bef_number(words[count - 1]))
		opts.status = words[--count];
	if (rc == BEF_OK)
		rc = put_common(app, &opts, body, &ok, err);
	bef_json_put_text(body, "reason", opts.reason, &ok);
	if (rc == BEF_OK && !ok)
		rc = bef_no_memory(err);
	if (rc == BEF_OK && (count == 0 || json_object_size(body) == 0)) {
		rc = bef_fail(err, BEF_USAGE, "%s", tr("which asset, and what about it?"));
		bef_hint(err, "%s", tr("beffroi asset set S1 isolated"));
	}
	for (int i = 0; i < count && rc == BEF_OK; i++)
		rc = bef_number(words[i]) ? set_one(app, body, bef_number(words[i]), at_ms, err)
		                          : bef_fail(err, BEF_USAGE, tr("'%s' is not a number"), BEF_SHORT(words[i], 40));
	json_decref(body);
	return rc;
}

static enum bef_style style_of(const char *status)
{
	if (strcmp(status, "compromised") == 0 || strcmp(status, "lost") == 0 || strcmp(status, "down") == 0)
		return BEF_BAD;
	if (strcmp(status, "suspected") == 0 || strcmp(status, "isolated") == 0 ||
	    strcmp(status, "degraded") == 0)
		return BEF_WARN;
	return BEF_GOOD;
}

static void say_objectives(const struct bef_asset *one, struct bef_text *out)
{
	char span[BEF_DATE_SIZE];

	if (one->rto_ms)
		bef_text_printf(out, ", %s %s", tr("RTO"), bef_span_format(one->rto_ms, span));
	if (one->rpo_ms >= 0)
		bef_text_printf(out, ", %s %s", tr("RPO"), bef_span_format(one->rpo_ms, span));
}

static void put_one(struct bef_app *app, const struct bef_case *c, size_t i)
{
	const struct bef_asset *one = &c->asset[i];
	const char *text = bef_line_text(one->line, "text");
	BEF_AUTO(text) row = { .max = 2 * BEF_PROSE_MOST };
	char number[24];

	snprintf(number, sizeof(number), "S%zu", i + 1);
	bef_put_cell(app, BEF_STRONG, 5, number);
	bef_put_cell(app, style_of(one->status), 18, bef_word_label(&bef_asset_states, one->status));
	bef_put_cell(app, BEF_PLAIN, 18, bef_word_label(&bef_asset_types, one->type));
	bef_text_tame(&row, one->name ? one->name : tr("[erased]"), true);
	if (one->criticality)
		bef_text_printf(&row, ", %s", bef_word_label(&bef_criticalities, one->criticality));
	say_objectives(one, &row);
	if (one->owner)
		bef_text_printf(&row, " -> %s", one->owner);
	if (text)
		bef_text_printf(&row, " (%s)", text);
	bef_wrap_text(app, BEF_PLAIN, 41, 41, &row);
}

static enum bef_rc list(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct asset_opts *opts = opts_;
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	size_t shown = 0;
	enum bef_rc rc = bef_app_case(app, &c, &row, err);

	if (rc == BEF_OK && count > 0)
		rc = bef_fail(err, BEF_USAGE, tr("'%s' is one word too many"), BEF_SHORT(words[0], 40));
	for (size_t i = 0; rc == BEF_OK && i < c->asset_count; i++) {
		if (!opts->all && !bef_line_counts(c->asset[i].line))
			continue;
		shown++;
		if (app->g.json)
			rc = bef_put_json(bef_asset_json(c, i), err);
		else
			put_one(app, c, i);
	}
	if (rc == BEF_OK && shown == 0 && !app->g.json)
		bef_talk(app, tr("%s has no affected asset. To note one: beffroi asset add NAME --type server"), row.ref);
	return rc;
}

static const struct bef_thing_verb verbs[] = {
	{ "add", "ajouter", add }, { "list", "liste", list }, { "set", "modifier", set }, { NULL, NULL, NULL },
};

static enum bef_rc asset_run(struct bef_app *app, const void *opts, char **words, int count, struct bef_err *err)
{
	return bef_thing_run(app, verbs, opts, words, count, err);
}

const struct bef_cmd bef_cmd_asset = {
	.en = "asset", .fr = "actif", .also = "assets,actifs",
	.group = BEF_GROUP_THREAD,
	.summary = N_("what of ours is affected, and how it stands"),
	.args = N_("[add NAME... | list | set N... [STATE]]"),
	.about = N_("Machines, accounts, mailboxes, sites, data: from the first suspicion to the return into service. Each change of state is an entry with its time."),
	.examples_en = "beffroi asset add PC-COMPTA-3 --type workstation --status compromised\n"
	               "beffroi asset set S1 isolated -m \"cable pulled\"\n"
	               "beffroi asset add ERP --type service --status down --rto 4h -t 6:12\n"
	               "beffroi asset                         how they stand\n",
	.examples_fr = "beffroi actif ajouter PC-COMPTA-3 --type poste --etat compromis\n"
	               "beffroi actif modifier S1 isole -m \"câble débranché\"\n"
	               "beffroi actif ajouter ERP --type service --etat arrete --dmia 4h -t 6h12\n"
	               "beffroi actif                         où ils en sont\n",
	.most_words = -1,
	.opts = asset_options, .opts_size = sizeof(struct asset_opts),
	.run = asset_run,
};
