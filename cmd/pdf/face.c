/* SPDX-License-Identifier: EUPL-1.2 */
#include "face.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bidi.h"

/* Folders and files of fonts that have French, Greek, Cyrillic, Hebrew and Arabic letters, arrows and ticks. */
static const struct {
	const char *regular, *bold;
} files[] = {
	{ "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf" },
	{ "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf", "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans-Bold.ttf" },
	{ "/usr/share/fonts/TTF/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans-Bold.ttf" },
	{ "/usr/share/fonts/dejavu/DejaVuSans.ttf", "/usr/share/fonts/dejavu/DejaVuSans-Bold.ttf" },
};

static bool load(HPDF_Doc doc, const char *file, struct bef_face *face)
{
	const char *name = HPDF_LoadTTFontFromFile(doc, file, HPDF_TRUE);

	face->font = name ? HPDF_GetFont(doc, name, "UTF-8") : NULL;
	face->unicode = true;
	return face->font != NULL;
}

static void forget_widths(struct bef_face *face)
{
	memset(face->width, 0xff, sizeof(face->width));
}

bool bef_faces_load(HPDF_Doc doc, bool plain, struct bef_face *regular, struct bef_face *bold)
{
	forget_widths(regular);
	forget_widths(bold);
	if (HPDF_UseUTFEncodings(doc) != HPDF_OK)
		return false;
	for (size_t i = 0; !plain && i < sizeof(files) / sizeof(*files); i++) {
		if (access(files[i].regular, R_OK) != 0 || access(files[i].bold, R_OK) != 0)
			continue;
		if (load(doc, files[i].regular, regular) && load(doc, files[i].bold, bold))
			return true;
		HPDF_ResetError(doc); /* a damaged file: the next, or none */
	}
	regular->unicode = bold->unicode = false;
	regular->font = HPDF_GetFont(doc, "Helvetica", "WinAnsiEncoding");
	bold->font = HPDF_GetFont(doc, "Helvetica-Bold", "WinAnsiEncoding");
	return regular->font && bold->font;
}

int bef_face_width(void *arg, uint32_t c)
{
	struct bef_face *face = arg;

	if (bef_bidi_is_mark(c))
		return 0;
	if (c > 0xffff)
		c = 0xfffd;
	if (face->width[c] < 0) {
		int width = HPDF_Font_GetUnicodeWidth(face->font, (HPDF_UNICODE)c);

		face->width[c] = (int16_t)(width < 0 ? 0 : width > 4000 ? 4000 : width);
	}
	return face->width[c];
}

/* --- what the fonts of every reader lack --- */

/* Windows-1252: what its bytes 0x80 to 0x9f mean; 0 for none. */
static const uint16_t high[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

/* The byte of a character in Windows-1252; 0: it has none. */
static unsigned char byte_of(uint32_t c)
{
	if (c == '\n' || (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c <= 0xff))
		return (unsigned char)c;
	for (unsigned i = 0; i < 32; i++)
		if (c && high[i] == c)
			return (unsigned char)(0x80 + i);
	return 0;
}

static const char *instead_of(uint32_t c)
{
	static const struct {
		uint32_t c;
		const char *text;
	} table[] = {
		{ 0x202f, "\u00a0" }, { 0x2009, " " }, { 0x200a, " " }, { 0x2002, " " }, { 0x2003, " " },
		{ 0x2010, "-" }, { 0x2011, "-" }, { 0x2012, "\u2013" }, { 0x2212, "-" }, { 0x2190, "<-" },
		{ 0x2192, "->" }, { 0x21d2, "=>" }, { 0x2264, "<=" }, { 0x2265, ">=" }, { 0x2260, "!=" },
		{ 0x2713, "x" }, { 0x2714, "x" }, { 0x2611, "[x]" }, { 0x2610, "[ ]" }, { 0x2717, "[!]" },
		{ 0x26a0, "/!\\" }, { 0x25cf, "\u2022" }, { 0x2500, "-" }, { 0x2044, "/" }, { 0x2116, "n\u00b0" },
		{ 0xfb01, "fi" }, { 0xfb02, "fl" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (table[i].c == c)
			return table[i].text;
	return c >= 0x300 && c < 0x370 ? "" : "?"; /* accents apart from their letter */
}

/* With characters that the face has only. */
static char *replaced(const struct bef_face *face, const char *text)
{
	char *out = malloc(3 * strlen(text) + 1); /* nothing becomes longer than three times what it was */
	char *to = out;
	size_t n;

	if (!out)
		return NULL;
	for (; *text; text += n) {
		uint32_t c = bef_char_at(text, &n);
		const char *instead = NULL;

		if (face->unicode)
			instead = c > 0xffff ? "\ufffd" : c == '\t' ? " " : NULL;
		else if (!byte_of(c))
			instead = instead_of(c);
		memcpy(to, instead ? instead : text, instead ? strlen(instead) : n);
		to += instead ? strlen(instead) : n;
	}
	*to = '\0';
	return out;
}

char *bef_face_adapt(const struct bef_face *face, const char *text)
{
	char *plain = replaced(face, text);
	char *shaped = plain && face->unicode ? bef_bidi_shape(plain) : NULL;

	if (plain && !face->unicode)
		return plain;
	free(plain);
	return shaped;
}

/* --- as the font wants it --- */

char *bef_face_codes(struct bef_face *face, const struct bef_span *line)
{
	static const char hex[] = "0123456789ABCDEF";
	char *visual = bef_bidi_visual(line);
	char *out = visual ? malloc(4 * strlen(visual) + sizeof("<> Tj\n")) : NULL;
	char *to = out;
	size_t n;

	if (out)
		*to++ = '<';
	for (const char *c = visual; out && *c; c += n) {
		uint32_t value = bef_char_at(c, &n);

		bef_face_width(face, value); /* used from now on */
		if (!face->unicode)
			value = byte_of(value);
		for (int shift = face->unicode ? 12 : 4; shift >= 0; shift -= 4)
			*to++ = hex[value >> shift & 15];
	}
	if (out)
		memcpy(to, "> Tj\n", sizeof("> Tj\n"));
	free(visual);
	return out;
}
