/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What 'observable' and 'asset' share: words that say what to do, lists from the command line or from a pipe, and
 * the answer. */
#include "act/thing.h"
#include "app.h"

struct bef_thing_verb {
	const char *en, *fr;
	enum bef_rc (*run)(struct bef_app *app, const void *opts, char **words, int count, struct bef_err *err);
};
/* The verbs add, list, set in this order, ends with NULL.  Without a verb: nothing is a list, words are added. */
enum bef_rc bef_thing_run(struct bef_app *app, const struct bef_thing_verb *verbs, const void *opts, char **words,
                          int count, struct bef_err *err) BEF_MUST_CHECK;

/* Make the body of one and add it to `things`. */
typedef enum bef_rc bef_thing_take_fn(struct bef_app *app, const void *opts, const char *typed, struct bef_things *things,
                                      struct bef_err *err);
/* Each word is one; without words, or with "-", each line of standard input that is neither empty nor begins with '#'.
 * BEF_USAGE: none, or one that cannot be taken; the message names its line. */
enum bef_rc bef_thing_each(struct bef_app *app, const void *opts, char **words, int count, bef_thing_take_fn *take,
                           struct bef_things *things, struct bef_err *err) BEF_MUST_CHECK;

/* One line for each: what was added (O3 or S3 and its words), or that it was known.  `say` adds the words. */
typedef void bef_thing_say_fn(const json_t *body, struct bef_text *out);
enum bef_rc bef_thing_answer(struct bef_app *app, const struct bef_things *things, const struct bef_done *done, char letter,
                             bef_thing_say_fn *say, struct bef_err *err) BEF_MUST_CHECK;
