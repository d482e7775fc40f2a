/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What the torture programs share: a scratch directory in memory, real sealed
 * entries written as the program writes them (one opening of the store an act,
 * all of an act in one transaction), and the checks that every end must pass.
 *
 * Ordinary runs are short; TORTURE=long in the environment tries everything.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/file.h"
#include "base/json.h"
#include "store/store.h"
#include "store/verify.h"
#include "store/write.h"

#define AUTO_STORE __attribute__((cleanup(bef_store_clear))) struct bef_store
#define AUTO_CASE __attribute__((cleanup(bef_case_clear))) struct bef_case

static inline bool torture_is_long(void)
{
	const char *wish = getenv("TORTURE");

	return wish && strcmp(wish, "long") == 0;
}

/* --- directories ------------------------------------------------------------ */

static inline void tree_remove(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *file;
	char name[BEF_PATH];

	while (dir && (file = readdir(dir))) {
		if (strcmp(file->d_name, ".") == 0 || strcmp(file->d_name, "..") == 0)
			continue;
		assert_int_equal(bef_path_join(name, path, file->d_name, NULL), BEF_OK);
		if (file->d_type == DT_DIR)
			tree_remove(name);
		else
			unlink(name);
	}
	if (dir)
		closedir(dir);
	rmdir(path);
}

static inline void file_copy(const char *from, const char *to)
{
	static char piece[1 << 16];
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ssize_t got;

	assert_true(in >= 0 && out >= 0);
	while ((got = read(in, piece, sizeof(piece))) > 0)
		assert_int_equal(write(out, piece, (size_t)got), got);
	close(in);
	close(out);
}

/* `to` becomes what `from` is (but for the reserve); nothing at all if there is no `from`. */
static inline void tree_copy(const char *from, const char *to)
{
	DIR *dir = opendir(from);
	struct dirent *file;
	char old[BEF_PATH];
	char new[BEF_PATH];

	tree_remove(to);
	if (!dir)
		return;
	assert_int_equal(bef_dir_make(to, NULL), BEF_OK);
	while ((file = readdir(dir))) {
		if (strcmp(file->d_name, ".") == 0 || strcmp(file->d_name, "..") == 0 ||
		    strcmp(file->d_name, "ballast") == 0)
			continue;
		assert_int_equal(bef_path_join(old, from, file->d_name, NULL), BEF_OK);
		assert_int_equal(bef_path_join(new, to, file->d_name, NULL), BEF_OK);
		if (file->d_type == DT_DIR)
			tree_copy(old, new);
		else
			file_copy(old, new);
	}
	closedir(dir);
}

/* How many files below `path` hold these bytes. */
static inline int tree_holds(const char *path, const char *bytes)
{
	DIR *dir = opendir(path);
	struct dirent *file;
	char name[BEF_PATH];
	int found = 0;

	while (dir && (file = readdir(dir))) {
		BEF_AUTO(text) all = { 0 };

		if (strcmp(file->d_name, ".") == 0 || strcmp(file->d_name, "..") == 0)
			continue;
		assert_int_equal(bef_path_join(name, path, file->d_name, NULL), BEF_OK);
		if (file->d_type == DT_DIR)
			found += tree_holds(name, bytes);
		else if (bef_file_read(name, 64 << 20, &all, NULL) == BEF_OK)
			found += memmem(bef_text_str(&all), all.len, bytes, strlen(bytes)) != NULL;
	}
	if (dir)
		closedir(dir);
	return found;
}

static char scratch[BEF_PATH - 200];

static inline int scratch_make(void **state)
{
	(void)state;
	snprintf(scratch, sizeof(scratch), "%s/beffroi-torture.XXXXXX",
	         access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	return mkdtemp(scratch) && bef_crypto_init(NULL) == BEF_OK ? 0 : -1;
}

static inline int scratch_remove(void **state)
{
	(void)state;
	tree_remove(scratch);
	return 0;
}

static inline const char *in_scratch(const char *name, char out[BEF_PATH])
{
	assert_int_equal(bef_path_join(out, scratch, name, NULL), BEF_OK);
	return out;
}

/* --- the pen ------------------------------------------------------------------ */

static inline struct bef_pen pen_of(uint8_t post)
{
	struct bef_pen pen = { .author = "alice", .role = "scribe", .zone = "UTC", .now_ms = 1762000000000 };
	uint8_t seed[BEF_SEED_SIZE] = { post };

	bef_keypair_from_seed(seed, &pen.key);
	return pen;
}

/* A small generator of our own, so that a run can be had again from its seed. */
static inline uint32_t dice(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33);
}

/* --- acts --------------------------------------------------------------------- */

/* Append one entry of journal `log` within a transaction.  Takes `body`. */
static inline enum bef_rc tell(struct bef_store *store, struct bef_pen *pen, int64_t log, const char *kind,
                               json_t *body, struct bef_hash *id, struct bef_err *err)
{
	BEF_AUTO(text) header = { 0 };
	BEF_AUTO(text) content = { 0 };
	struct bef_entry entry = { 0 };
	struct bef_log_row row;
	struct bef_sealing what = { .kind = kind, .body = body };
	bool added = false;
	enum bef_rc rc = body ? bef_store_log(store, log, &row, err) : bef_no_memory(err);

	what.log = &row.uuid;
	what.parents = row.head;
	if (rc == BEF_OK) {
		what.parent_count = row.head_count;
		bef_uuid_v7(++pen->now_ms, &what.uid);
		bef_random(what.salt, sizeof(what.salt));
		rc = bef_entry_seal(pen, &what, &header, &content, &entry, err);
	}
	if (rc == BEF_OK)
		rc = bef_store_append(store, &row, &entry, &added, err);
	if (rc == BEF_OK && !added)
		rc = bef_fail(err, BEF_FAILED, "a new entry was not added");
	if (rc == BEF_OK && id)
		*id = entry.id;
	json_decref(body);
	return rc;
}

static inline enum bef_rc summarise(struct bef_store *store, int64_t log, struct bef_err *err)
{
	AUTO_CASE *c = NULL;
	struct bef_summary summary;
	enum bef_rc rc = bef_store_case(store, log, &c, err);

	if (rc)
		return rc;
	bef_case_summary(c, &summary);
	return bef_store_summary_put(store, log, &summary, err);
}

static inline const char *hex_of(const struct bef_hash *id, char out[BEF_HASH_HEX])
{
	bef_hex(id->byte, sizeof(id->byte), out);
	return out;
}

/* Make an incident and register it in the organisation's journal, in a transaction. */
static inline enum bef_rc begin_incident(struct bef_store *store, struct bef_pen *pen, const char *ref,
                                         int64_t *log, struct bef_err *err)
{
	char uuid_text[BEF_UUID_TEXT];
	char hex[BEF_HASH_HEX];
	struct bef_uuid uuid;
	struct bef_hash opened;
	struct bef_log_row row;
	int64_t org = 0;
	enum bef_rc rc = bef_store_org(store, &org, err);

	if (rc == BEF_OK && org == 0) {
		bef_uuid_v4(&uuid);
		rc = bef_store_log_insert(store, &uuid, true, &row, err);
		org = rc ? 0 : row.log;
		if (rc == BEF_OK)
			rc = tell(store, pen, org, "log.created", json_pack("{s:s}", "name", "ACME"), NULL, err);
	}
	bef_uuid_v4(&uuid);
	if (rc == BEF_OK)
		rc = bef_store_log_insert(store, &uuid, false, &row, err);
	if (rc == BEF_OK)
		*log = row.log;
	if (rc == BEF_OK)
		rc = tell(store, pen, *log, "incident.opened",
		          json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "ref", ref, "title", "Serveur chiffré", "type",
		                    "ransomware", "severity", "3", "tlp", "amber", "zone", "Europe/Paris"),
		          &opened, err);
	if (rc == BEF_OK)
		rc = summarise(store, *log, err);
	bef_uuid_format(&uuid, uuid_text);
	if (rc == BEF_OK)
		rc = tell(store, pen, org, "incident.registered",
		          json_pack("{s:s,s:s,s:s}", "incident", uuid_text, "ref", ref, "opened",
		                    hex_of(&opened, hex)),
		          NULL, err);
	return rc;
}

static inline json_t *note_body(const char *text)
{
	return json_pack("{s:s,s:s}", "sort", "fact", "text", text);
}

/* An alert with its row of the outbox, in a transaction. */
static inline enum bef_rc raise_alert(struct bef_store *store, struct bef_pen *pen, int64_t log,
                                      const char *text, struct bef_hash *id, struct bef_err *err)
{
	struct bef_outgoing out = { .log = log, .destination = "cell", .message = "msg_1", .payload = text,
		                    .event = "message" };
	enum bef_rc rc = tell(store, pen, log, "alert.raised",
	                      json_pack("{s:s,s:s,s:[s]}", "text", text, "level", "urgent", "to", "cell"),
	                      &out.alert, err);

	out.expires_at_ms = pen->now_ms + 3600000;
	*id = out.alert;
	return rc ? rc : bef_store_outbox_put(store, &out, err);
}

/* One act as the program does it: open, begin, entry (every third an alert), summary, commit, close.
 * The first act makes the store and the incident.  Incidents here are journal `log`. */
static inline enum bef_rc act_once(const char *dir, struct bef_pen *pen, int64_t *log, int i, const char *text,
                                   struct bef_hash *id, struct bef_err *err)
{
	AUTO_STORE *store = NULL;
	enum bef_rc rc = bef_store_open(dir, *log ? BEF_STORE_WRITE : BEF_STORE_CREATE, 2000, &store, err);
	int64_t made = *log;

	if (rc)
		return rc;
	{
		BEF_AUTO(tx) tx = bef_tx_begin(store, err);

		rc = tx.rc;
		if (rc == BEF_OK && !made)
			rc = begin_incident(store, pen, "INC-2025-001", &made, err);
		if (rc == BEF_OK && i % 3 == 2)
			rc = raise_alert(store, pen, made, text, id, err);
		else if (rc == BEF_OK)
			rc = tell(store, pen, made, "note", note_body(text), id, err);
		if (rc == BEF_OK)
			rc = summarise(store, made, err);
		if (rc == BEF_OK)
			rc = bef_tx_commit(&tx, err);
	}
	if (rc == BEF_OK)
		*log = made;
	return rc;
}

/* The incident's journal number, or 0 if the store holds none. */
static inline int64_t incident_log(const char *dir)
{
	AUTO_STORE *store = NULL;
	int64_t log = 0;
	int count = 0;

	if (bef_store_open(dir, BEF_STORE_READ, 0, &store, NULL) == BEF_OK)
		assert_int_equal(bef_store_open_count(store, &count, &log, NULL), BEF_OK);
	return count ? log : 0;
}

/* --- checks --------------------------------------------------------------------- */

/* A failure is one clear line. */
static inline void assert_said(enum bef_rc rc, const struct bef_err *err)
{
	size_t len = strlen(err->msg);

	assert_int_not_equal(rc, BEF_OK);
	assert_int_equal(err->rc, rc);
	assert_true(len > 5);
	assert_null(strpbrk(err->msg, "\n\r"));
	assert_int_not_equal(err->msg[len - 1], '.');
	assert_null(strstr(err->msg, "(null)"));
}

static inline void look(const char *dir, bool all, struct bef_verdict *out)
{
	const struct bef_verify_options options = { .all_signatures = all, .evidence = true, .file = true };
	AUTO_STORE *store = NULL;
	struct bef_err err = { 0 };
	enum bef_rc rc = bef_store_open(dir, BEF_STORE_READ, 0, &store, &err);

	*out = (struct bef_verdict){ 0 };
	if (rc == BEF_OK)
		rc = bef_store_verify(store, &options, out, &err);
	if (rc == BEF_OK)
		return;
	out->broken = true;
	snprintf(out->flaw, sizeof(out->flaw), "rc %d: %.380s", (int)rc, err.msg);
}

static inline void assert_clean(const char *dir)
{
	struct bef_verdict v;

	look(dir, true, &v);
	if (v.broken)
		fail_msg("the store is broken: %s (%s, number %lld, seq %lld)", v.flaw, v.ref, (long long)v.number,
		         (long long)v.seq);
}

static inline bool case_has(const struct bef_case *c, const struct bef_hash *id, const char *text)
{
	char hex[BEF_HASH_HEX];
	const struct bef_line *line = bef_case_line(c, hex_of(id, hex));
	const char *prose = line ? bef_line_prose(line) : NULL;

	return prose && strcmp(prose, text) == 0;
}

/* Run SQL on the file itself, as somebody with the sqlite3 shell would. */
static inline void raw_sql(const char *dir, const char *sql)
{
	char path[BEF_PATH];
	sqlite3 *db;
	char *said = NULL;

	assert_int_equal(bef_path_join(path, dir, "beffroi.db", NULL), BEF_OK);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, "PRAGMA ignore_check_constraints = 1; PRAGMA synchronous = OFF;"
	                     "DROP TRIGGER IF EXISTS entry_stays; DROP TRIGGER IF EXISTS entry_is_written_once",
	                 NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK)
		fail_msg("%s: %s", sql, said ? said : sqlite3_errmsg(db));
	sqlite3_close(db);
}

static inline int64_t raw_number(const char *dir, const char *sql)
{
	char path[BEF_PATH];
	sqlite3_stmt *stmt = NULL;
	sqlite3 *db;
	int64_t value = -1;

	assert_int_equal(bef_path_join(path, dir, "beffroi.db", NULL), BEF_OK);
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
		value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return value;
}
