/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"

/* The last entry of a post since signatures were checked last. */
struct bef_chain_tip {
	struct bef_chain_tip *next;
	uint8_t post[BEF_KEY_SIZE], sig[BEF_SIG_SIZE];
	struct bef_hash id;
	int64_t line;
};

/* The lowest line is told: what is wrong further down may be its consequence. */
static void flaw(struct bef_chain *chain, int64_t line, const char *what)
{
	if (*chain->flaw && chain->flaw_line <= line)
		return;
	chain->flaw_line = line;
	snprintf(chain->flaw, sizeof(chain->flaw), "%s", tr(what));
}

/* --- two maps: by id and by uid --- */

static size_t slot_of(const struct bef_chain *chain, const size_t *slots, size_t at_member, const void *key, size_t len)
{
	size_t at;

	/* The end of both is a digest or random; the start of a uid is a time. */
	memcpy(&at, (const char *)key + len - sizeof(at), sizeof(at));
	at &= chain->mask;
	while (slots[at] && memcmp((const char *)&chain->item[slots[at] - 1] + at_member, key, len) != 0)
		at = (at + 1) & chain->mask;
	return at;
}

static size_t id_slot(const struct bef_chain *chain, const struct bef_hash *id)
{
	return slot_of(chain, chain->by_id, offsetof(struct bef_chain_item, id), id->byte, sizeof(id->byte));
}

static size_t uid_slot(const struct bef_chain *chain, const struct bef_uuid *uid)
{
	return slot_of(chain, chain->by_uid, offsetof(struct bef_chain_item, uid), uid->byte, sizeof(uid->byte));
}

static void put(struct bef_chain *chain, size_t i)
{
	size_t at = id_slot(chain, &chain->item[i].id);

	if (!chain->by_id[at])
		chain->by_id[at] = i + 1;
	at = uid_slot(chain, &chain->item[i].uid);
	if (!chain->by_uid[at])
		chain->by_uid[at] = i + 1;
}

/* Room for one more entry: half of the slots stay free. */
static bool make_room(struct bef_chain *chain)
{
	size_t size = chain->size ? 2 * chain->size : 256;
	struct bef_chain_item *more;

	if (chain->count < chain->size)
		return true;
	more = realloc(chain->item, size * sizeof(*more));
	if (!more)
		return false;
	chain->item = more;
	free(chain->by_id);
	free(chain->by_uid);
	chain->by_id = calloc(2 * size, sizeof(*chain->by_id));
	chain->by_uid = calloc(2 * size, sizeof(*chain->by_uid));
	if (!chain->by_id || !chain->by_uid)
		return false;
	chain->size = size;
	chain->mask = 2 * size - 1;
	for (size_t i = 0; i < chain->count; i++)
		put(chain, i);
	return true;
}

const struct bef_chain_item *bef_chain_find(const struct bef_chain *chain, const struct bef_hash *id)
{
	size_t at = chain->size ? chain->by_id[id_slot(chain, id)] : 0;

	return at ? &chain->item[at - 1] : NULL;
}

/* --- signatures --- */

static void check_signature(struct bef_chain *chain, int64_t line, const uint8_t *post, const struct bef_hash *id,
                            const uint8_t *sig)
{
	chain->signatures++;
	if (!bef_signature_ok(post, id, sig))
		flaw(chain, line, N_("its signature is not that of its post"));
}

static void check_tips(struct bef_chain *chain)
{
	while (chain->tips) {
		struct bef_chain_tip *tip = chain->tips;

		if (!chain->all_signatures)
			check_signature(chain, tip->line, tip->post, &tip->id, tip->sig);
		chain->tips = tip->next;
		free(tip);
	}
}

static bool keep_tip(struct bef_chain *chain, const struct bef_entry *entry)
{
	struct bef_chain_tip *tip = chain->tips;

	while (tip && memcmp(tip->post, entry->post, sizeof(tip->post)) != 0)
		tip = tip->next;
	if (!tip) {
		tip = calloc(1, sizeof(*tip));
		if (!tip)
			return false;
		memcpy(tip->post, entry->post, sizeof(tip->post));
		tip->next = chain->tips;
		chain->tips = tip;
	}
	tip->id = entry->id;
	tip->line = chain->lines;
	memcpy(tip->sig, entry->sig, sizeof(tip->sig));
	return true;
}

/* --- one entry among the others --- */

/* True if it follows the entry of the line before. */
static bool check_parents(struct bef_chain *chain, const struct bef_entry *entry)
{
	bool goes_on = false;

	if (entry->parent_count == 0 && chain->count > 0)
		flaw(chain, chain->lines, N_("it follows no entry, yet it is not the first of its journal"));
	if (entry->parent_count > 0 && chain->count == 0)
		flaw(chain, chain->lines, N_("the entries before it are missing"));
	for (unsigned i = 0; i < entry->parent_count; i++) {
		struct bef_hash parent;
		size_t at;

		bef_entry_parent(entry, i, &parent);
		at = chain->count ? chain->by_id[id_slot(chain, &parent)] : 0;
		if (at)
			chain->item[at - 1].followed = true;
		else
			flaw(chain, chain->lines, N_("the entry it follows is not before it: removed, changed, inserted or moved"));
		goes_on = goes_on || bef_hash_equal(&parent, &chain->last);
	}
	return goes_on;
}

static bool note_id(struct bef_chain *chain, const json_t *object, bool excused)
{
	struct bef_chain_id *place;
	struct bef_hash id;

	if (!bef_unhex(bef_json_text_or(object, "target", ""), id.byte, sizeof(id.byte)))
		return true;
	place = bef_case_grow(&chain->erased, &chain->erased_count, sizeof(*place));
	if (place)
		*place = (struct bef_chain_id){ id, excused };
	return place != NULL;
}

static bool note_erasure(struct bef_chain *chain, const struct bef_entry *entry, const json_t *body)
{
	if (!body || strcmp(entry->kind, "entry.erased") != 0)
		return true;
	return note_id(chain, body, false) && note_id(chain, json_object_get(body, "kept"), true);
}

static bool add(struct bef_chain *chain, const struct bef_entry *entry)
{
	bool goes_on;

	if (chain->count == 0)
		chain->log = entry->log;
	else if (memcmp(&chain->log, &entry->log, sizeof(entry->log)) != 0)
		flaw(chain, chain->lines, N_("it belongs to another journal than the lines before it"));
	if (chain->count && chain->by_id[id_slot(chain, &entry->id)])
		flaw(chain, chain->lines, N_("it is in the file twice"));
	else if (chain->count && chain->by_uid[uid_slot(chain, &entry->uid)])
		flaw(chain, chain->lines, N_("its uid is that of a line above"));
	goes_on = check_parents(chain, entry);
	if (!make_room(chain))
		return false;
	chain->item[chain->count] = (struct bef_chain_item){ .id = entry->id, .uid = entry->uid, .line = chain->lines,
		                                             .gone = !entry->body };
	put(chain, chain->count++);
	chain->gone += !entry->body;
	if (!goes_on)
		check_tips(chain);
	if (chain->all_signatures)
		check_signature(chain, chain->lines, entry->post, &entry->id, entry->sig);
	chain->last = entry->id;
	return keep_tip(chain, entry);
}

enum bef_rc bef_chain_line(struct bef_chain *chain, const char *line, size_t len, struct bef_err *err)
{
	struct bef_entry_line read;
	const char *what = bef_entry_line_read(line, len, &read);
	enum bef_rc rc = BEF_OK;

	chain->lines++;
	if (read.no_memory)
		rc = bef_no_memory(err);
	else if (what)
		flaw(chain, chain->lines, what);
	else if (!add(chain, &read.entry) || !note_erasure(chain, &read.entry, read.body))
		rc = bef_no_memory(err);
	else if (chain->each)
		rc = chain->each(chain->arg, chain->lines, &read.entry, read.body, err);
	bef_entry_line_clear(&read);
	return rc;
}

/* --- the end --- */

static int by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct bef_hash)); /* the id comes first in both */
}

/* What is gone may be; what was said to be erased is gone. */
static void check_gaps(struct bef_chain *chain, const struct bef_chain_gaps *gaps)
{
	for (size_t i = 0; i < chain->count; i++) {
		const struct bef_chain_item *item = &chain->item[i];
		const struct bef_chain_id *named =
			chain->erased_count ? bsearch(&item->id, chain->erased, chain->erased_count, sizeof(*named), by_bytes)
		                            : NULL;
		bool listed = gaps->count && bsearch(&item->id, gaps->id, gaps->count, sizeof(*gaps->id), by_bytes);

		if (item->gone && !gaps->any && !named && !listed)
			flaw(chain, item->line, N_("its text is gone, and nothing says that it was erased or left out"));
		if (!item->gone && named && !named->excused)
			flaw(chain, item->line, N_("its text was erased, and is here again"));
		if (!item->gone && listed)
			flaw(chain, item->line, N_("its text is said to be left out, and is here"));
	}
}

void bef_chain_finish(struct bef_chain *chain, const struct bef_chain_gaps *gaps)
{
	check_tips(chain);
	if (chain->erased_count)
		qsort(chain->erased, chain->erased_count, sizeof(*chain->erased), by_bytes);
	check_gaps(chain, gaps);
	if (chain->lines == 0)
		flaw(chain, 1, N_("there is no entry in it"));
}

void bef_chain_clear(struct bef_chain *chain)
{
	while (chain->tips) {
		struct bef_chain_tip *next = chain->tips->next;

		free(chain->tips);
		chain->tips = next;
	}
	free(chain->item);
	free(chain->by_id);
	free(chain->by_uid);
	free(chain->erased);
	*chain = (struct bef_chain){ .count = 0 };
}
