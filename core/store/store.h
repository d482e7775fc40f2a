/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The journal on disk: opening and reading.  Writing is in write.h, which only
 * core/act/ includes.  No other module knows that there is SQLite below.
 *
 * A store is a private directory: beffroi.db (one SQLite file), evidence/
 * (files named by their SHA-256), beffroi.lock (the writers' gate), ballast (a
 * reserve against a full disk), and beffroi.idx (full text, disposable).
 *
 * Rollback journal that stays beside the file (journal_mode=PERSIST, which ends a
 * write by clearing the journal's head) with synchronous=EXTRA: of all modes tried
 * under simulated power cuts it is the fastest that loses no acknowledged entry,
 * and it reads on a full disk.  At rest beffroi.db-journal may be left out of a
 * copy; erasing a text cuts it to nothing.  Writers queue at the gate before they open the
 * database, because SQLite's own waiting starves some of them.
 *
 * A store belongs to one thread.  Strings handed to a callback are lent for the
 * length of that call.
 */
#include <stdint.h>

#include "base/err.h"
#include "base/file.h"
#include "model/case.h"

struct bef_store;

enum bef_store_mode {
	BEF_STORE_READ,
	BEF_STORE_WRITE,
	BEF_STORE_CREATE, /* WRITE, and make it if it is not there */
};

/*
 * Open the store in directory `dir`.  On success *out is the caller's, to be closed.
 * BEF_NOT_FOUND: there is none (not with CREATE).
 * BEF_BUSY: another writer held the gate for `wait_ms`; the message says who.
 * BEF_REFUSED: not ours, or written by a newer version, or on a network disk; untouched.
 * BEF_BROKEN: not a readable database.
 */
enum bef_rc bef_store_open(const char *dir, enum bef_store_mode mode, int wait_ms,
                           struct bef_store **out, struct bef_err *err) BEF_MUST_CHECK;
void bef_store_close(struct bef_store *store);
void bef_store_clear(struct bef_store **store); /* for cleanup */

const char *bef_store_dir(const struct bef_store *store);

/* True if the last failure was a full disk. */
bool bef_store_is_full(const struct bef_store *store);

/* What is known of one journal without reading it. */
struct bef_log_row {
	int64_t log;
	struct bef_uuid uuid;
	bool is_org;
	int64_t entries;
	int64_t last_at_ms;
	struct bef_hash head[BEF_PARENTS_MOST];
	unsigned head_count;
};

/* BEF_NOT_FOUND: no such journal. */
enum bef_rc bef_store_log(struct bef_store *store, int64_t log, struct bef_log_row *out,
                          struct bef_err *err) BEF_MUST_CHECK;
enum bef_rc bef_store_log_by_uuid(struct bef_store *store, const struct bef_uuid *uuid,
                                  struct bef_log_row *out, struct bef_err *err) BEF_MUST_CHECK;
/* The organisation's journal; *out is 0 in a store that has none yet. */
enum bef_rc bef_store_org(struct bef_store *store, int64_t *out, struct bef_err *err) BEF_MUST_CHECK;

/* A row of the incident list. */
struct bef_incident_row {
	int64_t log;
	struct bef_uuid uuid;
	int64_t entries;
	int64_t last_at_ms;
	char ref[BEF_REF_SIZE]; /* with its letter */
	struct bef_summary summary;
};

typedef enum bef_rc bef_incident_fn(void *arg, const struct bef_incident_row *row, struct bef_err *err);

enum { BEF_NO_LIMIT = -1 };

/* At most `limit` incidents, closed ones too if `all`: open ones first, then the newest first.
 * Stops at the first for which `fn` does not give BEF_OK. */
enum bef_rc bef_store_incidents(struct bef_store *store, bool all, int limit, bef_incident_fn *fn, void *arg,
                                struct bef_err *err) BEF_MUST_CHECK;
/* One row.  BEF_NOT_FOUND. */
enum bef_rc bef_store_incident(struct bef_store *store, int64_t log, struct bef_incident_row *out,
                               struct bef_err *err) BEF_MUST_CHECK;

/* The two things that every act asks of an incident: its reference, and when it was closed (0: it is
 * open).  BEF_NOT_FOUND. */
enum bef_rc bef_store_incident_brief(struct bef_store *store, int64_t log, char ref[BEF_REF_SIZE],
                                     int64_t *closed_at_ms, struct bef_err *err) BEF_MUST_CHECK;

/* The journal meant by "INC-2026-001", "2026-001", "1" (this year's, see `year`), or a UUID.
 * BEF_NOT_FOUND. */
enum bef_rc bef_store_find(struct bef_store *store, const char *text, int year, int64_t *out,
                           struct bef_err *err) BEF_MUST_CHECK;
/* How many incidents are open: 0, 1 or 2 for more; *log is one of them. */
enum bef_rc bef_store_open_count(struct bef_store *store, int *count, int64_t *log,
                                 struct bef_err *err) BEF_MUST_CHECK;
/* Highest number given in `year`. */
enum bef_rc bef_store_last_number(struct bef_store *store, int year, int *out, struct bef_err *err)
	BEF_MUST_CHECK;

/* Add the entries of a journal to *out (which is cleared by the caller). */
enum bef_rc bef_store_journal(struct bef_store *store, int64_t log, struct bef_journal *out,
                              struct bef_err *err) BEF_MUST_CHECK;
/* The same, folded.  *out is the caller's. */
enum bef_rc bef_store_case(struct bef_store *store, int64_t log, struct bef_case **out,
                           struct bef_err *err) BEF_MUST_CHECK;

/* What the organisation said of itself, folded: its answers and its own rules.  *out is the caller's;
 * in a store that has no such journal yet, an empty case. */
enum bef_rc bef_store_profile(struct bef_store *store, struct bef_case **out, struct bef_err *err) BEF_MUST_CHECK;

/* The journal that holds the entry of this seq.  BEF_NOT_FOUND. */
enum bef_rc bef_store_entry_log(struct bef_store *store, uint64_t seq, int64_t *out, struct bef_err *err) BEF_MUST_CHECK;

/* The id of the one entry of `log` that starts with these hexadecimal digits (20 or 64).
 * BEF_NOT_FOUND: none, or several. */
enum bef_rc bef_store_head_like(struct bef_store *store, int64_t log, const char *digits,
                                struct bef_hash *out, struct bef_err *err) BEF_MUST_CHECK;

/* A row of the outbox: one alert on its way to one destination. */
struct bef_outbox_row {
	int64_t outbox, log;
	int64_t lease_until_ms; /* somebody is sending it until then */
	struct bef_hash alert;
	const char *destination, *message, *state, *last_class, *last_detail, *event;
	int attempts, last_status, level;
	int64_t next_at_ms, created_at_ms;
};
typedef enum bef_rc bef_outbox_fn(void *arg, const struct bef_outbox_row *row, struct bef_err *err);
/* Rows still to be sent (or all of them), oldest first, of one incident or (0) of all. */
enum bef_rc bef_store_outbox(struct bef_store *store, int64_t log, bool all, bef_outbox_fn *fn,
                             void *arg, struct bef_err *err) BEF_MUST_CHECK;

/* One attempt.  ended_at_ms 0: it has no end yet. */
struct bef_attempt_row {
	int64_t outbox, started_at_ms, ended_at_ms;
	struct bef_hash alert;
	const char *destination, *class_name, *detail;
	int n, status, elapsed_ms;
};
typedef enum bef_rc bef_attempt_fn(void *arg, const struct bef_attempt_row *row, struct bef_err *err);
/* Those of one incident (0: all), of one alert or (NULL) of all, in order of time. */
enum bef_rc bef_store_attempts(struct bef_store *store, int64_t log, const struct bef_hash *alert, bef_attempt_fn *fn,
                               void *arg, struct bef_err *err) BEF_MUST_CHECK;

/* How a destination has been doing.  A name that was never used gives zeroes and a full bucket. */
struct bef_health {
	int failures; /* in a row */
	int opens;    /* times in a row that it was left alone */
	bool told;    /* the other destinations know that it does not answer */
	int64_t closed_until_ms, pause_until_ms, arrived_at_ms, tested_at_ms;
	int64_t tokens, tokens_at_ms; /* thousandths of messages that may leave now; -1: the bucket is full */
	char suspended[200];          /* why somebody has to look at it, or "" */
};
enum bef_rc bef_store_health(struct bef_store *store, const char *destination, struct bef_health *out,
                             struct bef_err *err) BEF_MUST_CHECK;

/* The destinations for which something is due, the most urgent first. */
struct bef_outbox_due {
	int64_t log;      /* of one incident, or 0: of any */
	int64_t now_ms;
	int64_t since_ms; /* what is older and is being sent by somebody else is their business */
};
typedef enum bef_rc bef_name_fn(void *arg, const char *name, struct bef_err *err);
enum bef_rc bef_store_outbox_destinations(struct bef_store *store, const struct bef_outbox_due *what, bef_name_fn *fn, void *arg,
                                          struct bef_err *err) BEF_MUST_CHECK;

/* What holds a destination's rows back.  Instants, or 0: nothing of the kind. */
struct bef_outlook {
	int64_t leased_ms;  /* somebody else is sending to it until then */
	int64_t next_at_ms; /* the first of those that are not due is */
};
enum bef_rc bef_store_outbox_outlook(struct bef_store *store, const char *destination, const struct bef_outbox_due *what,
                                     struct bef_outlook *out, struct bef_err *err) BEF_MUST_CHECK;

/* How an alert fares: destinations, those that took it, those of which something is known. */
struct bef_fares {
	int all, arrived, tried;
};
enum bef_rc bef_store_outbox_fares(struct bef_store *store, const struct bef_hash *alert, struct bef_fares *out,
                                   struct bef_err *err) BEF_MUST_CHECK;

/* An incident whose alerts reach nobody, unacknowledged.  BEF_NOT_FOUND: none. */
enum bef_rc bef_store_unheard(struct bef_store *store, char ref[BEF_REF_SIZE], struct bef_err *err) BEF_MUST_CHECK;

/* Where the evidence file with this digest lies. */
enum bef_rc bef_store_evidence_path(const struct bef_store *store, const char *sha256,
                                    char out[BEF_PATH], struct bef_err *err) BEF_MUST_CHECK;
