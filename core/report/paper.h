/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Papers: drafts of notifications, complaints and notices, as data
 * (playbooks/papers/NAME.json, paper.schema.json).  A paper is a list of fields;
 * each takes its words from sources (report/paper_source.h), so that it holds
 * what the journal holds and "[to complete]" for the rest.
 *
 * Nothing is sent: each paper ends with who files it and where, and with what to
 * record afterwards.
 */
#include "report/report.h"

enum { BEF_PAPER_MOST = 1 << 18, BEF_PAPERS_MOST = 100 };

struct bef_paper {
	const char *id;
	const json_t *json;
};

struct bef_papers {
	json_t *docs; /* an array: what the rows borrow from */
	struct bef_paper paper[BEF_PAPERS_MOST];
	size_t count;
};

/* Those that the program carries, then those of DIR/papers/ (or NULL: none), which take the place of a
 * paper of the same id or come after.  Clear *out, whatever happens.  BEF_USAGE: a file is no paper; the
 * message names it. */
enum bef_rc bef_papers_load(const char *dir, struct bef_papers *out, struct bef_err *err) BEF_MUST_CHECK;
void bef_papers_clear(struct bef_papers *papers);

/* Add one, whole or not at all.  BEF_USAGE: what is wrong with it. */
enum bef_rc bef_papers_add(struct bef_papers *papers, const char *text, size_t len, struct bef_err *err) BEF_MUST_CHECK;

/* The paper named in either language, by a synonym or by the rule it serves; accents and case folded;
 * or NULL. */
const struct bef_paper *bef_paper_find(const struct bef_papers *papers, const char *word);
/* Its short name in the chosen language: typed, and part of the name of the file. */
const char *bef_paper_word(const struct bef_paper *paper);
/* The i-th rule that it serves, or NULL. */
const char *bef_paper_rule(const struct bef_paper *paper, size_t i);
/* Of those, the first that the case has something to do for, else the first; or NULL. */
const char *bef_paper_rule_of(const struct bef_paper *paper, const struct bef_case *c);

/* Write it into `out` in format "html", "md" or "json" (type "paper").  *missing counts the required
 * fields that are to be completed.  BEF_USAGE: no such format. */
enum bef_rc bef_paper_write(const struct bef_paper *paper, const char *format, const struct bef_report_input *in,
                            struct bef_text *out, int *missing, struct bef_err *err) BEF_MUST_CHECK;
