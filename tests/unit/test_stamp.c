/* SPDX-License-Identifier: EUPL-1.2 */
/* Requests and answers of RFC 3161, in DER.  tests/dossier/stamp.bats has openssl on the other side. */
#include "unit.h"

#include "base/stamp.h"

static struct bef_hash digest;
static uint8_t nonce[BEF_STAMP_NONCE];

/* SEQUENCE { SEQUENCE { INTEGER status }, SEQUENCE { digest, nonce } } */
static size_t answer(uint8_t *out, uint8_t status)
{
	uint8_t *at = out;

	bef_random(digest.byte, sizeof(digest.byte));
	bef_stamp_nonce(nonce);
	memcpy(at, (uint8_t[]){ 0x30, 5 + 2 + 34 + 10, 0x30, 3, 2, 1, status, 0x30, 34 + 10, 4, 32 }, 11);
	memcpy(at + 11, digest.byte, 32);
	memcpy(at + 43, (uint8_t[]){ 2, 8 }, 2);
	memcpy(at + 45, nonce, 8);
	return 53;
}

static void a_request_is_the_one_of_openssl(void **state)
{
	BEF_AUTO(text) out = { .max = 200 };
	char hex[200];

	(void)state;
	memset(digest.byte, 0xab, sizeof(digest.byte));
	memset(nonce, 0x41, sizeof(nonce));
	bef_stamp_request(&digest, nonce, &out);
	bef_hex(out.data, out.len, hex);
	assert_string_equal(hex, "3043020101303130" "0d060960864801650304020105000420"
	                         "abababababababababababababababababababababababababababababababab"
	                         "02084141414141414141" "0101ff");
}

static void answers(void **state)
{
	uint8_t bytes[64];
	size_t len = answer(bytes, 0);

	(void)state;
	assert_null(bef_stamp_flaw(bytes, len, &digest, nonce));
	len = answer(bytes, 1);
	assert_null(bef_stamp_flaw(bytes, len, &digest, nonce));
	len = answer(bytes, 2);
	assert_non_null(bef_stamp_flaw(bytes, len, &digest, nonce));
	len = answer(bytes, 0);
	for (size_t i = 0; i < len; i++) {
		bytes[i] ^= 0x55;
		must(bef_stamp_flaw(bytes, len, &digest, nonce), "byte %zu", i);
		bytes[i] ^= 0x55;
		must(bef_stamp_flaw(bytes, i, &digest, nonce), "%zu bytes", i);
	}
	assert_non_null(bef_stamp_flaw(bytes, len + 1, &digest, nonce));
}

/* Lengths that lie, or are not in their shortest form. */
static void lengths(void **state)
{
	static const struct {
		uint8_t bytes[8];
		size_t len;
	} bad[] = { { { 0x30, 0x80 }, 2 },       { { 0x30, 0x81, 0x03, 0x30, 0x01, 0x00 }, 6 },
		    { { 0x30, 0x84, 0xff, 0xff, 0xff, 0xff }, 6 }, { { 0x30, 0x83, 0xff, 0xff, 0xff }, 5 },
		    { { 0x30 }, 1 },             { { 0x30, 0x82, 0x00, 0x01, 0x00 }, 5 },
		    { { 0x30, 0xff, 0x01 }, 3 }, { { 0 }, 0 } };

	(void)state;
	for (size_t i = 0; i < ROWS(bad); i++)
		must(bef_stamp_flaw(bad[i].bytes, bad[i].len, &digest, nonce), "row %zu", i);
}

UNIT_MAIN(unit(a_request_is_the_one_of_openssl), unit(answers), unit(lengths))
