/* SPDX-License-Identifier: EUPL-1.2 */
#include "audience.h"

#include "base/i18n.h"
#include "base/text.h"

static const struct {
	const char *en, *fr, *label;
} rows[BEF_AUDIENCE_COUNT] = {
	[BEF_AUDIENCE_THIRD_PARTY] = { "third-party", "tiers", N_("third party") },
	[BEF_AUDIENCE_ORGANISATION] = { "organisation", "organisation", N_("organisation") },
	[BEF_AUDIENCE_PERSONS] = { "persons", "personnes", N_("named persons") },
	[BEF_AUDIENCE_E2EE] = { "e2ee", "chiffre", N_("end to end") },
};

const char *bef_audience_name(enum bef_audience audience)
{
	return bef_lang() == BEF_FR ? rows[audience].fr : rows[audience].en;
}

const char *bef_audience_label(enum bef_audience audience)
{
	return tr(rows[audience].label);
}

enum bef_audience bef_audience_find(const char *name)
{
	for (int a = 0; a < BEF_AUDIENCE_COUNT; a++)
		if (bef_fold_equal(name, rows[a].en) || bef_fold_equal(name, rows[a].fr))
			return (enum bef_audience)a;
	return BEF_AUDIENCE_COUNT;
}
