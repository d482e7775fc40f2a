/* SPDX-License-Identifier: EUPL-1.2 */
/* The end of an erasure: nothing of the text may remain in our files.  Declared in write.h. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "store/index.h"
#include "store/query.h"
#include "store/write.h"

/* Look for `bytes` in one file, piece by piece with an overlap.  A file that cannot be read is not
 * known to be without them. */
static bool holds(const char *path, const char *bytes, size_t len, char *piece, size_t size)
{
	size_t kept = 0;
	bool found = false;
	ssize_t got = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return errno != ENOENT && errno != ELOOP;
	while (!found && (got = read(fd, piece + kept, size - kept)) > 0) {
		size_t have = kept + (size_t)got;

		found = memmem(piece, have, bytes, len) != NULL;
		kept = have < len ? have : len - 1;
		memmove(piece, piece + have - kept, kept);
	}
	close(fd);
	return found || got < 0;
}

enum bef_rc bef_store_scour(struct bef_store *store, const char *bytes, size_t len, struct bef_err *err)
{
	char path[BEF_PATH];
	size_t size = 65536 + len;
	BEF_AUTO_FREE char *piece = malloc(size);
	struct dirent *file;
	enum bef_rc rc;
	DIR *dir;

	bef_store_index_drop(store);
	rc = bef_store_leave_no_trace(store, err);
	if (rc == BEF_OK)
		rc = bef_store_exec(store, "VACUUM", err);
	if (rc)
		return rc;
	dir = opendir(store->dir);
	if (!piece || (!dir && errno == ENOMEM))
		rc = bef_no_memory(err);
	else if (!dir)
		rc = bef_fail(err, BEF_FAILED, tr("cannot look for the erased text in '%.200s'"), store->dir);
	while (rc == BEF_OK && (file = readdir(dir))) {
		if (file->d_type == DT_DIR || bef_path_join(path, store->dir, file->d_name, NULL))
			continue;
		if (len >= 4 && holds(path, bytes, len, piece, size))
			rc = bef_fail(err, BEF_FAILED, tr("the erased text is still in '%.200s'"), path);
	}
	if (dir)
		closedir(dir);
	return rc;
}
