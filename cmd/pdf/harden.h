/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What a typesetter has no use for is given up: core dumps, inherited
 * descriptors, the environment; once the fonts are open, every further file
 * and socket; and more time or memory than a long document takes.
 */
#include <stdbool.h>

/* First of all.  False: standard input or output is missing. */
bool bef_harden(void);
/* From now on nothing can be opened. */
void bef_harden_more(void);
