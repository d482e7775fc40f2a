/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The letters: an embedded Unicode font of the system where there is one, else
 * the fonts that every reader has, with what they lack written otherwise.
 */
#include <hpdf.h>
#include <stdbool.h>

#include "wrap.h"

struct bef_face {
	HPDF_Font font;
	bool unicode;
	int16_t width[65536]; /* thousandths, once asked; -1 before */
};

/* Load the two faces of a document: those of the first folder that holds both, else (or if `plain`) Helvetica.
 * False: the document is unusable. */
bool bef_faces_load(HPDF_Doc doc, bool plain, struct bef_face *regular, struct bef_face *bold);

/* For a ruler; its arg is the face. */
bef_width_fn bef_face_width;

/* Rewrite `text` with characters that the face has only, letters joined where they join, all still in reading
 * order; NULL: no memory.  The caller frees. */
char *bef_face_adapt(const struct bef_face *face, const char *text);

/* The PDF operator that shows a line of adapted text, from left to right as it stands on paper; NULL: no
 * memory.  The caller frees. */
char *bef_face_codes(struct bef_face *face, const struct bef_span *line);
