/* SPDX-License-Identifier: EUPL-1.2 */
/* The guided run: text typed where it could not be used.  Declared in talk_parts.h. */
#include <stdio.h>
#include <string.h>

#include "act/draft.h"
#include "base/i18n.h"
#include "out.h"
#include "talk_parts.h"

/* One word is a slip of the finger, several are something that somebody wanted to say. */
static bool keep(struct talk *t, const char *typed)
{
	if (!strchr(typed, ' '))
		return false;
	snprintf(t->stray, sizeof(t->stray), "%.*s", (int)bef_utf8_cut(typed, sizeof(t->stray) - 1), typed);
	bef_talk(t->app, "%s", tr("  To keep it as a note: n, then Enter."));
	return true;
}

void bef_talk_stray(struct talk *t, const char *typed)
{
	BEF_AUTO(text) shown = { .max = 400 };

	bef_text_short(&shown, typed, 40);
	bef_talk(t->app, tr("  '%s' is no key of this card; ? lists them"), bef_text_str(&shown));
	keep(t, typed);
}

void bef_talk_stray_refused(struct talk *t, const char *typed)
{
	if (!typed || !keep(t, typed))
		bef_desk_draft_drop(&t->app->desk);
}

/* A draft that was seen and passed by is not brought up again by every later command. */
void bef_talk_forget(struct talk *t)
{
	if (*t->stray)
		bef_desk_draft_drop(&t->app->desk);
	t->stray[0] = '\0';
}
