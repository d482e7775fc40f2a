/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What the parts of 'report' share. */
#include "app.h"
#include "report/export.h"
#include "report/paper.h"
#include "report/report.h"
#include "report/sheet.h"

struct bef_report_opts {
	const char *format, *output;
	const char *max_tlp, *stix_extension; /* of the exports */
	const char *from, *to, *year, *month; /* of a period */
	bool overwrite, list;
	/* Of the sealed dossier (report_dossier.c). */
	const char *without, *redact, *reason, *passphrase_file;
	struct bef_list recipient;
	bool passphrase, timestamp;
	const char *audience, *since;
	bool anonymous;
	const char *template; /* file */
	bool check, variables; /* of a template */
	bool tagged; /* written as HTML, then made a tagged PDF */
};

/* A document or a paper of the incident: one of the two. */
struct bef_report_choice {
	const struct bef_report *report;
	const struct bef_paper *paper;
};
enum bef_rc bef_report_one(struct bef_app *app, const struct bef_report_opts *opts, const struct bef_report_choice *choice,
                           struct bef_err *err) BEF_MUST_CHECK;

/* The register, a period, the dossier, an export: written if `word` is one of them, with *rc.  False: it is not. */
bool bef_report_special(struct bef_app *app, const struct bef_report_opts *opts, const char *word, enum bef_rc *rc,
                        struct bef_err *err);
/* Everything that can be written, and what for. */
enum bef_rc bef_report_list(struct bef_app *app, const struct bef_papers *papers, struct bef_err *err) BEF_MUST_CHECK;

/* Put a document where it was asked for, else into the file `name`, and say so with what is to complete.  One
 * written for paper becomes a PDF first. */
enum bef_rc bef_report_deliver(struct bef_app *app, const struct bef_report_opts *opts, const char *name,
                               struct bef_text *text, int missing, struct bef_err *err) BEF_MUST_CHECK;

/* Fill the template of this path, or (opts->check) say which of its names mean nothing. */
enum bef_rc bef_report_template(struct bef_app *app, const struct bef_report_opts *opts, const char *path, struct bef_err *err)
	BEF_MUST_CHECK;
/* Where the template called `word` is; false: there is none. */
bool bef_report_template_named(const struct bef_app *app, const char *word, char out[BEF_PATH]);
/* Call `fn` for the file name of each template, in order. */
typedef enum bef_rc bef_report_template_fn(struct bef_app *app, const char *name, struct bef_err *err);
enum bef_rc bef_report_templates(struct bef_app *app, bef_report_template_fn *fn, struct bef_err *err) BEF_MUST_CHECK;
/* What templates may name. */
enum bef_rc bef_report_variables(struct bef_app *app, struct bef_err *err) BEF_MUST_CHECK;

/* Counts, delays, causes, costs and limits over the incidents of a period. */
enum bef_rc bef_report_period(struct bef_app *app, const struct bef_report_opts *opts, struct bef_err *err)
	BEF_MUST_CHECK;

/* The register of breaches, over all incidents. */
enum bef_rc bef_report_register(struct bef_app *app, const struct bef_report_opts *opts, struct bef_err *err)
	BEF_MUST_CHECK;

/* A case for the tools of others: STIX, MISP. */
enum bef_rc bef_report_export(struct bef_app *app, const struct bef_report_opts *opts, const struct bef_export *export,
                              struct bef_err *err) BEF_MUST_CHECK;
/* A list of it for a spreadsheet. */
enum bef_rc bef_report_sheet(struct bef_app *app, const struct bef_report_opts *opts, const struct bef_sheet *sheet,
                             struct bef_err *err) BEF_MUST_CHECK;
/* From now on the organisation's journal witnesses where this incident's ended; a reader without write access still
 * gets the report. */
void bef_report_witness(struct bef_app *app, const struct bef_report_opts *opts, const char *name);
