/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Conditions of playbooks: a comparison of the STIX patterning grammar (STIX 2.1,
 * 9.4; CACAO 2.0, 10.18.4) over variables.  Read more leniently than written
 * there, because public files are: a bare word is a string, a variable may lack
 * its ":value", a variable alone is true when it says so, brackets may surround.
 *
 * A condition that is not understood, or whose variables are not all known, has
 * no answer: people are asked.
 */
#include "base/err.h"
#include "base/truth.h"

/* The value of a variable and its type; NULL: unknown. */
typedef const char *bef_value_fn(const void *context, const char *name, const char **type);

/* Evaluate.  BEF_USAGE: not understood; the message says where. */
enum bef_rc bef_condition_eval(const char *text, bef_value_fn *value, const void *context, enum bef_truth *out,
                               struct bef_err *err) BEF_MUST_CHECK;

/* If the condition is one variable compared for equality with a text, its name and that text: what an
 * answer of "yes" sets.  False: it is anything else. */
bool bef_condition_simple(const char *text, char name[256], char value[256]);

/* The variable that a switch looks at ("__x__" or "__x__:value"); false: none. */
bool bef_condition_variable(const char *text, char name[256]);
