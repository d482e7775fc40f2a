/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading journals and the incident list.  Declared in store.h. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "store/query.h"

static void read_heads(struct bef_query *q, int col, struct bef_log_row *out)
{
	const void *bytes = sqlite3_column_blob(q->stmt, col);
	size_t len = (size_t)sqlite3_column_bytes(q->stmt, col);

	out->head_count = (unsigned)(len / BEF_HASH_SIZE);
	if (out->head_count > BEF_PARENTS_MOST)
		out->head_count = BEF_PARENTS_MOST;
	if (out->head_count)
		memcpy(out->head, bytes, out->head_count * BEF_HASH_SIZE);
}

static void read_log(struct bef_query *q, struct bef_log_row *out)
{
	out->is_org = bef_query_col_i64(q, 1) != 0;
	out->entries = bef_query_col_i64(q, 2);
	read_heads(q, 3, out);
	out->last_at_ms = bef_query_col_i64(q, 4);
}

enum bef_rc bef_store_log(struct bef_store *store, int64_t log, struct bef_log_row *out, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_log_by_number, err);

	bef_query_i64(&q, ":log", log);
	if (bef_query_row(&q)) {
		out->log = log;
		bef_query_col_blob(&q, 0, out->uuid.byte, sizeof(out->uuid.byte));
		read_log(&q, out);
		return q.rc;
	}
	return q.rc ? q.rc : bef_fail(err, BEF_NOT_FOUND, "%s", tr("no such journal"));
}

enum bef_rc bef_store_log_by_uuid(struct bef_store *store, const struct bef_uuid *uuid,
                                  struct bef_log_row *out, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_log_by_uuid, err);

	bef_query_blob(&q, ":uuid", uuid->byte, sizeof(uuid->byte));
	if (bef_query_row(&q)) {
		out->log = bef_query_col_i64(&q, 0);
		out->uuid = *uuid;
		read_log(&q, out);
		return q.rc;
	}
	return q.rc ? q.rc : bef_fail(err, BEF_NOT_FOUND, "%s", tr("no such journal"));
}

enum bef_rc bef_store_org(struct bef_store *store, int64_t *out, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_log_org, err);

	*out = bef_query_row(&q) ? bef_query_col_i64(&q, 0) : 0;
	return q.rc;
}

static void copy(struct bef_query *q, int col, char *out, size_t size)
{
	const char *text = bef_query_col_text(q, col);
	size_t len = bef_utf8_cut(text, size - 1);

	memcpy(out, text, len);
	out[len] = '\0';
}

static void read_incident(struct bef_query *q, struct bef_incident_row *row)
{
	struct bef_summary *s = &row->summary;

	row->log = bef_query_col_i64(q, 0);
	bef_query_col_blob(q, 1, row->uuid.byte, sizeof(row->uuid.byte));
	row->entries = bef_query_col_i64(q, 2);
	row->last_at_ms = bef_query_col_i64(q, 3);
	copy(q, 4, row->ref, sizeof(row->ref));
	copy(q, 4, s->ref, sizeof(s->ref));
	copy(q, 5, s->title, sizeof(s->title));
	copy(q, 6, s->type, sizeof(s->type));
	copy(q, 7, s->severity, sizeof(s->severity));
	copy(q, 8, s->tlp, sizeof(s->tlp));
	copy(q, 9, s->phase, sizeof(s->phase));
	copy(q, 10, s->state, sizeof(s->state));
	s->drill = bef_query_col_i64(q, 11) != 0;
	s->opened_at_ms = bef_query_col_i64(q, 12);
	s->closed_at_ms = bef_query_col_i64(q, 13);
	s->next_due_at_ms = bef_query_col_i64(q, 14);
	s->open_actions = (int)bef_query_col_i64(q, 15);
	s->waiting_alerts = (int)bef_query_col_i64(q, 16);
	s->unheard = bef_query_col_i64(q, 17) != 0;
}

enum bef_rc bef_store_incidents(struct bef_store *store, bool all, int limit, bef_incident_fn *fn, void *arg,
                                struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, all ? BEF_SQL_incident_each : BEF_SQL_incident_each_open, err);

	bef_query_i64(&q, ":limit", limit);
	while (bef_query_row(&q)) {
		struct bef_incident_row row = { 0 };
		enum bef_rc rc;

		read_incident(&q, &row);
		rc = q.rc ? q.rc : fn(arg, &row, err);
		if (rc)
			return rc;
	}
	return q.rc;
}

enum bef_rc bef_store_incident(struct bef_store *store, int64_t log, struct bef_incident_row *out,
                               struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_incident_one, err);

	bef_query_i64(&q, ":log", log);
	if (!bef_query_row(&q))
		return q.rc ? q.rc : bef_fail(err, BEF_NOT_FOUND, "%s", tr("no such incident"));
	read_incident(&q, out);
	return q.rc;
}

enum bef_rc bef_store_incident_brief(struct bef_store *store, int64_t log, char ref[BEF_REF_SIZE],
                                     int64_t *closed_at_ms, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_incident_brief, err);

	bef_query_i64(&q, ":log", log);
	if (!bef_query_row(&q))
		return q.rc ? q.rc : bef_fail(err, BEF_NOT_FOUND, "%s", tr("no such incident"));
	copy(&q, 0, ref, BEF_REF_SIZE);
	*closed_at_ms = bef_query_col_i64(&q, 1);
	return q.rc;
}

/* "INC-2026-001b" in parts: the reference without its letter, and the letter. */
static bool split_ref(const char *text, int year, char ref[BEF_REF_SIZE], char letter[2])
{
	char upper[BEF_REF_SIZE] = "";
	int typed = 0;
	int number = 0;
	int end = 0;

	for (size_t i = 0; i + 1 < sizeof(upper) && text[i]; i++)
		upper[i] = (char)toupper((unsigned char)text[i]);
	if (sscanf(upper, "INC-%4d-%6d%n", &typed, &number, &end) == 2 ||
	    sscanf(upper, "%4d-%6d%n", &typed, &number, &end) == 2)
		year = typed;
	else if (sscanf(upper, "%6d%n", &number, &end) != 1)
		return false;
	snprintf(ref, BEF_REF_SIZE, "INC-%04d-%03d", year, number);
	letter[0] = (char)tolower((unsigned char)upper[end]);
	letter[1] = '\0';
	return number > 0 && (upper[end] == '\0' || upper[end + 1] == '\0') && strlen(text) < sizeof(upper);
}

enum bef_rc bef_store_find(struct bef_store *store, const char *text, int year, int64_t *out, struct bef_err *err)
{
	struct bef_uuid uuid;
	struct bef_log_row row;
	char ref[BEF_REF_SIZE];
	char letter[2];
	enum bef_rc rc = bef_uuid_parse(text, &uuid) ? bef_store_log_by_uuid(store, &uuid, &row, err) : BEF_NOT_FOUND;

	if (rc != BEF_NOT_FOUND) {
		*out = rc ? 0 : row.log;
		return rc;
	}
	if (split_ref(text, year, ref, letter)) {
		BEF_AUTO(query) q = bef_query(store, BEF_SQL_incident_by_ref, err);

		bef_query_text(&q, ":ref", ref);
		bef_query_text(&q, ":letter", letter);
		if (bef_query_row(&q)) {
			*out = bef_query_col_i64(&q, 0);
			return BEF_OK;
		}
		if (q.rc)
			return q.rc;
	}
	bef_fail(err, BEF_NOT_FOUND, tr("no incident '%s'"), BEF_SHORT(text, 60));
	bef_hint(err, "%s", tr("see them with: beffroi list --all"));
	return BEF_NOT_FOUND;
}

enum bef_rc bef_store_open_count(struct bef_store *store, int *count, int64_t *log, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_incident_open_two, err);

	*count = 0;
	while (bef_query_row(&q)) {
		*log = bef_query_col_i64(&q, 0);
		(*count)++;
	}
	return q.rc;
}

enum bef_rc bef_store_last_number(struct bef_store *store, int year, int *out, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_incident_last_number, err);
	char first[BEF_REF_SIZE];
	char end[BEF_REF_SIZE];

	snprintf(first, sizeof(first), "INC-%04d-", year);
	snprintf(end, sizeof(end), "INC-%04d.", year); /* '.' follows '-' */
	bef_query_text(&q, ":first", first);
	bef_query_text(&q, ":end", end);
	if (bef_query_row(&q))
		*out = (int)bef_query_col_i64(&q, 0);
	return q.rc;
}

/* From seq, id, header, body, salt, sig in columns 0 to 5; the texts are the row's. */
static bool read_entry(struct bef_query *q, struct bef_entry *out)
{
	const char *header = bef_query_col_text(q, 2);
	size_t len = (size_t)sqlite3_column_bytes(q->stmt, 2);

	*out = (struct bef_entry){ 0 };
	if (q->rc)
		return false;
	if (!bef_entry_parse(header, len, out)) {
		q->rc = bef_fail(q->err, BEF_BROKEN, tr("entry %lld of the database is not readable"),
		                 (long long)bef_query_col_i64(q, 0));
		bef_hint(q->err, "%s", tr("touch nothing, copy the directory, then run: beffroi verify"));
		return false;
	}
	out->seq = (uint64_t)bef_query_col_i64(q, 0);
	bef_query_col_blob(q, 1, out->id.byte, sizeof(out->id.byte));
	bef_query_col_blob(q, 5, out->sig, sizeof(out->sig));
	if (sqlite3_column_type(q->stmt, 3) != SQLITE_NULL) {
		out->body = bef_query_col_text(q, 3);
		out->body_len = (size_t)sqlite3_column_bytes(q->stmt, 3);
		bef_query_col_blob(q, 4, out->salt, sizeof(out->salt));
	}
	return q->rc == BEF_OK;
}

enum bef_rc bef_store_journal(struct bef_store *store, int64_t log, struct bef_journal *out, struct bef_err *err)
{
	uint64_t after = 0;
	int rows;

	do {
		BEF_AUTO(query) q = bef_query(store, BEF_SQL_entry_page, err);

		rows = 0;
		bef_query_i64(&q, ":log", log);
		bef_query_i64(&q, ":after", (int64_t)after);
		while (bef_query_row(&q)) {
			struct bef_entry entry;
			enum bef_rc rc;

			if (!read_entry(&q, &entry))
				break;
			if (entry.seq <= after) /* a damaged page: see verify.c */
				return bef_store_fail(store, SQLITE_CORRUPT, err);
			rc = bef_journal_add(out, &entry, err);
			if (rc)
				return rc;
			after = entry.seq;
			rows++;
		}
		if (q.rc)
			return q.rc;
	} while (rows > 0);
	return BEF_OK;
}

enum bef_rc bef_store_case(struct bef_store *store, int64_t log, struct bef_case **out, struct bef_err *err)
{
	struct bef_journal journal = { 0 };
	enum bef_rc rc = bef_store_journal(store, log, &journal, err);

	if (rc == BEF_OK)
		return bef_case_fold(&journal, out, err);
	bef_journal_clear(&journal);
	return rc;
}

enum bef_rc bef_store_profile(struct bef_store *store, struct bef_case **out, struct bef_err *err)
{
	struct bef_journal journal = { 0 };
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_entry_of_profile, err);
	int64_t log;
	enum bef_rc rc = bef_store_org(store, &log, err);

	bef_query_i64(&q, ":log", log);
	while (rc == BEF_OK && log && bef_query_row(&q)) {
		struct bef_entry entry;

		if (!read_entry(&q, &entry))
			break;
		rc = bef_journal_add(&journal, &entry, err);
	}
	if (rc == BEF_OK && !(rc = q.rc))
		return bef_case_fold(&journal, out, err);
	bef_journal_clear(&journal);
	return rc;
}

enum bef_rc bef_store_head_like(struct bef_store *store, int64_t log, const char *digits,
                                struct bef_hash *out, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_entry_head_like, err);
	char padded[BEF_HASH_HEX];
	struct bef_hash low, high;
	int found = 0;

	memset(padded, '0', sizeof(padded) - 1);
	padded[sizeof(padded) - 1] = '\0';
	memcpy(padded, digits, strlen(digits));
	if (!bef_unhex(padded, low.byte, sizeof(low.byte)))
		return bef_fail(err, BEF_USAGE, "%s", tr("that is not a head"));
	memset(padded + strlen(digits), 'f', sizeof(padded) - 1 - strlen(digits));
	if (!bef_unhex(padded, high.byte, sizeof(high.byte)))
		return bef_fail(err, BEF_USAGE, "%s", tr("that is not a head"));
	bef_query_i64(&q, ":log", log);
	bef_query_blob(&q, ":low", low.byte, sizeof(low.byte));
	bef_query_blob(&q, ":high", high.byte, sizeof(high.byte));
	while (bef_query_row(&q)) {
		bef_query_col_blob(&q, 0, out->byte, sizeof(out->byte));
		found++;
	}
	if (q.rc || found == 1)
		return q.rc;
	return bef_fail(err, BEF_NOT_FOUND, tr("no entry with the head %.64s"), digits);
}

enum bef_rc bef_store_evidence_path(const struct bef_store *store, const char *sha256, char out[BEF_PATH],
                                    struct bef_err *err)
{
	char dir[BEF_PATH];
	enum bef_rc rc = bef_path_join(dir, store->dir, "evidence", err);

	return rc ? rc : bef_path_join(out, dir, sha256, err);
}

enum bef_rc bef_store_entry_log(struct bef_store *store, uint64_t seq, int64_t *out, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_entry_log, err);

	bef_query_i64(&q, ":seq", (int64_t)seq);
	if (bef_query_row(&q))
		*out = bef_query_col_i64(&q, 0);
	else if (!q.rc)
		return bef_fail(err, BEF_NOT_FOUND, "%s", tr("no such entry"));
	return q.rc;
}
