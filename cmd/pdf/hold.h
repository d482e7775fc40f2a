/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Headings and captions wait for what they stand above, and so does a short
 * paragraph below a heading: none is left alone at the foot of a sheet.
 */
#include "sheet.h"

/* A heading (level 2 to 4) of adapted text; `written`: the same as it was written, for its bookmark. */
void bef_hold_heading(struct bef_sheets *s, int level, const char *text, const char *written);
/* A line above a table; "" is none. */
void bef_hold_caption(struct bef_sheets *s, const char *text);
/* A paragraph, set at once unless it is short and under a heading. */
void bef_hold_paragraph(struct bef_sheets *s, const char *text);

/* Set what waits, on a new sheet unless the next `height` points, or half a sheet of them, fit below. */
void bef_hold_release(struct bef_sheets *s, double height);
/* Forget it. */
void bef_hold_drop(struct bef_sheets *s);
