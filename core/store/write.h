/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Changing the store.  Only core/act/ includes this: a change is an act of
 * somebody, in one transaction with the entry that says so.
 */
#include "store/store.h"

/* A transaction that is undone unless it was committed before it is cleared. */
struct bef_tx {
	struct bef_store *store;
	enum bef_rc rc; /* of the beginning */
};
struct bef_tx bef_tx_begin(struct bef_store *store, struct bef_err *err);
/* When it returns BEF_OK, all of it is on the disk. */
enum bef_rc bef_tx_commit(struct bef_tx *tx, struct bef_err *err) BEF_MUST_CHECK;
void bef_tx_clear(struct bef_tx *tx);

/* Make an empty journal; *out is its row. */
enum bef_rc bef_store_log_insert(struct bef_store *store, const struct bef_uuid *uuid, bool is_org,
                                 struct bef_log_row *out, struct bef_err *err) BEF_MUST_CHECK;

/* Add an entry to the end of the journal `row`, which is brought up to date.  An entry whose uid is
 * here already is not added again: *added says. */
enum bef_rc bef_store_append(struct bef_store *store, struct bef_log_row *row,
                             const struct bef_entry *entry, bool *added, struct bef_err *err) BEF_MUST_CHECK;

/* Put the incident's row of the list right. */
enum bef_rc bef_store_summary_put(struct bef_store *store, int64_t log, const struct bef_summary *summary,
                                  struct bef_err *err) BEF_MUST_CHECK;

/*
 * Add what `from` holds to this store: the union of the two sets of entries of each journal there.
 * Entries that were erased in either are erased in both.  Needs a transaction.  *added counts.
 * BEF_BROKEN: an entry of `from` does not match its digests or its signature; nothing is added.
 */
enum bef_rc bef_store_unite(struct bef_store *store, const struct bef_journal *from, bool is_org,
                            int *added, struct bef_err *err) BEF_MUST_CHECK;

/* Remove the text of an entry, its salt, and the payloads of its alerts.  The rest of the erasure
 * (after the commit) is bef_store_scour(). */
enum bef_rc bef_store_erase(struct bef_store *store, const struct bef_hash *id, struct bef_err *err)
	BEF_MUST_CHECK;
/* Rewrite the database without free pages and drop the index, outside a transaction; then look for
 * `bytes` in our own files.  BEF_FAILED: they are still there; the message says where. */
enum bef_rc bef_store_scour(struct bef_store *store, const char *bytes, size_t len, struct bef_err *err)
	BEF_MUST_CHECK;

/* True in *out if an entry that is not erased says `text` (as it stands in the stored JSON). */
enum bef_rc bef_store_says(struct bef_store *store, const char *text, bool *out, struct bef_err *err) BEF_MUST_CHECK;

/* Drop and compute again every cache: log rows, incident list, index.  *logs counts journals. */
enum bef_rc bef_store_rebuild(struct bef_store *store, int *logs, struct bef_err *err) BEF_MUST_CHECK;

/* Release the reserve; true if there was one. */
bool bef_store_ballast_drop(struct bef_store *store);
/* Make it again if there is room for it. */
void bef_store_ballast_make(const char *dir);

/* Add an alert's row to the outbox; nothing if that destination has it already. */
struct bef_outgoing {
	int64_t log;
	struct bef_hash alert;
	const char *destination, *message, *payload, *event;
	int level; /* 0 critical, 1 urgent, 2 information */
	bool merges;
	int64_t now_ms, next_at_ms, expires_at_ms;
};
enum bef_rc bef_store_outbox_put(struct bef_store *store, const struct bef_outgoing *row,
                                 struct bef_err *err) BEF_MUST_CHECK;

/* What to take. */
struct bef_claiming {
	const char *destination;
	int64_t log;   /* of this incident, or 0 */
	int64_t now_ms;
	int64_t lease; /* drawn by the caller, not 0: what settles the row must name it */
	int least;     /* of this level or a graver one (a smaller number) */
	bool fresh;    /* that was never tried only */
};
/* A row taken for sending, by nobody else for 90 s.  Owns its payload. */
struct bef_claim {
	int64_t outbox, log, lease, created_at_ms, expires_at_ms;
	struct bef_hash alert;
	char message[64], event[24];
	char *payload;
	int level, attempts; /* this one included */
	bool ambiguous, plain, rerouted;
};
void bef_claim_clear(struct bef_claim *claim);
/* Take a row that is due, the gravest and oldest first; in one incident each waits for the older ones that
 * are as grave.  An earlier attempt that has no end is written down as cut short.  BEF_NOT_FOUND: none. */
enum bef_rc bef_store_outbox_claim(struct bef_store *store, const struct bef_claiming *what, struct bef_claim *out,
                                   struct bef_err *err) BEF_MUST_CHECK;
/* Write down how an attempt ended.  BEF_NOT_FOUND: somebody else has taken the row since; nothing is written. */
struct bef_settlement {
	int64_t now_ms, next_at_ms;
	const char *state, *class_name, *detail;
	int status, elapsed_ms;
	bool ambiguous, plain, unsent; /* unsent: nothing had to be sent to know it, and no attempt is written down */
};
enum bef_rc bef_store_outbox_settle(struct bef_store *store, const struct bef_claim *claim,
                                    const struct bef_settlement *how, struct bef_err *err) BEF_MUST_CHECK;

/* Rows that a newer alert of `log` makes useless: those of `event` for `destination`, or with NULL all that
 * merge.  They end as "superseded"; `fn` is told of each.  None that is on its way at this moment. */
struct bef_superseding {
	int64_t log, now_ms;
	struct bef_hash by;
	const char *event, *destination;
};
enum bef_rc bef_store_outbox_supersede(struct bef_store *store, const struct bef_superseding *what, bef_outbox_fn *fn,
                                       void *arg, struct bef_err *err) BEF_MUST_CHECK;
/* End a row by hand. */
enum bef_rc bef_store_outbox_end(struct bef_store *store, int64_t outbox, const char *state, struct bef_err *err)
	BEF_MUST_CHECK;
/* Make what waits due now: of one incident (0: any), for one destination (NULL: any). */
enum bef_rc bef_store_outbox_hurry(struct bef_store *store, int64_t log, const char *destination, int64_t now_ms,
                                   struct bef_err *err) BEF_MUST_CHECK;
/* Its stand-ins have been given it. */
enum bef_rc bef_store_outbox_rerouted(struct bef_store *store, int64_t outbox, struct bef_err *err) BEF_MUST_CHECK;
/* Forget what ended rows older than `before_ms` said: the journal has it. */
enum bef_rc bef_store_outbox_purge(struct bef_store *store, int64_t before_ms, struct bef_err *err) BEF_MUST_CHECK;
enum bef_rc bef_store_health_put(struct bef_store *store, const char *destination, const struct bef_health *health,
                                 struct bef_err *err) BEF_MUST_CHECK;
