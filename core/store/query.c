/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/query.h"

#include <string.h>

#include "base/i18n.h"

#define READ true
#define WRITE false
const struct bef_sql_row bef_sql_rows[] = {
#define BEF_SQL(name, access, text) { #name, access, text },
#include "store/sql.def"
#undef BEF_SQL
};
#undef READ
#undef WRITE

enum bef_rc bef_store_fail(struct bef_store *store, int code, struct bef_err *err)
{
	int primary = code & 0xff;

	store->full = primary == SQLITE_FULL;
	switch (primary) {
	case SQLITE_NOMEM:
		return bef_no_memory(err);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		bef_fail(err, BEF_BUSY, "%s", tr("somebody else is writing"));
		bef_hint(err, "%s", tr("nothing is lost; run the same command again"));
		return BEF_BUSY;
	case SQLITE_FULL:
		bef_fail(err, BEF_FAILED, "%s", tr("the disk is full: nothing was written"));
		bef_hint(err, "%s", tr("free some space, then run the same command again; reading still works"));
		return BEF_FAILED;
	case SQLITE_IOERR:
		bef_fail(err, BEF_FAILED, tr("the disk reports a fault on %.200s/beffroi.db"), store->dir);
		bef_hint(err, "%s", tr("nothing was acknowledged; check the disk, then run: beffroi verify"));
		return BEF_FAILED;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_CANTOPEN:
		bef_fail(err, BEF_FAILED, tr("cannot write in '%.200s'"), store->dir);
		bef_hint(err, "%s", tr("check who owns it, or choose another place with --base DIR"));
		return BEF_FAILED;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		bef_fail(err, BEF_BROKEN, tr("'%.200s/beffroi.db' is damaged or is not a database"), store->dir);
		bef_hint(err, "%s", tr("touch nothing, copy the directory, then run: beffroi verify"));
		return BEF_BROKEN;
	default:
		return bef_fail(err, BEF_FAILED, tr("database: %.200s"), sqlite3_errmsg(store->db));
	}
}

enum bef_rc bef_store_exec(struct bef_store *store, const char *sql, struct bef_err *err)
{
	int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? BEF_OK : bef_store_fail(store, sqlite3_extended_errcode(store->db), err);
}

enum bef_rc bef_store_still_in_tx(struct bef_store *store, struct bef_err *err)
{
	return store->in_tx && sqlite3_get_autocommit(store->db) ? bef_no_memory(err) : BEF_OK;
}

struct bef_query bef_query(struct bef_store *store, enum bef_sql sql, struct bef_err *err)
{
	struct bef_query q = { .store = store, .sql = sql, .err = err };
	int code;

	q.rc = bef_store_still_in_tx(store, err);
	if (q.rc)
		return q;
	if (store->in_use[sql]) {
		q.rc = bef_fail(err, BEF_FAILED, "statement %s is used within itself", bef_sql_rows[sql].name);
		return q;
	}
	if (!store->stmt[sql]) {
		code = sqlite3_prepare_v3(store->db, bef_sql_rows[sql].text, -1, 0, &store->stmt[sql], NULL);
		if (code != SQLITE_OK) {
			q.rc = bef_store_fail(store, code, err);
			return q;
		}
	}
	store->in_use[sql] = true;
	q.stmt = store->stmt[sql];
	return q;
}

void bef_query_clear(struct bef_query *q)
{
	if (!q->stmt)
		return;
	sqlite3_reset(q->stmt);
	sqlite3_clear_bindings(q->stmt);
	q->store->in_use[q->sql] = false;
	q->stmt = NULL;
}

/* Position of a parameter; one that the statement does not have is our own mistake. */
static int parameter(struct bef_query *q, const char *name)
{
	int at = q->rc ? 0 : sqlite3_bind_parameter_index(q->stmt, name);

	if (!q->rc && at == 0)
		q->rc = bef_fail(q->err, BEF_FAILED, "statement %s has no %s", bef_sql_rows[q->sql].name, name);
	return at;
}

static void bound(struct bef_query *q, int code)
{
	if (!q->rc && code != SQLITE_OK)
		q->rc = bef_store_fail(q->store, code, q->err);
}

void bef_query_i64(struct bef_query *q, const char *name, int64_t value)
{
	int at = parameter(q, name);

	if (at)
		bound(q, sqlite3_bind_int64(q->stmt, at, value));
}

void bef_query_text(struct bef_query *q, const char *name, const char *value)
{
	int at = parameter(q, name);

	if (at && value)
		bound(q, sqlite3_bind_text(q->stmt, at, value, -1, SQLITE_STATIC));
}

void bef_query_blob(struct bef_query *q, const char *name, const void *value, size_t len)
{
	int at = parameter(q, name);

	if (at && value)
		bound(q, sqlite3_bind_blob64(q->stmt, at, value, len, SQLITE_STATIC));
}

bool bef_query_row(struct bef_query *q)
{
	int code;

	if (q->rc)
		return false;
	code = sqlite3_step(q->stmt);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		q->rc = bef_store_fail(q->store, sqlite3_extended_errcode(q->store->db), q->err);
	return code == SQLITE_ROW;
}

enum bef_rc bef_query_run(struct bef_query *q)
{
	while (bef_query_row(q))
		;
	return q->rc;
}

int64_t bef_query_col_i64(struct bef_query *q, int col)
{
	return sqlite3_column_int64(q->stmt, col);
}

const char *bef_query_col_text(struct bef_query *q, int col)
{
	const char *text = (const char *)sqlite3_column_text(q->stmt, col);

	/* SQLite found no memory to end it with a NUL: it then calls the column NULL, and only its error tells. */
	if (!text && !q->rc && sqlite3_errcode(q->store->db) == SQLITE_NOMEM)
		q->rc = bef_no_memory(q->err);
	return text ? text : "";
}

void bef_query_col_blob(struct bef_query *q, int col, void *out, size_t len)
{
	const void *bytes = sqlite3_column_blob(q->stmt, col);

	if (!bytes && !q->rc && sqlite3_errcode(q->store->db) == SQLITE_NOMEM)
		q->rc = bef_no_memory(q->err);
	if ((size_t)sqlite3_column_bytes(q->stmt, col) == len && bytes)
		memcpy(out, bytes, len);
	else if (!q->rc)
		q->rc = bef_fail(q->err, BEF_BROKEN, "%s", tr("a column of the database has the wrong size"));
}
