/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Private to assess*.c: what a condition hangs on. */
#include "model/assess.h"

/* Add a text to a list of texts unless it is there; the first failure sticks in *ok. */
void bef_assess_add(json_t *list, const char *text, bool *ok);
/* The questions that could decide a condition that is still unknown. */
void bef_assess_unknown(const struct bef_assessing *in, const json_t *condition, json_t *out, bool *ok);
/* The answers that made it what it is, "fact=yes": of an "all" that fails, those that failed it. */
void bef_assess_reasons(const struct bef_assessing *in, const json_t *condition, enum bef_truth outcome, json_t *out,
                        bool *ok);
