/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What a reader's program is told beside the pages: title and language of the
 * document, and its bookmarks.
 */
#include "sheet.h"

/* Title and language, from the members of `head`, as they were written. */
void bef_about_tell(struct bef_sheets *s, const json_t *head);
/* A bookmark to where the next thing goes; `text` as it was written. */
void bef_about_mark(struct bef_sheets *s, int level, const char *text);
