/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/crypto.h"

#include <sodium.h>
#include <string.h>

#include "base/i18n.h"

enum bef_rc bef_crypto_init(struct bef_err *err)
{
	if (sodium_init() >= 0)
		return BEF_OK;
	return bef_fail(err, BEF_FAILED, "%s", tr("this machine gives no random numbers (libsodium)"));
}

void bef_random(void *out, size_t len)
{
	randombytes_buf(out, len);
}

void bef_keypair_from_seed(const uint8_t seed[BEF_SEED_SIZE], struct bef_keypair *out)
{
	crypto_sign_seed_keypair(out->public_key, out->secret, seed);
}

void bef_keypair_from_secret(const uint8_t secret[BEF_SECRET_SIZE], struct bef_keypair *out)
{
	memcpy(out->secret, secret, BEF_SECRET_SIZE);
	memcpy(out->public_key, secret + BEF_SEED_SIZE, BEF_KEY_SIZE);
}

void bef_keypair_clear(struct bef_keypair *pair)
{
	sodium_memzero(pair, sizeof(*pair));
}

void bef_sign(const struct bef_keypair *pair, const struct bef_hash *id, uint8_t sig[BEF_SIG_SIZE])
{
	crypto_sign_detached(sig, NULL, id->byte, sizeof(id->byte), pair->secret);
}

bool bef_signature_ok(const uint8_t key[BEF_KEY_SIZE], const struct bef_hash *id,
                      const uint8_t sig[BEF_SIG_SIZE])
{
	return crypto_sign_verify_detached(sig, id->byte, sizeof(id->byte), key) == 0;
}

void bef_hmac(const void *key, size_t key_len, const void *data, size_t len, struct bef_hash *out)
{
	crypto_auth_hmacsha256_state state;

	crypto_auth_hmacsha256_init(&state, key, key_len);
	crypto_auth_hmacsha256_update(&state, data, len);
	crypto_auth_hmacsha256_final(&state, out->byte);
	sodium_memzero(&state, sizeof(state));
}

bool bef_hash_equal(const struct bef_hash *a, const struct bef_hash *b)
{
	return memcmp(a->byte, b->byte, sizeof(a->byte)) == 0;
}

void bef_hex(const void *data, size_t len, char *out)
{
	sodium_bin2hex(out, 2 * len + 1, data, len);
}

bool bef_unhex(const char *text, void *out, size_t len)
{
	size_t got;

	return strlen(text) == 2 * len &&
	       sodium_hex2bin(out, len, text, 2 * len, NULL, &got, NULL) == 0 && got == len;
}

void bef_base64(const void *data, size_t len, char *out)
{
	sodium_bin2base64(out, sodium_base64_encoded_len(len, sodium_base64_VARIANT_ORIGINAL), data, len,
	                  sodium_base64_VARIANT_ORIGINAL);
}

size_t bef_unbase64(const char *text, void *out, size_t max)
{
	size_t got;

	if (sodium_base642bin(out, max, text, strlen(text), NULL, &got, NULL,
	                      sodium_base64_VARIANT_ORIGINAL) != 0)
		return SIZE_MAX;
	return got;
}

void bef_uuid_v4(struct bef_uuid *out)
{
	randombytes_buf(out->byte, sizeof(out->byte));
	out->byte[6] = (uint8_t)((out->byte[6] & 0x0f) | 0x40);
	out->byte[8] = (uint8_t)((out->byte[8] & 0x3f) | 0x80);
}

void bef_uuid_v7(int64_t now_ms, struct bef_uuid *out)
{
	bef_uuid_v4(out);
	out->byte[6] = (uint8_t)((out->byte[6] & 0x0f) | 0x70);
	for (int i = 0; i < 6; i++)
		out->byte[i] = (uint8_t)((uint64_t)now_ms >> (8 * (5 - i)));
}

void bef_uuid_format(const struct bef_uuid *uuid, char out[BEF_UUID_TEXT])
{
	char hex[2 * BEF_UUID_SIZE + 1];
	size_t at = 0;

	bef_hex(uuid->byte, sizeof(uuid->byte), hex);
	for (size_t i = 0; i < 2 * BEF_UUID_SIZE; i++) {
		if (i == 8 || i == 12 || i == 16 || i == 20)
			out[at++] = '-';
		out[at++] = hex[i];
	}
	out[at] = '\0';
}

bool bef_uuid_parse(const char *text, struct bef_uuid *out)
{
	char hex[2 * BEF_UUID_SIZE + 1];
	size_t at = 0;

	if (strlen(text) != BEF_UUID_TEXT - 1)
		return false;
	for (size_t i = 0; i < BEF_UUID_TEXT - 1; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash != (text[i] == '-'))
			return false;
		if (!dash)
			hex[at++] = text[i];
	}
	hex[at] = '\0';
	return bef_unhex(hex, out->byte, sizeof(out->byte));
}
