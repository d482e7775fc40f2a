/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Full text over what was said: a separate, disposable file, filled when
 * somebody searches.  Accents, case and ligatures do not matter; a word finds
 * the words that start with it.  A missing, damaged or foreign index is made
 * again; a directory that cannot be written is searched without one.
 */
#include "store/store.h"

/* Remove the index and what it may have left beside it. */
void bef_store_index_drop(const struct bef_store *store);

typedef enum bef_rc bef_hit_fn(void *arg, uint64_t seq, struct bef_err *err);

/* Call `fn` with the seq of each entry that holds all the words of `text`, newest first.
 * BEF_USAGE: there is no word in it. */
enum bef_rc bef_store_search(struct bef_store *store, const char *text, bef_hit_fn *fn, void *arg,
                             struct bef_err *err) BEF_MUST_CHECK;
