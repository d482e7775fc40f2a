/* SPDX-License-Identifier: EUPL-1.2 */
#include "talk.h"

#include <stdio.h>
#include <string.h>

#include "act/draft.h"
#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "card.h"
#include "gesture.h"
#include "out.h"
#include "start.h"

/* The conversation: what is on the table, reread before each card. */
struct talk {
	struct bef_app *app;
	struct bef_case *c;
	int run; /* index in the case */
	int at;  /* step on the table, or -1 when none is left */
	int shown; /* step of the last card, or -1 */
	bool over;
	const char *role; /* only what this role does; or NULL */
	bool from_paper;  /* what was ticked on a sheet is typed in afterwards */
};

/* The keys that say nothing of a step: those that do are in gesture.h. */
enum key { VIEW, BACK, OTHER, HELP, QUIT, AGAIN, NUMBER, UNKNOWN };

static const struct {
	const char *words;
	enum key key;
	const char *label; /* through tr() */
} keys[] = {
	{ "v,voir,view", VIEW, N_("[v]iew all") },
	{ "<,retour,back", BACK, N_("[<] back") },
	{ "r,autre,other", OTHER, N_("[r] other playbook") },
	{ "?,aide,help", HELP, N_("[?]") },
	{ "q,quitter,quit", QUIT, N_("[q]uit") },
};

static enum key read_key(const char *typed)
{
	char folded[64];

	bef_fold(typed, folded, sizeof(folded));
	if (!*folded)
		return AGAIN;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (bef_word_in_list(keys[i].words, folded))
			return keys[i].key;
	return bef_number(typed) ? NUMBER : UNKNOWN;
}

static void add_label(struct bef_text *line, const char *label)
{
	bef_text_printf(line, "%s%s", line->len ? " " : "", tr(label));
}

/* The next run that goes on, going round; this one if there is no other. */
static int next_run(const struct talk *t)
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
		if (keys[i].key != OTHER || next_run(t) != t->run)
			add_label(&line, keys[i].label);
	bef_put(t->app, BEF_PLAIN, "  ");
	bef_wrap_text(t->app, BEF_FAINT, 2, 2, &line);
}

/* What else could be done now, for those who work in parallel. */
static void put_others(struct talk *t)
{
	const struct bef_run *run = &t->c->run[t->run];
	BEF_AUTO(text) line = { .max = 4000 };

	for (int n = 1; n <= run->playbook->numbered; n++) {
		int at = run->playbook->shown[n - 1];

		if (at == t->at || !bef_mark_open(&run->mark[at]))
			continue;
		bef_text_printf(&line, "%s%d %.60s", line.len ? tr("; ") : tr("At the same time: "), n,
		                bef_step_text(&run->playbook->step[at], "name"));
		if (run->mark[at].assigned)
			bef_text_printf(&line, " (%.40s)", bef_line_text(run->mark[at].assigned, "to"));
	}
	if (line.len) {
		bef_put(t->app, BEF_PLAIN, "  ");
		bef_wrap_text(t->app, BEF_PLAIN, 2, 2, &line);
	}
}

static void put_card(struct talk *t, bool whole)
{
	bef_card(t->app, t->c, &t->c->run[t->run], t->at, whole);
	put_others(t);
	put_footer(t);
}

/* The first step that can be done now, by the role asked for; -1: none. */
static int next_step(const struct talk *t)
{
	const struct bef_run *run = &t->c->run[t->run];

	for (int n = 0; n < run->playbook->numbered; n++) {
		int at = run->playbook->shown[n];

		if (bef_mark_open(&run->mark[at]) && (!t->role || bef_step_is_for(&run->playbook->step[at], t->role)))
			return at;
	}
	return -1;
}

/* Into the playbook that a step has opened when nothing else is left to do, and back when it is over. */
static void follow(struct talk *t)
{
	const struct bef_case *c = t->c;

	while (c->run[t->run].parent >= 0 && !bef_run_going_on(&c->run[t->run]) &&
	       bef_run_going_on(&c->run[c->run[t->run].parent])) {
		t->run = c->run[t->run].parent;
		t->shown = -1;
		bef_talk(t->app, tr("  Back to: %s"), bef_playbook_text(c->run[t->run].playbook, "name"));
	}
	for (size_t i = (size_t)t->run + 1; i < c->run_count && bef_run_next(&c->run[t->run]) < 0; i++)
		if (c->run[i].parent == t->run && bef_run_going_on(&c->run[i])) {
			t->run = (int)i;
			t->shown = -1;
		}
}

/* Somebody else may have written meanwhile: read again before each card. */
static enum bef_rc refresh(struct talk *t, struct bef_err *err)
{
	struct bef_incident_row row;
	enum bef_rc rc;

	bef_case_clear(&t->c);
	bef_app_tick(t->app);
	rc = bef_app_case(t->app, &t->c, &row, err);
	if (rc)
		return rc;
	t->run = bef_case_run(t->c, t->run + 1, err);
	if (t->run < 0)
		return BEF_NOT_FOUND;
	follow(t);
	t->at = next_step(t);
	return BEF_OK;
}

/* The same, staying at the step on the table while it can be done. */
static enum bef_rc reread(struct talk *t, struct bef_err *err)
{
	int at = t->at;
	int run = t->run;
	enum bef_rc rc = refresh(t, err);

	if (rc == BEF_OK && t->run == run && bef_mark_open(&t->c->run[run].mark[at]))
		t->at = at;
	return rc;
}

static enum bef_rc ask_more(struct talk *t, const char *label, struct bef_text *out, struct bef_err *err)
{
	char prompt[400];

	snprintf(prompt, sizeof(prompt), "  %.300s > ", label);
	bef_text_init(out, BEF_PROSE_MOST);
	return bef_ask_line(t->app, prompt, out, err);
}

/* Record one gesture about the step on the table.  What a rule refuses is said, and we go on. */
static enum bef_rc say(struct talk *t, struct bef_step_saying *what, const char *told, struct bef_err *err)
{
	struct bef_err wrong = { 0 };
	struct bef_done done;
	enum bef_rc rc;

	what->run = t->run + 1;
	what->step = t->c->run[t->run].playbook->step[t->at].number;
	what->by = what->gesture == BEF_GESTURE_ASSIGN ? NULL : t->app->g.by;
	bef_app_tick(t->app);
	if (what->text && !t->app->g.dry_run)
		bef_desk_draft_keep(&t->app->desk, what->text);
	rc = bef_act_step(&t->app->desk, what, &done, &wrong);
	if (rc == BEF_REFUSED || rc == BEF_USAGE) {
		bef_talk(t->app, "  %s", wrong.msg);
		return reread(t, err); /* somebody else may have settled it */
	}
	if (rc) {
		*err = wrong;
		return rc;
	}
	bef_desk_draft_drop(&t->app->desk);
	rc = bef_card_done(t->app, &done, what->step, told, err);
	return rc ? rc : refresh(t, err);
}

static const char *wanted(const struct bef_text *text)
{
	return text->len ? bef_text_str(text) : NULL;
}

static enum bef_rc ask_done(struct talk *t, struct bef_step_saying *what, struct bef_text *text, struct bef_err *err)
{
	const char *proof = bef_step_text(&t->c->run[t->run].playbook->step[t->at], "proof");
	enum bef_rc rc = proof ? ask_more(t, proof, text, err) : BEF_OK;

	what->text = wanted(text);
	return rc;
}

static enum bef_rc ask_skip(struct talk *t, struct bef_step_saying *what, struct bef_text *reason,
                            struct bef_text *second, struct bef_err *err)
{
	enum bef_rc rc = ask_more(t, tr("Why is it skipped?"), reason, err);

	if (rc == BEF_OK && t->c->run[t->run].playbook->step[t->at].mandatory)
		rc = ask_more(t, tr("It is mandatory. Who else agrees?"), second, err);
	what->text = wanted(reason);
	what->second = wanted(second);
	return rc;
}

static enum bef_rc ask_fail(struct talk *t, struct bef_step_saying *what, struct bef_text *reason,
                            struct bef_err *err)
{
	const struct bef_run *run = &t->c->run[t->run];
	int branch = run->playbook->step[t->at].on_failure;
	enum bef_rc rc = ask_more(t, tr("What went wrong?"), reason, err);

	what->text = wanted(reason);
	if (rc == BEF_OK && branch >= 0 && what->text)
		bef_talk(t->app, tr("  The playbook has another way: step %d, %s"), run->playbook->step[branch].number,
		         bef_step_text(&run->playbook->step[branch], "name"));
	return rc;
}

/* What came out of a step (CACAO's out_args), for those that come later. */
static enum bef_rc ask_results(struct talk *t, struct bef_settings *settings, struct bef_err *err)
{
	const struct bef_run *run = &t->c->run[t->run];
	const json_t *names = json_object_get(run->playbook->step[t->at].json, "out_args");
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; rc == BEF_OK && i < json_array_size(names); i++) {
		const char *name = json_string_value(json_array_get(names, i));
		const struct bef_variable *variable = bef_run_variable(run, t->at, name);

		if (variable && !bef_variable_is_constant(variable))
			rc = bef_settings_ask(t->app, name, variable->definition, settings, err);
	}
	return rc;
}

/* Open the playbook that this step names. */
static enum bef_rc open_playbook(struct talk *t, struct bef_err *err)
{
	const struct bef_step *step = &t->c->run[t->run].playbook->step[t->at];
	struct bef_err wrong = { 0 };
	size_t runs = t->c->run_count;
	enum bef_rc rc = bef_start(t->app, &(struct bef_start){ .word = bef_json_text_or(step->json, "playbook_id", ""),
		                                                .parent = t->run + 1, .step = step->number }, &wrong);

	if (rc && rc != BEF_NOT_FOUND && rc != BEF_REFUSED && rc != BEF_USAGE) {
		*err = wrong;
		return rc;
	}
	if (rc)
		bef_talk(t->app, "  %s%s%s", wrong.msg, *wrong.hint ? " - " : "", wrong.hint);
	rc = refresh(t, err);
	if (rc == BEF_OK && t->c->run_count > runs) {
		t->run = (int)t->c->run_count - 1;
		t->shown = -1;
		t->at = next_step(t);
	}
	return rc;
}

/* The time on paper is when it happened; that of typing it is kept apart. */
static enum bef_rc ask_time(struct talk *t, struct bef_step_saying *what, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	while (t->from_paper && rc == BEF_OK && !what->happened_at_ms) {
		BEF_AUTO(text) time = { 0 };
		struct bef_err wrong = { 0 };

		rc = ask_more(t, tr("Time on paper (6:12, yesterday 18:30; Enter: not written)"), &time, err);
		if (rc || time.len == 0)
			return rc;
		if (bef_app_time(t->app, bef_text_str(&time), BEF_WHEN_FACT, &what->happened_at_ms, &wrong) != BEF_OK)
			bef_talk(t->app, "  %s", wrong.msg);
	}
	return rc;
}

/* Ask what the gesture needs, then record it.  A note or a name left empty is a change of mind. */
static enum bef_rc make(struct talk *t, const struct bef_gesture *row, struct bef_err *err)
{
	struct bef_step_saying what = { .gesture = row->gesture, .answer = row->answer };
	BEF_AUTO_SETTINGS settings = { .count = 0 };
	BEF_AUTO(text) text = { .max = BEF_PROSE_MOST };
	BEF_AUTO(text) second = { 0 };
	enum bef_rc rc = BEF_OK;

	switch (row->gesture) {
	case BEF_GESTURE_DONE:
		rc = ask_done(t, &what, &text, err);
		if (rc == BEF_OK)
			rc = ask_results(t, &settings, err);
		what.set = settings.row;
		what.set_count = settings.count;
		break;
	case BEF_GESTURE_SKIP:
		rc = ask_skip(t, &what, &text, &second, err);
		break;
	case BEF_GESTURE_FAIL:
		rc = ask_fail(t, &what, &text, err);
		break;
	case BEF_GESTURE_ANSWER:
		if (row->how == BEF_CHOOSES) {
			rc = ask_more(t, tr("Which case?"), &text, err);
			what.value = wanted(&text);
		}
		break;
	case BEF_GESTURE_ASSIGN:
		if (row->how == BEF_TAKES)
			bef_text_puts(&text, t->app->desk.pen.author);
		else
			rc = ask_more(t, tr("To whom?"), &text, err);
		what.to = wanted(&text);
		break;
	case BEF_GESTURE_NOTE:
		rc = ask_more(t, tr("Note"), &text, err);
		what.text = wanted(&text);
		break;
	case BEF_GESTURE_LIFT:
	case BEF_GESTURE_KEEP:
		break;
	}
	if (rc == BEF_OK)
		rc = ask_time(t, &what, err);
	if (rc || (!text.len && (row->gesture == BEF_GESTURE_ASSIGN || row->gesture == BEF_GESTURE_NOTE)))
		return rc;
	return say(t, &what, tr(row->told), err);
}

/* The last step that was settled, with what was said of it. */
static void show_back(struct talk *t)
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

static void show_help(struct talk *t)
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
		{ "q", N_("leave; nothing is lost, 'beffroi run' comes back here") },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		bef_put(t->app, BEF_PLAIN, "  ");
		bef_put_cell(t->app, BEF_STRONG, 12, tr(lines[i].key));
		bef_wrap(t->app, BEF_PLAIN, 14, 14, tr(lines[i].what));
	}
}

static void go_to(struct talk *t, int number)
{
	const struct bef_run *run = &t->c->run[t->run];
	const struct bef_step *step = bef_playbook_number(run->playbook, number);
	int at = step ? (int)(step - run->playbook->step) : -1;

	if (at < 0 || !bef_mark_open(&run->mark[at])) {
		bef_talk(t->app, tr("  Step %d cannot be done now."), number);
		return;
	}
	t->at = at;
	t->shown = -1;
}

static bool is_case(const struct bef_step *step, const char *typed)
{
	for (int i = 0; i < step->way_count; i++)
		if (strcmp(step->way[i].value, typed) == 0)
			return true;
	return false;
}

static enum bef_rc choose(struct talk *t, const char *value, struct bef_err *err)
{
	struct bef_step_saying what = { .gesture = BEF_GESTURE_ANSWER, .value = value };

	return say(t, &what, tr("answered"), err);
}

static enum bef_rc act(struct talk *t, const char *typed, struct bef_err *err)
{
	const struct bef_gesture *gesture = bef_gesture_find(typed);
	const struct bef_step *step = &t->c->run[t->run].playbook->step[t->at];

	if (step->type == BEF_STEP_SWITCH && is_case(step, typed))
		return choose(t, typed, err);
	if (gesture && gesture->label)
		return gesture->how == BEF_STARTS ? open_playbook(t, err) : make(t, gesture, err);
	switch (read_key(typed)) {
	case VIEW:
		put_card(t, true);
		break;
	case BACK:
		show_back(t);
		break;
	case OTHER:
		if (next_run(t) == t->run)
			bef_talk(t->app, "%s", tr("  No other playbook has a step to do now."));
		t->run = next_run(t);
		t->at = next_step(t);
		t->shown = -1;
		break;
	case HELP:
		show_help(t);
		break;
	case NUMBER:
		go_to(t, bef_number(typed));
		break;
	case QUIT:
		t->over = true;
		break;
	case AGAIN:
		t->shown = -1;
		return reread(t, err);
	case UNKNOWN:
		bef_talk(t->app, tr("  '%.40s' is no key of this card; ? lists them"), typed);
		break;
	}
	return BEF_OK;
}

static void say_paused(struct talk *t)
{
	bef_talk(t->app, tr("Paused at step %d. Nothing is lost. To go on: beffroi run"),
	         t->c->run[t->run].playbook->step[t->at].number);
}

/* Nothing for this role: who is waited for. */
static void say_others(struct talk *t)
{
	const struct bef_run *run = &t->c->run[t->run];
	const struct bef_step *step = &run->playbook->step[bef_run_next(run)];

	bef_talk(t->app, tr("Nothing to do now for: %s. Waiting for step %d, %s (%s)."), bef_word_label(&bef_roles, t->role),
	         step->number, bef_step_text(step, "name"),
	         bef_word_label(&bef_roles, json_string_value(json_array_get(json_object_get(step->extension, "roles"), 0))));
}

static enum bef_rc converse(struct talk *t, struct bef_err *err)
{
	enum bef_rc rc = refresh(t, err);

	while (rc == BEF_OK && t->at >= 0 && !t->over) {
		BEF_AUTO(text) line = { .max = 4096 };
		char prompt[64];
		size_t len;

		if (t->shown != t->at)
			put_card(t, false);
		t->shown = t->at;
		snprintf(prompt, sizeof(prompt), tr("step %d > "), t->c->run[t->run].playbook->step[t->at].number);
		rc = bef_ask_line(t->app, prompt, &line, err);
		if (rc == BEF_OK) {
			const char *typed = bef_trim(bef_text_str(&line), &len);

			if (line.data)
				line.data[(typed - line.data) + (ptrdiff_t)len] = '\0';
			while (*typed > 0 && *typed < ' ') /* Ctrl-L and the like, typed before the key */
				typed++;
			rc = act(t, typed, err);
		}
	}
	if (t->c && t->at >= 0 && (rc == BEF_OK || rc == BEF_NOT_FOUND || rc == BEF_INTERRUPTED)) {
		say_paused(t);
		return rc == BEF_NOT_FOUND ? BEF_OK : rc;
	}
	if (rc == BEF_OK && t->role && bef_run_next(&t->c->run[t->run]) >= 0)
		say_others(t);
	else if (rc == BEF_OK)
		bef_talk(t->app, tr("Playbook finished: %d of %d steps settled. To close: beffroi close"),
		         t->c->run[t->run].done, t->c->run[t->run].total);
	return rc;
}

enum bef_rc bef_talk_run(struct bef_app *app, bool from_paper, struct bef_err *err)
{
	struct talk t = { .app = app, .run = -1, .shown = -1, .role = app->g.role ? app->desk.pen.role : NULL,
		          .from_paper = from_paper };
	enum bef_rc rc = converse(&t, err);

	bef_case_clear(&t.c);
	return rc;
}
