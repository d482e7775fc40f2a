/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Reading lines of bounded length from a descriptor, and writing them whole. */
#include <stdbool.h>
#include <stddef.h>

#define BEF_LINE_MAX (1024 * 1024)

struct bef_lines {
	int fd;
	bool ended;
	size_t start, end;
	char bytes[BEF_LINE_MAX + 1];
};

enum bef_line_rc { BEF_LINE_OK, BEF_LINE_END, BEF_LINE_TOO_LONG, BEF_LINE_FAILED };

/*
 * The next line, without its end, lent until the following call.  The last
 * line needs no newline.  A line above BEF_LINE_MAX bytes is BEF_LINE_TOO_LONG
 * and nothing after it can be read; BEF_LINE_FAILED leaves errno set.
 */
enum bef_line_rc bef_line_next(struct bef_lines *lines, char **out, size_t *out_len);

/* Forget the bytes of the line just read: they hold addresses and tokens. */
void bef_line_wipe(char *line, size_t len);

/* Write `text`, which brings its own newline, in full; false leaves errno set. */
bool bef_line_write(int fd, const char *text);
