/* SPDX-License-Identifier: EUPL-1.2 */
#include "world.h"

enum { SEEDS = 150 };

static void must_be_the_same(const struct bef_journal *a, const struct bef_journal *b, uint64_t seed,
                             const char *what)
{
	must(a->count == b->count, "seed %llu: %s: %zu and %zu entries", (unsigned long long)seed, what,
	     a->count,
	     b->count);
	for (size_t i = 0; i < a->count; i++)
		must(bef_hash_equal(&a->entry[i].id, &b->entry[i].id), "seed %llu: %s: entry %zu differs",
		     (unsigned long long)seed, what, i);
}

static void sorted_copy(struct world *w, uint64_t known, struct bef_journal *out)
{
	struct bef_err err;

	world_copy(w, known, out);
	assert_ok(bef_journal_sort(out, &err), err);
}

static void parents_come_first_and_ties_go_by_time_then_id(void **state)
{
	(void)state;
	for (uint64_t seed = unit_seed(); seed < unit_seed() + SEEDS; seed++) {
		struct world w;
		struct bef_journal journal;
		struct bef_idmap map;
		struct bef_err err;

		world_make(&w, seed);
		sorted_copy(&w, world_everything(&w), &journal);
		assert_int_equal(journal.count, w.all.count);
		assert_ok(bef_idmap_build(&map, &journal, &err), err);
		for (size_t i = 0; i < journal.count; i++) {
			const struct bef_entry *entry = &journal.entry[i];
			size_t latest = 0;
			bool free_to_move = i > 0;

			must(!bef_entry_flaw(entry), "seed %llu", (unsigned long long)seed);
			assert_int_equal(bef_idmap_find(&map, &entry->id), i);
			for (unsigned p = 0; p < entry->parent_count; p++) {
				struct bef_hash parent;

				bef_entry_parent(entry, p, &parent);
				latest = bef_idmap_find(&map, &parent);
				must(latest < i, "seed %llu: entry %zu before its parent",
				     (unsigned long long)seed, i);
				free_to_move &= latest != i - 1;
			}
			/* What could have come one place earlier is later by (recorded_at, id). */
			if (free_to_move) {
				const struct bef_entry *former = &journal.entry[i - 1];

				must(former->recorded_at_ms < entry->recorded_at_ms ||
				     (former->recorded_at_ms == entry->recorded_at_ms &&
				      memcmp(&former->id, &entry->id, sizeof(entry->id)) < 0),
				     "seed %llu: entry %zu", (unsigned long long)seed, i);
			}
		}
		bef_idmap_clear(&map);
		bef_journal_clear(&journal);
		world_clear(&w);
	}
}

static void any_order_of_arrival_and_any_duplicates_sort_the_same(void **state)
{
	(void)state;
	for (uint64_t seed = unit_seed(); seed < unit_seed() + SEEDS; seed++) {
		struct world w;
		struct bef_journal first;
		struct bef_journal other;

		world_make(&w, seed);
		sorted_copy(&w, world_everything(&w), &first);
		must_be_the_same(&first, &first, seed, "itself");
		assert_int_equal(first.count, w.all.count);
		for (int i = 0; i < 5; i++) {
			sorted_copy(&w, world_everything(&w), &other);
			must_be_the_same(&first, &other, seed, "another arrival");
			bef_journal_clear(&other);
		}
		bef_journal_clear(&first);
		world_clear(&w);
	}
}

static void merge(struct bef_journal *into, const struct bef_journal *from)
{
	struct bef_err err;

	assert_ok(bef_journal_merge(into, from, &err), err);
}

static void merging_is_commutative_associative_and_idempotent(void **state)
{
	(void)state;
	for (uint64_t seed = unit_seed(); seed < unit_seed() + SEEDS; seed++) {
		struct world w;
		uint64_t set[3];
		struct bef_journal ab, ba, ab_c, bc, a_bc, again;

		world_make(&w, seed);
		for (int i = 0; i < 3; i++)
			set[i] = dice_next(&w.dice) & world_everything(&w);
		world_copy(&w, set[0], &ab);
		world_copy(&w, set[1], &ba);
		sorted_copy(&w, set[0], &ab_c);
		merge(&ab, &ba);
		merge(&ba, &ab_c);
		must_be_the_same(&ab, &ba, seed, "a+b, b+a");

		world_copy(&w, set[1], &bc);
		world_copy(&w, set[2], &again);
		merge(&bc, &again);
		world_copy(&w, set[0], &a_bc);
		merge(&a_bc, &bc);
		merge(&ab, &again);
		must_be_the_same(&ab, &a_bc, seed, "(a+b)+c, a+(b+c)");
		bef_journal_clear(&again);

		world_copy(&w, set[0] | set[1] | set[2], &again);
		merge(&ab, &again);
		must_be_the_same(&ab, &a_bc, seed, "a+a");
		merge(&ab, &a_bc);
		must_be_the_same(&ab, &a_bc, seed, "a+a again");
		bef_journal_clear(&ab);
		bef_journal_clear(&ba);
		bef_journal_clear(&ab_c);
		bef_journal_clear(&bc);
		bef_journal_clear(&a_bc);
		bef_journal_clear(&again);
		world_clear(&w);
	}
}

static void of_two_copies_the_one_with_a_body_is_kept(void **state)
{
	struct unit_story story;
	struct bef_journal journal = { 0 };
	struct bef_err err;

	(void)state;
	unit_story_start(&story);
	unit_tell(&story, NULL, "note", "{'sort':'fact','text':'kept'}");
	for (unsigned pattern = 0; pattern < 8; pattern++) {
		for (int i = 0; i < 3; i++) {
			struct bef_entry entry = story.journal.entry[0];

			if (!(pattern >> i & 1))
				entry.body = NULL;
			assert_ok(bef_journal_add(&journal, &entry, &err), err);
		}
		assert_ok(bef_journal_sort(&journal, &err), err);
		assert_int_equal(journal.count, 1);
		assert_int_equal(journal.entry[0].body != NULL, pattern != 0);
		assert_null(bef_entry_flaw(&journal.entry[0]));
		bef_journal_clear(&journal);
	}
	bef_journal_clear(&story.journal);
}

static void an_empty_journal_sorts_merges_and_is_searched(void **state)
{
	struct bef_journal a = { 0 };
	struct bef_journal b = { 0 };
	struct bef_idmap map;
	struct bef_hash id = { { 0 } };
	struct bef_err err;

	(void)state;
	assert_ok(bef_journal_sort(&a, &err), err);
	merge(&a, &b);
	assert_int_equal(a.count, 0);
	assert_ok(bef_idmap_build(&map, &a, &err), err);
	assert_true(bef_idmap_find(&map, &id) == SIZE_MAX);
	bef_idmap_clear(&map);
	bef_journal_clear(&a);
	bef_journal_clear(&a);
}

/* Ids that no digest gives: only a broken or hostile file can hold such entries. */
static void invent(struct bef_journal *journal, struct dice *dice, size_t count, size_t names)
{
	for (size_t i = 0; i < count; i++) {
		struct bef_text header;
		struct bef_entry entry;
		struct bef_err err;
		size_t parents = dice_below(dice, 4);
		size_t parent = 0;
		bool any = false;

		bef_text_init(&header, 2000);
		bef_text_printf(&header, "{\"author\":\"x\",\"body\":\"%064x\",\"kind\":\"note\",\"log\":"
		                "\"019a4811-0000-7001-8002-030405060708\",\"offset\":0,\"parents\":[", 0);
		while (parents-- > 0 && parent < names) {
			parent += 1 + dice_below(dice, names);
			bef_text_printf(&header, "%s\"%064zx\"", any ? "," : "", parent);
			any = true;
		}
		bef_text_printf(&header, "],\"post\":\"%064x\",\"recorded_at\":%zu,\"uid\":"
		                "\"019a4811-0000-7001-8002-030405060708\",\"v\":1,\"zone\":\"UTC\"}", 0,
		                dice_below(dice, 5));
		assert_true(bef_entry_parse(header.data, header.len, &entry));
		memset(&entry.id, 0, sizeof(entry.id));
		entry.id.byte[31] = (uint8_t)(1 + dice_below(dice, names));
		entry.body = NULL;
		entry.body_len = 0;
		assert_ok(bef_journal_add(journal, &entry, &err), err);
		bef_text_clear(&header);
	}
}

static void a_loop_is_broken_and_nothing_crashes(void **state)
{
	unsigned loops = 0;

	(void)state;
	for (uint64_t seed = unit_seed(); seed < unit_seed() + 3000; seed++) {
		struct dice dice = { seed };
		struct bef_journal journal = { 0 };
		struct bef_err err;
		enum bef_rc rc;

		invent(&journal, &dice, 1 + dice_below(&dice, 12), 1 + dice_below(&dice, 9));
		rc = bef_journal_sort(&journal, &err);
		must(rc == BEF_OK || rc == BEF_BROKEN, "seed %llu: %d", (unsigned long long)seed, rc);
		loops += rc == BEF_BROKEN;
		bef_journal_clear(&journal);
	}
	assert_true(loops > 100 && loops < 2900);
}

static void ten_thousand_entries_apart_sort_at_once(void **state)
{
	struct bef_journal journal = { 0 };
	struct bef_err err;
	struct dice dice = { unit_seed() };
	struct bef_pen pen[2] = { unit_pen(0), unit_pen(1) };
	struct bef_hash last[2];

	(void)state;
	for (int i = 0; i < 10000; i++) {
		int p = (int)dice_below(&dice, 2);
		struct unit_note note = { .kind = "note", .parents = &last[p], .parent_count = i > 1 };

		if (i < 2)
			p = i;
		pen[p].now_ms += 1000;
		note.parents = &last[p];
		note.body = unit_json("{'sort':'fact','text':'x'}");
		unit_add(&journal, &pen[p], &note, &last[p]);
	}
	for (size_t i = journal.count - 1; i > 0; i--) {
		size_t j = dice_below(&dice, i + 1);
		struct bef_entry kept = journal.entry[i];

		journal.entry[i] = journal.entry[j];
		journal.entry[j] = kept;
	}
	assert_ok(bef_journal_sort(&journal, &err), err);
	assert_int_equal(journal.count, 10000);
	for (size_t i = 1; i < journal.count; i++)
		assert_true(journal.entry[i - 1].recorded_at_ms <= journal.entry[i].recorded_at_ms);
	bef_journal_clear(&journal);
}

UNIT_MAIN(unit(parents_come_first_and_ties_go_by_time_then_id),
          unit(any_order_of_arrival_and_any_duplicates_sort_the_same),
          unit(merging_is_commutative_associative_and_idempotent),
          unit(of_two_copies_the_one_with_a_body_is_kept), unit(an_empty_journal_sorts_merges_and_is_searched),
          unit(a_loop_is_broken_and_nothing_crashes), unit(ten_thousand_entries_apart_sort_at_once))
