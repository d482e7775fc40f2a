/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Documents made from a case.  A report says what it holds; how that looks is
 * report/doc.h.  Nothing is invented: what is not known prints "[to complete]"
 * and is counted.
 */
#include "model/case.h"
#include "model/law.h"
#include "report/doc.h"

struct bef_report_input {
	const struct bef_case *c;
	const char *ref; /* with its letter */
	const char *organisation; /* or "" */
	const char *author;
	int64_t now_ms;
	const struct bef_case *profile; /* what the organisation said of itself; or NULL */
	const struct bef_law *law;      /* the rules at hand; or NULL */
	struct bef_readership *audience; /* who it is for (report/audience.h); NULL: whoever asks, all is shown */
	int64_t since_ms;               /* for a handover; 0: its own choice */
};

/* One row a document; one file and one line in reports.def each. */
struct bef_report {
	const char *en, *fr; /* as typed */
	const char *title;   /* through tr() */
	void (*write)(struct bef_doc *doc, const struct bef_report_input *in);
	bool needs_profile; /* it asks what the organisation said of itself */
};
extern const struct bef_report *const bef_reports[]; /* ends with NULL */

/* The row named in either language, or NULL. */
const struct bef_report *bef_report_find(const char *word);

/* What a document holds, written into an open one. */
typedef void bef_report_fn(struct bef_doc *doc, const struct bef_report_input *in, const void *what);
/* Write a document of this title into `out` in format "html" or "md": head, what `fn` writes, what was
 * left out for its reader, foot.  *missing counts what is to be completed.
 * BEF_USAGE: no such format. */
enum bef_rc bef_report_frame(const char *title, const char *format, const struct bef_report_input *in,
                             bef_report_fn *fn, const void *what, struct bef_text *out, int *missing,
                             struct bef_err *err) BEF_MUST_CHECK;

/* Write the document into `out` in format "html", "md" or "json" (the whole case).  *missing counts
 * what is to be completed.  BEF_USAGE: no such format. */
enum bef_rc bef_report_write(const struct bef_report *report, const char *format, const struct bef_report_input *in,
                             struct bef_text *out, int *missing, struct bef_err *err) BEF_MUST_CHECK;
