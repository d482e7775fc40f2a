/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Journals as they come about: one to four posts, each with a clock that is
 * wrong in its own way, write entries of every kind, apart, and merge now and
 * then.  All of it follows from one seed.
 */
#include "bodies.h"

enum { WORLD_MOST = 60, WORLD_POSTS = 4 };

struct world {
	uint64_t seed;
	struct dice dice;
	struct bef_journal all; /* in the order of writing, bodies whole */
	uint64_t parents[WORLD_MOST]; /* sets of positions */
	uint64_t knows[WORLD_POSTS];
	int64_t skew_ms[WORLD_POSTS];
	struct bef_pen pen[WORLD_POSTS];
	size_t posts;
	size_t writer;
};

static inline bool world_is(const struct world *w, size_t i, const char *kind)
{
	return strcmp(w->all.entry[i].kind, kind) == 0;
}

static inline const char *world_wanted(const char *field)
{
	static const char *const rows[][2] = {
		{ "run", "run.started" },       { "action", "action.planned" },
		{ "after", "action.planned" },
		{ "item", "evidence.collected" }, { "supersedes", "decision.taken" },
		{ "alert", "alert.raised" },
		{ "corrects", "alert.raised" },
	};

	for (size_t i = 0; i < ROWS(rows); i++)
		if (strcmp(rows[i][0], field) == 0)
			return rows[i][1];
	return NULL;
}

/* Mostly an entry of the right kind, sometimes any other, rarely one that is not there. */
static inline void world_id(void *context, const char *field, char out[BEF_HASH_HEX])
{
	struct world *w = context;
	const char *wanted = world_wanted(field);
	struct bef_hash id;

	dice_bytes(&w->dice, &id, sizeof(id));
	for (int tries = 0; tries < 30 && !dice_chance(&w->dice, 1); tries++) {
		size_t i = dice_below(&w->dice, w->all.count);

		if (!(w->knows[w->writer] >> i & 1))
			continue;
		id = w->all.entry[i].id;
		if (!wanted || world_is(w, i, wanted))
			break;
	}
	bef_hex(id.byte, sizeof(id.byte), out);
}

static inline size_t world_find(const struct world *w, const char *hex)
{
	struct bef_hash id;

	for (size_t i = 0; bef_unhex(hex, id.byte, sizeof(id.byte)) && i < w->all.count; i++)
		if (bef_hash_equal(&w->all.entry[i].id, &id))
			return i;
	return SIZE_MAX;
}

/* New values for an amendment, now and then impossible ones; the rest of the body for an erasure. */
static inline void world_set(struct world *w, json_t *body, bool erasure)
{
	const char *name = erasure ? "kept" : "set";
	size_t at = world_find(w, bef_json_text(body, "target"));
	const struct bef_kind *kind = at == SIZE_MAX ? NULL : bef_kind_find(w->all.entry[at].kind);
	struct bef_err err;
	json_t *set = NULL;

	json_object_del(body, name);
	if (!kind)
		return;
	if (erasure) {
		assert_ok(bef_json_load(w->all.entry[at].body, w->all.entry[at].body_len, &set, &err), err);
		if (kind->prose)
			json_object_del(set, kind->prose);
	} else {
		set = unit_body(&w->dice, kind, 30, world_id, w);
		if (dice_chance(&w->dice, 10))
			json_object_set_new(set, kind->fields->name, json_true());
		json_object_del(set, "target");
	}
	if (json_object_size(set))
		json_object_set(body, name, set);
	json_decref(set);
}

static inline uint64_t world_heads(const struct world *w, uint64_t known)
{
	uint64_t heads = known;

	for (size_t i = 0; i < w->all.count; i++)
		if (known >> i & 1)
			heads &= ~w->parents[i];
	return heads;
}

static inline const struct bef_kind *world_kind(struct world *w)
{
	size_t kinds = 0;

	if (w->all.count == 0)
		return bef_kind_find("incident.opened");
	if (dice_chance(&w->dice, 35)) /* corrections are where it is easy to go wrong */
		kinds = dice_below(&w->dice, 4);
	else
		for (kinds = 4; bef_kinds[kinds - 4]; kinds++)
			;
	switch (kinds) {
	case 0: return bef_kind_find("entry.undone");
	case 1: return bef_kind_find("entry.amended");
	case 2: return bef_kind_find("entry.struck");
	case 3: return bef_kind_find("entry.erased");
	default: return bef_kinds[dice_below(&w->dice, kinds - 4)];
	}
}

static inline void world_write(struct world *w)
{
	const struct bef_kind *kind = world_kind(w);
	struct bef_pen *pen = &w->pen[w->writer];
	uint64_t heads = world_heads(w, w->knows[w->writer]);
	struct bef_hash parents[BEF_PARENTS_MOST];
	struct unit_note note = { .kind = kind->name, .parents = parents };
	struct bef_hash id;

	for (size_t i = 0; i < w->all.count; i++)
		if (heads >> i & 1)
			parents[note.parent_count++] = w->all.entry[i].id;
	note.body = unit_body(&w->dice, kind, 40, world_id, w);
	if (strcmp(kind->name, "entry.amended") == 0)
		world_set(w, note.body, false);
	if (strcmp(kind->name, "entry.erased") == 0)
		world_set(w, note.body, true);
	pen->now_ms = UNIT_NOW + w->skew_ms[w->writer] + (int64_t)w->all.count * 20000 +
	              (int64_t)dice_below(&w->dice, 3) * 20000;
	if (dice_chance(&w->dice, 20))
		note.happened_at_ms = pen->now_ms - (int64_t)dice_below(&w->dice, 100) * 60000;
	w->parents[w->all.count] = heads;
	unit_add(&w->all, pen, &note, &id);
	w->knows[w->writer] |= UINT64_C(1) << (w->all.count - 1);
}

static inline void world_make(struct world *w, uint64_t seed)
{
	size_t size;

	*w = (struct world){ .seed = seed, .dice = { seed } };
	unit_drawn = 0;
	w->posts = 1 + dice_below(&w->dice, WORLD_POSTS);
	for (size_t p = 0; p < w->posts; p++) {
		w->pen[p] = unit_pen((int)p);
		w->skew_ms[p] = (int64_t)dice_below(&w->dice, 3) * 3600000 - 3600000;
	}
	world_write(w);
	for (size_t p = 1; p < w->posts; p++)
		w->knows[p] = w->knows[0];
	for (size = 2 + dice_below(&w->dice, WORLD_MOST - 2); w->all.count < size;) {
		w->writer = dice_below(&w->dice, w->posts);
		if (dice_chance(&w->dice, 25))
			w->knows[w->writer] |= w->knows[dice_below(&w->dice, w->posts)];
		world_write(w);
	}
}

static inline void world_clear(struct world *w)
{
	bef_journal_clear(&w->all);
}

/* True if an erasure in the set `known` names entry `i`: then its body may be gone from a copy. */
static inline bool world_erased(const struct world *w, uint64_t known, size_t i)
{
	bool erased = false;

	for (size_t e = i + 1; e < w->all.count && !erased; e++) {
		struct bef_err err;
		json_t *body;

		if (!(known >> e & 1) || !world_is(w, e, "entry.erased"))
			continue;
		assert_ok(bef_json_load(w->all.entry[e].body, w->all.entry[e].body_len, &body, &err), err);
		erased = world_find(w, bef_json_text(body, "target")) == i;
		json_decref(body);
	}
	return erased;
}

/* A copy of the set `known` as it might lie on some disk: any order of arrival, some entries
 * twice, the bodies of erased ones gone or not. */
static inline void world_copy(struct world *w, uint64_t known, struct bef_journal *out)
{
	size_t order[2 * WORLD_MOST];
	size_t count = 0;

	*out = (struct bef_journal){ 0 };
	for (size_t i = 0; i < w->all.count; i++)
		for (int times = known >> i & 1 ? 1 + dice_chance(&w->dice, 10) : 0; times > 0; times--) {
			size_t at = dice_below(&w->dice, count + 1);

			order[count++] = order[at];
			order[at] = i;
		}
	for (size_t i = 0; i < count; i++) {
		struct bef_entry entry = w->all.entry[order[i]];
		struct bef_err err;

		if (dice_chance(&w->dice, 70) && world_erased(w, known, order[i]))
			entry.body = NULL;
		assert_ok(bef_journal_add(out, &entry, &err), err);
	}
}

static inline uint64_t world_everything(const struct world *w)
{
	return UINT64_MAX >> (64 - w->all.count);
}
