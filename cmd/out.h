/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What leaves for a person or a program.  Results go to standard output, talk
 * and questions to standard error.  Whatever is printed is tamed here: no text
 * of anybody's can move a cursor, hide or reorder anything.
 */
#include "app.h"

enum bef_style { BEF_PLAIN, BEF_STRONG, BEF_GOOD, BEF_WARN, BEF_BAD, BEF_FAINT };

/* Print to standard output; newlines of the format stay. */
void bef_put(struct bef_app *app, enum bef_style style, const char *fmt, ...) BEF_PRINTF(3, 4);
/* One line of talk on standard error, wrapped under its own indent; silent with --quiet. */
void bef_talk(struct bef_app *app, const char *fmt, ...) BEF_PRINTF(2, 3);
/* "-> beffroi run   start": what to type next, on standard error. */
void bef_next(struct bef_app *app, const char *command, const char *what);

/* A line's sentence, on one line, tamed.  Borrowed until the next call. */
const char *bef_sentence(const struct bef_case *c, const struct bef_line *line);

/* Words of `text` on lines of the terminal's width, each after `indent` columns; the cursor is
 * `column` columns in when it starts.  Without a terminal, one line.  Paragraphs stay. */
void bef_wrap(struct bef_app *app, enum bef_style style, int column, int indent, const char *text);

/* The same; a text that memory did not suffice for is told at the end. */
void bef_wrap_text(struct bef_app *app, enum bef_style style, int column, int indent, const struct bef_text *text);

/* A rule across the screen with a title in it. */
void bef_rule(struct bef_app *app, const char *left, const char *right);

/* Write a file whole, or not at all; "-" is standard output.  With --dry-run, nothing.
 * BEF_REFUSED: it is there already, and is not to be overwritten. */
enum bef_rc bef_put_file(struct bef_app *app, const char *path, bool overwrite, const struct bef_text *text,
                         struct bef_err *err) BEF_MUST_CHECK;

/* Print `object` as one line and release it.  BEF_FAILED: NULL (no memory). */
enum bef_rc bef_put_json(json_t *object, struct bef_err *err) BEF_MUST_CHECK;
/* A new object of this type: {"v": 1, "type": type}; or NULL. */
json_t *bef_json_begin(const char *type);

/* True once something was recorded that an answer tells of. */
bool bef_out_done(void);

/* What an act answers: text for people, {"type": "done"} with --json. */
enum bef_rc bef_put_done(struct bef_app *app, const struct bef_done *done, const char *kind, struct bef_err *err,
                         const char *fmt, ...) BEF_PRINTF(5, 6) BEF_MUST_CHECK;

/* A name padded to `columns`, then a text that is wrapped under itself, and the end of the line. */
void bef_put_row(struct bef_app *app, int columns, const char *name, enum bef_style style, const char *fmt, ...)
	BEF_PRINTF(5, 6);
/* A word padded to `columns`. */
void bef_put_cell(struct bef_app *app, enum bef_style style, int columns, const char *text);

/* True if something that was to be printed was lost for want of memory. */
bool bef_out_lost(void);

/* Bytes for people: "212 kB" ("212 ko"). */
const char *bef_size_format(int64_t bytes, char out[32]);
