/* SPDX-License-Identifier: EUPL-1.2 */
#include "figure.h"

#include <stdlib.h>
#include <string.h>

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

static enum bef_ink ink_of(const char *element, const char *end)
{
	return holds(element, end, "\"grid\"") ? BEF_INK_LINE : holds(element, end, "\"mark\"") ? BEF_INK_WARN : BEF_INK_BAND;
}

/* --- an element each --- */

static void rect(const struct figure *f, const char *e, const char *end)
{
	double height = number(e, end, "height");

	bef_sheets_rule(f->s, ink_of(e, end), height * f->scale, x_of(number(e, end, "x"), f),
	                y_of(number(e, end, "y") + height, f), number(e, end, "width") * f->scale);
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

/* "M10 20 l6 6 l-6 6 h-12 z" */
static void path(const struct figure *f, const char *e, const char *end)
{
	const char *c = strstr(e, " d=\"");
	double x = 0, y = 0;
	bool begun = false;

	if (!c || c >= end)
		return;
	bef_sheets_ink(f->s, ink_of(e, end));
	for (c += 4; c < end && *c != '"' && *c != 'z';) {
		char what = *c++;
		char *after;
		double a, b = 0;

		if (!strchr("Mlh", what))
			continue;
		a = strtod(c, &after);
		if (what != 'h')
			b = strtod(after, &after);
		c = after > c ? after : c;
		x = bounded(what == 'M' ? a : x + a);
		y = bounded(what == 'M' ? b : y + b);
		if (what != 'M' && !begun)
			return;
		begun = true;
		if (what == 'M')
			HPDF_Page_MoveTo(f->s->page, (float)x_of(x, f), (float)y_of(y, f));
		else
			HPDF_Page_LineTo(f->s->page, (float)x_of(x, f), (float)y_of(y, f));
	}
	if (!begun)
		return;
	HPDF_Page_ClosePath(f->s->page);
	HPDF_Page_Fill(f->s->page);
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
	bef_sheets_need(s, height * f.scale + 40);
	f.top = s->y;
	for (const char *e = strchr(svg, '<'); e && !s->failed; e = strchr(e + 1, '<')) {
		const char *end = strchr(e, '>');

		for (size_t i = 0; end && i < sizeof(shapes) / sizeof(*shapes); i++)
			if (strncmp(e, shapes[i].tag, strlen(shapes[i].tag)) == 0)
				shapes[i].draw(&f, e, end);
	}
	s->y -= height * f.scale + 6;
}
