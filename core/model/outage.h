/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * How long what is affected was out of service or degraded, against what was
 * said to be admissible (law note, PCA/PRA: DMIA or RTO for the interruption,
 * PDMA or RPO for the data).  Computed from the states of assets and from when
 * they were so; an asset of which nobody said that it stopped never did.
 */
#include "model/case.h"

enum bef_availability { BEF_RUNNING, BEF_DEGRADED, BEF_DOWN };

/* What a state of an asset (stored word) means for those who use it; `before`: as it was, which is what states
 * that say nothing of it leave: who is compromised or isolated may still work, what was rebuilt may not be back. */
enum bef_availability bef_availability_of(const char *status, enum bef_availability before);

/* Without a break in the same state. */
struct bef_stretch {
	enum bef_availability how; /* BEF_DEGRADED or BEF_DOWN */
	const struct bef_line *from;  /* the entry that says so */
	const struct bef_line *until; /* the one that says otherwise, or NULL: it goes on */
};

struct bef_outage {
	int asset;                     /* index in assets */
	enum bef_availability now;
	struct bef_stretch *stretch;   /* in the order of time */
	size_t stretch_count;
	int64_t down_at_ms;            /* first time out of service; 0: never */
	int64_t back_at_ms;            /* end of the last one; 0: never out, or it goes on */
	int64_t longest_ms;            /* longest interruption, up to now for one that goes on */
	int64_t total_ms;              /* all of them */
	int64_t degraded_ms;           /* all stretches of running badly */
	int64_t current_ms;            /* the one that goes on; 0: none does */
	int64_t lost_ms;               /* age of the data got back when it stopped; -1: unknown */
	bool rto_missed, rpo_missed;   /* false where there is no objective, or nothing to hold against it */
};

struct bef_outages {
	struct bef_outage *one;
	size_t count;
	size_t down, degraded; /* now */
};

/* Assets that count and that were degraded or out of service once, or have an objective.  Clear *out, whatever
 * happens.  False: no memory. */
bool bef_outages_of(const struct bef_case *c, int64_t now_ms, struct bef_outages *out);
void bef_outages_clear(struct bef_outages *outages);
void bef_outage_clear(struct bef_outage *outage);

/* True while it is out of service for longer than is admissible. */
bool bef_outage_is_late(const struct bef_case *c, const struct bef_outage *outage);

/* "2 h 40 (at most 4 h)", "5 h (at most 4 h): EXCEEDED", "2 h 40", "never", "unknown", in the chosen language; returns `out`. */
enum { BEF_OUTAGE_SAY = 160 };
const char *bef_outage_say_rto(const struct bef_case *c, const struct bef_outage *outage, char out[BEF_OUTAGE_SAY]);
const char *bef_outage_say_rpo(const struct bef_case *c, const struct bef_outage *outage, char out[BEF_OUTAGE_SAY]);
