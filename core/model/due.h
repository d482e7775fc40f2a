/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * When a legal or contractual time limit ends.
 *
 * Every limit has two instants.  The safe one is never later than any reading
 * of the text: it is shown big, counted down, alerted on.  The extended one is
 * what the most favourable reading gives: it is never a right, is hidden by
 * default, and nothing alerts on it.
 *
 * Sources: Regulation (EEC, Euratom) 1182/71, art. 2 and 3; Code de procédure
 * civile, art. 641 and 642; Delegated Regulation (EU) 2025/301 (DORA), art. 5.
 * Art. 3(5) of 1182/71 (two working days at least) is applied to hours from 48
 * on, partial days counted, which is the reading that extends least, and not
 * to days.
 *
 * Pure: no clock and no file but the system's time zones.
 */
#include <stdint.h>

#include "model/holiday.h"
#include "model/words.h"

/* Put into records beside the two instants; goes up when the same question gets another answer. */
#define BEF_DUE_VERSION "1"

enum bef_offset_unit { BEF_OFFSET_ABSENT, BEF_OFFSET_TIME, BEF_OFFSET_DAYS, BEF_OFFSET_WEEKS, BEF_OFFSET_MONTHS };

/* How long: the unit matters, since a month is no number of days and a day no number of hours. */
struct bef_offset {
	enum bef_offset_unit unit;
	int64_t count; /* seconds for BEF_OFFSET_TIME */
};

/* Parse an ISO 8601 duration of at most 10 years: hours, minutes and seconds (PT72H, PT1H30M), or days
 * (P14D), or weeks (P2W), or years and months (P1M, P1Y6M).  Units that are not counted alike do not
 * mix.  BEF_USAGE: anything else. */
enum bef_rc bef_offset_parse(const char *text, struct bef_offset *out, struct bef_err *err) BEF_MUST_CHECK;

/* How to count; in the order of bef_calcs. */
enum bef_calc {
	BEF_CALC_ELAPSED,    /* nothing extends it */
	BEF_CALC_EU1182,     /* Regulation 1182/71 */
	BEF_CALC_FR_STATUTE, /* hours strict; days and months CPC 641-642 */
	BEF_CALC_DORA5_4,    /* noon of the next working day, for the entities that have that rule */
	BEF_CALC_CONTRACT,   /* hours elapsed, or working days */
	BEF_CALC_NONE,       /* without delay: there is no limit to compute */
	BEF_CALC_COUNT
};
extern const struct bef_words bef_calcs;

struct bef_due_ask {
	int64_t from_ms; /* the event; years 1970 to 9900 */
	const char *zone;
	struct bef_offset offset;
	enum bef_calc calc;
	const struct bef_calendar *calendar;
	const struct bef_extra_days *extra; /* or NULL */
	bool roll; /* dora5_4: this report of this entity may wait until noon (art. 5(4) and 5(5)) */
};

enum { BEF_DUE_STEPS_MOST = 10, BEF_DUE_STEP_SIZE = 240 };

struct bef_due {
	int64_t safe_ms;     /* 0: nothing to compute (BEF_CALC_NONE) */
	int64_t extended_ms; /* safe_ms or later */
	char step[BEF_DUE_STEPS_MOST][BEF_DUE_STEP_SIZE]; /* how it was found, in the chosen language */
	int step_count;
};

/*
 * Hours are elapsed hours: a night when clocks change counts what it lasts.
 * Days and months end at the same local time of day, in whole seconds: at the
 * earlier of the two if the clocks show it twice, as soon as they have jumped
 * over it if they skip it.  A length of zero is the start itself.
 * BEF_USAGE: the length does not go with the calculation, the zone is not
 * known, or the start is out of bounds.
 */
enum bef_rc bef_due_compute(const struct bef_due_ask *ask, struct bef_due *out, struct bef_err *err) BEF_MUST_CHECK;

/* One of the limits of which the earliest holds. */
struct bef_due_leg {
	int64_t from_ms; /* 0: not known yet, the leg does not count */
	struct bef_offset offset;
};

/*
 * The leg that ends first: its two instants, and in *which (may be NULL) its
 * position; what legs have no say in comes from `rule`.  With dora5_4, a
 * shorter leg that begins only after another one is over takes its place
 * (DORA art. 5(2): classified as major after the 24 hours, 4 hours from then).
 * BEF_NOT_FOUND: no leg has begun.
 */
enum bef_rc bef_due_min(const struct bef_due_ask *rule, const struct bef_due_leg *leg, size_t count,
                        struct bef_due *out, size_t *which, struct bef_err *err) BEF_MUST_CHECK;
