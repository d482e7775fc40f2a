/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Drafts: what somebody typed and that is not recorded yet, in the account's
 * state directory.  A command that fails, or is killed, leaves its own there.
 */
#include "act/desk.h"

/* What was typed, on disk before anything can fail.  Each command keeps its own, so that none
 * overwrites what another could not record.  Never fails the caller: false if it could not be kept. */
bool bef_desk_draft_keep(struct bef_desk *desk, const char *text);
/* It is recorded: drop it, and what an earlier command left of the same text. */
void bef_desk_draft_drop(const struct bef_desk *desk);
/* The same for a text that was recorded without having been kept. */
void bef_desk_draft_drop_same(const struct bef_desk *desk, const char *text);
typedef void bef_draft_fn(void *arg, const char *path, const char *text);
/* Call `fn` for each text left by a command that is over. */
void bef_desk_drafts_left(const struct bef_desk *desk, bef_draft_fn *fn, void *arg);
/* Drop every draft that holds these bytes of a JSON string. */
void bef_desk_draft_scour(const struct bef_desk *desk, const char *bytes);
/* The draft's path, for messages. */
void bef_desk_draft_path(const struct bef_desk *desk, char out[BEF_PATH]);
