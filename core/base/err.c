/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

void bef_free_pointer(void *pointer_to_pointer)
{
	void **pointer = pointer_to_pointer;

	free(*pointer);
	*pointer = NULL;
}

enum bef_rc bef_fail(struct bef_err *err, enum bef_rc rc, const char *fmt, ...)
{
	va_list args;

	if (!err)
		return rc;
	err->rc = rc;
	err->hint[0] = '\0';
	va_start(args, fmt);
	vsnprintf(err->msg, sizeof(err->msg), fmt, args);
	va_end(args);
	return rc;
}

void bef_hint(struct bef_err *err, const char *fmt, ...)
{
	va_list args;

	if (!err)
		return;
	va_start(args, fmt);
	vsnprintf(err->hint, sizeof(err->hint), fmt, args);
	va_end(args);
}

enum bef_rc bef_context(struct bef_err *err, enum bef_rc rc, const char *fmt, ...)
{
	char before[sizeof(err->msg)];
	char after[sizeof(err->msg)];
	va_list args;

	if (!err)
		return rc;
	va_start(args, fmt);
	vsnprintf(before, sizeof(before), fmt, args);
	va_end(args);
	memcpy(after, err->msg, sizeof(after));
	snprintf(err->msg, sizeof(err->msg), "%.150s: %.240s", before, after);
	err->rc = rc;
	return rc;
}

enum bef_rc bef_no_memory(struct bef_err *err)
{
	bef_fail(err, BEF_FAILED, "%s", tr("out of memory"));
	bef_hint(err, "%s", tr("nothing was written; close something and run the same command again"));
	return BEF_FAILED;
}
