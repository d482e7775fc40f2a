/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Days and hours as the clocks of a zone show them: where one ends, and what
 * comes a number of days or months later.
 *
 * A local time that the clocks skip (spring night) or show twice (autumn
 * night) is one instant here: the first at which they show that time or a
 * later one.  Who must ask a person which was meant uses bef_civil_instants().
 * Nothing here reads a clock; a zone that does not exist counts as UTC.
 */
#include "base/date.h"

/* What the clocks of `zone` show at this instant, to the second. */
void bef_civil_in(const char *zone, int64_t at_ms, struct bef_civil *out);
/* The first instant at which the clocks of `zone` show this time, or a later one if they skip it. */
int64_t bef_civil_first(const struct bef_civil *civil, const char *zone);

/* `days` later (or earlier) at the same time of day; fills the weekday. */
void bef_civil_add_days(struct bef_civil *civil, int days);
/* The same day of the month and time of day `months` later (0 or more), or the last day of a month
 * that has no such day; fills the weekday. */
void bef_civil_add_months(struct bef_civil *civil, int months);

/* 24:00 of that day: the first instant at which the clocks show a later one. */
int64_t bef_day_end(const struct bef_civil *day, const char *zone);
/* When the clock hour in which this instant lies is over, told by the local clocks: some zones
 * are half an hour or three quarters away from the hours of UTC. */
int64_t bef_hour_end(const char *zone, int64_t at_ms);

/* The day in words, in the chosen language: "lundi 3 novembre 2025". */
const char *bef_day_format(const struct bef_civil *day, char out[BEF_DATE_SIZE]);
/* An instant in words, "lundi 3 novembre 2025, 14:05", with seconds only if there are some.  As the
 * end of a time, midnight is "dimanche 2 novembre 2025, 24:00".  The zone is for the caller to name. */
const char *bef_moment_format(int64_t at_ms, const char *zone, char out[BEF_DATE_SIZE]);
const char *bef_limit_format(int64_t at_ms, const char *zone, char out[BEF_DATE_SIZE]);
/* How far `zone` is from UTC then: "+02:00". */
const char *bef_offset_format(int64_t at_ms, const char *zone, char out[BEF_DATE_SIZE]);
