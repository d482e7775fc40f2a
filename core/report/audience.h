/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Who a document is for, and what that reader is not shown.  One table decides;
 * the parts of the documents ask it, and every text on its way into a document
 * passes through it.  What is left out stands there as "[withheld]", is counted
 * and is listed at the end with its reason.
 */
#include "model/case.h"
#include "report/screen.h"

enum bef_matter {
	BEF_MATTER_NAMES,      /* of persons: a role or a letter stands for each */
	BEF_MATTER_HYPOTHESES,
	BEF_MATTER_COSTS,
	BEF_MATTER_EVIDENCE,
	BEF_MATTER_DETAILS,    /* addresses, paths, machines */
	BEF_MATTER_LAW,        /* answers, instants, clocks */
	BEF_MATTER_ALERTS,
	BEF_MATTER_REASONS,    /* of decisions, and what was ruled out */
	BEF_MATTER_LOG,        /* the log whole */
	BEF_MATTER_COUNT,
};

/* board, insurer, authority, staff, public */
extern const struct bef_words bef_audiences;

struct bef_readership {
	const char *reader; /* stored word of bef_audiences, or NULL: whoever asks */
	unsigned hidden;    /* one bit a matter */
	struct bef_names names;
	int count[BEF_MATTER_COUNT]; /* withheld so far */
	struct bef_text scratch[2];
};

/* Decide what `reader` (a stored word, or NULL) is not shown of this case; with `anonymous`, names neither.
 * BEF_FAILED: memory.  Clear *out, whatever happens. */
enum bef_rc bef_readership_init(struct bef_readership *out, const char *reader, bool anonymous, const struct bef_case *c,
                              struct bef_err *err) BEF_MUST_CHECK;
void bef_readership_clear(struct bef_readership *audience);

/* True if something may be left out, or a reader is named.  All of these take NULL for "everything is shown". */
bool bef_readership_decides(const struct bef_readership *audience);
bool bef_readership_shows(const struct bef_readership *audience, enum bef_matter matter);
/* `count` things of this matter were left out. */
void bef_readership_withheld(struct bef_readership *audience, enum bef_matter matter, int count);

/* What may be shown of a text: itself, or a copy that lives until the next call.  *failed: memory. */
const char *bef_readership_text(struct bef_readership *audience, const char *text, bool *failed);

/* What a line of the journal is about that may have to be left out; BEF_MATTER_COUNT: nothing. */
enum bef_matter bef_line_matter(const struct bef_case *c, const struct bef_line *line);

/* True if the incident's marking (TLP 2.0) allows that reader; who hands a document over decides. */
bool bef_readership_may_read(const char *reader, const char *tlp);

/* In words: what a matter is, and why it is left out. */
const char *bef_matter_label(enum bef_matter matter);
const char *bef_matter_reason(enum bef_matter matter);
