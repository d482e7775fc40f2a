/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static void entry_free(struct bef_entry *entry)
{
	free((char *)(uintptr_t)entry->header);
}

void bef_journal_clear(struct bef_journal *journal)
{
	for (size_t i = 0; i < journal->count; i++)
		entry_free(&journal->entry[i]);
	free(journal->entry);
	*journal = (struct bef_journal){ 0 };
}

enum bef_rc bef_journal_add(struct bef_journal *journal, const struct bef_entry *entry, struct bef_err *err)
{
	struct bef_entry *copy;
	char *bytes;

	if (journal->count == journal->size) {
		size_t size = journal->size ? 2 * journal->size : 64;
		struct bef_entry *more = realloc(journal->entry, size * sizeof(*more));

		if (!more)
			return bef_no_memory(err);
		journal->entry = more;
		journal->size = size;
	}
	/* One piece of memory holds both texts; the header's start frees it. */
	bytes = malloc(entry->header_len + entry->body_len + 2);
	if (!bytes)
		return bef_no_memory(err);
	copy = &journal->entry[journal->count++];
	*copy = *entry;
	memcpy(bytes, entry->header, entry->header_len);
	bytes[entry->header_len] = '\0';
	copy->header = bytes;
	copy->parents = bytes + (entry->parents - entry->header);
	if (entry->body) {
		copy->body = memcpy(bytes + entry->header_len + 1, entry->body, entry->body_len);
		bytes[entry->header_len + 1 + entry->body_len] = '\0';
	}
	return BEF_OK;
}

void bef_idmap_clear(struct bef_idmap *map)
{
	free(map->slot);
	*map = (struct bef_idmap){ 0 };
}

/* An id is a digest already: its first bytes spread well enough. */
static size_t slot_of(const struct bef_idmap *map, const struct bef_hash *id)
{
	size_t at;

	memcpy(&at, id->byte, sizeof(at));
	at &= map->mask;
	while (map->slot[at] && !bef_hash_equal(&map->journal->entry[map->slot[at] - 1].id, id))
		at = (at + 1) & map->mask;
	return at;
}

enum bef_rc bef_idmap_build(struct bef_idmap *map, const struct bef_journal *journal, struct bef_err *err)
{
	size_t size = 16;

	while (size < 2 * journal->count)
		size *= 2;
	*map = (struct bef_idmap){ calloc(size, sizeof(*map->slot)), size - 1, journal };
	if (!map->slot)
		return bef_no_memory(err);
	for (size_t i = 0; i < journal->count; i++) {
		size_t at = slot_of(map, &journal->entry[i].id);

		if (!map->slot[at])
			map->slot[at] = i + 1;
	}
	return BEF_OK;
}

size_t bef_idmap_find(const struct bef_idmap *map, const struct bef_hash *id)
{
	return map->slot[slot_of(map, id)] - 1;
}

static bool is_before(const struct bef_entry *a, const struct bef_entry *b)
{
	if (a->recorded_at_ms != b->recorded_at_ms)
		return a->recorded_at_ms < b->recorded_at_ms;
	return memcmp(&a->id, &b->id, sizeof(a->id)) < 0;
}

/* The usual journal has one writer at a time: every entry follows the one before. */
static bool is_a_line(const struct bef_journal *journal)
{
	for (size_t i = 0; i < journal->count; i++) {
		const struct bef_entry *entry = &journal->entry[i];
		struct bef_hash parent;

		if (entry->parent_count != (i > 0))
			return false;
		if (i == 0)
			continue;
		bef_entry_parent(entry, 0, &parent);
		if (!bef_hash_equal(&parent, &journal->entry[i - 1].id))
			return false;
	}
	return true;
}

static void drop_duplicates(struct bef_journal *journal, const struct bef_idmap *map)
{
	size_t kept = 0;

	for (size_t i = 0; i < journal->count; i++) {
		struct bef_entry *entry = &journal->entry[i];
		struct bef_entry *first = &journal->entry[bef_idmap_find(map, &entry->id)];

		if (first == entry)
			continue;
		if (!first->body && entry->body) {
			struct bef_entry other = *first;

			*first = *entry;
			*entry = other;
		}
		entry_free(entry);
		entry->header = NULL;
	}
	for (size_t i = 0; i < journal->count; i++)
		if (journal->entry[i].header)
			journal->entry[kept++] = journal->entry[i];
	journal->count = kept;
}

/* Kahn's algorithm, the ready ones in a heap.  `edge` lists each entry's children. */
struct sorting {
	const struct bef_journal *journal;
	size_t *waits; /* parents not yet placed */
	size_t *first; /* children of i: edge[first[i]] up to edge[first[i + 1]] */
	size_t *edge;
	size_t *heap;
	size_t heaped;
};

static bool heap_before(const struct sorting *s, size_t a, size_t b)
{
	return is_before(&s->journal->entry[s->heap[a]], &s->journal->entry[s->heap[b]]);
}

static void heap_swap(struct sorting *s, size_t a, size_t b)
{
	size_t kept = s->heap[a];

	s->heap[a] = s->heap[b];
	s->heap[b] = kept;
}

static void heap_push(struct sorting *s, size_t value)
{
	size_t at = s->heaped++;

	s->heap[at] = value;
	for (; at > 0 && heap_before(s, at, (at - 1) / 2); at = (at - 1) / 2)
		heap_swap(s, at, (at - 1) / 2);
}

static size_t heap_pop(struct sorting *s)
{
	size_t top = s->heap[0];
	size_t at = 0;

	s->heap[0] = s->heap[--s->heaped];
	for (;;) {
		size_t least = at;

		for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < s->heaped; child++)
			if (heap_before(s, child, least))
				least = child;
		if (least == at)
			return top;
		heap_swap(s, at, least);
		at = least;
	}
}

/* Parents that are not here (a partial copy) are not waited for. */
static size_t parent_at(const struct bef_idmap *map, const struct bef_entry *entry, unsigned i)
{
	struct bef_hash parent;

	bef_entry_parent(entry, i, &parent);
	return bef_idmap_find(map, &parent);
}

static void list_children(struct sorting *s, const struct bef_idmap *map)
{
	size_t count = s->journal->count;

	for (size_t i = 0; i < count; i++)
		for (unsigned p = 0; p < s->journal->entry[i].parent_count; p++) {
			size_t parent = parent_at(map, &s->journal->entry[i], p);

			if (parent == SIZE_MAX)
				continue;
			s->waits[i]++;
			s->first[parent + 1]++;
		}
	for (size_t i = 0; i < count; i++)
		s->first[i + 1] += s->first[i];
	for (size_t i = count; i-- > 0;)
		for (unsigned p = 0; p < s->journal->entry[i].parent_count; p++) {
			size_t parent = parent_at(map, &s->journal->entry[i], p);

			if (parent != SIZE_MAX)
				s->edge[--s->first[parent + 1]] = i;
		}
	/* Filling moved each mark to its entry's own start: first[i + 1] is now where i begins. */
	memmove(s->first, s->first + 1, count * sizeof(*s->first));
}

static enum bef_rc place(struct sorting *s, struct bef_entry *out, size_t edges, struct bef_err *err)
{
	size_t count = s->journal->count;
	size_t placed = 0;

	s->first[count] = edges;
	for (size_t i = 0; i < count; i++)
		if (s->waits[i] == 0)
			heap_push(s, i);
	while (s->heaped > 0) {
		size_t next = heap_pop(s);

		out[placed++] = s->journal->entry[next];
		for (size_t e = s->first[next]; e < s->first[next + 1]; e++)
			if (--s->waits[s->edge[e]] == 0)
				heap_push(s, s->edge[e]);
	}
	if (placed < count)
		return bef_fail(err, BEF_BROKEN, "%s", tr("entries follow each other in a loop"));
	return BEF_OK;
}

static enum bef_rc sort_graph(struct bef_journal *journal, const struct bef_idmap *map, struct bef_err *err)
{
	size_t edges = 0;
	size_t count = journal->count;
	struct sorting s = { .journal = journal };
	struct bef_entry *sorted = malloc((count + 1) * sizeof(*sorted));
	size_t *room;
	enum bef_rc rc;

	for (size_t i = 0; i < count; i++)
		edges += journal->entry[i].parent_count;
	room = calloc(3 * count + edges + 2, sizeof(*room));
	if (!sorted || !room) {
		free(sorted);
		free(room);
		return bef_no_memory(err);
	}
	s.waits = room;
	s.heap = s.waits + count;
	s.first = s.heap + count;
	s.edge = s.first + count + 1;
	list_children(&s, map);
	edges = 0;
	for (size_t i = 0; i < count; i++)
		edges += s.waits[i];
	rc = place(&s, sorted, edges, err);
	if (rc == BEF_OK) {
		free(journal->entry);
		journal->entry = sorted;
		journal->size = count + 1;
		sorted = NULL;
	}
	free(sorted);
	free(room);
	return rc;
}

enum bef_rc bef_journal_sort(struct bef_journal *journal, struct bef_err *err)
{
	struct bef_idmap map;
	enum bef_rc rc;

	if (is_a_line(journal))
		return BEF_OK;
	rc = bef_idmap_build(&map, journal, err);
	if (rc)
		return rc;
	drop_duplicates(journal, &map);
	bef_idmap_clear(&map);
	rc = bef_idmap_build(&map, journal, err);
	if (rc == BEF_OK)
		rc = sort_graph(journal, &map, err);
	bef_idmap_clear(&map);
	return rc;
}

enum bef_rc bef_journal_merge(struct bef_journal *into, const struct bef_journal *from, struct bef_err *err)
{
	for (size_t i = 0; i < from->count; i++) {
		enum bef_rc rc = bef_journal_add(into, &from->entry[i], err);

		if (rc)
			return rc;
	}
	return bef_journal_sort(into, err);
}
