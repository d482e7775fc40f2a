/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * A checked playbook: CACAO 2.0 (OASIS, CS01) with our additions in one
 * extension (playbooks/extension.schema.json).  It owns its JSON; its strings
 * borrow from it.
 *
 * All its kinds of step are run.  Reading is lenient about what does no harm (a
 * branch whose end is written as a way back to the step that opened it, members
 * nobody knows) and refuses what cannot be carried out.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

#define BEF_EXTENSION "extension-definition--b3b953f9-2b49-4e61-8481-d8984d0c5044"

enum { BEF_PLAYBOOK_MOST = 1 << 22, BEF_STEPS_MOST = 20000, BEF_LEVELS_MOST = 500 };
#define BEF_SPAN_MOST_MS (INT64_C(3660) * 24 * 3600 * 1000)

/* CACAO 2.0, 4.2 to 4.10. */
enum bef_step_type {
	BEF_STEP_START,
	BEF_STEP_END,
	BEF_STEP_ACTION,
	BEF_STEP_PLAYBOOK, /* opens another playbook in the same incident */
	BEF_STEP_PARALLEL,
	BEF_STEP_IF,
	BEF_STEP_WHILE,
	BEF_STEP_SWITCH,
};

/* A branch of a parallel step (no value), or a case of a switch ("default" is one). */
struct bef_way {
	const char *value;
	int to; /* position of its first step */
};

struct bef_step {
	const char *id;
	enum bef_step_type type;
	int number; /* shown to people, in reading order, from 1; 0 for those not shown or not reached */
	const json_t *json;
	const json_t *extension; /* ours, or NULL */
	int on_completion, on_success, on_failure, on_true, on_false; /* positions, or -1 */
	const struct bef_way *way;
	int way_count;
	bool mandatory;
	int64_t within_ms; /* ours; 0: no delay */
	int64_t delay_ms, timeout_ms; /* CACAO's: not before, and not later, once it can be done; 0: none */
};

struct bef_playbook {
	json_t *doc;
	const char *id, *key, *version;
	struct bef_step *step;
	struct bef_step **by_id; /* sorted */
	struct bef_way *way;     /* those of all steps */
	int *shown;              /* positions, by number - 1 */
	int step_count, start, numbered;
	int exception; /* where a failure without a way of its own leads, or -1 */
};

/* True of the steps that people see and settle: all but start, end and parallel. */
bool bef_step_is_shown(const struct bef_step *step);
/* True of if, while and switch. */
bool bef_step_is_question(const struct bef_step *step);

/* Read and check.  BEF_USAGE: it cannot be run; the message says which step and why.
 * *out is the caller's. */
enum bef_rc bef_playbook_load(const char *data, size_t len, struct bef_playbook **out,
                              struct bef_err *err) BEF_MUST_CHECK;
void bef_playbook_free(struct bef_playbook *playbook);

/* A text of ours in the chosen language ("name", "text", "why", "done_when", "do_not", "undo",
 * "proof", "question"), falling back on the other language, then on CACAO's own; or NULL. */
const char *bef_step_text(const struct bef_step *step, const char *field);
const char *bef_playbook_text(const struct bef_playbook *playbook, const char *field);

/* The role that is responsible for it: the first of its roles, or NULL. */
const char *bef_step_role(const struct bef_step *step);
/* True if the step is for this role (bef_roles), alone or among others, or for everyone. */
bool bef_step_is_for(const struct bef_step *step, const char *role);

/* True if our extension says what to do, so that CACAO's own texts need not be shown. */
bool bef_step_is_ours(const struct bef_step *step);

/* The i-th command of an action, as an instruction for people: none is ever executed.  Its kind
 * ("manual", "bash", "http-api"...) in *type; its text in `out`, decoded where it is in base 64, else its
 * description (CACAO 2.0, 5).  False: there is no such command, or it says nothing. */
bool bef_step_command(const struct bef_step *step, size_t i, const char **type, struct bef_text *out);

/* The step shown as number `n`, or NULL; the position of a step by its id, or -1. */
const struct bef_step *bef_playbook_number(const struct bef_playbook *playbook, int n);
int bef_playbook_step(const struct bef_playbook *playbook, const char *id);

/* True if `word` (folded) names it: its key or one of its aliases. */
bool bef_playbook_is(const struct bef_playbook *playbook, const char *word);
/* True if `name` is its name in either language. */
bool bef_playbook_is_named(const struct bef_playbook *playbook, const char *name);
/* What to type for it: its key, or in French its first alias, which is the French one of those we carry. */
const char *bef_playbook_handle(const struct bef_playbook *playbook);
/* True if it is made for this type of incident (bef_types). */
bool bef_playbook_is_for(const struct bef_playbook *playbook, const char *type);
