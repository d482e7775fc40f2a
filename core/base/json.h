/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * JSON, on top of jansson: the canonical form that is hashed, strict loading,
 * and getters that do not fail on a missing member.
 *
 * Canonical form: RFC 8785 (JCS) restricted to ASCII keys, strings, integers
 * within +-(2^53 - 1), booleans, arrays and objects.  jansson's own sorted
 * output is not it: it writes control characters with capital digits.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

/*
 * Have `fn` called, not to return, when jansson can get no memory.  Its 2.14 goes on with a cut
 * string when the buffer of its parser cannot grow, so that a document could be taken for another:
 * a program that writes for ever must not go on from there.  The transaction under way is undone by
 * the next to open the store.
 */
void bef_json_on_no_memory(void (*fn)(void));

/* Add the canonical form of `value` to `out`.  BEF_USAGE: it holds a null, a real number, an
 * integer beyond 2^53 or a key that is not ASCII. */
enum bef_rc bef_json_canonical(const json_t *value, struct bef_text *out, struct bef_err *err)
	BEF_MUST_CHECK;

/* Add `s` as a canonical JSON string, with its quotes.  `s` is UTF-8. */
void bef_json_string(struct bef_text *out, const char *s);

/* Add `value` as one line for machines, and release it; numbers with decimals have the digits that people wrote, not those
 * of their binary form.  BEF_FAILED: NULL, or no memory. */
enum bef_rc bef_json_line(json_t *value, struct bef_text *out, struct bef_err *err) BEF_MUST_CHECK;

/* Parse a whole document: duplicate keys, bytes that are not UTF-8 and anything after the value
 * are refused (BEF_USAGE, with line and column).  *out is the caller's. */
enum bef_rc bef_json_load(const char *data, size_t len, json_t **out, struct bef_err *err) BEF_MUST_CHECK;

/* Members, borrowed from `object`; the fallback if absent or of another type. */
const char *bef_json_text(const json_t *object, const char *key);      /* or NULL */
const char *bef_json_text_or(const json_t *object, const char *key, const char *fallback);
int64_t bef_json_int(const json_t *object, const char *key, int64_t fallback);
bool bef_json_bool(const json_t *object, const char *key);

/* Set a member; nothing is set (and nothing fails) for a NULL text.  The first failure of a
 * series sticks in *ok, so that a body is built first and checked once. */
void bef_json_put_text(json_t *object, const char *key, const char *value, bool *ok);
void bef_json_put_int(json_t *object, const char *key, int64_t value, bool *ok);
void bef_json_put_bool(json_t *object, const char *key, bool value, bool *ok);
/* UTC, RFC 3339; nothing for 0. */
void bef_json_put_instant(json_t *object, const char *key, int64_t at_ms, bool *ok);
/* Takes `value`, whatever happens. */
void bef_json_put(json_t *object, const char *key, json_t *value, bool *ok);
