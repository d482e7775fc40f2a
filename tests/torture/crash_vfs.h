/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * A SQLite VFS over the usual one, registered as the default, that stops the
 * machine at the n-th operation or makes the n-th one fail.
 *
 * The model of a power cut: the files on disk are what the running machine
 * sees; beside them a durable image is kept, which data reaches when its file
 * is synced, and names (creations, removals) when their directory is.  SQLite
 * syncs the directory when it first syncs a journal it created, and after
 * removing one with synchronous=EXTRA.  At the cut, the image is completed by
 * nothing, by a random subset of the 512-byte sectors and names not yet synced,
 * or by everything.  Only the database and its journal are modelled.
 *
 * Header only: each torture program has its own.
 */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum crash_op {
	CRASH_READ = 1,
	CRASH_WRITE = 2,
	CRASH_SYNC = 4,
	CRASH_TRUNCATE = 8,
	CRASH_DELETE = 16,
	CRASH_OPEN = 32,
	CRASH_LOCK = 64,
	CRASH_OTHER = 128,
	CRASH_ANY = 255,
	CRASH_CHANGES = CRASH_WRITE | CRASH_SYNC | CRASH_TRUNCATE | CRASH_DELETE,
};

enum crash_end { CRASH_NOTHING, CRASH_TORN, CRASH_EVERYTHING };

struct crash_plan {
	unsigned ops; /* which operations count: crash_op bits */
	long at;      /* the n-th of them, from 1; 0 never */
	bool cut;     /* the machine stops there; else the operation fails */
	bool sticky;  /* and so do all later ones that count */
	int code;     /* SQLITE_FULL, or 0 for the operation's own SQLITE_IOERR_... */
};

struct crash_change {
	sqlite3_int64 at;
	size_t len;
	unsigned char *bytes; /* NULL: the file was cut to `at` */
};

struct crash_inode {
	struct crash_inode *next;
	unsigned char *durable;
	size_t size;
	struct crash_change *change;
	size_t changes;
};

struct crash_name {
	char path[4096];
	struct crash_inode *durable, *current;
};

struct crash_file {
	sqlite3_file base;
	struct crash_inode *inode; /* NULL: a temporary file */
	bool sync_dir;             /* the first sync of a new journal syncs its directory */
	sqlite3_file *real;
};

static struct {
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	struct crash_plan plan;
	long count;
	bool fired, dead;
	struct crash_inode *inodes;
	struct crash_name name[2]; /* the database, its journal */
} crash;

/* Count an operation; the code with which it fails, or SQLITE_OK.  *last: the machine stops while
 * it is carried out, so its effect is among what is not durable. */
static int crash_count(enum crash_op op, int own_code, bool *last)
{
	*last = false;
	if (crash.dead)
		return own_code;
	if (!(crash.plan.ops & op) || !crash.plan.at)
		return SQLITE_OK;
	crash.count++;
	if (crash.count < crash.plan.at || (crash.count > crash.plan.at && !crash.plan.sticky))
		return SQLITE_OK;
	crash.fired = true;
	crash.dead = crash.plan.cut;
	*last = crash.plan.cut;
	return crash.plan.code ? crash.plan.code : own_code;
}

static struct crash_inode *crash_inode_new(void)
{
	struct crash_inode *inode = calloc(1, sizeof(*inode));

	if (!inode)
		abort();
	inode->next = crash.inodes;
	crash.inodes = inode;
	return inode;
}

static void crash_note(struct crash_inode *inode, const void *bytes, size_t len, sqlite3_int64 at)
{
	struct crash_change *change;

	if (!inode || !crash.plan.cut)
		return;
	inode->change = realloc(inode->change, (inode->changes + 1) * sizeof(*inode->change));
	if (!inode->change)
		abort();
	change = &inode->change[inode->changes++];
	*change = (struct crash_change){ .at = at, .len = len };
	if (!bytes)
		return;
	change->bytes = malloc(len);
	if (!change->bytes)
		abort();
	memcpy(change->bytes, bytes, len);
}

static void crash_grow(unsigned char **bytes, size_t *size, size_t wanted)
{
	if (wanted <= *size)
		return;
	*bytes = realloc(*bytes, wanted);
	if (!*bytes)
		abort();
	memset(*bytes + *size, 0, wanted - *size);
	*size = wanted;
}

/* Apply a change, or with `seed` each of its sectors or not, as the dice say. */
static void crash_apply(const struct crash_change *change, unsigned char **bytes, size_t *size, unsigned *seed)
{
	size_t at = (size_t)change->at;
	size_t end = at + change->len;

	if (!change->bytes) {
		if (seed && rand_r(seed) & 1024)
			return;
		crash_grow(bytes, size, at);
		*size = at;
		return;
	}
	while (at < end) {
		size_t sector_end = (at / 512 + 1) * 512 < end ? (at / 512 + 1) * 512 : end;

		if (!seed || rand_r(seed) & 1024) {
			crash_grow(bytes, size, sector_end);
			memcpy(*bytes + at, change->bytes + (at - (size_t)change->at), sector_end - at);
		}
		at = sector_end;
	}
}

static void crash_forget_changes(struct crash_inode *inode)
{
	for (size_t i = 0; i < inode->changes; i++)
		free(inode->change[i].bytes);
	free(inode->change);
	inode->change = NULL;
	inode->changes = 0;
}

static void crash_sync_dir(void)
{
	for (int i = 0; i < 2; i++)
		crash.name[i].durable = crash.name[i].current;
}

static int crash_close(sqlite3_file *base)
{
	struct crash_file *file = (struct crash_file *)base;

	return file->real->pMethods ? file->real->pMethods->xClose(file->real) : SQLITE_OK;
}

static int crash_read(sqlite3_file *base, void *out, int len, sqlite3_int64 at)
{
	struct crash_file *file = (struct crash_file *)base;
	bool last;
	int code = crash_count(CRASH_READ, SQLITE_IOERR_READ, &last);

	return code ? code : file->real->pMethods->xRead(file->real, out, len, at);
}

static int crash_write(sqlite3_file *base, const void *bytes, int len, sqlite3_int64 at)
{
	struct crash_file *file = (struct crash_file *)base;
	bool last;
	int code = crash_count(CRASH_WRITE, SQLITE_IOERR_WRITE, &last);

	if (code == SQLITE_OK || last)
		crash_note(file->inode, bytes, (size_t)len, at);
	/* A full disk or a fault may leave a part of it. */
	if (code && !crash.dead && len > 512)
		file->real->pMethods->xWrite(file->real, bytes, len / 1024 * 512, at);
	return code ? code : file->real->pMethods->xWrite(file->real, bytes, len, at);
}

static int crash_truncate(sqlite3_file *base, sqlite3_int64 size)
{
	struct crash_file *file = (struct crash_file *)base;
	bool last;
	int code = crash_count(CRASH_TRUNCATE, SQLITE_IOERR_TRUNCATE, &last);

	if (code == SQLITE_OK || last)
		crash_note(file->inode, NULL, 0, size);
	return code ? code : file->real->pMethods->xTruncate(file->real, size);
}

/* Not passed on: the model says what is durable, and the tests are faster for it. */
static int crash_sync(sqlite3_file *base, int flags)
{
	struct crash_file *file = (struct crash_file *)base;
	bool last;
	int code = crash_count(CRASH_SYNC, SQLITE_IOERR_FSYNC, &last);

	(void)flags;
	if (code || !file->inode)
		return code;
	for (size_t i = 0; i < file->inode->changes; i++)
		crash_apply(&file->inode->change[i], &file->inode->durable, &file->inode->size, NULL);
	crash_forget_changes(file->inode);
	if (file->sync_dir)
		crash_sync_dir();
	file->sync_dir = false;
	return SQLITE_OK;
}

static int crash_size(sqlite3_file *base, sqlite3_int64 *out)
{
	struct crash_file *file = (struct crash_file *)base;
	bool last;
	int code = crash_count(CRASH_OTHER, SQLITE_IOERR_FSTAT, &last);

	return code ? code : file->real->pMethods->xFileSize(file->real, out);
}

static int crash_lock(sqlite3_file *base, int level)
{
	struct crash_file *file = (struct crash_file *)base;
	bool last;
	int code = crash_count(CRASH_LOCK, SQLITE_IOERR_LOCK, &last);

	return code ? code : file->real->pMethods->xLock(file->real, level);
}

static int crash_unlock(sqlite3_file *base, int level)
{
	struct crash_file *file = (struct crash_file *)base;

	return file->real->pMethods->xUnlock(file->real, level);
}

static int crash_reserved(sqlite3_file *base, int *out)
{
	struct crash_file *file = (struct crash_file *)base;

	return file->real->pMethods->xCheckReservedLock(file->real, out);
}

static int crash_control(sqlite3_file *base, int op, void *arg)
{
	struct crash_file *file = (struct crash_file *)base;

	if (op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_CHUNK_SIZE)
		return SQLITE_OK;
	return file->real->pMethods->xFileControl(file->real, op, arg);
}

static int crash_sector(sqlite3_file *base)
{
	struct crash_file *file = (struct crash_file *)base;

	return file->real->pMethods->xSectorSize(file->real);
}

static int crash_device(sqlite3_file *base)
{
	struct crash_file *file = (struct crash_file *)base;

	return file->real->pMethods->xDeviceCharacteristics(file->real);
}

static struct crash_name *crash_name_of(const char *path)
{
	for (int i = 0; i < 2; i++)
		if (path && strcmp(crash.name[i].path, path) == 0)
			return &crash.name[i];
	return NULL;
}

static int crash_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out)
{
	static const sqlite3_io_methods methods = {
		.iVersion = 1,
		.xClose = crash_close,
		.xRead = crash_read,
		.xWrite = crash_write,
		.xTruncate = crash_truncate,
		.xSync = crash_sync,
		.xFileSize = crash_size,
		.xLock = crash_lock,
		.xUnlock = crash_unlock,
		.xCheckReservedLock = crash_reserved,
		.xFileControl = crash_control,
		.xSectorSize = crash_sector,
		.xDeviceCharacteristics = crash_device,
	};
	struct crash_file *file = (struct crash_file *)base;
	struct crash_name *name = crash_name_of(path);
	bool last;
	int code = crash_count(CRASH_OPEN, SQLITE_CANTOPEN, &last);

	(void)vfs;
	memset(file, 0, sizeof(*file));
	file->real = (sqlite3_file *)(file + 1);
	file->real->pMethods = NULL;
	if (code == SQLITE_OK)
		code = crash.real->xOpen(crash.real, path, file->real, flags, out);
	if (code != SQLITE_OK)
		return code;
	file->base.pMethods = &methods;
	if (name && !name->current)
		name->current = crash_inode_new();
	file->inode = name ? name->current : NULL;
	file->sync_dir = flags & SQLITE_OPEN_CREATE && flags & SQLITE_OPEN_MAIN_JOURNAL;
	return SQLITE_OK;
}

static int crash_delete(sqlite3_vfs *vfs, const char *path, int sync_dir)
{
	struct crash_name *name = crash_name_of(path);
	bool last;
	int code = crash_count(CRASH_DELETE, SQLITE_IOERR_DELETE, &last);

	(void)vfs;
	if (name && (code == SQLITE_OK || last))
		name->current = NULL;
	if (code)
		return code;
	if (sync_dir)
		crash_sync_dir();
	return crash.real->xDelete(crash.real, path, 0);
}

static int crash_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
	bool last;
	int code = crash_count(CRASH_OTHER, SQLITE_IOERR_ACCESS, &last);

	(void)vfs;
	return code ? code : crash.real->xAccess(crash.real, path, flags, out);
}

/* What is in `dir` now is durable; from here on, the plan holds. */
static void crash_begin(const char *dir, struct crash_plan plan)
{
	static const char *const names[] = { "beffroi.db", "beffroi.db-journal" };

	memset(&crash, 0, sizeof(crash));
	crash.real = sqlite3_vfs_find("unix");
	crash.vfs = *crash.real;
	crash.vfs.iVersion = 2;
	crash.vfs.pNext = NULL;
	crash.vfs.zName = "crash";
	crash.vfs.szOsFile = (int)sizeof(struct crash_file) + crash.real->szOsFile;
	crash.vfs.xOpen = crash_open;
	crash.vfs.xDelete = crash_delete;
	crash.vfs.xAccess = crash_access;
	crash.plan = plan;
	for (int i = 0; i < 2; i++) {
		struct crash_name *name = &crash.name[i];
		FILE *file;

		snprintf(name->path, sizeof(name->path), "%s/%s", dir, names[i]);
		file = plan.cut ? fopen(name->path, "rb") : NULL;
		if (!file)
			continue;
		name->durable = name->current = crash_inode_new();
		fseek(file, 0, SEEK_END);
		crash_grow(&name->current->durable, &name->current->size, (size_t)ftell(file));
		rewind(file);
		if (fread(name->current->durable, 1, name->current->size, file) != name->current->size)
			abort();
		fclose(file);
	}
	sqlite3_vfs_register(&crash.vfs, 1);
}

/* Back to the usual VFS.  The image is kept for crash_complete(). */
static void crash_stop(void)
{
	sqlite3_vfs_unregister(&crash.vfs);
	sqlite3_vfs_register(crash.real, 1);
}

/* Make the files what the disk holds when the power is back. */
static inline void crash_complete(enum crash_end how, unsigned seed)
{
	for (int i = 0; i < 2; i++) {
		struct crash_name *name = &crash.name[i];
		struct crash_inode *inode = how == CRASH_NOTHING ? name->durable : name->current;
		unsigned char *bytes = NULL;
		size_t size = 0;
		FILE *file;

		if (how == CRASH_TORN && rand_r(&seed) & 1024)
			inode = name->durable;
		/* A removal and a new file of that name: the removal alone may have reached the disk. */
		if (how == CRASH_TORN && name->durable && name->current && name->durable != name->current &&
		    rand_r(&seed) & 1024)
			inode = NULL;
		unlink(name->path);
		if (!inode)
			continue;
		crash_grow(&bytes, &size, inode->size);
		if (inode->size)
			memcpy(bytes, inode->durable, inode->size);
		for (size_t c = 0; c < inode->changes && how != CRASH_NOTHING; c++)
			crash_apply(&inode->change[c], &bytes, &size, how == CRASH_TORN ? &seed : NULL);
		file = fopen(name->path, "wb");
		if (!file || (size && fwrite(bytes, 1, size, file) != size) || fclose(file) != 0)
			abort();
		free(bytes);
	}
}

static void crash_forget(void)
{
	while (crash.inodes) {
		struct crash_inode *next = crash.inodes->next;

		crash_forget_changes(crash.inodes);
		free(crash.inodes->durable);
		free(crash.inodes);
		crash.inodes = next;
	}
}
