/* SPDX-License-Identifier: EUPL-1.2 */
/* What the watch reminded of, once a limit: actions, steps, decisions.  Legal limits are in kind_clock.c. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"

#define TEXT_OF(line, name, fallback) bef_json_text_or(bef_line_body(line), name, fallback)

static const struct bef_field due_fields[] = {
	{ "about", BEF_FIELD_ID, true, NULL },    /* the action, the decision, the asset, or the run of the step */
	{ "what", BEF_FIELD_WORD, true, &bef_due_sorts },
	{ "step", BEF_FIELD_LINE, false, NULL },
	{ "limit", BEF_FIELD_TIME, true, NULL },
	{ NULL, 0, false, NULL },
};

static bool fold_due(struct bef_case *c, struct bef_line *line)
{
	const struct bef_line **reminder = bef_case_grow(&c->reminder, &c->reminder_count, sizeof(*reminder));

	if (reminder)
		*reminder = line;
	return reminder != NULL;
}

bool bef_case_reminded(const struct bef_case *c, const struct bef_line *about, const char *step, int64_t limit_ms)
{
	for (size_t i = 0; i < c->reminder_count; i++) {
		const struct bef_line *line = c->reminder[i];
		const char *of = bef_line_text(line, "step");

		if (bef_line_int(line, "limit") == limit_ms && bef_line_target(c, line, "about") == about &&
		    (step ? of && strcmp(of, step) == 0 : !of))
			return true;
	}
	return false;
}

static void say_due(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	const struct bef_line *about = bef_line_target(c, line, "about");
	char when[BEF_DATE_SIZE];

	bef_date_format(bef_line_int(line, "limit"), c->zone, BEF_DATE_DAY, when);
	bef_text_printf(out, tr("reminder, %s (%s): "), bef_word_label(&bef_due_sorts, TEXT_OF(line, "what", "")), when);
	if (bef_line_text(line, "step"))
		bef_text_puts(out, TEXT_OF(line, "step", ""));
	else if (about)
		bef_line_say(c, about, out);
}

const struct bef_kind bef_kind_due_reminded = {
	.name = "due.reminded",
	.label = N_("reminder"),
	.flags = BEF_KIND_SYSTEM | BEF_KIND_FOLLOWS,
	.fields = due_fields,
	.fold = fold_due,
	.say = say_due,
};
