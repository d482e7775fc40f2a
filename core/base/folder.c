/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"

bool bef_folder_json(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && strcmp(dot, ".json") == 0;
}

/* Through links: what they lead to is what would be read.  One that leads nowhere is a file that cannot be read,
 * which is not for us to hide. */
static bool is_plain(const char *path)
{
	struct stat st;

	return stat(path, &st) != 0 || S_ISREG(st.st_mode);
}

static enum bef_rc visit(const char *dir, const char *name, bef_folder_fn *fn, void *arg, int *seen, struct bef_err *err)
{
	char path[BEF_PATH];

	if (bef_path_join(path, dir, name, NULL) || !is_plain(path))
		return BEF_OK;
	++*seen;
	return fn(arg, path, name, err);
}

enum bef_rc bef_folder_each(const char *base, const char *folder, bef_folder_wants_fn *wants, int most, bef_folder_fn *fn,
                            void *arg, struct bef_err *err)
{
	struct dirent **file = NULL;
	char dir[BEF_PATH];
	int seen = 0;
	enum bef_rc rc = bef_path_join(dir, base, folder, err);
	int count = rc ? 0 : scandir(dir, &file, NULL, alphasort);

	if (count < 0 && errno == ENOMEM)
		rc = bef_no_memory(err);
	for (int i = 0; i < count; i++) {
		if (rc == BEF_OK && seen < most && *file[i]->d_name != '.' && wants(file[i]->d_name))
			rc = visit(dir, file[i]->d_name, fn, arg, &seen, err);
		free(file[i]);
	}
	free(file);
	return rc;
}
