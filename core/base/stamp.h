/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Asking an authority for a time stamp (RFC 3161): the request, and whether an
 * answer is one to it.  Whether the authority is to be believed is judged by
 * 'openssl ts -verify', with its certificate; nothing of that is done here.
 */
#include "base/crypto.h"
#include "base/text.h"

enum { BEF_STAMP_NONCE = 8 };

/* A TimeStampReq (2.4.1) in DER: SHA-256, this nonce, the authority's certificate wanted. */
void bef_stamp_request(const struct bef_hash *digest, const uint8_t nonce[BEF_STAMP_NONCE], struct bef_text *out);

/* A nonce whose DER form has eight bytes. */
void bef_stamp_nonce(uint8_t nonce[BEF_STAMP_NONCE]);

/* NULL: the bytes are a TimeStampResp (2.4.2) that grants, and hold that digest and that nonce; else what
 * they are not, through N_(). */
const char *bef_stamp_flaw(const void *answer, size_t len, const struct bef_hash *digest,
                           const uint8_t nonce[BEF_STAMP_NONCE]);
