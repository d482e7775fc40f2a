/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Fields of a form: what is asked at the left, the answer at the right, help below it. */
#include "sheet.h"

/* Adapted texts; `missing`: `value` is words that stand for one; help "": none. */
void bef_field(struct bef_sheets *s, const char *label, const char *value, const char *help, bool missing);
