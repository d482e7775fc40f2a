/* SPDX-License-Identifier: EUPL-1.2 */
#include "hold.h"

#include <stdlib.h>
#include <string.h>

#include "about.h"

enum { CAPTION, PARAGRAPH, HEADING };

/* How each kind looks; of headings, by level. */
static const struct look {
	double size, leading, above, below;
	enum bef_ink ink;
	bool bold, ruled;
} looks[] = {
	[CAPTION] = { 8, 11, 0, 0, BEF_INK_SOFT, false, false },
	[PARAGRAPH] = { 9, 12.5, 0, 5, BEF_INK, false, false },
	[HEADING] = { 13, 16.9, 14, 6, BEF_INK_BAND, true, true },
	[3] = { 10.5, 13.65, 8, 5, BEF_INK, true, false },
	[4] = { 9.5, 12.35, 8, 5, BEF_INK, true, false },
};

static double height_of(struct bef_sheets *s, const struct bef_held *held)
{
	const struct look *look = &looks[held->level];
	struct bef_ruler ruler = bef_sheets_ruler(s, look->bold, look->size);

	return look->above + look->below + look->leading * bef_wrap_count(&ruler, held->text, BEF_SHEET_WIDTH, 40);
}

static void set(struct bef_sheets *s, const struct bef_held *held)
{
	const struct look *look = &looks[held->level];
	struct bef_ruler ruler = bef_sheets_ruler(s, look->bold, look->size);

	if (bef_sheets_room(s) < bef_sheets_whole(s)) /* no gap at the top */
		s->y -= look->above;
	if (held->level >= HEADING)
		bef_about_mark(s, held->level, held->written);
	bef_sheets_prose(s, &ruler, look->ink, look->leading, held->text);
	if (look->ruled) /* under its longest letters */
		bef_sheets_rule(s, look->ink, 1.2, BEF_SHEET_LEFT, s->y - 1.8, BEF_SHEET_WIDTH);
	s->y -= look->below;
}

void bef_hold_drop(struct bef_sheets *s)
{
	for (; s->held_count > 0; s->held_count--) {
		free(s->held[s->held_count - 1].text);
		free(s->held[s->held_count - 1].written);
	}
}

void bef_hold_release(struct bef_sheets *s, double height)
{
	double half = bef_sheets_whole(s) / 2;

	if (height <= 0 && s->held_count == 0)
		return;
	height = height > half ? half : height;
	for (int i = 0; i < s->held_count; i++)
		height += height_of(s, &s->held[i]);
	bef_sheets_need(s, height);
	for (int i = 0; i < s->held_count && !s->failed; i++)
		set(s, &s->held[i]);
	bef_hold_drop(s);
}

static bool last_is(const struct bef_sheets *s, bool heading)
{
	return s->held_count > 0 && (s->held[s->held_count - 1].level >= HEADING) == heading;
}

static void hold(struct bef_sheets *s, int level, const char *text, const char *written)
{
	struct bef_held *held;

	if (s->held_count == BEF_HELD_MOST)
		bef_hold_release(s, 0);
	held = &s->held[s->held_count++];
	*held = (struct bef_held){ level, strdup(text), strdup(written) };
	if (!held->text || !held->written) {
		bef_hold_drop(s);
		s->failed = true;
	}
}

void bef_hold_heading(struct bef_sheets *s, int level, const char *text, const char *written)
{
	if (last_is(s, false))
		bef_hold_release(s, 0); /* a section that is done */
	hold(s, level < HEADING ? HEADING : level > 4 ? 4 : level, text, written);
}

void bef_hold_caption(struct bef_sheets *s, const char *text)
{
	if (*text)
		hold(s, CAPTION, text, "");
}

void bef_hold_paragraph(struct bef_sheets *s, const char *text)
{
	const struct look *look = &looks[PARAGRAPH];
	struct bef_ruler ruler = bef_sheets_ruler(s, look->bold, look->size);
	int lines = bef_wrap_count(&ruler, text, BEF_SHEET_WIDTH, 3);

	if (lines < 3 && last_is(s, true)) {
		hold(s, PARAGRAPH, text, "");
		return;
	}
	bef_hold_release(s, look->leading * lines);
	bef_sheets_prose(s, &ruler, look->ink, look->leading, text);
	s->y -= look->below;
}
