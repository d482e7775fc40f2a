/* SPDX-License-Identifier: EUPL-1.2 */
/* The guided run on the screen: the card, what else can be done, the keys.  Declared in talk_parts.h. */
#include "base/i18n.h"
#include "card.h"
#include "next.h"
#include "out.h"
#include "talk_parts.h"

static const struct {
	const char *words;
	enum bef_key key;
	const char *label; /* through tr() */
} keys[] = {
	{ "v,voir,view", BEF_KEY_VIEW, N_("[v]iew all") },
	{ "<,retour,back", BEF_KEY_BACK, N_("[<] back") },
	{ "r,autre,other", BEF_KEY_OTHER, N_("[r] other playbook") },
	{ "?,aide,help", BEF_KEY_HELP, N_("[?]") },
	{ "q,quitter,quit", BEF_KEY_QUIT, N_("[q]uit") },
};

enum bef_key bef_talk_key(const char *typed)
{
	char folded[64];

	bef_fold(typed, folded, sizeof(folded));
	if (!*folded)
		return BEF_KEY_AGAIN;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (bef_word_in_list(keys[i].words, folded))
			return keys[i].key;
	return bef_number(typed) ? BEF_KEY_NUMBER : BEF_KEY_UNKNOWN;
}

static void add_label(struct bef_text *line, const char *label)
{
	bef_text_printf(line, "%s%s", line->len ? " " : "", tr(label));
}

/* The next run that goes on, going round; this one if there is no other. */
int bef_talk_next_run(const struct talk *t)
{
	int count = (int)t->c->run_count;

	for (int i = 1; i < count; i++)
		if (bef_run_going_on(&t->c->run[(t->run + i) % count]) && bef_run_next(&t->c->run[(t->run + i) % count]) >= 0)
			return (t->run + i) % count;
	return t->run;
}

static void put_footer(struct talk *t)
{
	enum bef_step_type type = t->c->run[t->run].playbook->step[t->at].type;
	BEF_AUTO(text) line = { .max = 400 };

	for (const struct bef_gesture *row = bef_gestures; row->words; row++)
		if (bef_gesture_fits(row, type))
			add_label(&line, row->label);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (keys[i].key != BEF_KEY_OTHER || bef_talk_next_run(t) != t->run)
			add_label(&line, keys[i].label);
	bef_put(t->app, BEF_PLAIN, "  ");
	bef_wrap_text(t->app, BEF_FAINT, 2, 2, &line);
}

/* "Ransomware, 2 Unplug the machines (karim), before Sun 22 Nov 02:15": the playbook and the time of one
 * of another playbook, whose number alone would mean a step of this one. */
static void add_other(const struct talk *t, const struct bef_task *task, struct bef_text *line)
{
	const struct bef_run *run = &t->c->run[task->run];
	const struct bef_mark *mark = &run->mark[task->at];
	const struct bef_step *step = &run->playbook->step[task->at];
	char due[BEF_DATE_SIZE];

	bef_text_puts(line, line->len ? tr("; ") : tr("At the same time: "));
	if (task->run != t->run)
		bef_text_printf(line, "%s, ", bef_playbook_text(run->playbook, "name"));
	bef_text_printf(line, "%d ", step->number);
	bef_text_short(line, bef_step_text(step, "name"), 60);
	if (mark->assigned)
		bef_text_printf(line, " (%s)", bef_line_text(mark->assigned, "to"));
	if (task->run != t->run)
		bef_text_printf(line, tr(", before %s"), bef_date_format(mark->due_at_ms, t->c->zone, BEF_DATE_DAY, due));
}

/* What else could be done now, for those who work in parallel; of other playbooks, what is due before this
 * step is. */
static void put_others(struct talk *t)
{
	int64_t due_at_ms = t->c->run[t->run].mark[t->at].due_at_ms;
	BEF_AUTO(text) line = { .max = 8000 };
	struct bef_task task[40];
	size_t count = bef_case_tasks(t->c, NULL, task, sizeof(task) / sizeof(*task));

	for (size_t i = 0; i < count; i++) {
		int64_t theirs_ms = t->c->run[task[i].run].mark[task[i].at].due_at_ms;
		bool ours = task[i].run == t->run;

		if (ours ? task[i].at != t->at : theirs_ms && (!due_at_ms || theirs_ms < due_at_ms))
			add_other(t, &task[i], &line);
	}
	if (line.len) {
		bef_put(t->app, BEF_PLAIN, "  ");
		bef_wrap_text(t->app, BEF_PLAIN, 2, 4, &line);
	}
}

void bef_talk_card(struct talk *t, bool whole)
{
	bef_card(t->app, t->c, &t->c->run[t->run], t->at, whole);
	put_others(t);
	put_footer(t);
}

/* The last step that was settled, with what was said of it. */
void bef_talk_back(struct talk *t)
{
	const struct bef_run *run = &t->c->run[t->run];
	const struct bef_line *last = NULL;
	int at = -1;

	for (int i = 0; i < run->playbook->step_count; i++)
		if (run->mark[i].line && (!last || run->mark[i].line->number > last->number)) {
			last = run->mark[i].line;
			at = i;
		}
	if (at < 0) {
		bef_talk(t->app, "%s", tr("  Nothing was done before this one."));
		return;
	}
	bef_card(t->app, t->c, run, at, false);
	bef_put(t->app, BEF_PLAIN, "  #%u %s\n", last->number, bef_sentence(t->c, last));
	bef_talk(t->app, tr("  To go back on it: beffroi undo %u"), last->number);
}

void bef_talk_help(struct talk *t)
{
	static const struct {
		const char *key, *what;
	} lines[] = {
		{ N_("d or f"), N_("done; the proof is asked where one is wanted") },
		{ N_("s or p"), N_("skip, with a reason; a mandatory step needs a second person") },
		{ "x", N_("failed, with a reason; the playbook's other way is taken if it has one") },
		{ N_("yes, no"), N_("answer a question") },
		{ N_("c, a case"), N_("answer a choice") },
		{ N_("start"), N_("open the playbook that the step names, in this incident") },
		{ "n", N_("note, linked to this step") },
		{ "t", N_("take it: the others see that you are on it") },
		{ "a", N_("assign to somebody") },
		{ "v", N_("the whole card: why, how to reverse, sources") },
		{ "<", N_("the step before, and what was said of it") },
		{ N_("a number"), N_("go to another step that can be done now") },
		{ "r", N_("go to another playbook that is being followed") },
		{ N_("Enter"), N_("show the card again; never means done") },
		{ "q", N_("leave; nothing is lost, 'beffroi run' goes on with what is due first") },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		bef_put(t->app, BEF_PLAIN, "  ");
		bef_put_cell(t->app, BEF_STRONG, 12, tr(lines[i].key));
		bef_wrap(t->app, BEF_PLAIN, 14, 14, tr(lines[i].what));
	}
}

/* "3 Unplug the machines; 5 Warn the insurer" */
static void list_waited(const struct bef_run *run, int at, struct bef_text *out)
{
	int found[4];
	int count = bef_run_waits_for(run, at, found, 4);

	for (int i = 0; i < count; i++) {
		const struct bef_step *step = &run->playbook->step[found[i]];

		bef_text_printf(out, "%s%d ", i ? tr("; ") : "", step->number);
		bef_text_short(out, bef_step_text(step, "name"), 60);
	}
}

void bef_talk_why_not(struct talk *t, int number)
{
	const struct bef_run *run = &t->c->run[t->run];
	const struct bef_step *step = bef_playbook_number(run->playbook, number);
	const struct bef_mark *mark = step ? &run->mark[step - run->playbook->step] : NULL;
	BEF_AUTO(text) waited = { .max = 2000 };

	if (!step) {
		bef_talk(t->app, tr("  This playbook has no step %d."), number);
		return;
	}
	if (mark->status != BEF_STEP_OFF) {
		bef_talk(t->app, tr("  Step %d cannot be done now: %s."), number, bef_step_status_label(mark->status));
		return;
	}
	list_waited(run, (int)(step - run->playbook->step), &waited);
	if (waited.len)
		bef_talk(t->app, tr("  Step %d cannot be done now. It waits for: %s"), number, bef_text_str(&waited));
	else
		bef_talk(t->app, tr("  Step %d cannot be done now: it is on a way that was not taken."), number);
}

/* Nothing for this role: who is waited for. */
static void say_awaited(const struct talk *t, const struct bef_run *run)
{
	const struct bef_step *step = &run->playbook->step[bef_run_next(run)];

	bef_talk(t->app, tr("Nothing to do now for: %s. Waiting for step %d, %s (%s)."), bef_word_label(&bef_roles, t->role),
	         step->number, bef_step_text(step, "name"), bef_word_label(&bef_roles, bef_step_role(step)));
}

void bef_talk_end(struct talk *t)
{
	const struct bef_run *run = &t->c->run[t->run];

	if (t->role && bef_run_next(run) >= 0) {
		say_awaited(t, run);
		return;
	}
	for (int at = t->run; at >= 0; at = t->c->run[at].parent)
		if (t->c->run[at].finished)
			bef_talk(t->app, tr("Playbook finished: %s, %d of %d steps settled."),
			         bef_playbook_text(t->c->run[at].playbook, "name"), t->c->run[at].done, t->c->run[at].total);
	if (t->c->closed)
		bef_talk(t->app, tr("%s is closed."), t->c->ref);
	bef_put_next(t->app, t->c);
}
