/* SPDX-License-Identifier: EUPL-1.2 */
/* Three-valued conditions over answers: their outcome, what could decide them, what decided them. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "model/assessing.h"

const struct bef_answer *bef_assess_answer(const struct bef_assessing *in, const char *fact)
{
	const struct bef_answer *own = bef_case_answer(in->c, fact);

	return own ? own : bef_case_answer(in->profile, fact);
}

static enum bef_truth negation(enum bef_truth truth)
{
	return truth == BEF_TRUE ? BEF_FALSE : truth == BEF_FALSE ? BEF_TRUE : BEF_UNKNOWN;
}

/* all: no if one is no, yes if all are; any: the other way round. */
static enum bef_truth of_list(const struct bef_assessing *in, const json_t *list, enum bef_truth decides)
{
	enum bef_truth truth = negation(decides);
	json_t *item;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)list, i, item) {
		enum bef_truth one = bef_assess_condition(in, item);

		if (one == decides)
			return decides;
		if (one == BEF_UNKNOWN)
			truth = BEF_UNKNOWN;
	}
	return truth;
}

enum bef_truth bef_assess_condition(const struct bef_assessing *in, const json_t *condition)
{
	const json_t *any = json_object_get(condition, "any");
	const json_t *all = json_object_get(condition, "all");
	const struct bef_answer *answer;

	if (json_is_string(condition)) {
		answer = bef_assess_answer(in, json_string_value(condition));
		return answer ? answer->truth : BEF_UNKNOWN;
	}
	if (json_object_get(condition, "not"))
		return negation(bef_assess_condition(in, json_object_get(condition, "not")));
	if (all)
		return of_list(in, all, BEF_FALSE);
	/* No condition at all: not met. */
	return any ? of_list(in, any, BEF_TRUE) : BEF_FALSE;
}

void bef_assess_add(json_t *list, const char *text, bool *ok)
{
	json_t *item;
	size_t i;

	json_array_foreach (list, i, item)
		if (strcmp(json_string_value(item), text) == 0)
			return;
	*ok = json_array_append_new(list, json_string(text)) == 0 && *ok;
}

/* The questions below what is still unknown: each could decide, since a rule asks each only once. */
void bef_assess_unknown(const struct bef_assessing *in, const json_t *condition, json_t *out, bool *ok)
{
	const char *key;
	json_t *member, *item;
	size_t i;

	if (bef_assess_condition(in, condition) != BEF_UNKNOWN)
		return;
	if (json_is_string(condition)) {
		bef_assess_add(out, json_string_value(condition), ok);
		return;
	}
	json_object_foreach ((json_t *)(uintptr_t)condition, key, member) {
		if (!json_is_array(member))
			bef_assess_unknown(in, member, out, ok);
		json_array_foreach (member, i, item)
			bef_assess_unknown(in, item, out, ok);
	}
}

/* The answers that made the outcome what it is: of an "all" that fails, those that failed it. */
void bef_assess_reasons(const struct bef_assessing *in, const json_t *condition, enum bef_truth outcome, json_t *out,
                        bool *ok)
{
	const char *key;
	json_t *member, *item;
	char text[140];
	size_t i;

	if (bef_assess_condition(in, condition) != outcome)
		return;
	if (json_is_string(condition)) {
		snprintf(text, sizeof(text), "%.100s=%s", json_string_value(condition), outcome == BEF_TRUE ? "yes" : "no");
		bef_assess_add(out, text, ok);
		return;
	}
	json_object_foreach ((json_t *)(uintptr_t)condition, key, member) {
		if (!json_is_array(member))
			bef_assess_reasons(in, member, negation(outcome), out, ok);
		json_array_foreach (member, i, item)
			bef_assess_reasons(in, item, outcome, out, ok);
	}
}
