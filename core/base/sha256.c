/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * SHA-256 from libsodium, or from libcrypto loaded on demand.  Linking
 * libcrypto would cost every command more than its durable write; the long
 * commands get it through dlopen().  Declared in crypto.h.
 */
#include <dlfcn.h>
#include <sodium.h>
#include <string.h>

#include "base/crypto.h"

/* The few functions of OpenSSL 3's EVP interface that a digest needs. */
static struct {
	void *md;
	void *context; /* for the whole digests of bef_sha256() */
	void *(*context_new)(void);
	void (*context_free)(void *);
	int (*init)(void *, const void *, void *);
	int (*update)(void *, const void *, size_t);
	int (*final)(void *, unsigned char *, unsigned int *);
} fast;

_Static_assert(sizeof(crypto_hash_sha256_state) + sizeof(uint64_t) <= sizeof(struct bef_sha256_state), "room");

/* dlsym() gives an object pointer; copying its bytes is the way POSIX blesses. */
static bool find(void *library, const char *name, void *function)
{
	void *symbol = dlsym(library, name);

	memcpy(function, &symbol, sizeof(symbol));
	return symbol != NULL;
}

bool bef_sha256_hurry(void)
{
	void *(*fetch)(void *, const char *, const char *);
	void *library;

	if (fast.md)
		return true;
	library = dlopen("libcrypto.so.3", RTLD_NOW | RTLD_LOCAL);
	if (!library)
		return false;
	if (!find(library, "EVP_MD_fetch", &fetch) || !find(library, "EVP_MD_CTX_new", &fast.context_new) ||
	    !find(library, "EVP_MD_CTX_free", &fast.context_free) ||
	    !find(library, "EVP_DigestInit_ex", &fast.init) ||
	    !find(library, "EVP_DigestUpdate", &fast.update) ||
	    !find(library, "EVP_DigestFinal_ex", &fast.final))
		return false;
	fast.context = fast.context_new();
	if (!fast.context)
		return false;
	fast.md = fetch(NULL, "SHA256", NULL);
	return fast.md != NULL;
}

void bef_sha256(const void *a, size_t a_len, const void *b, size_t b_len, struct bef_hash *out)
{
	crypto_hash_sha256_state state;

	if (fast.md && fast.init(fast.context, fast.md, NULL) == 1 &&
	    fast.update(fast.context, a, a_len) == 1 && fast.update(fast.context, b, b_len) == 1 &&
	    fast.final(fast.context, out->byte, NULL) == 1)
		return;
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, a, a_len);
	crypto_hash_sha256_update(&state, b, b_len);
	crypto_hash_sha256_final(&state, out->byte);
}

/* The first word of `room` says whose state the rest is: NULL is libsodium's, which starts at 1. */
static void **context_of(struct bef_sha256_state *state)
{
	return (void **)(void *)&state->room[0];
}

static crypto_hash_sha256_state *sodium_of(struct bef_sha256_state *state)
{
	return (crypto_hash_sha256_state *)(void *)&state->room[1];
}

void bef_sha256_start(struct bef_sha256_state *state)
{
	void **context = context_of(state);

	*context = fast.md ? fast.context_new() : NULL;
	if (*context && fast.init(*context, fast.md, NULL) == 1)
		return;
	if (*context)
		fast.context_free(*context);
	*context = NULL;
	crypto_hash_sha256_init(sodium_of(state));
}

void bef_sha256_more(struct bef_sha256_state *state, const void *data, size_t len)
{
	if (*context_of(state))
		fast.update(*context_of(state), data, len);
	else
		crypto_hash_sha256_update(sodium_of(state), data, len);
}

void bef_sha256_end(struct bef_sha256_state *state, struct bef_hash *out)
{
	void **context = context_of(state);

	if (!*context) {
		crypto_hash_sha256_final(sodium_of(state), out->byte);
		return;
	}
	fast.final(*context, out->byte, NULL);
	fast.context_free(*context);
	*context = NULL;
}
