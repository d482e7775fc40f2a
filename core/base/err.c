/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

void bef_free_pointer(void *pointer_to_pointer)
{
	void **pointer = pointer_to_pointer;

	free(*pointer);
	*pointer = NULL;
}

/* A cut by bytes, in "%.60s" or at the array's end, may halve a character: drop the halves. */
static void drop_halves(char *text)
{
	char *to = text;
	size_t len = strlen(text);

	while (len > 0) {
		uint32_t c;
		size_t n = bef_utf8_next(text, len, &c);
		size_t step = n ? n : 1;

		memmove(to, text, n);
		to += n;
		text += step;
		len -= step;
	}
	*to = '\0';
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
	drop_halves(err->msg);
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
	drop_halves(err->hint);
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
	snprintf(err->msg, sizeof(err->msg), tr("%.150s: %.240s"), before, after);
	drop_halves(err->msg);
	err->rc = rc;
	return rc;
}

enum bef_rc bef_no_memory(struct bef_err *err)
{
	bef_fail(err, BEF_FAILED, "%s", tr("out of memory"));
	bef_hint(err, "%s", tr("nothing was written; close something and run the same command again"));
	return BEF_FAILED;
}
