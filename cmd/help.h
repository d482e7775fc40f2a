/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Help, from the tables of commands, options, kinds and words. */
#include "app.h"

enum bef_rc bef_help_command(struct bef_app *app, const struct bef_cmd *cmd);
enum bef_rc bef_help_version(struct bef_app *app);
/* What "beffroi" alone runs: the status if there is a journal, else the first help. */
const struct bef_cmd *bef_help_bare(void);
/* The man page of the chosen language, in man(7). */
void bef_help_man(void);
