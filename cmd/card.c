/* SPDX-License-Identifier: EUPL-1.2 */
#include "card.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "out.h"

static void put_text(struct bef_app *app, const char *label, const char *text)
{
	BEF_AUTO(text) tame = { .max = 1 << 16 };

	if (!text || !*text)
		return;
	bef_text_tame(&tame, text, false);
	bef_put(app, BEF_PLAIN, "  ");
	if (*label)
		bef_put_cell(app, BEF_FAINT, 14, label);
	bef_wrap_text(app, BEF_PLAIN, *label ? 16 : 2, *label ? 16 : 2, &tame);
}

static void put_list(struct bef_app *app, const char *label, const json_t *list, const struct bef_words *words)
{
	BEF_AUTO(text) text = { .max = 4096 };

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *item = json_string_value(json_array_get(list, i));

		bef_text_printf(&text, "%s%s", i ? tr("; ") : "", words ? bef_word_label(words, item) : item ? item : "");
	}
	put_text(app, label, bef_text_str(&text));
}

static void put_title(struct bef_app *app, const struct bef_case *c, const struct bef_run *run,
                      const struct bef_step *step)
{
	const char *phase = bef_json_text(step->extension, "phase");
	BEF_AUTO(text) left = { .max = 1000 };

	bef_text_puts(&left, c->drill ? tr("[DRILL] ") : "");
	bef_text_short(&left, bef_playbook_text(run->playbook, "name"), 40);
	bef_text_printf(&left, tr(", step %d/%d"), step->number, run->playbook->numbered);
	if (phase)
		bef_text_printf(&left, ", %s", bef_step_phase_label(phase));
	bef_rule(app, bef_text_str(&left), bef_word_label(&bef_roles, bef_step_role(step)));
}

static void put_who_and_when(struct bef_app *app, const struct bef_case *c, const struct bef_mark *mark)
{
	int64_t now_ms = app->desk.pen.now_ms;
	char due[BEF_DATE_SIZE], left[BEF_DATE_SIZE];
	BEF_AUTO(text) text = { .max = 1000 };

	if (mark->assigned)
		put_text(app, tr("Assigned to"), bef_line_text(mark->assigned, "to"));
	if (mark->not_before_ms > now_ms)
		put_text(app, tr("Not before"), bef_date_format(mark->not_before_ms, c->zone, BEF_DATE_DAY, due));
	if (!mark->due_at_ms)
		return;
	bef_span_format(mark->due_at_ms - now_ms, left);
	bef_text_printf(&text, mark->due_at_ms < now_ms ? tr("%s: LATE by %s") : tr("%s, %s left"),
	                bef_date_format(mark->due_at_ms, c->zone, BEF_DATE_DAY, due), left);
	put_text(app, tr("Before"), bef_text_str(&text));
}

static void put_cases(struct bef_app *app, const struct bef_step *step)
{
	BEF_AUTO(text) text = { .max = 4096 };

	for (int i = 0; i < step->way_count; i++)
		bef_text_printf(&text, "%s%.100s", i ? ", " : "", step->way[i].value);
	put_text(app, tr("CHOICE"), bef_text_str(&text));
}

/* A text with the values of the variables that it names. */
static void put_expanded(struct bef_app *app, const struct bef_run *run, int at, const char *label, const char *field)
{
	const char *text = bef_step_text(&run->playbook->step[at], field);
	BEF_AUTO(text) expanded = { .max = 1 << 16 };

	if (!text)
		return;
	bef_run_expand(run, at, text, &expanded);
	put_text(app, label, bef_text_str(&expanded));
}

/* What other tools would run is shown as an instruction, with the kind of command it is. */
static void put_commands(struct bef_app *app, const struct bef_run *run, int at)
{
	const struct bef_step *step = &run->playbook->step[at];
	size_t count = json_array_size(json_object_get(step->json, "commands"));

	for (size_t i = 0; i < count; i++) {
		BEF_AUTO(text) text = { .max = BEF_PLAYBOOK_MOST };
		BEF_AUTO(text) expanded = { .max = 2 * BEF_PLAYBOOK_MOST };
		const char *type;

		if (!bef_step_command(step, i, &type, &text))
			continue;
		bef_run_expand(run, at, bef_text_str(&text), &expanded);
		put_text(app, strcmp(type, "manual") == 0 ? "" : type, bef_text_str(&expanded));
	}
}

void bef_card(struct bef_app *app, const struct bef_case *c, const struct bef_run *run, int at, bool whole)
{
	const struct bef_step *step = &run->playbook->step[at];
	const struct bef_mark *mark = &run->mark[at];
	BEF_AUTO(text) plain = { .max = 1 << 16 };
	BEF_AUTO(text) name = { .max = 1 << 18 };

	put_title(app, c, run, step);
	bef_put(app, BEF_PLAIN, "  ");
	bef_run_expand(run, at, bef_step_text(step, "name"), &plain);
	bef_text_tame(&name, bef_text_str(&plain), true);
	if (step->mandatory)
		bef_text_printf(&name, " %s", tr("[mandatory]"));
	bef_wrap_text(app, BEF_STRONG, 2, 2, &name);
	put_expanded(app, run, at, "", "text");
	if (!bef_step_is_ours(step))
		put_commands(app, run, at);
	if (step->type == BEF_STEP_IF || step->type == BEF_STEP_WHILE)
		put_text(app, tr("QUESTION"), bef_step_text(step, "question"));
	if (step->type == BEF_STEP_SWITCH)
		put_cases(app, step);
	put_expanded(app, run, at, tr("Done when"), "done_when");
	put_text(app, tr("Proof"), bef_step_text(step, "proof"));
	put_expanded(app, run, at, tr("Do not"), "do_not");
	if (whole) {
		put_text(app, tr("Why"), bef_step_text(step, "why"));
		put_text(app, tr("To reverse"), bef_step_text(step, "undo"));
		put_list(app, tr("With"), json_object_get(step->extension, "roles"), &bef_roles);
		put_list(app, tr("Sources"), json_object_get(step->extension, "sources"), NULL);
	}
	put_who_and_when(app, c, mark);
	if (mark->status == BEF_STEP_BLOCKED)
		put_text(app, tr("FAILED"), bef_line_text(mark->line, "text"));
}

/* "at 06:41"; of another day, that day too. */
static void put_instant(const struct bef_pen *pen, int64_t at_ms, struct bef_text *out)
{
	char then[BEF_DATE_SIZE], today[BEF_DATE_SIZE], clock[BEF_DATE_SIZE];

	bef_date_format(at_ms, pen->zone, BEF_DATE_DAY, then);
	bef_date_format(pen->now_ms, pen->zone, BEF_DATE_DAY, today);
	bef_date_format(at_ms, pen->zone, BEF_DATE_CLOCK, clock);
	if (strncmp(then, today, strlen(then) - strlen(clock)) == 0)
		bef_text_printf(out, tr("at %s"), clock);
	else
		bef_text_printf(out, tr("on %s"), then);
}

enum bef_rc bef_card_done(struct bef_app *app, const struct bef_done *done, const struct bef_step_saying *what,
                          const char *told, struct bef_err *err)
{
	const struct bef_pen *pen = &app->desk.pen;
	BEF_AUTO(text) became = { .max = 2000 };
	BEF_AUTO(text) when = { .max = 200 };
	BEF_AUTO(text) text = { .max = 4000 };

	bef_text_puts(&became, told);
	if (what->to)
		bef_text_printf(&became, " %s", what->to);
	put_instant(pen, what->happened_at_ms ? what->happened_at_ms : pen->now_ms, &when);
	if (*what->playbook)
		bef_text_printf(&text, "%s, ", what->playbook);
	bef_text_printf(&text, tr("step %d %s %s by %s (#%u): %s"), what->number, bef_text_str(&became), bef_text_str(&when),
	                app->g.by ? app->g.by : pen->author, done->number, what->name);
	return bef_put_done(app, done, "step", err, "%s", bef_text_str(&text));
}
