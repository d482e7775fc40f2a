/* SPDX-License-Identifier: EUPL-1.2 */
#include "embed.h"

#include <stdio.h>

#include "bidi.h"

/* --- which letters a shape stands for --- */

/* A code of ours is the character itself (PDF 1.7, 9.10.3: a hundred of them a block at most). */
static void tell_letters(HPDF_Stream to, const struct bef_face *face)
{
	uint32_t used[100], c = 1;
	char line[48];
	int count;

	do {
		for (count = 0; c < 65536 && count < 100; c++)
			if (face->width[c] >= 0 || bef_bidi_is_mark(c)) /* these are never measured */
				used[count++] = c;
		snprintf(line, sizeof(line), "%d beginbfchar\n", count);
		HPDF_Stream_WriteStr(to, count ? line : "");
		for (int i = 0; i < count; i++) {
			snprintf(line, sizeof(line), "<%04X> <%04X>\n", used[i], bef_bidi_letter(used[i]));
			HPDF_Stream_WriteStr(to, line);
		}
		HPDF_Stream_WriteStr(to, count ? "endbfchar\n" : "");
	} while (count == 100);
}

static void replace_map(const struct bef_face *face)
{
	HPDF_Dict map = HPDF_Dict_GetItem(face->font, "ToUnicode", HPDF_OCLASS_DICT);

	if (!map || !map->stream)
		return;
	HPDF_MemStream_FreeData(map->stream);
	HPDF_Stream_WriteStr(map->stream,
	                     "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
	                     "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
	                     "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
	                     "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
	tell_letters(map->stream, face);
	HPDF_Stream_WriteStr(map->stream, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

/* --- what a glyph is made of --- */

/* Of the flags of a part (OpenType, glyf table). */
enum { WORDS = 1, SCALE = 8, MORE = 0x20, SCALES = 0x40, MATRIX = 0x80 };

/* The next number of two bytes; 0 past the end. */
static unsigned number(HPDF_Stream from)
{
	HPDF_BYTE bytes[2] = { 0, 0 };
	HPDF_UINT len = 2;

	return HPDF_Stream_Read(from, bytes, &len) == HPDF_OK && len == 2 ? bytes[0] << 8u | bytes[1] : 0;
}

/* Mark the parts of a glyph as used.  True if one was not before. */
static bool use_parts(HPDF_TTFontDefAttr font, unsigned glyph)
{
	HPDF_UINT32 unit = font->header.index_to_loc_format == 0 ? 2 : 1;
	HPDF_UINT32 at = font->glyph_tbl.offsets[glyph] * unit, end = font->glyph_tbl.offsets[glyph + 1] * unit;
	unsigned flags, part, left = 64;
	bool news = false;

	if (end <= at || HPDF_Stream_Seek(font->stream, (HPDF_INT)(font->glyph_tbl.base_offset + at), HPDF_SEEK_SET) != HPDF_OK ||
	    number(font->stream) < 0x8000)
		return false; /* an outline of its own */
	for (int i = 0; i < 4; i++)
		number(font->stream); /* its box */
	do {
		flags = number(font->stream);
		part = number(font->stream);
		for (int skip = (flags & WORDS ? 2 : 1) + (flags & SCALE ? 1 : flags & SCALES ? 2 : flags & MATRIX ? 4 : 0); skip > 0; skip--)
			number(font->stream);
		if (part < font->num_glyphs && !font->glyph_tbl.flgs[part]) {
			font->glyph_tbl.flgs[part] = 1;
			news = true;
		}
	} while (flags & MORE && --left > 0);
	return news;
}

static void use_all_parts(const struct bef_face *face)
{
	HPDF_FontAttr attr = face->font->attr;
	HPDF_TTFontDefAttr font = attr->fontdef->attr;
	bool news = true;

	while (news) {
		news = false;
		for (unsigned glyph = 0; glyph < font->num_glyphs; glyph++)
			if (font->glyph_tbl.flgs[glyph])
				news = use_parts(font, glyph) || news;
	}
}

void bef_embed_finish(struct bef_face *face)
{
	if (!face->unicode)
		return;
	use_all_parts(face);
	replace_map(face);
}
