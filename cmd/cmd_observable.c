/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/observable.h"
#include "out.h"
#include "thing.h"

struct observable_opts {
	const char *type, *status, *tlp, *pap, *source, *first, *last, *reason;
	int asset;
	bool detect, no_detect, raw, all;
};

static const struct bef_opt observable_options[] = {
	BEF_TEXT(struct observable_opts, type, 0, "type", "type", N_("TYPE"), N_("what it is, when it cannot be guessed: hostname, account, filename...")),
	BEF_TEXT(struct observable_opts, status, 0, "status", "etat", N_("STATE"), N_("suspected (default), confirmed or benign")),
	BEF_TEXT(struct observable_opts, tlp, 0, "tlp", "tlp", N_("TLP"), N_("its own marking, if not the incident's")),
	BEF_TEXT(struct observable_opts, pap, 0, "pap", "pap", N_("PAP"), N_("what may be done with it: clear, green, amber, red")),
	BEF_TEXT(struct observable_opts, source, 0, "source", "source", N_("TEXT"), N_("where it comes from: a log, CERT-FR...")),
	BEF_TEXT(struct observable_opts, first, 0, "first", "premier", N_("TIME"), N_("first seen")),
	BEF_TEXT(struct observable_opts, last, 0, "last", "dernier", N_("TIME"), N_("last seen")),
	BEF_NUMBER(struct observable_opts, asset, 0, "asset", "actif", N_("S"), N_("the asset where it was seen")),
	BEF_FLAG(struct observable_opts, detect, 0, "detect", "detection", N_("fit for detection tools (default: once confirmed)")),
	BEF_FLAG(struct observable_opts, no_detect, 0, "no-detect", "sans-detection", N_("not fit for them")),
	BEF_TEXT(struct observable_opts, reason, 'm', "reason", "motif", N_("TEXT"), N_("what it did, or why this changes")),
	BEF_FLAG(struct observable_opts, raw, 0, "raw", "brut", N_("list: as they are, ready to be pasted (and clicked)")),
	BEF_FLAG(struct observable_opts, all, 0, "all", "tout", N_("list: the benign, struck and undone ones too")),
	BEF_OPT_END,
};

/* What an entry and a change of one have in common. */
static enum bef_rc put_common(struct bef_app *app, const struct observable_opts *opts, json_t *body, bool *ok,
                              struct bef_err *err)
{
	const char *status = NULL, *tlp = NULL, *pap = NULL;
	int64_t first_ms = 0, last_ms = 0;
	enum bef_rc rc = bef_app_word(&bef_observable_states, opts->status, NULL, &status, err);

	if (rc == BEF_OK)
		rc = bef_app_word(&bef_tlps, opts->tlp, NULL, &tlp, err);
	if (rc == BEF_OK)
		rc = bef_app_word(&bef_paps, opts->pap, NULL, &pap, err);
	if (rc == BEF_OK)
		rc = bef_app_time(app, opts->first, BEF_WHEN_FACT, &first_ms, err);
	if (rc == BEF_OK)
		rc = bef_app_time(app, opts->last, BEF_WHEN_FACT, &last_ms, err);
	if (rc == BEF_OK && first_ms && last_ms && last_ms < first_ms)
		rc = bef_fail(err, BEF_USAGE, "%s", tr("it was seen last before it was seen first"));
	if (rc == BEF_OK && opts->detect && opts->no_detect)
		rc = bef_fail(err, BEF_USAGE, "%s", tr("--detect and --no-detect exclude each other"));
	bef_json_put_text(body, "status", status, ok);
	bef_json_put_text(body, "tlp", tlp, ok);
	bef_json_put_text(body, "pap", pap, ok);
	bef_json_put_text(body, "source", opts->source, ok);
	if (first_ms)
		bef_json_put_int(body, "first_seen", first_ms, ok);
	if (last_ms)
		bef_json_put_int(body, "last_seen", last_ms, ok);
	if (opts->detect || opts->no_detect)
		bef_json_put_bool(body, "to_ids", opts->detect, ok);
	return rc;
}

/* --- add --------------------------------------------------------------------- */

/* The options, read once for all values. */
struct adding {
	const struct observable_opts *opts;
	const char *type; /* or NULL: guessed */
	json_t *common;
};

static enum bef_rc take(struct bef_app *app, const void *adding_, const char *typed, struct bef_things *things,
                        struct bef_err *err)
{
	const struct adding *adding = adding_;
	BEF_AUTO(text) value = { .max = BEF_OBSERVABLE_MOST };
	const char *type = NULL;
	enum bef_rc rc = bef_observable_read(adding->type, typed, &type, &value, err);
	json_t *body;
	bool ok;

	(void)app;
	if (rc)
		return rc;
	body = json_deep_copy(adding->common);
	ok = body != NULL;
	bef_json_put_text(body, "type", type, &ok);
	bef_json_put_text(body, "value", bef_text_str(&value), &ok);
	bef_json_put_text(body, "text", adding->opts->reason, &ok);
	if (!ok) {
		json_decref(body);
		body = NULL;
	}
	return bef_things_take(things, body, err);
}

static void say(const json_t *body, struct bef_text *out)
{
	const char *type = bef_json_text_or(body, "type", "");

	bef_text_printf(out, "%s ", bef_word_label(&bef_observable_types, type));
	bef_defang(type, bef_json_text_or(body, "value", ""), out);
	if (bef_json_text(body, "status"))
		bef_text_printf(out, tr(": %s"), bef_word_label(&bef_observable_states, bef_json_text(body, "status")));
}

static enum bef_rc add(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	struct adding adding = { .opts = opts_, .common = json_object() };
	__attribute__((cleanup(bef_things_clear))) struct bef_things things = { .kind = "observable.added",
		                                                                .asset = adding.opts->asset };
	struct bef_done done;
	bool ok = adding.common != NULL;
	enum bef_rc rc = bef_app_word(&bef_observable_types, adding.opts->type, NULL, &adding.type, err);

	if (rc == BEF_OK)
		rc = put_common(app, adding.opts, adding.common, &ok, err);
	if (rc == BEF_OK && !ok)
		rc = bef_no_memory(err);
	if (rc == BEF_OK)
		rc = bef_thing_each(app, &adding, words, count, take, &things, err);
	json_decref(adding.common);
	bef_app_tick(app);
	if (rc == BEF_OK)
		rc = bef_act_things_add(&app->desk, &things, &done, err);
	return rc ? rc : bef_thing_answer(app, &things, &done, 'O', say, err);
}

/* --- set --------------------------------------------------------------------- */

static enum bef_rc set_one(struct bef_app *app, const struct observable_opts *opts, json_t *body, int number,
                           struct bef_err *err)
{
	struct bef_thing_change what = { .number = number, .asset = opts->asset, .body = body };
	struct bef_done done;
	enum bef_rc rc;

	bef_app_tick(app);
	rc = bef_act_thing_change(&app->desk, &what, &done, err);
	return rc ? rc
	          : bef_put_done(app, &done, "observable.changed", err, tr("Observable O%d: %s (#%u)"), number,
	                         json_object_get(body, "status")
	                                 ? bef_word_label(&bef_observable_states, bef_json_text(body, "status"))
	                                 : tr("changed"),
	                         done.number);
}

static enum bef_rc set(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct observable_opts *opts = opts_;
	json_t *body = json_object();
	bool ok = body != NULL;
	enum bef_rc rc = put_common(app, opts, body, &ok, err);

	bef_json_put_text(body, "reason", opts->reason, &ok);
	if (rc == BEF_OK && !ok)
		rc = bef_no_memory(err);
	if (rc == BEF_OK && (count == 0 || (json_object_size(body) == 0 && !opts->asset))) {
		rc = bef_fail(err, BEF_USAGE, "%s", tr("which observable, and what about it?"));
		bef_hint(err, "%s", tr("beffroi observable set O1 --status confirmed"));
	}
	for (int i = 0; i < count && rc == BEF_OK; i++)
		rc = bef_number(words[i]) ? set_one(app, opts, body, bef_number(words[i]), err)
		                          : bef_fail(err, BEF_USAGE, tr("'%s' is not a number"), BEF_SHORT(words[i], 40));
	json_decref(body);
	return rc;
}

/* --- list -------------------------------------------------------------------- */

static void put_one(struct bef_app *app, const struct bef_case *c, size_t i, bool raw)
{
	const struct bef_observable *one = &c->observable[i];
	const char *text = bef_line_text(one->line, "text");
	bool confirmed = strcmp(one->status, "confirmed") == 0;
	BEF_AUTO(text) row = { .max = 2 * BEF_PROSE_MOST };
	BEF_AUTO(text) value = { .max = 4 * BEF_OBSERVABLE_MOST };
	char number[24];

	snprintf(number, sizeof(number), "O%zu", i + 1);
	bef_put_cell(app, BEF_STRONG, 5, number);
	bef_put_cell(app, confirmed ? BEF_BAD : BEF_FAINT, 11, bef_word_label(&bef_observable_states, one->status));
	bef_put_cell(app, BEF_PLAIN, 20, bef_word_label(&bef_observable_types, one->type));
	if (one->value && raw)
		bef_text_puts(&value, one->value);
	else if (one->value)
		bef_defang(one->type, one->value, &value);
	bef_text_tame(&row, one->value ? bef_text_str(&value) : tr("[erased]"), true);
	if (one->tlp)
		bef_text_printf(&row, "  %s", bef_word_label(&bef_tlps, one->tlp));
	if (one->pap)
		bef_text_printf(&row, "  %s", bef_word_label(&bef_paps, one->pap));
	if (one->asset != BEF_NONE)
		bef_text_printf(&row, "  S%d", one->asset + 1);
	if (one->source)
		bef_text_printf(&row, tr(", source: %s"), one->source);
	if (text)
		bef_text_printf(&row, " (%s)", text);
	bef_wrap_text(app, BEF_PLAIN, 36, 36, &row);
}

static enum bef_rc list(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct observable_opts *opts = opts_;
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	size_t shown = 0;
	enum bef_rc rc = bef_app_case(app, &c, &row, err);

	(void)words;
	if (rc == BEF_OK && count > 0)
		rc = bef_fail(err, BEF_USAGE, tr("'%s' is one word too many"), BEF_SHORT(words[0], 40));
	for (size_t i = 0; rc == BEF_OK && i < c->observable_count; i++) {
		const struct bef_observable *one = &c->observable[i];

		if (!opts->all && (!bef_line_counts(one->line) || strcmp(one->status, "benign") == 0))
			continue;
		shown++;
		if (app->g.json)
			rc = bef_put_json(bef_observable_json(c, i), err);
		else
			put_one(app, c, i, opts->raw);
	}
	if (rc == BEF_OK && shown == 0 && !app->g.json)
		bef_talk(app, tr("%s has no observable. To note one: beffroi observable add VALUE"), row.ref);
	return rc;
}

static const struct bef_thing_verb verbs[] = {
	{ "add", "ajouter", add }, { "list", "liste", list }, { "set", "modifier", set }, { NULL, NULL, NULL },
};

static enum bef_rc observable_run(struct bef_app *app, const void *opts, char **words, int count, struct bef_err *err)
{
	return bef_thing_run(app, verbs, opts, words, count, err);
}

const struct bef_cmd bef_cmd_observable = {
	.en = "observable", .fr = "observable", .also = "observables,indicateur,indicateurs,ioc,iocs",
	.group = BEF_GROUP_THREAD,
	.summary = N_("addresses, domains, files: what the attacker left"),
	.args = N_("[add VALUE... | list | set N...]"),
	.about = N_("The type is recognised from the value, also when it was made harmless (hxxp, [.], (at)); the value is checked, kept in one form and shown harmless everywhere but with --raw and in exports for machines. Types: ipv4, ipv6, domain, url, email, email-subject, hash, filename, account, hostname, mac, iban, btc, phone, cve, registry-key, mutex, user-agent, other. For other tools: beffroi report stix, beffroi report misp."),
	.examples_en = "beffroi observable add 203.0.113.5 'hxxps://evil[.]example/x'\n"
	               "beffroi observable add - <list.txt                  one a line\n"
	               "beffroi observable set O1 --status confirmed -m \"in the firewall's log\"\n"
	               "beffroi observable list --raw\n",
	.examples_fr = "beffroi observable ajouter 203.0.113.5 'hxxps://evil[.]example/x'\n"
	               "beffroi observable ajouter - <liste.txt             un par ligne\n"
	               "beffroi observable modifier O1 --etat confirme -m \"vu dans le journal du pare-feu\"\n"
	               "beffroi observable liste --brut\n",
	.most_words = -1,
	.opts = observable_options, .opts_size = sizeof(struct observable_opts),
	.run = observable_run,
};
