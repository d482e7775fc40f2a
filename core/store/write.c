/* SPDX-License-Identifier: EUPL-1.2 */
/* Appending, uniting, the incident list.  Declared in write.h. */
#include "store/write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/index.h"
#include "store/query.h"

enum bef_rc bef_store_log_insert(struct bef_store *store, const struct bef_uuid *uuid, bool is_org,
                                 struct bef_log_row *out, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_log_insert, err);

	bef_query_blob(&q, ":uuid", uuid->byte, sizeof(uuid->byte));
	bef_query_i64(&q, ":is_org", is_org);
	if (bef_query_run(&q) == BEF_OK)
		*out = (struct bef_log_row){ .log = sqlite3_last_insert_rowid(store->db), .uuid = *uuid,
			                     .is_org = is_org };
	return q.rc;
}

static enum bef_rc log_update(struct bef_store *store, const struct bef_log_row *row, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_log_update, err);

	bef_query_i64(&q, ":entries", row->entries);
	bef_query_blob(&q, ":heads", row->head, row->head_count * sizeof(*row->head));
	bef_query_i64(&q, ":last_at", row->last_at_ms);
	bef_query_i64(&q, ":log", row->log);
	return bef_query_run(&q);
}

/* *id: of the entry with that uid, if there is one. */
static enum bef_rc has_uid(struct bef_store *store, const struct bef_uuid *uid, bool *out, struct bef_hash *id,
                           struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_entry_by_uid, err);

	bef_query_blob(&q, ":uid", uid->byte, sizeof(uid->byte));
	*out = bef_query_row(&q);
	if (*out)
		bef_query_col_blob(&q, 0, id->byte, sizeof(id->byte));
	return q.rc;
}

static enum bef_rc entry_insert(struct bef_store *store, int64_t log, const struct bef_entry *entry,
                                struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_entry_insert, err);

	bef_query_blob(&q, ":id", entry->id.byte, sizeof(entry->id.byte));
	bef_query_blob(&q, ":uid", entry->uid.byte, sizeof(entry->uid.byte));
	bef_query_i64(&q, ":log", log);
	bef_query_i64(&q, ":recorded_at", entry->recorded_at_ms);
	bef_query_text(&q, ":header", entry->header);
	bef_query_text(&q, ":body", entry->body);
	bef_query_blob(&q, ":salt", entry->body ? entry->salt : NULL, sizeof(entry->salt));
	bef_query_blob(&q, ":sig", entry->sig, sizeof(entry->sig));
	return bef_query_run(&q);
}

static int by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct bef_hash));
}

/* The new entry is a head; its parents no longer are. */
static void move_heads(struct bef_log_row *row, const struct bef_entry *entry)
{
	unsigned kept = 0;

	for (unsigned h = 0; h < row->head_count; h++) {
		bool followed = false;

		for (unsigned p = 0; p < entry->parent_count && !followed; p++) {
			struct bef_hash parent;

			bef_entry_parent(entry, p, &parent);
			followed = bef_hash_equal(&parent, &row->head[h]);
		}
		if (!followed)
			row->head[kept++] = row->head[h];
	}
	if (kept < BEF_PARENTS_MOST)
		row->head[kept++] = entry->id;
	row->head_count = kept;
	qsort(row->head, kept, sizeof(*row->head), by_bytes);
}

enum bef_rc bef_store_append(struct bef_store *store, struct bef_log_row *row, const struct bef_entry *entry,
                             bool *added, struct bef_err *err)
{
	enum bef_rc rc = entry_insert(store, row->log, entry, err);

	*added = rc == BEF_OK && sqlite3_changes(store->db) > 0;
	if (!*added)
		return rc;
	row->entries++;
	if (entry->recorded_at_ms > row->last_at_ms)
		row->last_at_ms = entry->recorded_at_ms;
	move_heads(row, entry);
	return log_update(store, row, err);
}

static enum bef_rc relabel(struct bef_store *store, const char *ref, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_incident_letter, err);

	bef_query_text(&q, ":ref", ref);
	return bef_query_run(&q);
}

enum bef_rc bef_store_summary_put(struct bef_store *store, int64_t log, const struct bef_summary *s,
                                  struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_incident_put, err);

	bef_query_i64(&q, ":log", log);
	bef_query_text(&q, ":ref", s->ref);
	bef_query_text(&q, ":title", s->title);
	bef_query_text(&q, ":type", s->type);
	bef_query_text(&q, ":severity", s->severity);
	bef_query_text(&q, ":tlp", s->tlp);
	bef_query_text(&q, ":phase", s->phase);
	bef_query_text(&q, ":state", s->state);
	bef_query_i64(&q, ":drill", s->drill);
	bef_query_i64(&q, ":opened_at", s->opened_at_ms);
	bef_query_i64(&q, ":closed_at", s->closed_at_ms);
	bef_query_i64(&q, ":next_due_at", s->next_due_at_ms);
	bef_query_i64(&q, ":open_actions", s->open_actions);
	bef_query_i64(&q, ":waiting_alerts", s->waiting_alerts);
	bef_query_i64(&q, ":unheard", s->unheard);
	return bef_query_run(&q);
}

enum bef_rc bef_store_erase(struct bef_store *store, const struct bef_hash *id, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_entry_erase, err);

	if (!q.rc)
		q.rc = bef_store_leave_no_trace(store, err);
	bef_store_index_drop(store);
	bef_query_blob(&q, ":id", id->byte, sizeof(id->byte));
	if (bef_query_run(&q) == BEF_OK) {
		BEF_AUTO(query) scrub = bef_query(store, BEF_SQL_outbox_scrub, err);

		bef_query_blob(&scrub, ":alert", id->byte, sizeof(id->byte));
		return bef_query_run(&scrub);
	}
	return q.rc;
}

enum bef_rc bef_store_says(struct bef_store *store, const char *text, bool *out, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_entry_says, err);

	bef_query_text(&q, ":text", text);
	*out = bef_query_row(&q);
	return q.rc;
}

/* The caches of one journal, from its entries. */
static enum bef_rc refresh(struct bef_store *store, int64_t log, struct bef_err *err)
{
	__attribute__((cleanup(bef_case_clear))) struct bef_case *c = NULL;
	struct bef_log_row row;
	struct bef_summary summary;
	enum bef_rc rc = bef_store_log(store, log, &row, err);

	if (rc == BEF_OK)
		rc = bef_store_case(store, log, &c, err);
	if (rc)
		return rc;
	row.entries = (int64_t)c->line_count;
	row.head_count = c->head_count;
	memcpy(row.head, c->head, sizeof(row.head));
	row.last_at_ms = 0;
	for (size_t i = 0; i < c->line_count; i++)
		if (c->line[i].entry->recorded_at_ms > row.last_at_ms)
			row.last_at_ms = c->line[i].entry->recorded_at_ms;
	rc = log_update(store, &row, err);
	if (rc || row.is_org)
		return rc;
	bef_case_summary(c, &summary);
	rc = bef_store_summary_put(store, log, &summary, err);
	return rc ? rc : relabel(store, summary.ref, err);
}

/* Digests and signature of an entry from elsewhere. */
static enum bef_rc check_foreign(const struct bef_entry *entry, const struct bef_uuid *log, struct bef_err *err)
{
	const char *flaw = bef_entry_flaw(entry);

	if (!flaw && memcmp(log, &entry->log, sizeof(*log)) != 0)
		flaw = N_("the entry belongs to another journal");
	if (!flaw && !bef_signature_ok(entry->post, &entry->id, entry->sig))
		flaw = N_("the signature does not match the entry");
	return flaw ? bef_fail(err, BEF_BROKEN, "%s", tr(flaw)) : BEF_OK;
}

/* An entry from elsewhere must follow entries that are here, and be no other's retry. */
static enum bef_rc check_place(struct bef_store *store, const struct bef_log_row *row,
                               const struct bef_entry *entry, struct bef_err *err)
{
	struct bef_hash id;
	bool here = false;
	enum bef_rc rc = has_uid(store, &entry->uid, &here, &id, err);

	if (rc == BEF_OK && here && !bef_hash_equal(&id, &entry->id))
		rc = bef_fail(err, BEF_BROKEN, "%s", tr("two different entries have the same uid"));
	if (rc == BEF_OK && !here && (entry->parent_count == 0) != (row->entries == 0))
		rc = bef_fail(err, BEF_BROKEN, "%s", tr("the two copies of the journal have different beginnings"));
	for (unsigned i = 0; rc == BEF_OK && !here && i < entry->parent_count; i++) {
		BEF_AUTO(query) q = bef_query(store, BEF_SQL_entry_by_id, err);

		bef_entry_parent(entry, i, &id);
		bef_query_blob(&q, ":id", id.byte, sizeof(id.byte));
		if (!bef_query_row(&q) && !q.rc)
			q.rc = bef_fail(err, BEF_BROKEN, "%s", tr("entries are missing in the middle of the journal"));
		rc = q.rc;
	}
	return rc;
}

static enum bef_rc find_or_make_log(struct bef_store *store, const struct bef_uuid *uuid, bool is_org,
                                    struct bef_log_row *row, struct bef_err *err)
{
	enum bef_rc rc = bef_store_log_by_uuid(store, uuid, row, err);

	return rc == BEF_NOT_FOUND ? bef_store_log_insert(store, uuid, is_org, row, err) : rc;
}

/* What either copy says was erased is erased here, whatever its kind; nothing else may be gone. */
static enum bef_rc erase_marked(struct bef_store *store, int64_t log, struct bef_err *err)
{
	__attribute__((cleanup(bef_case_clear))) struct bef_case *c = NULL;
	enum bef_rc rc = bef_store_case(store, log, &c, err);

	for (size_t i = 0; rc == BEF_OK && i < c->line_count; i++) {
		const struct bef_line *line = &c->line[i];
		bool erases = strcmp(line->entry->kind, "entry.erased") == 0;
		const struct bef_line *target = erases ? bef_line_target(c, line, "target") : NULL;

		if (target && target->entry->body)
			rc = bef_store_erase(store, &target->entry->id, err);
		if (rc == BEF_OK && line->kind && !line->erased && !line->entry->body)
			rc = bef_fail(err, BEF_BROKEN, "%s", tr("a text is gone, and no entry says it was erased"));
	}
	return rc;
}

enum bef_rc bef_store_unite(struct bef_store *store, const struct bef_journal *from, bool is_org,
                            int *added, struct bef_err *err)
{
	struct bef_log_row row;
	enum bef_rc rc;

	*added = 0;
	if (from->count == 0)
		return BEF_OK;
	for (size_t i = 0; i < from->count; i++) {
		rc = check_foreign(&from->entry[i], &from->entry[0].log, err);
		if (rc)
			return rc;
	}
	rc = find_or_make_log(store, &from->entry[0].log, is_org, &row, err);
	for (size_t i = 0; rc == BEF_OK && i < from->count; i++) {
		bool is_new = false;

		rc = check_place(store, &row, &from->entry[i], err);
		if (rc == BEF_OK)
			rc = bef_store_append(store, &row, &from->entry[i], &is_new, err);
		*added += is_new;
	}
	if (rc == BEF_OK)
		rc = erase_marked(store, row.log, err);
	return rc ? rc : refresh(store, row.log, err);
}

static enum bef_rc next_logs(struct bef_store *store, int64_t after, int64_t out[256], int *count,
                             struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_log_all, err);

	*count = 0;
	bef_query_i64(&q, ":after", after);
	while (bef_query_row(&q) && *count < 256)
		out[(*count)++] = bef_query_col_i64(&q, 0);
	return q.rc;
}

static enum bef_rc drop_incidents(struct bef_store *store, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_incident_drop, err);

	return bef_query_run(&q);
}

enum bef_rc bef_store_rebuild(struct bef_store *store, int *logs, struct bef_err *err)
{
	BEF_AUTO(tx) tx = bef_tx_begin(store, err);
	int64_t batch[256];
	int count = 0;
	enum bef_rc rc = tx.rc ? tx.rc : drop_incidents(store, err);

	*logs = 0;
	for (int64_t after = 0; rc == BEF_OK; after = batch[count - 1]) {
		rc = next_logs(store, after, batch, &count, err);
		for (int i = 0; rc == BEF_OK && i < count; i++)
			rc = refresh(store, batch[i], err);
		*logs += count;
		if (count == 0)
			break;
	}
	if (rc == BEF_OK)
		rc = bef_tx_commit(&tx, err);
	if (rc == BEF_OK)
		bef_store_index_drop(store);
	return rc;
}
