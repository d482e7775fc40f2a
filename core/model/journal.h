/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The entries of one incident, as a set that has one order.
 *
 * Order: an entry comes after its parents; among those that could come next,
 * the smallest (recorded_at, id).  It depends on the entries alone, not on how
 * they arrived, so two copies that hold the same entries read the same.
 */
#include <stddef.h>

#include "model/entry.h"

struct bef_journal {
	struct bef_entry *entry; /* each owns its header and body */
	size_t count;
	size_t size;
};

void bef_journal_clear(struct bef_journal *journal);

/* Add a copy of `entry`, bytes included. */
enum bef_rc bef_journal_add(struct bef_journal *journal, const struct bef_entry *entry,
                            struct bef_err *err) BEF_MUST_CHECK;

/* Put the entries in their order and drop duplicates (of two copies, one with a body is kept).
 * BEF_BROKEN: they form a loop, which no honest writer can make. */
enum bef_rc bef_journal_sort(struct bef_journal *journal, struct bef_err *err) BEF_MUST_CHECK;

/* Add to `into` what `from` holds: the union, in order. */
enum bef_rc bef_journal_merge(struct bef_journal *into, const struct bef_journal *from,
                              struct bef_err *err) BEF_MUST_CHECK;

/* A map from ids to positions in a journal. */
struct bef_idmap {
	size_t *slot; /* position + 1, 0 for none */
	size_t mask;
	const struct bef_journal *journal;
};
enum bef_rc bef_idmap_build(struct bef_idmap *map, const struct bef_journal *journal,
                            struct bef_err *err) BEF_MUST_CHECK;
void bef_idmap_clear(struct bef_idmap *map);
/* Position of `id`, or SIZE_MAX. */
size_t bef_idmap_find(const struct bef_idmap *map, const struct bef_hash *id);
