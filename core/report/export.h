/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * A case for the tools of others: STIX, MISP.  The same case gives the same
 * bytes, whatever the reader's language, and the same identifiers each time, so
 * that what is sent twice is known again.  What is marked above a limit is left
 * out and counted.
 */
#include "report/report.h"

struct bef_export_opts {
	const char *max_tlp; /* leave out what is marked above it (bef_tlps); NULL: nothing */
	bool plain;          /* STIX: without the incident extension, which is a draft */
};

struct bef_exported {
	json_t *json; /* the caller's */
	int left_out; /* by its marking */
};

/* One row a format; one file and one line in exports.def each. */
struct bef_export {
	const char *name;  /* as typed, in either language */
	const char *title; /* through tr() */
	enum bef_rc (*make)(const struct bef_report_input *in, const struct bef_export_opts *opts,
	                    struct bef_exported *out, struct bef_err *err);
};
extern const struct bef_export *const bef_exports[]; /* ends with NULL */
const struct bef_export *bef_export_find(const char *word); /* or NULL */

/* Write it into `out` in English, as one document.  BEF_FAILED: no memory, or no SHA-1 here. */
enum bef_rc bef_export_write(const struct bef_export *export, const struct bef_report_input *in,
                             const struct bef_export_opts *opts, struct bef_text *out, int *left_out,
                             struct bef_err *err) BEF_MUST_CHECK;

/* For the formats: may what is marked `tlp` leave? */
bool bef_export_may(const struct bef_export_opts *opts, const char *tlp);
/* The space of identifiers that are the same in every journal: organisations, techniques. */
extern const struct bef_uuid bef_export_space;
/* "TYPE--UUID" (or the UUID alone, for a NULL type) of a name in a space; false: no SHA-1. */
enum { BEF_EXPORT_ID = 96 };
bool bef_export_id(const struct bef_uuid *space, const char *type, const char *name, char out[BEF_EXPORT_ID]);
/* The name of an entry in the journal's space: its id; with `more` after it. */
enum { BEF_EXPORT_NAME = 256 };
const char *bef_export_name(const struct bef_line *line, const char *what, const char *more, char out[BEF_EXPORT_NAME]);

/* When what each line tells of was last touched: by a change, a correction, or the undoing of one; by its number less
 * one.  What goes back to what it was is newer all the same, so that receivers take it.  Free it; NULL: no memory. */
int64_t *bef_export_touched(const struct bef_case *c);
/* True of an observable that is shared: it stands, is not benign, and is in normal form.  *ok: false if memory ran out. */
bool bef_export_is_shared(const struct bef_observable *observable, bool *ok);
