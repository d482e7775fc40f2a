/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Our own pictures.  Of SVG it knows what beffroi writes and no more: a
 * viewBox, then rect, line, circle, text, and paths of straight lines (M, H, V,
 * l, h, z), filled, hatched or drawn as a line in the colours of our documents.
 * Anything else is left out; the table below says the same.
 */
#include "sheet.h"

/* Draw it across the page. */
void bef_figure(struct bef_sheets *s, const char *svg);
