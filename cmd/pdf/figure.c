/* SPDX-License-Identifier: EUPL-1.2 */
#include "figure.h"

#include <stdlib.h>
#include <string.h>

#include "hold.h"

enum { TEXT_MOST = 512 };

struct figure {
	struct bef_sheets *s;
	double scale, top; /* points for a unit; y of the picture's own 0 */
};

static double bounded(double value)
{
	return value > -1e5 && value < 1e5 ? value : 0;
}

/* A number of an element, which ends at `end`; 0 if it has none. */
static double number(const char *element, const char *end, const char *name)
{
	size_t len = strlen(name);

	for (const char *c = element; c + len + 3 < end; c++)
		if (*c == ' ' && strncmp(c + 1, name, len) == 0 && strncmp(c + 1 + len, "=\"", 2) == 0)
			return bounded(strtod(c + len + 3, NULL));
	return 0;
}

static bool holds(const char *element, const char *end, const char *what)
{
	const char *found = strstr(element, what);

	return found && found < end;
}

static double x_of(double x, const struct figure *f)
{
	return BEF_SHEET_LEFT + x * f->scale;
}

static double y_of(double y, const struct figure *f)
{
	return f->top - y * f->scale;
}

/* The colours of our pictures, on paper: quiet lines, marks that stand out, and the rest. */
static enum bef_ink ink_of(const char *element, const char *end)
{
	return holds(element, end, "\"#d0d7de\"") ? BEF_INK_LINE : holds(element, end, "\"#9a3412\"") ? BEF_INK_WARN : BEF_INK_BAND;
}

/* --- an element each --- */

/* A box with stripes in it, in place of the pattern. */
static void hatch(const struct figure *f, enum bef_ink ink, double left, double low, double width, double height)
{
	for (double x = 0; x < width; x += 3)
		bef_sheets_rule(f->s, ink, height, left + x, low, width - x < 1 ? width - x : 1);
	bef_sheets_rule(f->s, ink, .5, left, low, width);
	bef_sheets_rule(f->s, ink, .5, left, low + height - .5, width);
	if (width > 0)
		bef_sheets_rule(f->s, ink, height, left + width, low, .5);
}

static void rect(const struct figure *f, const char *e, const char *end)
{
	double height = number(e, end, "height"), left = x_of(number(e, end, "x"), f), low = y_of(number(e, end, "y") + height, f);
	double width = number(e, end, "width") * f->scale;

	if (holds(e, end, "url(#"))
		hatch(f, ink_of(e, end), left, low, width < BEF_SHEET_WIDTH ? width : BEF_SHEET_WIDTH, height * f->scale);
	else
		bef_sheets_rule(f->s, ink_of(e, end), height * f->scale, left, low, width);
}

/* Upright or level: what we draw. */
static void line(const struct figure *f, const char *e, const char *end)
{
	double x1 = number(e, end, "x1"), x2 = number(e, end, "x2"), y1 = number(e, end, "y1"), y2 = number(e, end, "y2");
	double low = y1 > y2 ? y1 : y2, high = y1 > y2 ? y2 : y1, left = x1 < x2 ? x1 : x2, right = x1 < x2 ? x2 : x1;

	bef_sheets_rule(f->s, ink_of(e, end), (low - high) * f->scale + .5, x_of(left, f), y_of(low, f), (right - left) * f->scale + .5);
}

static void circle(const struct figure *f, const char *e, const char *end)
{
	bef_sheets_ink(f->s, ink_of(e, end));
	if (number(e, end, "r") <= 0)
		return;
	HPDF_Page_Circle(f->s->page, (float)x_of(number(e, end, "cx"), f), (float)y_of(number(e, end, "cy"), f),
	                 (float)(number(e, end, "r") * f->scale));
	HPDF_Page_Fill(f->s->page);
}

/* Where a path goes next; a small letter counts from where it is. */
struct pen {
	double x, y;
	bool begun;
};

static const char *stroke(const struct figure *f, struct pen *pen, const char *c)
{
	char what = *c++;
	char *after;
	double a, b = 0;

	if (!strchr("MHVlh", what) || (what != 'M' && !pen->begun))
		return c;
	a = strtod(c, &after);
	if (what == 'M' || what == 'l')
		b = strtod(after, &after);
	pen->x = bounded(what == 'V' ? pen->x : strchr("MH", what) ? a : pen->x + a);
	pen->y = bounded(what == 'V' ? a : what == 'M' ? b : pen->y + b);
	pen->begun = true;
	if (what == 'M')
		HPDF_Page_MoveTo(f->s->page, (float)x_of(pen->x, f), (float)y_of(pen->y, f));
	else
		HPDF_Page_LineTo(f->s->page, (float)x_of(pen->x, f), (float)y_of(pen->y, f));
	return after > c ? after : c;
}

/* "M10 20 l6 6 l-6 6 h-12 z" */
static void path(const struct figure *f, const char *e, const char *end)
{
	const char *c = strstr(e, " d=\"");
	bool open = holds(e, end, "fill=\"none\"");
	struct pen pen = { 0 };

	if (!c || c >= end)
		return;
	bef_sheets_ink(f->s, ink_of(e, end));
	if (open)
		bef_sheets_stroke(f->s, ink_of(e, end), 1.4);
	for (c += 4; c < end && *c != '"' && *c != 'z';)
		c = stroke(f, &pen, c);
	if (pen.begun && open) {
		HPDF_Page_Stroke(f->s->page);
	} else if (pen.begun) {
		HPDF_Page_ClosePath(f->s->page);
		HPDF_Page_Fill(f->s->page);
	}
}

/* What stands between tags, entities undone. */
static void plain(const char *from, const char *to, char out[TEXT_MOST])
{
	static const char *const entities[][2] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&#39;", "'" } };
	size_t len = 0;

	while (from < to && len < TEXT_MOST - 1) {
		size_t i = 0;

		while (i < 5 && strncmp(from, entities[i][0], strlen(entities[i][0])) != 0)
			i++;
		out[len++] = i < 5 ? *entities[i][1] : *from;
		from += i < 5 ? strlen(entities[i][0]) : 1;
	}
	out[len] = '\0';
}

static void text(const struct figure *f, const char *e, const char *end)
{
	struct bef_ruler ruler = bef_sheets_ruler(f->s, false, 12 * f->scale);
	const char *close = strstr(end, "</text>");
	char words[TEXT_MOST];
	double width, x = x_of(number(e, end, "x"), f);

	if (!close)
		return;
	plain(end + 1, close, words);
	width = bef_ruler_measure(&ruler, words, strlen(words));
	if (holds(e, end, "\"end\""))
		x -= width;
	else if (holds(e, end, "\"middle\""))
		x -= width / 2;
	bef_sheets_text(f->s, &ruler, BEF_INK, x, y_of(number(e, end, "y"), f), words);
}

static const struct {
	const char *tag;
	void (*draw)(const struct figure *f, const char *element, const char *end);
} shapes[] = { { "<rect ", rect }, { "<line ", line }, { "<circle ", circle }, { "<path ", path }, { "<text ", text } };

/* Where what is drawn begins. */
static const char *after_definitions(const char *svg)
{
	const char *definitions = strstr(svg, "</defs>");

	return strchr(definitions ? definitions : svg, '<');
}

void bef_figure(struct bef_sheets *s, const char *svg)
{
	const char *box = strstr(svg, "viewBox=\"0 0 ");
	char *after = NULL;
	double width = box ? strtod(box + 13, &after) : 0;
	double height = after ? strtod(after, NULL) : 0;
	struct figure f = { .s = s };

	if (width < 1 || height < 1 || height / width * BEF_SHEET_WIDTH > bef_sheets_whole(s))
		return;
	f.scale = BEF_SHEET_WIDTH / width;
	bef_hold_release(s, height * f.scale + 6);
	f.top = s->y;
	for (const char *e = after_definitions(svg); e && !s->failed; e = strchr(e + 1, '<')) {
		const char *end = strchr(e, '>');

		for (size_t i = 0; end && i < sizeof(shapes) / sizeof(*shapes); i++)
			if (strncmp(e, shapes[i].tag, strlen(shapes[i].tag)) == 0)
				shapes[i].draw(&f, e, end);
	}
	s->y -= height * f.scale + 6;
}
