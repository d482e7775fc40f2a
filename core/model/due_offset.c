/* SPDX-License-Identifier: EUPL-1.2 */
/* How long, and how to count: the words of a limit. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "model/due.h"

static const struct bef_word calc_rows[] = {
	{ "elapsed", N_("elapsed time"), "ecoule,temps-ecoule" },
	{ "eu1182", N_("Regulation 1182/71"), "ue1182,1182,1182/71" },
	{ "fr_statute", N_("French statute"), "fr-statute,loi,cpc" },
	{ "dora5_4", N_("DORA, art. 5(4)"), "dora" },
	{ "contract", N_("contract"), "contrat" },
	{ "none", N_("without delay"), "aucun,immediat" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_calcs = { N_("calculation"), calc_rows };

/* In the order in which ISO 8601 writes them; ten years of each. */
static const struct {
	char letter;
	enum bef_offset_unit unit;
	int times;
} units[] = {
	{ 'Y', BEF_OFFSET_MONTHS, 12 },
	{ 'M', BEF_OFFSET_MONTHS, 1 },
	{ 'W', BEF_OFFSET_WEEKS, 1 },
	{ 'D', BEF_OFFSET_DAYS, 1 },
};
enum { UNIT_COUNT = sizeof(units) / sizeof(*units) };

static const int64_t most[] = {
	[BEF_OFFSET_DAYS] = 3660, [BEF_OFFSET_WEEKS] = 522, [BEF_OFFSET_MONTHS] = 120,
};

/* What stands after the P, when it is no time. */
static bool date_part(const char *text, struct bef_offset *out)
{
	struct bef_offset read = { 0 };
	size_t unit = 0;

	if (!*text)
		return false;
	while (*text) {
		size_t digits = strspn(text, "0123456789");

		if (digits == 0 || digits > 4)
			return false;
		while (unit < UNIT_COUNT && units[unit].letter != text[digits])
			unit++;
		if (unit == UNIT_COUNT || (read.unit && read.unit != units[unit].unit))
			return false;
		read.unit = units[unit].unit;
		read.count += strtol(text, NULL, 10) * units[unit++].times;
		text += digits + 1;
	}
	if (read.count > most[read.unit])
		return false;
	*out = read;
	return true;
}

enum bef_rc bef_offset_parse(const char *text, struct bef_offset *out, struct bef_err *err)
{
	int64_t ms;

	if (strncmp(text, "PT", 2) == 0 && bef_duration_parse(text, &ms)) {
		*out = (struct bef_offset){ BEF_OFFSET_TIME, ms / 1000 };
		return BEF_OK;
	}
	if (*text == 'P' && date_part(text + 1, out))
		return BEF_OK;
	bef_fail(err, BEF_USAGE, tr("'%.40s' is not a length of time"), text);
	bef_hint(err, "%s", tr("PT72H for hours, P14D for days, P2W for weeks, P1M for months; one kind at a time, ten years at most"));
	return BEF_USAGE;
}
