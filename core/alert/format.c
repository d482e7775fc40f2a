/* SPDX-License-Identifier: EUPL-1.2 */
/* The table of formats.  A format is fmt_NAME.c and a line of formats.def. */
#include "alert/format.h"

#include <string.h>

#define BEF_FORMAT(name) extern const struct bef_format bef_format_##name;
#include "alert/formats.def"
#undef BEF_FORMAT

#define BEF_FORMAT(name) &bef_format_##name,
const struct bef_format *const bef_formats[] = {
#include "alert/formats.def"
	NULL,
};
#undef BEF_FORMAT

const struct bef_format *bef_format_find(const char *name)
{
	for (const struct bef_format *const *format = bef_formats; *format; format++)
		if (strcmp((*format)->name, name) == 0)
			return *format;
	return NULL;
}
