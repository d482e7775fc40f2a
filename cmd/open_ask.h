/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* The five questions of 'open': an answer is text, Enter takes what is proposed, '<' goes back, '?' explains. */
#include "app.h"

enum { BEF_OPEN_TITLE, BEF_OPEN_SEEN, BEF_OPEN_TYPE, BEF_OPEN_SEVERITY, BEF_OPEN_REPORTER, BEF_OPEN_QUESTIONS };

struct bef_open_answers {
	char text[BEF_OPEN_QUESTIONS][256];
	int64_t seen_ms; /* the time as it was understood and shown, or 0 */
};

/* Each answer is one that the incident can take.  BEF_USAGE: none was understood, again and again.
 * BEF_NOT_FOUND: end of input.  BEF_INTERRUPTED: Ctrl-C. */
enum bef_rc bef_open_ask(struct bef_app *app, struct bef_open_answers *answers, struct bef_err *err) BEF_MUST_CHECK;
