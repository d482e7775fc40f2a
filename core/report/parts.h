/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What the documents share: each part writes one thing, in the same way in all
 * of them.  A part asks what its reader may see (report/audience.h) and says so
 * where it leaves something out.  Private to rep_*.c.
 */
#include "base/amount.h"
#include "report/audience.h"
#include "report/costs.h"
#include "report/metrics.h"
#include "report/report.h"

#define COLUMNS(...) (const char *const[]){ __VA_ARGS__ }, (int)(sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

/* What every part of the document needs. */
struct part {
	struct bef_doc *doc;
	const struct bef_case *c;
	const struct bef_report_input *in;
	int *section; /* number of the last one */
};

/* --- rep_part.c: what the parts share --- */

/* An instant in the incident's zone; "" for none. */
const char *bef_part_when(const struct part *p, int64_t at_ms, char out[BEF_DATE_SIZE]);
/* The next section: a heading with its number. */
void bef_part_section(const struct part *p, const char *title);
/* True if this reader is shown such things; else says in their place that they are withheld, `count` of them. */
bool bef_part_shows(const struct part *p, enum bef_matter matter, size_t count);
/* "[withheld]", counted, if this reader is not shown such things, else the text. */
const char *bef_part_or_withheld(const struct part *p, enum bef_matter matter, const char *text);
/* A text still to be written by somebody: "[to complete]" under this label, counted. */
void bef_part_to_write(const struct part *p, const char *label, const char *help);
/* A text and what memory did not suffice for. */
void bef_part_cell(const struct part *p, const struct bef_text *text);
/* Who says what the line says. */
const char *bef_part_who(const struct bef_line *line);
/* "struck", "undone", "text erased", or "". */
const char *bef_part_state(const struct bef_line *line);

/* --- what the incident is: rep_part_identity.c --- */

void bef_part_key_facts(const struct part *p);
/* The six of them that a page which suffices has room for. */
void bef_part_six_facts(const struct part *p);
void bef_part_summary(const struct part *p);
/* What let it happen, as it was qualified or answered for the law; else to be written. */
void bef_part_cause(const struct part *p, const char *label, const char *help);
/* Its picture, and the moves between phases and crisis states. */
void bef_part_picture(const struct part *p);
void bef_part_moves(const struct part *p);

/* --- what was said of it: rep_part_said.c --- */

/* Notes of a sort (stored word), the last first when there are more than `most` (0: no limit) and in their order
 * then; `none` stands for none. */
void bef_part_notes(const struct part *p, const char *sort, int most, const char *none);
size_t bef_part_count_notes(const struct bef_case *c, const char *sort);
/* The last note of a sort that counts, or NULL. */
const struct bef_line *bef_part_last_note(const struct bef_case *c, const char *sort);
/* What is not known: the questions answered so, and what nobody dated or named. */
void bef_part_unknown(const struct part *p);

/* --- what was done: rep_part_decisions.c, rep_part_actions.c, rep_runs.c, rep_part_steps.c --- */

void bef_part_decisions(const struct part *p);
/* Decisions whose time to be seen again has come or will come. */
void bef_part_reviews(const struct part *p);
void bef_part_actions(const struct part *p);
/* Those still to do, the most urgent first, at most `most` (0: no limit); with `late`, only the overdue. */
void bef_part_open_actions(const struct part *p, int most, bool late);
/* Those done, at most the last `most`. */
void bef_part_done_actions(const struct part *p, int most);
/* The playbooks followed, step by step, then what they put in place. */
void bef_part_runs(const struct part *p);
/* Affected assets and observables, as parts of what precedes them. */
void bef_part_things(const struct part *p);
/* The steps that can be done now, the most urgent first, at most `most`. */
void bef_part_tasks(const struct part *p, int most);
/* Steps settled and to do by role, as a picture and a table. */
void bef_part_steps(const struct part *p);

/* --- what goes with it --- */

void bef_part_evidence(const struct part *p);
void bef_part_alerts(const struct part *p);
/* The ledger with its running total, and its picture. */
void bef_part_costs(const struct part *p);
/* Clocks that have a limit or run, the nearest first, and how many more wait for an answer; then what was sent. */
void bef_part_clocks(const struct part *p);
void bef_part_sent(const struct part *p);
/* Everything of the law (rep_law.c). */
void bef_part_law(const struct part *p);
/* Who wrote in which role last; the roles that nobody holds are marked. */
void bef_part_roles(const struct part *p);
/* Services and what else was out of use: when, how long, against what is admissible.  With `now`, only what is not
 * back or went beyond.  Nothing where nothing of the sort was said. */
void bef_part_services(const struct part *p, bool now);
/* Intervals and time in each phase. */
void bef_part_metrics(const struct part *p);

/* --- annexes: rep_part_annex.c --- */

/* The dated events in the incident's zone and in UTC. */
void bef_part_utc(const struct part *p);
/* Every entry, struck and undone ones included. */
void bef_part_log(const struct part *p);
void bef_part_integrity(const struct part *p);

/* What was left out for its reader, with reasons; nothing if nothing decides.  Last of all. */
void bef_part_withheld(struct bef_doc *doc);
