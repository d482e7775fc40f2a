/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/i18n.h"
#include "report/doc.h"
#include "report/figure.h"

enum { WIDTH = 900, LEFT = 190, RIGHT = 20, TOP = 34, ROW = 30, BAR = 16 };

struct drawing {
	const struct bef_case *c;
	struct bef_text *out;
	int64_t from_ms, to_ms;
	int height;
};

static double x_of(const struct drawing *d, int64_t at_ms)
{
	int64_t span = d->to_ms - d->from_ms;
	int64_t into = at_ms < d->from_ms ? 0 : at_ms > d->to_ms ? span : at_ms - d->from_ms;

	return LEFT + (double)(WIDTH - LEFT - RIGHT) * (double)into / (double)span;
}

/* From the first interruption, or the first sign if that came before, to the end. */
static void find_window(struct drawing *d, const struct bef_outages *outages, int64_t now_ms)
{
	d->from_ms = d->c->detected_at_ms && d->c->detected_at_ms < d->c->opened_at_ms ? d->c->detected_at_ms : d->c->opened_at_ms;
	d->to_ms = d->c->closed_at_ms ? d->c->closed_at_ms : now_ms;
	for (size_t i = 0; i < outages->count; i++) {
		const struct bef_outage *one = &outages->one[i];

		for (size_t s = 0; s < one->stretch_count; s++) {
			d->from_ms = one->stretch[s].from->at_ms < d->from_ms ? one->stretch[s].from->at_ms : d->from_ms;
			if (one->stretch[s].until && one->stretch[s].until->at_ms > d->to_ms)
				d->to_ms = one->stretch[s].until->at_ms;
		}
	}
	if (d->to_ms < d->from_ms + BEF_MINUTE_MS)
		d->to_ms = d->from_ms + BEF_MINUTE_MS;
}

static void draw_axis(struct drawing *d)
{
	for (int i = 0; i <= 3; i++) {
		int64_t at_ms = d->from_ms + (d->to_ms - d->from_ms) * i / 3;
		double x = x_of(d, at_ms);
		char when[BEF_DATE_SIZE];

		bef_text_printf(d->out, "<line stroke=\"#d0d7de\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n", x, TOP - 6, x, d->height - 8);
		bef_text_printf(d->out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>\n", x, TOP - 12,
		                i == 0 ? "start" : i == 3 ? "end" : "middle",
		                bef_date_format(at_ms, d->c->zone, BEF_DATE_SHORT, when));
	}
}

static void draw_name(struct drawing *d, int y, const char *name)
{
	BEF_AUTO(text) label = { .max = 256 };

	bef_text_short(&label, name, 26);
	d->out->failed = d->out->failed || label.failed;
	bef_text_printf(d->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", LEFT - 10, y + 13);
	bef_doc_escape(d->out, bef_text_str(&label), true, bef_doc_html_instead);
	bef_text_puts(d->out, "</text>\n");
}

static void draw_stretch(struct drawing *d, int y, const struct bef_stretch *stretch)
{
	double x = x_of(d, stretch->from->at_ms);
	double width = x_of(d, stretch->until ? stretch->until->at_ms : d->to_ms) - x;

	bef_text_printf(d->out, "<rect fill=\"%s\" stroke=\"#9a3412\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
	                stretch->how == BEF_DOWN ? "#9a3412" : "url(#degraded)", x, y, width < 3 ? 3 : width, BAR);
}

/* Where the admissible interruption ends, if the picture goes that far. */
static void draw_objective(struct drawing *d, int y, const struct bef_outage *one)
{
	int64_t rto_ms = d->c->asset[one->asset].rto_ms;
	double x = x_of(d, one->down_at_ms + rto_ms);

	if (!rto_ms || !one->down_at_ms || one->down_at_ms + rto_ms > d->to_ms)
		return;
	bef_text_printf(d->out, "<line stroke=\"#1b1f24\" stroke-width=\"2\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n", x, y - 5, x, y + BAR + 5);
}

static void draw_row(struct drawing *d, int y, const struct bef_outage *one)
{
	bef_text_printf(d->out, "<line stroke=\"#0b5cad\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", LEFT, y + BAR / 2, WIDTH - RIGHT, y + BAR / 2);
	for (size_t s = 0; s < one->stretch_count; s++)
		draw_stretch(d, y, &one->stretch[s]);
	draw_objective(d, y, one);
}

void bef_figure_services(const struct bef_case *c, const struct bef_outages *outages, int64_t now_ms,
                         bef_service_name_fn *name, void *how, struct bef_text *out)
{
	struct drawing d = { .c = c, .out = out };
	int rows = outages->count < BEF_SERVICES_DRAWN ? (int)outages->count : BEF_SERVICES_DRAWN;

	find_window(&d, outages, now_ms);
	d.height = TOP + rows * ROW + 14;
	bef_text_printf(out, "<svg role=\"img\" style=\"font: 12px sans-serif; fill: #1b1f24\" viewBox=\"0 0 %d %d\" xmlns=\"http://www.w3.org/2000/svg\">\n<title>%s</title>\n",
	                WIDTH, d.height, tr("Services down and restored"));
	bef_text_printf(out, "<desc>%s</desc>\n", tr("One row each: a full bar while out of service, a hatched one while degraded, an upright mark where the admissible interruption ends; the table below holds the same times."));
	bef_text_puts(out, "<defs><pattern id=\"degraded\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
	                   "<rect width=\"6\" height=\"6\" fill=\"#fff\"/><rect width=\"2\" height=\"6\" fill=\"#9a3412\"/></pattern></defs>\n");
	draw_axis(&d);
	for (int i = 0; i < rows; i++) {
		draw_name(&d, TOP + i * ROW + 6, name(how, &outages->one[i]));
		draw_row(&d, TOP + i * ROW + 6, &outages->one[i]);
	}
	bef_text_puts(out, "</svg>\n");
}
