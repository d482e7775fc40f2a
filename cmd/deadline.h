/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* The words of 'deadline': a table in cmd_deadline.c, and a function each, of one shape. */
#include "act/law.h"
#include "app.h"

struct bef_deadline_opts {
	const char *from, *zone, *offset, *calc, *holidays; /* compute */
	struct bef_list extra;
	bool roll;
	const char *at, *reason, *reference, *channel, *proof, *late; /* what was sent, or does not apply */
	const char *format, *output, *older;
	const char *contact, *hours; /* of a clause */
	bool all, check, overwrite;
};

typedef enum bef_rc bef_deadline_fn(struct bef_app *app, const struct bef_deadline_opts *opts, char **words, int count,
                                    struct bef_err *err);

bef_deadline_fn bef_deadline_list;     /* the incident's clocks; -f ics: reminders (RFC 5545) */
bef_deadline_fn bef_deadline_show;     /* RULE: one of them in full */
bef_deadline_fn bef_deadline_qualify;  /* ask what could change an outcome */
bef_deadline_fn bef_deadline_profile;  /* ask what the organisation is; what it said */
bef_deadline_fn bef_deadline_answer;   /* FACT VALUE, or FACT=VALUE... */
bef_deadline_fn bef_deadline_instant;  /* EVENT TIME */
bef_deadline_fn bef_deadline_sent;     /* RULE: it was sent */
bef_deadline_fn bef_deadline_dismiss;  /* RULE: it does not apply, for a reason */
bef_deadline_fn bef_deadline_rules;    /* all rules, or those not checked for a while */
bef_deadline_fn bef_deadline_check;    /* FILE: what is wrong with a regime */
bef_deadline_fn bef_deadline_add;      /* FILE, or a clause made of options */
bef_deadline_fn bef_deadline_contacts; /* whom to call; -f json: the whole file, to be edited */
bef_deadline_fn bef_deadline_refresh;  /* compute again after the rules or the profile changed */
bef_deadline_fn bef_deadline_compute;  /* the arithmetic alone */

/* What most of them work with: the incident, the law, the answers. */
struct bef_bench {
	struct bef_store *store;
	struct bef_case *c;
	struct bef_incident_row row;
	struct bef_legal legal;
};
#define BEF_AUTO_BENCH __attribute__((cleanup(bef_bench_clear))) struct bef_bench
/* BEF_NOT_FOUND: no incident. */
enum bef_rc bef_bench_open(struct bef_app *app, struct bef_bench *out, struct bef_err *err) BEF_MUST_CHECK;
void bef_bench_clear(struct bef_bench *bench);
struct bef_assessing bef_bench_assessing(const struct bef_bench *bench);

/* The law alone: without an incident, and even without a journal. */
enum bef_rc bef_law_at_hand(struct bef_app *app, struct bef_legal *legal, struct bef_err *err) BEF_MUST_CHECK;

/* The rule named.  BEF_NOT_FOUND, with where to see them. */
enum bef_rc bef_bench_rule(const struct bef_bench *bench, const char *word, const struct bef_rule **out,
                           struct bef_err *err) BEF_MUST_CHECK;

/* The clocks of the case, the most pressing first; NULL: no memory.  The caller frees the list. */
const struct bef_clock **bef_bench_sorted(const struct bef_bench *bench, int64_t now_ms);

/* One clock, for machines (NULL: no memory) and for people. */
json_t *bef_deadline_json(const struct bef_bench *bench, const struct bef_clock *clock, int64_t now_ms);
void bef_deadline_put(struct bef_app *app, const struct bef_bench *bench, const struct bef_clock *clock);

/* Reminders of the running clocks: a calendar file. */
enum bef_rc bef_deadline_calendar(struct bef_app *app, const struct bef_bench *bench,
                                  const struct bef_deadline_opts *opts, struct bef_err *err) BEF_MUST_CHECK;

/* One answer on its way to the journal: the fact's name, what was typed. */
enum bef_rc bef_deadline_answer_one(struct bef_app *app, const struct bef_law *law, const struct bef_deadline_opts *opts,
                                    const char *fact, const char *value, struct bef_err *err) BEF_MUST_CHECK;

/* After an act: what the clocks say now, in a line. */
void bef_deadline_tell(struct bef_app *app);
