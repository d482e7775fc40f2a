/* SPDX-License-Identifier: EUPL-1.2 */
#include "sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEIGHT = 842, TOP = 794, BOTTOM = 64, RIGHT = 547 };

static const float inks[BEF_INK_COUNT][3] = {
	[BEF_INK] = { .106f, .122f, .141f },      [BEF_INK_SOFT] = { .341f, .376f, .416f },
	[BEF_INK_LINE] = { .816f, .843f, .871f }, [BEF_INK_BAND] = { .071f, .188f, .310f },
	[BEF_INK_WARN] = { .604f, .204f, .071f }, [BEF_INK_WHITE] = { 1, 1, 1 },
	[BEF_INK_DRILL] = { 1, .953f, .804f },
};

struct bef_ruler bef_sheets_ruler(struct bef_sheets *s, bool bold, double size)
{
	return (struct bef_ruler){ bef_face_width, bold ? &s->bold : &s->regular, size };
}

void bef_sheets_ink(struct bef_sheets *s, enum bef_ink ink)
{
	HPDF_Page_SetRGBFill(s->page, inks[ink][0], inks[ink][1], inks[ink][2]);
}

static void fill(struct bef_sheets *s, enum bef_ink ink, double x, double y, double width, double height)
{
	bef_sheets_ink(s, ink);
	HPDF_Page_Rectangle(s->page, (float)x, (float)y, (float)width, (float)height);
	HPDF_Page_Fill(s->page);
}

void bef_sheets_rule(struct bef_sheets *s, enum bef_ink ink, double thickness, double x, double y, double width)
{
	fill(s, ink, x, y, width, thickness);
}

static void text_on(struct bef_sheets *s, HPDF_Page page, const struct bef_ruler *ruler, enum bef_ink ink, double x,
                    double y, const char *text, size_t len)
{
	const struct bef_face *face = ruler->arg;
	char *bytes = bef_face_bytes(face, text, len);

	if (!bytes) {
		s->failed = true;
		return;
	}
	if (*bytes) {
		HPDF_Page_SetRGBFill(page, inks[ink][0], inks[ink][1], inks[ink][2]);
		HPDF_Page_BeginText(page);
		HPDF_Page_SetFontAndSize(page, face->font, (float)ruler->size);
		HPDF_Page_TextOut(page, (float)x, (float)y, bytes);
		HPDF_Page_EndText(page);
	}
	free(bytes);
}

void bef_sheets_text(struct bef_sheets *s, const struct bef_ruler *ruler, enum bef_ink ink, double x, double y,
                     const char *text, size_t len)
{
	text_on(s, s->page, ruler, ink, x, y, text, len);
}

static void text_centred(struct bef_sheets *s, const struct bef_ruler *ruler, enum bef_ink ink, double y, const char *text)
{
	double width = bef_ruler_measure(ruler, text, strlen(text));

	bef_sheets_text(s, ruler, ink, BEF_SHEET_LEFT + (BEF_SHEET_WIDTH - width) / 2, y, text, strlen(text));
}

/* --- what is on every sheet --- */

static void drill_band(struct bef_sheets *s)
{
	struct bef_ruler bold = bef_sheets_ruler(s, true, 9);

	if (!*s->drill)
		return;
	fill(s, BEF_INK_DRILL, 0, HEIGHT - 24, 596, 24);
	text_centred(s, &bold, BEF_INK_WARN, HEIGHT - 16, s->drill);
}

/* The title as far as it goes, the marking at the right. */
static void running_head(struct bef_sheets *s)
{
	struct bef_ruler plain = bef_sheets_ruler(s, false, 7.5), bold = bef_sheets_ruler(s, true, 7.5);
	double tlp = bef_ruler_measure(&bold, s->tlp, strlen(s->tlp));
	double room = BEF_SHEET_WIDTH - tlp - 24;
	size_t fits = bef_ruler_fit(&plain, s->title, room);
	bool cut = s->title[fits] != '\0';

	if (cut)
		fits = bef_ruler_fit(&plain, s->title, room - 10);
	bef_sheets_text(s, &plain, BEF_INK_SOFT, BEF_SHEET_LEFT, TOP + 8, s->title, fits);
	if (cut)
		bef_sheets_text(s, &plain, BEF_INK_SOFT, BEF_SHEET_LEFT + bef_ruler_measure(&plain, s->title, fits), TOP + 8, "...", 3);
	bef_sheets_text(s, &bold, BEF_INK, RIGHT - tlp, TOP + 8, s->tlp, strlen(s->tlp));
	bef_sheets_rule(s, BEF_INK_LINE, .6, BEF_SHEET_LEFT, TOP + 3, BEF_SHEET_WIDTH);
}

static void foot(struct bef_sheets *s)
{
	struct bef_ruler plain = bef_sheets_ruler(s, false, 7);
	struct bef_span line;
	const char *text = s->footer;
	double y = BOTTOM - 22;

	bef_sheets_rule(s, BEF_INK_LINE, .6, BEF_SHEET_LEFT, BOTTOM - 11, BEF_SHEET_WIDTH);
	for (int i = 0; i < 3 && text; i++, y -= 9) {
		text = bef_wrap(&plain, text, BEF_SHEET_WIDTH - 70, &line);
		bef_sheets_text(s, &plain, BEF_INK_SOFT, BEF_SHEET_LEFT, y, line.start, line.len);
	}
}

/* The head of the first sheet: the marking, the title whole, what it is and who wrote it. */
static void first_band(struct bef_sheets *s)
{
	struct bef_ruler mark = bef_sheets_ruler(s, true, 9), title = bef_sheets_ruler(s, true, 15);
	struct bef_ruler small = bef_sheets_ruler(s, false, 8.5);
	double width = bef_ruler_measure(&mark, s->tlp, strlen(s->tlp));
	double inside = BEF_SHEET_WIDTH - 24;
	int lines = bef_wrap_count(&title, s->title, inside, 8);
	int below = bef_wrap_count(&small, s->subtitle, inside, 6);
	double height = 44 + 19 * lines + 12 * below;
	double y = TOP + 14;
	struct bef_span line;
	const char *text = s->title;

	fill(s, BEF_INK_BAND, BEF_SHEET_LEFT, y - height, BEF_SHEET_WIDTH, height);
	fill(s, BEF_INK_WHITE, BEF_SHEET_LEFT + 12, y - 26, width + 12, 15);
	bef_sheets_text(s, &mark, BEF_INK_BAND, BEF_SHEET_LEFT + 18, y - 22, s->tlp, strlen(s->tlp));
	bef_wrap(&mark, s->draft, inside - width - 24, &line); /* why it is a draft, as much as fits beside the marking */
	bef_sheets_text(s, &mark, BEF_INK_WHITE, BEF_SHEET_LEFT + 36 + width, y - 22, line.start, line.len);
	y -= 46;
	for (int i = 0; i < lines && text; i++, y -= 19) {
		text = bef_wrap(&title, text, inside, &line);
		bef_sheets_text(s, &title, BEF_INK_WHITE, BEF_SHEET_LEFT + 12, y, line.start, line.len);
	}
	text = s->subtitle;
	for (int i = 0; i < below && text; i++, y -= 12) {
		text = bef_wrap(&small, text, inside, &line);
		bef_sheets_text(s, &small, BEF_INK_WHITE, BEF_SHEET_LEFT + 12, y + 2, line.start, line.len);
	}
	s->y = TOP + 14 - height - 8;
}

/* --- one after the other --- */

static bool remember(struct bef_sheets *s)
{
	HPDF_Page *all;

	if (s->count >= BEF_SHEETS_MOST)
		return false;
	if (s->count % 64 == 0) {
		all = realloc(s->all, (size_t)(s->count + 64) * sizeof(*all));
		if (!all)
			return false;
		s->all = all;
	}
	s->page = HPDF_AddPage(s->doc);
	if (!s->page)
		return false;
	s->all[s->count++] = s->page;
	return true;
}

void bef_sheets_turn(struct bef_sheets *s)
{
	s->y = TOP - 8;
	if (s->failed || !remember(s)) {
		s->failed = true;
		return;
	}
	HPDF_Page_SetSize(s->page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
	drill_band(s);
	foot(s);
	if (s->count == 1)
		first_band(s);
	else
		running_head(s);
}

double bef_sheets_room(const struct bef_sheets *s)
{
	return s->y - BOTTOM;
}

double bef_sheets_whole(const struct bef_sheets *s)
{
	(void)s;
	return TOP - 8 - BOTTOM;
}

void bef_sheets_need(struct bef_sheets *s, double height)
{
	if (bef_sheets_room(s) < height)
		bef_sheets_turn(s);
}

void bef_sheets_prose(struct bef_sheets *s, const struct bef_ruler *ruler, enum bef_ink ink, double leading, const char *text)
{
	struct bef_span line;

	while (text && !s->failed) {
		text = bef_wrap(ruler, text, BEF_SHEET_WIDTH, &line);
		bef_sheets_need(s, leading);
		bef_sheets_text(s, ruler, ink, BEF_SHEET_LEFT, s->y - ruler->size, line.start, line.len);
		s->y -= leading;
	}
}

void bef_sheets_mark(struct bef_sheets *s, int level, const char *text)
{
	HPDF_Encoder encoder = HPDF_GetEncoder(s->doc, s->regular.unicode ? "UTF-8" : "WinAnsiEncoding");
	HPDF_Destination here = HPDF_Page_CreateDestination(s->page);
	char *bytes = s->regular.unicode ? strdup(text) : bef_face_bytes(&s->regular, text, strlen(text));

	level = level < 2 ? 2 : level > 4 ? 4 : level;
	if (!bytes || !here) {
		s->failed = true;
		free(bytes);
		return;
	}
	s->above[level - 1] = HPDF_CreateOutline(s->doc, s->above[level - 2], bytes, encoder);
	for (int below = level; below < 4; below++)
		s->above[below] = s->above[level - 1];
	HPDF_Destination_SetXYZ(here, 0, (float)s->y + 4, 1);
	HPDF_Outline_SetDestination(s->above[level - 1], here);
	free(bytes);
}

/* --- from the first to the last --- */

static char *adapted(struct bef_sheets *s, const json_t *head, const char *key)
{
	const char *text = json_string_value(json_object_get(head, key));
	char *out = bef_face_adapt(&s->regular, text ? text : "");

	if (!out)
		s->failed = true;
	return out;
}

bool bef_sheets_open(struct bef_sheets *s, const json_t *head)
{
	HPDF_SetCompressionMode(s->doc, HPDF_COMP_ALL); /* of what is added from now on */
	if (!bef_faces_load(s->doc, json_is_true(json_object_get(head, "plain")), &s->regular, &s->bold))
		return false;
	s->title = adapted(s, head, "title");
	s->subtitle = adapted(s, head, "subtitle");
	s->tlp = adapted(s, head, "tlp");
	s->footer = adapted(s, head, "footer");
	s->draft = adapted(s, head, "draft");
	s->drill = adapted(s, head, "drill");
	if (s->failed)
		return false;
	HPDF_SetPageMode(s->doc, HPDF_PAGE_MODE_USE_OUTLINE);
	HPDF_SetInfoAttr(s->doc, HPDF_INFO_PRODUCER, "beffroi");
	bef_sheets_turn(s);
	return !s->failed;
}

bool bef_sheets_finish(struct bef_sheets *s)
{
	struct bef_ruler plain = bef_sheets_ruler(s, false, 8);
	char number[32];

	for (int i = 0; i < s->count; i++) {
		snprintf(number, sizeof(number), "%d / %d", i + 1, s->count);
		text_on(s, s->all[i], &plain, BEF_INK, RIGHT - bef_ruler_measure(&plain, number, strlen(number)),
		        BOTTOM - 22, number, strlen(number));
	}
	return !s->failed && HPDF_GetError(s->doc) == HPDF_OK;
}

void bef_sheets_close(struct bef_sheets *s)
{
	free(s->title);
	free(s->subtitle);
	free(s->tlp);
	free(s->footer);
	free(s->draft);
	free(s->drill);
	free(s->all);
}
