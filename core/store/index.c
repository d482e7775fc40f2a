/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/index.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"
#include "store/query.h"

enum { WORDS_MOST = 16 };

/* Contentless: it holds the words, not the texts.  `done` says up to which entry. */
static const char schema[] =
	"CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2');"
	"CREATE TABLE done (seq INTEGER NOT NULL, id BLOB NOT NULL) STRICT;"
	"INSERT INTO done VALUES (0, x'')";

/* Every text of a body but the documents of runs: what a person wrote, folded. */
static void gather(const json_t *value, struct bef_text *out)
{
	const char *key;
	json_t *item;
	size_t i;

	if (json_is_string(value)) {
		bef_text_fold(out, json_string_value(value));
		bef_text_putc(out, '\n');
	}
	json_array_foreach ((json_t *)(uintptr_t)value, i, item)
		gather(item, out);
	json_object_foreach ((json_t *)(uintptr_t)value, key, item)
		if (strcmp(key, "document") != 0)
			gather(item, out);
}

static bool add_words(sqlite3_stmt *insert, int64_t seq, const char *body, size_t len)
{
	json_t *json = NULL;
	struct bef_text words;
	bool ok;

	/* What is no JSON, or what jansson says is none for want of memory, is searched as it is. */
	bef_text_init(&words, 2 * BEF_BODY_MOST);
	if (bef_json_load(body, len, &json, NULL) == BEF_OK)
		gather(json, &words);
	else
		bef_text_fold(&words, body);
	json_decref(json);
	sqlite3_bind_int64(insert, 1, seq);
	sqlite3_bind_text(insert, 2, bef_text_str(&words), -1, SQLITE_STATIC);
	ok = !words.failed && sqlite3_step(insert) == SQLITE_DONE;
	sqlite3_reset(insert);
	bef_text_clear(&words);
	return ok;
}

/* The index knows up to which entry it goes, and that entry's id: another journal is noticed. */
static int64_t done_up_to(sqlite3 *index, struct bef_store *store)
{
	sqlite3_stmt *stmt = NULL;
	int64_t seq = -1;

	if (sqlite3_prepare_v2(index, "SELECT seq, id FROM done", -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW) {
		BEF_AUTO(query) q = bef_query(store, BEF_SQL_entry_by_id, NULL);

		seq = sqlite3_column_int64(stmt, 0);
		bef_query_blob(&q, ":id", sqlite3_column_blob(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1));
		if (seq > 0 && (!bef_query_row(&q) || bef_query_col_i64(&q, 0) != seq))
			seq = -1;
	}
	sqlite3_finalize(stmt);
	return seq;
}

static bool mark_done(sqlite3 *index, int64_t seq, const struct bef_hash *id)
{
	sqlite3_stmt *stmt = NULL;
	bool ok = sqlite3_prepare_v2(index, "UPDATE done SET seq = ?1, id = ?2", -1, &stmt, NULL) == SQLITE_OK &&
	          sqlite3_bind_int64(stmt, 1, seq) == SQLITE_OK &&
	          sqlite3_bind_blob(stmt, 2, id->byte, sizeof(id->byte), SQLITE_STATIC) == SQLITE_OK &&
	          sqlite3_step(stmt) == SQLITE_DONE;

	sqlite3_finalize(stmt);
	return ok;
}

/* One page of entries into the index; how many, or -1. */
static int fill_page(sqlite3 *index, sqlite3_stmt *insert, struct bef_store *store, int64_t *after)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_entry_page_all, NULL);
	struct bef_hash id;
	int rows = 0;

	bef_query_i64(&q, ":after", *after);
	while (bef_query_row(&q)) {
		const char *body = bef_query_col_text(&q, 3);
		int64_t seq = bef_query_col_i64(&q, 0);

		if (seq <= *after) /* a damaged page: see verify.c */
			return -1;
		*after = seq;
		bef_query_col_blob(&q, 1, id.byte, sizeof(id.byte));
		if (*body && !add_words(insert, *after, body, strlen(body)))
			return -1;
		rows++;
	}
	if (q.rc || (rows && !mark_done(index, *after, &id)))
		return -1;
	return rows;
}

static int64_t last_seq(struct bef_store *store)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_entry_last, NULL);

	return bef_query_row(&q) ? bef_query_col_i64(&q, 0) : -1;
}

/* Bring the index up to the last entry; false if it is not ours or cannot be written. */
static bool fill(sqlite3 *index, struct bef_store *store)
{
	sqlite3_stmt *insert = NULL;
	int64_t after = done_up_to(index, store);
	int rows = -1;

	if (after < 0 || after == last_seq(store))
		return after >= 0;
	if (sqlite3_exec(index, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK &&
	    sqlite3_prepare_v2(index, "INSERT INTO words (rowid, text) VALUES (?1, ?2)", -1, &insert, NULL) ==
	            SQLITE_OK) {
		/* Read again: somebody else may have filled it while we waited. */
		after = done_up_to(index, store);
		while (after >= 0 && (rows = fill_page(index, insert, store, &after)) > 0)
			;
	}
	sqlite3_finalize(insert);
	return rows == 0 && sqlite3_exec(index, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
}

/* The index that is there, brought up to date; NULL if there is none that can be used. */
static sqlite3 *open_index(struct bef_store *store, const char *path)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW;
	sqlite3 *index = NULL;

	if (sqlite3_open_v2(path, &index, flags, NULL) == SQLITE_OK) {
		sqlite3_busy_timeout(index, 10000);
		if (fill(index, store))
			return index;
	}
	sqlite3_close(index);
	return NULL;
}

void bef_store_index_drop(const struct bef_store *store)
{
	char path[BEF_PATH];

	if (bef_path_join(path, store->dir, "beffroi.idx", NULL) == BEF_OK)
		unlink(path);
	if (bef_path_join(path, store->dir, "beffroi.idx-journal", NULL) == BEF_OK)
		unlink(path);
}

static sqlite3 *make_index(struct bef_store *store, const char *path)
{
	sqlite3 *index = NULL;
	bool on_disk = strcmp(path, ":memory:") != 0;

	if (on_disk) {
		int fd;

		bef_store_index_drop(store);
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); /* SQLite would let all read it */
		if (fd >= 0)
			close(fd);
	}
	if (sqlite3_open_v2(path, &index, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) == SQLITE_OK &&
	    sqlite3_exec(index, schema, NULL, NULL, NULL) == SQLITE_OK && fill(index, store))
		return index;
	sqlite3_close(index);
	if (on_disk)
		bef_store_index_drop(store);
	return NULL;
}

/* Typed words as a query: each quoted, each a prefix, all wanted.  Raw text would be a query
 * language, in which an apostrophe is an error. */
static enum bef_rc match_of(const char *text, struct bef_text *out, struct bef_err *err)
{
	BEF_AUTO(text) folded = { .max = 4096 };
	int words = 0;
	bool inside = false;
	enum bef_rc rc;

	bef_text_fold(&folded, text);
	rc = bef_text_rc(&folded, err);
	if (rc)
		return rc;
	for (const char *c = bef_text_str(&folded); *c && words < WORDS_MOST; c++) {
		bool letter = isalnum((unsigned char)*c) || *c & 0x80;

		if (letter && !inside)
			bef_text_printf(out, "%s\"", words++ ? " " : "");
		if (!letter && inside)
			bef_text_puts(out, "\"*");
		if (letter)
			bef_text_putc(out, *c);
		inside = letter;
	}
	if (inside)
		bef_text_puts(out, "\"*");
	if (words == 0)
		return bef_fail(err, BEF_USAGE, tr("there is no word to look for in '%s'"), BEF_SHORT(text, 60));
	return bef_text_rc(out, err);
}

/* Hits below *below, which follows them down.  *damaged: the index cannot be asked, for any reason but
 * memory (a wrong byte gives every kind of error), and the rest is not told. */
static enum bef_rc ask(sqlite3 *index, const char *match, int64_t *below, bool *damaged, bef_hit_fn *fn,
                       void *arg, struct bef_err *err)
{
	sqlite3_stmt *stmt = NULL;
	enum bef_rc rc = BEF_OK;
	int code;

	code = sqlite3_prepare_v2(index, "SELECT rowid FROM words WHERE words MATCH ?1 AND rowid < ?2"
	                                 " ORDER BY rowid DESC", -1, &stmt, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_bind_text(stmt, 1, match, -1, SQLITE_STATIC);
	if (code == SQLITE_OK)
		code = sqlite3_bind_int64(stmt, 2, *below);
	while (code == SQLITE_OK && rc == BEF_OK && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
		int64_t seq = sqlite3_column_int64(stmt, 0);

		code = seq < *below ? SQLITE_OK : SQLITE_CORRUPT;
		if (code != SQLITE_OK)
			break;
		*below = seq;
		rc = fn(arg, (uint64_t)seq, err);
	}
	*damaged = code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_NOMEM;
	if (*damaged)
		rc = bef_fail(err, BEF_FAILED, tr("search: %.200s"), sqlite3_errmsg(index));
	else if (code == SQLITE_NOMEM)
		rc = bef_no_memory(err);
	sqlite3_finalize(stmt);
	return rc;
}

/* Not even in memory: the journal cannot be read, or there is no memory. */
static enum bef_rc why_not(struct bef_store *store, struct bef_err *err)
{
	BEF_AUTO(query) q = bef_query(store, BEF_SQL_entry_page_all, err);

	bef_query_i64(&q, ":after", 0);
	bef_query_run(&q);
	return q.rc ? q.rc : bef_no_memory(err);
}

enum bef_rc bef_store_search(struct bef_store *store, const char *text, bef_hit_fn *fn, void *arg,
                             struct bef_err *err)
{
	char path[BEF_PATH];
	BEF_AUTO(text) match = { .max = 8192 };
	int64_t below = INT64_MAX;
	bool damaged = true;
	sqlite3 *index;
	enum bef_rc rc = bef_path_join(path, store->dir, "beffroi.idx", err);

	if (rc == BEF_OK)
		rc = match_of(text, &match, err);
	if (rc)
		return rc;
	index = open_index(store, path);
	if (index)
		rc = ask(index, bef_text_str(&match), &below, &damaged, fn, arg, err);
	sqlite3_close(index);
	if (!damaged)
		return rc;
	index = make_index(store, path);
	if (!index)
		index = make_index(store, ":memory:");
	if (!index)
		return why_not(store, err);
	rc = ask(index, bef_text_str(&match), &below, &damaged, fn, arg, err);
	sqlite3_close(index);
	return rc;
}
