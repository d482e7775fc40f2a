/* SPDX-License-Identifier: EUPL-1.2 */
/* What a rule names must be there. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/due.h"
#include "model/law.h"

static enum bef_rc wrong(const struct bef_rule *rule, const char *what, const char *which, struct bef_err *err)
{
	return bef_fail(err, BEF_USAGE, tr("rule '%.60s': %s '%.60s'"), rule->id, what, which);
}

static enum bef_rc lint_condition(const struct bef_law *law, const struct bef_rule *rule, const json_t *condition,
                                  struct bef_err *err)
{
	const char *key;
	json_t *member, *item;
	size_t i;
	enum bef_rc rc = BEF_OK;

	if (json_is_string(condition)) {
		const struct bef_question *question = bef_law_question(law, json_string_value(condition));

		return question && !question->is_text ? BEF_OK
		                                      : wrong(rule, tr("no such question:"), json_string_value(condition), err);
	}
	json_object_foreach ((json_t *)(uintptr_t)condition, key, member) {
		if (!json_is_array(member) && (rc = lint_condition(law, rule, member, err)) != BEF_OK)
			return rc;
		json_array_foreach (member, i, item)
			if ((rc = lint_condition(law, rule, item, err)) != BEF_OK)
				return rc;
	}
	return BEF_OK;
}

static enum bef_rc lint_events(const struct bef_law *law, const struct bef_rule *rule, const json_t *events,
                               struct bef_err *err)
{
	json_t *item;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)events, i, item) {
		const char *event = json_string_value(item);
		const char *colon = strchr(event, ':');
		bool known = colon ? bef_law_rule(law, colon + 1) != NULL
		                   : bef_event_is_known(event) || strcmp(event, "detected") == 0 ||
		                         strcmp(event, "aware") == 0;

		if (!known)
			return wrong(rule, tr("no such instant:"), event, err);
	}
	return BEF_OK;
}

static enum bef_rc lint_offset(const struct bef_rule *rule, const char *offset, struct bef_err *err)
{
	struct bef_offset parsed;

	return !offset || bef_offset_parse(offset, &parsed, NULL) == BEF_OK ? BEF_OK
	                                                                    : wrong(rule, tr("no such length:"), offset, err);
}

static enum bef_rc lint_rule(const struct bef_law *law, const struct bef_rule *rule, struct bef_err *err)
{
	const char *calc = bef_json_text_or(rule->json, "calc", "");
	const json_t *legs = json_object_get(json_object_get(rule->json, "combine"), "min");
	enum bef_rc rc = lint_condition(law, rule, json_object_get(rule->json, "applies_if"), err);
	json_t *leg;
	size_t i;

	if (rc == BEF_OK && bef_word_index(&bef_calcs, calc) < 0)
		rc = wrong(rule, tr("no such calculation:"), calc, err);
	if (rc == BEF_OK)
		rc = lint_events(law, rule, json_object_get(rule->json, "clock_start"), err);
	if (rc == BEF_OK)
		rc = lint_offset(rule, bef_json_text(rule->json, "offset"), err);
	json_array_foreach ((json_t *)(uintptr_t)legs, i, leg) {
		if (rc == BEF_OK)
			rc = lint_events(law, rule, json_object_get(leg, "start"), err);
		if (rc == BEF_OK)
			rc = lint_offset(rule, bef_json_text(leg, "offset"), err);
	}
	return rc;
}

enum bef_rc bef_law_lint(const struct bef_law *law, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; i < law->rule_count && rc == BEF_OK; i++)
		rc = lint_rule(law, &law->rule[i], err);
	return rc;
}
