/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/date.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"

int64_t bef_monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool bef_civil_exists(const struct bef_civil *c)
{
	return c->year >= 1970 && c->year <= 9999 && c->month >= 1 && c->month <= 12 && c->day >= 1 &&
	       c->day <= month_days(c->year, c->month) && c->hour >= 0 && c->hour < 24 &&
	       c->minute >= 0 && c->minute < 60 && c->second >= 0 && c->second < 60;
}

int64_t bef_civil_seconds(const struct bef_civil *c)
{
	struct tm tm = {
		.tm_year = c->year - 1900, .tm_mon = c->month - 1, .tm_mday = c->day,
		.tm_hour = c->hour, .tm_min = c->minute, .tm_sec = c->second,
	};

	return timegm(&tm);
}

void bef_civil_from(int64_t seconds, struct bef_civil *out)
{
	time_t t = (time_t)seconds;
	struct tm tm = { 0 };

	gmtime_r(&t, &tm);
	*out = (struct bef_civil){
		.year = tm.tm_year + 1900, .month = tm.tm_mon + 1, .day = tm.tm_mday,
		.hour = tm.tm_hour, .minute = tm.tm_min, .second = tm.tm_sec, .weekday = tm.tm_wday,
	};
}

/* The first bytes of a file; -1 if it has none.  Without stdio, which needs memory for it: a zone that
 * cannot be read would be taken for UTC, and every time shown would be wrong. */
static ssize_t first_bytes(const char *path, char *out, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd >= 0 ? read(fd, out, size) : -1;

	if (fd >= 0)
		close(fd);
	return got;
}

/* A zone is a file that begins with "TZif" (RFC 8536): the folders and lists beside them are not
 * zones, and the C library would take them for UTC.  right/ counts leap seconds, which we do not. */
bool bef_zone_exists(const char *zone)
{
	const char *known = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
	char path[128];
	char magic[4];

	if (strcmp(zone, "UTC") == 0)
		return true;
	if (strlen(zone) >= BEF_ZONE_SIZE || strspn(zone, known) != strlen(zone) || *zone < 'A' || *zone > 'Z')
		return false;
	snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", zone);
	return first_bytes(path, magic, sizeof(magic)) == (ssize_t)sizeof(magic) &&
	       memcmp(magic, "TZif", sizeof(magic)) == 0;
}

static bool zone_from_link(char out[BEF_ZONE_SIZE])
{
	char target[256];
	ssize_t len = readlink("/etc/localtime", target, sizeof(target) - 1);
	const char *name;

	if (len <= 0)
		return false;
	target[len] = '\0';
	name = strstr(target, "zoneinfo/");
	if (!name || strlen(name + 9) >= BEF_ZONE_SIZE)
		return false;
	memcpy(out, name + 9, strlen(name + 9) + 1);
	return bef_zone_exists(out);
}

static bool zone_from_file(char out[BEF_ZONE_SIZE])
{
	ssize_t got = first_bytes("/etc/timezone", out, BEF_ZONE_SIZE - 1);

	if (got <= 0)
		return false;
	out[got] = '\0';
	out[strcspn(out, "\n")] = '\0';
	return bef_zone_exists(out);
}

void bef_zone_local(char out[BEF_ZONE_SIZE])
{
	static char found[BEF_ZONE_SIZE]; /* once: use_zone() writes over TZ */
	const char *tz = getenv("TZ");

	if (!*found) {
		if (tz && *tz == ':')
			tz++;
		if (tz && bef_zone_exists(tz))
			snprintf(found, sizeof(found), "%s", tz);
		else if (!zone_from_link(found) && !zone_from_file(found))
			snprintf(found, sizeof(found), "UTC");
		if (strcmp(found, "Etc/UTC") == 0)
			snprintf(found, sizeof(found), "UTC");
	}
	memcpy(out, found, sizeof(found));
}

/* TZ is ours to write over: only the first time may need memory, for the list of variables. */
static bool set_tz(const char *value)
{
	static char variable[BEF_ZONE_SIZE + 8];

	snprintf(variable, sizeof(variable), "TZ=%s", value);
	if (putenv(variable) != 0 && putenv(variable) != 0)
		return false;
	tzset();
	return true;
}

/* The C library holds one zone at a time; it is switched only when another one is asked for. */
static bool use_zone(const char *zone)
{
	static char current[BEF_ZONE_SIZE];
	char value[BEF_ZONE_SIZE + 1];
	char machine[BEF_ZONE_SIZE];

	if (strcmp(zone, current) == 0)
		return true;
	if (!bef_zone_exists(zone))
		return false;
	bef_zone_local(machine);
	snprintf(value, sizeof(value), ":%s", zone);
	if (!set_tz(value))
		return false;
	/* Without memory for the zone's file, glibc takes its name for a rule and goes on in UTC. */
	if (strchr(zone, '/') && strncmp(zone, tzname[0], strlen(tzname[0])) == 0 &&
	    (!set_tz("UTC") || !set_tz(value)))
		return false;
	snprintf(current, sizeof(current), "%s", zone);
	return true;
}

static int64_t floor_seconds(int64_t at_ms)
{
	return at_ms >= 0 ? at_ms / 1000 : -((999 - at_ms) / 1000);
}

int bef_zone_offset(const char *zone, int64_t at_ms)
{
	time_t t = (time_t)floor_seconds(at_ms);
	struct tm tm;

	if (strcmp(zone, "UTC") == 0 || !use_zone(zone) || !localtime_r(&t, &tm))
		return 0;
	return (int)tm.tm_gmtoff;
}

int bef_civil_instants(const struct bef_civil *civil, const char *zone, int64_t out_ms[2])
{
	int64_t local_ms = bef_civil_seconds(civil) * 1000;
	int before = bef_zone_offset(zone, local_ms - BEF_DAY_MS);
	int after = bef_zone_offset(zone, local_ms + BEF_DAY_MS);
	const int offsets[2] = { before, after };
	int found = 0;

	/* Any change near this time is between the two; the larger offset gives the earlier instant. */
	for (int i = 0; i < (before == after ? 1 : 2); i++) {
		int64_t at_ms = local_ms - (int64_t)offsets[i] * 1000;

		if (bef_zone_offset(zone, at_ms) == offsets[i])
			out_ms[found++] = at_ms;
	}
	if (found == 2 && out_ms[0] > out_ms[1]) {
		int64_t first = out_ms[1];

		out_ms[1] = out_ms[0];
		out_ms[0] = first;
	}
	return found;
}

static const char *const day_names[2][7] = {
	{ "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" },
	{ "dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi" },
};
static const char *const day_short[2][7] = {
	{ "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" },
	{ "dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam." },
};
static const char *const month_names[2][12] = {
	{ "January", "February", "March", "April", "May", "June", "July", "August", "September",
	  "October", "November", "December" },
	{ "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
	  "octobre", "novembre", "décembre" },
};
static const char *const month_short[2][12] = {
	{ "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
	{ "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
	  "déc." },
};

const char *bef_date_format(int64_t at_ms, const char *zone, enum bef_date_style style,
                            char out[BEF_DATE_SIZE])
{
	int offset = bef_zone_offset(zone, at_ms);
	int minutes = abs(offset) / 60;
	enum bef_lang l = bef_lang();
	struct bef_civil c;

	bef_civil_from(floor_seconds(at_ms) + offset, &c);
	switch (style) {
	case BEF_DATE_CLOCK:
		snprintf(out, BEF_DATE_SIZE, "%02d:%02d", c.hour, c.minute);
		break;
	case BEF_DATE_SHORT:
		snprintf(out, BEF_DATE_SIZE, "%02d/%02d %02d:%02d", c.day, c.month, c.hour, c.minute);
		break;
	case BEF_DATE_DAY:
		snprintf(out, BEF_DATE_SIZE, "%s %d %s %02d:%02d", day_short[l][c.weekday], c.day,
		         month_short[l][c.month - 1], c.hour, c.minute);
		break;
	case BEF_DATE_YEAR:
		snprintf(out, BEF_DATE_SIZE, "%s %d %s %d, %02d:%02d", day_short[l][c.weekday], c.day,
		         month_short[l][c.month - 1], c.year, c.hour, c.minute);
		break;
	case BEF_DATE_FULL:
		snprintf(out, BEF_DATE_SIZE, "%s %d %s %d, %02d:%02d:%02d", day_names[l][c.weekday], c.day,
		         month_names[l][c.month - 1], c.year, c.hour, c.minute, c.second);
		break;
	case BEF_DATE_OFFSET:
		snprintf(out, BEF_DATE_SIZE, "%04d-%02d-%02d %02d:%02d:%02d %c%02d:%02d", c.year, c.month,
		         c.day, c.hour, c.minute, c.second, offset < 0 ? '-' : '+', minutes / 60,
		         minutes % 60);
		break;
	}
	return out;
}

int bef_year_in(const char *zone, int64_t at_ms)
{
	struct bef_civil c;

	bef_civil_from(floor_seconds(at_ms) + bef_zone_offset(zone, at_ms), &c);
	return c.year;
}

const char *bef_date_utc(int64_t at_ms, char out[BEF_DATE_SIZE])
{
	struct bef_civil c;

	bef_civil_from(floor_seconds(at_ms), &c);
	snprintf(out, BEF_DATE_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour,
	         c.minute, c.second);
	return out;
}

/* True if `text` starts as `shape` does, where 0 stands for any digit. */
static bool has_shape(const char *text, const char *shape)
{
	for (; *shape; text++, shape++)
		if (*shape == '0' ? *text < '0' || *text > '9' : *text != *shape)
			return false;
	return true;
}

bool bef_date_utc_parse(const char *text, int64_t *out_ms)
{
	static const char shape[] = "0000-00-00T00:00:00";
	struct bef_civil c = { 0 };
	const char *rest = text + sizeof(shape) - 1;

	if (!has_shape(text, shape) ||
	    sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d", &c.year, &c.month, &c.day, &c.hour, &c.minute, &c.second) != 6 ||
	    !bef_civil_exists(&c))
		return false;
	if (has_shape(rest, ".0"))
		rest += 1 + strspn(rest + 1, "0123456789");
	if (strcmp(rest, "Z") != 0)
		return false;
	*out_ms = bef_civil_seconds(&c) * 1000;
	return true;
}

const char *bef_span_format(int64_t span_ms, char out[BEF_DATE_SIZE])
{
	int64_t s = (span_ms < 0 ? -span_ms : span_ms) / 1000;

	if (s < 60)
		snprintf(out, BEF_DATE_SIZE, "%d s", (int)s);
	else if (s < 3600)
		snprintf(out, BEF_DATE_SIZE, "%d min", (int)(s / 60));
	else if (s < 72 * 3600)
		snprintf(out, BEF_DATE_SIZE, "%d h %02d", (int)(s / 3600), (int)(s / 60 % 60));
	else
		snprintf(out, BEF_DATE_SIZE, tr("%d d %d h"), (int)(s / 86400), (int)(s / 3600 % 24));
	return out;
}

const char *bef_ago_format(int64_t at_ms, int64_t now_ms, char out[BEF_DATE_SIZE])
{
	char span[BEF_DATE_SIZE];
	int64_t away = at_ms - now_ms;

	bef_span_format(away, span);
	if (away > -BEF_MINUTE_MS && away < BEF_MINUTE_MS)
		snprintf(out, BEF_DATE_SIZE, "%s", tr("just now"));
	else if (away < 0)
		snprintf(out, BEF_DATE_SIZE, tr("%.40s ago"), span);
	else
		snprintf(out, BEF_DATE_SIZE, tr("in %.40s"), span);
	return out;
}

bool bef_duration_parse(const char *text, int64_t *out_ms)
{
	static const struct {
		bool time;
		char unit;
		int64_t ms;
	} units[] = {
		{ false, 'W', 7 * BEF_DAY_MS }, { false, 'D', BEF_DAY_MS }, { true, 'H', BEF_HOUR_MS },
		{ true, 'M', BEF_MINUTE_MS },   { true, 'S', 1000 },
	};
	int64_t total = 0;
	bool time = false;
	size_t unit = 0;

	if (*text++ != 'P' || !*text)
		return false;
	while (*text) {
		char *end;
		long n;

		if (*text == 'T' && !time) {
			time = true;
			text++;
		}
		if (*text < '0' || *text > '9')
			return false;
		n = strtol(text, &end, 10);
		while (unit < 5 && (units[unit].unit != *end || units[unit].time != time))
			unit++;
		if (unit == 5 || n < 0 || n > 5256000)
			return false;
		total += n * units[unit++].ms;
		text = end + 1;
	}
	if (total > 3660 * BEF_DAY_MS)
		return false;
	*out_ms = total;
	return true;
}
