/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What 'playbook' does for those who write playbooks. */
#include "app.h"

struct bef_playbook_opts {
	const char *output, *present;
	bool overwrite;
};

/* From a plain outline (model/outline.h) to a CACAO file, at `out` or KEY.json beside us. */
enum bef_rc bef_playbook_new(struct bef_app *app, const char *path, const struct bef_playbook_opts *to, struct bef_err *err)
	BEF_MUST_CHECK;
/* Read leniently, clean up what does no harm, and keep it among the playbooks at hand. */
enum bef_rc bef_playbook_import(struct bef_app *app, const char *path, const struct bef_playbook_opts *to, struct bef_err *err)
	BEF_MUST_CHECK;
/* Strictly: BEF_ATTENTION when something is against the standard; nothing is written then. */
enum bef_rc bef_playbook_export(struct bef_app *app, const char *word, const struct bef_playbook_opts *to, struct bef_err *err)
	BEF_MUST_CHECK;
/* A sheet with boxes to tick, in HTML, for paper. */
enum bef_rc bef_playbook_print(struct bef_app *app, const char *word, const struct bef_playbook_opts *to, struct bef_err *err)
	BEF_MUST_CHECK;
/* All its paths: how long, by whom, what cannot be reached; with the roles present ("technical,scribe", or
 * NULL) those that are vacant. */
enum bef_rc bef_playbook_simulate(struct bef_app *app, const char *word, const char *present, struct bef_err *err)
	BEF_MUST_CHECK;
/* Which competency is exercised by which step, and where the current incident's journal shows it. */
enum bef_rc bef_playbook_competencies(struct bef_app *app, const char *word, struct bef_err *err) BEF_MUST_CHECK;
