/* SPDX-License-Identifier: EUPL-1.2 */
/* Opening, checking, migrating.  Reading is in read.c, writing in write.c. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/embed.h"
#include "base/i18n.h"
#include "store/gate.h"
#include "store/query.h"
#include "store/write.h"

BEF_EMBED(schema_0001, "core/store/schema/0001_init.sql");

enum {
	APPLICATION_ID = 0x62656666, /* "beff" */
	SCHEMA_VERSION = 1,
	READ_WAIT_MS = 10000,
	BALLAST_SIZE = 256 * 1024,
};

static const char *const migrations[SCHEMA_VERSION] = { bef_embed_schema_0001 };

const char *bef_store_dir(const struct bef_store *store)
{
	return store->dir;
}

bool bef_store_is_full(const struct bef_store *store)
{
	return store->full;
}

void bef_store_close(struct bef_store *store)
{
	if (!store)
		return;
	for (int i = 0; i < BEF_SQL_COUNT; i++)
		sqlite3_finalize(store->stmt[i]);
	sqlite3_close(store->db);
	if (store->gate >= 0)
		close(store->gate);
	free(store);
}

void bef_store_clear(struct bef_store **store)
{
	bef_store_close(*store);
	*store = NULL;
}

static enum bef_rc one_value(struct bef_store *store, const char *sql, char *out, size_t size,
                                struct bef_err *err)
{
	sqlite3_stmt *stmt = NULL;
	const char *text;
	int code = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(stmt);
	if (code != SQLITE_ROW) {
		enum bef_rc rc = bef_store_fail(store, sqlite3_extended_errcode(store->db), err);

		sqlite3_finalize(stmt);
		return rc;
	}
	text = (const char *)sqlite3_column_text(stmt, 0);
	snprintf(out, size, "%s", text ? text : "");
	sqlite3_finalize(stmt);
	return text ? BEF_OK : bef_no_memory(err);
}

/* A setting that was silently not taken (no memory, a read-only file) must not weaken a write. */
static enum bef_rc set_and_check(struct bef_store *store, const char *set, const char *get,
                                 const char *wanted, struct bef_err *err)
{
	char got[32];
	enum bef_rc rc = set ? bef_store_exec(store, set, err) : BEF_OK;

	if (rc == BEF_OK)
		rc = one_value(store, get, got, sizeof(got), err);
	if (rc == BEF_OK && strcmp(got, wanted) != 0)
		rc = bef_fail(err, BEF_FAILED, tr("the database did not take a setting: %s gives %s"), get, got);
	return rc;
}

/* SQLite's advice for files that may be hostile (sqlite.org/security.html). */
static enum bef_rc distrust(struct bef_store *store, struct bef_err *err)
{
	static const struct {
		int option, value;
	} options[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },      { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },    { SQLITE_DBCONFIG_ENABLE_TRIGGER, 1 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },        { SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 }, { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		int got = -1;

		if (sqlite3_db_config(store->db, options[i].option, options[i].value, &got) != SQLITE_OK ||
		    got != options[i].value)
			return bef_fail(err, BEF_FAILED, "%s", tr("the database refuses a protection"));
	}
	sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, 16 << 20);
	sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 1);
	sqlite3_busy_timeout(store->db, READ_WAIT_MS);
	return BEF_OK;
}

/* One transaction, so that the file is locked and looked at once, the schema included.  An empty
 * file is one whose making was cut short: it becomes a store with CREATE only. */
static enum bef_rc check_identity(struct bef_store *store, int *version, struct bef_err *err)
{
	char application[16];
	char schema[16];
	char objects[16];
	bool empty;
	enum bef_rc rc = bef_store_exec(store, "BEGIN", err);

	if (rc == BEF_OK)
		rc = one_value(store, "PRAGMA application_id", application, sizeof(application), err);
	if (rc == BEF_OK)
		rc = one_value(store, "PRAGMA user_version", schema, sizeof(schema), err);
	if (rc == BEF_OK)
		rc = one_value(store, "SELECT count(*) FROM sqlite_schema", objects, sizeof(objects), err);
	if (rc == BEF_OK)
		rc = bef_store_exec(store, "COMMIT", err);
	if (rc)
		return rc;
	*version = atoi(schema);
	empty = atoi(application) == 0 && *version == 0 && atoi(objects) == 0;
	if (atoi(application) != APPLICATION_ID && !empty)
		return bef_fail(err, BEF_REFUSED, tr("'%.200s/beffroi.db' belongs to another program"), store->dir);
	if (*version > SCHEMA_VERSION)
		return bef_fail(err, BEF_REFUSED,
		                tr("'%.200s' was written by a newer beffroi: nothing was changed"), store->dir);
	return BEF_OK;
}

/* In PERSIST mode the rollback journal stays, with its head cleared and former contents of pages
 * behind it: a file that is there already is written and cleared faster than it is made and
 * removed.  A limit of 0 makes this transaction end by cutting it to nothing instead. */
enum bef_rc bef_store_leave_no_trace(struct bef_store *store, struct bef_err *err)
{
	return set_and_check(store, NULL, "PRAGMA journal_size_limit = 0", "0", err);
}

static enum bef_rc migrate(struct bef_store *store, int version, struct bef_err *err)
{
	for (; version < SCHEMA_VERSION; version++) {
		BEF_AUTO(tx) tx = bef_tx_begin(store, err);
		char stamp[96];
		enum bef_rc rc = tx.rc;

		snprintf(stamp, sizeof(stamp), "PRAGMA application_id = %d; PRAGMA user_version = %d",
		         APPLICATION_ID, version + 1);
		if (rc == BEF_OK)
			rc = bef_store_exec(store, migrations[version], err);
		if (rc == BEF_OK)
			rc = bef_store_exec(store, stamp, err);
		if (rc == BEF_OK)
			rc = bef_tx_commit(&tx, err);
		if (rc)
			return rc;
	}
	return BEF_OK;
}

/* The reserve is made once the store is: an empty database beside it was not always empty. */
static enum bef_rc check_not_empty(struct bef_store *store, enum bef_store_mode mode, int version,
                                   struct bef_err *err)
{
	char path[BEF_PATH];
	enum bef_rc rc = bef_path_join(path, store->dir, "ballast", err);

	if (rc || (version == SCHEMA_VERSION && mode == BEF_STORE_READ))
		return rc;
	if (version == 0 && access(path, F_OK) == 0) {
		bef_fail(err, BEF_BROKEN, tr("'%.200s/beffroi.db' is empty: what it held is gone"), store->dir);
		bef_hint(err, "%s", tr("touch nothing; bring back the last copy of the directory"));
		return BEF_BROKEN;
	}
	return mode == BEF_STORE_CREATE
	               ? BEF_OK
	               : bef_fail(err, BEF_NOT_FOUND, tr("there is no journal in '%.200s'"), store->dir);
}

static enum bef_rc settle(struct bef_store *store, enum bef_store_mode mode, struct bef_err *err)
{
	int version = 0;
	enum bef_rc rc = distrust(store, err);

	if (rc == BEF_OK)
		rc = bef_store_exec(store, "PRAGMA cell_size_check = 1", err);
	if (rc == BEF_OK)
		rc = check_identity(store, &version, err);
	if (rc == BEF_OK && (mode == BEF_STORE_READ || version == 0))
		rc = check_not_empty(store, mode, version, err);
	if (rc == BEF_OK && mode == BEF_STORE_READ)
		return bef_store_exec(store, "PRAGMA query_only = 1", err);
	if (rc == BEF_OK) /* this one and those that have no first part answer themselves */
		rc = set_and_check(store, NULL, "PRAGMA journal_mode = PERSIST", "persist", err);
	if (rc == BEF_OK)
		rc = set_and_check(store, NULL, "PRAGMA journal_size_limit = 1048576", "1048576", err);
	if (rc == BEF_OK)
		rc = set_and_check(store, "PRAGMA synchronous = EXTRA", "PRAGMA synchronous", "3", err);
	if (rc == BEF_OK)
		rc = set_and_check(store, NULL, "PRAGMA secure_delete = 1", "1", err);
	if (rc == BEF_OK && version < SCHEMA_VERSION)
		rc = migrate(store, version, err);
	return rc;
}

/* SQLite's locks do not hold on network file systems (sqlite.org/howtocorrupt.html, 2.1). */
static enum bef_rc refuse_network_disk(const char *dir, struct bef_err *err)
{
	static const unsigned long magic[] = { 0x6969 /* NFS */, 0x517b /* SMB */, 0xff534d42 /* CIFS */,
		                               0xfe534d42 /* SMB2 */, 0x01021997 /* 9P */ };
	struct statfs fs;

	if (statfs(dir, &fs) != 0)
		return BEF_OK;
	for (size_t i = 0; i < sizeof(magic) / sizeof(*magic); i++) {
		if ((unsigned long)fs.f_type != magic[i])
			continue;
		bef_fail(err, BEF_REFUSED, tr("'%.200s' is on a network disk, where locks do not hold"), dir);
		bef_hint(err, "%s", tr("choose a local directory: --base DIR"));
		return BEF_REFUSED;
	}
	return BEF_OK;
}

void bef_store_ballast_make(const char *dir)
{
	static const char zeros[4096];
	char path[BEF_PATH];
	struct statfs fs;
	int fd;

	if (bef_path_join(path, dir, "ballast", NULL) || access(path, F_OK) == 0)
		return;
	if (statfs(dir, &fs) != 0 || (uint64_t)fs.f_bavail * (uint64_t)fs.f_bsize < 64 * BALLAST_SIZE)
		return;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	for (int i = 0; i < BALLAST_SIZE / (int)sizeof(zeros); i++)
		if (bef_fd_write(fd, path, zeros, sizeof(zeros), NULL))
			break;
	close(fd);
}

bool bef_store_ballast_drop(struct bef_store *store)
{
	char path[BEF_PATH];

	return bef_path_join(path, store->dir, "ballast", NULL) == BEF_OK && unlink(path) == 0;
}

static enum bef_rc make_directory(const char *dir, struct bef_err *err)
{
	char path[BEF_PATH];
	enum bef_rc rc = bef_dir_make(dir, err);

	if (rc == BEF_OK)
		rc = refuse_network_disk(dir, err);
	if (rc == BEF_OK)
		rc = bef_path_join(path, dir, "evidence", err);
	if (rc == BEF_OK)
		rc = bef_dir_make(path, err);
	return rc;
}

/* SQLite would make it readable by all, and gives its journal the same rights. */
static void make_private(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd >= 0)
		close(fd);
}

/* A reader opens for writing if it may: only then can it roll back what a power cut left. */
static int open_database(struct bef_store *store, const char *path, enum bef_store_mode mode)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;
	int code;

	if (mode == BEF_STORE_CREATE)
		flags |= SQLITE_OPEN_CREATE;
	code = sqlite3_open_v2(path, &store->db, flags, NULL);
	if (code != SQLITE_OK && mode == BEF_STORE_READ && access(path, R_OK) == 0) {
		sqlite3_close(store->db);
		flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;
		code = sqlite3_open_v2(path, &store->db, flags, NULL);
	}
	return code;
}

static enum bef_rc open_in(struct bef_store *store, enum bef_store_mode mode, int wait_ms, struct bef_err *err)
{
	char path[BEF_PATH];
	enum bef_rc rc = bef_path_join(path, store->dir, "beffroi.db", err);
	int code;

	if (rc)
		return rc;
	if (mode != BEF_STORE_CREATE && access(path, F_OK) != 0) {
		bef_fail(err, BEF_NOT_FOUND, tr("there is no journal in '%.200s'"), store->dir);
		bef_hint(err, "%s", tr("open the first incident with: beffroi open"));
		return BEF_NOT_FOUND;
	}
	if (mode == BEF_STORE_CREATE)
		rc = make_directory(store->dir, err);
	if (rc == BEF_OK && mode != BEF_STORE_READ)
		rc = bef_gate_take(store->dir, wait_ms, &store->gate, err);
	if (rc)
		return rc;
	if (mode == BEF_STORE_CREATE)
		make_private(path);
	code = open_database(store, path, mode);
	if (code != SQLITE_OK)
		return bef_store_fail(store, code, err);
	rc = settle(store, mode, err);
	/* Not only when there was no file: the making may have been cut short. */
	if (rc == BEF_OK && mode == BEF_STORE_CREATE) {
		bef_store_ballast_make(store->dir);
		rc = bef_dir_sync(store->dir, err);
	}
	return rc;
}

/* One thread, and no count of memory: SQLite's locks cost a short command more than its query. */
static void configure_library(void)
{
	static bool done;

	if (done)
		return;
	done = true;
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	/* A file that may be hostile is read, not mapped. */
	sqlite3_config(SQLITE_CONFIG_MMAP_SIZE, (sqlite3_int64)0, (sqlite3_int64)0);
}

enum bef_rc bef_store_open(const char *dir, enum bef_store_mode mode, int wait_ms,
                           struct bef_store **out, struct bef_err *err)
{
	struct bef_store *store;
	enum bef_rc rc;

	if (strlen(dir) >= BEF_PATH - 100)
		return bef_fail(err, BEF_USAGE, tr("the path '%.60s...' is too long"), dir);
	configure_library();
	store = calloc(1, sizeof(*store));
	if (!store)
		return bef_no_memory(err);
	store->gate = -1;
	memcpy(store->dir, dir, strlen(dir) + 1);
	rc = open_in(store, mode, wait_ms, err);
	if (rc)
		bef_store_close(store);
	else
		*out = store;
	return rc;
}

struct bef_tx bef_tx_begin(struct bef_store *store, struct bef_err *err)
{
	struct bef_tx tx = { store, bef_store_exec(store, "BEGIN IMMEDIATE", err) };

	store->in_tx = tx.rc == BEF_OK;
	return tx;
}

enum bef_rc bef_tx_commit(struct bef_tx *tx, struct bef_err *err)
{
	enum bef_rc rc = bef_store_still_in_tx(tx->store, err);

	if (rc == BEF_OK)
		rc = bef_store_exec(tx->store, "COMMIT", err);
	if (rc == BEF_OK) {
		tx->store->in_tx = false;
		tx->store = NULL;
	}
	return rc;
}

void bef_tx_clear(struct bef_tx *tx)
{
	if (!tx->store)
		return;
	if (tx->rc == BEF_OK && !sqlite3_get_autocommit(tx->store->db))
		sqlite3_exec(tx->store->db, "ROLLBACK", NULL, NULL, NULL);
	tx->store->in_tx = false;
	tx->store = NULL;
}
