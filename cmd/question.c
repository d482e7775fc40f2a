/* SPDX-License-Identifier: EUPL-1.2 */
#include "question.h"

#include <ctype.h>

#include "ask.h"
#include "base/i18n.h"
#include "out.h"

/* What is left of a line to type in is worth a third of it. */
static void make_prompt(struct bef_app *app, const char *question, const char *enter, struct bef_text *prompt)
{
	BEF_AUTO(text) whole = { .max = 4 * BEF_PROSE_MOST };

	bef_text_puts(&whole, question);
	if (enter)
		bef_text_printf(&whole, " [%s]", enter);
	bef_text_clear(prompt);
	if (3 * (bef_text_width(bef_text_str(&whole)) + 5) <= 2 * (size_t)app->width) {
		bef_text_printf(prompt, "  %s > ", bef_text_str(&whole));
		return;
	}
	bef_put(app, BEF_PLAIN, "  ");
	bef_wrap_text(app, BEF_PLAIN, 2, 2, &whole);
	bef_text_puts(prompt, "  > ");
}

static bool is_key(const struct bef_text *line, char key)
{
	size_t len;
	const char *typed = bef_trim(bef_text_str(line), &len);

	return len == 1 && tolower((unsigned char)*typed) == key;
}

enum bef_rc bef_question(struct bef_app *app, const char *question, const char *enter, struct bef_text *out,
                         enum bef_reply *answer, struct bef_err *err)
{
	BEF_AUTO(text) prompt = { .max = 4000 };
	enum bef_rc rc;

	*answer = BEF_REPLIED;
	for (;;) {
		make_prompt(app, question, enter, &prompt);
		out->max = BEF_PROSE_MOST;
		rc = bef_ask_line(app, bef_text_str(&prompt), out, err);
		if (rc || !is_key(out, '?'))
			break;
		bef_talk(app, "%s", tr("  Type the answer, then Enter. What stands in brackets is what Enter alone does. < goes back without recording anything, q leaves."));
	}
	if (rc == BEF_OK)
		*answer = is_key(out, '<') ? BEF_REPLY_BACK : is_key(out, 'q') ? BEF_REPLY_LEAVE : BEF_REPLIED;
	return rc;
}
