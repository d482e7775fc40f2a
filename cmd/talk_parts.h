/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What talk.c, talk_show.c, talk_ask.c and talk_stray.c share.  Private to them. */
#include "gesture.h"
#include "talk.h"

/* The conversation: what is on the table, reread before each card. */
struct talk {
	struct bef_app *app;
	struct bef_case *c;
	unsigned started; /* entry that started the playbook asked for, or 0 */
	int run; /* index in the case, or -1 before the first look */
	int at;  /* step on the table, or -1 when none is left */
	int shown; /* step of the last card, or -1 */
	bool over;
	bool dropped;     /* the gesture under way is given up */
	const char *role; /* only what this role does; or NULL */
	bool from_paper;  /* what was ticked on a sheet is typed in afterwards */
	char stray[2048]; /* a sentence typed where a key was wanted: a note may keep it */
};

/* The keys that say nothing of a step: those that do are in gesture.h. */
enum bef_key { BEF_KEY_VIEW, BEF_KEY_BACK, BEF_KEY_OTHER, BEF_KEY_HELP, BEF_KEY_QUIT, BEF_KEY_AGAIN, BEF_KEY_NUMBER, BEF_KEY_UNKNOWN };
enum bef_key bef_talk_key(const char *typed);

/* Read again, since somebody else may have written: the run and the step that are then on the table; and the
 * same, staying at the step that is there while it can be done. */
enum bef_rc bef_talk_refresh(struct talk *t, struct bef_err *err) BEF_MUST_CHECK;
enum bef_rc bef_talk_reread(struct talk *t, struct bef_err *err) BEF_MUST_CHECK;
/* The same after a gesture that settled something: what it opened comes next. */
enum bef_rc bef_talk_go_on(struct talk *t, struct bef_err *err) BEF_MUST_CHECK;
/* Put this step of this run (-1: none) on the table. */
void bef_talk_turn_to(struct talk *t, int run, int at);
/* The next run that goes on, going round; this one if there is no other. */
int bef_talk_next_run(const struct talk *t);

void bef_talk_card(struct talk *t, bool whole);
void bef_talk_back(struct talk *t);
void bef_talk_help(struct talk *t);
/* Why step `number` cannot be done now: it is settled, it waits for others, its way was not taken. */
void bef_talk_why_not(struct talk *t, int number);
/* The conversation is over: the playbooks that are finished, and what comes next. */
void bef_talk_end(struct talk *t);

/* Ask what the gesture needs, then record it.  A question left empty is a change of mind. */
enum bef_rc bef_talk_make(struct talk *t, const struct bef_gesture *row, struct bef_err *err) BEF_MUST_CHECK;
/* Answer a switch with one of its cases; open the playbook that the step names. */
enum bef_rc bef_talk_choose(struct talk *t, const char *value, struct bef_err *err) BEF_MUST_CHECK;
enum bef_rc bef_talk_open(struct talk *t, struct bef_err *err) BEF_MUST_CHECK;

/* Somebody tired types a sentence at the wrong moment: until the next key, a note may keep it. */
void bef_talk_stray(struct talk *t, const char *typed);
/* The same of what was typed for a gesture that was refused. */
void bef_talk_stray_refused(struct talk *t, const char *typed);
void bef_talk_forget(struct talk *t);
