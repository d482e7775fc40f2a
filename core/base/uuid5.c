/* SPDX-License-Identifier: EUPL-1.2 */
/* Identifiers made from names, so that what is exported twice is known again.  Declared in crypto.h. */
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"

bool bef_uuid_v5(const struct bef_uuid *space, const char *name, struct bef_uuid *out)
{
	size_t len = strlen(name);
	uint8_t *named = malloc(BEF_UUID_SIZE + len);
	uint8_t digest[BEF_SHA1_SIZE];
	bool ok;

	if (!named)
		return false;
	memcpy(named, space->byte, BEF_UUID_SIZE);
	memcpy(named + BEF_UUID_SIZE, name, len);
	ok = bef_sha1(named, BEF_UUID_SIZE + len, digest);
	free(named);
	if (!ok)
		return false;
	memcpy(out->byte, digest, BEF_UUID_SIZE);
	out->byte[6] = (uint8_t)((out->byte[6] & 0x0f) | 0x50);
	out->byte[8] = (uint8_t)((out->byte[8] & 0x3f) | 0x80);
	return true;
}
