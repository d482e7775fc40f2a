/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What a span of time amounts to: how many incidents and of what sort, how long
 * things took, what came back, what it cost, which limits were kept.  Cases are
 * added one by one and not kept.  Exercises are counted and left out.
 *
 *     bef_period_begin(&p, from_ms, to_ms, zone, now_ms);
 *     for each incident: bef_period_add(&p, ref, c);
 *     bef_period_write(&p, "html", &house, &text, err);
 *
 * Durations are never averaged: the median is one that occurred, with the worst
 * and how many there were.
 */
#include "report/report.h"

enum bef_tally_of { BEF_TALLY_TYPE, BEF_TALLY_SEVERITY, BEF_TALLY_MONTH, BEF_TALLY_CAUSE, BEF_TALLY_DELAY, BEF_TALLY_SERVICE, BEF_TALLY_FAILED, BEF_TALLY_LATE,
	            BEF_TALLY_LIMIT, BEF_TALLY_ALERT, BEF_TALLY_COUNT };
enum { BEF_TALLY_VALUES = 4, BEF_TALLY_SPANS = 8 };

/* A row of one of the tables. */
struct bef_tally {
	char *key, *label;
	char *note; /* the incident that it names, or NULL */
	int64_t value[BEF_TALLY_VALUES];
};

struct bef_tallies {
	struct bef_tally *row;
	size_t count;
};

/* How long something took, each time. */
struct bef_spans {
	const char *key, *label; /* label: through tr() */
	struct bef_span_of {
		int64_t ms;
		char ref[BEF_REF_SIZE];
	} *item;
	size_t count;
};

struct bef_period {
	int64_t from_ms, to_ms; /* opened from then until before then */
	int64_t now_ms;
	const char *zone;
	int incidents, open, drills;
	int64_t cents;
	struct bef_tallies table[BEF_TALLY_COUNT];
	struct bef_spans spans[BEF_TALLY_SPANS];
	bool failed; /* no memory */
};

void bef_period_begin(struct bef_period *p, int64_t from_ms, int64_t to_ms, const char *zone, int64_t now_ms);
void bef_period_clear(struct bef_period *p);

/* Take in a case that was opened within the period; others are left alone. */
enum bef_rc bef_period_add(struct bef_period *p, const char *ref, const struct bef_case *c, struct bef_err *err) BEF_MUST_CHECK;

/* In a format of documents, "json" (one object, type "period"), "csv" or "csv-intl" (a row a number, for a
 * pivot table).  `in` says who writes and when; it has no case.  BEF_USAGE: no such format. */
enum bef_rc bef_period_write(struct bef_period *p, const char *format, const struct bef_report_input *in,
                             struct bef_text *out, struct bef_err *err) BEF_MUST_CHECK;

/* For period_add.c: the row of this key, made if it is not there (NULL: no memory), and adding to a column of it. */
struct bef_tally *bef_period_row(struct bef_period *p, enum bef_tally_of of, const char *key, const char *label);
void bef_period_count(struct bef_period *p, enum bef_tally_of of, const char *key, const char *label, int column, int64_t by);

/* For the writer: settle the order of rows and what durations amount to. */
void bef_period_settle(struct bef_period *p);
