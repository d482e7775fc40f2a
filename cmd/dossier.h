/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What the parts of 'report dossier' share; and 'verify FILE'. */
#include "report.h"
#include "report/dossier.h"
#include "report/report.h"

/* What goes into a dossier. */
struct bef_dossier_job {
	struct bef_app *app;
	struct bef_store *store;
	const struct bef_case *c; /* without the texts that are left out: what the documents are made of */
	const struct bef_case *organisation; /* or NULL */
	struct bef_report_input in;
	struct bef_dossier *dossier;
	struct bef_text line; /* room for one entry */
	int64_t evidence;     /* files written */
};

/* Add every member but the seal. */
enum bef_rc bef_dossier_fill(struct bef_dossier_job *job, struct bef_err *err) BEF_MUST_CHECK;
/* LISEZMOI.txt, README.txt and the scripts; the journals. */
enum bef_rc bef_dossier_pages(struct bef_dossier_job *job, struct bef_err *err) BEF_MUST_CHECK;

/* What --redact, --without and --reason ask, into the manifest.  BEF_USAGE: without a reason; BEF_REFUSED:
 * the check needs that text. */
enum bef_rc bef_dossier_left_out(const struct bef_report_opts *opts, const struct bef_case *c, struct bef_manifest *m,
                                 struct bef_err *err) BEF_MUST_CHECK;
/* The same entries, without the texts that are left out, folded: the documents can tell nothing that the
 * dossier does not.  *out is the caller's. */
enum bef_rc bef_dossier_without(const struct bef_case *c, const struct bef_manifest *m, struct bef_case **out,
                                struct bef_err *err) BEF_MUST_CHECK;

/* For struct bef_dossier: a time stamp of the configured authority; `arg` is the app.  BEF_UNDELIVERED: it
 * gave none. */
enum bef_rc bef_dossier_stamp(void *arg, const struct bef_hash *digest, struct bef_text *out, struct bef_err *err)
	BEF_MUST_CHECK;
/* Check a sound dossier's time stamp with openssl and the configured authority, or say how to. */
enum bef_rc bef_dossier_stamp_check(struct bef_app *app, struct bef_dossier_verdict *verdict, struct bef_err *err)
	BEF_MUST_CHECK;

/* The dossier of the incident. */
enum bef_rc bef_report_dossier(struct bef_app *app, const struct bef_report_opts *opts, struct bef_err *err)
	BEF_MUST_CHECK;

struct bef_verify_dossier_opts {
	const char *key, *passphrase_file;
	bool all_signatures;
};
/* Check the dossier in the file `path` ("-": standard input), and say so. */
enum bef_rc bef_verify_dossier(struct bef_app *app, const char *path, const struct bef_verify_dossier_opts *opts,
                               struct bef_err *err) BEF_MUST_CHECK;
