/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * How long things took, in one incident: intervals between events that the
 * journal names.  Nothing is guessed: an event that nobody wrote down has no
 * instant, and an interval that needs it is unknown, which is not nothing.
 */
#include "model/case.h"

enum bef_milestone {
	BEF_STARTED,     /* estimated: instant "occurred" */
	BEF_DETECTED,    /* first sign, as somebody dated it */
	BEF_OPENED,
	BEF_TAKEN,       /* first gesture of a person after the opening */
	BEF_QUALIFIED,   /* first time that type or severity were said again, or that the phase went past qualification */
	BEF_CONTAINING,  /* containment begun: first move there */
	BEF_CONTAINED,   /* containment left for a later phase, for the last time */
	BEF_RECOVERING,  /* first move to recovery */
	BEF_RETURNED,    /* last move to "return to normal" */
	BEF_ENDED,       /* closed, and not opened again */
	BEF_MILESTONE_COUNT,
};

/* From one milestone to another: detect, take charge, qualify, contain, restore, close. */
enum { BEF_INTERVALS = 6 };

struct bef_milestone_at {
	int64_t at_ms;               /* 0: unknown */
	const struct bef_line *line; /* which says so, or NULL */
};

enum bef_interval_state { BEF_INTERVAL_UNKNOWN, BEF_INTERVAL_KNOWN, BEF_INTERVAL_CONTRADICTORY };

struct bef_interval {
	enum bef_milestone from, to;
	enum bef_interval_state state; /* contradictory: the end is before the start */
	int64_t span_ms;
};

struct bef_stay {
	const char *phase; /* stored word */
	int64_t span_ms;   /* all stays together, up to now for the one that goes on */
	int visits;
};

struct bef_metrics {
	struct bef_milestone_at at[BEF_MILESTONE_COUNT];
	struct bef_interval interval[BEF_INTERVALS];
	struct bef_stay stay[16]; /* in the order of the phases; those gone through */
	int stays;
};

void bef_metrics_of(const struct bef_case *c, int64_t now_ms, struct bef_metrics *out);

const char *bef_milestone_label(enum bef_milestone which); /* in the chosen language */
const char *bef_interval_name(int i);
const char *bef_interval_label(int i);
/* The length in words, or "unknown", or that the times contradict each other. */
const char *bef_interval_say(const struct bef_interval *interval, char out[BEF_DATE_SIZE]);

/* {"milestones": {...}, "intervals": {... seconds or null}, "phases": [...]}; NULL: no memory. */
json_t *bef_metrics_json(const struct bef_metrics *metrics);
/* One object for each asset of bef_outages_of(); NULL: no memory. */
json_t *bef_services_json(const struct bef_case *c, int64_t now_ms);
