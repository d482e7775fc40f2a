/* SPDX-License-Identifier: EUPL-1.2 */
#include "sheet.h"

#include <hpdf_pages.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "about.h"
#include "band.h"
#include "embed.h"
#include "hold.h"

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

void bef_sheets_rule(struct bef_sheets *s, enum bef_ink ink, double thickness, double x, double y, double width)
{
	bef_sheets_ink(s, ink);
	HPDF_Page_Rectangle(s->page, (float)x, (float)y, (float)width, (float)thickness);
	HPDF_Page_Fill(s->page);
}

void bef_sheets_stroke(struct bef_sheets *s, enum bef_ink ink, double thickness)
{
	HPDF_Page_SetRGBStroke(s->page, inks[ink][0], inks[ink][1], inks[ink][2]);
	HPDF_Page_SetLineWidth(s->page, (float)thickness);
}

/* --- text --- */

static void put(struct bef_sheets *s, const struct bef_ruler *ruler, enum bef_ink ink, double x, double y,
                const struct bef_span *line)
{
	struct bef_face *face = ruler->arg;
	HPDF_PageAttr page = s->page->attr;
	char *codes = line->len ? bef_face_codes(face, line) : NULL;

	s->failed = s->failed || (line->len && !codes);
	if (!codes)
		return;
	bef_sheets_ink(s, ink);
	HPDF_Page_BeginText(s->page);
	HPDF_Page_SetFontAndSize(s->page, face->font, (float)ruler->size);
	HPDF_Page_MoveTextPos(s->page, (float)x, (float)y);
	/* Not by libharu's own function, which does not bear a refusal of memory either. */
	HPDF_Stream_WriteStr(page->stream, codes);
	HPDF_Page_EndText(s->page);
	free(codes);
}

void bef_sheets_lines(struct bef_sheets *s, const struct bef_ruler *ruler, enum bef_ink ink, const struct bef_place *place,
                      struct bef_flow *flow)
{
	struct bef_span line;
	double x;

	for (int i = 0; i < place->most && flow->next && !s->failed; i++) {
		s->failed = !bef_flow_line(flow, ruler, place->width, &line);
		if (s->failed)
			return;
		x = place->x;
		if (place->from_right || line.rtl)
			x += place->width - bef_ruler_measure(ruler, line.start, line.len);
		put(s, ruler, ink, x, place->y - i * place->leading, &line);
	}
}

void bef_sheets_passage(struct bef_sheets *s, const struct bef_ruler *ruler, enum bef_ink ink,
                        const struct bef_place *place, const char *text)
{
	struct bef_flow flow;

	bef_flow_begin(&flow, text);
	bef_sheets_lines(s, ruler, ink, place, &flow);
	bef_flow_end(&flow);
}

void bef_sheets_text(struct bef_sheets *s, const struct bef_ruler *ruler, enum bef_ink ink, double x, double y,
                     const char *text)
{
	struct bef_flow flow;
	struct bef_span line;

	bef_flow_begin(&flow, text);
	if (bef_flow_line(&flow, ruler, 1e9, &line))
		put(s, ruler, ink, x, y, &line);
	else
		s->failed = true;
	bef_flow_end(&flow);
}

void bef_sheets_prose(struct bef_sheets *s, const struct bef_ruler *ruler, enum bef_ink ink, double leading, const char *text)
{
	struct bef_place place = { .x = BEF_SHEET_LEFT, .width = BEF_SHEET_WIDTH, .most = 1 };
	int left = bef_wrap_count(ruler, text, BEF_SHEET_WIDTH, 1 << 20);
	int together = left == 3 ? 3 : 2; /* at the start, and at the end */
	struct bef_flow flow;

	bef_flow_begin(&flow, text);
	for (int i = 0; flow.next && !s->failed; i++, left--) {
		bef_sheets_need(s, leading * (i == 0 || left == 2 ? left < together ? left : together : 1));
		place.y = s->y - ruler->size;
		bef_sheets_lines(s, ruler, ink, &place, &flow);
		s->y -= leading;
	}
	bef_flow_end(&flow);
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
	s->y = BEF_SHEET_TOP - 8;
	if (s->failed || !remember(s)) {
		s->failed = true;
		return;
	}
	HPDF_Page_SetSize(s->page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
	bef_band_draw(s);
}

double bef_sheets_room(const struct bef_sheets *s)
{
	return s->y - BEF_SHEET_BOTTOM;
}

double bef_sheets_whole(const struct bef_sheets *s)
{
	(void)s;
	return BEF_SHEET_TOP - 8 - BEF_SHEET_BOTTOM;
}

void bef_sheets_need(struct bef_sheets *s, double height)
{
	if (bef_sheets_room(s) < height)
		bef_sheets_turn(s);
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
	bef_about_tell(s, head);
	bef_sheets_turn(s);
	return !s->failed;
}

bool bef_sheets_finish(struct bef_sheets *s)
{
	struct bef_ruler plain = bef_sheets_ruler(s, false, 8);
	const struct bef_place place = { BEF_SHEET_LEFT, BEF_SHEET_BOTTOM - 22, BEF_SHEET_WIDTH, 0, 1, true };
	char number[32];

	for (int i = 0; i < s->count; i++) {
		snprintf(number, sizeof(number), "%d / %d", i + 1, s->count);
		s->page = s->all[i];
		bef_sheets_passage(s, &plain, BEF_INK, &place, number);
	}
	bef_embed_finish(&s->regular);
	bef_embed_finish(&s->bold);
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
	bef_hold_drop(s);
}
