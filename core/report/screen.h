/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Names and machine details in free text, and what stands there instead.
 *
 * Names are those that the journal gives as names: authors, owners, "by",
 * reporter, receivers.  A text is searched for each of them, whole and word by
 * word, whatever the accents and the case; a word of a name that is no handle
 * counts only with its capital, so that "Petit" is a name and "petit" is not.
 * A name that the journal never gives as one is not found: who reads the
 * document is told so.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct bef_name; /* a person or a destination, with what stands for it */
struct bef_name_key;

struct bef_names {
	struct bef_name *name;
	size_t count;
	struct bef_name_key *key; /* sorted by word once sealed */
	size_t key_count;
	bool failed; /* no memory: nothing may be shown */
};
void bef_names_clear(struct bef_names *names);

/* Know this name.  `role`: a stored word of bef_roles in which it wrote, or NULL.  `thing`: not a person but
 * a destination.  One whose words are all among another's, or the other way round, is the same person. */
void bef_names_add(struct bef_names *names, const char *name, const char *role, bool thing);
/* All are known: give each its role if nobody else holds it, else a letter in the order of coming. */
void bef_names_seal(struct bef_names *names);
/* How many persons are known. */
int bef_names_persons(const struct bef_names *names);

/* Add `text` to `out` with each known name replaced; returns how many were. */
int bef_names_replace(const struct bef_names *names, const char *text, struct bef_text *out);

/* Add `text` to `out` with "[withheld]" for each address (IP, hardware, mail, web, three-part domain name,
 * written safely or not), each path and each "@handle"; returns how many were. */
int bef_details_replace(const char *text, struct bef_text *out);
