/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The one way anything changes: an act, which is one transaction holding one or
 * more entries, the caches they change, and the outbox rows they cause.
 *
 * The functions for commands are in the other headers of this folder; this one
 * is what they are made of.
 */
#include "act/desk.h"
#include "store/write.h"

/* What an act tells of itself. */
struct bef_done {
	char ref[BEF_REF_SIZE]; /* the incident's */
	unsigned number;        /* of its last entry: "#42" */
	struct bef_hash id;     /* of that entry */
	int about;              /* 1-based number in its list ("D4", "A7"), or 0 */
	bool elsewhere;         /* the words erased also stand in an entry that was not */
	bool closed;            /* the incident was closed already: a late fact */
	bool reserve_used;      /* the disk is full: the reserve was released to write this */
	bool rang;              /* alerts were raised by it */
};

enum { BEF_RINGS_MOST = 4 };

struct bef_act {
	struct bef_desk *desk;
	struct bef_store *store;
	struct bef_log_row row;
	int64_t closed_at_ms; /* of the incident, 0 while it is open */
	struct bef_case *c; /* as it was before; NULL unless asked for, or with a new incident */
	bool heavy;         /* an entry was added that changes the incident list */
	bool clocks;        /* ... from which legal clocks may follow */
	unsigned rings[BEF_RINGS_MOST]; /* numbers of entries that may ring */
	int ring_count;
	struct bef_done done;
};

typedef enum bef_rc bef_act_fn(struct bef_act *act, void *request, struct bef_err *err);

enum {
	BEF_ACT_CASE = 1,        /* load and fold the incident first */
	BEF_ACT_WHEN_CLOSED = 2, /* allowed on a closed incident */
	BEF_ACT_CREATE = 4,      /* make the store if it is not there (not when dry); no incident is looked for */
	BEF_ACT_NO_INCIDENT = 8, /* `fn` chooses the journal itself with bef_act_enter() */
};

/* Open the store for writing, find the incident, begin, run `fn`, commit, close.  On a full disk
 * the reserve is released and `fn` is run once more.  *done is filled on success only. */
enum bef_rc bef_act_do(struct bef_desk *desk, unsigned flags, bef_act_fn *fn, void *request,
                       struct bef_done *done, struct bef_err *err) BEF_MUST_CHECK;

/* Work in the journal `log` from now on. */
enum bef_rc bef_act_enter(struct bef_act *act, int64_t log, struct bef_err *err) BEF_MUST_CHECK;

/* act->c with the entries of this act too, if it is not that already. */
enum bef_rc bef_act_reload(struct bef_act *act, struct bef_err *err) BEF_MUST_CHECK;

/* Append an entry.  Takes `body`, whatever happens.  happened_at_ms 0: now.
 * BEF_USAGE: the body is not what the kind promises. */
enum bef_rc bef_act_add(struct bef_act *act, const char *kind, json_t *body, int64_t happened_at_ms,
                        struct bef_err *err) BEF_MUST_CHECK;

/* Append to the organisation's journal, making it if it is not there.  Takes `body`. */
enum bef_rc bef_act_add_org(struct bef_act *act, const char *kind, json_t *body, struct bef_err *err)
	BEF_MUST_CHECK;

/* Name the incident and its heads in the organisation's journal: from then on its end cannot be cut
 * off unseen.  `occasion`: "closing", "report full". */
enum bef_rc bef_act_checkpoint(struct bef_act *act, const char *occasion, struct bef_err *err) BEF_MUST_CHECK;
