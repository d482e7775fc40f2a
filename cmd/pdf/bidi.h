/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Text in which something goes from right to left (UAX #9, by libfribidi):
 * letters that join, the lines of a text with what goes which way in each, and
 * a line as it stands on paper.  A paragraph ends at a newline; its direction
 * is that of its first strong letter.  What is longer than BEF_BIDI_MOST bytes
 * without a newline is looked at in pieces of that size.
 */
#include <stdbool.h>

#include "wrap.h"

enum { BEF_BIDI_MOST = 1 << 16 };

/* Marks that say how text goes or joins and show nothing. */
bool bef_bidi_is_mark(uint32_t c);

/* `text` still in reading order, Arabic letters in the forms that join; the widths of these are what lines are
 * measured with.  NULL: no memory.  The caller frees. */
char *bef_bidi_shape(const char *text);

/* The letter that a character on paper stands for: of a joined form the letter it joins, of any other itself.
 * Lam-alef, one form for two letters, has a mark before it which stands for the second. */
uint32_t bef_bidi_letter(uint32_t c);

/* A text, line after line.  `next`: what is left of it; NULL: nothing, and always so after bef_flow_end(). */
struct bef_flow {
	const char *next;
	const char *from, *to; /* what was looked at last */
	signed char *levels;   /* of each of its bytes; NULL: it all goes from left to right */
	bool rtl;              /* its paragraph is set from the right */
};

/* From the start of shaped text, which must last as long; NULL: of nothing. */
void bef_flow_begin(struct bef_flow *flow, const char *text);
/* The next line that fits in `width` points, to be used before the next call.  False: no memory. */
bool bef_flow_line(struct bef_flow *flow, const struct bef_ruler *ruler, double width, struct bef_span *line);
void bef_flow_end(struct bef_flow *flow);

/* The characters of a line as they stand from left to right, without the marks it had.  NULL: no memory.  The caller frees. */
char *bef_bidi_visual(const struct bef_span *line);
