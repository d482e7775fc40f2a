/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Checking a journal that comes line by line from elsewhere, without any store:
 * what contrib/verify/verify.sh does, and it must say the same.  Entries come
 * with their parents first.  Memory: about a hundred bytes an entry.
 *
 * An entry covers all that it follows, so the last signature of each post in an
 * unbroken line is enough; `all_signatures` checks the others too.
 */
#include "model/line.h"

/* Which entries may lack their text. */
struct bef_chain_gaps {
	bool any;                  /* all of them may: a journal of which only some texts are given */
	const struct bef_hash *id; /* else those that an erasure names, and these, sorted */
	size_t count;
};

struct bef_chain_item {
	struct bef_hash id;
	struct bef_uuid uid;
	int64_t line;
	bool gone;     /* it has no text */
	bool followed; /* another entry names it as a parent */
};

struct bef_chain_tip;
struct bef_chain_id {
	struct bef_hash id;
	bool excused; /* named by an erasure that was erased in turn */
};

/* Zero it, set the three members that follow, add lines, finish, look, clear. */
struct bef_chain {
	bool all_signatures;
	/* Called for each good entry, in order; `body` is NULL for one without its text. */
	enum bef_rc (*each)(void *arg, int64_t line, const struct bef_entry *entry, const json_t *body, struct bef_err *err);
	void *arg;

	/* What was found.  `flaw` is translated; "" is none: the lowest line is told. */
	int64_t lines, gone, signatures, flaw_line;
	char flaw[200];
	struct bef_uuid log;
	struct bef_hash last;
	struct bef_chain_item *item;
	size_t count;

	/* Its own. */
	size_t size, mask;
	size_t *by_id, *by_uid; /* position + 1 */
	struct bef_chain_tip *tips;
	struct bef_chain_id *erased;
	size_t erased_count;
};

/* One line, without its end.  What is wrong is noted; other codes than BEF_OK: no memory, or what `each` said. */
enum bef_rc bef_chain_line(struct bef_chain *chain, const char *line, size_t len, struct bef_err *err) BEF_MUST_CHECK;
/* The last signatures, and what lacks its text against what may. */
void bef_chain_finish(struct bef_chain *chain, const struct bef_chain_gaps *gaps);
/* The entry with this id, or NULL. */
const struct bef_chain_item *bef_chain_find(const struct bef_chain *chain, const struct bef_hash *id);
void bef_chain_clear(struct bef_chain *chain);
