/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/when.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

/* What one reading of the text found. */
struct reading {
	const char *s; /* the rest, folded */
	struct bef_civil civil;
	int64_t span_ms; /* for "-10m" and "+2h" */
	int offset_s;
	bool has_offset;
	bool has_date; /* else the day is the nearest one */
	bool has_year; /* else the year is */
};

static void skip_spaces(struct reading *r)
{
	while (*r->s == ' ')
		r->s++;
}

/* Step over `word` if it stands here as a whole word. */
static bool word(struct reading *r, const char *text)
{
	size_t len = strlen(text);

	if (strncmp(r->s, text, len) != 0 || isalpha((unsigned char)r->s[len]))
		return false;
	r->s += len;
	skip_spaces(r);
	return true;
}

/* A number of at most `digits` digits. */
static bool number(struct reading *r, int digits, int *out)
{
	int n = 0;
	int value = 0;

	while (n < digits && isdigit((unsigned char)r->s[n]))
		value = 10 * value + (r->s[n++] - '0');
	if (n == 0 || isdigit((unsigned char)r->s[n]))
		return false;
	r->s += n;
	*out = value;
	return true;
}

static int64_t unit_ms(struct reading *r)
{
	static const struct {
		const char *name;
		int64_t ms;
	} units[] = {
		{ "jours", BEF_DAY_MS },      { "jour", BEF_DAY_MS },       { "days", BEF_DAY_MS },
		{ "day", BEF_DAY_MS },        { "heures", BEF_HOUR_MS },    { "heure", BEF_HOUR_MS },
		{ "hours", BEF_HOUR_MS },     { "hour", BEF_HOUR_MS },      { "minutes", BEF_MINUTE_MS },
		{ "minute", BEF_MINUTE_MS },  { "mins", BEF_MINUTE_MS },    { "min", BEF_MINUTE_MS },
		{ "mn", BEF_MINUTE_MS },      { "secondes", 1000 },         { "seconds", 1000 },
		{ "seconde", 1000 },          { "second", 1000 },           { "s", 1000 },
		{ "j", BEF_DAY_MS },          { "d", BEF_DAY_MS },          { "h", BEF_HOUR_MS },
		{ "m", BEF_MINUTE_MS },
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (word(r, units[i].name))
			return units[i].ms;
	return 0;
}

/* "1h30", "1 h 30 min", "2 jours": a number after hours without a unit is minutes. */
static bool span(struct reading *r)
{
	int64_t last = 0;
	int n;

	r->span_ms = 0;
	while (number(r, 5, &n)) {
		int64_t ms;

		skip_spaces(r);
		ms = unit_ms(r);
		if (ms == 0 && last == BEF_HOUR_MS)
			ms = BEF_MINUTE_MS;
		if (ms == 0 || (last && ms >= last))
			return false;
		r->span_ms += n * ms;
		last = ms;
	}
	return last != 0;
}

/* Z, +01:00, +0100, +01 */
static bool offset(struct reading *r)
{
	int sign;
	int hours;
	int minutes = 0;

	skip_spaces(r);
	if (*r->s == 'z' && r->s[1] == '\0') {
		r->s++;
		return r->has_offset = true;
	}
	if (*r->s != '+' && *r->s != '-')
		return true;
	sign = *r->s++ == '-' ? -1 : 1;
	if (!isdigit((unsigned char)r->s[0]) || !isdigit((unsigned char)r->s[1]))
		return false;
	hours = 10 * (r->s[0] - '0') + (r->s[1] - '0');
	r->s += 2;
	if (*r->s == ':' && !isdigit((unsigned char)*++r->s))
		return false;
	if (*r->s && !number(r, 2, &minutes))
		return false;
	r->offset_s = sign * (hours * 3600 + minutes * 60);
	r->has_offset = true;
	return minutes < 60 && hours * 60 + minutes <= 14 * 60;
}

/* "at", "around": no time is kept as uncertain, and whoever types it sees how it was understood. */
static void skip_about(struct reading *r)
{
	while (word(r, "a") || word(r, "at") || word(r, "vers") || word(r, "environ") || word(r, "about") || word(r, "around"))
		;
}

/* 14:05, 14:05:30, 14h05, 14h, 14 h 05; "a", "vers", "at", "around" may stand before. */
static bool clock_time(struct reading *r)
{
	skip_about(r);
	if (!number(r, 2, &r->civil.hour))
		return false;
	skip_spaces(r);
	if (*r->s != ':' && *r->s != 'h')
		return false;
	if (*r->s++ == 'h') {
		skip_spaces(r);
		if (isdigit((unsigned char)*r->s) && !number(r, 2, &r->civil.minute))
			return false;
	} else if (!number(r, 2, &r->civil.minute)) {
		return false;
	}
	if (*r->s == ':') {
		r->s++;
		if (!number(r, 2, &r->civil.second))
			return false;
		if (*r->s == '.')
			r->s += 1 + strspn(r->s + 1, "0123456789");
	}
	return offset(r);
}

static bool iso_date(struct reading *r)
{
	struct reading start = *r;

	if (number(r, 4, &r->civil.year) && *r->s == '-' && r->civil.year >= 1000) {
		r->s++;
		if (number(r, 2, &r->civil.month) && *r->s++ == '-' && number(r, 2, &r->civil.day) &&
		    (*r->s == 't' || *r->s == ' ')) {
			r->s++;
			skip_spaces(r);
			return r->has_date = r->has_year = true;
		}
	}
	*r = start;
	return false;
}

/* Day first, always: 3/11, 03/11/2025, 3/11/25. */
static bool french_date(struct reading *r)
{
	struct reading start = *r;

	if (number(r, 2, &r->civil.day) && *r->s == '/') {
		r->s++;
		if (number(r, 2, &r->civil.month)) {
			r->has_year = *r->s == '/';
			if (r->has_year)
				r->s++;
			if (!r->has_year || number(r, 4, &r->civil.year)) {
				r->civil.year += r->civil.year < 100 ? 2000 : 0;
				skip_spaces(r);
				return r->has_date = true;
			}
		}
	}
	*r = start;
	return false;
}

static bool day_word(struct reading *r, const struct bef_civil *today)
{
	static const struct {
		const char *name;
		int days;
	} words[] = {
		{ "avant-hier", -2 }, { "hier", -1 },      { "yesterday", -1 }, { "aujourd'hui", 0 },
		{ "today", 0 },       { "demain", 1 },     { "tomorrow", 1 },  { "ce matin", 0 },
		{ "this morning", 0 },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct bef_civil noon = *today;

		if (!word(r, words[i].name))
			continue;
		noon.hour = 12;
		bef_civil_from(bef_civil_seconds(&noon) + words[i].days * 86400, &noon);
		r->civil.year = noon.year;
		r->civil.month = noon.month;
		r->civil.day = noon.day;
		return r->has_date = r->has_year = true;
	}
	return false;
}

static bool relative(struct reading *r, int64_t now_ms, struct bef_when *out)
{
	bool past = true;
	bool said = true;

	if (word(r, "maintenant") || word(r, "now")) {
		out->at_ms = now_ms;
		return *r->s == '\0';
	}
	if (word(r, "il y a"))
		past = true;
	else if (word(r, "dans") || word(r, "in"))
		past = false;
	else if (*r->s == '-' || *r->s == '+') {
		past = *r->s++ == '-';
		skip_spaces(r);
	} else {
		said = false;
	}
	skip_about(r);
	if (!span(r) || (!said && !word(r, "ago")) || *r->s)
		return false;
	out->at_ms = past ? now_ms - r->span_ms : now_ms + r->span_ms;
	return true;
}

static enum bef_rc not_understood(const char *text, struct bef_err *err)
{
	bef_fail(err, BEF_USAGE, tr("time not understood: '%s'"), BEF_SHORT(text, 60));
	bef_hint(err, "%s", tr("examples: 14:05, 14h05, 20 min ago, yesterday 18:30, 3/11 06:12, 2025-11-03 06:12"));
	return BEF_USAGE;
}

/* A day alone: what is missing is said rather than guessed. */
static enum bef_rc no_hour(const char *text, struct bef_err *err)
{
	bef_fail(err, BEF_USAGE, tr("'%s': at what time?"), BEF_SHORT(text, 60));
	bef_hint(err, "%s", tr("a rough hour will do: this morning 8:00, yesterday around 18:30, 3/11 06:12"));
	return BEF_USAGE;
}

static bool is_ahead(int64_t at_ms, int64_t now_ms)
{
	return at_ms > now_ms + 5 * BEF_MINUTE_MS;
}

/* From civil time to the one or two instants.  While the doubled hour lasts, only one of the two
 * has happened, or is still to come: then there is nothing to ask. */
static enum bef_rc resolve(const struct reading *r, const char *text, enum bef_when_sense sense,
                           int64_t now_ms, const char *zone, struct bef_when *out, struct bef_err *err)
{
	int64_t at_ms[2];
	int found;

	if (r->has_offset) {
		out->at_ms = (bef_civil_seconds(&r->civil) - r->offset_s) * 1000;
		return BEF_OK;
	}
	found = bef_civil_instants(&r->civil, zone, at_ms);
	if (found == 0) {
		bef_fail(err, BEF_USAGE, tr("'%s' does not exist: clocks go forward over it (%s)"), BEF_SHORT(text, 60), zone);
		bef_hint(err, "%s", tr("give the time one hour later, or add an offset such as +02:00"));
		return BEF_USAGE;
	}
	if (found == 2 && sense == BEF_WHEN_FACT && is_ahead(at_ms[1], now_ms))
		found = 1;
	if (found == 2 && sense == BEF_WHEN_DUE && at_ms[0] <= now_ms) {
		at_ms[0] = at_ms[1];
		found = 1;
	}
	out->at_ms = at_ms[0];
	out->doubled = found == 2;
	if (out->doubled)
		out->other_ms = at_ms[1];
	return BEF_OK;
}

/* What was left out (the day, or the year of 31/12) is the nearest on the right side of now. */
static enum bef_rc nearest(struct reading *r, const char *text, enum bef_when_sense sense,
                           int64_t now_ms, const char *zone, struct bef_when *out, struct bef_err *err)
{
	const int step = sense == BEF_WHEN_FACT ? -1 : 1;
	enum bef_rc rc = resolve(r, text, sense, now_ms, zone, out, err);
	bool wrong = (sense == BEF_WHEN_FACT && is_ahead(out->at_ms, now_ms)) ||
	             (sense == BEF_WHEN_DUE && out->at_ms <= now_ms);

	if (rc || !wrong)
		return rc;
	if (r->has_date)
		r->civil.year += step;
	else
		bef_civil_from(bef_civil_seconds(&r->civil) + step * 86400, &r->civil);
	if (!bef_civil_exists(&r->civil))
		return not_understood(text, err);
	*out = (struct bef_when){ 0 };
	return resolve(r, text, sense, now_ms, zone, out, err);
}

/* A bare hour is of today: today here, or where its own offset is in force. */
static void take_day(struct reading *r, int64_t now_ms, const struct bef_civil *today)
{
	struct bef_civil there = *today;

	if (r->has_offset)
		bef_civil_from(now_ms / 1000 + r->offset_s, &there);
	r->civil.year = there.year;
	r->civil.month = there.month;
	r->civil.day = there.day;
}

static enum bef_rc absolute(struct reading *r, const char *text, enum bef_when_sense sense,
                            int64_t now_ms, const char *zone, struct bef_when *out, struct bef_err *err)
{
	struct bef_civil today;

	if (!bef_zone_exists(zone))
		return bef_fail(err, BEF_USAGE, tr("this machine does not know the time zone '%.40s'"), zone);
	bef_civil_from(now_ms / 1000 + bef_zone_offset(zone, now_ms), &today);
	r->civil = (struct bef_civil){ .year = today.year };
	if (!iso_date(r) && !french_date(r))
		day_word(r, &today);
	if (r->has_date && !*r->s)
		return no_hour(text, err);
	if (!clock_time(r) || *r->s)
		return not_understood(text, err);
	if (!r->has_date)
		take_day(r, now_ms, &today);
	if (!bef_civil_exists(&r->civil))
		return not_understood(text, err);
	return r->has_year ? resolve(r, text, sense, now_ms, zone, out, err)
	                   : nearest(r, text, sense, now_ms, zone, out, err);
}

static enum bef_rc check_sense(const char *text, enum bef_when_sense sense, int64_t now_ms,
                               struct bef_when *out, struct bef_err *err)
{
	if (out->at_ms <= 0) /* before 1970: 0 means absent everywhere */
		return not_understood(text, err);
	if (sense == BEF_WHEN_FACT && is_ahead(out->at_ms, now_ms)) {
		bef_fail(err, BEF_USAGE, tr("'%s' has not happened yet"), BEF_SHORT(text, 60));
		bef_hint(err, "%s", tr("a fact is past; for what is still to do: beffroi action"));
		return BEF_USAGE;
	}
	if (sense == BEF_WHEN_DUE && out->at_ms < now_ms - BEF_MINUTE_MS)
		return bef_fail(err, BEF_USAGE, tr("'%s' is already past"), BEF_SHORT(text, 60));
	out->old = sense == BEF_WHEN_FACT && out->at_ms < now_ms - 30 * BEF_DAY_MS;
	return BEF_OK;
}

enum bef_rc bef_when_parse(const char *text, enum bef_when_sense sense, int64_t now_ms,
                           const char *zone, struct bef_when *out, struct bef_err *err)
{
	struct reading r = { 0 };
	struct reading again;
	struct bef_when when = { 0 };
	char typed[80];
	char folded[80];
	size_t len;
	enum bef_rc rc;

	text = bef_trim(text, &len);
	if (len == 0 || len >= sizeof(typed))
		return not_understood(text, err);
	memcpy(typed, text, len);
	typed[len] = '\0';
	bef_fold(typed, folded, sizeof(folded));
	r.s = folded;
	skip_spaces(&r);
	again = r;
	rc = relative(&again, now_ms, &when) ? BEF_OK
	                                     : absolute(&r, typed, sense, now_ms, zone, &when, err);
	if (rc == BEF_OK)
		rc = check_sense(typed, sense, now_ms, &when, err);
	if (rc == BEF_OK)
		*out = when;
	return rc;
}

bool bef_span_parse(const char *text, int64_t *out_ms)
{
	struct reading r = { 0 };
	char typed[80], folded[80];
	size_t len;

	text = bef_trim(text, &len);
	if (len == 0 || len >= sizeof(typed))
		return false;
	memcpy(typed, text, len);
	typed[len] = '\0';
	bef_fold(typed, folded, sizeof(folded));
	r.s = folded;
	skip_spaces(&r);
	*out_ms = span(&r) && !*r.s && r.span_ms <= 3660 * BEF_DAY_MS ? r.span_ms : -1;
	return *out_ms >= 0;
}

size_t bef_when_prefix(const char *text)
{
	size_t len = strcspn(text, " ");
	struct reading r = { 0 };
	struct bef_when unused;
	char first[16];

	if (len == 0 || len >= sizeof(first) || text[len] != ' ')
		return 0;
	bef_fold(text, first, sizeof(first));
	first[len] = '\0';
	r.s = first;
	if ((*first == '-' || *first == '+') && relative(&r, 0, &unused))
		return len;
	r.s = first;
	/* Minutes are wanted here: "10h de panne" is a sentence, and "14:99" no time. */
	if (!isdigit((unsigned char)first[len - 1]))
		return 0;
	r.civil = (struct bef_civil){ .year = 2000, .month = 1, .day = 1 };
	return clock_time(&r) && *r.s == '\0' && !r.has_offset && bef_civil_exists(&r.civil) ? len : 0;
}
