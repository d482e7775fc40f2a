/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/plot.h"

#include "base/i18n.h"
#include "report/doc.h"

enum { WIDTH = 900, LEFT = 260, RIGHT = 110, TOP = 8, ROW = 26, BAR = 16, LABEL_MOST = 36 };

static void text_at(struct bef_text *out, double x, int y, const char *anchor, const char *text)
{
	char cut[BEF_SHORT_SIZE];

	bef_text_printf(out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">", x, y, anchor);
	bef_doc_escape(out, bef_short(cut, text, LABEL_MOST), true, bef_doc_html_instead);
	bef_text_puts(out, "</text>\n");
}

void bef_plot_bars(const char *title, const struct bef_bar *bar, size_t count, struct bef_text *out)
{
	int64_t most = 1;

	for (size_t i = 0; i < count; i++)
		most = bar[i].value > most ? bar[i].value : most;
	bef_text_printf(out, "<svg role=\"img\" viewBox=\"0 0 %d %d\" xmlns=\"http://www.w3.org/2000/svg\">\n<title>", WIDTH,
	                TOP + (int)count * ROW + 8);
	bef_doc_escape(out, title, true, bef_doc_html_instead);
	bef_text_printf(out, "</title>\n<desc>%s</desc>\n", tr("One bar a row; the table below holds the same numbers."));
	bef_text_puts(out, "<style>text { font: 12px sans-serif; fill: #1b1f24; } .bar { fill: #0b5cad; }</style>\n");
	for (size_t i = 0; i < count; i++) {
		double width = (double)(WIDTH - LEFT - RIGHT) * (double)bar[i].value / (double)most;
		int y = TOP + (int)i * ROW;

		text_at(out, LEFT - 10, y + 13, "end", bar[i].label);
		bef_text_printf(out, "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n", LEFT, y,
		                bar[i].value > 0 && width < 2 ? 2 : width, BAR);
		text_at(out, LEFT + width + 8, y + 13, "start", bar[i].said);
	}
	bef_text_puts(out, "</svg>\n");
}
