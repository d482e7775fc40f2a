/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * One use of one statement of sql.def.  Private to core/store/.
 *
 *     BEF_AUTO(query) q = bef_query(store, BEF_SQL_entry_by_id, err);
 *
 *     bef_query_blob(&q, ":id", id, 32);
 *     if (bef_query_row(&q))
 *             seq = bef_query_col_i64(&q, 0);
 *     return q.rc;
 *
 * The first failure sticks, so a function has one check.
 */
#include <sqlite3.h>
#include <stdbool.h>

#include "store/store.h"

enum bef_sql {
#define BEF_SQL(name, access, text) BEF_SQL_##name,
#include "store/sql.def"
#undef BEF_SQL
	BEF_SQL_COUNT
};

struct bef_sql_row {
	const char *name;
	bool read_only;
	const char *text;
};
extern const struct bef_sql_row bef_sql_rows[];

struct bef_store {
	sqlite3 *db;
	sqlite3_stmt *stmt[BEF_SQL_COUNT]; /* prepared at their first use */
	bool in_use[BEF_SQL_COUNT];
	bool in_tx; /* between bef_tx_begin() and its end */
	int gate; /* descriptor of the lock file while writing, else -1 */
	bool full; /* the last failure was a full disk */
	char dir[BEF_PATH];
};

struct bef_query {
	struct bef_store *store;
	sqlite3_stmt *stmt;
	enum bef_sql sql;
	enum bef_rc rc;
	struct bef_err *err;
};

struct bef_query bef_query(struct bef_store *store, enum bef_sql sql, struct bef_err *err);
void bef_query_clear(struct bef_query *q);
void bef_query_i64(struct bef_query *q, const char *name, int64_t value);
/* Text and bytes are borrowed until the query is cleared.  NULL is NULL. */
void bef_query_text(struct bef_query *q, const char *name, const char *value);
void bef_query_blob(struct bef_query *q, const char *name, const void *value, size_t len);
/* True while there is a row. */
bool bef_query_row(struct bef_query *q);
/* Run to the end; for statements that give no rows. */
enum bef_rc bef_query_run(struct bef_query *q);
int64_t bef_query_col_i64(struct bef_query *q, int col);
const char *bef_query_col_text(struct bef_query *q, int col); /* "" for NULL; may fail the query (memory) */
/* Copy a column of exactly `len` bytes; anything else fails the query (BEF_BROKEN). */
void bef_query_col_blob(struct bef_query *q, int col, void *out, size_t len);

/* BEF_FAILED if SQLite undid the transaction by itself, as it does for some failures (memory, disk):
 * what comes after must not be written alone. */
enum bef_rc bef_store_still_in_tx(struct bef_store *store, struct bef_err *err);

/* Turn what SQLite says into our words. */
enum bef_rc bef_store_fail(struct bef_store *store, int code, struct bef_err *err);
/* From now on, commits of this store leave nothing of what the pages held before. */
enum bef_rc bef_store_leave_no_trace(struct bef_store *store, struct bef_err *err);
/* Run fixed SQL text that is not in sql.def: transactions, settings, schema. */
enum bef_rc bef_store_exec(struct bef_store *store, const char *sql, struct bef_err *err);
