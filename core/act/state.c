/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

bool bef_state_write(const struct bef_desk *desk, const char *name, const void *data, size_t len)
{
	char path[BEF_PATH];
	bool ok;
	int fd;

	if (bef_path_join(path, desk->state, name, NULL))
		return false;
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 && errno == ENOENT) {
		char dir[BEF_PATH];

		snprintf(dir, sizeof(dir), "%.*s", (int)(bef_path_name(path) - path - 1), path);
		if (bef_dir_make(dir, NULL))
			return false;
		fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	}
	if (fd < 0)
		return false;
	/* Cut to length afterwards: ext4 flushes a file that was emptied first. */
	ok = bef_fd_write(fd, path, data, len, NULL) == BEF_OK && ftruncate(fd, (off_t)len) == 0;
	close(fd);
	return ok;
}

enum bef_rc bef_state_read(const struct bef_desk *desk, const char *name, size_t max, struct bef_text *out,
                           struct bef_err *err)
{
	char path[BEF_PATH];
	enum bef_rc rc = bef_path_join(path, desk->state, name, err);

	bef_text_init(out, max);
	return rc ? rc : bef_file_read(path, max, out, err);
}
