/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/svg.h"

#include "base/date.h"
#include "report/doc.h"

static void escaped(struct bef_text *out, const char *before, const char *text, const char *after)
{
	bef_text_puts(out, before);
	bef_doc_escape(out, text, true, bef_doc_html_instead);
	bef_text_puts(out, after);
}

/* Not "font: 12px": one printer that makes PDF passes over the shorthand. */
void bef_svg_begin(struct bef_text *out, int width, int height, const char *title, const char *description)
{
	bef_text_printf(out, "<svg role=\"img\" style=\"font-family: sans-serif; font-size: 12px; fill: " BEF_SVG_INK
	                "\" viewBox=\"0 0 %d %d\" xmlns=\"http://www.w3.org/2000/svg\">\n", width, height);
	escaped(out, "<title>", title, "</title>\n");
	escaped(out, "<desc>", description, "</desc>\n");
}

void bef_svg_end(struct bef_text *out)
{
	bef_text_puts(out, "</svg>\n");
}

void bef_svg_hatches(struct bef_text *out, const char *id, const char *colour)
{
	bef_text_printf(out, "<defs><pattern id=\"%s\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
	                "<rect width=\"6\" height=\"6\" fill=\"#fff\"/><rect width=\"2\" height=\"6\" fill=\"%s\"/></pattern></defs>\n", id, colour);
}

void bef_svg_text(struct bef_text *out, double x, double y, const char *anchor, const char *text)
{
	bef_text_printf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
	escaped(out, "", text, "</text>\n");
}

struct bef_svg_time bef_svg_time(int64_t from_ms, int64_t to_ms, int left, int right)
{
	struct bef_svg_time time = { from_ms, to_ms, left, right };

	if (time.to_ms < time.from_ms + BEF_MINUTE_MS)
		time.to_ms = time.from_ms + BEF_MINUTE_MS;
	return time;
}

double bef_svg_x(const struct bef_svg_time *time, int64_t at_ms)
{
	int64_t span = time->to_ms - time->from_ms;
	int64_t into = at_ms < time->from_ms ? 0 : at_ms > time->to_ms ? span : at_ms - time->from_ms;

	return time->left + (double)(time->right - time->left) * (double)into / (double)span;
}

void bef_svg_dates(struct bef_text *out, const struct bef_svg_time *time, int count, const char *zone, int y, int top, int bottom)
{
	for (int i = 0; i < count; i++) {
		int64_t at_ms = time->from_ms + (time->to_ms - time->from_ms) * i / (count - 1);
		double x = bef_svg_x(time, at_ms);
		char when[BEF_DATE_SIZE];

		if (top || bottom)
			bef_text_printf(out, "<line stroke=\"" BEF_SVG_GRID "\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n", x, top, x, bottom);
		bef_svg_text(out, x, y, i == 0 ? "start" : i == count - 1 ? "end" : "middle", bef_date_format(at_ms, zone, BEF_DATE_SHORT, when));
	}
}
