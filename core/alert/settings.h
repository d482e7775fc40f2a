/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What a destination's settings are called in the configuration, and which of them are missing. */
#include "alert/destination.h"

struct bef_setting_name {
	const char *en, *fr;
};
extern const struct bef_setting_name bef_secret_names[BEF_SECRET_COUNT];
extern const struct bef_setting_name bef_setting_names[BEF_SET_COUNT];

/* The English name of the first setting that its format needs and that was not given, to be shown through tr(); or NULL. */
const char *bef_destination_lacks(const struct bef_destination *d);

/* The host of an address and eight digits of its digest: "hooks.example.org#1a2b3c4d" tells two addresses apart
 * and gives neither away.  `out` has BEF_MASKED bytes. */
enum { BEF_MASKED = 160 };
const char *bef_url_masked(const char *url, char out[BEF_MASKED]);
