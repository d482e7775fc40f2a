/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * A case: what the entries of one incident amount to.  The fold is pure: no
 * file, no clock, no network; the same entries give the same case everywhere.
 *
 * Text in a case borrows from the case's lines and lives as long as it does.
 * Absent text is NULL, an absent instant is 0.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "model/clock.h"
#include "model/journal.h"
#include "model/kind.h"
#include "model/run.h"

enum { BEF_REF_SIZE = 24, BEF_NONE = -1 };

/* An entry as the fold sees it. */
struct bef_line {
	const struct bef_entry *entry;
	const struct bef_kind *kind; /* NULL: a kind that this version does not know */
	unsigned number;             /* "#42": place in the order, from 1 */
	int64_t at_ms;               /* when it happened, as amended */
	bool struck, erased, undone, amended;
	const struct bef_line *by; /* the line that did the last of these */
	int about;                 /* index in the list of its kind (decisions, actions...), or BEF_NONE */
	json_t *body;              /* as amended; parsed on demand: bef_line_body() */
	bool unreadable;           /* the body is not what its kind promises */
};

struct bef_decision {
	const struct bef_line *line;
	const struct bef_line *superseded_by;
	int64_t review_at_ms;
};

struct bef_action {
	const struct bef_line *line;
	const struct bef_line *changed; /* the last change, or NULL */
	const char *state;              /* bef_action_states */
	const char *owner;
	int64_t due_at_ms;
};

struct bef_evidence {
	const struct bef_line *line;
	const struct bef_line *handed; /* the last handover, or NULL */
	int handovers;
};

/* What was seen and may be looked for elsewhere (model/observable.h): as it stands after its changes. */
struct bef_observable {
	const struct bef_line *line;
	const struct bef_line *changed; /* the last change, or NULL */
	const char *type, *status;
	const char *value;              /* normal form; NULL: erased */
	const char *tlp;                /* its own, or NULL: the incident's */
	const char *pap, *source;
	int64_t first_seen_at_ms, last_seen_at_ms;
	int detect; /* 1, 0: said to be fit for detection, or not; -1: nothing said */
	int asset;  /* index in assets, or BEF_NONE */
};

/* What of ours is affected, or may be. */
struct bef_asset {
	const struct bef_line *line;
	const struct bef_line *changed;
	const char *name, *type, *status; /* name NULL: erased */
	const char *owner, *criticality;
	int64_t status_at_ms;  /* since when: what is told of an earlier time changes the past only */
	int64_t rto_ms;        /* longest interruption that is admissible (DMIA), or 0 */
	int64_t rpo_ms;        /* data that may be lost at most, as a length of time (PDMA), or -1: nothing said */
	int64_t data_until_ms; /* up to when the data were got back, or 0 */
};

struct bef_delivery {
	int alert;               /* index in alerts */
	const char *destination;
	const struct bef_line *line; /* delivered or failed; NULL while waiting */
};
/* What an alert says, in the chosen language if it is a sentence of the program's own; NULL: it was erased. */
const char *bef_alert_text(const struct bef_line *line);
/* True if the receiver took it. */
bool bef_delivery_arrived(const struct bef_delivery *delivery);
/* "waiting", or a stored word of bef_alert_endings. */
const char *bef_delivery_state(const struct bef_delivery *delivery);

struct bef_alert {
	const struct bef_line *line;
	const struct bef_line *about; /* the entry that made it ring, or NULL */
	int waiting; /* destinations without a final result */
	bool unheard; /* it was written down that it reached nobody */
};

/* One move on an axis: phase, crisis state, severity. */
struct bef_move {
	const struct bef_line *line;
	const char *from;
	const char *to;
	bool is_state;
};

struct bef_case {
	struct bef_uuid log;
	const char *ref; /* "INC-2026-001", as given by the store that opened it */
	const char *title, *type, *severity, *tlp, *summary, *reporter, *zone;
	const char *cause; /* what let it happen (bef_causes), or NULL: nobody said */
	const struct bef_line *caused; /* which says so, with its reason */
	const char *phase, *state;
	bool drill;
	int64_t opened_at_ms, detected_at_ms, aware_at_ms, closed_at_ms, phase_since_ms;
	const struct bef_line *opened, *closed;

	struct bef_line *line;
	size_t line_count;
	struct bef_decision *decision;
	size_t decision_count;
	struct bef_action *action;
	size_t action_count;
	struct bef_evidence *evidence;
	size_t evidence_count;
	struct bef_observable *observable;
	size_t observable_count;
	struct bef_asset *asset;
	size_t asset_count;
	struct bef_alert *alert;
	size_t alert_count;
	struct bef_delivery *delivery;
	size_t delivery_count;
	const struct bef_line *unheard; /* nobody was reached by an alert, and nobody acknowledged it; or NULL */
	const struct bef_line **reminder; /* due.reminded */
	size_t reminder_count;
	struct bef_run *run;
	size_t run_count;
	struct bef_move *move;
	size_t move_count;
	struct bef_answer *answer; /* legal facts, one row a question */
	size_t answer_count;
	struct bef_instant *instant;
	size_t instant_count;
	struct bef_clock *clock;
	size_t clock_count;
	const struct bef_line **clause; /* of the organisation: rules that it added */
	size_t clause_count;

	struct bef_hash head[BEF_PARENTS_MOST]; /* entries that none follows, sorted */
	unsigned head_count;
	struct bef_journal journal;
	struct bef_idmap ids;
};

/*
 * Fold a journal.  Takes the journal, whatever happens: it is empty afterwards.
 * *out is the caller's, to be freed with bef_case_free().
 * BEF_BROKEN: the entries form a loop.  BEF_FAILED: memory.
 */
enum bef_rc bef_case_fold(struct bef_journal *journal, struct bef_case **out, struct bef_err *err)
	BEF_MUST_CHECK;
void bef_case_free(struct bef_case *c);
void bef_case_clear(struct bef_case **c); /* for cleanup */

/* What the line says, with amendments.  Of an erased line, what the erasure kept.  NULL: nothing,
 * unreadable, or out of memory.  Borrowed. */
const json_t *bef_line_body(const struct bef_line *line);
/* A text member of it, or NULL. */
const char *bef_line_text(const struct bef_line *line, const char *field);
int64_t bef_line_int(const struct bef_line *line, const char *field);
/* The field that its kind calls its prose, or NULL. */
const char *bef_line_prose(const struct bef_line *line);
/* The sentence of its kind, or "[erased ...]", added to `out` in the chosen language. */
void bef_line_say(const struct bef_case *c, const struct bef_line *line, struct bef_text *out);
/* Add the step of a playbook that the line speaks of ("run" and "step"); false if there is none. */
bool bef_line_say_step(const struct bef_case *c, const struct bef_line *line, struct bef_text *out);
/* The incident's title, or words for one that was erased. */
const char *bef_case_title(const struct bef_case *c);
/* True if it counts in summaries: neither struck, nor erased, nor undone. */
bool bef_line_counts(const struct bef_line *line);
/* The cost that it notes, in euro cents; 0: none, it does not count, or an amount of a hundred billion and more,
 * which nobody meant (so that sums cannot overflow). */
int64_t bef_line_cost(const struct bef_line *line);
/* True if it is shown in the log without --all. */
bool bef_line_shown(const struct bef_line *line);

/* True if the watch has reminded of this limit of an action, a decision, or (with `step`) a run's step. */
bool bef_case_reminded(const struct bef_case *c, const struct bef_line *about, const char *step, int64_t limit_ms);

/* True of an action still to be done: it counts, and nobody settled it. */
bool bef_action_open(const struct bef_action *action);

/* The marking of an observable: its own, else the incident's. */
const char *bef_observable_tlp(const struct bef_case *c, const struct bef_observable *observable);
/* True if it is fit for detection tools: said so, or confirmed and of a type that is. */
bool bef_observable_detects(const struct bef_observable *observable);

/* The line with this id (64 digits), or NULL; and the one numbered `n`. */
struct bef_line *bef_case_line(const struct bef_case *c, const char *id);
struct bef_line *bef_case_number(const struct bef_case *c, unsigned n);
/* The line named by a member of `line`'s body, or NULL. */
struct bef_line *bef_line_target(const struct bef_case *c, const struct bef_line *line, const char *field);

/* Add one zeroed element to a list of the case; NULL: no memory.  For folds. */
void *bef_case_grow(void *list, size_t *count, size_t size);

/* What the incident list shows; a pure function of the case. */
struct bef_summary {
	char ref[BEF_REF_SIZE];
	char title[256]; /* cut on a character */
	char type[48], severity[4], tlp[16], phase[24], state[24];
	bool drill;
	int64_t opened_at_ms, closed_at_ms, next_due_at_ms;
	int open_actions, waiting_alerts;
	bool unheard; /* the alerts reach nobody, and nobody acknowledged it */
};
void bef_case_summary(const struct bef_case *c, struct bef_summary *out);

/* The whole case as JSON for machines (type "case"): same case, same bytes, but for the language
 * of playbook texts.  NULL: no memory. */
json_t *bef_case_json(const struct bef_case *c);
/* Its first members alone, under another type: what it is, how grave, where it stands. */
json_t *bef_case_head_json(const struct bef_case *c, const char *type);
/* Parts of it as objects of their own: types "entry", "action", "step".  NULL: no memory. */
json_t *bef_line_json(const struct bef_case *c, const struct bef_line *line);
json_t *bef_action_json(const struct bef_case *c, size_t i);
json_t *bef_observable_json(const struct bef_case *c, size_t i);
json_t *bef_asset_json(const struct bef_case *c, size_t i);
json_t *bef_step_json(const struct bef_case *c, const struct bef_run *run, const struct bef_step *step);
