/* SPDX-License-Identifier: EUPL-1.2 */
/* A secret, asked for.  Declared in ask.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "ask.h"
#include "base/i18n.h"
#include "out.h"

/* Read a line into `out`; what the library read it into is wiped. */
static enum bef_rc read_line(struct bef_text *out, struct bef_err *err)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t len = bef_interrupted() ? -1 : getline(&line, &size, stdin);
	enum bef_rc rc = BEF_OK;

	bef_text_clear(out);
	if (bef_interrupted())
		rc = bef_fail(err, BEF_INTERRUPTED, "%s", tr("interrupted: what was acknowledged is recorded, nothing is half-written"));
	else if (len < 0)
		rc = bef_fail(err, BEF_NOT_FOUND, "%s", tr("end of input"));
	while (rc == BEF_OK && len > 0 && strchr(" \t\r\n", line[len - 1]))
		len--;
	if (rc == BEF_OK && bef_utf8_check(line, (size_t)len) < (size_t)len)
		rc = bef_fail(err, BEF_USAGE, "%s", tr("it is not UTF-8"));
	if (rc == BEF_OK)
		bef_text_add(out, line, (size_t)len);
	if (line)
		explicit_bzero(line, size);
	free(line);
	return rc ? rc : bef_text_rc(out, err);
}

enum bef_rc bef_ask_hidden(struct bef_app *app, const char *prompt, struct bef_text *out, struct bef_err *err)
{
	struct termios former, quiet;
	bool terminal = app->in_tty && tcgetattr(STDIN_FILENO, &former) == 0;
	enum bef_rc rc;

	fflush(stdout);
	bef_hold_interrupts(true); /* the terminal is put right first */
	if (terminal) {
		quiet = former;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
		fputs(prompt, stderr);
	}
	rc = read_line(out, err);
	if (terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &former);
		fputc('\n', stderr);
	} else if (rc == BEF_OK) {
		bef_put(app, BEF_FAINT, "%s%s\n", prompt, out->len ? "****" : "");
	}
	bef_hold_interrupts(false);
	return rc;
}
