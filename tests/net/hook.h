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
	int moody;      /* both were drawn: it is noted which */
};

/* A mood: "moody" becomes another mode, a good one all but ARGUMENT times in a hundred. */
void hook_draw(struct request *request);

void hook_answer(const struct request *request);
