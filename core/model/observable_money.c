/* SPDX-License-Identifier: EUPL-1.2 */
/* Bank accounts and wallets: their check digits tell a slip of the pen. */
#include <ctype.h>
#include <string.h>

#include "base/bech32.h"
#include "base/crypto.h"
#include "model/observable.h"

/* ISO 13616: the first four characters go last, letters count 10 to 35, the whole is 1 modulo 97. */
static bool iban_is_sound(const char *s, size_t len)
{
	unsigned rest = 0;

	for (size_t i = 0; i < len; i++) {
		char c = s[(i + 4) % len];

		rest = isdigit((unsigned char)c) ? (10 * rest + (unsigned)(c - '0')) % 97
		                                 : (100 * rest + (unsigned)(c - 'A' + 10)) % 97;
	}
	return rest == 1;
}

bool bef_normal_iban(const char *typed, struct bef_text *out)
{
	char iban[35];
	size_t len = 0;

	for (const char *c = typed; *c; c++) {
		if (*c == ' ')
			continue;
		if (!isalnum((unsigned char)*c) || len == 34)
			return false;
		iban[len++] = (char)toupper((unsigned char)*c);
	}
	iban[len] = '\0';
	if (len < 15 || !isalpha((unsigned char)iban[0]) || !isalpha((unsigned char)iban[1]) ||
	    !isdigit((unsigned char)iban[2]) || !isdigit((unsigned char)iban[3]) || !iban_is_sound(iban, len))
		return false;
	bef_text_puts(out, iban);
	return true;
}

/* Base58Check: 25 bytes, the last four those of a double SHA-256 of the others. */
static bool is_base58(const char *s)
{
	static const char digits[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
	uint8_t bytes[25] = { 0 };
	struct bef_hash once, twice;
	size_t len = strlen(s);

	if (len < 26 || len > 35 || (*s != '1' && *s != '3'))
		return false;
	for (; *s; s++) {
		const char *digit = strchr(digits, *s);
		unsigned carry = digit ? (unsigned)(digit - digits) : 0;

		for (int i = 24; i >= 0; i--) {
			carry += 58u * bytes[i];
			bytes[i] = (uint8_t)carry;
			carry >>= 8;
		}
		if (!digit || carry)
			return false;
	}
	bef_sha256(bytes, 21, NULL, 0, &once);
	bef_sha256(once.byte, sizeof(once.byte), NULL, 0, &twice);
	return memcmp(bytes + 21, twice.byte, 4) == 0;
}

/* "bc1" and its data; version 0 ends with the constant of BIP 173, later ones with that of BIP 350. */
static bool is_bech32(const char *s)
{
	static const char digits[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
	size_t len = strlen(s);
	uint32_t sum = 1;

	if (len < 14 || len > 90 || strncmp(s, "bc1", 3) != 0)
		return false;
	for (const char *c = "bc"; *c; c++)
		sum = bef_bech32_step(sum, (unsigned)*c >> 5);
	sum = bef_bech32_step(sum, 0);
	for (const char *c = "bc"; *c; c++)
		sum = bef_bech32_step(sum, (unsigned)*c & 31);
	for (const char *c = s + 3; *c; c++) {
		const char *digit = strchr(digits, *c);

		if (!digit)
			return false;
		sum = bef_bech32_step(sum, (unsigned)(digit - digits));
	}
	return sum == (s[3] == 'q' ? 1 : 0x2bc830a3);
}

bool bef_normal_btc(const char *typed, struct bef_text *out)
{
	char lower[91];
	size_t len = strlen(typed);

	if (is_base58(typed)) {
		bef_text_puts(out, typed);
		return true;
	}
	if (len >= sizeof(lower))
		return false;
	for (size_t i = 0; i <= len; i++)
		lower[i] = (char)tolower((unsigned char)typed[i]);
	if (!is_bech32(lower))
		return false;
	bef_text_puts(out, lower);
	return true;
}
