/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What stands on every sheet: the marking, the title and the foot, on the first one larger. */
#include "sheet.h"

/* Draw it on the last sheet, which is blank, and set where the rest begins. */
void bef_band_draw(struct bef_sheets *s);
