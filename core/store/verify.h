/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Recomputing everything: each header against its id, each body against its
 * digest, each parent, the extracted columns against the bytes, the signatures,
 * the caches against the entries, the evidence files against their digests.
 *
 * An entry covers all its ancestors, so the last signature of each post in an
 * unbroken line authenticates all that post wrote in it; `all_signatures` checks
 * the others too.  Memory grows with the longest incident, not with the store.
 * Others may write meanwhile.
 */
#include "store/store.h"

struct bef_verify_options {
	bool all_signatures;
	bool evidence;       /* read the evidence files again */
	bool file;           /* also what no digest covers: indexes and free pages */
	/* Called with 0 to 100 now and then, for a progress line; or NULL. */
	void (*progress)(void *arg, int percent);
	void *arg;
};

/* What was found.  `flaw` is through tr() and starts the message; the first broken entry only. */
struct bef_verdict {
	int64_t entries, erased, logs, signatures;
	int64_t evidence, evidence_bad;
	bool broken;
	uint64_t seq;       /* of the first broken entry, or 0 */
	char ref[64];       /* its incident, or "" */
	int64_t number;     /* its place in its journal by arrival, from 1; or 0 */
	char flaw[400];
	char remedy[240];
};

/* BEF_OK: *out says whether anything is broken.  Other codes: it could not be looked at. */
enum bef_rc bef_store_verify(struct bef_store *store, const struct bef_verify_options *options,
                             struct bef_verdict *out, struct bef_err *err) BEF_MUST_CHECK;
