/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/case.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

void *bef_case_grow(void *list, size_t *count, size_t size)
{
	void **items = list;
	char *bytes = *items;

	/* Sizes 0, 4, 8, 16...: the count says when the room is used up. */
	if (*count == 0 || (*count >= 4 && (*count & (*count - 1)) == 0)) {
		bytes = realloc(bytes, (*count ? 2 * *count : 4) * size);
		if (!bytes)
			return NULL;
		*items = bytes;
	}
	bytes += (*count)++ * size;
	memset(bytes, 0, size);
	return bytes;
}

void bef_case_free(struct bef_case *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->line_count; i++)
		json_decref(c->line[i].body);
	for (size_t i = 0; i < c->run_count; i++)
		bef_run_clear(&c->run[i]);
	free(c->line);
	free(c->decision);
	free(c->action);
	free(c->evidence);
	free(c->observable);
	free(c->asset);
	free(c->alert);
	free(c->reminder);
	free(c->delivery);
	free(c->run);
	free(c->move);
	free(c->answer);
	free(c->instant);
	free(c->clock);
	free(c->clause);
	bef_idmap_clear(&c->ids);
	bef_journal_clear(&c->journal);
	free(c);
}

void bef_case_clear(struct bef_case **c)
{
	bef_case_free(*c);
	*c = NULL;
}

static bool is_kind(const struct bef_line *line, const char *name)
{
	return line->kind && strcmp(line->kind->name, name) == 0;
}

/* Of an erased line, who erased it is what readers must see, whatever came later. */
static void did(struct bef_line *target, const struct bef_line *line)
{
	if (!target->erased)
		target->by = line;
}

/* Before anything is read: what an erased line says is what its erasure kept, whether or not this
 * copy still holds the bytes.  From the last to the first, since an erasure can be erased in turn;
 * of two erasures of one line the first is left standing. */
static void mark_erased(struct bef_case *c)
{
	for (size_t i = c->line_count; i-- > 0;) {
		const struct bef_line *line = &c->line[i];
		struct bef_line *target = is_kind(line, "entry.erased") ? bef_line_target(c, line, "target") : NULL;

		if (!target)
			continue;
		target->erased = true;
		target->by = line;
		json_decref(target->body);
		target->body = json_incref(json_object_get(bef_line_body(line), "kept"));
	}
}

/* From the last to the first, so that an undone "undo" undoes nothing. */
static void mark_undone(struct bef_case *c)
{
	for (size_t i = c->line_count; i-- > 0;) {
		struct bef_line *line = &c->line[i];
		struct bef_line *target;

		if (line->undone || !is_kind(line, "entry.undone"))
			continue;
		target = bef_line_target(c, line, "target");
		if (!target || !target->kind || !(target->kind->flags & BEF_KIND_UNDO))
			continue;
		target->undone = true;
		did(target, line);
	}
}

/* Amended bodies must still be what their kind promises; an amendment that breaks it is ignored.
 * An exercise stays one, for ever.  False: out of memory. */
static bool set_members(struct bef_line *target, const json_t *set)
{
	const json_t *body = target->erased ? NULL : bef_line_body(target);
	json_t *amended = body && set ? json_deep_copy(body) : NULL;
	json_t *drill = json_object_get(body, "drill");
	bool ok;

	if (!body || !set)
		return true;
	ok = amended && json_object_update(amended, (json_t *)(uintptr_t)set) == 0 &&
	     (!drill || json_object_set(amended, "drill", drill) == 0);
	if (ok && !drill)
		json_object_del(amended, "drill");
	if (ok && bef_kind_check(target->kind, amended, true, NULL) == BEF_OK) {
		json_decref(target->body);
		target->body = json_incref(amended);
	}
	json_decref(amended);
	return ok;
}

static bool note_amendment(struct bef_line *target, const struct bef_line *line)
{
	int64_t at_ms = bef_line_int(line, "happened_at");

	target->amended = true;
	did(target, line);
	if (at_ms)
		target->at_ms = at_ms;
	return set_members(target, json_object_get(bef_line_body(line), "set"));
}

/* Corrections first, so that each line is folded once, as it stands in the end. */
static bool mark_corrections(struct bef_case *c)
{
	for (size_t i = 0; i < c->line_count; i++) {
		struct bef_line *line = &c->line[i];
		struct bef_line *target = NULL;
		bool amends = is_kind(line, "entry.amended");
		bool strikes = is_kind(line, "entry.struck");

		if (!line->undone && (amends || strikes))
			target = bef_line_target(c, line, "target");
		if (!target || !target->kind)
			continue;
		if (amends && !note_amendment(target, line))
			return false;
		if (strikes && target->kind->flags & BEF_KIND_STRIKE) {
			target->struck = true;
			did(target, line);
		}
	}
	return true;
}

static bool make_lines(struct bef_case *c)
{
	c->line = calloc(c->journal.count + 1, sizeof(*c->line));
	if (!c->line)
		return false;
	c->line_count = c->journal.count;
	for (size_t i = 0; i < c->line_count; i++) {
		const struct bef_entry *entry = &c->journal.entry[i];

		c->line[i] = (struct bef_line){
			.entry = entry,
			.kind = bef_kind_find(entry->kind),
			.number = (unsigned)i + 1,
			.at_ms = entry->happened_at_ms,
			.about = BEF_NONE,
		};
	}
	return true;
}

static bool fold_lines(struct bef_case *c)
{
	mark_erased(c);
	mark_undone(c);
	if (!mark_corrections(c))
		return false;
	for (size_t i = 0; i < c->line_count; i++) {
		struct bef_line *line = &c->line[i];

		if (!line->kind || !line->kind->fold)
			continue;
		if (line->undone && !(line->kind->flags & (BEF_KIND_KEEPS_NUMBER | BEF_KIND_REF)))
			continue;
		if (!line->kind->fold(c, line))
			return false;
	}
	/* What a step opened began after it: the later runs are walked first. */
	for (size_t i = c->run_count; i-- > 0;)
		bef_run_walk(&c->run[i], c);
	return true;
}

static int by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct bef_hash));
}

/* Heads are the entries that none names as a parent. */
static bool find_heads(struct bef_case *c)
{
	bool *followed = calloc(c->journal.count + 1, sizeof(*followed));

	if (!followed)
		return false;
	for (size_t i = 0; i < c->journal.count; i++)
		for (unsigned p = 0; p < c->journal.entry[i].parent_count; p++) {
			struct bef_hash parent;
			size_t at;

			bef_entry_parent(&c->journal.entry[i], p, &parent);
			at = bef_idmap_find(&c->ids, &parent);
			if (at != SIZE_MAX)
				followed[at] = true;
		}
	for (size_t i = 0; i < c->journal.count && c->head_count < BEF_PARENTS_MOST; i++)
		if (!followed[i])
			c->head[c->head_count++] = c->journal.entry[i].id;
	qsort(c->head, c->head_count, sizeof(*c->head), by_bytes);
	free(followed);
	return true;
}

enum bef_rc bef_case_fold(struct bef_journal *journal, struct bef_case **out, struct bef_err *err)
{
	struct bef_case *c = calloc(1, sizeof(*c));
	enum bef_rc rc;

	if (!c) {
		bef_journal_clear(journal);
		return bef_no_memory(err);
	}
	c->journal = *journal;
	*journal = (struct bef_journal){ 0 };
	c->phase = "detection";
	c->state = "open";
	c->severity = "1";
	c->tlp = "amber";
	c->zone = "UTC";
	rc = bef_journal_sort(&c->journal, err);
	if (c->journal.count)
		c->log = c->journal.entry[0].log;
	if (rc == BEF_OK)
		rc = bef_idmap_build(&c->ids, &c->journal, err);
	if (rc == BEF_OK && (!make_lines(c) || !fold_lines(c) || !find_heads(c)))
		rc = bef_no_memory(err);
	if (rc) {
		bef_case_free(c);
		return rc;
	}
	*out = c;
	return BEF_OK;
}
