/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What our pictures are made of: SVG without script or style sheet, which says
 * nothing by colour alone.  beffroi-pdf draws the same elements (cmd/pdf/figure.c):
 * what is added here must be drawn there.
 */
#include "base/text.h"

/* Ours: full and hatched bars of what was done, marks and what went wrong, thin lines, letters. */
#define BEF_SVG_BLUE "#0b5cad"
#define BEF_SVG_RED "#9a3412"
#define BEF_SVG_GRID "#d0d7de"
#define BEF_SVG_INK "#1b1f24"

/* A title and a description for those who do not see it; both are escaped. */
void bef_svg_begin(struct bef_text *out, int width, int height, const char *title, const char *description);
void bef_svg_end(struct bef_text *out);
/* Hatches of this colour, to fill with url(#id). */
void bef_svg_hatches(struct bef_text *out, const char *id, const char *colour);
/* Text of anybody's; `anchor`: "start", "middle" or "end" of it stands at x. */
void bef_svg_text(struct bef_text *out, double x, double y, const char *anchor, const char *text);

/* Time from left to right. */
struct bef_svg_time {
	int64_t from_ms, to_ms; /* bef_svg_time() makes them a minute apart at least */
	int left, right;        /* x of both */
};
struct bef_svg_time bef_svg_time(int64_t from_ms, int64_t to_ms, int left, int right);
/* Instants outside it stand at its ends. */
double bef_svg_x(const struct bef_svg_time *time, int64_t at_ms);
/* `count` dates, the ends included, with their feet at y; with upright lines from `top` to `bottom` unless both are 0. */
void bef_svg_dates(struct bef_text *out, const struct bef_svg_time *time, int count, const char *zone, int y, int top, int bottom);
