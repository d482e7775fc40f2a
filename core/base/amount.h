/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Amounts of money as they are read in the chosen language. */
#include <stdint.h>

enum { BEF_AMOUNT_SIZE = 32 };

/* Hundredths in figures, without the currency: "1200.50", "-3.05"; in French "1200,50".  Returns `out`. */
const char *bef_amount_format(int64_t cents, char out[BEF_AMOUNT_SIZE]);
