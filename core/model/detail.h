/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Why an attempt at delivering an alert failed, in the reader's language.
 *
 * Whoever judges an attempt (the network program, the formats, the sending
 * itself) writes one English line, which is stored as it is: in the journal,
 * in the outbox and in JSON there is one record whatever language the writer
 * had.  It is said otherwise only where somebody reads it.
 *
 * Sentences without holes are marked with N_() where they are written, and
 * looked up whole.  Those with a host, a number or a reason in them are taken
 * apart by the forms of detail.c.
 */
#include "base/text.h"

/* Add `detail` in the chosen language; as it is when it fits no form, as a line of another version may. */
void bef_detail_say(const char *detail, struct bef_text *out);
