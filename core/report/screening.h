/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Words of a text, for the search of names.  Private to screen_*.c. */
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum { BEF_SCREEN_WORD = 96 };

struct bef_found {
	const char *start; /* in the text */
	size_t len;
	char folded[BEF_SCREEN_WORD];
	bool capital; /* it begins with one, or its script has none */
};

/* The next word of `text`: letters and digits, accents written apart from their letters left out of
 * `folded`.  False: there is none. */
bool bef_found_next(const char *text, struct bef_found *out);
