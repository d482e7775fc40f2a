/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Who can read at a destination: the word of the configuration and the label for people, in the chosen language. */
#include "alert/destination.h"

const char *bef_audience_name(enum bef_audience audience);
const char *bef_audience_label(enum bef_audience audience);
/* The one of this name in either language; BEF_AUDIENCE_COUNT: none. */
enum bef_audience bef_audience_find(const char *name);
