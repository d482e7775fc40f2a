/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/i18n.h"
#include "report/figure.h"
#include "report/svg.h"

enum { WIDTH = 900, LEFT = 190, RIGHT = 20, TOP = 34, ROW = 30, BAR = 16 };

struct drawing {
	const struct bef_case *c;
	struct bef_text *out;
	struct bef_svg_time time;
};

/* From the first interruption, or the first sign if that came before, to the end. */
static struct bef_svg_time window(const struct bef_case *c, const struct bef_outages *outages, int64_t now_ms)
{
	int64_t from_ms = c->detected_at_ms && c->detected_at_ms < c->opened_at_ms ? c->detected_at_ms : c->opened_at_ms;
	int64_t to_ms = c->closed_at_ms ? c->closed_at_ms : now_ms;

	for (size_t i = 0; i < outages->count; i++) {
		const struct bef_outage *one = &outages->one[i];

		for (size_t s = 0; s < one->stretch_count; s++) {
			if (one->stretch[s].from->at_ms < from_ms)
				from_ms = one->stretch[s].from->at_ms;
			if (one->stretch[s].until && one->stretch[s].until->at_ms > to_ms)
				to_ms = one->stretch[s].until->at_ms;
		}
	}
	return bef_svg_time(from_ms, to_ms, LEFT, WIDTH - RIGHT);
}

static void draw_name(struct drawing *d, int y, const char *name)
{
	BEF_AUTO(text) label = { .max = 256 };

	bef_text_short(&label, name, 26);
	d->out->failed = d->out->failed || label.failed;
	bef_svg_text(d->out, LEFT - 10, y + 13, "end", bef_text_str(&label));
}

static void draw_stretch(struct drawing *d, int y, const struct bef_stretch *stretch)
{
	double x = bef_svg_x(&d->time, stretch->from->at_ms);
	double width = bef_svg_x(&d->time, stretch->until ? stretch->until->at_ms : d->time.to_ms) - x;

	bef_text_printf(d->out, "<rect fill=\"%s\" stroke=\"" BEF_SVG_RED "\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
	                stretch->how == BEF_DOWN ? BEF_SVG_RED : "url(#degraded)", x, y, width < 3 ? 3 : width, BAR);
}

/* Where the admissible interruption ends, if the picture goes that far. */
static void draw_objective(struct drawing *d, int y, const struct bef_outage *one)
{
	int64_t rto_ms = d->c->asset[one->asset].rto_ms;
	double x = bef_svg_x(&d->time, one->down_at_ms + rto_ms);

	if (!rto_ms || !one->down_at_ms || one->down_at_ms + rto_ms > d->time.to_ms)
		return;
	bef_text_printf(d->out, "<line stroke=\"" BEF_SVG_INK "\" stroke-width=\"2\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n", x, y - 5, x, y + BAR + 5);
}

static void draw_row(struct drawing *d, int y, const struct bef_outage *one)
{
	bef_text_printf(d->out, "<line stroke=\"" BEF_SVG_BLUE "\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", LEFT, y + BAR / 2, WIDTH - RIGHT, y + BAR / 2);
	for (size_t s = 0; s < one->stretch_count; s++)
		draw_stretch(d, y, &one->stretch[s]);
	draw_objective(d, y, one);
}

void bef_figure_services(const struct bef_case *c, const struct bef_outages *outages, int64_t now_ms,
                         bef_service_name_fn *name, void *how, struct bef_text *out)
{
	struct drawing d = { .c = c, .out = out, .time = window(c, outages, now_ms) };
	int rows = outages->count < BEF_SERVICES_DRAWN ? (int)outages->count : BEF_SERVICES_DRAWN;
	int height = TOP + rows * ROW + 14;

	bef_svg_begin(out, WIDTH, height, tr("Services down and restored"),
	              tr("One row each: a full bar while out of service, a hatched one while degraded, an upright mark where the admissible interruption ends; the table below holds the same times."));
	bef_svg_hatches(out, "degraded", BEF_SVG_RED);
	bef_svg_dates(out, &d.time, 4, c->zone, TOP - 12, TOP - 6, height - 8);
	for (int i = 0; i < rows; i++) {
		draw_name(&d, TOP + i * ROW + 6, name(how, &outages->one[i]));
		draw_row(&d, TOP + i * ROW + 6, &outages->one[i]);
	}
	bef_svg_end(out);
}
