/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What libharu (2.3.0) leaves undone in a font that it embeds.  Its ToUnicode
 * map maps nothing (it has a cidrange, which only an encoding may have), so
 * that readers warn and guess; and of a glyph made of others, which may be made
 * of others again, only the first two floors reach the file.
 */
#include "face.h"

/* At the end, when it is known which characters were used; a failure is noted by the document. */
void bef_embed_finish(struct bef_face *face);
