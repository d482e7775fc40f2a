/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Making a stranger's bytes fit to be stored and shown. */
#include <stdbool.h>
#include <stddef.h>

/*
 * Copy `len` bytes to `out` as valid UTF-8 on one line, at most `size` - 1
 * bytes and never cut inside a character.  Bytes that are not UTF-8 become
 * U+FFFD, and so do the characters that reorder text on a screen; control
 * characters and line separators become spaces.
 */
void bef_text_tame(const char *in, size_t len, char *out, size_t size);

/*
 * Overwrite with '*' each occurrence in `text` of a piece of `secret` that has
 * `min` bytes or more.  Pieces are what stands between the bytes in `separators`.
 */
void bef_text_redact(char *text, size_t len, const char *secret, const char *separators, size_t min);

/* Base64 with padding (RFC 4648); `out` has room for four bytes per three, begun or whole, and a NUL. */
void bef_text_base64(const char *in, size_t len, char *out);
/* Back from it, into `out`, which has room for as many bytes as the text; false if it is not base64. */
bool bef_text_unbase64(const char *text, char *out, size_t *len);
