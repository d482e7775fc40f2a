/* SPDX-License-Identifier: EUPL-1.2 */
/* The rules themselves: listed, dated, checked; and those that a company adds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "deadline.h"
#include "out.h"

/* "6m", "1y", "30d": days; -1 if it is no such text. */
static long days_of(const char *text)
{
	static const struct {
		char letter;
		int days;
	} units[] = { { 'd', 1 }, { 'j', 1 }, { 'w', 7 }, { 's', 7 }, { 'm', 30 }, { 'y', 365 }, { 'a', 365 } };
	char unit = '\0';
	long count = bef_natural_unit(text, 10000, &unit);

	for (size_t i = 0; count >= 0 && i < sizeof(units) / sizeof(*units); i++)
		if (units[i].letter == unit)
			return count * units[i].days;
	return -1;
}

static enum bef_rc put_rule_json(const struct bef_rule *rule, long age, struct bef_err *err)
{
	static const char *const members[] = { "article", "source", "checked_on", "confidence", "offset", "calc", "valid_from" };
	json_t *object = bef_json_begin("rule");
	bool ok = object != NULL;

	bef_json_put_text(object, "rule", rule->id, &ok);
	bef_json_put_text(object, "regime", rule->regime, &ok);
	bef_json_put_text(object, "status", rule->status, &ok);
	bef_json_put_bool(object, "on", bef_rule_is_on(rule), &ok);
	bef_json_put_text(object, "name", bef_both(rule->json, "name"), &ok);
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++)
		bef_json_put_text(object, members[i], bef_json_text(rule->json, members[i]), &ok);
	bef_json_put_int(object, "age_days", age, &ok);
	return bef_put_json(ok ? object : NULL, err);
}

static const char *status_label(const struct bef_rule *rule)
{
	static const struct {
		const char *status, *label;
	} labels[] = {
		{ "in_force", N_("in force") }, { "not_transposed", N_("OFF: not transposed") },
		{ "proposed", N_("OFF: proposed") }, { "soft", N_("advice") },
	};

	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (strcmp(rule->status, labels[i].status) == 0)
			return tr(labels[i].label);
	return rule->status;
}

/* "72 h", "14 d", "1 month". */
static void add_length(const struct bef_rule *rule, struct bef_text *out)
{
	const char *offset = bef_json_text(rule->json, "offset");
	struct bef_offset length;

	if (!offset || bef_offset_parse(offset, &length, NULL) != BEF_OK || length.count == 0)
		return;
	if (length.unit == BEF_OFFSET_TIME)
		bef_text_printf(out, tr(", %lld h"), (long long)(length.count / 3600));
	else if (length.unit == BEF_OFFSET_MONTHS)
		bef_text_printf(out, trn(", %lld month", ", %lld months", (long)length.count), (long long)length.count);
	else
		bef_text_printf(out, tr(", %lld d"), (long long)length.count * (length.unit == BEF_OFFSET_WEEKS ? 7 : 1));
}

static void put_rule(struct bef_app *app, const struct bef_rule *rule, const struct bef_rule *before)
{
	const char *banner = bef_both(rule->file, "banner");
	BEF_AUTO(text) text = { .max = 8192 };

	if (!before || before->file != rule->file) {
		bef_put(app, BEF_STRONG, "%s\n", bef_both(rule->file, "name"));
		if (banner)
			bef_wrap(app, BEF_WARN, 0, 0, banner);
	}
	bef_put_cell(app, BEF_PLAIN, 24, rule->id);
	bef_text_printf(&text, "%s", bef_both(rule->json, "name"));
	add_length(rule, &text);
	bef_text_printf(&text, tr(". %s, %s, checked on %s"), status_label(rule), bef_json_text_or(rule->json, "article", ""),
	                bef_json_text_or(rule->json, "checked_on", "?"));
	if (bef_confidence_label(rule->json))
		bef_text_printf(&text, ". %s", bef_confidence_label(rule->json));
	bef_wrap_text(app, bef_rule_is_on(rule) ? BEF_PLAIN : BEF_FAINT, 24, 24, &text);
}

enum bef_rc bef_deadline_rules(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                               struct bef_err *err)
{
	__attribute__((cleanup(bef_legal_clear))) struct bef_legal legal = { 0 };
	const struct bef_rule *before = NULL;
	long older = opts->older ? days_of(opts->older) : -1;
	int shown = 0;
	enum bef_rc rc = BEF_OK;

	(void)words;
	(void)count;
	if (opts->older && older < 0) {
		bef_fail(err, BEF_USAGE, tr("'%.40s' is no age"), opts->older);
		bef_hint(err, "%s", tr("write it so: 6m, 1y, 90d"));
		return BEF_USAGE;
	}
	rc = bef_law_at_hand(app, &legal, err);
	for (size_t i = 0; rc == BEF_OK && i < legal.law->rule_count; i++) {
		const struct bef_rule *rule = &legal.law->rule[i];
		long age = bef_checked_days(rule->json, app->desk.pen.now_ms);

		if (older >= 0 && age >= 0 && age <= older)
			continue;
		shown++;
		if (app->g.json)
			rc = put_rule_json(rule, age, err);
		else
			put_rule(app, rule, before);
		before = rule;
	}
	if (rc == BEF_OK && !shown && !app->g.json)
		bef_talk(app, "%s", tr("all rules were checked since then"));
	return rc;
}

/* --- rules of the organisation's own --- */

static enum bef_rc read_rules(const char *path, struct bef_text *text, struct bef_err *err)
{
	enum bef_rc rc = bef_file_read(path, BEF_REGIME_MOST, text, err);

	return rc ? bef_context(err, rc, "%.200s", bef_path_name(path)) : BEF_OK;
}

enum bef_rc bef_deadline_check(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                               struct bef_err *err)
{
	__attribute__((cleanup(bef_law_clear))) struct bef_law *law = NULL;
	BEF_AUTO(text) text = { 0 };
	enum bef_rc rc;

	(void)opts;
	if (count != 1) {
		bef_fail(err, BEF_USAGE, "%s", tr("which file?"));
		bef_hint(err, "%s", tr("beffroi deadline check FILE"));
		return BEF_USAGE;
	}
	rc = read_rules(words[0], &text, err);
	if (rc == BEF_OK)
		rc = bef_law_shipped(&law, err);
	if (rc == BEF_OK)
		rc = bef_law_add(law, bef_text_str(&text), text.len, err);
	if (rc == BEF_OK)
		rc = bef_law_lint(law, err);
	if (rc)
		return bef_context(err, rc, "%.200s", bef_path_name(words[0]));
	bef_put(app, BEF_GOOD, "%s", tr("It can be used."));
	bef_put(app, BEF_PLAIN, "\n");
	return BEF_OK;
}

/* A safe id of what was typed. */
static void slug(const char *name, char out[60])
{
	char folded[60];
	size_t len = 0;

	bef_fold(name, folded, sizeof(folded));
	for (const char *c = folded; *c && len < 40; c++) {
		bool plain = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9');

		if (plain)
			out[len++] = *c;
		else if (len > 0 && out[len - 1] != '-')
			out[len++] = '-';
	}
	while (len > 0 && out[len - 1] == '-')
		len--;
	out[len] = '\0';
}

static json_t *both(const char *text)
{
	return json_pack("{s:s, s:s}", "en", text, "fr", text);
}

/* "--within 24h" of a clause: hours, or working days with a d (j) after the number. */
static bool clause_offset(const char *text, char out[24])
{
	char unit = '\0';
	long count = bef_natural_unit(text, 9999, &unit);

	if (count < 1 || !strchr("hdj", unit))
		return false;
	snprintf(out, 24, !unit || unit == 'h' ? "PT%ldH" : "P%ldD", count);
	return true;
}

/* A clause of a contract, as a regime of one rule. */
static json_t *clause_document(const char *name, const char *offset, const struct bef_deadline_opts *opts, const char *today)
{
	char id[60], rule_id[80];
	json_t *rule, *document;
	bool ok = true;

	slug(name, id);
	snprintf(rule_id, sizeof(rule_id), "contrat.%s", *id ? id : "x");
	rule = json_pack("{s:s, s:o, s:s, s:o, s:[s,s], s:s, s:s, s:s, s:s, s:s, s:s}", "id", rule_id, "name", both(name), "status",
	                 "in_force", "applies_if", json_pack("{s:[s]}", "all", "customer-harm"), "clock_start", "aware", "detected",
	                 "offset", offset, "calc", "contract", "article", opts->reference ? opts->reference : "-", "source",
	                 name, "checked_on", today, "confidence", "read");
	if (opts->contact)
		bef_json_put(rule, "recipient", both(opts->contact), &ok);
	if (opts->channel)
		bef_json_put(rule, "channel", both(opts->channel), &ok);
	document = json_pack("{s:i, s:s, s:o, s:s, s:[o]}", "v", 1, "regime", "contrat", "name", both(name), "status", "in_force",
	                     "rules", rule);
	if (document && ok)
		return document;
	json_decref(document);
	return NULL;
}

static enum bef_rc make_clause(struct bef_app *app, const struct bef_deadline_opts *opts, const char *name,
                               struct bef_text *out, struct bef_err *err)
{
	char offset[24], today[BEF_DATE_SIZE];
	json_t *document;
	BEF_AUTO_FREE char *text = NULL;

	if (!opts->hours || !clause_offset(opts->hours, offset)) {
		bef_fail(err, BEF_USAGE, "%s", tr("say within how long the clause wants to be told"));
		bef_hint(err, "%s", tr("beffroi deadline add \"Customer X\" --within 24h --reference \"article 12\"   (5d: working days)"));
		return BEF_USAGE;
	}
	bef_date_utc(app->desk.pen.now_ms, today);
	today[10] = '\0';
	document = clause_document(name, offset, opts, today);
	text = document ? json_dumps(document, JSON_COMPACT) : NULL;
	json_decref(document);
	if (!text)
		return bef_no_memory(err);
	bef_text_puts(out, text);
	return bef_text_rc(out, err);
}

enum bef_rc bef_deadline_add(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                             struct bef_err *err)
{
	BEF_AUTO(text) name = { 0 };
	BEF_AUTO(text) text = { .max = BEF_REGIME_MOST };
	struct bef_done done;
	enum bef_rc rc = bef_words_join(words, count, 400, &name, err);
	const char *dot = rc ? NULL : strrchr(bef_text_str(&name), '.');

	if (rc == BEF_OK && name.len == 0) {
		bef_fail(err, BEF_USAGE, "%s", tr("say whose clause it is, or which file"));
		bef_hint(err, "%s", tr("beffroi deadline add \"Customer X\" --within 24h --reference \"article 12\"   (5d: working days)"));
		return BEF_USAGE;
	}
	if (rc == BEF_OK)
		rc = dot && strcmp(dot, ".json") == 0 ? read_rules(bef_text_str(&name), &text, err)
		                                      : make_clause(app, opts, bef_text_str(&name), &text, err);
	bef_app_tick(app);
	if (rc == BEF_OK)
		rc = bef_act_add_rules(&app->desk, bef_text_str(&text), text.len, opts->reason, &done, err);
	if (rc == BEF_OK)
		rc = bef_put_done(app, &done, "profile.rule", err, tr("added for all incidents: %s"), bef_text_str(&name));
	if (rc == BEF_OK)
		bef_deadline_tell(app);
	return rc;
}
