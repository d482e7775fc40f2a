/* SPDX-License-Identifier: EUPL-1.2 */
#include "keyfile.h"

#include <sys/stat.h>
#include <unistd.h>

#include "mark.h"

const char *bef_key_file_fault(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return N_("cannot be read");
	if (!S_ISREG(st.st_mode))
		return N_("is not a file");
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return N_("belongs to somebody else");
	if (st.st_mode & 077)
		return N_("is open to others (chmod 600)");
	return NULL;
}
