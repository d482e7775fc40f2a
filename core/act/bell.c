/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/bell.h"

#include <string.h>

#include "base/date.h"

const struct bef_destination *bef_bell_find(const struct bef_bell *bell, const char *name)
{
	for (size_t i = 0; bell && i < bell->count; i++)
		if (bef_fold_equal(bell->destination[i].name, name))
			return &bell->destination[i];
	return NULL;
}

static void add_name(const char *name, const char **to, int *count, int most)
{
	for (int i = 0; i < *count; i++)
		if (strcmp(to[i], name) == 0)
			return;
	if (*count < most)
		to[(*count)++] = name;
}

bool bef_bell_names(const struct bef_bell *bell, const char *name, const char **to, int *count, int most)
{
	const struct bef_destination *one = bef_bell_find(bell, name);

	if (one)
		add_name(one->name, to, count, most);
	for (size_t g = 0; !one && bell && g < bell->group_count; g++) {
		if (!bef_fold_equal(bell->group[g].name, name))
			continue;
		for (int i = 0; i < bell->group[g].count; i++) {
			one = bef_bell_find(bell, bell->group[g].member[i]);
			if (one)
				add_name(one->name, to, count, most);
		}
		return true;
	}
	return one != NULL;
}

bool bef_bell_hears(const struct bef_destination *d, const struct bef_alarm_kind *kind, const struct bef_case *c)
{
	unsigned bit = 1U << (kind - bef_alarm_kinds);

	if (c->drill ? d->drills == BEF_DRILLS_NO : d->drills == BEF_DRILLS_ONLY)
		return false;
	if (d->kinds && !(d->kinds & bit))
		return false;
	return !*d->least_severity || !c->severity || strcmp(c->severity, d->least_severity) >= 0;
}

/* Minutes after midnight, where the incident is. */
static int minute_of_day(const struct bef_case *c, int64_t now_ms)
{
	struct bef_civil civil;

	bef_civil_from(now_ms / 1000 + bef_zone_offset(c->zone, now_ms), &civil);
	return civil.hour * 60 + civil.minute;
}

int64_t bef_bell_leaves_at(const struct bef_destination *d, const struct bef_alarm_kind *kind, const char *level,
                           const struct bef_case *c, int64_t now_ms)
{
	bool crisis = c->state && strcmp(c->state, "crisis") == 0;
	int minute, length, gone;

	if (d->quiet_from == d->quiet_to || crisis || kind->rings_quiet || bef_level_number(level) == 0)
		return now_ms;
	minute = minute_of_day(c, now_ms);
	length = (d->quiet_to - d->quiet_from + 1440) % 1440;
	gone = (minute - d->quiet_from + 1440) % 1440;
	return gone < length ? now_ms + (length - gone) * BEF_MINUTE_MS : now_ms;
}

int bef_level_number(const char *level)
{
	return strcmp(level, "critical") == 0 ? 0 : strcmp(level, "urgent") == 0 ? 1 : 2;
}
