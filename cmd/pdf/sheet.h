/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Sheets of A4: what is on every one of them (head, foot, number), where the
 * next thing goes, and a new one when there is no room.
 */
#include <jansson.h>

#include "bidi.h"
#include "face.h"

/* Points; y grows upwards. */
#define BEF_SHEET_HEIGHT 842.0
#define BEF_SHEET_LEFT 48.0
#define BEF_SHEET_WIDTH 499.0
/* Of what every sheet has at its head and foot, towards the middle. */
#define BEF_SHEET_TOP 794.0
#define BEF_SHEET_BOTTOM 64.0

enum bef_ink { BEF_INK, BEF_INK_SOFT, BEF_INK_LINE, BEF_INK_BAND, BEF_INK_WARN, BEF_INK_WHITE, BEF_INK_DRILL, BEF_INK_COUNT };

enum { BEF_SHEETS_MOST = 20000, BEF_HELD_MOST = 8 };

/* A heading or a caption that waits (hold.h); its members are its own. */
struct bef_held {
	int level;
	char *text, *written;
};

struct bef_sheets {
	HPDF_Doc doc;
	HPDF_Page page; /* the last one */
	struct bef_face regular, bold;
	char *title, *subtitle, *tlp, *footer, *draft, *drill; /* adapted; the last two are "" unless it is one */
	double y;      /* top of what is free */
	int count;
	bool failed;   /* no memory, or too many sheets */
	HPDF_Page *all;
	HPDF_Outline above[4]; /* the last heading of each level */
	struct bef_held held[BEF_HELD_MOST];
	int held_count;
};

/* Begin from the members title, subtitle, tlp, footer, draft and drill of `head`.  False: unusable. */
bool bef_sheets_open(struct bef_sheets *s, const json_t *head);
void bef_sheets_close(struct bef_sheets *s);

struct bef_ruler bef_sheets_ruler(struct bef_sheets *s, bool bold, double size);

/* Room left on this sheet, and on a fresh one, in points. */
double bef_sheets_room(const struct bef_sheets *s);
double bef_sheets_whole(const struct bef_sheets *s);
void bef_sheets_turn(struct bef_sheets *s);
/* Turn unless there are `height` points left. */
void bef_sheets_need(struct bef_sheets *s, double height);

/* Adapted text on one line, from x, with its baseline at y. */
void bef_sheets_text(struct bef_sheets *s, const struct bef_ruler *ruler, enum bef_ink ink, double x, double y,
                     const char *text);

/* Where lines go on a sheet: from x over a width, the first baseline at y, at most so many.  What is written
 * from right to left ends at the right, as do numbers. */
struct bef_place {
	double x, y, width, leading;
	int most;
	bool from_right;
};

/* The next lines of a flow, or the first ones of adapted text. */
void bef_sheets_lines(struct bef_sheets *s, const struct bef_ruler *ruler, enum bef_ink ink, const struct bef_place *place,
                      struct bef_flow *flow);
void bef_sheets_passage(struct bef_sheets *s, const struct bef_ruler *ruler, enum bef_ink ink,
                        const struct bef_place *place, const char *text);
void bef_sheets_rule(struct bef_sheets *s, enum bef_ink ink, double thickness, double x, double y, double width);
/* The colour of what is filled next, and of lines that are drawn next. */
void bef_sheets_ink(struct bef_sheets *s, enum bef_ink ink);
void bef_sheets_stroke(struct bef_sheets *s, enum bef_ink ink, double thickness);
/* Adapted text wrapped from y downwards, over as many sheets as it takes; no line of it is alone on one. */
void bef_sheets_prose(struct bef_sheets *s, const struct bef_ruler *ruler, enum bef_ink ink, double leading,
                      const char *text);
/* Number the sheets.  False: something failed on the way. */
bool bef_sheets_finish(struct bef_sheets *s);
