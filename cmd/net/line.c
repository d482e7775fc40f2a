/* SPDX-License-Identifier: EUPL-1.2 */
#include "line.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Make room and read once more; 0 at the end of input, -1 when it cannot be read. */
static ssize_t fill(struct bef_lines *lines)
{
	ssize_t got;

	memmove(lines->bytes, lines->bytes + lines->start, lines->end - lines->start);
	lines->end -= lines->start;
	lines->start = 0;
	do
		got = read(lines->fd, lines->bytes + lines->end, sizeof(lines->bytes) - lines->end);
	while (got < 0 && errno == EINTR);
	if (got > 0)
		lines->end += (size_t)got;
	return got;
}

static void take(struct bef_lines *lines, size_t len, size_t newline, char **out, size_t *out_len)
{
	*out = lines->bytes + lines->start;
	*out_len = len;
	lines->start += len + newline;
}

enum bef_line_rc bef_line_next(struct bef_lines *lines, char **out, size_t *out_len)
{
	size_t seen = 0;

	for (;;) {
		size_t held = lines->end - lines->start;
		char *from = lines->bytes + lines->start;
		char *newline = memchr(from + seen, '\n', held - seen);
		ssize_t got;

		if (newline) {
			take(lines, (size_t)(newline - from), 1, out, out_len);
			return BEF_LINE_OK;
		}
		if (held > BEF_LINE_MAX)
			return BEF_LINE_TOO_LONG;
		seen = held;
		got = lines->ended ? 0 : fill(lines);
		if (got < 0)
			return BEF_LINE_FAILED;
		if (got > 0)
			continue;
		lines->ended = true;
		if (held == 0)
			return BEF_LINE_END;
		take(lines, held, 0, out, out_len);
		return BEF_LINE_OK;
	}
}

void bef_line_wipe(char *line, size_t len)
{
	explicit_bzero(line, len);
}

bool bef_line_write(int fd, const char *text)
{
	size_t len = strlen(text);

	while (len > 0) {
		ssize_t put = write(fd, text, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		text += put;
		len -= (size_t)put;
	}
	return true;
}
