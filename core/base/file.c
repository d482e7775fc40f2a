/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

/* strerror() in French needs a generated locale; the few faults people meet have words here. */
static const char *reason(int error)
{
	switch (error) {
	case EACCES:
	case EPERM:
		return tr("permission denied");
	case ENOSPC:
	case EDQUOT:
		return tr("the disk is full");
	case EROFS:
		return tr("the disk is read-only");
	case EIO:
		return tr("the disk reports a fault");
	case ENOENT:
		return tr("no such file or directory");
	case EISDIR:
		return tr("it is a directory");
	case ENOTDIR:
		return tr("part of the path is not a directory");
	default:
		return strerror(error);
	}
}

enum bef_rc bef_fd_read(int fd, const char *name, struct bef_text *out, struct bef_err *err)
{
	char piece[16384];

	for (;;) {
		ssize_t got = read(fd, piece, sizeof(piece));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return bef_fail(err, BEF_FAILED, tr("cannot read '%s': %s"), name, reason(errno));
		if (got == 0)
			return bef_text_rc(out, err);
		if ((size_t)got > out->max - out->len)
			return bef_fail(err, BEF_REFUSED, tr("'%s' is longer than %zu bytes"), name, out->max);
		bef_text_add(out, piece, (size_t)got);
		if (out->failed)
			return bef_no_memory(err);
	}
}

enum bef_rc bef_file_read(const char *path, size_t max, struct bef_text *out, struct bef_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum bef_rc rc;

	bef_text_init(out, max);
	if (fd < 0)
		return bef_fail(err, errno == ENOENT ? BEF_NOT_FOUND : BEF_FAILED,
		                tr("cannot open '%s': %s"), path, reason(errno));
	rc = bef_fd_read(fd, path, out, err);
	close(fd);
	return rc;
}

enum bef_rc bef_fd_write(int fd, const char *name, const void *data, size_t len, struct bef_err *err)
{
	const char *next = data;

	while (len > 0) {
		ssize_t put = write(fd, next, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return bef_fail(err, BEF_FAILED, tr("cannot write '%s': %s"), name, reason(errno));
		next += put;
		len -= (size_t)put;
	}
	return BEF_OK;
}

static enum bef_rc sync_and_close(int fd, const char *path, bool durable, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	if (durable && fsync(fd) != 0)
		rc = bef_fail(err, BEF_FAILED, tr("cannot write '%s': %s"), path, reason(errno));
	if (close(fd) != 0 && rc == BEF_OK)
		rc = bef_fail(err, BEF_FAILED, tr("cannot write '%s': %s"), path, reason(errno));
	return rc;
}

enum bef_rc bef_file_write(const char *path, const void *data, size_t len, bool durable, struct bef_err *err)
{
	char temporary[BEF_PATH];
	enum bef_rc rc;
	int fd;

	if (snprintf(temporary, sizeof(temporary), "%s.new.XXXXXX", path) >= (int)sizeof(temporary))
		return bef_fail(err, BEF_USAGE, tr("the path '%.60s...' is too long"), path);
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		return bef_fail(err, BEF_FAILED, tr("cannot write '%s': %s"), path, reason(errno));
	rc = bef_fd_write(fd, path, data, len, err);
	if (rc)
		close(fd);
	else
		rc = sync_and_close(fd, path, durable, err);
	if (rc == BEF_OK && rename(temporary, path) != 0)
		rc = bef_fail(err, BEF_FAILED, tr("cannot write '%s': %s"), path, reason(errno));
	if (rc)
		unlink(temporary);
	return rc;
}

enum bef_rc bef_dir_make(const char *path, struct bef_err *err)
{
	char part[BEF_PATH];
	size_t len = strlen(path);
	struct stat st;

	if (len >= sizeof(part))
		return bef_fail(err, BEF_USAGE, tr("the path '%.60s...' is too long"), path);
	memcpy(part, path, len + 1);
	for (size_t i = 1; i <= len; i++) {
		if (part[i] != '/' && part[i] != '\0')
			continue;
		part[i] = '\0';
		if (mkdir(part, 0700) != 0 && errno != EEXIST)
			return bef_fail(err, BEF_FAILED, tr("cannot make the directory '%s': %s"), part,
			                reason(errno));
		part[i] = path[i];
	}
	if (len > 0 && stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
		return bef_fail(err, BEF_FAILED, tr("cannot make the directory '%s': %s"), path,
		                tr("a file of that name is there"));
	return BEF_OK;
}

enum bef_rc bef_dir_sync(const char *path, struct bef_err *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return bef_fail(err, BEF_FAILED, tr("cannot open '%s': %s"), path, reason(errno));
	return sync_and_close(fd, path, true, err);
}

enum bef_rc bef_path_join(char out[BEF_PATH], const char *dir, const char *name, struct bef_err *err)
{
	if (snprintf(out, BEF_PATH, "%s/%s", dir, name) < BEF_PATH)
		return BEF_OK;
	return bef_fail(err, BEF_USAGE, tr("the path '%.60s...' is too long"), dir);
}

const char *bef_path_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}
