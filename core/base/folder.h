/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Files that people put into a directory of theirs: playbooks, rules, papers,
 * templates.  Always in the order of their names, so that every reading is the
 * same.
 */
#include <stdbool.h>

#include "base/err.h"

/* True of the files meant. */
typedef bool bef_folder_wants_fn(const char *name);
/* `path` leads to it, `name` is its own. */
typedef enum bef_rc bef_folder_fn(void *arg, const char *path, const char *name, struct bef_err *err);

/*
 * Call `fn` for the first `most` plain files of base/folder that are wanted, until it fails; what is hidden, or is
 * a pipe that would be waited for, is passed over; what cannot be read is for `fn` to say.  A directory that is not there holds nothing.
 */
enum bef_rc bef_folder_each(const char *base, const char *folder, bef_folder_wants_fn *wants, int most, bef_folder_fn *fn,
                            void *arg, struct bef_err *err) BEF_MUST_CHECK;

/* Wants "NAME.json". */
bool bef_folder_json(const char *name);
