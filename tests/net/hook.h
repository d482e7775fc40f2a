/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Between hook.c, which reads requests, and hook_answers.c, which knows every way to answer. */
#include <stddef.h>

struct request {
	int fd;
	size_t len;
	char *bytes;    /* raw, with a NUL after it */
	char mode[64];  /* first part of the path */
	char arg[1024]; /* second part, decoded */
};

void hook_answer(const struct request *request);
