/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Plots as SVG of ours: no script, no colour that alone means something, the
 * value written beside each bar, and the table of the same numbers below.
 */
#include "base/text.h"

struct bef_bar {
	const char *label; /* cut to the room there is */
	const char *said;  /* the value in words: "12", "3 h 05" */
	int64_t value;     /* not below 0 */
};

/* Horizontal bars, `count` of them; the longest is as wide as there is room. */
void bef_plot_bars(const char *title, const struct bef_bar *bar, size_t count, struct bef_text *out);
