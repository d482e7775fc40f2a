/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Help, from the tables of commands, options, kinds and words. */
#include "app.h"

/* A topic is a page of lines: what stands before two spaces is set apart, "# " heads a section.  It is there in
 * both languages, or made of the program's tables in the chosen one. */
struct bef_topic {
	const char *en, *fr;
	const char *also; /* another name; or NULL */
	const char *text_en, *text_fr;
	void (*write)(struct bef_text *out);
};
extern const struct bef_topic bef_topics[]; /* ends with a NULL name */
/* Its page in the chosen language, into `out`. */
void bef_topic_write(const struct bef_topic *topic, struct bef_text *out);

/* The page of alerts (help_alerts.c). */
void bef_help_alerts(struct bef_text *out);

enum bef_rc bef_help_command(struct bef_app *app, const struct bef_cmd *cmd);
enum bef_rc bef_help_version(struct bef_app *app);
/* What "beffroi" alone runs: the status if there is a journal, else the first help. */
const struct bef_cmd *bef_help_bare(void);
/* The man page of the chosen language, in man(7). */
void bef_help_man(void);
