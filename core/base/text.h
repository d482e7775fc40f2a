/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Text: a growing buffer with a largest size, UTF-8 checks, folding of accents
 * and case, and the taming of untrusted text on its way to a terminal.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* A text under construction.  The first failure sticks; ask for it once, at the end. */
struct bef_text {
	char *data; /* NUL-terminated, or NULL while empty */
	size_t len;
	size_t size;
	size_t max;  /* bytes that may be held, without the NUL */
	bool failed; /* out of memory, or over `max` */
	bool full;   /* the latter */
};

void bef_text_init(struct bef_text *text, size_t max);
void bef_text_clear(struct bef_text *text);
void bef_text_add(struct bef_text *text, const char *data, size_t len);
void bef_text_puts(struct bef_text *text, const char *string);
void bef_text_putc(struct bef_text *text, char c);
void bef_text_printf(struct bef_text *text, const char *fmt, ...) BEF_PRINTF(2, 3);

/* BEF_OK, or BEF_FAILED if anything added was lost. */
enum bef_rc bef_text_rc(const struct bef_text *text, struct bef_err *err) BEF_MUST_CHECK;

/* The text so far, never NULL; borrowed until the next change. */
const char *bef_text_str(const struct bef_text *text);

/* Hand the bytes over to the caller (free them), leaving the text empty; NULL: no memory. */
char *bef_text_take(struct bef_text *text);

/* Decode one character at `s` (`len` bytes remain).  Returns its length in bytes, 0 at a byte that
 * is not UTF-8 (overlong forms, surrogates and values above U+10FFFF are not; RFC 3629). */
size_t bef_utf8_next(const char *s, size_t len, uint32_t *out);

/* Offset of the first byte that is not UTF-8 or is NUL, or `len`. */
size_t bef_utf8_check(const char *s, size_t len);

/* Longest prefix of `s` of at most `max` bytes that does not cut a character. */
size_t bef_utf8_cut(const char *s, size_t max);

/* Columns taken on a terminal.  Control characters count nothing. */
size_t bef_text_width(const char *s);

/* Longest prefix, in bytes, of at most `columns` columns. */
size_t bef_text_fit(const char *s, size_t columns);

/* Add `s`, or as much of it as fits in `columns` columns with "..." after it. */
void bef_text_short(struct bef_text *out, const char *s, size_t columns);

/* The same for one argument of a message: BEF_SHORT(typed, 60). */
enum { BEF_SHORT_SIZE = 512 };
const char *bef_short(char out[BEF_SHORT_SIZE], const char *s, size_t columns);
#define BEF_SHORT(s, columns) bef_short((char[BEF_SHORT_SIZE]){ 0 }, s, columns)

/* True for characters that can move a cursor, hide or reorder text: C0 but newline and tab, DEL,
 * C1, line separators, bidirectional controls, zero-width marks, tags (CVE-2021-42574 and kin). */
bool bef_char_is_hostile(uint32_t c);

/* Add `s` to `out`, each hostile character or bad byte replaced by U+FFFD.  With `one_line`,
 * newlines and tabs become spaces. */
void bef_text_tame(struct bef_text *out, const char *s, bool one_line);

/* Add `s` lower-cased, without French accents, with ligatures opened: "Échéances" -> "echeances". */
void bef_text_fold(struct bef_text *out, const char *s);

/* The same into a fixed array, cut if need be. */
void bef_fold(const char *s, char *out, size_t size);

/* True if both fold to the same text (within 255 bytes). */
bool bef_fold_equal(const char *a, const char *b);

/* Edit distance with a swap of neighbours counted once; at most `limit` + 1 is returned. */
unsigned bef_edit_distance(const char *a, const char *b, unsigned limit);

/* True if `word` is one of the words of `list`, which are separated by commas. */
bool bef_word_in_list(const char *list, const char *word);

/* A whole number of decimal digits, at most `most`; -1 for any other text. */
long bef_natural(const char *s, long most);

/* A whole number, at most `most`, followed by nothing or by one letter, which goes to *unit ('\0': none);
 * -1 for any other text.  "24h", "90d", "60". */
long bef_natural_unit(const char *s, long most, char *unit);

/* `s` without the white space around it: sets *len and returns the start. */
const char *bef_trim(const char *s, size_t *len);
