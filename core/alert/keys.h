/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Between keys.c and keys_command.c: a secret on its way into memory. */
#include "base/err.h"

enum {
	BEF_KEY_MOST = 8192,
	BEF_KEY_ROOM = BEF_KEY_MOST + 1,
	BEF_KEY_WAIT_MS = 5000,
};

/* What a program prints, within five seconds; it must end well.  `line` is its name and arguments, with
 * blanks between: no shell reads them, so that nothing in them has a second meaning. */
enum bef_rc bef_key_command(const char *line, char out[BEF_KEY_ROOM], struct bef_err *err) BEF_MUST_CHECK;
