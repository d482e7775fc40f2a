/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What the parts of 'report' share. */
#include "app.h"

struct bef_report_opts {
	const char *format, *output;
	bool overwrite, list;
};

/* Put a document where it was asked for, else into the file `name`, and say so with what is to complete. */
enum bef_rc bef_report_deliver(struct bef_app *app, const struct bef_report_opts *opts, const char *name,
                               const struct bef_text *text, int missing, struct bef_err *err) BEF_MUST_CHECK;

/* The register of breaches, over all incidents. */
enum bef_rc bef_report_register(struct bef_app *app, const struct bef_report_opts *opts, struct bef_err *err)
	BEF_MUST_CHECK;
