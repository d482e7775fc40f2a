/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Instants, calendars, zones, and how they are written.
 *
 * An instant is int64_t milliseconds since 1970 in UTC, named *_at_ms.  Nothing
 * here reads a clock.  Zones are IANA names read from the system's tzdata; an
 * unknown zone is refused, where the C library would silently use UTC.  The
 * names of days and months are ours, so that no locale has to be generated.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum { BEF_ZONE_SIZE = 48, BEF_DATE_SIZE = 64 };

#define BEF_MINUTE_MS INT64_C(60000)
#define BEF_HOUR_MS (60 * BEF_MINUTE_MS)
#define BEF_DAY_MS (24 * BEF_HOUR_MS)
/* The end of the year 9999. */
#define BEF_DATE_MOST_MS INT64_C(253402300799999)

/* Milliseconds on a clock that nobody sets: for limits of time, and for nothing that is written down. */
int64_t bef_monotonic_ms(void);

/* A date and a time of day, in whatever zone. */
struct bef_civil {
	int year, month, day; /* month 1-12 */
	int hour, minute, second;
	int weekday; /* 0 is Sunday; filled by bef_civil_from() only */
};

/* Seconds since 1970 of a civil time taken as UTC (proleptic Gregorian), and back. */
int64_t bef_civil_seconds(const struct bef_civil *civil);
void bef_civil_from(int64_t seconds, struct bef_civil *out);
/* The year that the clocks of `zone` show at this instant. */
int bef_year_in(const char *zone, int64_t at_ms);
/* True if such a day exists and the time of day is below 24:00:00. */
bool bef_civil_exists(const struct bef_civil *civil);

/* The second that holds an instant, of before 1970 too. */
int64_t bef_whole_seconds(int64_t at_ms);

/* True if the machine knows this zone. */
bool bef_zone_exists(const char *zone);
/* Seconds east of UTC in `zone` at an instant; 0 for a zone that does not exist. */
int bef_zone_offset(const char *zone, int64_t at_ms);
/* The machine's zone: TZ, the link /etc/localtime, /etc/timezone, else "UTC".  Found once. */
void bef_zone_local(char out[BEF_ZONE_SIZE]);

/*
 * The instants at which clocks in `zone` show this civil time: 0 (skipped when
 * clocks go forward), 1, or 2 (doubled when they go back; earlier one first).
 */
int bef_civil_instants(const struct bef_civil *civil, const char *zone, int64_t out_ms[2]);

enum bef_date_style {
	BEF_DATE_CLOCK,  /* 14:05 */
	BEF_DATE_SHORT,  /* 03/11 14:05 */
	BEF_DATE_DAY,    /* lun. 3 nov. 14:05 */
	BEF_DATE_YEAR,   /* lun. 3 nov. 2025, 14:05: for what is read years later */
	BEF_DATE_FULL,   /* lundi 3 novembre 2025, 14:05:09 */
	BEF_DATE_OFFSET, /* 2025-11-03 14:05:09 +01:00 */
};

/* Write an instant in `zone`, in the chosen language; returns `out`. */
const char *bef_date_format(int64_t at_ms, const char *zone, enum bef_date_style style,
                            char out[BEF_DATE_SIZE]);

/* RFC 3339 in UTC, whole seconds: 2025-11-03T05:12:00Z. */
const char *bef_date_utc(int64_t at_ms, char out[BEF_DATE_SIZE]);
bool bef_date_utc_parse(const char *text, int64_t *out_ms);

/* A length of time in words: "45 s", "12 min", "3 h 05", "2 d 4 h" (French "2 j 4 h"). */
const char *bef_span_format(int64_t span_ms, char out[BEF_DATE_SIZE]);

/* "12 min ago", "in 3 h 05", "just now", in the chosen language. */
const char *bef_ago_format(int64_t at_ms, int64_t now_ms, char out[BEF_DATE_SIZE]);

/* An ISO 8601 duration of weeks, days, hours, minutes, seconds, at most 10 years; months and years
 * are refused, since they are not a number of hours. */
bool bef_duration_parse(const char *text, int64_t *out_ms);
