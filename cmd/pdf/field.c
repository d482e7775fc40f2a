/* SPDX-License-Identifier: EUPL-1.2 */
#include "field.h"

#include "hold.h"

static const double pad = 4, asked = 150, between = 14;
enum { LINES_MOST = 100000, PARTS = 3, ASKED = 0, ANSWER, HELP };

/* One of its three texts: where it goes over the sheet and how. */
struct part {
	struct bef_flow flow;
	struct bef_ruler ruler;
	enum bef_ink ink;
	double x, width, leading;
};

static struct part part(struct bef_sheets *s, const char *text, int which, enum bef_ink ink)
{
	double x = which == ASKED ? 0 : asked + between;
	double size = which == HELP ? 7.5 : 8.5;
	struct part out = { .ruler = bef_sheets_ruler(s, which == ASKED, size), .ink = ink, .leading = size * 1.32 };

	bef_flow_begin(&out.flow, *text || which != HELP ? text : NULL);
	out.x = BEF_SHEET_LEFT + x;
	out.width = which == ASKED ? asked : BEF_SHEET_WIDTH - x;
	return out;
}

static double height_of(const struct part *part)
{
	return part->flow.next ? part->leading * bef_wrap_count(&part->ruler, part->flow.next, part->width, LINES_MOST) : 0;
}

/* As many lines as fit in `room` from y down; returns the points they took. */
static double put(struct bef_sheets *s, struct part *part, double y, double room)
{
	struct bef_place place = { part->x, y - part->ruler.size, part->width, part->leading, (int)(room / part->leading + .01), false };
	double before = height_of(part);

	bef_sheets_lines(s, &part->ruler, part->ink, &place, &part->flow);
	return before - height_of(part);
}

/* What fits on this sheet. */
static void put_all(struct bef_sheets *s, struct part parts[PARTS])
{
	double room = bef_sheets_room(s) - 2 * pad, y = s->y - pad;
	double left = put(s, &parts[ASKED], y, room);
	double right = put(s, &parts[ANSWER], y, room);

	if (!parts[ANSWER].flow.next)
		right += put(s, &parts[HELP], y - right, room - right);
	s->y = y - (left > right ? left : right) - pad;
}

void bef_field(struct bef_sheets *s, const char *label, const char *value, const char *help, bool missing)
{
	struct part parts[PARTS] = {
		part(s, label, ASKED, BEF_INK),
		part(s, value, ANSWER, missing ? BEF_INK_WARN : BEF_INK),
		part(s, help, HELP, BEF_INK_SOFT),
	};
	double left = height_of(&parts[ASKED]), right = height_of(&parts[ANSWER]) + height_of(&parts[HELP]);

	bef_hold_release(s, 2 * pad + (left > right ? left : right));
	for (bool more = true; more && !s->failed;) {
		put_all(s, parts);
		more = parts[ASKED].flow.next || parts[ANSWER].flow.next || parts[HELP].flow.next;
		if (more)
			bef_sheets_turn(s);
	}
	bef_sheets_rule(s, BEF_INK_LINE, .5, BEF_SHEET_LEFT, s->y, BEF_SHEET_WIDTH);
	for (int i = 0; i < PARTS; i++)
		bef_flow_end(&parts[i].flow);
}
