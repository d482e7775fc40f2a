/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Where lines end.  Pure: what a character's width is comes from the caller.
 * Text is UTF-8 that was checked; a newline ends a line, a space or a hyphen
 * may, and a word wider than the line is cut between characters.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The character at `s` (not at its end); *len is its length in bytes. */
uint32_t bef_char_at(const char *s, size_t *len);

/* Write it at `to`, four bytes at most; returns where it ends. */
char *bef_char_put(char *to, uint32_t c);

/* Width of a character in thousandths of the size. */
typedef int bef_width_fn(void *arg, uint32_t c);

struct bef_ruler {
	bef_width_fn *width;
	void *arg;
	double size; /* points */
};

/* Points that `len` bytes take. */
double bef_ruler_measure(const struct bef_ruler *ruler, const char *text, size_t len);

/* A line: `len` bytes from `start`, without the space or newline that ended it. */
struct bef_span {
	const char *start;
	size_t len;
	const signed char *levels; /* which way each byte goes, as bidi.h says; NULL: from left to right */
	bool rtl;                  /* set from the right */
};

/* The first line of `text` that fits in `width` points; returns where the next begins, NULL after the last.
 * Every call goes on by one character at least. */
const char *bef_wrap(const struct bef_ruler *ruler, const char *text, double width, struct bef_span *out);

/* Lines that `text` takes, at least one, at most `most`. */
int bef_wrap_count(const struct bef_ruler *ruler, const char *text, double width, int most);

/* Width in points of the widest line as written, and of the widest word. */
void bef_wrap_extent(const struct bef_ruler *ruler, const char *text, double *line, double *word);

/* Longest start of `text`, in bytes, that fits in `width` points. */
size_t bef_ruler_fit(const struct bef_ruler *ruler, const char *text, double width);
