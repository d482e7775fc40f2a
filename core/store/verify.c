/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/verify.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"
#include "store/check.h"

enum { HURRY_FROM = 10000 };

/* An incident that is no longer in the list goes by its UUID. */
static void name_incident(struct bef_check *c, int64_t log, char out[64])
{
	struct bef_incident_row incident;
	struct bef_log_row row;

	*out = '\0';
	if (log && bef_store_incident(c->store, log, &incident, NULL) == BEF_OK)
		snprintf(out, 64, "%s", incident.ref);
	else if (log && bef_store_log(c->store, log, &row, NULL) == BEF_OK) {
		if (row.is_org)
			snprintf(out, 64, "%s", tr("the organisation's journal"));
		else
			bef_uuid_format(&row.uuid, out);
	}
}

/* Only the first is told: what follows a break may be its consequence. */
void bef_check_flaw(struct bef_check *c, uint64_t seq, int64_t log, int64_t number, const char *fmt, ...)
{
	struct bef_verdict *v = c->verdict;
	va_list args;

	if (v->broken)
		return;
	v->broken = true;
	v->seq = seq;
	v->number = number;
	va_start(args, fmt);
	vsnprintf(v->flaw, sizeof(v->flaw), fmt, args);
	va_end(args);
	name_incident(c, log, v->ref);
}

static struct bef_passage *passage_of(struct bef_check *c, int64_t log)
{
	struct bef_log_row row;
	struct bef_passage *p;
	enum bef_rc rc;

	if (log <= 0 || log > 1 << 24)
		return NULL;
	if ((size_t)log < c->passages && c->passage[log].known)
		return &c->passage[log];
	/* Asked before room is made: a damaged number must not cost a gigabyte. */
	rc = bef_store_log(c->store, log, &row, c->err);
	if (rc == BEF_NOT_FOUND)
		return NULL;
	if (rc) {
		c->rc = rc;
		return NULL;
	}
	if ((size_t)log >= c->passages) {
		size_t size = (size_t)log * 2 + 16;
		struct bef_passage *more = realloc(c->passage, size * sizeof(*more));

		if (!more) {
			c->rc = bef_no_memory(c->err);
			return NULL;
		}
		memset(more + c->passages, 0, (size - c->passages) * sizeof(*more));
		c->passage = more;
		c->passages = size;
	}
	p = &c->passage[log];
	p->uuid = row.uuid;
	p->known = true;
	c->verdict->logs++;
	return p;
}

static void check_signature(struct bef_check *c, int64_t log, int64_t number, const uint8_t *post,
                            const struct bef_hash *id, const uint8_t *sig)
{
	c->verdict->signatures++;
	if (!bef_signature_ok(post, id, sig))
		bef_check_flaw(c, 0, log, number, "%s", tr("the signature does not match the entry"));
}

/* Check the last signature of each post since this was done last. */
void bef_check_tips(struct bef_check *c, int64_t log, struct bef_passage *p)
{
	while (p->tips) {
		struct bef_tip *tip = p->tips;

		check_signature(c, log, tip->number, tip->post, &tip->id, tip->sig);
		p->tips = tip->next;
		free(tip);
	}
}

/* An entry covers those before it in an unbroken line only: where a line ends (a merge, or an entry
 * slipped in beside it), its tips are checked there and then. */
static bool goes_on(const struct bef_passage *p, const struct bef_entry *entry)
{
	for (unsigned i = 0; i < entry->parent_count; i++) {
		struct bef_hash parent;

		bef_entry_parent(entry, i, &parent);
		if (bef_hash_equal(&parent, &p->last))
			return true;
	}
	return false;
}

/* Keep this entry as its post's last one. */
static void keep_tip(struct bef_check *c, struct bef_passage *p, const struct bef_entry *entry)
{
	struct bef_tip *tip = p->tips;

	while (tip && memcmp(tip->post, entry->post, sizeof(tip->post)) != 0)
		tip = tip->next;
	if (!tip) {
		tip = calloc(1, sizeof(*tip));
		if (!tip) {
			c->rc = bef_no_memory(c->err);
			return;
		}
		memcpy(tip->post, entry->post, sizeof(tip->post));
		tip->next = p->tips;
		p->tips = tip;
	}
	tip->id = entry->id;
	tip->number = p->count;
	memcpy(tip->sig, entry->sig, sizeof(tip->sig));
}

/* True if the entry with this id came before, or if that cannot be known (c->rc). */
static bool came_before(struct bef_check *c, const struct bef_hash *id, uint64_t seq)
{
	BEF_AUTO(query) q = bef_query(c->store, BEF_SQL_entry_by_id, c->err);

	bef_query_blob(&q, ":id", id->byte, sizeof(id->byte));
	if (bef_query_row(&q))
		return (uint64_t)bef_query_col_i64(&q, 0) < seq;
	c->rc = q.rc;
	return q.rc != BEF_OK;
}

static void check_parents(struct bef_check *c, const struct bef_passage *p, int64_t log, const struct bef_entry *entry)
{
	if (entry->parent_count == 0 && p->count > 1)
		bef_check_flaw(c, entry->seq, log, p->count, "%s", tr("it follows no entry, yet it is not the first"));
	if (entry->parent_count > 0 && p->count == 1)
		bef_check_flaw(c, entry->seq, log, p->count, "%s", tr("the entries before it were removed"));
	for (unsigned i = 0; i < entry->parent_count; i++) {
		struct bef_hash parent;

		bef_entry_parent(entry, i, &parent);
		if (bef_hash_equal(&parent, &p->last) || came_before(c, &parent, entry->seq))
			continue;
		bef_check_flaw(c, entry->seq, log, p->count, "%s",
		        tr("the entry it follows is not before it: removed, inserted or moved"));
	}
}

static void check_columns(struct bef_check *c, struct bef_query *q, const struct bef_passage *p, int64_t log,
                          const struct bef_entry *entry, const struct bef_uuid *uid)
{
	if (memcmp(uid, &entry->uid, sizeof(*uid)) != 0 || bef_query_col_i64(q, 8) != entry->recorded_at_ms)
		bef_check_flaw(c, entry->seq, log, p->count, "%s", tr("a column differs from the signed header"));
	if (memcmp(&p->uuid, &entry->log, sizeof(p->uuid)) != 0)
		bef_check_flaw(c, entry->seq, log, p->count, "%s", tr("the entry belongs to another journal"));
}

/* The columns that the digests are checked against; false: there is no memory, or a flaw. */
static bool read_columns(struct bef_check *c, struct bef_query *q, const struct bef_passage *p, int64_t log,
                         struct bef_entry *entry, struct bef_uuid *uid)
{
	entry->header = bef_query_col_text(q, 2);
	entry->header_len = (size_t)sqlite3_column_bytes(q->stmt, 2);
	bef_query_col_blob(q, 1, entry->id.byte, sizeof(entry->id.byte));
	if (sqlite3_column_type(q->stmt, 3) != SQLITE_NULL) {
		entry->body = bef_query_col_text(q, 3);
		entry->body_len = (size_t)sqlite3_column_bytes(q->stmt, 3);
		bef_query_col_blob(q, 4, entry->salt, sizeof(entry->salt));
	}
	bef_query_col_blob(q, 5, entry->sig, sizeof(entry->sig));
	bef_query_col_blob(q, 7, uid->byte, sizeof(uid->byte));
	if (q->rc != BEF_BROKEN)
		return q->rc == BEF_OK;
	q->rc = BEF_OK;
	bef_check_flaw(c, entry->seq, log, p->count, "%s", tr("a column of the database has the wrong size"));
	return false;
}

static void check_entry(struct bef_check *c, struct bef_query *q)
{
	struct bef_entry entry = { 0 };
	struct bef_uuid uid;
	int64_t log = bef_query_col_i64(q, 6);
	struct bef_passage *p = passage_of(c, log);
	const char *flaw;

	entry.seq = (uint64_t)bef_query_col_i64(q, 0);
	c->verdict->entries++;
	if (c->rc)
		return;
	if (!p) {
		bef_check_flaw(c, entry.seq, 0, 0, "%s", tr("the entry belongs to no journal"));
		return;
	}
	p->count++;
	if (!read_columns(c, q, p, log, &entry, &uid))
		return;
	flaw = bef_entry_examine(&entry);
	if (flaw) {
		bef_check_flaw(c, entry.seq, log, p->count, "%s", tr(flaw));
		return;
	}
	check_columns(c, q, p, log, &entry, &uid);
	check_parents(c, p, log, &entry);
	bef_check_content(c, p, log, &entry);
	if (c->options->all_signatures)
		check_signature(c, log, p->count, entry.post, &entry.id, entry.sig);
	else {
		if (!goes_on(p, &entry))
			bef_check_tips(c, log, p);
		keep_tip(c, p, &entry);
	}
	p->last = entry.id;
	if (entry.recorded_at_ms > p->last_at_ms)
		p->last_at_ms = entry.recorded_at_ms;
	if (p->count == 1)
		p->is_org = strcmp(entry.kind, "log.created") == 0;
}

static int64_t last_seq(struct bef_check *c)
{
	BEF_AUTO(query) q = bef_query(c->store, BEF_SQL_entry_last, c->err);
	int64_t last = bef_query_row(&q) ? bef_query_col_i64(&q, 0) : 0;

	if (q.rc)
		c->rc = q.rc;
	return last;
}

/* From where it was left to the last entry there is. */
void bef_check_entries(struct bef_check *c)
{
	int64_t last = last_seq(c);
	int rows = 1;

	while (rows > 0 && !c->rc && !c->verdict->broken) {
		BEF_AUTO(query) q = bef_query(c->store, BEF_SQL_entry_page_all, c->err);

		rows = 0;
		bef_query_i64(&q, ":after", c->after);
		while (!c->rc && !c->verdict->broken && bef_query_row(&q)) {
			int64_t seq = bef_query_col_i64(&q, 0);

			/* A damaged page can give rows in any order, and for ever. */
			if (seq <= c->after)
				bef_check_flaw(c, (uint64_t)seq, 0, 0, "%s", tr("the rows of the database are out of order"));
			c->after = seq;
			check_entry(c, &q);
			rows++;
		}
		if (q.rc && !c->rc)
			c->rc = q.rc;
		if (c->options->progress && last > 0)
			c->options->progress(c->options->arg, (int)(c->after * 100 / last));
	}
}

static int by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct bef_hash));
}

/* Where the entry with this id is; false if it is nowhere. */
static bool place_of(struct bef_check *c, const struct bef_hash *id, int64_t *log, int64_t *number, bool *has_text)
{
	BEF_AUTO(query) q = bef_query(c->store, BEF_SQL_entry_place, c->err);
	bool found;

	bef_query_blob(&q, ":id", id->byte, sizeof(id->byte));
	found = bef_query_row(&q);
	if (found) {
		*log = bef_query_col_i64(&q, 0);
		*number = bef_query_col_i64(&q, 1);
		*has_text = bef_query_col_i64(&q, 2) != 0;
	}
	if (q.rc)
		c->rc = q.rc;
	return found;
}

static void sort(struct bef_idset *set)
{
	if (set->count)
		qsort(set->id, set->count, sizeof(*set->id), by_bytes);
}

static bool holds_id(const struct bef_idset *set, const struct bef_hash *id)
{
	return set->count && bsearch(id, set->id, set->count, sizeof(*id), by_bytes);
}

/* What is gone was said to be erased, and what was said to be erased is gone. */
static void check_erasures(struct bef_check *c)
{
	int64_t log = 0;
	int64_t number = 0;
	bool has_text;

	sort(&c->named);
	sort(&c->excused);
	for (size_t i = 0; i < c->gone.count && !c->rc; i++)
		if (!holds_id(&c->named, &c->gone.id[i]) && !holds_id(&c->excused, &c->gone.id[i]) &&
		    place_of(c, &c->gone.id[i], &log, &number, &has_text))
			bef_check_flaw(c, 0, log, number, "%s", tr("its text is gone, and no entry says it was erased"));
	for (size_t i = 0; i < c->named.count && !c->rc; i++)
		if (place_of(c, &c->named.id[i], &log, &number, &has_text) && has_text)
			bef_check_flaw(c, 0, log, number, "%s", tr("its text was erased, and is here again"));
}

static void let_go(struct bef_check *c)
{
	for (size_t i = 0; i < c->passages; i++)
		while (c->passage[i].tips) {
			struct bef_tip *next = c->passage[i].tips->next;

			free(c->passage[i].tips);
			c->passage[i].tips = next;
		}
	free(c->passage);
	free(c->gone.id);
	free(c->named.id);
	free(c->excused.id);
}

enum bef_rc bef_store_verify(struct bef_store *store, const struct bef_verify_options *options,
                             struct bef_verdict *out, struct bef_err *err)
{
	struct bef_check c = { .store = store, .options = options, .verdict = out, .err = err };

	*out = (struct bef_verdict){ 0 };
	/* Loading the fast digest costs as much as hashing some thousand entries. */
	if (last_seq(&c) > HURRY_FROM)
		bef_sha256_hurry();
	bef_check_entries(&c);
	if (!c.rc && !out->broken)
		check_erasures(&c);
	if (!c.rc && !out->broken)
		bef_check_ends(&c);
	if (!c.rc && !out->broken && options->file)
		bef_check_file(&c);
	let_go(&c);
	return c.rc;
}
