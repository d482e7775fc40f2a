/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* From a document to a PDF, by a program beside ours. */
#include "app.h"

/* Replace `text`, written in the format "pdf", by the PDF that beffroi-pdf makes of it.  BEF_FAILED: that
 * program is not there (the hint says what to install), or it failed. */
enum bef_rc bef_typeset(const struct bef_app *app, struct bef_text *text, struct bef_err *err) BEF_MUST_CHECK;

/* Replace `text`, which is HTML, by a tagged PDF made by weasyprint, else by chromium.  BEF_FAILED: neither
 * is there (the hint says how to print from a browser), or it failed. */
enum bef_rc bef_typeset_tagged(const struct bef_app *app, struct bef_text *text, struct bef_err *err) BEF_MUST_CHECK;

