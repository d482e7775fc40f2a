/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Observables: what an attacker leaves behind, typed.  People paste them in all
 * states; each is kept in one normal form, so that the same thing is the same
 * text, and shown so that nobody clicks it ("defanged": hxxps://evil[.]example).
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

enum { BEF_OBSERVABLE_MOST = 2000 }; /* bytes of a value */

/* One row a type of bef_observable_types. */
struct bef_observable_form {
	const char *name;
	bool fanged;  /* it can be clicked or looked up: refanged when read, defanged when shown */
	bool detects; /* once confirmed, it may be looked for in logs without being asked (MISP's to_ids) */
	/* Add the normal form of `typed`, which is one line without blanks around it; false if it is no such thing. */
	bool (*normal)(const char *typed, struct bef_text *out);
};
extern const struct bef_observable_form bef_observable_forms[]; /* ends with a NULL name */
const struct bef_observable_form *bef_observable_form(const char *type); /* or NULL */

/* What was typed or pasted, as type `type`, or as what it looks like (NULL): the stored word of its type into
 * *found, its normal form into `value` (cleared first).  BEF_USAGE: it is no such thing, or looks like nothing. */
enum bef_rc bef_observable_read(const char *type, const char *typed, const char **found, struct bef_text *value,
                                struct bef_err *err) BEF_MUST_CHECK;
/* True if `value` is already the normal form of `type`; what comes from another's pen may not be.  *ok: false if memory
 * ran out. */
bool bef_observable_is_normal(const char *type, const char *value, bool *ok);

/* Add `typed` with what made it harmless taken away: hxxp, [.], (at)... */
void bef_refang(const char *typed, struct bef_text *out);
/* Add `value`, made harmless if its type is fanged.  Refanging gives `value` back. */
void bef_defang(const char *type, const char *value, struct bef_text *out);

/* "MD5", "SHA-1", "SHA-256", "SHA-512", by the number of digits; or NULL. */
const char *bef_hash_name(const char *value);

/* The normal forms that are reckoned: ISO 13616 (modulo 97); Base58Check and BIP 173/350 addresses. */
bool bef_normal_iban(const char *typed, struct bef_text *out);
bool bef_normal_btc(const char *typed, struct bef_text *out);
/* Those of the network. */
bool bef_normal_ipv4(const char *typed, struct bef_text *out);
bool bef_normal_ipv6(const char *typed, struct bef_text *out);
bool bef_normal_domain(const char *typed, struct bef_text *out);
bool bef_normal_hostname(const char *typed, struct bef_text *out);
bool bef_normal_url(const char *typed, struct bef_text *out);
bool bef_normal_email(const char *typed, struct bef_text *out);
bool bef_normal_mac(const char *typed, struct bef_text *out);
