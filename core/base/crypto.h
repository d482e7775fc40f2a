/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Digests, signatures, random bytes and identifiers.  The only home of
 * sodium.h.
 *
 * SHA-256 (FIPS 180-4) comes from libsodium, which has no hardware path; for
 * long work (verify, evidence files) bef_sha256_hurry() loads libcrypto if the
 * machine has it, which is about six times faster and costs two milliseconds.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum {
	BEF_HASH_SIZE = 32,
	BEF_SIG_SIZE = 64,
	BEF_KEY_SIZE = 32, /* public half of an Ed25519 pair */
	BEF_SEED_SIZE = 32,
	BEF_SECRET_SIZE = 64, /* the seed followed by the public half */
	BEF_UUID_SIZE = 16,
	BEF_HASH_HEX = 65, /* hexadecimal text with its NUL */
	BEF_UUID_TEXT = 37,
	BEF_SHA1_SIZE = 20,
};

struct bef_hash {
	uint8_t byte[BEF_HASH_SIZE];
};

struct bef_uuid {
	uint8_t byte[BEF_UUID_SIZE];
};

/* A pair of keys.  Cleared with bef_keypair_clear(), which wipes the secret half. */
struct bef_keypair {
	uint8_t public_key[BEF_KEY_SIZE];
	uint8_t secret[BEF_SECRET_SIZE];
};

/* Once, before anything else here. */
enum bef_rc bef_crypto_init(struct bef_err *err) BEF_MUST_CHECK;

void bef_random(void *out, size_t len);

/* SHA-256 of `a` followed by `b` (either may be empty). */
void bef_sha256(const void *a, size_t a_len, const void *b, size_t b_len, struct bef_hash *out);

/* A digest taken piece by piece. */
struct bef_sha256_state {
	uint64_t room[32]; /* libsodium's state, or libcrypto's context */
};
void bef_sha256_start(struct bef_sha256_state *state);
void bef_sha256_more(struct bef_sha256_state *state, const void *data, size_t len);
void bef_sha256_end(struct bef_sha256_state *state, struct bef_hash *out);

/* Use the fast digest from now on, if there is one; true if so. */
bool bef_sha256_hurry(void);

/* Ed25519 (RFC 8032) over the 32 bytes of an entry's id. */
void bef_keypair_from_seed(const uint8_t seed[BEF_SEED_SIZE], struct bef_keypair *out);
/* The same from the seed followed by the public half: what is kept on disk, since working the
 * public half out again would cost every command as much as its signature. */
void bef_keypair_from_secret(const uint8_t secret[BEF_SECRET_SIZE], struct bef_keypair *out);
void bef_keypair_clear(struct bef_keypair *pair);
void bef_sign(const struct bef_keypair *pair, const struct bef_hash *id, uint8_t sig[BEF_SIG_SIZE]);
bool bef_signature_ok(const uint8_t key[BEF_KEY_SIZE], const struct bef_hash *id,
                      const uint8_t sig[BEF_SIG_SIZE]);

/* HMAC-SHA256 (RFC 2104), for webhook signatures. */
void bef_hmac(const void *key, size_t key_len, const void *data, size_t len, struct bef_hash *out);

/* SHA-1 (FIPS 180-4), for a service's signature and for identifiers made from names: nothing of ours rests
 * on it.  False: the machine has no
 * libcrypto, or its policy forbids SHA-1. */
bool bef_sha1(const void *data, size_t len, uint8_t out[BEF_SHA1_SIZE]);

bool bef_hash_equal(const struct bef_hash *a, const struct bef_hash *b);

/* Lower-case hexadecimal; `out` has 2 * len + 1 bytes. */
void bef_hex(const void *data, size_t len, char *out);
/* Exactly `len` bytes from 2 * len digits, either case; false if `text` is anything else. */
bool bef_unhex(const char *text, void *out, size_t len);

/* Standard base64 with padding (RFC 4648, 4); `out` has 4 * ((len + 2) / 3) + 1 bytes. */
void bef_base64(const void *data, size_t len, char *out);
/* At most `max` bytes; returns how many, or SIZE_MAX if `text` is not base64. */
size_t bef_unbase64(const char *text, void *out, size_t max);

/* RFC 9562: version 4 (random), version 7 (milliseconds, then random). */
void bef_uuid_v4(struct bef_uuid *out);
void bef_uuid_v7(int64_t now_ms, struct bef_uuid *out);
/* Version 5: the same name in the same space is the same identifier, for ever.  False: no memory, or no
 * SHA-1 on this machine (bef_sha1()). */
bool bef_uuid_v5(const struct bef_uuid *space, const char *name, struct bef_uuid *out) BEF_MUST_CHECK;
void bef_uuid_format(const struct bef_uuid *uuid, char out[BEF_UUID_TEXT]);
bool bef_uuid_parse(const char *text, struct bef_uuid *out);
