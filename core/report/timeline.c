/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/timeline.h"

#include <string.h>

#include "base/i18n.h"
#include "report/svg.h"

enum { WIDTH = 900, LEFT = 150, RIGHT = 20, TOP = 34, ROW = 30, BAR = 16 };

/* The window of time and the drawing that fills it. */
struct drawing {
	const struct bef_case *c;
	struct bef_text *out;
	struct bef_svg_time time;
};

static void draw_bar(struct drawing *d, int row, const char *phase, int64_t from_ms, int64_t to_ms)
{
	double x = bef_svg_x(&d->time, from_ms);
	double width = bef_svg_x(&d->time, to_ms) - x;

	bef_text_printf(d->out, "<rect fill=\"" BEF_SVG_BLUE "\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n", x,
	                TOP + row * ROW + 6, width < 3 ? 3 : width, BAR);
	bef_svg_text(d->out, LEFT - 10, TOP + row * ROW + 19, "end", bef_word_label(&bef_phases, phase));
}

/* One row a stretch of time in a phase, in the order they came. */
static int draw_phases(struct drawing *d)
{
	const char *phase = "detection";
	int64_t since_ms = d->c->detected_at_ms ? d->c->detected_at_ms : d->c->opened_at_ms;
	int row = 0;

	for (size_t i = 0; i < d->c->move_count; i++) {
		const struct bef_move *move = &d->c->move[i];

		if (move->is_state)
			continue;
		draw_bar(d, row++, phase, since_ms, move->line->at_ms);
		phase = move->to;
		since_ms = move->line->at_ms;
	}
	draw_bar(d, row++, phase, since_ms, d->time.to_ms);
	return row;
}

/* A row of marks: a shape each kind, so that print in black says the same. */
static void draw_mark(struct drawing *d, int row, int64_t at_ms, char shape)
{
	double x = bef_svg_x(&d->time, at_ms);
	int y = TOP + row * ROW + 14;

	if (shape == 'o')
		bef_text_printf(d->out, "<circle fill=\"" BEF_SVG_RED "\" stroke=\"#fff\" cx=\"%.1f\" cy=\"%d\" r=\"5\"/>\n", x, y);
	else if (shape == 'd')
		bef_text_printf(d->out, "<path fill=\"" BEF_SVG_RED "\" stroke=\"#fff\" d=\"M%.1f %d l6 6 l-6 6 l-6 -6 z\"/>\n", x, y - 6);
	else if (shape == 's')
		bef_text_printf(d->out, "<rect fill=\"" BEF_SVG_RED "\" stroke=\"#fff\" x=\"%.1f\" y=\"%d\" width=\"9\" height=\"9\"/>\n", x - 4.5,
		                y - 4);
	else
		bef_text_printf(d->out, "<path fill=\"" BEF_SVG_RED "\" stroke=\"#fff\" d=\"M%.1f %d l6 10 h-12 z\"/>\n", x, y - 6);
}

static int draw_marks(struct drawing *d, int row)
{
	static const struct {
		const char *prefix, *label;
		char shape;
	} rows[] = {
		{ "decision.", N_("decisions"), 'd' },
		{ "step.", N_("steps"), 's' },
		{ "evidence.", N_("evidence"), 'o' },
		{ "alert.raised", N_("alerts"), 't' },
	};

	for (size_t r = 0; r < sizeof(rows) / sizeof(*rows); r++) {
		int marks = 0;

		for (size_t i = 0; i < d->c->line_count; i++) {
			const struct bef_line *line = &d->c->line[i];

			if (strncmp(line->entry->kind, rows[r].prefix, strlen(rows[r].prefix)) != 0 ||
			    !bef_line_counts(line) || marks >= 400)
				continue;
			draw_mark(d, row, line->at_ms, rows[r].shape);
			marks++;
		}
		if (marks)
			bef_svg_text(d->out, LEFT - 10, TOP + row++ * ROW + 19, "end", tr(rows[r].label));
	}
	return row;
}

static bool has_kind(const struct bef_case *c, const char *prefix)
{
	for (size_t i = 0; i < c->line_count; i++)
		if (strncmp(c->line[i].entry->kind, prefix, strlen(prefix)) == 0 && bef_line_counts(&c->line[i]))
			return true;
	return false;
}

static int count_rows(const struct bef_case *c)
{
	int rows = 1;

	for (size_t i = 0; i < c->move_count; i++)
		rows += !c->move[i].is_state;
	return rows + has_kind(c, "decision.") + has_kind(c, "step.") + has_kind(c, "evidence.") +
	       has_kind(c, "alert.raised");
}

void bef_timeline_svg(const struct bef_case *c, int64_t now_ms, struct bef_text *out)
{
	int64_t start_ms = c->detected_at_ms ? c->detected_at_ms : c->opened_at_ms;
	struct drawing d = { .c = c, .out = out,
		             .time = bef_svg_time(start_ms < c->opened_at_ms ? start_ms : c->opened_at_ms,
		                                  c->closed_at_ms ? c->closed_at_ms : now_ms, LEFT, WIDTH - RIGHT) };
	int height = TOP + count_rows(c) * ROW + 14;

	bef_svg_begin(out, WIDTH, height, tr("Course of the incident"),
	              tr("One bar for each phase, marks for decisions, steps, evidence and alerts; the tables below hold the same times."));
	bef_svg_dates(out, &d.time, 4, c->zone, TOP - 12, TOP - 6, height - 8);
	draw_marks(&d, draw_phases(&d));
	bef_svg_end(out);
}
