/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/amount.h"

#include <stdio.h>

#include "base/i18n.h"

const char *bef_amount_format(int64_t cents, char out[BEF_AMOUNT_SIZE])
{
	/* The absolute value of the smallest number is no int64_t. */
	uint64_t size = cents < 0 ? -(uint64_t)cents : (uint64_t)cents;

	snprintf(out, BEF_AMOUNT_SIZE, "%s%llu%c%02llu", cents < 0 ? "-" : "", (unsigned long long)(size / 100),
	         bef_lang() == BEF_FR ? ',' : '.', (unsigned long long)(size % 100));
	return out;
}
