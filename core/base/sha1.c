/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * SHA-1 from libcrypto, loaded on demand as in sha256.c: libsodium has none, rightly, and one telephone
 * company still asks for it.  Declared in crypto.h.
 */
#include <dlfcn.h>
#include <string.h>

#include "base/crypto.h"

bool bef_sha1(const void *data, size_t len, uint8_t out[BEF_SHA1_SIZE])
{
	/* OpenSSL 3: EVP_Q_digest(context, name, properties, data, length, digest, its length). */
	static int (*digest)(void *, const char *, const char *, const void *, size_t, unsigned char *, size_t *);
	size_t got = 0;
	void *library, *symbol;

	if (!digest) {
		library = dlopen("libcrypto.so.3", RTLD_NOW | RTLD_LOCAL);
		symbol = library ? dlsym(library, "EVP_Q_digest") : NULL;
		if (!symbol)
			return false;
		memcpy(&digest, &symbol, sizeof(symbol));
	}
	return digest(NULL, "SHA1", NULL, data, len, out, &got) == 1 && got == BEF_SHA1_SIZE;
}
