/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Where somebody sits: the store they write in, the pen they hold, and the few
 * things kept for their account outside the journal (the post's key, which
 * incident is current, the last heads seen, a draft).
 *
 * Those lie in the account's state directory: losing them loses no entry.
 */
#include "base/file.h"
#include "model/entry.h"
#include "store/store.h"

struct bef_bell;

struct bef_desk {
	char base[BEF_PATH];  /* the store's directory */
	char state[BEF_PATH]; /* this account's notes about that store */
	char key_path[BEF_PATH];
	struct bef_pen pen; /* now_ms is brought up to date by the caller before each act */
	bool has_key;
	char draft[40]; /* name of the draft that this command keeps, or "" */
	char incident[64]; /* asked for with -i, or "" */
	char organisation[128];
	int wait_ms; /* for the writers' gate */
	bool dry_run; /* do everything but the commit */
	const struct bef_bell *bell; /* where alerts may go (bell.h), lent; NULL: nothing rings */
	bool rang; /* alerts were raised, and wait to be sent */
	char unheard[BEF_REF_SIZE]; /* an incident whose alerts reach nobody, as the store last opened says; or "" */
};

/* Fill in the paths.  `base` and `state_home` are absolute; nothing is created. */
enum bef_rc bef_desk_init(struct bef_desk *desk, const char *base, const char *state_home,
                          struct bef_err *err) BEF_MUST_CHECK;
void bef_desk_clear(struct bef_desk *desk); /* wipes the key */

/* Note in desk->unheard what this store says of it; nothing without a bell. */
void bef_desk_listen(struct bef_desk *desk, struct bef_store *store);

/* Load the post's key, drawing it at its first use.  BEF_REFUSED: others may read it. */
enum bef_rc bef_desk_key(struct bef_desk *desk, struct bef_err *err) BEF_MUST_CHECK;

/* The journal to work in: the one asked for, else the current one while it is open, else the only
 * open one, else the current one though closed.  BEF_NOT_FOUND: none, or several; the hint says. */
enum bef_rc bef_desk_resolve(const struct bef_desk *desk, struct bef_store *store, int64_t *log,
                             struct bef_err *err) BEF_MUST_CHECK;
enum bef_rc bef_desk_choose(const struct bef_desk *desk, const struct bef_uuid *log, struct bef_err *err)
	BEF_MUST_CHECK;
/* The current incident's journal.  BEF_NOT_FOUND: none was chosen.  BEF_FAILED: that could not be read. */
enum bef_rc bef_desk_current(const struct bef_desk *desk, struct bef_uuid *out, struct bef_err *err) BEF_MUST_CHECK;

/* The furthest end of a journal that this account has seen: a copy put back is noticed. */
void bef_desk_head_keep(const struct bef_desk *desk, const struct bef_log_row *row);
/* False if none is remembered. */
bool bef_desk_head(const struct bef_desk *desk, const struct bef_uuid *log, int64_t *entries,
                   struct bef_hash *head);
