/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * beffroi-net: the part of beffroi that touches the network.  It reads jobs
 * on standard input, one JSON object per line, makes one attempt at each in
 * turn, and writes one result line per job on standard output.  It opens no
 * database, keeps nothing, and ends with its input.
 *
 * Exit status: 0 at the end of input; 2 when a line of input is unusable, no
 * later job having been tried; 7 when results can no longer be delivered.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harden.h"
#include "job.h"
#include "line.h"
#include "result.h"
#include "wire.h"

enum { EXIT_INPUT = 2, EXIT_OUTPUT = 7 };

static int complain(int status, const char *where, unsigned long line, const char *why)
{
	if (line)
		fprintf(stderr, "beffroi-net: %s %lu: %s\n", where, line, why);
	else
		fprintf(stderr, "beffroi-net: %s: %s\n", where, why);
	return status;
}

/* To send what can no longer be reported would only make a duplicate later. */
static bool somebody_listens(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO };

	return poll(&out, 1, 0) < 0 || !(out.revents & (POLLERR | POLLNVAL));
}

static int report(const char *job_id, const struct bef_result *result)
{
	char *text = bef_result_format(job_id, result);
	bool written = text && bef_line_write(STDOUT_FILENO, text);
	const char *why = text ? strerror(errno) : "out of memory";

	free(text);
	return written ? 0 : complain(EXIT_OUTPUT, "writing a result", 0, why);
}

static int serve(const char *line, size_t len, unsigned long number)
{
	struct bef_job job __attribute__((cleanup(bef_job_clear)));
	struct bef_result result = { .outcome = BEF_OUTCOME_SELF };
	char why[160];
	int status;

	switch (bef_job_parse(line, len, &job, why, sizeof(why))) {
	case BEF_JOB_UNUSABLE:
		return complain(EXIT_INPUT, "line", number, why);
	case BEF_JOB_REFUSED:
		result.mail = job.mail;
		snprintf(result.detail, sizeof(result.detail), "%s", why);
		break;
	case BEF_JOB_READY:
		if (!somebody_listens())
			return complain(EXIT_OUTPUT, "writing a result", 0, "nobody reads them");
		bef_wire_send(&job, &result);
		break;
	}
	status = report(job.id, &result);
	free(result.bytes);
	return status;
}

static int serve_all(struct bef_lines *lines)
{
	char *line;
	size_t len;

	for (unsigned long number = 1;; number++) {
		enum bef_line_rc rc = bef_line_next(lines, &line, &len);
		int status;

		if (rc == BEF_LINE_END)
			return 0;
		if (rc == BEF_LINE_TOO_LONG)
			return complain(EXIT_INPUT, "line", number, "longer than 1 MiB");
		if (rc == BEF_LINE_FAILED)
			return complain(EXIT_INPUT, "reading jobs", 0, strerror(errno));
		status = serve(line, len, number);
		bef_line_wipe(line, len);
		if (status)
			return status;
	}
}

int main(int argc, char **argv)
{
	static struct bef_lines lines = { .fd = STDIN_FILENO };
	int status;

	(void)argv;
	if (argc > 1)
		return complain(EXIT_INPUT, "usage", 0, "no arguments; jobs come on standard input");
	if (!bef_harden())
		return complain(EXIT_INPUT, "starting", 0, "standard input or output is closed");
	if (!bef_wire_open())
		return complain(EXIT_OUTPUT, "starting", 0, "libcurl is unusable");
	status = serve_all(&lines);
	bef_wire_close();
	return status;
}
