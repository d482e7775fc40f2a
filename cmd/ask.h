/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Questions.  The default is always the harmless answer; nothing is asked
 * without a terminal; a question that is not understood is asked once more and
 * then given up, never in a loop.
 */
#include "app.h"

/* Read a line after `prompt` into `out` (cleared first).  With no terminal the line read is shown
 * after the prompt, so that a transcript can be read.
 * BEF_NOT_FOUND: end of input.  BEF_INTERRUPTED: Ctrl-C.  BEF_USAGE: not UTF-8. */
enum bef_rc bef_ask_line(struct bef_app *app, const char *prompt, struct bef_text *out, struct bef_err *err)
	BEF_MUST_CHECK;

/* The same for a secret (ask_hidden.c): the terminal does not show it, no transcript repeats it, and no draft keeps
 * it.  The caller wipes `out`. */
enum bef_rc bef_ask_hidden(struct bef_app *app, const char *prompt, struct bef_text *out, struct bef_err *err)
	BEF_MUST_CHECK;

/* True in *out for yes (o oui y yes); Enter is no.  --yes answers yes.
 * BEF_USAGE: nobody to ask, or no answer; `option` is what to type instead. */
enum bef_rc bef_ask_yes(struct bef_app *app, const char *question, const char *option, bool *out,
                        struct bef_err *err) BEF_MUST_CHECK;

/* A text of several lines from the person's editor, whose draft is kept until it is recorded.
 * BEF_NOT_FOUND: it was left empty. */
enum bef_rc bef_ask_editor(struct bef_app *app, const char *start, struct bef_text *out, struct bef_err *err)
	BEF_MUST_CHECK;

/* Text for an entry: the words given, or "-" or a pipe, or the editor, or one question.  Kept as a
 * draft at once; checked to be UTF-8 and of bearable length.
 * BEF_USAGE: none given and nobody to ask, not text, or too long: the hint says where it lies. */
struct bef_wanted_text {
	char **words;
	int count;
	bool editor;
	const char *prompt;
};
enum bef_rc bef_ask_text(struct bef_app *app, const struct bef_wanted_text *want, struct bef_text *out,
                         struct bef_err *err) BEF_MUST_CHECK;

/* Ctrl-C from here on leaves with BEF_INTERRUPTED, at once.  Held, it sets a flag that questions
 * and long work look at: for what has something to put away first. */
void bef_catch_interrupts(void);
void bef_hold_interrupts(bool hold);
bool bef_interrupted(void);
