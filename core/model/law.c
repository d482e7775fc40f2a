/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/law.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/embed.h"
#include "base/i18n.h"
#include "base/json.h"

#define BEF_REGIME(name, file) BEF_EMBED(regime_##name, "playbooks/regimes/" file ".json");
#include "model/regimes.def"
#undef BEF_REGIME

static const struct {
	const char *data;
	const char *name;
} shipped[] = {
#define BEF_REGIME(name, file) { bef_embed_regime_##name, file },
#include "model/regimes.def"
#undef BEF_REGIME
};

const char *bef_both(const json_t *object, const char *member)
{
	return bef_json_text(json_object_get(object, member), bef_lang() == BEF_FR ? "fr" : "en");
}

const json_t *bef_both_list(const json_t *object, const char *member)
{
	const json_t *list = json_object_get(json_object_get(object, member), bef_lang() == BEF_FR ? "fr" : "en");

	return json_is_array(list) ? list : NULL;
}

long bef_checked_days(const json_t *object, int64_t now_ms)
{
	char instant[40];
	int64_t at_ms;

	snprintf(instant, sizeof(instant), "%.10sT00:00:00Z", bef_json_text_or(object, "checked_on", ""));
	return bef_date_utc_parse(instant, &at_ms) ? (long)((now_ms - at_ms) / BEF_DAY_MS) : -1;
}

const char *bef_confidence_label(const json_t *object)
{
	const char *confidence = bef_json_text_or(object, "confidence", "memory");

	if (strcmp(confidence, "read") == 0 || strcmp(confidence, "quoted") == 0)
		return NULL;
	return strcmp(confidence, "secondary") == 0 ? tr("UNVERIFIED: from a secondary source") : tr("UNVERIFIED: from memory");
}

bool bef_rule_is_on(const struct bef_rule *rule)
{
	const json_t *on = json_object_get(rule->json, "on");

	return on ? json_is_true(on) : strcmp(rule->status, "in_force") == 0 || strcmp(rule->status, "soft") == 0;
}

const struct bef_question *bef_law_question(const struct bef_law *law, const char *id)
{
	for (size_t i = 0; id && i < law->question_count; i++)
		if (bef_fold_equal(law->question[i].id, id))
			return &law->question[i];
	return NULL;
}

static bool is_called(const struct bef_rule *rule, const char *word)
{
	const json_t *also = json_object_get(rule->json, "also");
	json_t *item;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)also, i, item)
		if (json_is_string(item) && bef_fold_equal(json_string_value(item), word))
			return true;
	return bef_fold_equal(rule->id, word);
}

const struct bef_rule *bef_law_rule(const struct bef_law *law, const char *word)
{
	for (size_t i = 0; word && i < law->rule_count; i++)
		if (is_called(&law->rule[i], word))
			return &law->rule[i];
	return NULL;
}

/* --- reading --- */

static enum bef_rc missing(const char *rule, const char *member, struct bef_err *err)
{
	return bef_fail(err, BEF_USAGE, tr("rule '%.60s': '%.40s' is missing or not what it must be"), rule, member);
}

static bool is_both(const json_t *object, const char *member)
{
	const json_t *both = json_object_get(object, member);

	return bef_json_text(both, "en") && bef_json_text(both, "fr");
}

/* A fact, or a tree of them: not, all, any. */
static bool is_condition(const json_t *value, int depth)
{
	const json_t *list = json_object_get(value, "all");
	json_t *item;
	size_t i;

	if (json_is_string(value))
		return true;
	if (!json_is_object(value) || json_object_size(value) != 1 || depth > 20)
		return false;
	if (json_object_get(value, "not"))
		return is_condition(json_object_get(value, "not"), depth + 1);
	if (!list)
		list = json_object_get(value, "any");
	json_array_foreach ((json_t *)(uintptr_t)list, i, item)
		if (!is_condition(item, depth + 1))
			return false;
	return json_array_size(list) > 0;
}

static bool is_events(const json_t *list)
{
	json_t *item;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)list, i, item)
		if (!json_is_string(item) || !*json_string_value(item))
			return false;
	return json_array_size(list) > 0;
}

static bool is_combined(const json_t *rule)
{
	const json_t *list = json_object_get(json_object_get(rule, "combine"), "min");
	json_t *item;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)list, i, item)
		if (!is_events(json_object_get(item, "start")) || !bef_json_text(item, "offset"))
			return false;
	return json_array_size(list) > 0;
}

static enum bef_rc check_rule(const json_t *rule, struct bef_err *err)
{
	static const char *const wanted[] = { "status", "article", "source", "checked_on", "calc" };
	const char *id = bef_json_text(rule, "id");

	if (!id || !*id || strlen(id) > 60 || strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789.-") != strlen(id))
		return bef_fail(err, BEF_USAGE, "%s", tr("a rule has an id of a-z 0-9 . and -"));
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
		if (!bef_json_text(rule, wanted[i]))
			return missing(id, wanted[i], err);
	if (!is_both(rule, "name"))
		return missing(id, "name", err);
	if (!is_condition(json_object_get(rule, "applies_if"), 0))
		return missing(id, "applies_if", err);
	if (!is_combined(rule) && !is_events(json_object_get(rule, "clock_start")))
		return missing(id, "clock_start", err);
	return BEF_OK;
}

/* A later rule of the same id takes the place of the former one. */
static enum bef_rc keep_rule(struct bef_law *law, const json_t *file, const json_t *json, struct bef_err *err)
{
	const struct bef_rule rule = {
		.id = bef_json_text(json, "id"),
		.regime = bef_json_text(file, "regime"),
		.status = bef_json_text(json, "status"),
		.json = json,
		.file = file,
	};

	for (size_t i = 0; i < law->rule_count; i++)
		if (strcmp(law->rule[i].id, rule.id) == 0) {
			law->rule[i] = rule;
			return BEF_OK;
		}
	if (law->rule_count == BEF_RULES_MOST)
		return bef_fail(err, BEF_USAGE, tr("more than %d legal rules"), BEF_RULES_MOST);
	law->rule[law->rule_count++] = rule;
	return BEF_OK;
}

static enum bef_rc take_file(struct bef_law *law, const json_t *file, struct bef_err *err)
{
	const json_t *rules = json_object_get(file, "rules");
	enum bef_rc rc = BEF_OK;
	json_t *rule;
	size_t i;

	if (!bef_json_text(file, "regime") || !is_both(file, "name") || !json_is_array(rules))
		return bef_fail(err, BEF_USAGE, "%s", tr("not a regime: it needs 'regime', 'name' in both languages and 'rules'"));
	json_array_foreach ((json_t *)(uintptr_t)rules, i, rule)
		if ((rc = check_rule(rule, err)) != BEF_OK)
			return rc;
	json_array_foreach ((json_t *)(uintptr_t)rules, i, rule)
		if ((rc = keep_rule(law, file, rule, err)) != BEF_OK)
			return rc;
	return BEF_OK;
}

static bool replace_contact(json_t *contacts, json_t *contact, bool *ok)
{
	json_t *former;
	size_t i;

	json_array_foreach (contacts, i, former)
		if (strcmp(bef_json_text_or(former, "id", ""), bef_json_text_or(contact, "id", "")) == 0) {
			*ok = json_array_set(contacts, i, contact) == 0 && *ok;
			return true;
		}
	return false;
}

static enum bef_rc take_contacts(struct bef_law *law, const json_t *list, struct bef_err *err)
{
	json_t *contact;
	bool ok = true;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)list, i, contact) {
		if (!bef_json_text(contact, "id") || !is_both(contact, "name"))
			return bef_fail(err, BEF_USAGE, tr("contact %zu: 'id' or 'name' is missing"), i + 1);
		if (!replace_contact(law->contacts, contact, &ok))
			ok = json_array_append(law->contacts, contact) == 0 && ok;
	}
	return ok ? BEF_OK : bef_no_memory(err);
}

static enum bef_rc take_questions(struct bef_law *law, const json_t *list, struct bef_err *err)
{
	json_t *json;
	size_t i;

	law->question = calloc(json_array_size(list) + 1, sizeof(*law->question));
	if (!law->question)
		return bef_no_memory(err);
	json_array_foreach ((json_t *)(uintptr_t)list, i, json)
		law->question[law->question_count++] = (struct bef_question){
			.id = bef_json_text_or(json, "id", ""),
			.of_organisation = strcmp(bef_json_text_or(json, "scope", ""), "organisation") == 0,
			.is_text = strcmp(bef_json_text_or(json, "type", ""), "text") == 0,
			.json = json,
		};
	return BEF_OK;
}

enum bef_rc bef_law_add(struct bef_law *law, const char *text, size_t len, struct bef_err *err)
{
	json_t *file = NULL;
	enum bef_rc rc = len > BEF_REGIME_MOST
	                         ? bef_fail(err, BEF_USAGE, tr("a regime has at most %d bytes"), BEF_REGIME_MOST)
	                         : bef_json_load(text, len, &file, err);

	if (rc)
		return rc;
	/* Kept even if refused: rules read before may borrow from it. */
	if (json_array_append_new(law->docs, file) != 0)
		return bef_no_memory(err);
	if (json_is_array(json_object_get(file, "contacts")))
		return take_contacts(law, json_object_get(file, "contacts"), err);
	if (json_is_array(json_object_get(file, "facts")) && !law->question)
		return take_questions(law, json_object_get(file, "facts"), err);
	return take_file(law, file, err);
}

void bef_law_free(struct bef_law *law)
{
	if (!law)
		return;
	json_decref(law->contacts);
	json_decref(law->docs);
	free(law->question);
	free(law);
}

void bef_law_clear(struct bef_law **law)
{
	bef_law_free(*law);
	*law = NULL;
}

enum bef_rc bef_law_shipped(struct bef_law **out, struct bef_err *err)
{
	struct bef_law *law = calloc(1, sizeof(*law));
	enum bef_rc rc = BEF_OK;

	if (!law)
		return bef_no_memory(err);
	law->docs = json_array();
	law->contacts = json_array();
	if (!law->docs || !law->contacts)
		rc = bef_no_memory(err);
	for (size_t i = 0; i < sizeof(shipped) / sizeof(*shipped) && rc == BEF_OK; i++)
		rc = bef_law_add(law, shipped[i].data, strlen(shipped[i].data), err);
	if (rc)
		bef_law_free(law);
	else
		*out = law;
	return rc;
}
