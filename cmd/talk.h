/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The guided run: a conversation, not a full screen.  One card is printed, one
 * line is read.  It works over a phone's SSH, a pipe and a screen reader; there
 * is nothing to restore after a crash, since each answer is an entry.
 */
#include "app.h"

struct bef_talking {
	unsigned started; /* entry that started the playbook wanted, or 0: the one with the most urgent step */
	bool from_paper;
};

/* Follow a playbook that is going on, from where it stands, until the person leaves or it is
 * finished.  BEF_NOT_FOUND: none is going on.  BEF_INTERRUPTED: Ctrl-C. */
enum bef_rc bef_talk_run(struct bef_app *app, const struct bef_talking *how, struct bef_err *err) BEF_MUST_CHECK;
