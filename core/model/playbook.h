/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * A checked playbook: CACAO 2.0 (OASIS, CS01) with our additions in one
 * extension (playbooks/extension.schema.json).  It owns its JSON; its strings
 * borrow from it.
 *
 * This version runs start, end, action, if-condition and parallel steps without
 * loops; the other kinds of step are refused by name.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define BEF_EXTENSION "extension-definition--b3b953f9-2b49-4e61-8481-d8984d0c5044"

enum { BEF_PLAYBOOK_MOST = 1 << 19, BEF_BRANCHES_MOST = 8, BEF_STEPS_MOST = 500 };

enum bef_step_type { BEF_STEP_START, BEF_STEP_END, BEF_STEP_ACTION, BEF_STEP_IF, BEF_STEP_PARALLEL };

struct bef_step {
	const char *id;
	enum bef_step_type type;
	int number; /* shown to people: actions and questions, in reading order, from 1; else 0 */
	const json_t *json;
	const json_t *extension; /* ours, or NULL */
	int on_completion, on_success, on_failure, on_true, on_false; /* positions, or -1 */
	int branch[BEF_BRANCHES_MOST];
	int branch_count;
	bool mandatory;
	int64_t within_ms; /* 0: no delay */
};

struct bef_playbook {
	json_t *doc;
	const char *id, *key, *version;
	struct bef_step *step;
	int step_count, start, numbered;
};

/* Read and check.  BEF_USAGE: it cannot be run; the message says which step and why.
 * *out is the caller's. */
enum bef_rc bef_playbook_load(const char *data, size_t len, struct bef_playbook **out,
                              struct bef_err *err) BEF_MUST_CHECK;
void bef_playbook_free(struct bef_playbook *playbook);

/* A text of ours in the chosen language ("name", "text", "why", "done_when", "do_not", "undo",
 * "proof", "question"), falling back on the other language, then on CACAO's own; or NULL. */
const char *bef_step_text(const struct bef_step *step, const char *field);
const char *bef_playbook_text(const struct bef_playbook *playbook, const char *field);

/* The step shown as number `n`, or NULL; the position of a step by its id, or -1. */
const struct bef_step *bef_playbook_number(const struct bef_playbook *playbook, int n);
int bef_playbook_step(const struct bef_playbook *playbook, const char *id);

/* True if `word` (folded) names it: its key or one of its aliases. */
bool bef_playbook_is(const struct bef_playbook *playbook, const char *word);
/* True if it is made for this type of incident (bef_types). */
bool bef_playbook_is_for(const struct bef_playbook *playbook, const char *type);
