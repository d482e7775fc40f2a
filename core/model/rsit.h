/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * An incident's type (bef_types) in the words of others: the Reference Security
 * Incident Taxonomy (ENISA, version 1003, 11 classes and 39 types), which has no
 * row for several of our plain words, and the open vocabulary of STIX's incident
 * extension.
 */
struct bef_rsit {
	const char *type;  /* ours */
	const char *class_, *rsit; /* machine names */
	const char *event; /* of the STIX vocabulary, or NULL: no fit */
};
extern const struct bef_rsit bef_rsits[]; /* ends with a NULL type */

/* The row of a type; of an unknown one, that of "undetermined".  Never NULL. */
const struct bef_rsit *bef_rsit_find(const char *type);
