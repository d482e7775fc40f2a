/* SPDX-License-Identifier: EUPL-1.2 */
#include "band.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void drill(struct bef_sheets *s)
{
	struct bef_ruler bold = bef_sheets_ruler(s, true, 9);
	double width = bef_ruler_measure(&bold, s->drill, strlen(s->drill));

	if (!*s->drill)
		return;
	bef_sheets_rule(s, BEF_INK_DRILL, 24, 0, BEF_SHEET_HEIGHT - 24, 596);
	bef_sheets_text(s, &bold, BEF_INK_WARN, BEF_SHEET_LEFT + (BEF_SHEET_WIDTH - width) / 2, BEF_SHEET_HEIGHT - 16, s->drill);
}

static void foot(struct bef_sheets *s)
{
	struct bef_ruler plain = bef_sheets_ruler(s, false, 7);
	const struct bef_place place = { BEF_SHEET_LEFT, BEF_SHEET_BOTTOM - 22, BEF_SHEET_WIDTH - 70, 9, 3, false };

	bef_sheets_rule(s, BEF_INK_LINE, .6, BEF_SHEET_LEFT, BEF_SHEET_BOTTOM - 11, BEF_SHEET_WIDTH);
	bef_sheets_passage(s, &plain, BEF_INK_SOFT, &place, s->footer);
}

/* The title as far as it goes, the marking at the right. */
static void running_head(struct bef_sheets *s)
{
	struct bef_ruler plain = bef_sheets_ruler(s, false, 7.5), bold = bef_sheets_ruler(s, true, 7.5);
	double tlp = bef_ruler_measure(&bold, s->tlp, strlen(s->tlp));
	double room = BEF_SHEET_WIDTH - tlp - 24;
	bool cut = s->title[bef_ruler_fit(&plain, s->title, room)] != '\0';
	size_t fits = bef_ruler_fit(&plain, s->title, cut ? room - 10 : room);
	char *title = NULL;

	if (asprintf(&title, "%.*s%s", (int)fits, s->title, cut ? "..." : "") < 0) {
		s->failed = true;
		return;
	}
	bef_sheets_text(s, &plain, BEF_INK_SOFT, BEF_SHEET_LEFT, BEF_SHEET_TOP + 8, title);
	bef_sheets_text(s, &bold, BEF_INK, BEF_SHEET_LEFT + BEF_SHEET_WIDTH - tlp, BEF_SHEET_TOP + 8, s->tlp);
	bef_sheets_rule(s, BEF_INK_LINE, .6, BEF_SHEET_LEFT, BEF_SHEET_TOP + 3, BEF_SHEET_WIDTH);
	free(title);
}

/* The head of the first sheet: the marking, the title whole, what it is and who wrote it. */
static void first_band(struct bef_sheets *s)
{
	struct bef_ruler mark = bef_sheets_ruler(s, true, 9), title = bef_sheets_ruler(s, true, 15);
	struct bef_ruler small = bef_sheets_ruler(s, false, 8.5);
	double width = bef_ruler_measure(&mark, s->tlp, strlen(s->tlp));
	double left = BEF_SHEET_LEFT + 12, inside = BEF_SHEET_WIDTH - 24, y = BEF_SHEET_TOP + 14;
	int lines = bef_wrap_count(&title, s->title, inside, 8);
	int below = bef_wrap_count(&small, s->subtitle, inside, 6);
	double height = 44 + 19 * lines + 12 * below;
	/* Why it is a draft, as much as fits beside the marking. */
	const struct bef_place draft = { left + 24 + width, y - 22, inside - width - 24, 0, 1, false };
	const struct bef_place large = { left, y - 46, inside, 19, lines, false };
	const struct bef_place under = { left, y - 44 - 19 * lines, inside, 12, below, false };

	bef_sheets_rule(s, BEF_INK_BAND, height, BEF_SHEET_LEFT, y - height, BEF_SHEET_WIDTH);
	bef_sheets_rule(s, BEF_INK_WHITE, 15, left, y - 26, width + 12);
	bef_sheets_text(s, &mark, BEF_INK_BAND, left + 6, y - 22, s->tlp);
	bef_sheets_passage(s, &mark, BEF_INK_WHITE, &draft, s->draft);
	bef_sheets_passage(s, &title, BEF_INK_WHITE, &large, s->title);
	bef_sheets_passage(s, &small, BEF_INK_WHITE, &under, s->subtitle);
	s->y = y - height - 8;
}

void bef_band_draw(struct bef_sheets *s)
{
	drill(s);
	foot(s);
	if (s->count == 1)
		first_band(s);
	else
		running_head(s);
}
