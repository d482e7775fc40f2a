/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/age.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/age_parts.h"
#include "base/crypto.h"
#include "base/i18n.h"

enum { PIECE = 1 << 16, SEALED = PIECE + BEF_AGE_TAG };

struct bef_age {
	struct bef_sink to;
	struct bef_source from;
	uint8_t key[32];
	uint64_t number;  /* of the piece at hand */
	size_t len;       /* writing: bytes in `plain`; reading: those not given yet, from `at` */
	size_t at;
	size_t ahead;     /* reading: bytes of the next piece that are in `sealed` already */
	bool last, broken;
	uint8_t plain[PIECE];
	uint8_t sealed[SEALED + 1];
};

void bef_age_clear(struct bef_age **age)
{
	if (!*age)
		return;
	sodium_memzero(*age, sizeof(**age));
	free(*age);
	*age = NULL;
}

bool bef_age_is(const void *start, size_t len)
{
	return len >= strlen(BEF_AGE_VERSION) && memcmp(start, BEF_AGE_VERSION, strlen(BEF_AGE_VERSION)) == 0;
}

/* Eleven bytes of the piece's number, then 1 for the last. */
static void nonce_of(const struct bef_age *age, bool last, uint8_t out[12])
{
	memset(out, 0, 12);
	for (int i = 0; i < 8; i++)
		out[10 - i] = (uint8_t)(age->number >> (8 * i));
	out[11] = last;
}

/* --- writing --- */

static enum bef_rc write_start(struct bef_age *age, const struct bef_age_locks *locks, struct bef_err *err)
{
	uint8_t file_key[BEF_AGE_FILE_KEY], nonce[BEF_AGE_NONCE];
	BEF_AUTO(text) header = { .max = BEF_AGE_HEADER_MOST };
	enum bef_rc rc;

	bef_random(file_key, sizeof(file_key));
	bef_random(nonce, sizeof(nonce));
	bef_age_hkdf(file_key, sizeof(file_key), nonce, sizeof(nonce), "payload", age->key);
	rc = bef_age_header_write(locks, file_key, &header, err);
	sodium_memzero(file_key, sizeof(file_key));
	if (rc == BEF_OK)
		rc = age->to.put(age->to.arg, header.data, header.len, err);
	return rc ? rc : age->to.put(age->to.arg, nonce, sizeof(nonce), err);
}

enum bef_rc bef_age_seal(struct bef_sink to, const struct bef_age_locks *locks, struct bef_age **out,
                         struct bef_err *err)
{
	struct bef_age *age = calloc(1, sizeof(*age));
	enum bef_rc rc;

	if (!age)
		return bef_no_memory(err);
	age->to = to;
	rc = write_start(age, locks, err);
	if (rc)
		bef_age_clear(&age);
	*out = age;
	return rc;
}

static enum bef_rc write_piece(struct bef_age *age, bool last, struct bef_err *err)
{
	size_t len = age->len;
	uint8_t nonce[12];

	nonce_of(age, last, nonce);
	crypto_aead_chacha20poly1305_ietf_encrypt(age->sealed, NULL, age->plain, len, NULL, 0, NULL, nonce, age->key);
	age->number++;
	age->len = 0;
	return age->to.put(age->to.arg, age->sealed, len + BEF_AGE_TAG, err);
}

/* A full piece waits for one more byte: the last one is not empty unless there is nothing at all. */
static enum bef_rc put(void *arg, const void *data, size_t len, struct bef_err *err)
{
	struct bef_age *age = arg;
	const char *at = data;
	enum bef_rc rc = BEF_OK;

	while (len > 0 && rc == BEF_OK) {
		size_t piece = len < PIECE - age->len ? len : PIECE - age->len;

		memcpy(age->plain + age->len, at, piece);
		age->len += piece;
		at += piece;
		len -= piece;
		if (age->len == PIECE && len > 0)
			rc = write_piece(age, false, err);
	}
	return rc;
}

struct bef_sink bef_age_sink(struct bef_age *age)
{
	return (struct bef_sink){ put, age };
}

enum bef_rc bef_age_finish(struct bef_age *age, struct bef_err *err)
{
	return write_piece(age, true, err);
}

/* --- reading --- */

enum bef_rc bef_age_open(struct bef_source from, const struct bef_age_keys *keys, struct bef_age **out,
                         struct bef_err *err)
{
	uint8_t file_key[BEF_AGE_FILE_KEY], nonce[BEF_AGE_NONCE];
	struct bef_age *age = calloc(1, sizeof(*age));
	size_t got = 0;
	enum bef_rc rc;

	*out = NULL;
	if (!age)
		return bef_no_memory(err);
	age->from = from;
	rc = bef_age_header_read(&from, keys, file_key, err);
	if (rc == BEF_OK)
		rc = bef_source_fill(&from, nonce, sizeof(nonce), &got, err);
	if (rc == BEF_OK && got < sizeof(nonce))
		rc = bef_fail(err, BEF_BROKEN, "%s", tr("the encrypted file is cut off"));
	if (rc) {
		bef_age_clear(&age);
		return rc;
	}
	bef_age_hkdf(file_key, sizeof(file_key), nonce, sizeof(nonce), "payload", age->key);
	sodium_memzero(file_key, sizeof(file_key));
	*out = age;
	return BEF_OK;
}

/* One byte is read ahead: a piece that nothing follows is the last. */
static enum bef_rc read_piece(struct bef_age *age, struct bef_err *err)
{
	uint8_t nonce[12];
	size_t got;
	size_t len;
	enum bef_rc rc = bef_source_fill(&age->from, age->sealed + age->ahead, sizeof(age->sealed) - age->ahead, &got, err);

	if (rc)
		return rc;
	got += age->ahead;
	age->last = got < sizeof(age->sealed);
	len = age->last ? got : SEALED;
	nonce_of(age, age->last, nonce);
	if (len < BEF_AGE_TAG || (len == BEF_AGE_TAG && age->number > 0) ||
	    crypto_aead_chacha20poly1305_ietf_decrypt(age->plain, NULL, NULL, age->sealed, len, NULL, 0, nonce, age->key) != 0) {
		age->broken = true;
		return bef_fail(err, BEF_BROKEN, tr("the encrypted file was changed or cut off in its part %llu (of 64 KiB)"),
		                (unsigned long long)age->number + 1);
	}
	age->number++;
	age->at = 0;
	age->len = len - BEF_AGE_TAG;
	age->ahead = !age->last;
	age->sealed[0] = age->sealed[SEALED];
	return BEF_OK;
}

static enum bef_rc get(void *arg, void *data, size_t size, size_t *got, struct bef_err *err)
{
	struct bef_age *age = arg;

	*got = 0;
	if (age->broken)
		return bef_fail(err, BEF_BROKEN, "%s", tr("the encrypted file is cut off"));
	if (age->len == 0 && !age->last) {
		enum bef_rc rc = read_piece(age, err);

		if (rc)
			return rc;
	}
	*got = size < age->len ? size : age->len;
	memcpy(data, age->plain + age->at, *got);
	age->at += *got;
	age->len -= *got;
	return BEF_OK;
}

struct bef_source bef_age_source(struct bef_age *age)
{
	return (struct bef_source){ get, age };
}
