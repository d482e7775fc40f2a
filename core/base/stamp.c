/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/stamp.h"

#include <string.h>

#include "base/i18n.h"

/* MessageImprint: SEQUENCE { SEQUENCE { OID 2.16.840.1.101.3.4.2.1 (SHA-256), NULL }, OCTET STRING }.  Some
 * authorities give the algorithm back without its NULL, hence the digest alone is looked for. */
static const uint8_t imprint[] = { 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
	                           0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20 };

void bef_stamp_nonce(uint8_t nonce[BEF_STAMP_NONCE])
{
	bef_random(nonce, BEF_STAMP_NONCE);
	nonce[0] = (uint8_t)((nonce[0] & 0x3f) | 0x40); /* neither negative nor with a leading zero */
}

static void put(struct bef_text *out, const void *bytes, size_t len)
{
	bef_text_add(out, bytes, len);
}

void bef_stamp_request(const struct bef_hash *digest, const uint8_t nonce[BEF_STAMP_NONCE], struct bef_text *out)
{
	static const uint8_t version[] = { 0x02, 0x01, 0x01 };
	static const uint8_t nonce_is[] = { 0x02, BEF_STAMP_NONCE };
	static const uint8_t certificate[] = { 0x01, 0x01, 0xff };
	const uint8_t start[] = { 0x30, sizeof(version) + sizeof(imprint) + BEF_HASH_SIZE + sizeof(nonce_is) +
		                                BEF_STAMP_NONCE + sizeof(certificate) };

	put(out, start, sizeof(start));
	put(out, version, sizeof(version));
	put(out, imprint, sizeof(imprint));
	put(out, digest->byte, sizeof(digest->byte));
	put(out, nonce_is, sizeof(nonce_is));
	put(out, nonce, BEF_STAMP_NONCE);
	put(out, certificate, sizeof(certificate));
}

/* What is under the eyes of the reader. */
struct der {
	const uint8_t *at, *end;
};

/* Enter an element of this tag: what it holds is in *inside, and `in` is after it.  Lengths are in their
 * shortest form (X.690, 10.1). */
static bool enter(struct der *in, uint8_t tag, struct der *inside)
{
	size_t left = (size_t)(in->end - in->at);
	size_t len;
	size_t bytes;

	if (left < 2 || in->at[0] != tag)
		return false;
	bytes = in->at[1] & 0x80 ? in->at[1] & 0x7f : 0;
	len = bytes ? 0 : in->at[1];
	if (bytes > 3 || in->at[1] == 0x80 || left < 2 + bytes)
		return false;
	for (size_t i = 0; i < bytes; i++)
		len = len << 8 | in->at[2 + i];
	if (len > left - 2 - bytes || (bytes && len < (bytes == 1 ? 0x80u : 1u << (8 * (bytes - 1)))))
		return false;
	inside->at = in->at + 2 + bytes;
	inside->end = in->at = inside->at + len;
	return true;
}

static bool holds(const struct der *in, const void *bytes, size_t len)
{
	return memmem(in->at, (size_t)(in->end - in->at), bytes, len) != NULL;
}

const char *bef_stamp_flaw(const void *answer, size_t len, const struct bef_hash *digest,
                           const uint8_t nonce[BEF_STAMP_NONCE])
{
	struct der all = { answer, (const uint8_t *)answer + len };
	struct der response, status, number, token;
	uint8_t wanted[2 + BEF_STAMP_NONCE] = { 0x02, BEF_STAMP_NONCE };
	uint8_t octets[2 + BEF_HASH_SIZE] = { 0x04, BEF_HASH_SIZE };

	memcpy(wanted + 2, nonce, BEF_STAMP_NONCE);
	memcpy(octets + 2, digest->byte, BEF_HASH_SIZE);
	if (!enter(&all, 0x30, &response) || all.at != all.end || !enter(&response, 0x30, &status) ||
	    !enter(&status, 0x02, &number) || number.end - number.at != 1)
		return N_("what it answered is no time stamp (RFC 3161)");
	if (*number.at > 1) /* 0: granted; 1: with changes */
		return N_("it refuses to give a time stamp");
	if (!enter(&response, 0x30, &token) || response.at != response.end)
		return N_("what it answered is no time stamp (RFC 3161)");
	if (!holds(&token, octets, sizeof(octets)) || !holds(&token, wanted, sizeof(wanted)))
		return N_("what it answered is the time stamp of something else");
	return NULL;
}
