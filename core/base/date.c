/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/date.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

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

int64_t bef_whole_seconds(int64_t at_ms)
{
	return at_ms >= 0 ? at_ms / 1000 : -((999 - at_ms) / 1000);
}

int bef_zone_offset(const char *zone, int64_t at_ms)
{
	time_t t = (time_t)bef_whole_seconds(at_ms);
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
