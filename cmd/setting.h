/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Variables of a playbook as people give them: NAME=VALUE, or asked for one by one. */
#include "act/run.h"
#include "question.h"

struct bef_settings {
	struct bef_setting row[BEF_LIST_MOST];
	char *copy[BEF_LIST_MOST]; /* owned: what the rows borrow from */
	int count;
};
void bef_settings_clear(struct bef_settings *settings);
#define BEF_AUTO_SETTINGS __attribute__((cleanup(bef_settings_clear))) struct bef_settings

/* BEF_USAGE: one is not NAME=VALUE, or there are too many. */
enum bef_rc bef_settings_read(const struct bef_list *list, struct bef_settings *out, struct bef_err *err)
	BEF_MUST_CHECK;
/* Add one.  BEF_FAILED: no memory. */
enum bef_rc bef_settings_add(struct bef_settings *settings, const char *name, const char *value, struct bef_err *err)
	BEF_MUST_CHECK;
bool bef_settings_have(const struct bef_settings *settings, const char *name);

/* Ask for one on the terminal; an empty answer leaves it unknown.  *answer: or it was a change of mind. */
enum bef_rc bef_settings_ask(struct bef_app *app, const char *name, const json_t *definition,
                             struct bef_settings *settings, enum bef_reply *answer, struct bef_err *err) BEF_MUST_CHECK;
