/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * An entry as a line of text, to be checked by anybody (contrib/verify): the
 * signed bytes as they are, in one JSON object.
 *
 *     {"v":1,"type":"journal.entry","log":UUID,"number":N,"id":HEX,
 *      "header":TEXT,"body":TEXT,"salt":HEX,"signature":HEX}
 *
 * body and salt are absent together: the text was erased, or is kept back.
 */
#include "model/entry.h"

/* Longest line: a body of the greatest length, each byte of it escaped. */
enum { BEF_LINE_MOST = 2 * (BEF_BODY_MOST + BEF_HEADER_MOST) + 1024 };

/* Add the line, with its end; without the text if it is to be kept back. */
void bef_entry_line(struct bef_text *out, const struct bef_entry *entry, int64_t number, bool with_text);

/* A line that was read; clear it. */
struct bef_entry_line {
	struct bef_entry entry; /* borrows from doc */
	json_t *doc;
	json_t *body; /* or NULL */
	bool no_memory; /* nothing can be said of it */
};

/* Read and check one line on its own: its form, the id, the digest of the body.  NULL: it is good; else
 * what is wrong with it, through N_().  Does not look at parents or signature. */
const char *bef_entry_line_read(const char *line, size_t len, struct bef_entry_line *out);
void bef_entry_line_clear(struct bef_entry_line *line);
