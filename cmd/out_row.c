/* SPDX-License-Identifier: EUPL-1.2 */
/* A row of a list.  Declared in out.h. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "out.h"

void bef_put_row(struct bef_app *app, int columns, const char *name, enum bef_style style, const char *fmt, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, fmt);
	bef_put_cell(app, BEF_STRONG, columns, name);
	if (vasprintf(&text, fmt, args) >= 0)
		bef_wrap(app, style, columns, columns, text);
	va_end(args);
	free(text);
}
