/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/plot.h"

#include "base/i18n.h"
#include "report/svg.h"

enum { WIDTH = 900, LEFT = 260, RIGHT = 110, TOP = 8, ROW = 26, BAR = 16, LABEL_MOST = 36 };

static void text_at(struct bef_text *out, double x, int y, const char *anchor, const char *text)
{
	char cut[BEF_SHORT_SIZE];

	bef_svg_text(out, x, y, anchor, bef_short(cut, text, LABEL_MOST));
}

void bef_plot_bars(const char *title, const struct bef_bar *bar, size_t count, struct bef_text *out)
{
	int64_t most = 1;

	for (size_t i = 0; i < count; i++)
		most = bar[i].value > most ? bar[i].value : most;
	bef_svg_begin(out, WIDTH, TOP + (int)count * ROW + 8, title, tr("One bar a row; the table below holds the same numbers."));
	for (size_t i = 0; i < count; i++) {
		double width = (double)(WIDTH - LEFT - RIGHT) * (double)bar[i].value / (double)most;
		int y = TOP + (int)i * ROW;

		text_at(out, LEFT - 10, y + 13, "end", bar[i].label);
		bef_text_printf(out, "<rect fill=\"" BEF_SVG_BLUE "\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n", LEFT, y,
		                bar[i].value > 0 && width < 2 ? 2 : width, BAR);
		text_at(out, LEFT + width + 8, y + 13, "start", bar[i].said);
	}
	bef_svg_end(out);
}
