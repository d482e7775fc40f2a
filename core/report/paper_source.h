/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Where the words of a paper come from: each source says what the journal holds
 * of one thing, and nothing when it holds nothing.  None of them supposes,
 * rounds or completes.
 *
 * A source is a name ("title") or a name and what it is about ("fact:org-name",
 * "sent:plainte72").  "A|B" is the first of them that gives something.
 *
 * To add one: a function and a row in the table.
 */
#include "report/report.h"

enum { BEF_PAPER_VALUE_MOST = 1 << 24 };

struct bef_paper_source {
	const char *name;
	bool takes; /* what it is about, after a colon */
	void (*add)(const struct bef_report_input *in, const char *of, struct bef_text *out);
};

extern const struct bef_paper_source bef_paper_sources[]; /* ends with a NULL name */

/* The length of the first of the alternatives of `from`, and where the next one starts, or NULL. */
size_t bef_paper_source_cut(const char *from, const char **next);
/* The row that the alternative at `from` of `len` bytes names, and what it is about in `of`; or NULL. */
const struct bef_paper_source *bef_paper_source_find(const char *from, size_t len, char of[64]);

/* Add what `from` gives, on a new line if there is something already. */
void bef_paper_source_add(const struct bef_report_input *in, const char *from, struct bef_text *out);

/* --- what they share --- */

/* An instant in the incident's zone, with the zone and the same in UTC; nothing for 0. */
void bef_paper_instant(const struct bef_report_input *in, int64_t at_ms, struct bef_text *out);
/* Who says what the line says. */
const char *bef_paper_who(const struct bef_line *line);
/* One line of a list, whatever newlines the text holds: nobody writes a line of somebody else's list. */
void bef_paper_line(struct bef_text *out, const char *fmt, ...) BEF_PRINTF(2, 3);

typedef void bef_paper_source_fn(const struct bef_report_input *in, const char *of, struct bef_text *out);

/* paper_list.c: what was done and found */
bef_paper_source_fn bef_paper_timeline, bef_paper_measures, bef_paper_todo, bef_paper_decisions, bef_paper_evidence,
	bef_paper_costs, bef_paper_authors;
/* paper_legal.c: answers, clocks and what became of them */
bef_paper_source_fn bef_paper_fact, bef_paper_answer, bef_paper_decided, bef_paper_told, bef_paper_not_told,
	bef_paper_sent, bef_paper_complaint, bef_paper_dismissed, bef_paper_clock, bef_paper_limit, bef_paper_delay, bef_paper_because,
	bef_paper_off, bef_paper_undecided;
