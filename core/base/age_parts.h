/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What the parts of age.h share: age_stanza.c wraps file keys, age_header.c writes and reads what a file
 * starts with, age.c is the rest of it. */
#include "base/age.h"

enum {
	BEF_AGE_FILE_KEY = 16,
	BEF_AGE_MAC = 32,
	BEF_AGE_NONCE = 16,
	BEF_AGE_TAG = 16,
	BEF_AGE_BODY = BEF_AGE_FILE_KEY + BEF_AGE_TAG,
	BEF_AGE_HEADER_MOST = 1 << 16,
};

#define BEF_AGE_VERSION "age-encryption.org/v1"

/* HKDF-SHA-256 (RFC 5869) for one block of output. */
void bef_age_hkdf(const void *key, size_t key_len, const void *salt, size_t salt_len, const char *info,
                  uint8_t out[32]);

/* Base64 without padding, as the format has it; `out` has 4 * (len + 2) / 3 + 1 bytes. */
void bef_age_base64(const void *data, size_t len, char *out);
/* Exactly `len` bytes; false if it is anything else. */
bool bef_age_unbase64(const char *text, size_t text_len, void *out, size_t len);

/* Add a stanza that wraps the file key.  BEF_FAILED: no memory for scrypt; BEF_USAGE: a recipient whose
 * key is worthless. */
enum bef_rc bef_age_wrap_x25519(const uint8_t file_key[BEF_AGE_FILE_KEY], const uint8_t recipient[BEF_AGE_KEY],
                                struct bef_text *out, struct bef_err *err) BEF_MUST_CHECK;
enum bef_rc bef_age_wrap_scrypt(const uint8_t file_key[BEF_AGE_FILE_KEY], const char *passphrase, int work,
                                struct bef_text *out, struct bef_err *err) BEF_MUST_CHECK;

/* A stanza that was read: its words, and its body when that has the length of a wrapped file key. */
struct bef_age_stanza {
	char word[3][64]; /* type, then arguments */
	int words;        /* more than 3: only the first three are kept */
	uint8_t body[BEF_AGE_BODY];
	size_t body_len;
};

/* BEF_OK: the key is in file_key.  BEF_NOT_FOUND: this stanza is for another key.  BEF_BROKEN. */
enum bef_rc bef_age_unwrap(const struct bef_age_stanza *stanza, const struct bef_age_keys *keys,
                           uint8_t file_key[BEF_AGE_FILE_KEY], struct bef_err *err) BEF_MUST_CHECK;

/* The whole of what a file starts with, but for the payload's nonce. */
enum bef_rc bef_age_header_write(const struct bef_age_locks *locks, const uint8_t file_key[BEF_AGE_FILE_KEY],
                                 struct bef_text *out, struct bef_err *err) BEF_MUST_CHECK;
enum bef_rc bef_age_header_read(const struct bef_source *from, const struct bef_age_keys *keys,
                                uint8_t file_key[BEF_AGE_FILE_KEY], struct bef_err *err) BEF_MUST_CHECK;
