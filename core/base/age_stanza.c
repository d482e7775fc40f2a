/* SPDX-License-Identifier: EUPL-1.2 */
/* Recipients, identities, and how a file key is wrapped for them.  Declared in age.h and age_parts.h. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/age_parts.h"
#include "base/bech32.h"
#include "base/crypto.h"
#include "base/i18n.h"

#define X25519_INFO BEF_AGE_VERSION "/X25519"
#define SCRYPT_LABEL BEF_AGE_VERSION "/scrypt"

static const uint8_t no_nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES];

void bef_age_hkdf(const void *key, size_t key_len, const void *salt, size_t salt_len, const char *info,
                  uint8_t out[32])
{
	uint8_t block[96];
	size_t len = strlen(info);
	struct bef_hash prk, okm;

	bef_hmac(salt_len ? salt : "", salt_len, key, key_len, &prk);
	memcpy(block, info, len);
	block[len] = 1;
	bef_hmac(prk.byte, sizeof(prk.byte), block, len + 1, &okm);
	memcpy(out, okm.byte, sizeof(okm.byte));
	sodium_memzero(&prk, sizeof(prk));
	sodium_memzero(&okm, sizeof(okm));
}

void bef_age_base64(const void *data, size_t len, char *out)
{
	sodium_bin2base64(out, sodium_base64_encoded_len(len, sodium_base64_VARIANT_ORIGINAL_NO_PADDING), data, len,
	                  sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

bool bef_age_unbase64(const char *text, size_t text_len, void *out, size_t len)
{
	size_t got;

	return sodium_base642bin(out, len, text, text_len, NULL, &got, NULL,
	                         sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0 &&
	       got == len;
}

/* --- Bech32 (BIP 173), of any length --- */

/* Five bits a character into bytes; what is left over at the end must be less than five zero bits. */
static bool unpack(const uint8_t *five, size_t count, uint8_t out[BEF_AGE_KEY])
{
	uint32_t bits = 0;
	int held = 0;
	size_t len = 0;

	for (size_t i = 0; i < count; i++) {
		bits = (bits << 5 | five[i]) & 0xfff;
		held += 5;
		if (held < 8)
			continue;
		if (len == BEF_AGE_KEY)
			return false;
		held -= 8;
		out[len++] = (uint8_t)(bits >> held);
	}
	return len == BEF_AGE_KEY && held < 5 && (bits & ((1u << held) - 1)) == 0;
}

/* Of the case that `prefix` has: a text that mixes them is none. */
static bool bech32(const char *text, const char *prefix, uint8_t out[BEF_AGE_KEY])
{
	const char *alphabet = *prefix == 'a' ? "qpzry9x8gf2tvdw0s3jn54khce6mua7l" : "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
	uint8_t five[64];
	size_t before = strlen(prefix);
	size_t count = 0;
	uint32_t sum = 1;

	if (strncmp(text, prefix, before) != 0 || text[before] != '1')
		return false;
	for (size_t i = 0; i < before; i++)
		sum = bef_bech32_step(sum, (uint32_t)(prefix[i] | 0x20) >> 5);
	sum = bef_bech32_step(sum, 0);
	for (size_t i = 0; i < before; i++)
		sum = bef_bech32_step(sum, (uint32_t)(prefix[i] | 0x20) & 31);
	for (const char *c = text + before + 1; *c; c++) {
		const char *at = strchr(alphabet, *c);

		if (!at || count == sizeof(five))
			return false;
		five[count++] = (uint8_t)(at - alphabet);
		sum = bef_bech32_step(sum, five[count - 1]);
	}
	return sum == 1 && count > 6 && unpack(five, count - 6, out);
}

bool bef_age_recipient_parse(const char *text, uint8_t out[BEF_AGE_KEY])
{
	return bech32(text, "age", out);
}

/* The hyphens of the prefix count as its other characters do, but have no lower case. */
bool bef_age_identity_parse(const char *text, uint8_t out[BEF_AGE_KEY])
{
	return bech32(text, "AGE-SECRET-KEY-", out);
}

/* --- wrapping --- */

static void put_stanza(struct bef_text *out, const char *words, const uint8_t key[32],
                       const uint8_t file_key[BEF_AGE_FILE_KEY])
{
	uint8_t body[BEF_AGE_BODY];
	char text[64];

	crypto_aead_chacha20poly1305_ietf_encrypt(body, NULL, file_key, BEF_AGE_FILE_KEY, NULL, 0, NULL, no_nonce, key);
	bef_age_base64(body, sizeof(body), text);
	bef_text_printf(out, "-> %s\n%s\n", words, text);
}

/* The key that wraps: from the secret both sides can compute, and from both public halves. */
static bool x25519_key(const uint8_t secret[BEF_AGE_KEY], const uint8_t other[BEF_AGE_KEY],
                       const uint8_t share[BEF_AGE_KEY], const uint8_t recipient[BEF_AGE_KEY], uint8_t out[32])
{
	uint8_t shared[BEF_AGE_KEY], salt[2 * BEF_AGE_KEY];
	bool good = crypto_scalarmult(shared, secret, other) == 0; /* not a point of low order */

	memcpy(salt, share, BEF_AGE_KEY);
	memcpy(salt + BEF_AGE_KEY, recipient, BEF_AGE_KEY);
	bef_age_hkdf(shared, sizeof(shared), salt, sizeof(salt), X25519_INFO, out);
	sodium_memzero(shared, sizeof(shared));
	return good;
}

enum bef_rc bef_age_wrap_x25519(const uint8_t file_key[BEF_AGE_FILE_KEY], const uint8_t recipient[BEF_AGE_KEY],
                                struct bef_text *out, struct bef_err *err)
{
	uint8_t secret[BEF_AGE_KEY], share[BEF_AGE_KEY], key[32];
	char words[80] = "X25519 ";
	bool good;

	bef_random(secret, sizeof(secret));
	crypto_scalarmult_base(share, secret);
	good = x25519_key(secret, recipient, share, recipient, key);
	bef_age_base64(share, sizeof(share), words + strlen(words));
	if (good)
		put_stanza(out, words, key, file_key);
	sodium_memzero(secret, sizeof(secret));
	sodium_memzero(key, sizeof(key));
	return good ? BEF_OK : bef_fail(err, BEF_USAGE, "%s", tr("a recipient's key is worthless: nothing was written"));
}

static enum bef_rc scrypt_key(const char *passphrase, size_t len, const uint8_t salt[16], int work, uint8_t out[32],
                              struct bef_err *err)
{
	uint8_t salted[sizeof(SCRYPT_LABEL) - 1 + 16];

	memcpy(salted, SCRYPT_LABEL, sizeof(SCRYPT_LABEL) - 1);
	memcpy(salted + sizeof(SCRYPT_LABEL) - 1, salt, 16);
	if (crypto_pwhash_scryptsalsa208sha256_ll((const uint8_t *)passphrase, len, salted, sizeof(salted),
	                                          UINT64_C(1) << work, 8, 1, out, 32) == 0)
		return BEF_OK;
	return bef_fail(err, BEF_FAILED, tr("a passphrase needs %d MB of memory, which are not there"),
	                1 << (work > 10 ? work - 10 : 0));
}

enum bef_rc bef_age_wrap_scrypt(const uint8_t file_key[BEF_AGE_FILE_KEY], const char *passphrase, int work,
                                struct bef_text *out, struct bef_err *err)
{
	uint8_t salt[16], key[32];
	char text[32], words[80];
	enum bef_rc rc;

	bef_random(salt, sizeof(salt));
	bef_age_base64(salt, sizeof(salt), text);
	snprintf(words, sizeof(words), "scrypt %s %d", text, work);
	rc = scrypt_key(passphrase, strlen(passphrase), salt, work, key, err);
	if (rc == BEF_OK)
		put_stanza(out, words, key, file_key);
	sodium_memzero(key, sizeof(key));
	return rc;
}

/* --- unwrapping --- */

static bool open_body(const struct bef_age_stanza *stanza, const uint8_t key[32], uint8_t file_key[BEF_AGE_FILE_KEY])
{
	return crypto_aead_chacha20poly1305_ietf_decrypt(file_key, NULL, NULL, stanza->body, sizeof(stanza->body), NULL,
	                                                 0, no_nonce, key) == 0;
}

static enum bef_rc damaged(struct bef_err *err)
{
	return bef_fail(err, BEF_BROKEN, "%s", tr("what the encrypted file starts with is damaged"));
}

static enum bef_rc unwrap_x25519(const struct bef_age_stanza *stanza, const struct bef_age_keys *keys,
                                 uint8_t file_key[BEF_AGE_FILE_KEY], struct bef_err *err)
{
	uint8_t share[BEF_AGE_KEY], own[BEF_AGE_KEY], key[32];
	enum bef_rc rc = BEF_NOT_FOUND;

	if (stanza->words != 2 || stanza->body_len != BEF_AGE_BODY ||
	    !bef_age_unbase64(stanza->word[1], strlen(stanza->word[1]), share, sizeof(share)))
		return damaged(err);
	for (size_t i = 0; i < keys->count && rc == BEF_NOT_FOUND; i++) {
		crypto_scalarmult_base(own, keys->identity[i]);
		if (!x25519_key(keys->identity[i], share, share, own, key))
			rc = damaged(err);
		else if (open_body(stanza, key, file_key))
			rc = BEF_OK;
	}
	sodium_memzero(key, sizeof(key));
	return rc;
}

static enum bef_rc unwrap_scrypt(const struct bef_age_stanza *stanza, const struct bef_age_keys *keys,
                                 uint8_t file_key[BEF_AGE_FILE_KEY], struct bef_err *err)
{
	BEF_AUTO(text) passphrase = { .max = 4096 };
	long work = stanza->words == 3 && stanza->word[2][0] != '0' ? bef_natural(stanza->word[2], 99) : -1;
	uint8_t salt[16], key[32];
	enum bef_rc rc;

	if (work < 1 || stanza->body_len != BEF_AGE_BODY ||
	    !bef_age_unbase64(stanza->word[1], strlen(stanza->word[1]), salt, sizeof(salt)))
		return damaged(err);
	if (work > BEF_AGE_WORK_MOST)
		return bef_fail(err, BEF_REFUSED, tr("the file asks for %ld times the memory that a passphrase needs here"),
		                1L << (work - BEF_AGE_WORK));
	if (!keys->ask)
		return BEF_NOT_FOUND;
	rc = keys->ask(keys->arg, &passphrase, err);
	if (rc == BEF_OK)
		rc = scrypt_key(bef_text_str(&passphrase), passphrase.len, salt, (int)work, key, err);
	if (rc == BEF_OK && !open_body(stanza, key, file_key))
		rc = bef_fail(err, BEF_REFUSED, "%s", tr("the passphrase is not the one that this file was locked with"));
	sodium_memzero(key, sizeof(key));
	if (passphrase.data)
		sodium_memzero(passphrase.data, passphrase.size);
	return rc;
}

enum bef_rc bef_age_unwrap(const struct bef_age_stanza *stanza, const struct bef_age_keys *keys,
                           uint8_t file_key[BEF_AGE_FILE_KEY], struct bef_err *err)
{
	if (strcmp(stanza->word[0], "X25519") == 0)
		return unwrap_x25519(stanza, keys, file_key, err);
	if (strcmp(stanza->word[0], "scrypt") == 0)
		return unwrap_scrypt(stanza, keys, file_key, err);
	return BEF_NOT_FOUND;
}
