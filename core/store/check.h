/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What verify.c (the entries) and verify_end.c (where journals end, and their caches) share. */
#include "store/query.h"
#include "store/verify.h"

/* The last entry that a post wrote in a journal. */
struct bef_tip {
	struct bef_tip *next;
	uint8_t post[BEF_KEY_SIZE];
	uint8_t sig[BEF_SIG_SIZE];
	struct bef_hash id;
	int64_t number;
};

/* What is kept of one journal while passing over the entries. */
struct bef_passage {
	struct bef_uuid uuid;
	struct bef_hash last;
	int64_t last_at_ms;
	bool is_org; /* by its first entry */
	int64_t count;
	int64_t items;
	bool known;
	struct bef_tip *tips;
};

/* Ids whose text is gone, and ids that an entry.erased names. */
struct bef_idset {
	struct bef_hash *id;
	size_t count;
};

struct bef_check {
	struct bef_store *store;
	const struct bef_verify_options *options;
	struct bef_verdict *verdict;
	struct bef_err *err;
	struct bef_passage *passage; /* by the log's local number */
	size_t passages;
	int64_t after; /* every entry up to this seq was looked at */
	struct bef_idset gone, named;
	struct bef_idset excused; /* named by an erasure that was erased in turn, as far as was kept of it */
	enum bef_rc rc;
};

/* Note the first flaw; the incident's name is looked up. */
void bef_check_flaw(struct bef_check *c, uint64_t seq, int64_t log, int64_t number, const char *fmt, ...)
	BEF_PRINTF(5, 6);

/* What an entry says of erasures, evidence and other journals, against what is there. */
void bef_check_content(struct bef_check *c, struct bef_passage *p, int64_t log, const struct bef_entry *entry);

/* Look at every entry from where it was left to the last there is. */
void bef_check_entries(struct bef_check *c);

/* Check the last signature of each post since this was done last. */
void bef_check_tips(struct bef_check *c, int64_t log, struct bef_passage *p);

/* Compare the end of each journal, and its caches, with its entries. */
void bef_check_ends(struct bef_check *c);

/* The file as SQLite sees it. */
void bef_check_file(struct bef_check *c);
