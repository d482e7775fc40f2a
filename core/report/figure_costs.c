/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/i18n.h"
#include "report/figure.h"
#include "report/svg.h"

enum { WIDTH = 900, HEIGHT = 220, LEFT = 110, RIGHT = 30, TOP = 20, BOTTOM = 34 };

/* The window of time and of money. */
struct drawing {
	const struct bef_case *c;
	struct bef_text *out;
	struct bef_svg_time time;
	int64_t low, high; /* cents */
};

static double y_of(const struct drawing *d, int64_t cents)
{
	return HEIGHT - BOTTOM - (double)(HEIGHT - TOP - BOTTOM) * ((double)cents - (double)d->low) / ((double)d->high - (double)d->low);
}

static void draw_axes(struct drawing *d)
{
	const int64_t levels[] = { d->low, d->low / 2 + d->high / 2, d->high };
	BEF_AUTO(text) level = { .max = 64 };

	for (int i = 0; i < 3; i++) {
		double y = y_of(d, levels[i]);

		bef_text_printf(d->out, "<line stroke=\"" BEF_SVG_GRID "\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>\n", LEFT, y, WIDTH - RIGHT, y);
		bef_text_clear(&level);
		bef_text_printf(&level, "%lld EUR", (long long)(levels[i] / 100));
		bef_svg_text(d->out, LEFT - 8, y + 4, "end", bef_text_str(&level));
	}
	d->out->failed = d->out->failed || level.failed;
	bef_svg_dates(d->out, &d->time, 3, d->c->zone, HEIGHT - 12, 0, 0);
}

/* A line that steps up at each cost. */
static void draw_line(struct drawing *d, const struct bef_cost *cost, size_t count)
{
	int64_t total = 0;

	bef_text_printf(d->out, "<path fill=\"none\" stroke=\"" BEF_SVG_BLUE "\" stroke-width=\"2.5\" d=\"M%d %.1f", LEFT, y_of(d, 0));
	for (size_t i = 0; i < count; i++) {
		total += cost[i].cents;
		bef_text_printf(d->out, " H%.1f V%.1f", bef_svg_x(&d->time, cost[i].line->at_ms), y_of(d, total));
	}
	bef_text_printf(d->out, " H%d\"/>\n", WIDTH - RIGHT);
}

static void find_window(struct drawing *d, const struct bef_cost *cost, size_t count, int64_t now_ms)
{
	int64_t total = 0;
	int64_t from_ms = d->c->opened_at_ms < cost[0].line->at_ms ? d->c->opened_at_ms : cost[0].line->at_ms;
	int64_t to_ms = cost[count - 1].line->at_ms;
	int64_t end_ms = d->c->closed_at_ms ? d->c->closed_at_ms : now_ms;

	d->time = bef_svg_time(from_ms, end_ms > to_ms ? end_ms : to_ms, LEFT, WIDTH - RIGHT);
	for (size_t i = 0; i < count; i++) {
		total += cost[i].cents;
		d->low = total < d->low ? total : d->low;
		d->high = total > d->high ? total : d->high;
	}
	if (d->high == d->low)
		d->high = d->low + 100;
}

void bef_figure_costs(const struct bef_case *c, const struct bef_cost *cost, size_t count, int64_t now_ms,
                      struct bef_text *out)
{
	struct drawing d = { .c = c, .out = out };

	if (count == 0)
		return;
	find_window(&d, cost, count, now_ms);
	bef_svg_begin(out, WIDTH, HEIGHT, tr("Costs over time"),
	              tr("The sum of the costs, rising with each one; the table below holds the same numbers."));
	draw_axes(&d);
	draw_line(&d, cost, count);
	bef_svg_end(out);
}
