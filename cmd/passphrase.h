/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Passphrases: typed without an echo, or the first line of a file that nobody else may read. */
#include "app.h"

enum { BEF_PASSPHRASE_MOST = 1024, BEF_PASSPHRASE_LEAST = 8 };

/* From `file`, or typed if that is NULL; `twice`: a new one, typed again and not too short.  The caller
 * wipes and clears *out.  BEF_USAGE: nobody to ask, or the two differ. */
enum bef_rc bef_passphrase(struct bef_app *app, const char *file, bool twice, struct bef_text *out,
                           struct bef_err *err) BEF_MUST_CHECK;
void bef_passphrase_wipe(struct bef_text *text);
