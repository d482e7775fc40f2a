/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Encrypted files in the age format (https://age-encryption.org/v1, the
 * specification of C2SP): for X25519 recipients ("age1...") or a passphrase.
 * Whoever receives one needs the ordinary age program, and nothing of ours.
 *
 * A file starts with a text: a line of version, a stanza for each way of opening
 * it, and a MAC.  Each stanza holds the 16 bytes of the file key, wrapped.  After
 * it come 16 random bytes, then pieces of 64 KiB sealed one by one
 * (ChaCha20-Poly1305, numbered, the last one marked), so that memory stays the
 * same and a piece changed, moved or cut off is noticed.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/stream.h"
#include "base/text.h"

enum {
	BEF_AGE_KEY = 32,      /* either half of an X25519 pair */
	BEF_AGE_MOST = 32,     /* recipients of a file, and keys tried */
	BEF_AGE_WORK = 18,     /* log2 of scrypt's N: 256 MB and about a second */
	BEF_AGE_WORK_MOST = 20, /* more than that would be an attack on whoever reads */
};

/* "age1...": the public half (BIP 173, checksum and all); false if it is not one. */
bool bef_age_recipient_parse(const char *text, uint8_t out[BEF_AGE_KEY]);
/* "AGE-SECRET-KEY-1...": the secret half. */
bool bef_age_identity_parse(const char *text, uint8_t out[BEF_AGE_KEY]);

/* How a file is to be locked: for recipients, or else by a passphrase. */
struct bef_age_locks {
	uint8_t recipient[BEF_AGE_MOST][BEF_AGE_KEY];
	size_t count;
	const char *passphrase; /* or NULL; then count is not 0 */
	int work;               /* 0: BEF_AGE_WORK */
};

/* What a file may be opened with.  `ask` is called only for a file that a passphrase opens, with the
 * text to fill; NULL: there is none to ask for. */
struct bef_age_keys {
	uint8_t identity[BEF_AGE_MOST][BEF_AGE_KEY];
	size_t count;
	enum bef_rc (*ask)(void *arg, struct bef_text *out, struct bef_err *err);
	void *arg;
};

struct bef_age;

/* Start a file into `to`, which outlives *out; *out is the caller's, whose put() is bef_age_sink(). */
enum bef_rc bef_age_seal(struct bef_sink to, const struct bef_age_locks *locks, struct bef_age **out,
                         struct bef_err *err) BEF_MUST_CHECK;
struct bef_sink bef_age_sink(struct bef_age *age);
/* The last piece.  Without it the file is a cut one. */
enum bef_rc bef_age_finish(struct bef_age *age, struct bef_err *err) BEF_MUST_CHECK;

/* True of the first bytes of such a file. */
bool bef_age_is(const void *start, size_t len);

/* Read a file's start from `from`.  BEF_REFUSED: no key of these opens it.  BEF_BROKEN: it is damaged,
 * or not in this format. */
enum bef_rc bef_age_open(struct bef_source from, const struct bef_age_keys *keys, struct bef_age **out,
                         struct bef_err *err) BEF_MUST_CHECK;
/* What is in it.  BEF_BROKEN: a piece that was changed, moved or cut off; what was given before is good. */
struct bef_source bef_age_source(struct bef_age *age);

void bef_age_clear(struct bef_age **age); /* wipes the keys */
