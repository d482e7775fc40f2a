/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Give up, before anything is read, what a sender of secrets has no use for:
 * core dumps, debuggers, inherited descriptors, the environment.  False, with
 * errno set, when standard input or output is missing: a socket opened later
 * would take its number.
 */
#include <stdbool.h>

bool bef_harden(void);
