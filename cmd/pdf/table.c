/* SPDX-License-Identifier: EUPL-1.2 */
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "hold.h"

enum { SAMPLE = 256, LINES_MOST = 100000 };
static const double pad = 4, gap = 7;

static double leading(const struct bef_table *t)
{
	return t->size * 1.32;
}

static struct bef_ruler ruler_of(struct bef_sheets *s, const struct bef_table *t, int column)
{
	return bef_sheets_ruler(s, column == 0 && t->columns == 2, t->size);
}

/* --- how wide --- */

static bool is_number(const char *text)
{
	const char *c = text;

	for (; *c; c++)
		if (!strchr("0123456789., -+%", *c) && strncmp(c, "\u00a0", 2) != 0 && c[0] != '\xa0')
			return false;
	return c > text && strpbrk(text, "0123456789") && !strchr("-+", c[-1]);
}

/* What a column wants (its widest line) and cannot do without (its widest word), each within reason. */
struct wish {
	double most, least;
};

static void widen(struct wish *wish, const struct bef_ruler *ruler, const char *text)
{
	double line, word;

	bef_wrap_extent(ruler, text, &line, &word);
	line = line > 330 ? 330 : line;
	word = word > 92 ? 92 : word;
	wish->most = line > wish->most ? line : wish->most;
	wish->least = word > wish->least ? word : wish->least;
}

static void study(struct bef_sheets *s, struct bef_table *t, int column, struct wish *wish)
{
	struct bef_ruler ruler = ruler_of(s, t, column), bold = bef_sheets_ruler(s, true, t->size);
	bool any = false, number = true;
	json_t *row;
	size_t i;

	widen(wish, &bold, t->head[column]);
	json_array_foreach (t->kept, i, row) {
		const char *text = json_string_value(json_array_get(row, (size_t)column));

		if (!text || !*text)
			continue;
		any = true;
		number = number && is_number(text);
		widen(wish, &ruler, text);
	}
	t->number[column] = any && number && column > 0;
}

/* Each column what it cannot do without, and of what is left a share by what it wants. */
static void share(struct bef_table *t, const struct wish *wish)
{
	double room = BEF_SHEET_WIDTH - gap * (t->columns - 1);
	double least = 0, more = 0, x = BEF_SHEET_LEFT;

	for (int i = 0; i < t->columns; i++) {
		least += wish[i].least;
		more += wish[i].most - wish[i].least;
	}
	for (int i = 0; i < t->columns; i++) {
		double width = wish[i].least;

		if (least > room)
			width = width * room / least;
		else if (more > 0)
			width += (room - least < more ? (room - least) / more : 1) * (wish[i].most - wish[i].least);
		/* What nobody needs: a little to each, so that short columns do not huddle at the left. */
		if (least + more < room)
			width += (room - least - more) / t->columns < 16 ? (room - least - more) / t->columns : 16;
		t->x[i] = x;
		t->width[i] = width;
		x += width + gap;
	}
	/* A narrow table is not blown up, but its last column may go to the edge. */
	t->width[t->columns - 1] = BEF_SHEET_LEFT + BEF_SHEET_WIDTH - t->x[t->columns - 1];
}

static void choose_widths(struct bef_sheets *s, struct bef_table *t)
{
	struct wish wish[BEF_COLUMNS_MOST] = { { 0, 0 } };

	for (int i = 0; i < t->columns; i++)
		study(s, t, i, &wish[i]);
	share(t, wish);
	if (t->columns > 1 && t->number[t->columns - 1] && t->width[t->columns - 1] > wish[t->columns - 1].most + 20)
		t->width[t->columns - 1] = wish[t->columns - 1].most + 20;
}

/* --- a row on paper --- */

struct row {
	struct bef_flow flow[BEF_COLUMNS_MOST]; /* what is left to set */
	struct bef_ruler ruler[BEF_COLUMNS_MOST];
};

static int lines_of(const struct bef_table *t, const struct row *row)
{
	int most = 1;

	for (int i = 0; i < t->columns; i++) {
		const char *left = row->flow[i].next;
		int lines = left ? bef_wrap_count(&row->ruler[i], left, t->width[i], LINES_MOST) : 0;

		most = lines > most ? lines : most;
	}
	return most;
}

/* The next `lines` of every cell, at the top of what is free. */
static void put_lines(struct bef_sheets *s, const struct bef_table *t, struct row *row, int lines)
{
	struct bef_place place = { .y = s->y - pad - t->size, .leading = leading(t), .most = lines };

	for (int i = 0; i < t->columns; i++) {
		place.x = t->x[i];
		place.width = t->width[i];
		place.from_right = t->number[i];
		bef_sheets_lines(s, &row->ruler[i], BEF_INK, &place, &row->flow[i]);
	}
	s->y -= 2 * pad + lines * leading(t);
}

static void end_row(const struct bef_table *t, struct row *row)
{
	for (int i = 0; i < t->columns; i++)
		bef_flow_end(&row->flow[i]);
}

static void begin_head(struct bef_sheets *s, const struct bef_table *t, struct row *row)
{
	for (int i = 0; i < t->columns; i++) {
		bef_flow_begin(&row->flow[i], t->head[i]);
		row->ruler[i] = bef_sheets_ruler(s, true, t->size);
	}
}

static void begin_row(struct bef_sheets *s, const struct bef_table *t, const json_t *cells, struct row *row)
{
	for (int i = 0; i < t->columns; i++) {
		bef_flow_begin(&row->flow[i], json_string_value(json_array_get(cells, (size_t)i)));
		row->ruler[i] = ruler_of(s, t, i);
	}
}

static void put_head(struct bef_sheets *s, const struct bef_table *t)
{
	struct row row;

	begin_head(s, t, &row);
	put_lines(s, t, &row, lines_of(t, &row));
	end_row(t, &row);
	bef_sheets_rule(s, BEF_INK, 1, BEF_SHEET_LEFT, s->y, BEF_SHEET_WIDTH);
}

static int lines_in(const struct bef_table *t, double room)
{
	double lines = (room - 2 * pad) / leading(t);

	return lines < 0 ? 0 : (int)lines;
}

static void put_row(struct bef_sheets *s, const struct bef_table *t, struct row *row)
{
	int left = lines_of(t, row);
	int half = lines_in(t, bef_sheets_whole(s)) / 2; /* what is longer begins where there is room */

	while (left > 0 && !s->failed) {
		int fit = lines_in(t, bef_sheets_room(s));

		if (fit < left && (left <= half || fit < 4)) {
			bef_sheets_turn(s);
			put_head(s, t);
			fit = lines_in(t, bef_sheets_room(s));
		}
		fit = fit < 1 ? 1 : fit > left ? left : fit;
		put_lines(s, t, row, fit);
		left -= fit;
	}
	bef_sheets_rule(s, BEF_INK_LINE, .5, BEF_SHEET_LEFT, s->y, BEF_SHEET_WIDTH);
}

static void put_cells(struct bef_sheets *s, const struct bef_table *t, const json_t *cells)
{
	struct row row;

	begin_row(s, t, cells, &row);
	put_row(s, t, &row);
	end_row(t, &row);
}

/* --- tables --- */

/* Points that `count` of the kept rows take, from the one at `first`; with none, the head. */
static double height_of(struct bef_sheets *s, const struct bef_table *t, size_t first, size_t count)
{
	double height = 0;
	struct row row;

	begin_head(s, t, &row);
	if (count == 0)
		height = 2 * pad + lines_of(t, &row) * leading(t);
	for (size_t i = first; i < first + count && i < json_array_size(t->kept); i++) {
		begin_row(s, t, json_array_get(t->kept, i), &row);
		height += 2 * pad + lines_of(t, &row) * leading(t);
	}
	return height;
}

/* The head is not left alone, nor is the last row: it takes the one before along. */
static void flush(struct bef_sheets *s, struct bef_table *t)
{
	size_t count = json_array_size(t->kept), i;
	json_t *row;

	choose_widths(s, t);
	bef_hold_release(s, height_of(s, t, 0, 0) + height_of(s, t, 0, count < 4 ? count : 2));
	put_head(s, t);
	json_array_foreach (t->kept, i, row) {
		double last = i > 0 && i + 2 == count ? height_of(s, t, i, 2) : 0;

		if (last > bef_sheets_room(s) && last < bef_sheets_whole(s) / 3) {
			bef_sheets_turn(s);
			put_head(s, t);
		}
		put_cells(s, t, row);
	}
	json_decref(t->kept);
	t->kept = NULL;
}

bool bef_table_begin(struct bef_sheets *s, struct bef_table *t, const char *caption, const json_t *columns)
{
	size_t count = json_array_size(columns);

	*t = (struct bef_table){ 0 };
	if (count < 1 || count > BEF_COLUMNS_MOST)
		return false;
	*t = (struct bef_table){ .columns = (int)count, .size = count > 6 ? 7 : count > 4 ? 7.5 : 8.5, .kept = json_array() };
	if (!t->kept)
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *name = json_string_value(json_array_get(columns, i));

		t->head[i] = strdup(name ? name : "");
		if (!t->head[i])
			return false;
	}
	bef_hold_caption(s, caption);
	return true;
}

bool bef_table_row(struct bef_sheets *s, struct bef_table *t, json_t *cells)
{
	if (!t->kept) {
		put_cells(s, t, cells);
		return true;
	}
	if (json_array_append(t->kept, cells) != 0)
		return false;
	if (json_array_size(t->kept) == SAMPLE)
		flush(s, t);
	return true;
}

bool bef_table_end(struct bef_sheets *s, struct bef_table *t)
{
	if (t->kept)
		flush(s, t);
	for (int i = 0; i < t->columns && i < BEF_COLUMNS_MOST; i++)
		free(t->head[i]);
	*t = (struct bef_table){ 0 };
	s->y -= 10;
	return true;
}
